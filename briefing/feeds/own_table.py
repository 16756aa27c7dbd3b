"""Tables of the TOML files that we write ourselves: read field by field, and strict.

A statement without a source must not reach a reader, so a file that breaks a rule is refused with
its name, the place in it and what to write.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.core.errors import BriefingError
from briefing.core.profile import SOURCE_KINDS, ProfileSource, parse_partial_date


class OwnTextError(BriefingError):
    """A file of ours that breaks its form: which file, where in it, what to write."""

    def __init__(self, file: str, place: str, wrong: str, remedy: str = "") -> None:
        """Say it in one sentence; the place is also the detail."""
        super().__init__(f"{file}, {place}: {wrong}", detail=place, remedy=remedy)


def read_table(payload: bytes, name: str) -> Table:
    """The whole of a file as one table.

    Args:
        payload: The file's bytes.
        name: Its name, for errors.

    Raises:
        OwnTextError: when it is no TOML in UTF-8, or holds an em dash.
    """
    try:
        text = payload.decode()
        values = tomllib.loads(text)
    except ValueError as error:
        raise OwnTextError(name, "the file", f"it is not TOML in UTF-8: {error}.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if "\N{EM DASH}" in line:
            remedy = "Write a comma, a colon or two sentences."
            raise OwnTextError(name, f"line {number}", "it holds an em dash.", remedy)
    return Table(name, "", values)


def sources_of(head: Table) -> dict[str, ProfileSource]:
    """The documents of a file by their keys: its ``[sources.<key>]`` tables."""
    return {
        key: source_of(Table(head.file, f"[sources.{key}] ", table), key)
        for key, table in head.tables("sources").items()
    }


def refuse_unused(head: Table, sources: Mapping[str, ProfileSource], used: set[str]) -> None:
    """Refuse a document that nothing rests on.

    Raises:
        OwnTextError: naming the first.
    """
    for key in sources:
        if key not in used:
            remedy = "Cite it, or remove the table."
            raise OwnTextError(head.file, f"[sources.{key}]", "nothing uses it.", remedy)


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table; a field is taken out as it is read, so what is left is a misspelling."""

    file: str
    place: str
    values: dict[str, Any]

    def error(self, field: str, wrong: str, remedy: str = "") -> OwnTextError:
        """The error to raise about a field of it."""
        return OwnTextError(self.file, f"{self.place}{field}", wrong, remedy)

    def tables(self, field: str) -> Mapping[str, dict[str, Any]]:
        """Tables by key, or those of a list by their places from 1."""
        found = self.values.pop(field, {})
        if isinstance(found, list):
            found = {str(place): table for place, table in enumerate(found, start=1)}
        if not isinstance(found, dict) or not found:
            raise self.error(field, "there are none.", "Write one table for each.")
        for key, table in found.items():
            if not isinstance(table, dict):
                raise self.error(f"{field} {key}", "it is no table.", "Write one table for each.")
        return found

    def text(self, field: str, *, optional: bool = False) -> str:
        """One line of text; "" where it may be missing and is."""
        value = self.values.pop(field, "")
        if value == "" and not optional:
            raise self.error(field, "it is missing.", f'Write {field} = "…".')
        if not isinstance(value, str) or value != value.strip():
            raise self.error(field, "it is not plain text.", "Write it in quotes, without margins.")
        return value

    def one_of(self, field: str, allowed: Collection[str]) -> str:
        """A text that is one of some words."""
        value = self.text(field)
        if value not in allowed:
            raise self.error(field, f"“{value}” is unknown.", f"Use one of: {', '.join(allowed)}.")
        return value

    def many(
        self, field: str, is_right: Callable[[str], object], remedy: str, *, least: int = 1
    ) -> tuple[str, ...]:
        """Texts of a list, each right and none twice."""
        value = self.values.pop(field, [])
        if not isinstance(value, list) or len(value) < least:
            raise self.error(field, "it names nothing.", remedy)
        for item in value:
            if not isinstance(item, str) or not is_right(item) or value.count(item) > 1:
                raise self.error(field, f"“{item}” is unknown or doubled.", remedy)
        return tuple(value)

    def done(self) -> None:
        """Refuse what was not read: it is misspelt."""
        for field in self.values:
            raise self.error(field, "no such field is known.", "Correct its spelling or remove it.")


def source_of(table: Table, key: str) -> ProfileSource:
    """A document that something rests on, from its table."""
    url = table.text("url")
    if not re.fullmatch(r"https://\S+", url) or not urlsplit(url).hostname:
        raise table.error("url", f"“{url}” is no https address.", "Give the document’s own.")
    try:
        published = parse_partial_date(table.text("published", optional=True))
    except ValueError as error:
        raise table.error("published", str(error)) from error
    credibility = table.values.pop("credibility", None)
    if type(credibility) is not int or not 1 <= credibility <= 6:
        raise table.error("credibility", "it is no grade.", "Write a number from 1 to 6.")
    source = ProfileSource(
        key=key,
        title=table.text("title"),
        publisher=table.text("publisher"),
        url=url,
        published=published,
        kind=table.one_of("kind", SOURCE_KINDS),
        credibility=credibility,
        rests_on=table.text("rests_on", optional=True),
    )
    table.done()
    return source
