"""Files out of gzip and ZIP, bounded: what an archive claims about itself is not believed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.core.errors import BriefingError
from briefing.feeds.payload import Payload

MOST_BYTES = 512 * 1024 * 1024
"""Of one file, unpacked."""
MOST_IN_ALL = 2 * 1024 * 1024 * 1024
"""Of everything in one archive, unpacked, with the archives in it and what was refused."""
MOST_FILES = 50_000
"""In one archive, with the archives in it."""
_CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LISTED = b"PK\x01\x02"
"""What an entry of a ZIP file's list of contents begins with."""
_PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")
_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    # Places, lengths and names of a damaged archive lead zipfile astray in many ways.
    ValueError,
    LookupError,
    struct.error,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not read, with its reason in a sentence."""

    name: str
    reason: str


class _Budget:
    """What may still come out of one archive, over all its layers."""

    def __init__(self) -> None:
        self._bytes = MOST_IN_ALL
        self._files = MOST_FILES

    @property
    def most(self) -> int:
        """How large the next file may be, in bytes."""
        return min(self._bytes, MOST_BYTES)

    @property
    def spent(self) -> bool:
        return self._bytes <= 0 or self._files <= 0

    def spend(self, size: int) -> None:
        """Count one file, whether it was taken or refused: either took its time."""
        self._bytes -= size
        self._files -= 1


def unpack(payload: Payload) -> Iterator[Payload | Refused]:
    """The files in a payload: itself where it is no archive.

    An archive within an archive is unpacked once more, and no further.
    """
    budget = _Budget()
    for item in _opened(payload, budget):
        if isinstance(item, Payload) and item.data is not payload.data:
            yield from _opened(item, budget)
        else:
            yield item


def printable(name: str) -> str:
    """A file's name as it can be shown and stored: names may hold any byte, and terminal codes."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _opened(payload: Payload, budget: _Budget) -> Iterator[Payload | Refused]:
    if payload.data.startswith(_GZIP):
        yield _gunzipped(payload, budget)
    elif payload.data.startswith(_ZIP):
        yield from _unzipped(payload, budget)
    else:
        yield payload


def _gunzipped(payload: Payload, budget: _Budget) -> Payload | Refused:
    most = budget.most
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _gzip_pieces(payload.data):
            size += len(piece)
            if size > most:
                return Refused(payload.name, _too_large(most))
            pieces.append(piece)
    except EOFError:
        return Refused(payload.name, "The gzip file breaks off before its end.")
    except zlib.error as error:
        return Refused(payload.name, f"The gzip file is damaged ({error}).")
    finally:
        budget.spend(size)
    name = payload.name[:-3] if payload.name.casefold().endswith(".gz") else payload.name
    return Payload(name, b"".join(pieces), payload.url)


def _gzip_pieces(rest: bytes) -> Iterator[bytes]:
    while rest:
        reader = zlib.decompressobj(wbits=31)
        while not reader.eof:
            piece = reader.decompress(rest, _CHUNK)
            rest = reader.unconsumed_tail
            if not piece and not rest and not reader.eof:
                raise EOFError
            yield piece
        # What follows a whole member is another one, or padding.
        rest = reader.unused_data.lstrip(b"\0")


def _unzipped(payload: Payload, budget: _Budget) -> Iterator[Payload | Refused]:
    # Counted before the list is read: a list of millions takes minutes and gigabytes.
    if payload.data.count(_LISTED) > MOST_FILES:
        yield Refused(payload.name, f"The ZIP file holds more than {MOST_FILES:,} files.")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload.data))
    except _DAMAGES as error:
        yield Refused(payload.name, f"The ZIP file is damaged ({error}).")
        return
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
        if not entries:
            yield Refused(payload.name, "The ZIP file holds no files.")
        for entry in sorted(entries, key=lambda entry: entry.filename):
            if budget.spent:
                yield Refused(payload.name, _TOO_MUCH)
                return
            yield _entry(archive, entry, payload, budget)


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, payload: Payload, budget: _Budget
) -> Payload | Refused:
    name = f"{payload.name}/{printable(entry.filename)}"
    if _OUTSIDE.search(entry.filename):
        return Refused(name, "Its name leads out of the archive, which no honest archive needs.")
    if entry.flag_bits & 0x1:
        return Refused(name, "It is encrypted; unpack it yourself and import what is inside.")
    if entry.compress_type not in _PLAIN_WAYS:
        return Refused(name, "It is packed in a rare way; unpack it yourself and import the file.")
    most = budget.most
    # What it says of itself is the most that zipfile reads of it.
    budget.spend(min(entry.file_size, most))
    try:
        with archive.open(entry) as file:
            data = file.read(most + 1)
    except _DAMAGES as error:
        return Refused(name, f"It is damaged ({error}).")
    if len(data) > most:
        return Refused(name, _too_large(most))
    return Payload(name, data, payload.url)


_TOO_MUCH = "It holds more than is unpacked at once; what is left of it was not read."


def _too_large(most: int) -> str:
    return f"Unpacked it is larger than {most >> 20} MiB, which no feed is."


def refused_error(item: Refused) -> BriefingError:
    """The same as an error, for a file that was named by itself."""
    return BriefingError(f"{item.name} was not read. {item.reason}", remedy="Nothing was changed.")
