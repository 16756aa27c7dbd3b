"""One table of a file of ``data/incidents`` or ``data/advisories``: its fields and faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from briefing.core.case_stix import CLASSES
from briefing.core.errors import BriefingError
from briefing.core.profile import WORDS_MAX, parse_partial_date

NEEDED = {
    "incident": (
        *("slug", "name", "description", "types", "sectors", "countries"),
        *("recorded", "tlp", "documents"),
    ),
    "claim": (
        *("key", "text", "claimant", "by", "accused", "date", "status"),
        *("reliability", "credibility", "origin", "documents"),
    ),
    "evidence": (
        *("key", "text", "kind", "vertex", "level", "reliability", "credibility"),
        *("relevance", "origin", "documents"),
    ),
    "hypothesis": ("key", "text", "short", "supposes", "cells"),
    "assessment": (
        *("key", "hypothesis", "text", "likelihood", "confidence", "basis", "date"),
        *("gaps", "assumptions"),
    ),
    "opinion": ("key", "assessment", "author", "stance", "text", "date"),
    "document": ("title", "publisher", "url"),
    "file": ("recorded", "tlp", "credibility"),
    "advisory": ("id", "kind", "issuers", "url"),
    "step": ("text",),
}
"""Fields that an entry must have."""
_FOR_US = frozenset(
    ("id", "created", "modified", "author", "tlp", "place", "withdrawn", "source", "incident")
)
"""Fields of a row that nobody writes into an entry."""
_DATED = ("first_seen", "last_seen", "disclosed", "date", "observed", "published", "updated")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”\u2019)]*\s+")


class IncidentFileError(BriefingError):
    """A file that breaks the form: which file, which entry, what is wrong, what to write."""

    def __init__(self, file: str, entry: str, wrong: str, remedy: str = "") -> None:
        """Say it in one sentence; the entry is also the detail."""
        super().__init__(f"{file}, {entry}: {wrong}", detail=entry, remedy=remedy)


def fields_of(kind: str) -> tuple[str, ...]:
    """Fields that an entry may have."""
    own = [f.name for f in fields(CLASSES[kind]) if f.name not in _FOR_US]
    return tuple(dict.fromkeys((*NEEDED[kind], *own)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of the file, with the words by which a person finds it."""

    file: str
    kind: str
    place: str
    values: Mapping[str, Any]

    def error(self, wrong: str, remedy: str = "") -> IncidentFileError:
        """The error to raise about this entry."""
        return IncidentFileError(self.file, self.place, wrong, remedy)

    def check(self, known: Sequence[str]) -> None:
        """Refuse fields that are missing or unknown, and texts that are not fit to be read."""
        for field in NEEDED[self.kind]:
            if self.values.get(field) in (None, ""):
                raise self.error(f"“{field}” is missing.", f"Write {field} = … in this entry.")
        for field, value in self.values.items():
            if field not in known:
                raise self.error(
                    f"no field is called “{field[:80]}”.",
                    "Correct its spelling or remove it; known are: " + ", ".join(known) + ".",
                )
            for text in _texts(value):
                self._check_text(field, text)

    def text(self, field: str) -> str:
        """A text; "" where the field is not there."""
        value = self.values.get(field, "")
        if not isinstance(value, str):
            raise self.error(f"“{field}” is no text.", "Write it in quotes.")
        return value

    def listed(self, field: str) -> list[str]:
        """Texts, none of them twice; none where the field is not there."""
        value = self.values.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.error(f"“{field}” is no list of texts.", f'Write {field} = ["…"].')
        for one in value:
            if value.count(one) > 1:
                raise self.error(f"“{one[:80]}” is twice in “{field}”.", "Take one away.")
        return value

    def each(self, field: str, fits: Callable[[str], object], remedy: str) -> None:
        """Refuse what does not fit among the entries of a list."""
        for one in self.listed(field):
            if not fits(one):
                raise self.error(f"“{one[:80]}” in “{field}” is not known.", remedy)

    def check_dates(self, until: str) -> None:
        """Refuse what is no date, and what lies after the day on which the file was recorded."""
        for field in _DATED:
            day = self.text(field)
            try:
                parse_partial_date(day)
            except ValueError as error:
                raise self.error(f"“{field}”: {error}") from error
            if day > until[: len(day)]:
                raise self.error(
                    f"“{field}” is {day}, after the file was recorded ({until}).",
                    "Correct the date, or record the file anew.",
                )

    def _check_text(self, field: str, text: str) -> None:
        if text != " ".join(text.split()):
            raise self.error(f"“{field}” is not one line without margins.", "Write it in one line.")
        if "\N{EM DASH}" in text:
            remedy = "Write a comma, a colon or two sentences."
            raise self.error(f"“{field}” holds an em dash.", remedy)
        for sentence in _SENTENCE_ENDS.split(text):
            words = len(sentence.split())
            if words > WORDS_MAX:
                raise self.error(
                    f"a sentence in “{field}” has {words} words: “{sentence[:60]}…”.",
                    f"At most {WORDS_MAX} are read, so cut it.",
                )


def _texts(value: Any) -> Iterator[str]:
    """Every text of a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
