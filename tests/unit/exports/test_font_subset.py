"""The typeface inside a page: the glyphs of its words and no others, in a font that is whole."""

from __future__ import annotations

import struct
import zlib
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.exports.font_subset import subset_woff
from briefing.exports.font_tables import (
    characters,
    kerning,
    single_substitutions,
    tables,
)
from briefing.exports.fonts import font_folders

LATIN = "".join(map(chr, range(0x20, 0x7F))) + "–—’“”…·×°éß"


@cache
def inter() -> bytes:
    upright = [path for path in font_folders()[0].glob("*.ttf") if "Italic" not in path.name]
    return upright[0].read_bytes()


def unpacked(woff: bytes) -> dict[bytes, bytes]:
    """The tables of a WOFF 1.0 file, checked as the recommendation wants them."""
    signature, _, length, count, _, whole = struct.unpack_from(">4sLLHHL", woff)
    assert signature == b"wOFF"
    assert length == len(woff)
    found, size, tags = {}, 12 + 16 * count, []
    for index in range(count):
        tag, at, packed, long, checksum = struct.unpack_from(">4sLLLL", woff, 44 + 20 * index)
        assert at % 4 == 0
        data = woff[at : at + packed]
        table = zlib.decompress(data) if packed < long else data
        assert len(table) == long
        padded = table + bytes(-len(table) % 4)
        assert sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF == checksum
        found[tag] = table
        tags.append(tag)
        size += len(padded)
    assert tags == sorted(tags)
    assert whole == size
    return found


def glyphs(font: dict[bytes, bytes]) -> dict[int, int]:
    return dict(characters(font[b"cmap"]))


def outline(font: dict[bytes, bytes], glyph: int) -> bytes:
    (long,) = struct.unpack_from(">h", font[b"head"], 50)
    size, scale = (4, 1) if long else (2, 2)
    kind = "L" if long else "H"
    start, end = (
        scale * place for place in struct.unpack_from(f">2{kind}", font[b"loca"], size * glyph)
    )
    return font[b"glyf"][start:end]


def advance(font: dict[bytes, bytes], glyph: int) -> int:
    (long,) = struct.unpack_from(">H", font[b"hhea"], 34)
    return int(struct.unpack_from(">H", font[b"hmtx"], 4 * min(glyph, long - 1))[0])


@pytest.fixture(scope="module")
def latin() -> dict[bytes, bytes]:
    return unpacked(subset_woff(inter(), LATIN))


def test_it_has_the_characters_asked_for_and_no_others(latin: dict[bytes, bytes]) -> None:
    assert set(glyphs(latin)) == set(map(ord, LATIN))


def test_simple_outlines_and_widths_are_those_of_the_font(latin: dict[bytes, bytes]) -> None:
    whole = tables(inter())
    before, after = glyphs(whole), glyphs(latin)
    for character in "AgQ7–’":
        old, new = before[ord(character)], after[ord(character)]
        assert outline(latin, new).rstrip(b"\x00") == outline(whole, old).rstrip(b"\x00")
        assert advance(latin, new) == advance(whole, old)


def test_a_composite_glyph_brings_its_parts() -> None:
    font = unpacked(subset_woff(inter(), "é"))
    (count,) = struct.unpack_from(">H", font[b"maxp"], 4)
    made = outline(font, glyphs(font)[ord("é")])
    assert struct.unpack_from(">h", made)[0] == -1
    (part,) = struct.unpack_from(">H", made, 12)
    assert part < count
    assert outline(font, part)


def test_every_table_speaks_of_the_same_number_of_glyphs(latin: dict[bytes, bytes]) -> None:
    (count,) = struct.unpack_from(">H", latin[b"maxp"], 4)
    assert len(latin[b"loca"]) == 4 * (count + 1)
    assert len(latin[b"hmtx"]) == 4 * count
    assert struct.unpack_from(">H", latin[b"hhea"], 34) == (count,)
    assert struct.unpack_from(">H", latin[b"gvar"], 12) == (count,)
    assert max(glyphs(latin).values()) < count


def test_figures_of_one_width_remain(latin: dict[bytes, bytes]) -> None:
    after = glyphs(latin)
    swapped = single_substitutions(latin[b"GSUB"], b"tnum")
    figures = [swapped.get(after[ord(figure)], after[ord(figure)]) for figure in "0123456789"]
    assert len({advance(latin, glyph) for glyph in figures}) == 1
    assert len({advance(latin, after[ord(figure)]) for figure in "0123456789"}) > 1


def test_kerning_remains_as_the_font_has_it(latin: dict[bytes, bytes]) -> None:
    before, after = glyphs(tables(inter())), glyphs(latin)
    kept = {}
    count = struct.unpack_from(">H", latin[b"kern"], 10)[0]
    for index in range(count):
        one, other, value = struct.unpack_from(">HHh", latin[b"kern"], 18 + 6 * index)
        kept[one, other] = value
    assert list(kept) == sorted(kept)
    wanted = kerning(tables(inter())[b"GPOS"], (before[ord(c)] for c in "AVTo"))
    for (one, other), value in wanted.items():
        back = {glyph: point for point, glyph in before.items() if chr(point) in "AVTo"}
        assert kept[after[back[one]], after[back[other]]] == value
    assert wanted[before[ord("A")], before[ord("V")]] < 0


def test_it_is_small_and_the_same_every_time() -> None:
    once = subset_woff(inter(), LATIN)
    assert once == subset_woff(inter(), reversed(LATIN))
    assert len(once) < 60_000 < len(inter()) / 10


def test_the_licence_stays_in_the_font(latin: dict[bytes, bytes]) -> None:
    assert "Open Font License".encode("utf-16-be") in latin[b"name"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
@example("")
@example("\ud800\U0010ffff\x00")
@example("ﬃ Ǻ Ω Ж ٣ 漢")
def test_any_text_gives_a_font_that_is_whole(text: str) -> None:
    font = unpacked(subset_woff(inter(), text))
    (count,) = struct.unpack_from(">H", font[b"maxp"], 4)
    known = glyphs(tables(inter()))
    assert set(glyphs(font)) == set(map(ord, text)) & set(known)
    assert all(0 <= glyph < count for glyph in glyphs(font).values())
