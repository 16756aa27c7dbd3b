"""How high a one-page part comes out, estimated from its words.

Recipes choose with it how much of each section goes on a page before anything is set. It errs on
the high side; whoever sets the page measures it exactly. Geometry of A4: ``documents.md`` of the
design, in points: body line 13, tables 12, notes 10; columns 31 and 138 mm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatchmethod

from briefing.core.brief import (
    AchTable,
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    BriefSource,
    Bullets,
    ClaimsEvidence,
    Facts,
    HeatTable,
    KeyJudgement,
    MadeFrom,
    Matrix,
    Note,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Span,
    Stages,
    Style,
    Table,
    Timeline,
    WarningList,
    WorldMap,
)
from briefing.services.recipes import case_fit, client_fit, note_fit
from briefing.services.recipes.marks import marks_in
from briefing.services.recipes.text_fit import BODY, CELL, MM, NOTE, SMALL, Ruler

TEXT_HEIGHT = (297 - 24 - 20) * MM
"""Points between the upper and the lower margin."""

_PAGE, _CONTENT, _SIDE = 174 * MM, 138 * MM, 31 * MM
_BULLET, _BETWEEN_ITEMS = 9.5, 4.0
"""Points in front of the words of a list, and between two of them."""
_ROW = 5.7
"""What a row of a table adds to its words."""
_MAP_SHAPE = 0.446
"""Height of the map by its width."""
_MAP_NOTE = (
    "In brackets: countries in the class. Boundaries: Natural Earth; they imply no endorsement."
)
_OPENING = 17.0
"""Where nothing follows the last section: it asks for 41 points of the page, however low it is, of
which its gap and what is spare make up the rest."""
_SPARE = 13.0
"""Points left over: kerning is not counted, and the last section is followed by its gap."""


def height(part: Part, sources: Sequence[BriefSource], made_from: Sequence[MadeFrom] = ()) -> float:
    """Estimated height in points; up to ``TEXT_HEIGHT`` a part surely fits one A4 page.

    Args:
        part: What is to be printed.
        sources: What it cites, in the order of its numbers.
        made_from: What is printed under it where it is the last part.
    """
    ruler = Ruler(sources)
    blocks = _Blocks(ruler, _printed(part, sources))
    total = ruler.high(part.title, 22, 26, _PAGE, bold=True) + 6
    total += ruler.high(part.subtitle, *BODY, _PAGE) + 5 + 7.5 + 7 + 2 + 9
    # Where nothing follows, no page can be referred to.
    cited = blocks.cited() + ("" if made_from else " Dates, links, grades: page 10.")
    for place, section in enumerate(part.sections):
        alone = not made_from and place == len(part.sections) - 1
        high = max(blocks.section(section, cited), _OPENING if alone else 0.0)
        total += (18.75 if place else 0) + high
    if made_from:
        words = " ".join(f"{it.title} {it.version}, {it.notice}" for it in made_from)
        total += 11 + ruler.high(f"Made from {words}", *NOTE, _PAGE)
    return total + _SPARE


def _printed(part: Part, sources: Sequence[BriefSource]) -> Mapping[int, BriefSource]:
    """What the short list names, by number: what the page marks, else everything.

    Answers to questions are not on the page.
    """
    everything = dict(enumerate(sources, start=1))
    marked = {key for it in part.sections for key in marks_in((it.note, it.blocks))}
    return {n: source for n, source in everything.items() if source.key in marked} or everything


class _Blocks:
    """Measures blocks and sections."""

    def __init__(self, ruler: Ruler, sources: Mapping[int, BriefSource]) -> None:
        """Measure with this ruler; the short list names these sources, by number."""
        self._ruler = ruler
        self._sources = sources

    def cited(self) -> str:
        """The short list of sources, as printed."""
        entries = []
        for number, source in self._sources.items():
            name = source.short or source.publisher or source.title
            # An entry does not break, and the gap behind it is wider than a space.
            entries.append(f"[{number}] {name}  ".replace(" ", "\N{NO-BREAK SPACE}"))
        return " ".join(entries)

    def section(self, section: Section, cited: str) -> float:
        """A section without the line above it and the gap below."""
        if section.wide:
            title = self._ruler.high(section.title, 10.5, 13, _PAGE / 2, bold=True)
            beside = 2.25 + self._ruler.high(section.note, *NOTE, _PAGE / 2 - 3 * MM)
            return max(title, beside) + 6 + self._content(section, cited, _PAGE)
        side = self._ruler.high(section.title, 10.5, 13, _SIDE, bold=True)
        if section.note:
            side += 5 + self._ruler.high(section.note, *NOTE, _SIDE)
        return max(side, self._content(section, cited, _CONTENT))

    def _content(self, section: Section, cited: str, width: float) -> float:
        total = 0.0
        before: AnyBlock | None = None
        for place, block in enumerate(section.blocks):
            follows = section.blocks[place + 1] if place + 1 < len(section.blocks) else None
            if isinstance(before, Assessed) and isinstance(block, WarningList):
                pass  # it stands beside the assessment
            else:
                total += _gap(before, block) + self._block(block, follows, cited, width)
            before = block
        return total

    def _block(self, block: AnyBlock, follows: AnyBlock | None, cited: str, width: float) -> float:
        if isinstance(block, SourceList):
            return self._ruler.high(cited, *SMALL, width) + self._ruler.note(block.note, width)
        if isinstance(block, Assessed) and isinstance(follows, WarningList):
            return case_fit.warned(self._ruler, block, follows, width)
        return self.block(block, width)

    @singledispatchmethod
    def block(self, block: AnyBlock, width: float) -> float:
        """A block in a column of so many points.

        Raises:
            TypeError: for a block that no executive page holds.
        """
        raise TypeError(f"A one-page part holds no {type(block).__name__}.")

    @block.register
    def _(self, block: Paragraph, width: float) -> float:
        if not block.edge:
            return self._ruler.high(block.text, *BODY, width)
        dissent = (Span("Dissent. ", Style.STRONG),) if block.edge == "dissent" else ()
        return 2 + self._ruler.high((*dissent, *block.text), *BODY, width - 3 * MM - 2.25)

    @block.register
    def _(self, block: Bullets, width: float) -> float:
        apart = _BETWEEN_ITEMS * (len(block.items) - 1)
        return apart + sum(self._ruler.high(it, *BODY, width - _BULLET) for it in block.items)

    @block.register
    def _(self, block: KeyJudgement, width: float) -> float:
        return max(self._ruler.high(block.text, *BODY, width - 80 * MM), 22.0)

    @block.register
    def _(self, block: Facts, width: float) -> float:
        values = (self._ruler.high(value, *CELL, width - 24 * MM) for _, value in block.rows)
        labels = (self._ruler.high(label, *CELL, 24 * MM) for label, _ in block.rows)
        return sum(max(pair) + _ROW for pair in zip(values, labels, strict=True))

    @block.register
    def _(self, block: Table, width: float) -> float:
        whole = sum(max(column.width, 0.01) for column in block.columns) or 1.0
        widths = [max(column.width, 0.01) / whole * width - 8 for column in block.columns]
        heads = zip(block.columns, widths, strict=True)
        total = _ROW + max((self._ruler.high(it.title, *NOTE, own) for it, own in heads), default=0)
        for row in block.rows:
            cells = (self._ruler.high(c, *CELL, own) for c, own in zip(row, widths, strict=False))
            total += _ROW + max(cells, default=8.5)
        return total + self._ruler.note(block.note, width)

    @block.register
    def _(self, block: Bars, width: float) -> float:
        labels = (self._ruler.high(label, *CELL, 38 * MM) + 5 for label, _ in block.rows)
        return 7.5 + sum(labels) + self._ruler.note(block.note, width)

    @block.register
    def _(self, block: Quotation, width: float) -> float:
        said = (Span("““"), *block.text)
        return 6 + sum(
            self._ruler.high(text, *role, width - 3 * MM - 2.25)
            for text, role in ((said, BODY), (block.by, NOTE))
        )

    @block.register
    def _(self, block: WorldMap, width: float) -> float:
        named = ", ".join(f"Saint Vincent\N{NO-BREAK SPACE}{n:,}" for _, n in block.countries[:13])
        note = (Span(_MAP_NOTE), *block.note)
        words = self._ruler.high(named, *CELL, width) + self._ruler.high(note, *NOTE, width)
        return width * _MAP_SHAPE + 5 + 24 + 8 + words

    @block.register
    def _(self, block: HeatTable, width: float) -> float:
        columns = max(len(block.columns), 1)
        own = (width - 1.6 * (columns - 1)) / columns - 8 - 17
        rows = max((len(column.cells) for column in block.columns), default=0)
        total = 2 * 6 + self._heads(block, own) + 7.5 + 1.6 * (rows + 1)
        for row in range(rows):
            names = (it.cells[row].name for it in block.columns if row < len(it.cells))
            total += 6 + max(self._ruler.high(name, 7.75, 10, own, bold=True) for name in names)
            total += 2.4 + 6.75
        return total + 4 + 24 + (self._ruler.high(block.note, 7.75, 12, width) if block.note else 0)

    def _heads(self, block: HeatTable, width: float) -> float:
        names = (f"{column.number} {column.name}" for column in block.columns)
        return max(
            (self._ruler.high(name, 9, 12.75, width, bold=True) for name in names), default=0
        )

    @block.register
    def _(self, block: Timeline, width: float) -> float:
        texts = (self._ruler.high(event.text, *CELL, width - 29 * MM) for event in block.events)
        return sum(texts) + 6 * max(len(block.events) - 1, 0)

    @block.register
    def _(self, block: Stages, width: float) -> float:
        many = max(len(block.stages), 1)
        own = (width - 3 * MM * (many - 1)) / many
        heads = [self._ruler.high(f"{s.number} {s.name}", *CELL, own) for s in block.stages]
        texts = [self._ruler.high(stage.text, *CELL, own) for stage in block.stages]
        counted = 12 if any(stage.techniques for stage in block.stages) else 0
        return 8 + counted + max(heads, default=0) + max(texts, default=0)

    @block.register
    def _(self, block: Actions, width: float) -> float:
        if any(action.cost or action.who for action in block.actions):
            return client_fit.costed_actions(self._ruler, block, width)
        total = 14.0
        for action in block.actions:
            codes = (", ".join(action.mitigations), ", ".join(action.techniques))
            do = Span(f"{action.do}, ", Style.STRONG)
            total += _ROW + max(
                self._ruler.high((do, *action.why), *CELL, 66 * MM - 8 - 5.3 * MM),
                self._ruler.high(" · ".join(filter(None, codes)), *CELL, width - 94 * MM - 8),
                self._ruler.high(action.stage, *CELL, 28 * MM),
            )
        return total

    @block.register
    def _(self, block: ActorReasons, width: float) -> float:
        return client_fit.actor_reasons(self._ruler, block, width)

    @block.register
    def _(self, block: Matrix, width: float) -> float:
        return client_fit.matrix(self._ruler, block, width)

    @block.register
    def _(self, block: ClaimsEvidence, width: float) -> float:
        return case_fit.claims_evidence(self._ruler, block, width)

    @block.register
    def _(self, block: AchTable, width: float) -> float:
        return case_fit.ach(self._ruler, block, width)

    @block.register
    def _(self, block: Assessed, width: float) -> float:
        return case_fit.assessed(self._ruler, block, width)

    @block.register
    def _(self, block: WarningList, width: float) -> float:
        return case_fit.warning_list(self._ruler, block, width)

    @block.register
    def _(self, block: Note, width: float) -> float:
        return note_fit.note(self._ruler, block, width)


def _gap(before: AnyBlock | None, block: AnyBlock) -> float:
    if before is None:
        return 0.0
    both = isinstance(block, KeyJudgement) and isinstance(before, KeyJudgement)
    return 11.1 if both else 8.0
