"""What a row will take on the page, estimated from its words."""

from __future__ import annotations

import math
from typing import TypedDict

KEPT_WHOLE = 1200
"""Characters. Longer judgements and rows may break, or they would run off the foot of a page."""
_LINES_KEPT = 40
"""Lines, for the same reason: a few words in a narrow column are high too."""
_CHARACTER_MM = 138 / 72
"""Width of a character in table text that is sure to fit: 72 to the width of a section."""
_LINE, _ROW = 12.0, 2.2
"""Points: a line of table text, and what a row adds to its lines."""


class Fit(TypedDict):
    """Whether a row has to be kept whole, and its height in points."""

    keep: bool
    high: float


def fit(*cells: tuple[str, float]) -> Fit:
    """Estimate a row from its cells, each its words and the width of its column in mm.

    A row of single lines cannot break, and telling Typst so costs a second layout of it.
    """
    lines = max(
        (math.ceil(len(words) * _CHARACTER_MM / width) for words, width in cells), default=1
    )
    whole = sum(len(words) for words, _ in cells)
    keep = 1 < lines <= _LINES_KEPT and whole <= KEPT_WHOLE
    return {"keep": keep, "high": max(lines, 1) * _LINE + _ROW}


def stacked(*pieces: tuple[str, float]) -> Fit:
    """Estimate an item whose pieces stand below one another, each its words and width in mm."""
    lines = sum(math.ceil(len(words) * _CHARACTER_MM / width) for words, width in pieces if words)
    whole = sum(len(words) for words, _ in pieces)
    keep = lines <= _LINES_KEPT and whole <= KEPT_WHOLE
    return {"keep": keep, "high": max(lines, 1) * _LINE + _ROW}
