"""Which feed a payload is, told from its content: names and endings are what people get wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.core.changes import ChangeSet
from briefing.feeds.payload import FeedContext, Payload

HEAD = 64 * 1024
"""How much of a payload is looked at, in bytes."""
_SPACE = re.compile(r"[ \t\n\r]*")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_BEFORE_ROOT = re.compile(r"\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?[^>]*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Outline:
    """The beginning of a payload, as far as it tells formats apart.

    Attributes:
        kind: ``json-object``, ``json-array``, ``xml``, ``csv`` or ``text``.
        keys: Of a JSON object its keys as far as seen; of a JSON array the keys of its first
            element; of CSV the heads of the columns; of XML the local name of the root.
        first: Values that were read whole: of a JSON object its small members, of a JSON array its
            first element.
        inner: Keys of the first object inside the first list or object of a JSON object.
        name: The payload's name.
    """

    kind: str
    keys: tuple[str, ...] = ()
    first: Mapping[str, Any] = field(default_factory=dict)
    inner: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """One format that can be read.

    Attributes:
        name: Short name, as printed by ``import --json``.
        title: What it is, for people.
        matches: Whether an outline is of this format.
        parse: Bytes to change-set.
    """

    name: str
    title: str
    matches: Callable[[Outline], bool]
    parse: Callable[[Payload, FeedContext], ChangeSet]


def outline_of(payload: Payload) -> Outline:
    """Look at the beginning of a payload; never an error, whatever it holds."""
    text = payload.data[:HEAD].decode("utf-8-sig", "ignore")
    start = text.lstrip()
    if start.startswith("{"):
        return _json_object(start, payload.name)
    if start.startswith("["):
        first = _first_object(start)
        return Outline("json-array", tuple(first), first, (), payload.name)
    if start.startswith("<"):
        return Outline("xml", _root(start), name=payload.name)
    heads = _heads(text)
    if len(heads) > 1:
        return Outline("csv", heads, name=payload.name)
    return Outline("text", name=payload.name)


def _json_object(text: str, name: str) -> Outline:
    decoder = json.JSONDecoder()
    keys: list[str] = []
    first: dict[str, Any] = {}
    inner: tuple[str, ...] = ()
    at = _skip(text, 1)
    try:
        while text[at] == '"':
            key, at = decoder.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
            keys.append(key)
            if text[at] in "[{" and not inner:
                inner = tuple(_first_object(text[at:]))
            value, at = decoder.raw_decode(text, at)
            first[key] = value
            at = _skip(text, at)
            if text[at] != ",":
                break
            at = _skip(text, at + 1)
    except (ValueError, IndexError, RecursionError):
        # The window ends in the middle of a value, or the text is no JSON: what was seen counts.
        pass
    return Outline("json-object", tuple(keys), first, inner, name)


def _first_object(text: str) -> dict[str, Any]:
    """The first object at or inside the start of a text, as far as it can be read."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    if at < 0 or at > 16:
        return {}
    try:
        value, _ = decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        # Longer than the window: its keys as far as they go.
        partial = _json_object(text[at:], "")
        return {**dict.fromkeys(partial.keys), **partial.first}
    return value if isinstance(value, dict) else {}


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _root(text: str) -> tuple[str, ...]:
    while (before := _BEFORE_ROOT.match(text)) is not None:
        text = text[before.end() :]
    found = _ROOT.match(text.lstrip())
    return (found.group(1),) if found else ()


def _heads(text: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader(io.StringIO(text)), [])
    except csv.Error:
        return ()
    return tuple(head.strip() for head in row)
