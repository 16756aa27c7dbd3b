"""How high a one-page part comes out, estimated from its words.

Recipes choose with it how much of each section goes on a page before anything is set. It errs on
the high side; whoever sets the page measures it exactly. Geometry of A4: ``documents.md`` of the
design, in points: body line 13, tables 12, notes 10; columns 31 and 138 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, singledispatchmethod

from briefing.core.brief import (
    Actions,
    AnyBlock,
    BriefSource,
    Facts,
    KeyJudgement,
    MadeFrom,
    Mark,
    Paragraph,
    Part,
    Section,
    SourceList,
    Span,
    Stages,
    Style,
    Text,
    Timeline,
)

MM = 72 / 25.4
TEXT_HEIGHT = (297 - 24 - 20) * MM
"""Points between the upper and the lower margin."""

_PAGE, _CONTENT, _SIDE = 174 * MM, 138 * MM, 31 * MM
_ADVANCES = (
    "24ijl 27I 29!,.:\N{MIDDLE DOT} 26\N{RIGHT SINGLE QUOTATION MARK} 30'; 33t| 36()/[\\] 37f 38r"
    ' 411 44\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK} 46-_ 47" 50*\N{EN DASH}'
    " 51? 53s 55kxz 56avy 577JLc 58e 595Fhnu 60Eo 612bdgpq 623689 63#0Z 64$&PRS 654BT 66+<=>"
    " 67K 68XY 69AV 72D 73C 74HU 75GN 76OQ 82w 86\N{HORIZONTAL ELLIPSIS} 88m 90M 97@ 98% 99W"
)
"""Advance widths of Inter, in hundredths of an em before the characters that have them."""
_WIDTHS = {
    character: int(token[:2]) / 100 for token in _ADVANCES.split() for character in token[2:]
}
_OTHER = 0.7
_SPACE = 0.285
_BOLD = 1.04
_MARKS = 0.78
"""Size of a source mark, as a share of the text."""
_SPARE = 13.0
"""Points left over: kerning is not counted, and the last section is followed by its gap."""


def height(part: Part, sources: Sequence[BriefSource], made_from: Sequence[MadeFrom] = ()) -> float:
    """Estimated height in points; up to ``TEXT_HEIGHT`` a part surely fits one A4 page.

    Args:
        part: What is to be printed.
        sources: What it cites, in the order of its numbers.
        made_from: What is printed under it where it is the last part.
    """
    ruler = _Ruler(sources)
    total = ruler.high(part.title, 22, 26, _PAGE, bold=True) + 6
    total += ruler.high(part.subtitle, 9.25, 13, _PAGE) + 5 + 7.5 + 7 + 2 + 9
    # Where nothing follows, no page can be referred to.
    cited = ruler.cited() + ("" if made_from else " Dates, links, grades: page 10.")
    for place, section in enumerate(part.sections):
        total += (18.75 if place else 0) + ruler.section(section, cited)
    if made_from:
        words = " ".join(f"{it.title} {it.version}, {it.notice}" for it in made_from)
        total += 11 + ruler.high(f"Made from {words}", 7.5, 10, _PAGE)
    return total + _SPARE


class _Ruler:
    """Measures blocks whose marks are numbers of these sources."""

    def __init__(self, sources: Sequence[BriefSource]) -> None:
        """Know the numbers."""
        self._sources = sources
        self._numbers = {source.key: number for number, source in enumerate(sources, start=1)}

    def cited(self) -> str:
        """The short list of sources, as printed."""
        entries = []
        for number, source in enumerate(self._sources, start=1):
            name = source.short or source.publisher or source.title
            # An entry does not break, and the gap behind it is wider than a space.
            entries.append(f"[{number}] {name}  ".replace(" ", "\N{NO-BREAK SPACE}"))
        return " ".join(entries)

    def section(self, section: Section, cited: str) -> float:
        """A section without the line above it and the gap below."""
        side = self.high(section.title, 10.5, 13, _SIDE, bold=True)
        if section.note:
            side += 5 + self.high(section.note, 7.5, 10, _SIDE)
        content = 0.0
        before: AnyBlock | None = None
        for block in section.blocks:
            if before is not None:
                both = isinstance(block, KeyJudgement) and isinstance(before, KeyJudgement)
                content += 11.1 if both else 8
            if isinstance(block, SourceList):
                content += self.high(cited, 7.75, 11, _CONTENT)
            else:
                content += self.block(block)
            before = block
        return max(side, content)

    @singledispatchmethod
    def block(self, block: AnyBlock) -> float:
        """A block of the content column.

        Raises:
            TypeError: for a block that no executive page holds.
        """
        raise TypeError(f"A one-page part holds no {type(block).__name__}.")

    @block.register
    def _(self, block: Paragraph) -> float:
        return self.high(block.text, 9.25, 13, _CONTENT)

    @block.register
    def _(self, block: KeyJudgement) -> float:
        return max(self.high(block.text, 9.25, 13, _CONTENT - 80 * MM), 22.0)

    @block.register
    def _(self, block: Facts) -> float:
        width = _CONTENT - 24 * MM
        return sum(self.high(value, 8.5, 12, width) + 5.7 for _, value in block.rows)

    @block.register
    def _(self, block: Timeline) -> float:
        width = _CONTENT - 29 * MM
        high = sum(self.high(event.text, 8.5, 12, width) for event in block.events)
        return high + 6 * max(len(block.events) - 1, 0)

    @block.register
    def _(self, block: Stages) -> float:
        width = (_CONTENT - 9 * MM) / max(len(block.stages), 1)
        heads = [self.high(f"{s.number} {s.name}", 8.5, 12, width) for s in block.stages]
        texts = [self.high(stage.text, 8.5, 12, width) for stage in block.stages]
        return 20 + max(heads, default=0) + max(texts, default=0)

    @block.register
    def _(self, block: Actions) -> float:
        total = 14.0
        for action in block.actions:
            codes = (", ".join(action.mitigations), ", ".join(action.techniques))
            do = Span(f"{action.do}, ", Style.STRONG)
            total += 5.7 + max(
                self.high((do, *action.why), 8.5, 12, 66 * MM - 8 - 5.3 * MM),
                self.high(" \N{MIDDLE DOT} ".join(filter(None, codes)), 8.5, 12, 44 * MM - 8),
                self.high(action.stage, 8.5, 12, 28 * MM),
            )
        return total

    def high(
        self, text: Text | str, size: float, line: float, width: float, *, bold: bool = False
    ) -> float:
        """Points that a text takes in a column: the last line has no leading below it."""
        used, lines = 0.0, 1
        for word in self._words(text, bold=bold):
            length = size * word
            if used and used + _SPACE * size + length > width:
                lines += 1
                used = length
            else:
                used += (_SPACE * size if used else 0) + length
            while used > width:
                lines += 1
                used -= width
        return lines * line - (line - size)

    def _words(self, text: Text | str, *, bold: bool) -> list[float]:
        """Widths of the words of a text in ems; a mark belongs to the word before it."""
        widths: list[float] = []
        glued = False
        for inline in (Span(text),) if isinstance(text, str) else text:
            if isinstance(inline, Mark):
                marks = _MARKS * sum(_width(f"[{self._numbers[key]}]") for key in inline.sources)
                widths = [*widths[:-1], (widths[-1] if widths else 0.0) + marks]
                glued = True
                continue
            factor = _BOLD if bold or inline.style is Style.STRONG else 1.0
            for place, piece in enumerate(inline.text.split(" ")):
                if place == 0 and glued and widths:
                    widths[-1] += factor * _width(piece)
                elif piece:
                    widths.append(factor * _width(piece))
            glued = not inline.text.endswith(" ")
        return widths


@lru_cache(maxsize=4096)
def _width(word: str) -> float:
    """Ems of a word; a no-break space is as wide as a space."""
    return sum(
        _SPACE if character == "\N{NO-BREAK SPACE}" else _WIDTHS.get(character, _OTHER)
        for character in word
    )
