"""Terms that a reader meets in a briefing, and what they mean in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.profile import ProfileSource


@dataclass(frozen=True, slots=True)
class Term:
    """One entry.

    Attributes:
        term: As it is written in a briefing.
        meaning: One or two sentences.
        also: Other words for it, by which it is found too.
        sources: Where it is defined or used in this sense.
    """

    term: str
    meaning: str
    also: tuple[str, ...]
    sources: tuple[ProfileSource, ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that belong together; ``key`` is what a place names."""

    key: str
    title: str
    terms: tuple[Term, ...]
