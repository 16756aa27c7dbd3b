"""What a TrueType font holds, as far as documents need it: glyphs of characters, and their kerning.

Read by Microsoft's OpenType specification 1.9 (cmap, GSUB, GPOS, common table formats). The fonts
come with the program; a font from elsewhere is never read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping

_UNICODE_TABLES = ((0, 3), (0, 4), (0, 6), (3, 1), (3, 10))
"""Platform and encoding of the cmap subtables that map Unicode."""
_EXTENSIONS = {b"GSUB": 7, b"GPOS": 9}
"""Type of a lookup that only says where the lookup is."""
_X_ADVANCE = 0x0004
"""Bit of a value format: the horizontal advance."""
_SINGLE, _PAIR = 1, 2
"""Types of lookup: a glyph for a glyph (GSUB), a distance between two (GPOS)."""


def tables(data: bytes) -> dict[bytes, bytes]:
    """The tables of a font by their tags."""
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        found[tag] = data[offset : offset + length]
    return found


def characters(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Code points with their glyphs, from the Unicode subtables of format 4 and 12."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for index in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * index)
        if (platform, encoding) not in _UNICODE_TABLES:
            continue
        (kind,) = struct.unpack_from(">H", cmap, offset)
        if kind == 4:
            yield from _format_4(cmap, offset)
        elif kind == 12:
            yield from _format_12(cmap, offset)


def single_substitutions(gsub: bytes, feature: bytes) -> dict[int, int]:
    """What a feature, such as ``tnum``, puts in place of a glyph."""
    found: dict[int, int] = {}
    for lookup in _lookups(gsub, b"GSUB", feature):
        for kind, at in lookup:
            if kind != _SINGLE:
                continue
            layout, covered, amount = struct.unpack_from(">HHH", gsub, at)
            glyphs = _coverage(gsub, at + covered)
            if layout == 1:
                found.update({glyph: (glyph + amount) & 0xFFFF for glyph in glyphs})
            else:
                others = struct.unpack_from(f">{amount}H", gsub, at + 6)
                found.update(zip(glyphs, others, strict=True))
    return found


def kerning(gpos: bytes, glyphs: Iterable[int]) -> dict[tuple[int, int], int]:
    """How much closer or wider two of these glyphs stand, in units of the font."""
    wanted = dict.fromkeys(sorted(glyphs))
    found: dict[tuple[int, int], int] = {}
    for lookup in _lookups(gpos, b"GPOS", b"kern"):
        here: dict[tuple[int, int], int] = {}
        for kind, at in lookup:
            if kind == _PAIR:
                # The first subtable that knows a pair decides (GPOS, "Lookup type 2").
                for pair, value in _pairs(gpos, at, wanted):
                    if pair[1] in wanted:
                        here.setdefault(pair, value)
        for pair, value in here.items():
            found[pair] = found.get(pair, 0) + value
    return {pair: value for pair, value in found.items() if value}


def _lookups(table: bytes, tag: bytes, feature: bytes) -> list[list[tuple[int, int]]]:
    """The lookups of a feature in their order, each as types and places of its subtables."""
    _, _, _, features, lookups = struct.unpack_from(">HHHHH", table, 0)
    (count,) = struct.unpack_from(">H", table, features)
    numbers: set[int] = set()
    for index in range(count):
        name, offset = struct.unpack_from(">4sH", table, features + 2 + 6 * index)
        if name == feature:
            (listed,) = struct.unpack_from(">H", table, features + offset + 2)
            numbers.update(struct.unpack_from(f">{listed}H", table, features + offset + 4))
    return [_subtables(table, tag, lookups, number) for number in sorted(numbers)]


def _subtables(table: bytes, tag: bytes, lookups: int, number: int) -> list[tuple[int, int]]:
    (offset,) = struct.unpack_from(">H", table, lookups + 2 + 2 * number)
    start = lookups + offset
    kind, _, count = struct.unpack_from(">HHH", table, start)
    places = [start + at for at in struct.unpack_from(f">{count}H", table, start + 6)]
    if kind != _EXTENSIONS[tag]:
        return [(kind, at) for at in places]
    found = []
    for at in places:
        _, inner, further = struct.unpack_from(">HHL", table, at)
        found.append((inner, at + further))
    return found


def _pairs(gpos: bytes, at: int, wanted: Iterable[int]) -> Iterator[tuple[tuple[int, int], int]]:
    layout, covered, first, second = struct.unpack_from(">HHHH", gpos, at)
    size = 2 * (first.bit_count() + second.bit_count())
    place = 2 * (first & (_X_ADVANCE - 1)).bit_count() if first & _X_ADVANCE else None
    if place is None:
        return
    known = {glyph: index for index, glyph in enumerate(_coverage(gpos, at + covered))}
    left = [glyph for glyph in wanted if glyph in known]
    if layout == 1:
        yield from _listed_pairs(gpos, at, {glyph: known[glyph] for glyph in left}, size, place)
        return
    one, other, _, classes = struct.unpack_from(">HHHH", gpos, at + 8)
    of_left, of_right = _classes(gpos, at + one), _classes(gpos, at + other)
    for glyph in left:
        row = at + 16 + of_left.get(glyph, 0) * classes * size
        for beside in wanted:
            value = row + of_right.get(beside, 0) * size + place
            yield (glyph, beside), struct.unpack_from(">h", gpos, value)[0]


def _listed_pairs(
    gpos: bytes, at: int, left: Mapping[int, int], size: int, place: int
) -> Iterator[tuple[tuple[int, int], int]]:
    for glyph, index in left.items():
        (offset,) = struct.unpack_from(">H", gpos, at + 10 + 2 * index)
        (count,) = struct.unpack_from(">H", gpos, at + offset)
        for number in range(count):
            row = at + offset + 2 + number * (2 + size)
            (beside,) = struct.unpack_from(">H", gpos, row)
            yield (glyph, beside), struct.unpack_from(">h", gpos, row + 2 + place)[0]


def _coverage(table: bytes, at: int) -> list[int]:
    """Glyphs in the order of their coverage index."""
    layout, count = struct.unpack_from(">HH", table, at)
    if layout == 1:
        return list(struct.unpack_from(f">{count}H", table, at + 4))
    glyphs: list[int] = []
    for index in range(count):
        first, last, _ = struct.unpack_from(">HHH", table, at + 4 + 6 * index)
        glyphs.extend(range(first, last + 1))
    return glyphs


def _classes(table: bytes, at: int) -> dict[int, int]:
    (layout,) = struct.unpack_from(">H", table, at)
    if layout == 1:
        start, count = struct.unpack_from(">HH", table, at + 2)
        return dict(enumerate(struct.unpack_from(f">{count}H", table, at + 6), start=start))
    (count,) = struct.unpack_from(">H", table, at + 2)
    found: dict[int, int] = {}
    for index in range(count):
        first, last, number = struct.unpack_from(">HHH", table, at + 4 + 6 * index)
        found.update(dict.fromkeys(range(first, last + 1), number))
    return found


def _format_4(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    count = doubled // 2
    numbers = f">{count}H"
    ends = struct.unpack_from(numbers, data, start + 14)
    starts = struct.unpack_from(numbers, data, start + 16 + doubled)
    deltas = struct.unpack_from(numbers, data, start + 16 + 2 * doubled)
    ranges_at = start + 16 + 3 * doubled
    ranges = struct.unpack_from(numbers, data, ranges_at)
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, last + 1):
            glyph = point
            if ranges[index]:
                place = ranges_at + 2 * index + ranges[index] + 2 * (point - first)
                (glyph,) = struct.unpack_from(">H", data, place) if point != 0xFFFF else (0,)
                if not glyph:
                    continue
            glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                yield point, glyph


def _format_12(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">L", data, start + 12)
    for index in range(count):
        first, last, glyph = struct.unpack_from(">LLL", data, start + 16 + 12 * index)
        for point in range(first, last + 1):
            if glyph + point - first:
                yield point, glyph + point - first
