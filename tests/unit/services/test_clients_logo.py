"""Logos: judged by what is in the file, and stripped of what a picture does not need."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from client_samples import PNG, chunk, jpeg, png, segment
from hypothesis import given
from hypothesis import strategies as st

from briefing.services.client_logo import LogoError, clean_logo, read_logo, suffix

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def header(width: int, height: int, depth: int = 8, colour: int = 0, lace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, lace))


def with_pixels(head: bytes, size: int, extra: bytes = b"") -> bytes:
    packed = chunk(b"IDAT", zlib.compress(bytes(size)))
    return PNG + head + extra + packed + chunk(b"IEND")


@pytest.mark.parametrize("logo", [png(), png(640, 200), jpeg(), jpeg(frame=0xC2)])
def test_a_plain_picture_is_taken_as_it_is(logo: bytes) -> None:
    assert clean_logo(logo) == logo


@pytest.mark.parametrize(
    ("logo", "ending"), [(png(), ".png"), (jpeg(), ".jpg")], ids=["png", "jpeg"]
)
def test_the_ending_follows_what_is_in_the_file(logo: bytes, ending: str) -> None:
    assert suffix(logo) == ending


@pytest.mark.parametrize(
    "drawing",
    [
        SVG,
        b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG,
        b"\n<!-- hello -->" + SVG.replace(b"svg", b"SVG"),
        SVG.decode().encode("utf-16"),
    ],
)
def test_an_svg_is_refused_because_it_may_hold_a_script(drawing: bytes) -> None:
    with pytest.raises(LogoError, match="SVG drawing, which may hold a script"):
        clean_logo(drawing)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a\x01\x00", b"%PDF-1.7", b"Remember the milk.", PNG[:5], b"RIFF1234WEBP"]
)
def test_what_is_no_picture_we_can_print_is_refused(data: bytes) -> None:
    with pytest.raises(LogoError, match="is not a PNG or JPEG picture"):
        clean_logo(data)


def test_texts_of_the_camera_and_the_author_are_cut_away() -> None:
    secret = b"Author\0Jane Doe <script>alert(1)</script>"
    assert clean_logo(png(extra=chunk(b"tEXt", secret) + chunk(b"eXIf", secret))) == png()
    extra = segment(0xE1, b"Exif\0\0" + secret) + segment(0xFE, secret) + segment(0xED, secret)
    assert clean_logo(jpeg(extra=extra)) == jpeg()


@pytest.mark.parametrize("logo", [png(), jpeg()], ids=["png", "jpeg"])
def test_what_stands_after_the_end_of_the_picture_is_cut_away(logo: bytes) -> None:
    assert clean_logo(logo + b"PK\x03\x04<script>alert(1)</script>") == logo


def test_colour_profiles_stay() -> None:
    kept = chunk(b"sRGB", b"\0") + chunk(b"pHYs", struct.pack(">IIB", 2835, 2835, 1))
    assert kept in clean_logo(png(extra=kept))
    profile = segment(0xE2, b"ICC_PROFILE\0\x01\x01") + segment(0xEE, b"Adobe\0d\0\0\0\0\0\0")
    assert profile in clean_logo(jpeg(extra=profile))


@pytest.mark.parametrize(
    ("head", "size"),
    [
        (header(5, 5, colour=6), 5 * (1 + 20)),
        (header(9, 3, depth=1), 3 * (1 + 2)),
        (header(4, 4, depth=16, colour=2), 4 * (1 + 24)),
        (header(8, 8, lace=1), 79),
        (header(1, 1, lace=1), 2),
    ],
)
def test_every_kind_of_pixels_is_counted_right(head: bytes, size: int) -> None:
    # 79: 8 × 8 in the seven passes of Adam7 are 1, 1, 2, 4, 8, 16 and 32 pixels in 15 lines.
    clean_logo(with_pixels(head, size))
    with pytest.raises(LogoError, match="damaged or cut off"):
        clean_logo(with_pixels(head, size - 1))


def test_a_palette_has_to_be_there_where_the_header_says_so() -> None:
    palette = chunk(b"PLTE", bytes(6))
    clean_logo(with_pixels(header(2, 2, colour=3), 6, palette))
    with pytest.raises(LogoError, match="damaged"):
        clean_logo(with_pixels(header(2, 2, colour=3), 6))


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (header(0, 5), "without width or height"),
        (header(100_000, 1), "100,000 × 1 pixels; 4,000 on a side"),
        (header(4_000, 4_000), "4,000,000 in all are the most"),
        (header(2, 2, depth=3), "damaged"),
        (header(2, 2, colour=5), "damaged"),
        (chunk(b"IHDR", b"short"), "damaged"),
    ],
)
def test_a_header_that_cannot_be_drawn_is_refused_before_its_pixels(
    head: bytes, words: str
) -> None:
    with pytest.raises(LogoError, match=words):
        clean_logo(with_pixels(head, 6))


def test_a_small_file_that_unpacks_to_far_more_than_its_header_says_is_refused() -> None:
    bomb = with_pixels(header(3, 2), 200_000_000)
    assert len(bomb) < 400_000
    with pytest.raises(LogoError, match="damaged"):
        clean_logo(bomb)


@pytest.mark.parametrize(
    ("logo", "words"),
    [
        (jpeg(width=0), "without width or height"),
        (jpeg(width=5_000), "4,000 on a side"),
        (jpeg(frame=0xC3), "few programs can draw"),
        (jpeg(extra=segment(0xC0, b"")), "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x01", "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x04ab\x00\x00", "damaged"),
    ],
)
def test_a_jpeg_that_cannot_be_drawn_is_refused(logo: bytes, words: str) -> None:
    with pytest.raises(LogoError, match=words):
        clean_logo(logo)


def test_filling_bytes_between_segments_are_allowed() -> None:
    padded = jpeg().replace(b"\xff\xc0", b"\xff\xff\xff\xc0", 1)
    assert clean_logo(padded) == jpeg()


@given(st.sampled_from((png(20, 20), jpeg())), st.data())
def test_a_picture_that_is_cut_off_anywhere_is_refused(logo: bytes, data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(logo) - 1))
    with pytest.raises(LogoError):
        clean_logo(logo[:end])


@given(st.sampled_from((png(20, 20), jpeg())), st.data())
def test_a_damaged_picture_is_refused_or_taken_but_never_an_error_of_the_program(
    logo: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(logo) - 1))
    broken = logo[:at] + bytes([data.draw(st.integers(0, 255))]) + logo[at + 1 :]
    try:
        taken = clean_logo(broken)
    except LogoError:
        return
    assert clean_logo(taken) == taken


def test_a_file_beyond_two_megabytes_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png() + bytes(2_000_001))
    with pytest.raises(LogoError, match=r"The logo huge\.png is larger than 2 MB"):
        read_logo(path)


def test_a_logo_that_is_not_there_or_is_a_folder_is_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(LogoError, match="cannot be read"):
            read_logo(path)
