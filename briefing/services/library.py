"""What an open database answers to the window: actors, profiles, words, search, numbers."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from briefing.core.actor import ActorProfile, ActorRow
from briefing.core.entity import Entity
from briefing.core.glossary import Glossary
from briefing.core.history import StatementChange
from briefing.core.search import SearchHit
from briefing.services.glossary import read_glossary
from briefing.services.inspect_database import DatabaseInfo, data_as_of, describe_database
from briefing.store.actor_changes import changes_since, last_import
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.entities import open_entity
from briefing.store.labels import Labels, read_labels
from briefing.store.overview import source_summaries
from briefing.store.profiles import open_profile

PROFILES_KEPT = 32
"""Profiles kept in memory: enough for going back and forth, small beside the window."""


class Library:
    """Reads of one knowledge database, with what every screen needs kept at hand.

    Used on the window's thread; a job opens its own connection through ``knowledge``.

    Attributes:
        knowledge: The file that is read.
    """

    def __init__(self, knowledge: KnowledgeFile) -> None:
        """Nothing is read yet."""
        self.knowledge = knowledge
        self._profiles: dict[str, ActorProfile] = {}

    @cached_property
    def labels(self) -> Labels:
        """Words of every code."""
        return read_labels(self.knowledge.connection)

    @cached_property
    def actors(self) -> tuple[ActorRow, ...]:
        """Every actor, those with a profile of our own first."""
        return list_actors(self.knowledge.connection)

    @cached_property
    def glossary(self) -> Glossary:
        """The terms that texts may hold, and what they mean."""
        return read_glossary(self.knowledge)

    @cached_property
    def data_as_of(self) -> date | None:
        """Day of the newest catalogue or feed; None where nothing has been taken in yet."""
        day = data_as_of(source_summaries(self.knowledge.connection))
        return date.fromisoformat(day) if day else None

    def profile(self, actor: str) -> ActorProfile:
        """Everything said about an actor.

        Raises:
            NotFoundError: when there is no such actor.
        """
        if actor not in self._profiles:
            if len(self._profiles) >= PROFILES_KEPT:
                del self._profiles[next(iter(self._profiles))]
            self._profiles[actor] = open_profile(self.knowledge.connection, self.labels, actor)
        return self._profiles[actor]

    @property
    def last_import(self) -> str:
        """When a source was last taken in again, ISO 8601; "" where none ever was."""
        return last_import(self.knowledge.connection)

    def changes_since(self, actor: str, since: str) -> tuple[StatementChange, ...]:
        """What changed for an actor from a day or moment on, newest first."""
        return changes_since(self.knowledge.connection, self.labels, actor, since)

    def entity(self, entity: str) -> Entity:
        """The page of a technique, a piece of software or a mitigation.

        Raises:
            NotFoundError: when there is no such thing here.
        """
        return open_entity(self.knowledge.connection, self.labels, entity)

    def search(self, text: str) -> tuple[SearchHit, ...]:
        """Best hits for what was typed so far; never an error."""
        # lazy: 0.1 s of help pages and fuzzy matching; ``warm`` loads them once the window stands.
        from briefing.services.search_everything import (  # noqa: PLC0415 - start time
            search_everything,
        )

        return search_everything(self.knowledge, text)

    def warm(self) -> None:
        """Load what the first keystroke in the search field needs."""
        self.search("fancy bera")

    def describe(self) -> DatabaseInfo:
        """The database in numbers, with its sources and their licences."""
        return describe_database(self.knowledge)

    def forget(self) -> None:
        """Read everything anew: the database has changed."""
        self._profiles.clear()
        kept: dict[str, Any] = self.__dict__
        for name in ("labels", "actors", "glossary", "data_as_of"):
            kept.pop(name, None)
