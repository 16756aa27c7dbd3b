"""Composes briefings for the preview, and remembers the last few as they were without notes.

A note changes nothing that is read from the database. While one is being typed, the briefing it
stands in is composed once and not at every letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from briefing.core.brief import Brief
from briefing.core.world import World
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.noted import compose_noted
from briefing.store.connection import KnowledgeFile

MOST_KEPT = 4
"""Briefings that are remembered: the one shown, with less on its first page for the sake of notes,
and what either was before."""


class Composer:
    """Used by workers, two at a time at most.

    Attributes:
        knowledge: The open database.
    """

    def __init__(self, knowledge: KnowledgeFile, world: Callable[[], World]) -> None:
        """``world`` gives the shapes of the map; it is asked once."""
        self.knowledge = knowledge
        self._world = lru_cache(maxsize=1)(world)
        # Replaced as a whole, so that two workers may look at it without waiting for one another.
        self._kept: tuple[tuple[BriefRequest, Brief], ...] = ()

    def forget(self) -> None:
        """Remember nothing: the database says something else now."""
        self._kept = ()

    def compose(self, request: BriefRequest) -> Brief:
        """The briefing that is asked for.

        Raises:
            BriefingError: when it cannot be composed; see ``compose_brief``.
        """
        if not request.notes:
            return self._plain(request)
        return compose_noted(self._plain, request)

    def _plain(self, request: BriefRequest) -> Brief:
        """Without notes."""
        asked = replace(request, notes=(), notes_tlp=None)
        kept = self._kept
        brief = next((brief for known, brief in kept if known == asked), None)
        if brief is None:
            brief = compose_brief(self.knowledge, asked, self._world())
            self._kept = ((asked, brief), *kept)[:MOST_KEPT]
        return brief
