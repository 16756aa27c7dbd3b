"""The manifest of a briefing, read back out of the file that was handed over.

The file comes from outside, whatever it says it is: it is known by its content and read up to
fixed sizes; nothing packed is unpacked further than a manifest can be long, and XML with a
document type is refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import orjson
from defusedxml import (  # type: ignore[import-untyped] # defusedxml ships no types
    DefusedXmlException,
    ElementTree,
)

from briefing.core.errors import BriefingError
from briefing.exports.manifest import FILE_NAME, SCHEMA

LARGEST_FILE: Final = 64_000_000
"""Bytes of a file that is looked at."""
LARGEST_MANIFEST: Final = 8_000_000
"""Bytes of a manifest, unpacked."""
MOST_STATEMENTS: Final = 200_000
NAMESPACE: Final = "urn:threat-briefing:manifest:1"
"""Of the element that holds the manifest in Word and PowerPoint files."""
HTML_ID: Final = "brief-json"
"""Of the element that holds it in HTML."""

_MOST_PLACES: Final = 64
"""Attachments or parts of one file that are looked into."""
_MOST_ENTRIES: Final = 20_000
_DICTIONARY: Final = 2_000
"""Bytes around the marker in which the dictionary of an attached file must stand."""
_STREAM: Final = re.compile(rb"stream\r?\n")
_TEMPLATE: Final = re.compile(
    rb"<template\b[^<>]{0,200}\bid=\"" + HTML_ID.encode() + rb"\"[^<>]{0,200}>"
)
_PART: Final = re.compile(r"customXml/item[0-9]{1,4}\.xml")
_KEYS: Final = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a briefing a statement is used; ``type`` is the kind of block it stands in."""

    part: str
    section: str
    block: int
    statements: frozenset[int]
    type: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file says it rests on.

    Attributes:
        kind: Recipe.
        subject: Whom or what it is about.
        title: Title of the document.
        tlp: Its marking as printed.
        data_as_of: ISO 8601.
        made_from: Snapshots, as ``core.brief.MadeFrom`` has them.
        statements: Keys, ascending, each once.
        places: Which block rests on which.
        client: For whom it was made, or "".
    """

    kind: str
    subject: str
    title: str
    tlp: str
    data_as_of: str
    made_from: tuple[dict[str, Any], ...]
    statements: tuple[int, ...]
    places: tuple[Place, ...]
    client: str = ""


class ManifestError(BriefingError):
    """A file in which no manifest can be read, with the reason."""


def read_manifest(path: Path) -> Manifest:
    """The manifest inside a file.

    Raises:
        ManifestError: when the file cannot be read, holds none, or one that is damaged or newer.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ManifestError(
            f"The file {path.name} cannot be read: {error.strerror or error}.",
            detail=str(path),
            remedy="Check its name and place.",
        ) from error
    if len(data) > LARGEST_FILE:
        raise ManifestError(
            f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB.",
            remedy="No briefing of this program is: choose the file that was handed over.",
        )
    return parsed(manifest_bytes(data, path.name), path.name)


def manifest_bytes(data: bytes, name: str) -> bytes:
    """The manifest as it was written, found by what the file is.

    Args:
        data: The file.
        name: Its name, for the sentence of an error.

    Raises:
        ManifestError: when there is none.
    """
    if data.startswith(b"%PDF-"):
        found = _of_pdf(data)
    elif data.startswith(b"PK"):
        found = _of_zip(data, name)
    elif opened := _TEMPLATE.search(data):
        found = _of_html(data, opened.end())
    else:
        # The manifest itself, as it lies beside the tables; anything else is refused as such.
        found = data if data.lstrip()[:1] == b"{" and b'"made_from"' in data else None
    if found is None:
        raise ManifestError(
            f"{name} holds no manifest of a briefing.",
            remedy="Markdown, STIX, Navigator and XLSX files carry none: verify the PDF, Word,"
            " PowerPoint or HTML file of the same briefing, or its tables as CSV.",
        )
    return found


def parsed(content: bytes, name: str) -> Manifest:
    """A manifest as values.

    Args:
        content: JSON as ``exports.manifest`` writes it.
        name: Name of the file, for the sentence of an error.

    Raises:
        ManifestError: when it is too large, damaged, or of a newer program.
    """
    if len(content) > LARGEST_MANIFEST:
        raise _damaged(name, "is larger than any that this program writes")
    try:
        held = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _damaged(name, "is no JSON", str(error)) from error
    if not isinstance(held, dict) or not isinstance(held.get("schema"), int):
        raise _damaged(name, "does not say in which form it is written")
    if held["schema"] > SCHEMA:
        raise ManifestError(
            f"The manifest in {name} was written by a newer Threat Briefing.",
            remedy="Verify it with that version of the program.",
        )
    keys = _keys(held.get("statements"))
    if keys is None:
        raise _damaged(name, "does not list the statements behind the briefing")
    snapshots = held.get("made_from")
    return Manifest(
        **{word: _text(held.get(word)) for word in ("kind", "subject", "title", "tlp", "client")},
        data_as_of=_text(held.get("data_as_of")),
        made_from=tuple(one for one in _listed(snapshots) if isinstance(one, dict)),
        statements=tuple(sorted(keys)),
        places=tuple(_places(held.get("blocks"))),
    )


def _of_pdf(data: bytes) -> bytes | None:
    """The attached file that is a manifest: a stream of its own, never inside another."""
    at = -1
    for _ in range(_MOST_PLACES):
        at = data.find(b"/EmbeddedFile", at + 1)
        if at < 0:
            break
        begun = _STREAM.search(data, at, at + _DICTIONARY)
        if begun is None or data.startswith(b"/EmbeddedFiles", at):
            continue
        packed = b"/FlateDecode" in data[max(at - 200, 0) : begun.start()]
        found = _inflated(data, begun.end()) if packed else _until(data, begun.end())
        if found is not None and found.lstrip()[:1] == b"{" and b'"made_from"' in found:
            return found
    return None


def _inflated(data: bytes, start: int) -> bytes | None:
    """A compressed stream, which knows its own end; None where it is damaged or far too long."""
    end = start + LARGEST_MANIFEST
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data[start:end], LARGEST_MANIFEST + 1)
    except zlib.error:
        return None
    return found if unpacking.eof and len(found) <= LARGEST_MANIFEST else None


def _until(data: bytes, start: int) -> bytes | None:
    end = data.find(b"endstream", start, start + LARGEST_MANIFEST)
    return data[start:end] if end >= 0 else None


def _of_zip(data: bytes, name: str) -> bytes | None:
    """The manifest of a Word or PowerPoint file, or beside tables."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise _damaged(name, "stands among more entries than a briefing has")
            return next(_in_entries(packed, entries, name), None)
    # A hostile entry makes zipfile raise each of these, NotImplementedError and RuntimeError for
    # a method it does not know and for an encrypted one.
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
        *(NotImplementedError, RuntimeError),
    ) as error:
        raise _damaged(name, "cannot be unpacked", str(error)) from error


def _in_entries(
    packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str
) -> Iterator[bytes]:
    wanted = [one for one in entries if one.filename == FILE_NAME or _PART.fullmatch(one.filename)]
    for entry in wanted[:_MOST_PLACES]:
        if entry.file_size > LARGEST_MANIFEST:
            continue
        with packed.open(entry) as file:
            content = file.read(LARGEST_MANIFEST + 1)
        if entry.filename == FILE_NAME:
            yield content
        elif NAMESPACE.encode() in content:
            yield _of_xml(content, name)


def _of_xml(content: bytes, name: str) -> bytes:
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _damaged(name, "is no plain XML", str(error)) from error
    return (root.text or "").encode("utf-8", "replace")


def _of_html(data: bytes, start: int) -> bytes | None:
    end = data.find(b"</template", start, start + 2 * LARGEST_MANIFEST)
    if end < 0:
        return None
    return html.unescape(data[start:end].decode("utf-8", "replace")).encode("utf-8", "replace")


def _keys(listed: object) -> set[int] | None:
    """Keys of statements; None for what is no list of them."""
    if not isinstance(listed, list) or len(listed) > MOST_STATEMENTS:
        return None
    keys = {key for key in listed if type(key) is int and key in _KEYS}
    return keys if len(keys) == len(listed) else None


def _places(blocks: object) -> Iterator[Place]:
    for block in _listed(blocks):
        if isinstance(block, dict) and (keys := _keys(block.get("statements"))):
            number = block.get("block")
            yield Place(
                _text(block.get("part")),
                _text(block.get("section")),
                number if type(number) is int else 0,
                frozenset(keys),
                _text(block.get("type")),
            )


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _damaged(name: str, why: str, detail: str = "") -> ManifestError:
    return ManifestError(
        f"The manifest in {name} {why}.",
        detail,
        "The file was changed or damaged after it was written: verify the original.",
    )
