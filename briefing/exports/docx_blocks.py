"""Each kind of block as paragraphs and tables of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    Bullets,
    ClaimsEvidence,
    Facts,
    HeatTable,
    KeyJudgement,
    Matrix,
    Note,
    Paragraph,
    Part,
    Quotation,
    SourceList,
    Stages,
    Table,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
)
from briefing.core.dates import short_date
from briefing.exports import docx_case, docx_chart, docx_client, docx_sources, docx_stages
from briefing.exports.docx_desk import Desk, head
from briefing.exports.docx_lists import item
from briefing.exports.docx_map import world_map
from briefing.exports.docx_markup import DASH, kept, paragraph, run
from briefing.exports.docx_notes import note
from briefing.exports.docx_pictures import inline
from briefing.exports.docx_table import WIDTH, Cell, edge, table
from briefing.exports.marks import without_marks
from briefing.exports.rows import fitted

_EDGES = {"": "Normal", "said": "Said", "dissent": "Dissent"}
_TIME_LINE = "#c3c9d0"


class Blocks:
    """Writes the blocks of one part."""

    def __init__(self, desk: Desk, part: Part) -> None:
        """Write the blocks of this part."""
        self._desk = desk
        self._part = part

    def judgements(self, blocks: Sequence[KeyJudgement], first: int) -> list[str]:
        """Judgements that follow one another, as one table; ``first`` is the first's number."""
        rows = [
            (
                self._desk.cell(str(number), "TableText", "Number"),
                self._desk.cell(block.text),
                Cell("".join(self._desk.estimate(block.likelihood, block.confidence, "Estimate"))),
            )
            for number, block in enumerate(blocks, start=first)
        ]
        return [table("RuledTable", (7, 86, 77), rows)]

    def assessed(self, block: Assessed, warned: WarningList) -> list[str]:
        """An assessment and the warnings beside it."""
        return docx_case.assessed_and_warned(block, warned, self._desk)

    @singledispatchmethod
    def block(self, block: AnyBlock) -> list[str]:
        """One block as children of the document's body; judgements come together, see above.

        Raises:
            TypeError: for a kind of block that no page knows.
        """
        raise TypeError(f"No page knows the block {type(block).__name__}.")

    @block.register
    def _(self, block: Paragraph) -> list[str]:
        said = run("Dissent. ", "Claim") if block.edge == "dissent" else ""
        style = _EDGES.get(block.edge, "Normal")
        return [paragraph(style, said + self._desk.words.text(block.text))]

    @block.register
    def _(self, block: Bullets) -> list[str]:
        bullet = item(self._desk.lists.bullets(), 0)
        words = map(self._desk.words.text, block.items)
        return [paragraph("ListParagraph", one, bullet) for one in words]

    @block.register
    def _(self, block: Facts) -> list[str]:
        rows = [
            (self._desk.cell(label, "TableText", "Quiet"), self._desk.cell(value))
            for label, value in block.rows
        ]
        return [table("RuledTable", (30, 140), rows)]

    @block.register
    def _(self, block: Table) -> list[str]:
        styles = ["TableFigures" if column.numeric else "TableText" for column in block.columns]
        if styles and styles[0] == "TableText":
            styles[0] = "TableKey"
        rows = [
            [
                self._desk.cell(cell or DASH, style)
                for cell, style in zip(fitted(row, len(styles)), styles, strict=True)
            ]
            for row in block.rows
        ]
        made = table(
            "RuledTable",
            [max(column.width, 0.01) for column in block.columns],
            rows,
            head=[head(it.title, "Right" if it.numeric else "") for it in block.columns],
            leads=bool(block.note),
        )
        return [made, *self._desk.note(block.note)]

    @block.register
    def _(self, block: Bars) -> list[str]:
        note = self._desk.note(block.note)
        if not block.rows:
            return note
        parts = self._desk.parts
        relation = parts.chart(block.rows, block.unit)
        says = "; ".join(f"{label} {value:,}" for label, value in block.rows)
        number = parts.drawn()
        drawn = inline(
            f"Chart {number}",
            number,
            WIDTH,
            docx_chart.height(len(block.rows)),
            f"Bars, {block.unit}: {says}",
            docx_chart.graphic(relation),
        )
        return [
            paragraph("TableHeadRight", run(block.unit)),
            paragraph("Picture" if note else "Normal", drawn),
            *note,
        ]

    @block.register
    def _(self, block: Timeline) -> list[str]:
        line = edge("left", _TIME_LINE, 0.75)
        margin = '<w:ind w:left="170"/>'
        rows = [
            (
                self._desk.cell(short_date(event.date), "TableDate"),
                Cell(paragraph("TableText", self._desk.words.text(event.text), margin), edges=line),
            )
            for event in block.events
        ]
        return [table("PlainTable", (27, 143), rows)]

    @block.register
    def _(self, block: Stages) -> list[str]:
        return docx_stages.stages(block, self._desk)

    @block.register
    def _(self, block: HeatTable) -> list[str]:
        return docx_stages.heat(block, self._desk)

    @block.register
    def _(self, block: Actions) -> list[str]:
        return docx_client.actions(block, self._desk)

    @block.register
    def _(self, block: Quotation) -> list[str]:
        said, marks = (self._desk.words.text(it) for it in without_marks(block.text))
        quoted = paragraph("Quote", f"{run('“')}{said}{run('”')}{marks}")
        by = [paragraph("QuoteSource", run(block.by))] if block.by.strip() else []
        return [kept(quoted), *by] if by else [quoted]

    @block.register
    def _(self, block: WorldMap) -> list[str]:
        return world_map(block, self._desk)

    @block.register
    def _(self, block: SourceList) -> list[str]:
        return docx_sources.source_list(block, self._part, self._desk)

    @block.register
    def _(self, block: Trace) -> list[str]:
        return docx_sources.trace(block, self._desk)

    @block.register
    def _(self, block: ActorReasons) -> list[str]:
        return docx_client.actor_reasons(block, self._desk)

    @block.register
    def _(self, block: Matrix) -> list[str]:
        return docx_client.matrix(block, self._desk)

    @block.register
    def _(self, block: ClaimsEvidence) -> list[str]:
        return docx_case.claims_evidence(block, self._desk)

    @block.register
    def _(self, block: AchTable) -> list[str]:
        return docx_case.ach(block, self._desk)

    @block.register
    def _(self, block: Assessed) -> list[str]:
        return docx_case.assessed(block, self._desk)

    @block.register
    def _(self, block: WarningList) -> list[str]:
        return docx_case.warning_list(block, self._desk)

    @block.register
    def _(self, block: Note) -> list[str]:
        return note(block, self._desk)
