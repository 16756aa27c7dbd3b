"""Files out of gzip and ZIP, bounded: what an archive claims about itself is not believed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.core.errors import BriefingError
from briefing.feeds.payload import Payload

MOST_BYTES = 512 * 1024 * 1024
"""Of one file, unpacked."""
MOST_IN_ALL = 2 * 1024 * 1024 * 1024
"""Of all files of one archive, unpacked."""
MOST_FILES = 50_000
_CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not read, with its reason in a sentence."""

    name: str
    reason: str


def unpack(payload: Payload) -> Iterator[Payload | Refused]:
    """The files in a payload: itself where it is no archive.

    An archive within an archive is unpacked once more, and no further.
    """
    for item in _opened(payload):
        if isinstance(item, Payload) and item.data is not payload.data:
            yield from _opened(item)
        else:
            yield item


def _opened(payload: Payload) -> Iterator[Payload | Refused]:
    if payload.data.startswith(_GZIP):
        yield _gunzipped(payload)
    elif payload.data.startswith(_ZIP):
        yield from _unzipped(payload)
    else:
        yield payload


def _gunzipped(payload: Payload) -> Payload | Refused:
    pieces = []
    size = 0
    rest = payload.data
    try:
        while rest:
            reader = zlib.decompressobj(wbits=31)
            while not reader.eof:
                piece = reader.decompress(rest, _CHUNK)
                rest = reader.unconsumed_tail
                if not piece and not rest and not reader.eof:
                    return Refused(payload.name, "The gzip file breaks off before its end.")
                size += len(piece)
                if size > MOST_BYTES:
                    return Refused(payload.name, _too_large(MOST_BYTES))
                pieces.append(piece)
            # What follows a whole member is another one, or padding.
            rest = reader.unused_data.lstrip(b"\0")
    except zlib.error as error:
        return Refused(payload.name, f"The gzip file is damaged ({error}).")
    name = payload.name[:-3] if payload.name.casefold().endswith(".gz") else payload.name
    return Payload(name, b"".join(pieces), payload.url)


def _unzipped(payload: Payload) -> Iterator[Payload | Refused]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield Refused(payload.name, f"The ZIP file is damaged ({error}).")
        return
    left = MOST_IN_ALL
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES:
            yield Refused(payload.name, f"The ZIP file holds more than {MOST_FILES:,} files.")
            return
        for entry in sorted(entries, key=lambda entry: entry.filename):
            item = _entry(archive, entry, payload, min(left, MOST_BYTES))
            yield item
            if isinstance(item, Payload):
                left -= len(item.data)


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, payload: Payload, most: int
) -> Payload | Refused:
    name = f"{payload.name}/{entry.filename}"
    if _OUTSIDE.search(entry.filename):
        return Refused(name, "Its name leads out of the archive, which no honest archive needs.")
    if entry.flag_bits & 0x1:
        return Refused(name, "It is encrypted; unpack it yourself and import what is inside.")
    try:
        with archive.open(entry) as file:
            data = file.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        return Refused(name, f"It is damaged ({error}).")
    if len(data) > most:
        return Refused(name, _too_large(most))
    return Payload(name, data, payload.url)


def _too_large(most: int) -> str:
    return f"Unpacked it is larger than {most >> 20} MiB, which no feed is."


def refused_error(item: Refused) -> BriefingError:
    """The same as an error, for a file that was named by itself."""
    return BriefingError(f"{item.name} was not read. {item.reason}", remedy="Nothing was changed.")
