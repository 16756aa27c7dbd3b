"""Source marks: what is cited is collected in the order in which a reader meets it.

A recipe makes its texts through one ``Marks``; afterwards ``sources`` holds exactly what was cited,
so that a source's number is its place there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypedDict

from briefing.core.actor import Basis, SourceEntry
from briefing.core.brief import BriefSource, Inline, Mark, Span, Text
from briefing.core.tlp import Tlp
from briefing.core.wording import curly
from briefing.services.recipes.ceiling import held
from briefing.services.recipes.origins import short_name, what_it_rests_on


class Held(TypedDict):
    """What every asserting block carries, ready to be passed on: ``Facts(rows, **held)``."""

    statements: tuple[int, ...]
    tlp: Tlp


class Marks:
    """Collects the sources of one briefing.

    Statements and sources that it was not given are not cited: an unknown key has no entry.
    """

    def __init__(
        self,
        entries: Iterable[SourceEntry],
        levels: Mapping[int, Tlp],
        least: Tlp = Tlp.CLEAR,
    ) -> None:
        """Collect nothing yet.

        Args:
            entries: The sources that may be cited.
            levels: Statement key to its level.
            least: No block is below this level: that of the one whom all of them are about.
        """
        self._entries = {entry.key: entry for entry in entries}
        self._levels = levels
        self._least = least
        self._cited: dict[str, None] = {}

    @property
    def least(self) -> Tlp:
        """The level below which no block is."""
        return self._least

    def mark(self, *bases: Basis, most: int = 0) -> tuple[Mark, ...]:
        """The mark for what these rest on, or nothing where no listed source stands behind it.

        Args:
            bases: What the words rest on.
            most: At most so many sources, the first ones; 0 takes all.
        """
        keys = dict.fromkeys(key for basis in bases for key in basis.sources)
        known = [key for key in keys if key in self._entries]
        if most:
            known = known[:most]
        self._cited.update(dict.fromkeys(known))
        # In the order of their numbers, as a reader expects them.
        known.sort(key=list(self._cited).index)
        return (Mark(tuple(known)),) if known else ()

    def text(self, words: str, *bases: Basis, most: int = 0) -> Text:
        """Words of ours and the mark behind them."""
        return (Span(curly(words)), *self.mark(*bases, most=most))

    def texts(self, sentences: Iterable[tuple[str, Basis]], most: int = 0) -> Text:
        """Sentences one after another, each with its own mark."""
        made: list[Inline] = []
        for words, basis in sentences:
            if made:
                made.append(Span(" "))
            made += self.text(words, basis, most=most)
        return tuple(made)

    def held(self, *bases: Basis) -> Held:
        """Statements and level of a block that rests on these."""
        keys = tuple(dict.fromkeys(key for basis in bases for key in basis.statements))
        return {"statements": keys, "tlp": max(held(keys, self._levels), self._least)}

    @property
    def cited(self) -> tuple[SourceEntry, ...]:
        """What was cited so far, in the order of its numbers."""
        return tuple(self._entries[key] for key in self._cited)

    def sources(self) -> tuple[BriefSource, ...]:
        """What was cited so far, as the appendix lists it."""
        return tuple(_brief_source(entry) for entry in self.cited)


def marks_in(value: Any) -> Iterator[str]:
    """Keys of the sources marked anywhere in a block, a section or a text, in print order."""
    if isinstance(value, Mark):
        yield from value.sources
    elif isinstance(value, tuple):
        for item in value:
            yield from marks_in(item)
    elif is_dataclass(value) and not isinstance(value, Span):
        for part in fields(value):
            # The keys of statements are many, and no marks.
            if part.name != "statements":
                yield from marks_in(getattr(value, part.name))


def _brief_source(entry: SourceEntry) -> BriefSource:
    return BriefSource(
        key=entry.key,
        title=curly(entry.title or _address(entry.url)),
        publisher=entry.publisher,
        url=entry.url,
        published=entry.published,
        grade=entry.grade,
        rests_on=what_it_rests_on(entry),
        short=short_name(entry),
    )


def _address(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url) or "Untitled"
