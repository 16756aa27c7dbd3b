"""Pictures made to stop whoever draws them: refused, or without what would."""

from __future__ import annotations

import struct
import zlib

import pytest
from client_samples import PNG, chunk, jpeg, png, segment

from briefing.exports.picture_files import LARGEST_FILE, PictureError, read_picture


def coloured(*before: bytes, after: bytes = b"", methods: bytes = b"\0\0\0") -> bytes:
    """A PNG of 2 × 2 pixels out of a palette."""
    header = chunk(b"IHDR", struct.pack(">IIBB", 2, 2, 8, 3) + methods)
    pixels = chunk(b"IDAT", zlib.compress(bytes(6)))
    return PNG + header + b"".join(before) + pixels + after + chunk(b"IEND")


def palette(size: int) -> bytes:
    return chunk(b"PLTE", bytes(size))


@pytest.mark.parametrize("size", [3, 6, 768])
def test_a_palette_of_whole_colours_is_taken(size: int) -> None:
    logo = coloured(palette(size))
    assert read_picture(logo).data == logo


@pytest.mark.parametrize(
    "logo",
    [
        coloured(palette(4)),
        coloured(palette(0)),
        coloured(palette(771)),
        coloured(palette(6), palette(6)),
        coloured(after=palette(6)),
        coloured(palette(6), methods=b"\x01\0\0"),
        coloured(palette(6), methods=b"\0\x01\0"),
    ],
    ids=["of a colour and a bit", "of none", "of 257", "two", "late", "packed", "filtered"],
)
def test_a_palette_or_a_packing_that_stops_a_program_that_draws_it_is_refused(logo: bytes) -> None:
    with pytest.raises(PictureError, match="damaged"):
        read_picture(logo)


def test_a_colour_profile_stays_and_one_that_fills_memory_or_is_cut_off_goes() -> None:
    def profile(packed: bytes) -> bytes:
        return png(extra=chunk(b"iCCP", b"Screen\0\0" + packed))

    whole = profile(zlib.compress(bytes(3_000)))
    assert read_picture(whole).data == whole
    for packed in (zlib.compress(bytes(100_000_000), 9), zlib.compress(bytes(99))[:-5], b"none"):
        assert read_picture(profile(packed)).data == png()


def test_a_row_of_filling_bytes_as_long_as_a_file_is_read_once() -> None:
    # Read anew from each of them, it would take hours.
    filled = jpeg()[:-2] + b"\xff" * (LARGEST_FILE - 1_000) + b"\0\xff\xff\xd9"
    assert read_picture(filled).data == filled


def test_a_jpeg_for_print_is_refused_because_no_pdf_could_be_made_with_it() -> None:
    size = struct.pack(">BHHB", 8, 2, 3, 4) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00\x04\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12"
    with pytest.raises(PictureError, match=r"\(CMYK\)"):
        read_picture(b"\xff\xd8" + segment(0xC0, size) + scan + b"\xff\xd9")
