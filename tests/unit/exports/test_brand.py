"""A brand's colours are used where they can be read, and its logo where it is a picture."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace

import pytest
from client_samples import PNG, chunk, jpeg
from hypothesis import given
from hypothesis import strategies as st
from sample_brief import unbranded
from sample_brief_parts import brand

from briefing.analysis.contrast import FOR_TEXT, contrast
from briefing.core.brief import Brand
from briefing.core.errors import BriefingError
from briefing.exports.brand import ACCENT, LARGEST_LOGO, SECOND, logo, look
from briefing.exports.registry import by_name

_COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def png(width: int, height: int, unpacked: int | None = None, first: bytes = b"") -> bytes:
    """A PNG that says it is so large, with as many bytes of pixels, or as many as are asked for."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = bytes(height * (1 + 3 * width) if unpacked is None else unpacked)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND")
    return PNG + first + chunks


BOMBS = {
    "that says it is of 900 megapixels": png(30_000, 30_000, 99),
    "of 100 bytes that unpacks to 200 megabytes": png(10, 10, 200_000_000),
    "with pixels of two sizes": png(30_000, 30_000, 99, png(10, 10)[8:41]),
    "with a note before its size": png(30_000, 30_000, 99, chunk(b"tEXt", bytes(12))),
    "with too few pixels": png(10, 10, 9),
    "as a JPEG of 3,600 megapixels": jpeg(60_000, 60_000),
    "as a JPEG of two sizes": jpeg(extra=jpeg(3_999, 900)[20:33]),
}


def test_without_a_brand_the_program_looks_like_itself() -> None:
    assert look(None) == look(Brand("Nobody"))
    assert (look(None).accent, look(None).second) == (ACCENT, SECOND)


def test_a_readable_colour_replaces_the_accent() -> None:
    found = look(brand())
    assert found.accent == found.band == "#7a1f5c"
    assert found.on_band == "#ffffff"
    assert found.second == "#c26aa6"


@given(_COLOURS, _COLOURS)
def test_words_can_be_read_whatever_the_colours(primary: str, secondary: str) -> None:
    found = look(Brand("Firm", primary=primary, secondary=secondary))
    assert contrast(found.accent) >= FOR_TEXT
    assert contrast(found.on_band, found.band) >= FOR_TEXT
    assert found.band == primary
    assert found.accent in (primary, ACCENT)


@pytest.mark.parametrize(
    "colour", ["red", "#12345", "#1234567", "#12345g", " #123456", "#123456\n"]
)
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(BriefingError, match="first colour"):
        look(Brand("Firm", primary=colour))
    with pytest.raises(BriefingError, match="second colour"):
        look(Brand("Firm", secondary=colour))


def test_no_logo_is_none() -> None:
    assert logo(None) is None
    assert logo(Brand("Firm")) is None


def test_the_kind_and_shape_of_a_logo_are_what_its_file_says() -> None:
    found = logo(brand())
    assert found is not None
    assert (found.kind, found.width, found.height, found.shape) == ("png", 240, 64, 3.75)
    other = logo(Brand("Firm", jpeg(128, 64)))
    assert other is not None
    assert (other.kind, other.width, other.height) == ("jpg", 128, 64)


@pytest.mark.parametrize(
    ("drawing", "shape"),
    [
        (b'<svg viewBox="0 0 30 10"/>', 3.0),
        (b'<?xml version="1.0"?>\n<!-- made --><svg viewBox = "-5,-5 12.5,25" />', 0.5),
        (b'\xef\xbb\xbf <svg width="3"/>', 0.0),
        (b'<svg viewBox="0 0 0 0"/>', 0.0),
        (b'<svg><g viewBox="0 0 30 10"/></svg>', 0.0),
    ],
)
def test_the_shape_of_a_drawing_is_that_of_its_view_box(drawing: bytes, shape: float) -> None:
    found = logo(Brand("Firm", drawing))
    assert found is not None
    assert (found.kind, found.shape) == ("svg", shape)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "is not a PNG, JPEG or SVG picture"),
        (b"\x00" * (LARGEST_LOGO + 1), "is larger than 2 MB"),
        (png(10_000, 10_000, 9), "is 10,000 × 10,000 pixels"),
        (png(0, 10), "is a picture without width or height"),
        (b"\xff\xd8\xff\xd9", "damaged or cut off"),
        (b"\xff\xd8\xff\xe0\x00\x01", "damaged or cut off"),
        (b"<svg><script>x</script></svg>", "text, a script or something to open"),
        (b'<svg><image href="https://x.example/a.png"/></svg>', "something to open"),
        (b"<svg><svg:text>Firm</svg:text></svg>", "something to open"),
        (b'<svg><a href="https://x.example"/></svg>', "something to open"),
        (b"<svg><style>@import 'x'</style></svg>", "something to open"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "is not a PNG, JPEG or SVG picture"),
        (b'<svg><path fill="url(https://x.example/)"/></svg>', "something to open"),
        (b'<svg viewBox="0 0 1 999999999"/>', "more than 100 times as long on one side"),
        (b'<svg viewBox="0 0 101 1"/>', "more than 100 times as long on one side"),
    ],
)
def test_what_is_no_logo_is_refused_with_its_reason(data: bytes, sentence: str) -> None:
    with pytest.raises(BriefingError, match=sentence) as caught:
        logo(Brand("Firm", data))
    assert "PNG or JPEG" in caught.value.remedy


@pytest.mark.parametrize("name", ["pdf", "pptx", "docx", "html"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_every_format_refuses_a_picture_that_fills_memory_in_the_same_sentence(
    name: str, bomb: str
) -> None:
    branded = replace(unbranded(), brand=Brand("Firm", BOMBS[bomb]))
    with pytest.raises(BriefingError) as expected:
        logo(branded.brand)
    with pytest.raises(BriefingError) as caught:
        by_name(name).render(branded)
    assert caught.value.message == expected.value.message
    assert caught.value.message.startswith("The brand’s logo ")
    assert "PNG or JPEG" in caught.value.remedy


def test_a_logo_goes_into_a_document_without_what_is_not_drawn() -> None:
    noted = png(8, 8)[:33] + chunk(b"tEXt", b"Author\0Somebody") + png(8, 8)[33:]
    found = logo(Brand("Firm", noted + b"behind its end"))
    assert found is not None
    assert found.data == png(8, 8)


def test_a_drawing_may_fill_with_its_own_gradient() -> None:
    drawing = b'<svg><g id="a"/><path fill="url(#a)"/><path xlink:href="#a"/></svg>'
    assert logo(Brand("Firm", drawing)) is not None


def kind_or_reason(data: bytes) -> str:
    try:
        found = logo(Brand("Firm", data))
    except BriefingError:
        return "refused"
    return found.kind if found else "refused"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_logo_or_a_reason(data: bytes) -> None:
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg "):
        assert kind_or_reason(start + data) in ("png", "jpg", "svg", "refused")
