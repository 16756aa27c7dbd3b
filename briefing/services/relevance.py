"""Who would attack a client, and why: the ranking, its sentences, and what stands beside it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from briefing.core.actor import Basis, SourceEntry
from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.core.relevance import Relevance, RelevantActor
from briefing.core.tlp import Tlp
from briefing.services.relevance_beside import beside_score
from briefing.services.relevance_gaps import changes, missing
from briefing.services.relevance_memory import Memory, read_memory
from briefing.services.relevance_ranking import Ranking
from briefing.store.actors import source_entries
from briefing.store.connection import KnowledgeFile
from briefing.store.guarded import highest_level

SHOWN: Final = 10
"""Actors that are explained unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why an actor stands where it stands for a client, or why it is not there at all.

    Attributes:
        found: The actor with its terms; no reasons and 0 points where nothing speaks for it.
        rank: Its place, from 1; 0 where nothing speaks for it.
        of: How many actors have a place.
        changes: Sentences about what would change it.
        sources: Every source that the reasons name.
    """

    found: RelevantActor
    rank: int
    of: int
    changes: tuple[str, ...]
    sources: tuple[SourceEntry, ...]


class RelevanceDesk:
    """Ranks actors for clients; what it has read is kept until ``forget``.

    For each audience it reads what that audience may see, so nothing above a client's ceiling is in
    a score, a sentence or a list. May be used on any thread.
    """

    def __init__(self, knowledge: KnowledgeFile) -> None:
        """Nothing is read yet."""
        self._knowledge = knowledge
        self._memories: dict[Tlp, Memory] = {}
        self._highest: Tlp | None = None
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Read everything anew when next asked: the database has changed."""
        with self._lock:
            self._memories = {}
            self._highest = None

    @property
    def memory(self) -> Memory:
        """Everything that is known; read when first asked for.

        Raises:
            BriefingError: when the database cannot be read.
        """
        return self._memory_for(Tlp.RED)

    def rank(self, client: Client, *, today: date, limit: int = SHOWN) -> Relevance:
        """The actors that matter to a client, each with its reasons.

        What is marked above the client's ceiling neither counts nor is shown; ``missing`` says how
        much that is.

        Args:
            client: Whom it is for.
            today: The day as of which is ranked; incidents from that day on do not count.
            limit: How many actors are explained.

        Raises:
            BriefingError: when the database cannot be read.
        """
        memory = self._memory_for(client.tlp)
        ranking = Ranking(memory, client, today)
        whole = self._whole(ranking)
        actors = tuple(ranking.explain(actor) for actor in list(ranking.scores)[:limit])
        beside = beside_score(self._knowledge, memory, client, today)
        bases = [
            reason.basis for found in (*actors, *beside.supply_chain) for reason in found.reasons
        ]
        bases += [found.basis for found in beside.technology]
        return Relevance(
            ground=ranking.ground,
            incidents=len(ranking.history),
            concerning=ranking.concerning,
            until=ranking.newest.isoformat() if ranking.newest else "",
            data_as_of=memory.data_as_of,
            of=len(memory.rows),
            actors=actors,
            supply_chain=beside.supply_chain,
            technology=beside.technology,
            unmatched=beside.unmatched,
            missing=missing(ranking, whole),
            sources=self._entries(bases),
            supply_chain_of=beside.supply_chain_of,
            technology_of=beside.technology_of,
        )

    def explain(self, client: Client, actor: str, *, today: date) -> Explained:
        """Why an actor is where it is for a client, and what would change that.

        Args:
            client: Whom it is for.
            actor: The actor's id.
            today: As for ``rank``.

        Raises:
            NotFoundError: when there is no such actor, or none that its audience may see.
        """
        memory = self._memory_for(client.tlp)
        if actor not in memory.rows:
            raise NotFoundError(
                f"There is no actor {actor} in what an audience up to {client.tlp.label} may see."
            )
        ranking = Ranking(memory, client, today)
        found = ranking.explain(actor)
        order = list(ranking.scores)
        return Explained(
            found=found,
            rank=order.index(actor) + 1 if actor in ranking.scores else 0,
            of=len(order),
            changes=changes(ranking, found),
            sources=self._entries(reason.basis for reason in found.reasons),
        )

    def _memory_for(self, ceiling: Tlp) -> Memory:
        with self._lock:
            if self._highest is None:
                self._highest = highest_level(self._knowledge.connection)
            # An audience that may see everything shares what everybody is shown.
            level = Tlp.RED if ceiling >= self._highest else ceiling
            if level not in self._memories:
                self._memories[level] = read_memory(self._knowledge, level)
            return self._memories[level]

    def _whole(self, ranking: Ranking) -> Ranking:
        """The ranking, were nothing withheld."""
        memory = self.memory
        if memory is ranking.memory:
            return ranking
        return Ranking(memory, ranking.client, ranking.today)

    def _entries(self, bases: Iterable[Basis]) -> tuple[SourceEntry, ...]:
        """Every source that some bases name."""
        keys = dict.fromkeys((key for basis in bases for key in basis.sources), 0)
        return tuple(source_entries(self._knowledge.connection, keys).values())
