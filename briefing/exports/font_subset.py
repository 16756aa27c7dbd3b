"""A font with no more glyphs than a text needs, as WOFF 1.0, for a file that carries its type.

The variable axes stay, so one font sets every weight. Of OpenType's features there remain kerning
and tabular figures (``tnum``). Tables are written by the OpenType specification 1.9, the wrapper by
W3C's Recommendation "WOFF File Format 1.0".
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.exports.font_tables import characters, kerning, single_substitutions, tables

_KEPT = (b"OS/2", b"avar", b"fvar", b"gasp", b"name", b"prep")
"""Tables that speak of no glyph; ``name`` holds the licence."""
_WORDS, _SCALE, _MORE, _BOTH_SCALES, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80
"""Flags of a part of a composite glyph (glyf, "Component glyph flags")."""
_MOST_PAIRS = 10_920
"""So many fit the 16-bit length of a ``kern`` subtable."""


def subset_woff(font: bytes, text: Iterable[str]) -> bytes:
    """The font for these characters; those it does not have are left to another font.

    Args:
        font: A TrueType font, variable or not.
        text: Characters wanted.
    """
    source = tables(font)
    points = set(map(ord, text))
    wanted = {point: glyph for point, glyph in characters(source[b"cmap"]) if point in points}
    figures = {
        glyph: other
        for glyph, other in single_substitutions(source.get(b"GSUB", _NO_FEATURES), b"tnum").items()
        if glyph in wanted.values()
    }
    places = _places(source)
    chosen = _with_parts(source[b"glyf"], places, {0, *wanted.values(), *figures.values()})
    number = {glyph: index for index, glyph in enumerate(chosen)}
    pairs = kerning(source.get(b"GPOS", _NO_FEATURES), {*wanted.values(), *figures.values()})
    made = {tag: source[tag] for tag in _KEPT if tag in source}
    made.update(_outlines(source, places, number))
    made.update(_metrics(source, chosen))
    made[b"cmap"] = _cmap({point: number[glyph] for point, glyph in wanted.items()})
    made[b"post"] = struct.pack(">L", 0x00030000) + source[b"post"][4:32]
    if figures:
        made[b"GSUB"] = _gsub({number[one]: number[other] for one, other in figures.items()})
    if pairs:
        made[b"kern"] = _kern(
            {(number[one], number[other]): value for (one, other), value in pairs.items()}
        )
    if b"gvar" in source:
        made[b"gvar"] = _gvar(source[b"gvar"], chosen)
    return _woff(made)


_NO_FEATURES = struct.pack(">HHHHHHHH", 1, 0, 10, 12, 14, 0, 0, 0)
"""A GSUB or GPOS table in which nothing stands."""


def _places(source: Mapping[bytes, bytes]) -> Sequence[int]:
    """Where each glyph begins, and where the last ends."""
    (long,) = struct.unpack_from(">h", source[b"head"], 50)
    loca = source[b"loca"]
    if long:
        return struct.unpack(f">{len(loca) // 4}L", loca)
    return [2 * place for place in struct.unpack(f">{len(loca) // 2}H", loca)]


def _with_parts(glyf: bytes, places: Sequence[int], glyphs: set[int]) -> list[int]:
    """Glyphs and those they are composed of, ascending."""
    found, left = set(glyphs), list(glyphs)
    while left:
        glyph = left.pop()
        for _, part in _parts(glyf[places[glyph] : places[glyph + 1]]):
            if part not in found:
                found.add(part)
                left.append(part)
    return sorted(found)


def _parts(glyph: bytes) -> Iterator[tuple[int, int]]:
    """Where a composite glyph names its parts, and which they are."""
    if not glyph or struct.unpack_from(">h", glyph)[0] >= 0:
        return
    at, more = 10, _MORE
    while more:
        flags, part = struct.unpack_from(">HH", glyph, at)
        yield at + 2, part
        more = flags & _MORE
        at += 4 + (4 if flags & _WORDS else 2)
        at += 8 if flags & _MATRIX else 4 if flags & _BOTH_SCALES else 2 if flags & _SCALE else 0


def _outlines(
    source: Mapping[bytes, bytes], places: Sequence[int], number: Mapping[int, int]
) -> dict[bytes, bytes]:
    glyf, offsets = bytearray(), [0]
    for glyph in number:
        outline = bytearray(source[b"glyf"][places[glyph] : places[glyph + 1]])
        for at, part in _parts(bytes(outline)):
            struct.pack_into(">H", outline, at, number[part])
        glyf += outline + bytes(-len(outline) % 4)
        offsets.append(len(glyf))
    head = bytearray(source[b"head"])
    struct.pack_into(">L", head, 8, 0)  # the sum of the whole file, which WOFF makes anew
    struct.pack_into(">h", head, 50, 1)
    return {
        b"glyf": bytes(glyf),
        b"loca": struct.pack(f">{len(offsets)}L", *offsets),
        b"head": bytes(head),
    }


def _metrics(source: Mapping[bytes, bytes], chosen: Sequence[int]) -> dict[bytes, bytes]:
    (long,) = struct.unpack_from(">H", source[b"hhea"], 34)
    hmtx, made = source[b"hmtx"], bytearray()
    for glyph in chosen:
        (advance,) = struct.unpack_from(">H", hmtx, 4 * min(glyph, long - 1))
        place = 4 * glyph + 2 if glyph < long else 4 * long + 2 * (glyph - long)
        made += struct.pack(">H", advance) + hmtx[place : place + 2]
    hhea, maxp = bytearray(source[b"hhea"]), bytearray(source[b"maxp"])
    struct.pack_into(">H", hhea, 34, len(chosen))
    struct.pack_into(">H", maxp, 4, len(chosen))
    return {b"hmtx": bytes(made), b"hhea": bytes(hhea), b"maxp": bytes(maxp)}


def _cmap(glyphs: Mapping[int, int]) -> bytes:
    """One Unicode subtable of format 12, a group a character."""
    groups = b"".join(
        struct.pack(">LLL", point, point, glyph) for point, glyph in sorted(glyphs.items())
    )
    head = struct.pack(">HHHHL", 0, 1, 3, 10, 12)
    return head + struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(glyphs)) + groups


def _gsub(figures: Mapping[int, int]) -> bytes:
    """One feature ``tnum`` with one single substitution, for every script."""
    ordered = sorted(figures.items())
    count = len(ordered)
    script = struct.pack(">H4sHHHHHHH", 1, b"DFLT", 8, 4, 0, 0, 0xFFFF, 1, 0)
    feature = struct.pack(">H4sHHHH", 1, b"tnum", 8, 0, 1, 0)
    lookup = struct.pack(">HHHHHH", 1, 4, 1, 0, 1, 8)
    single = struct.pack(">HHH", 2, 6 + 2 * count, count)
    single += struct.pack(f">{count}H", *(other for _, other in ordered))
    single += struct.pack(f">HH{count}H", 1, count, *(glyph for glyph, _ in ordered))
    features = 10 + len(script)
    head = struct.pack(">HHHHH", 1, 0, 10, features, features + len(feature))
    return head + script + feature + lookup + single


def _kern(pairs: Mapping[tuple[int, int], int]) -> bytes:
    """Pairs in one horizontal subtable of format 0; beyond its size the smallest are left out."""
    strongest = sorted(pairs.items(), key=lambda row: (-abs(row[1]), row[0]))[:_MOST_PAIRS]
    count = len(strongest)
    step = 1 << (count.bit_length() - 1)
    rows = b"".join(struct.pack(">HHh", *pair, value) for pair, value in sorted(strongest))
    search = (6 * step, step.bit_length() - 1, 6 * (count - step))
    return struct.pack(">HHHHHHHHH", 0, 1, 0, 14 + len(rows), 1, count, *search) + rows


def _gvar(gvar: bytes, chosen: Sequence[int]) -> bytes:
    """How the outlines vary, in the order of the glyphs kept."""
    major, minor, axes, tuples, shared, count, flags, start = struct.unpack_from(">HHHHLHHL", gvar)
    wide = flags & 1
    raw = struct.unpack_from(f">{count + 1}{'L' if wide else 'H'}", gvar, 20)
    places = [start + place * (1 if wide else 2) for place in raw]
    data, offsets = bytearray(), [0]
    for glyph in chosen:
        data += gvar[places[glyph] : places[glyph + 1]]
        data += bytes(-len(data) % 2)
        offsets.append(len(data))
    common = gvar[shared : shared + 2 * axes * tuples]
    after = 20 + 4 * len(offsets)
    head = struct.pack(
        ">HHHHLHHL", major, minor, axes, tuples, after, len(chosen), 1, after + len(common)
    )
    return head + struct.pack(f">{len(offsets)}L", *offsets) + common + bytes(data)


def _woff(made: Mapping[bytes, bytes]) -> bytes:
    directory, body = bytearray(), bytearray()
    start = 44 + 20 * len(made)
    whole = 12 + 16 * len(made)
    for tag in sorted(made):
        table = made[tag]
        # Of equal length, a table is taken to be as it is (WOFF, section 4).
        packed = min(table, zlib.compress(table, 9), key=len)
        directory += struct.pack(
            ">4sLLLL", tag, start + len(body), len(packed), len(table), _checksum(table)
        )
        body += packed + bytes(-len(packed) % 4)
        whole += len(table) + -len(table) % 4
    head = struct.pack(
        ">4sLLHHLHHLLLLL",
        b"wOFF",
        0x00010000,
        start + len(body),
        len(made),
        0,
        whole,
        1,
        0,
        *(0, 0, 0, 0, 0),
    )
    return bytes(head + directory + body)


def _checksum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
