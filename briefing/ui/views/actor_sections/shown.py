"""A profile with what every section needs to print it: numbers and titles of its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.core.actor import ActorProfile, Basis, Said, SourceEntry
from briefing.core.brief import Inline, Mark, Span, Style, Text
from briefing.core.wording import curly
from briefing.ui.widgets.prose_rows import SOURCES

NOT_STATED = "not stated"
_LINE = "\n"
_MOST_MARKS = 3
_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What sections are given.

    Attributes:
        profile: The actor.
        numbers: Printed number of each source by its key.
        titles: What a mark says under the mouse, by the source's key.
    """

    profile: ActorProfile
    numbers: Mapping[str, int]
    titles: Mapping[str, str]

    def marks(self, *bases: Basis) -> tuple[tuple[str, int], ...]:
        """Key and printed number of every source that some things rest on, in their order."""
        keys = dict.fromkeys(key for basis in bases for key in basis.sources)
        found = ((key, self.numbers[key]) for key in keys if key in self.numbers)
        return tuple(sorted(found, key=lambda mark: mark[1]))

    def mark(self, *bases: Basis) -> Text:
        """The same as source marks for running text: the first ones, and how many more.

        Nothing where no source is listed.
        """
        keys = tuple(key for key, _ in self.marks(*bases))
        if len(keys) <= _MOST_MARKS + 1:
            return (Mark(keys),) if keys else ()
        rest = Span(f"+{len(keys) - _MOST_MARKS}", href=f"{SOURCES}{_LINE.join(keys)}")
        return (Mark(keys[:_MOST_MARKS]), rest)

    def said(self, things: Iterable[Said]) -> Text:
        """Sentences of ours one after another, each with its marks."""
        text: list[Inline] = []
        for thing in things:
            words = curly(thing.text)
            text += [Span(f" {words}" if text else words), *self.mark(thing.basis)]
        return tuple(text)


def shown(profile: ActorProfile) -> Shown:
    """Number the sources of a profile."""
    titles = {entry.key: source_words(entry) for entry in profile.sources}
    return Shown(profile, profile.numbers(), titles)


def source_words(entry: SourceEntry) -> str:
    """A source in one line: title, publisher, date, grade in words."""
    parts = (
        entry.title or entry.url,
        entry.publisher if entry.publisher not in entry.title else "",
        date_words(entry.published),
        f"grade {entry.grade.code}: {entry.grade.words[:1].lower()}{entry.grade.words[1:]}",
    )
    return " · ".join(part for part in parts if part)


def date_words(date: str) -> str:
    """An ISO 8601 date, to the year, month or day, as read in a sentence: ``4 Oct 2018``."""
    year, month, day = _parts(date)
    return " ".join(part for part in (day, month, year) if part)


def date_column(date: str) -> str:
    """The same as it stands in a column: ``2018 Oct 4``; "–" where there is none."""
    return " ".join(part for part in _parts(date) if part) or "\N{EN DASH}"


def strong(text: str) -> Span:
    """Words that stand out."""
    return Span(text, Style.STRONG)


def spread(texts: Iterable[Text], joiner: str = ", ") -> Text:
    """Texts one after another with something between them."""
    joined: list[Inline] = []
    for text in texts:
        joined += [Span(joiner), *text] if joined else text
    return tuple(joined)


def _parts(date: str) -> tuple[str, str, str]:
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month.isdigit() or not 1 <= int(month) <= len(_MONTHS):
        return year, "", ""
    return year, _MONTHS[int(month) - 1], str(int(day)) if day.isdigit() else ""
