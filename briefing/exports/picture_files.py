"""Pictures of dots as they may stand in a document: PNG and JPEG, whole, of a sensible size.

A small file can claim to be, or unpack to, a picture that fills the memory of whoever opens the
document. So all of a file is read before it goes into one, and never more of it is unpacked than
its size says. PNG is read by the W3C's Portable Network Graphics specification, third edition, and
JPEG by ITU-T Recommendation T.81.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LARGEST_FILE: Final = 2_000_000
"""Bytes."""
LARGEST_SIDE: Final = 4_000
"""Pixels."""
MOST_PIXELS: Final = 4_000_000
LARGEST_PROFILE: Final = 4_000_000
"""Bytes of a PNG's colour profile, unpacked."""
_LARGEST_PALETTE: Final = 3 * 256

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
SIGNATURES: Final = (_PNG, _JPEG)
"""First bytes of the pictures that are read here."""
_KEPT_CHUNKS: Final = frozenset(
    (
        *(b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"),
        *(b"bKGD", b"IDAT", b"IEND"),
    )
)
_SAMPLES: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""PNG's colour types and how many samples a pixel has in each (table 8)."""
_DEPTHS: Final = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_ADAM7: Final = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4))
_ADAM7_REST: Final = ((1, 0, 2, 2), (0, 1, 1, 2))
"""Passes of an interlaced PNG: first column, first row, step across, step down."""

_FRAMES: Final = frozenset((0xC0, 0xC1, 0xC2))
"""JPEG frames that every program draws: baseline, extended sequential and progressive."""
_OTHER_FRAMES: Final = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
_SCAN, _END = 0xDA, 0xD9
_INKS: Final = 4
"""Components of a picture made for print, which PDF/A does not take."""
_CUT: Final = frozenset((0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE))
"""Application data and comments, but for JFIF (E0), the colour profile (E2) and Adobe's (EE)."""
# One filling byte alone: a pattern that takes all of them reads a long row of them many times over.
_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class PictureError(ValueError):
    """What is wrong with a picture, as the end of a sentence: “is larger than 2 MB”."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that has been read to its end.

    Attributes:
        kind: ``png`` or ``jpg``.
        data: The file without what is not needed to draw it: texts, the data of the camera and of
            the author, and whatever stands after its end.
        width: Pixels.
        height: Pixels.
    """

    kind: str
    data: bytes
    width: int
    height: int


def read_picture(data: bytes) -> Picture:
    """Look at all of a picture.

    Raises:
        PictureError: when it is not a whole PNG or JPEG picture of a sensible size.
    """
    if len(data) > LARGEST_FILE:
        raise PictureError(f"is larger than {LARGEST_FILE // 1_000_000} MB")
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    raise PictureError("is not a PNG or JPEG picture")


def _broken(kind: str) -> PictureError:
    return PictureError(f"begins as a {kind} picture, but is damaged or cut off")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise PictureError("is a picture without width or height")
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise PictureError(
            f"is {width:,} × {height:,} pixels; {LARGEST_SIDE:,} on a side and"
            f" {MOST_PIXELS:,} in all are the most",
        )


def _png(data: bytes) -> Picture:
    chunks = list(_chunks(data))
    names = [name for name, _body, _whole in chunks]
    # Programs differ in which of two headers they believe.
    if names[:1] != [b"IHDR"] or names[-1] != b"IEND" or names.count(b"IHDR") > 1:
        raise _broken("PNG")
    width, height = _check_pixels(chunks)
    kept = (whole for name, body, whole in chunks if _is_kept(name, body))
    return Picture("png", b"".join((_PNG, *kept)), width, height)


def _is_kept(name: bytes, body: bytes) -> bool:
    """Whether a chunk is drawn; a colour profile only where it is small and whole (11.3.2.3)."""
    if name != b"iCCP":
        return name in _KEPT_CHUNKS
    unpacker = zlib.decompressobj()
    try:
        # A name, a zero, and a byte for the way in which it is packed.
        profile = unpacker.decompress(body.partition(b"\0")[2][1:], LARGEST_PROFILE + 1)
    except zlib.error:
        return False
    return unpacker.eof and len(profile) <= LARGEST_PROFILE


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, body and the whole of each chunk; the sums of all must be right."""
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name, body, whole = data[at + 4 : at + 8], data[at + 8 : end - 4], data[at:end]
        if end > len(data) or zlib.crc32(name + body) != int.from_bytes(whole[-4:], "big"):
            raise _broken("PNG")
        yield name, body, whole
        if name == b"IEND":
            return
        at = end


def _check_pixels(chunks: list[tuple[bytes, bytes, bytes]]) -> tuple[int, int]:
    """Width and height; the header must make sense, the pixels all be there and no more."""
    header = chunks[0][1]
    if len(header) != 13:
        raise _broken("PNG")
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    depth, colour, compression, filtering, interlace = header[8:]
    _check_size(width, height)
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
        raise _broken("PNG")
    _check_palette(chunks, needed=colour == 3)
    expected = _unpacked(width, height, depth * _SAMPLES[colour], bool(interlace))
    packed = b"".join(body for name, body, _ in chunks if name == b"IDAT")
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(packed, expected + 1)
    except zlib.error as error:
        raise _broken("PNG") from error
    if len(pixels) != expected or not unpacker.eof:
        raise _broken("PNG")
    return width, height


def _check_palette(chunks: list[tuple[bytes, bytes, bytes]], *, needed: bool) -> None:
    """At most one, before the pixels, of whole colours: others end programs that draw them."""
    names = [name for name, _, _ in chunks]
    sizes = [len(body) for name, body, _ in chunks if name == b"PLTE"]
    if needed and not sizes:
        raise _broken("PNG")
    if sizes and (
        len(sizes) > 1
        or sizes[0] % 3
        or not 0 < sizes[0] <= _LARGEST_PALETTE
        or b"IDAT" in names[: names.index(b"PLTE")]
    ):
        raise _broken("PNG")


def _unpacked(width: int, height: int, bits: int, interlaced: bool) -> int:
    """Bytes of the pixels, with one byte of filter a line."""
    passes = (*_ADAM7, *_ADAM7_REST) if interlaced else ((0, 0, 1, 1),)
    sizes = (
        (-(-(width - left) // across), -(-(height - top) // down))
        for left, top, across, down in passes
    )
    return sum(
        rows * (1 + -(-columns * bits // 8)) for columns, rows in sizes if columns > 0 < rows
    )


def _jpeg(data: bytes) -> Picture:
    segments = list(_segments(data))
    codes = [code for code, _ in segments]
    frames = [whole for code, whole in segments if code in _FRAMES]
    if codes[-1:] != [_END] or len(frames) != 1 or _SCAN not in codes:
        raise _broken("JPEG")
    kept = (whole for code, whole in segments if code not in _CUT)
    return Picture("jpg", b"".join((b"\xff\xd8", *kept)), *_frame_size(frames[0]))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Code and the whole of each segment; a scan brings its packed pixels along."""
    at = 2
    while at + 2 <= len(data):
        code = data[at + 1]
        if data[at] != 0xFF:
            raise _broken("JPEG")
        if code == 0xFF:  # a filling byte
            at += 1
            continue
        end = _segment_end(data, at, code)
        if end > len(data):
            raise _broken("JPEG")
        if code in _OTHER_FRAMES:
            raise PictureError("is a kind of JPEG that few programs can draw")
        if code in _FRAMES:
            _frame_size(data[at:end])
        yield code, data[at:end]
        if code == _END:
            return
        at = end


def _segment_end(data: bytes, at: int, code: int) -> int:
    """Where a segment ends; beyond the data where it is cut off."""
    if code in _LONE or code == _END:
        return at + 2
    length = int.from_bytes(data[at + 2 : at + 4], "big")
    if at + 4 > len(data) or length < 2:
        return len(data) + 1
    end = at + 2 + length
    if code != _SCAN:
        return end
    found = _SCAN_END.search(data, end)
    return found.start() if found else len(data) + 1


def _frame_size(segment: bytes) -> tuple[int, int]:
    """Width and height (ITU-T T.81, B.2.2)."""
    if len(segment) < 11:
        raise _broken("JPEG")
    if segment[9] == _INKS:
        raise PictureError(
            "is a JPEG in the four inks of a press (CMYK), which no screen draws alike"
        )
    height, width = int.from_bytes(segment[5:7], "big"), int.from_bytes(segment[7:9], "big")
    _check_size(width, height)
    return width, height
