"""Tables of the TOML files that we write ourselves: read field by field, and strict.

A statement without a source must not reach a reader, so a file that breaks a rule is refused with
its name, the place in it and what to write. Profiles, primer pages, guidance, the glossary,
incidents and advisories are all read by these classes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, TypeVar

from briefing.core.errors import BriefingError
from briefing.core.profile import WORDS_MAX, parse_partial_date

_Made = TypeVar("_Made")

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+(/\S*)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MITIGATION = re.compile(r"M\d{4}", re.ASCII)
TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?", re.ASCII)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”\u2019)]*\s+")
_NO_LIMIT = 9_999


class OwnTextError(BriefingError):
    """A file of ours that breaks its form: which file, where in it, what to write."""

    def __init__(self, file: str, place: str, wrong: str, remedy: str = "") -> None:
        """Say it in one sentence; the place is also the detail."""
        super().__init__(f"{file}, {place}: {wrong}", detail=place, remedy=remedy)


def read_text(payload: bytes, file: str) -> str:
    """The text of a file, with one kind of line end.

    Args:
        payload: The file's bytes.
        file: Its name, for errors.

    Raises:
        OwnTextError: when it is not UTF-8, or holds an em dash.
    """
    try:
        text = payload.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        wrong, remedy = "this is not UTF-8.", "Save the file as UTF-8."
        raise OwnTextError(file, f"byte {error.start}", wrong, remedy) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if "\N{EM DASH}" in line:
            remedy = "Write a comma, a colon or two sentences."
            raise OwnTextError(file, f"line {number}", "it holds an em dash.", remedy)
    return text


def parse_table(text: str, file: str, place: str = "the file", remedy: str = "") -> Table:
    """TOML as one table.

    Args:
        text: What is parsed.
        file: The file's name, for errors.
        place: Where in the file it stands.
        remedy: What to do where it is no TOML.

    Raises:
        OwnTextError: when it is no TOML.
    """
    try:
        return Table(file, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise OwnTextError(file, place, f"it is not TOML: {error}.", remedy) from error


def read_table(payload: bytes, name: str) -> Table:
    """The whole of a file as one table.

    Args:
        payload: The file's bytes.
        name: Its name, for errors; folders are left out.

    Raises:
        OwnTextError: when it is no TOML in UTF-8, or holds an em dash.
    """
    file = PurePath(name).name
    return parse_table(read_text(payload, file), file)


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table; a field that nobody read is a misspelling.

    Attributes:
        file: The file's name.
        place: The words by which a person finds the table in it; "" for the file as a whole.
        values: What it holds.
    """

    file: str
    place: str
    values: Mapping[str, Any]
    _read: set[str] = field(default_factory=set, compare=False, repr=False)

    def error(self, name: str, wrong: str, remedy: str = "") -> OwnTextError:
        """The error to raise about a field of it, or about the whole where that is ""."""
        place = ", ".join(filter(None, (self.place, name)))
        return OwnTextError(self.file, place, wrong, remedy)

    def called(self, place: str) -> Table:
        """The same table under other words."""
        return replace(self, place=place)

    def raw(self, name: str) -> Any:
        """A field as it is written; None where it is not there."""
        self._read.add(name)
        return self.values.get(name)

    def text(self, name: str, limit: int = 0, *, optional: bool = False) -> str:
        """One line of text.

        Args:
            name: Of the field.
            limit: Characters that it may have; 0 is no limit.
            optional: Give "" where it is empty or not there.

        Raises:
            OwnTextError: when it is missing, no text, too long, or cannot be read with ease.
        """
        value = self.raw(name)
        if value is None or value == "":
            if optional:
                return ""
            raise self.error(name, "it is missing.", f'Write {name} = "…".')
        if not isinstance(value, str):
            raise self._not_plain(name)
        self._check_text(name, value)
        if limit and len(value) > limit:
            raise self.error(name, f"it has {len(value)} characters; {limit} fit.", "Shorten it.")
        return value

    def parsed(self, name: str, parse: Callable[[str], _Made], *, optional: bool = False) -> _Made:
        """A text as what a function makes of it, whose ValueError becomes a refusal."""
        try:
            return parse(self.text(name, optional=optional))
        except ValueError as error:
            raise self.error(name, str(error)) from error

    def date(self, name: str, *, optional: bool = True, until: str = "") -> str:
        """A date to the year, the month or the day, not after the day on which it was recorded."""
        day = self.parsed(name, parse_partial_date, optional=optional)
        if until and day > until[: len(day)]:
            wrong = f"it is {day}, after the file was recorded ({until})."
            raise self.error(name, wrong, "Correct the date, or record the file anew.")
        return day

    def day(self, name: str) -> str:
        """A date to the day."""
        found = self.date(name, optional=False)
        if not DAY.fullmatch(found):
            raise self.error(name, f"“{found}” is no day.", "Write it as 2026-11-24.")
        return found

    def slug(self, name: str) -> str:
        """A text of small letters, figures and hyphens."""
        found = self.text(name)
        self.check_slug(name, found)
        return found

    def check_slug(self, name: str, found: str) -> None:
        """Refuse what cannot be part of an id."""
        if not SLUG.fullmatch(found):
            wrong = f"“{found[:80]}” is no slug."
            raise self.error(name, wrong, "Use a to z, 0 to 9 and hyphens.")

    def address(self, name: str) -> str:
        """An https address."""
        found = self.text(name)
        if not ADDRESS.fullmatch(found):
            wrong = f"“{found[:80]}” is no https address."
            raise self.error(name, wrong, "Give the document's own.")
        return found

    def one_of(self, name: str, allowed: Collection[str], *, optional: bool = False) -> str:
        """A text that is one of some words."""
        found = self.text(name, optional=optional)
        if found and found not in allowed:
            wrong = f"“{found[:80]}” is unknown."
            raise self.error(name, wrong, f"Use one of: {', '.join(allowed)}.")
        return found

    def whole_number(self, name: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.raw(name)
        if type(value) is not int or not low <= value <= high:
            remedy = f"Write a number from {low} to {high} without quotes."
            raise self.error(name, "it is no whole number in range.", remedy)
        return value

    def listed(self, name: str) -> tuple[str, ...]:
        """Texts, none of them twice; none where the field is not there."""
        value = self.raw(name)
        found = [] if value is None else value
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.error(name, "it is no list of texts.", f'Write {name} = ["…"].')
        for one in found:
            if found.count(one) > 1:
                raise self.error(name, f"“{one[:80]}” is there twice.", "Take one away.")
            self._check_text(name, one)
        return tuple(found)

    def many(
        self,
        name: str,
        fits: Callable[[str], object],
        remedy: str,
        *,
        least: int = 1,
        optional: bool = False,
    ) -> tuple[str, ...]:
        """Texts of a list that all fit.

        Args:
            name: Of the field.
            fits: Whether a text does.
            remedy: What to write where one does not.
            least: How many there have to be.
            optional: Give none where the field is not there.
        """
        if name not in self.values:
            self._read.add(name)
            if optional:
                return ()
            raise self.error(name, "it is missing.", remedy)
        found = self.listed(name)
        if len(found) < least:
            raise self.error(name, "it names nothing.", remedy)
        for one in found:
            if not fits(one):
                raise self.error(name, f"“{one[:80]}” is unknown.", remedy)
        return found

    def tables(self, name: str, least: int = 0, most: int = _NO_LIMIT) -> tuple[Table, ...]:
        """The tables of a list, each under its place from 1."""
        head, value = f"[[{name}]]", self.raw(name)
        found = value if isinstance(value, list) else [value] if value is not None else []
        if not least <= len(found) <= most:
            wrong = f"there are {len(found)}; it takes {least} to {most}."
            wrong = wrong if found else "there are none."
            raise self.error(head, wrong, f"Write one {head} table for each.")
        places = enumerate(found, start=1)
        return tuple(self._inner(f"{head} {place}", values) for place, values in places)

    def each(
        self, name: str, make: Callable[[Table], _Made], least: int = 0, most: int = _NO_LIMIT
    ) -> tuple[_Made, ...]:
        """What a function makes of each table of a list, which has to read all of it."""
        made = []
        for table in self.tables(name, least, most):
            made.append(make(table))
            table.done()
        return tuple(made)

    def keyed(self, name: str) -> dict[str, Table]:
        """Tables by their keys: ``[name.key]``."""
        value = self.raw(name)
        if not isinstance(value, dict) or not value:
            raise self.error(name, "there are none.", f"Write a table [{name}.<key>] for each.")
        return {key: self._inner(f"[{name}.{key}]", values) for key, values in value.items()}

    def done(self) -> None:
        """Refuse what was not read: it is misspelt."""
        for name in sorted(self.values.keys() - self._read):
            wrong = "no such field is known."
            raise self.error(name[:80], wrong, "Correct its spelling or remove it.")

    def check(self, needed: Iterable[str], known: Iterable[str]) -> None:
        """Refuse a table that is kept as it is written: what is missing, misspelt or ill written.

        Args:
            needed: Fields that it must have.
            known: Fields that it may have.
        """
        for name in needed:
            if self.raw(name) in (None, ""):
                raise self.error(name, "it is missing.", f"Write {name} = ….")
        listed = tuple(known)
        self._read.update(listed)
        self.done()
        for name in listed:
            for text in _texts(self.values.get(name)):
                self._check_text(name, text)

    def _inner(self, place: str, values: Any) -> Table:
        found = Table(self.file, ", ".join(filter(None, (self.place, place))), values)
        if not isinstance(values, dict):
            raise found.error("", "it is no table.", "Write one table for each.")
        return found

    def _not_plain(self, name: str) -> OwnTextError:
        remedy = "Write it in quotes, without margins."
        return self.error(name, "it is not plain text.", remedy)

    def _check_text(self, name: str, text: str) -> None:
        if text != " ".join(text.split()):
            raise self._not_plain(name)
        for sentence in _SENTENCE_ENDS.split(text):
            words = len(sentence.split())
            if words > WORDS_MAX:
                wrong = f"a sentence has {words} words: “{sentence[:60]}…”."
                raise self.error(name, wrong, f"At most {WORDS_MAX} are read, so cut it.")


def _texts(value: Any) -> Iterator[str]:
    """Every text of a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
