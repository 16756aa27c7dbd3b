"""How wide words are in the typeface of the documents, for pages that nobody lays out again.

A slide does not flow: what is too long for its box stands over the edge. So words are measured with
the advance widths of Inter (Noto Sans and Noto Sans Arabic for what Inter lacks), without kerning
and without the joining of Arabic letters, both of which only make words narrower.
"""

from __future__ import annotations

import struct
from functools import cache, lru_cache
from typing import Final

from briefing.exports.font_tables import characters, tables
from briefing.exports.fonts import font_folders

BOLD: Final = 1.08
"""Bold Inter against regular: words are 1.02 to 1.08 times as wide (a test measures it)."""
CODE: Final = 0.6
"""Advance of every character of Courier New and of whatever stands in for it, in ems."""
_WHOLE: Final = 1.0
"""Of a character that no font of the program has, in ems: as wide as a Chinese one."""


def width(text: str, size: float, *, bold: bool = False, code: bool = False) -> float:
    """Width of a run of text on one line, in the unit of ``size``."""
    if code:
        return max(len(text) * CODE, _ems(text)) * size
    return _ems(text) * size * (BOLD if bold else 1.0)


@lru_cache(maxsize=16384)
def _ems(text: str) -> float:
    return sum(map(_advance, text))


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    point = ord(character)
    for index in range(len(font_folders())):
        found = _advances(index).get(point)
        if found is not None:
            return found
    return _WHOLE


@cache
def _advances(index: int) -> dict[int, float]:
    """Advance widths in ems by code point, of the upright font in one of the folders."""
    (path,) = (
        path for path in sorted(font_folders()[index].glob("*.ttf")) if "Italic" not in path.name
    )
    found = tables(path.read_bytes())
    (units,) = struct.unpack_from(">H", found[b"head"], 18)
    (known,) = struct.unpack_from(">H", found[b"hhea"], 34)
    widths = struct.unpack_from(">" + "Hh" * known, found[b"hmtx"])[::2]
    return {
        point: widths[min(glyph, known - 1)] / units for point, glyph in characters(found[b"cmap"])
    }
