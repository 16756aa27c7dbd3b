"""How wide words are and how high a text comes out, estimated from the letters of the typeface."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from briefing.core.brief import BriefSource, Mark, Span, Style, Text

MM = 72 / 25.4
BODY, CELL, SMALL, NOTE = (9.25, 13.0), (8.5, 12.0), (7.75, 11.0), (7.5, 10.0)
"""Size and line in points: of prose, of tables, of what stands under a row's key, of notes."""

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
_ROUNDED = 1.01
"""The advances are rounded down to hundredths."""
_OTHER = 0.7
_SPACE = 0.285
_BOLD = 1.04
_BROKEN = 0.5
"""Share of a line that is sure to be filled where a word is too long for it."""
_MARKS = 0.78
"""Size of a source mark, as a share of the text."""


class Ruler:
    """Measures texts whose marks are numbers of these sources."""

    def __init__(self, sources: Sequence[BriefSource]) -> None:
        """Know the numbers."""
        self._numbers = {source.key: number for number, source in enumerate(sources, start=1)}

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
            if length > width:
                # Broken where it may be, which seldom is at the end of a line.
                lines += math.ceil(length / (_BROKEN * width)) - 1
                used = width
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

    def wide(self, text: Text | str, size: float) -> float:
        """Points that a text takes in one line."""
        words = self._words(text, bold=False)
        return size * (sum(words) + _SPACE * max(len(words) - 1, 0))

    def note(self, text: Text, width: float) -> float:
        """A note under a block with the gap above it, or nothing."""
        return 5 + self.high(text, *NOTE, width) if text else 0.0


@lru_cache(maxsize=4096)
def _width(word: str) -> float:
    """Ems of a word; a no-break space is as wide as a space."""
    return _ROUNDED * sum(
        _SPACE if character == "\N{NO-BREAK SPACE}" else _WIDTHS.get(character, _OTHER)
        for character in word
    )
