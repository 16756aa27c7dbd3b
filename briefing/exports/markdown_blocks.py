"""Each kind of block as Markdown: paragraphs, lists and pipe tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatchmethod
from itertools import zip_longest

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    Brief,
    BriefSource,
    Bullets,
    ClaimsEvidence,
    Facts,
    HeatCell,
    HeatTable,
    KeyJudgement,
    Matrix,
    Note,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Stage,
    Stages,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
)
from briefing.core.dates import short_date
from briefing.exports import markdown_case, markdown_notes
from briefing.exports.markdown_text import bullets, escape, heading, inline, link, table
from briefing.exports.marks import Numbers
from briefing.exports.phrases import counted, imperative
from briefing.exports.rows import fitted
from briefing.exports.world_svg import named

_NEST = "    "
"""Four spaces nest a list in CommonMark and in python-markdown."""


class Writer:
    """Writes the parts of one brief.

    Attributes:
        listed: Whether a full list of sources has been written.
    """

    def __init__(self, brief: Brief) -> None:
        """Know the brief's sources."""
        self.listed = False
        self._brief = brief
        self._numbers = Numbers(brief)
        self._judgements = 0

    def part(self, part: Part) -> Iterator[str]:
        """A part: heading, subtitle, sections."""
        yield heading(2, part.title)
        yield escape(part.subtitle)
        for section in part.sections:
            yield from self._section(section)

    def sources(self) -> str:
        """The full list of sources, numbered as the marks are."""
        rows = (self._source(source) for source in self._brief.sources)
        return "\n".join(f"{number}. {row}" for number, row in enumerate(rows, start=1))

    def _section(self, section: Section) -> Iterator[str]:
        self._judgements = 0
        yield heading(3, section.title)
        if section.note:
            yield self._text(section.note)
        for block in section.blocks:
            yield from self._block(block)

    def _text(self, text: Text, *, start: bool = True) -> str:
        return inline(text, self._numbers, start=start)

    @singledispatchmethod
    def _block(self, block: AnyBlock) -> Iterator[str]:
        """One block as paragraphs, lists and tables.

        Raises:
            TypeError: for a kind of block that is not known here.
        """
        raise TypeError(f"Markdown does not know the block {type(block).__name__}.")

    @_block.register
    def _(self, block: Paragraph) -> Iterator[str]:
        dissent = block.edge == "dissent"
        yield "*Dissent.* " * dissent + self._text(block.text, start=not dissent)

    @_block.register
    def _(self, block: Bullets) -> Iterator[str]:
        yield bullets(map(self._text, block.items))

    @_block.register
    def _(self, block: KeyJudgement) -> Iterator[str]:
        self._judgements += 1
        yield "\n".join(
            (
                f"{self._judgements}. {self._text(block.text)}",
                f"{_NEST}- Likelihood: **{block.likelihood.term}**, {block.likelihood.range}",
                f"{_NEST}- Confidence: **{block.confidence.word}**",
            )
        )

    @_block.register
    def _(self, block: Facts) -> Iterator[str]:
        yield bullets(self._led(label, value) for label, value in block.rows)

    @_block.register
    def _(self, block: Table) -> Iterator[str]:
        rows = [
            [self._text(value) for value in fitted(row, len(block.columns))] for row in block.rows
        ]
        numeric = [column.numeric for column in block.columns]
        yield table([escape(column.title) for column in block.columns], rows, numeric)
        yield self._text(block.note)

    @_block.register
    def _(self, block: Bars) -> Iterator[str]:
        unit = escape(block.unit, start=False)
        yield bullets(f"{escape(label)}: {value:,} {unit}" for label, value in block.rows)
        yield self._text(block.note)

    @_block.register
    def _(self, block: Timeline) -> Iterator[str]:
        yield bullets(self._led(short_date(event.date), event.text) for event in block.events)

    @_block.register
    def _(self, block: Stages) -> Iterator[str]:
        yield bullets(self._led(_stage(stage), stage.text) for stage in block.stages)

    @_block.register
    def _(self, block: HeatTable) -> Iterator[str]:
        heads = [
            f"{column.number} {escape(column.name, start=False)}"
            f" ({f'{column.total:,}' if column.total else 'none stated'})"
            for column in block.columns
        ]
        listed = zip_longest(*(column.cells for column in block.columns))
        rows = [[_technique(technique) for technique in row] for row in listed]
        rest = [column.total - len(column.cells) for column in block.columns]
        if any(more > 0 for more in rest):
            rows.append([f"and {more:,} more" if more > 0 else "" for more in rest])
        yield table(heads, rows, [False] * len(heads), empty=" ")
        yield f"In brackets: groups using it, of {block.groups_total:,}."
        yield self._text(block.note)

    @_block.register
    def _(self, block: Actions) -> Iterator[str]:
        lines = []
        for action in block.actions:
            codes = ", ".join((*action.mitigations, *action.techniques))
            stage = f"breaks {action.stage}" if action.stage else ""
            cost = f"cost {action.cost}" if action.cost else ""
            behind = "; ".join(filter(None, (codes, stage, action.who, cost)))
            aside = f" ({escape(behind, start=False)})" if behind else ""
            do = escape(imperative(action.do, action.why), start=False).strip()
            strong = f"**{do}** " if do else ""
            lines.append(f"[ ] {strong}{self._text(action.why, start=False)}".rstrip() + aside)
        yield bullets(lines)

    @_block.register
    def _(self, block: Quotation) -> Iterator[str]:
        by = f"\n>\n> {escape(block.by)}" if block.by else ""
        yield f"> {self._text(block.text)}{by}"

    @_block.register
    def _(self, block: WorldMap) -> Iterator[str]:
        countries = escape(named(block.countries))
        unit = escape(block.unit, start=False)
        yield f"Countries, with the number of {unit} for each: {countries}."
        yield self._text(block.note)

    @_block.register
    def _(self, block: SourceList) -> Iterator[str]:
        if block.short:
            yield "Numbers in brackets refer to the list of sources at the end."
        else:
            self.listed = True
            yield self.sources()
        yield self._text(block.note)

    @_block.register
    def _(self, block: Trace) -> Iterator[str]:
        rows = []
        for row in block.rows:
            marks = "".join(f"[{number}]" for number in self._numbers.of(row.sources))
            origins = f"{row.origins:,}" if row.origins else "none"
            if row.origin_names:
                origins += f": {escape(row.origin_names, start=False)}"
            rows.append(
                [escape(row.block), escape(row.says), marks, origins, f"{row.statements:,}"]
            )
        heads = ["Block", "Says", "Sources", "Origins", "Statements"]
        yield table(heads, rows, [False, False, False, False, True])
        yield self._text(block.note)

    @_block.register
    def _(self, block: ActorReasons) -> Iterator[str]:
        yield from markdown_case.actor_reasons(block, self._text)

    @_block.register
    def _(self, block: Matrix) -> Iterator[str]:
        yield from markdown_case.matrix(block, self._text)

    @_block.register
    def _(self, block: ClaimsEvidence) -> Iterator[str]:
        yield from markdown_case.claims_evidence(block, self._text)

    @_block.register
    def _(self, block: AchTable) -> Iterator[str]:
        yield from markdown_case.ach(block, self._text)

    @_block.register
    def _(self, block: Assessed) -> Iterator[str]:
        yield from markdown_case.assessed(block, self._text)

    @_block.register
    def _(self, block: WarningList) -> Iterator[str]:
        yield from markdown_case.warning_list(block, self._text)

    @_block.register
    def _(self, block: Note) -> Iterator[str]:
        yield markdown_notes.note(block, self._text)

    def _led(self, lead: str, text: Text) -> str:
        words = escape(lead, start=False).strip()
        value = self._text(text, start=False)
        return f"**{words}:** {value}" if words else self._text(text)

    def _source(self, source: BriefSource) -> str:
        pieces = [escape(source.title or "Untitled")]
        issued = [source.publisher, short_date(source.published)]
        published = ", ".join(escape(words, start=False) for words in issued if words)
        pieces += [published, f"Grade {source.grade.code}", escape(source.rests_on, start=False)]
        sentences = ". ".join(piece.rstrip(".") for piece in pieces if piece) + "."
        return f"{sentences} {link(source.url)}" if source.url else sentences


def _stage(stage: Stage) -> str:
    """A stage with its number of techniques, where any is stated."""
    name = f"{stage.number} {stage.name}"
    return f"{name}, {counted(stage.techniques, 'technique')}" if stage.techniques else name


def _technique(technique: HeatCell | None) -> str:
    if technique is None:
        return ""
    words = escape(f"{technique.name} {technique.attack_id}", start=False)
    return f"{words} ({technique.groups:,})"
