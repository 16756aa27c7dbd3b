"""The list of sources: where marks lead, and the way back to what cites each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from briefing.core.brief import Brief, BriefSource, Mark, Part, Span, Text
from briefing.core.dates import short_date
from briefing.exports.html_case import grade
from briefing.exports.html_markup import element, text
from briefing.exports.html_table import Head, table
from briefing.exports.html_tables import under
from briefing.exports.html_words import (
    Words,
    mark_anchor,
    outward,
    section_anchor,
    source_anchor,
)
from briefing.exports.links import safe_href, shown_address

_HEADS = (
    Head("#", width=4),
    Head("Title, publisher, address", width=48, kind="bare"),
    Head("Date", kind="nowrap", width=13),
    Head("Grade", kind="nowrap", width=9),
    Head("Cited in", width=26, kind="cited"),
)


class Sources:
    """The sources of one brief, with the sections that cite each.

    Attributes:
        listed: Whether the full list has been written; marks lead to the first.
    """

    def __init__(self, brief: Brief) -> None:
        """Look up what cites what."""
        self.listed = False
        self._brief = brief
        self._cited: dict[str, dict[str, str]] = {}
        for number, part in enumerate(brief.parts, start=1):
            for place, section in enumerate(part.sections, start=1):
                for key in _marks(section):
                    anchor = section_anchor(number, place)
                    self._cited.setdefault(key, {}).setdefault(anchor, section.title)

    def short(self, part: Part, note: Text, words: Words) -> str:
        """The sources of a part in a line, by their short names; all where none is marked."""
        marked = set(_marks(part))
        rows = [
            element("li", words.linked(number), text(f" {words.named(number)}"))
            for number, source in enumerate(self._brief.sources, start=1)
            if source.key in marked or not marked
        ]
        return element("div", element("ul", *rows, class_="short"), under(note, words))

    def full(self, note: Text, words: Words) -> str:
        """Every source with all that is known of it."""
        numbered = list(enumerate(self._brief.sources, start=1))
        rows = [self._row(number, source) for number, source in numbered]
        ids = [] if self.listed else [source_anchor(number) for number, _ in numbered]
        self.listed = True
        drawn = table(_HEADS, rows, kind="sources", ids=ids)
        return element("div", drawn, under(note, words))

    def _row(self, number: int, source: BriefSource) -> list[str]:
        about = element("span", text(source.title or "Untitled"), class_="title")
        below = text(source.publisher)
        if source.url:
            address = _address(source.url)
            below = f"{below}{text(' · ')}{address}" if below else address
        lines = [about, element("span", below, class_="below") if below else ""]
        if source.rests_on:
            lines.append(element("span", text(source.rests_on), class_="below warn"))
        back = [
            element("a", text(title or "a section"), href=f"#{mark_anchor(number, anchor)}")
            for anchor, title in self._cited.get(source.key, {}).items()
        ]
        return [
            text(f"{number}"),
            "".join(lines),
            text(short_date(source.published) or "\N{EN DASH}"),
            grade(source.grade),
            element("span", text(", ").join(back), class_="note") if back else text("\N{EN DASH}"),
        ]


def _address(url: str) -> str:
    shown = shown_address(url) if safe_href(url) else url
    return element("span", outward(shown, url), class_="address")


def _marks(value: Any) -> Iterator[str]:
    """Keys of the sources marked anywhere in a value, in print order."""
    if isinstance(value, Mark):
        yield from value.sources
    elif isinstance(value, tuple):
        for item in value:
            yield from _marks(item)
    elif is_dataclass(value) and not isinstance(value, Span):
        for part in fields(value):
            if part.name not in _UNMARKED:
                yield from _marks(getattr(value, part.name))


_UNMARKED = ("statements", "questions")
"""Fields in which no mark is printed."""
