"""A client's logo: PNG or JPEG by what is in the file, of a sensible size, and nothing besides.

What a picture does not need in order to be drawn is cut away: texts, the camera's and the author's
data, and whatever stands after its end. None of that belongs into a document for a client.
PNG is read by the W3C's Portable Network Graphics specification, third edition, and JPEG by ITU-T
Recommendation T.81.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from briefing.core.errors import BriefingError

LARGEST_FILE: Final = 2_000_000
"""Bytes."""
LARGEST_SIDE: Final = 4_000
"""Pixels."""
MOST_PIXELS: Final = 4_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
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
_CUT: Final = frozenset((0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE))
"""Application data and comments, but for JFIF (E0), the colour profile (E2) and Adobe's (EE)."""
_SCAN_END: Final = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")

_SVG: Final = re.compile(rb"<(?:svg|!doctype svg|\?xml)\b", re.IGNORECASE)


class LogoError(BriefingError):
    """A file that cannot be a logo, with the reason."""


def read_logo(path: Path) -> bytes:
    """Read and check a logo.

    Raises:
        LogoError: when the file cannot be read, or is not a PNG or JPEG picture of a sensible size.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise LogoError(
            f"The logo {path.name} cannot be read: {error.strerror or error}.",
            detail=str(path),
            remedy="Check its name and place, or leave the logo out.",
        ) from error
    return clean_logo(data, f"The logo {path.name}")


def clean_logo(data: bytes, what: str = "The logo") -> bytes:
    """The picture without anything that is not needed to draw it.

    Raises:
        LogoError: when it is not a PNG or JPEG picture of a sensible size.
    """
    if len(data) > LARGEST_FILE:
        raise _refused(what, f"is larger than {LARGEST_FILE // 1_000_000} MB")
    if data.startswith(_PNG):
        return b"".join((_PNG, *_png(data, what)))
    if data.startswith(_JPEG):
        return b"".join((b"\xff\xd8", *_jpeg(data, what)))
    if _SVG.search(data[:4096].replace(b"\0", b"")):
        raise _refused(what, "is an SVG drawing, which may hold a script")
    raise _refused(what, "is not a PNG or JPEG picture")


def suffix(logo: bytes) -> str:
    """The ending of a file with this picture: ``.png`` or ``.jpg``."""
    return ".png" if logo.startswith(_PNG) else ".jpg"


def _refused(what: str, why: str) -> LogoError:
    return LogoError(
        f"{what} {why}.",
        remedy="Save the logo as PNG or JPEG, at most"
        f" {LARGEST_SIDE:,} pixels wide or high, and use that.",
    )


def _broken(what: str, kind: str) -> LogoError:
    return _refused(what, f"begins as a {kind} picture, but is damaged or cut off")


def _check_size(width: int, height: int, what: str) -> None:
    if not width or not height:
        raise _refused(what, "is a picture without width or height")
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise _refused(
            what,
            f"is {width:,} × {height:,} pixels; {LARGEST_SIDE:,} on a side and"
            f" {MOST_PIXELS:,} in all are the most",
        )


def _png(data: bytes, what: str) -> Iterator[bytes]:
    """The chunks that are kept, up to the end of the picture."""
    chunks = list(_chunks(data, what))
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1][0] != b"IEND":
        raise _broken(what, "PNG")
    _check_pixels(chunks, what)
    return (whole for name, _body, whole in chunks if name in _KEPT_CHUNKS)


def _chunks(data: bytes, what: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, body and the whole of each chunk; the sums of all must be right."""
    at = len(_PNG)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name, body, whole = data[at + 4 : at + 8], data[at + 8 : end - 4], data[at:end]
        if end > len(data) or zlib.crc32(name + body) != int.from_bytes(whole[-4:], "big"):
            raise _broken(what, "PNG")
        yield name, body, whole
        if name == b"IEND":
            return
        at = end


def _check_pixels(chunks: list[tuple[bytes, bytes, bytes]], what: str) -> None:
    """The header must make sense, and the pixels must all be there and no more."""
    header = chunks[0][1]
    if len(header) != 13:
        raise _broken(what, "PNG")
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    depth, colour, _compression, _filter, interlace = header[8:]
    _check_size(width, height, what)
    if depth not in _DEPTHS.get(colour, ()) or interlace > 1:
        raise _broken(what, "PNG")
    if colour == 3 and not any(name == b"PLTE" for name, _, _ in chunks):
        raise _broken(what, "PNG")
    expected = _unpacked(width, height, depth * _SAMPLES[colour], bool(interlace))
    packed = b"".join(body for name, body, _ in chunks if name == b"IDAT")
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(packed, expected + 1)
    except zlib.error as error:
        raise _broken(what, "PNG") from error
    if len(pixels) != expected or not unpacker.eof:
        raise _broken(what, "PNG")


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


def _jpeg(data: bytes, what: str) -> Iterator[bytes]:
    """The segments that are kept, up to the end of the picture."""
    segments = list(_segments(data, what))
    codes = [code for code, _ in segments]
    if codes[-1:] != [_END] or not _FRAMES.intersection(codes) or _SCAN not in codes:
        raise _broken(what, "JPEG")
    return (whole for code, whole in segments if code not in _CUT)


def _segments(data: bytes, what: str) -> Iterator[tuple[int, bytes]]:
    """Code and the whole of each segment; a scan brings its packed pixels along."""
    at = 2
    while at + 2 <= len(data):
        code = data[at + 1]
        if data[at] != 0xFF:
            raise _broken(what, "JPEG")
        if code == 0xFF:  # a filling byte
            at += 1
            continue
        end = _segment_end(data, at, code)
        if end > len(data):
            raise _broken(what, "JPEG")
        if code in _OTHER_FRAMES:
            raise _refused(what, "is a kind of JPEG that few programs can draw")
        if code in _FRAMES:
            _check_frame(data[at:end], what)
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


def _check_frame(segment: bytes, what: str) -> None:
    if len(segment) < 11:
        raise _broken(what, "JPEG")
    height, width = int.from_bytes(segment[5:7], "big"), int.from_bytes(segment[7:9], "big")
    _check_size(width, height, what)


__all__ = [
    "LARGEST_FILE",
    "LARGEST_SIDE",
    "MOST_PIXELS",
    "LogoError",
    "clean_logo",
    "read_logo",
    "suffix",
]
