"""A file as everything that can be read out of it: unpacked, inflated, unescaped.

Each piece is bytes and whether it is text. What is packed inside of a piece becomes pieces of its
own: entries of a ZIP, workbooks inside of slides, streams and attached files of a PDF, chunks of a
picture, base64 inside of HTML.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import shutil
import subprocess
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

DEEPEST = 6
"""Files in files in files."""

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_TAG = re.compile(rb"<[^<>]*>")
_UNICODE = re.compile(rb"\\u([0-9a-fA-F]{4})")
_CSS = re.compile(rb"\\([0-9a-fA-F]{1,6}) ?")
_PNG = b"\x89PNG\r\n\x1a\n"
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a file, where in it they stand, and whether they are text."""

    where: str
    data: bytes
    is_text: bool


def pieces(data: bytes, where: str = "", depth: int = 0) -> Iterator[Piece]:
    """Everything that can be read out of a file.

    Args:
        data: The file.
        where: What to call it.
        depth: In how many others it stands.
    """
    if depth > DEEPEST:
        return
    if data.startswith(b"PK"):
        yield from _of_zip(data, where, depth)
    elif data.startswith(b"%PDF"):
        yield from _of_pdf(data, where, depth)
    elif data.startswith(_PNG):
        yield Piece(where, data, is_text=False)
        yield from _of_png(data, where, depth)
    elif data.startswith(_GZIP):
        yield from pieces(zlib.decompressobj(31).decompress(data), f"{where}|gzip", depth + 1)
    elif _is_text(data):
        yield from _of_text(data, where, depth)
    else:
        yield Piece(where, data, is_text=False)


def entries(data: bytes) -> Iterator[zipfile.ZipInfo]:
    """Every entry of a ZIP and of the ZIPs in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.infolist():
            yield entry
            content = packed.read(entry)
            if content.startswith(b"PK"):
                yield from entries(content)


def _is_text(data: bytes) -> bool:
    if b"\x00" in data[:4000]:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _of_zip(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    yield Piece(f"{where}|zip", data, is_text=False)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        yield Piece(f"{where}|comment", packed.comment, is_text=True)
        for entry in packed.infolist():
            named = f"{where}|{entry.filename}"
            yield Piece(f"{named}|name", entry.filename.encode(), is_text=True)
            yield Piece(f"{named}|extra", entry.extra + entry.comment, is_text=False)
            yield from pieces(packed.read(entry), named, depth + 1)


def _of_text(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """A text as it stands and in every reading that a program may give it."""
    yield Piece(where, data, is_text=True)
    if b"<" in data:
        yield Piece(f"{where}|without tags", _TAG.sub(b"", data), is_text=True)
    if b"&" in data:
        plain = html.unescape(data.decode())
        yield Piece(f"{where}|entities", plain.encode("utf-8", "replace"), is_text=True)
    if b"%" in data:
        yield Piece(f"{where}|percent", urllib.parse.unquote_to_bytes(data), is_text=True)
    if b"\\" in data:
        for name, pattern in (("unicode", _UNICODE), ("css", _CSS)):
            plain = pattern.sub(_character, data)
            yield Piece(f"{where}|{name}", plain, is_text=True)
    for found in _BASE64.findall(data):
        decoded = _decoded(found)
        if decoded is not None:
            yield from pieces(decoded, f"{where}|base64", depth + 1)


def _character(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16)
    return chr(number).encode("utf-8", "replace") if number < 0x110000 else found[0]


def _decoded(text: bytes) -> bytes | None:
    whole = text.translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    # A run of one more character than four times some number is none.
    whole = whole[: len(whole) - (len(whole) % 4 == 1)]
    try:
        return base64.b64decode(whole + b"=" * (-len(whole) % 4))
    except binascii.Error:
        return None


def _of_png(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    at = len(_PNG)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if name in (b"zTXt", b"iTXt", b"iCCP"):
            for begun in (m.start() for m in re.finditer(b"\x78[\x01\x5e\x9c\xda]", body)):
                try:
                    plain = zlib.decompressobj().decompress(body[begun:])
                except zlib.error:
                    continue
                yield from pieces(plain, f"{where}|{name.decode()}", depth + 1)


def _of_pdf(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    yield Piece(where, data, is_text=False)
    reader = pypdf.PdfReader(io.BytesIO(data))
    for number in _numbers(reader):
        held = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        named = f"{where}|{number}"
        if isinstance(held, StreamObject) and held.get("/Subtype") != "/Image":
            yield from pieces(held.get_data(), f"{named}|stream", depth + 1)
        words = "\n".join(_strings(held))
        if words:
            yield from _of_text(words.encode("utf-8", "replace"), f"{named}|words", depth + 1)
    yield Piece(f"{where}|printed", printed(data, reader).encode("utf-8", "replace"), is_text=True)


def _numbers(reader: pypdf.PdfReader) -> list[int]:
    found = {number for held in reader.xref.values() for number in held}
    return sorted(found | set(reader.xref_objStm))


def _strings(held: Any) -> Iterator[str]:
    """Every text, name and key of an object, but not of those it points to."""
    if isinstance(held, DictionaryObject):
        for key, value in dict.items(held):
            yield str(key)
            yield from _strings(value)
    elif isinstance(held, ArrayObject):
        for value in list.__iter__(held):
            yield from _strings(value)
    elif isinstance(held, bytes):
        yield held.decode("latin-1")
    elif isinstance(held, str):
        yield held


def printed(data: bytes, reader: pypdf.PdfReader) -> str:
    """What stands on the pages, read as somebody copies it; poppler is faster where it is there."""
    if shutil.which("pdftotext"):
        done = subprocess.run(
            ["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True
        )
        return done.stdout.decode("utf-8", "replace")
    return "\n".join(page.extract_text() for page in reader.pages)
