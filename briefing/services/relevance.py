"""Who would attack a client, and why: the ranking, its sentences, and what stands beside it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from briefing.analysis.relevance import Listed, Sight, Terms, concerning, rank_by_history
from briefing.analysis.relevance_backtest import neighbours_of
from briefing.core.actor import ActorRow, Basis, SourceEntry
from briefing.core.client import Client
from briefing.core.errors import NotFoundError
from briefing.core.relevance import Ground, Reason, Relevance, RelevantActor
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import Tlp, highest
from briefing.core.wording import counted, listed
from briefing.services.relevance_beside import beside_score
from briefing.services.relevance_memory import Memory, read_memory
from briefing.services.relevance_words import Sentences
from briefing.store.actors import source_entries
from briefing.store.connection import KnowledgeFile
from briefing.store.dated_incidents import sources_behind

SHOWN: Final = 10
"""Actors that are explained unless more are asked for."""
HISTORY: Final[Ground] = "incident history"
CATALOGUE: Final[Ground] = "catalogue only"


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

    May be used on any thread.
    """

    def __init__(self, knowledge: KnowledgeFile) -> None:
        """Nothing is read yet."""
        self._knowledge = knowledge
        self._memory: Memory | None = None
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Read everything anew when next asked: the database has changed."""
        self._memory = None

    @property
    def memory(self) -> Memory:
        """What is known; read when first asked for.

        Raises:
            BriefingError: when the database cannot be read.
        """
        with self._lock:
            if self._memory is None:
                self._memory = read_memory(self._knowledge)
            return self._memory

    def rank(self, client: Client, *, today: date, limit: int = SHOWN) -> Relevance:
        """The actors that matter to a client, each with its reasons.

        What is marked above the client's ceiling neither counts nor is shown.

        Args:
            client: Whom it is for.
            today: The day as of which is ranked; incidents from that day on do not count.
            limit: How many actors are explained.

        Raises:
            BriefingError: when the database cannot be read.
        """
        ranking = _Ranking(self.memory, client, today)
        order = ranking.order
        chosen = order[:limit]
        beside = beside_score(self._knowledge.connection, self.memory, client)
        actors = tuple(ranking.explain(actor) for actor in chosen)
        writer = _Sources(self._knowledge, ranking)
        actors = tuple(writer.with_sources(found) for found in actors)
        supply_chain = tuple(writer.with_sources(found) for found in beside.supply_chain)
        bases = [reason.basis for found in (*actors, *supply_chain) for reason in found.reasons]
        bases += [found.basis for found in beside.technology]
        return Relevance(
            ground=ranking.ground,
            incidents=len(ranking.history),
            concerning=ranking.concerning,
            until=ranking.until,
            data_as_of=self.memory.data_as_of,
            of=len(self.memory.rows),
            actors=actors,
            supply_chain=supply_chain,
            technology=beside.technology,
            unmatched=beside.unmatched,
            missing=tuple(_missing(client, ranking)),
            sources=writer.entries(bases),
        )

    def explain(self, client: Client, actor: str, *, today: date) -> Explained:
        """Why an actor is where it is for a client, and what would change that.

        Args:
            client: Whom it is for.
            actor: The actor's id.
            today: As for ``rank``.

        Raises:
            NotFoundError: when there is no such actor.
        """
        if actor not in self.memory.rows:
            raise NotFoundError(f"There is no actor {actor} in this database.")
        ranking = _Ranking(self.memory, client, today)
        writer = _Sources(self._knowledge, ranking)
        found = writer.with_sources(ranking.explain(actor))
        order = ranking.order
        return Explained(
            found=found,
            rank=order.index(actor) + 1 if actor in order else 0,
            of=len(order),
            changes=tuple(_changes(self.memory.rows[actor], found, ranking)),
            sources=writer.entries(reason.basis for reason in found.reasons),
        )


class _Ranking:
    """One client's ranking, before its sources are looked up."""

    def __init__(self, memory: Memory, client: Client, today: date) -> None:
        self.memory = memory
        self.client = client
        own = frozenset(client.countries)
        self.sight = Sight(own, frozenset(client.sectors), neighbours_of(own, memory.subregions))
        self.history = [
            one
            for one in memory.history
            if one.tlp <= client.tlp and one.incident.day < today and one.incident.actors
        ]
        self.withheld = sum(one.tlp > client.tlp for one in memory.history)
        self.held = {one.incident.id: one for one in memory.history}
        incidents = [one.incident for one in memory.history if one.tlp <= client.tlp]
        self.concerning = concerning((one.incident for one in self.history), self.sight, today)
        self.until = max((one.incident.day.isoformat() for one in self.history), default="")
        self.ground: Ground = HISTORY if self.concerning else CATALOGUE
        self.sentences = Sentences(memory.labels, self.sight)
        self.terms: dict[str, Terms] = {}
        self.listed: dict[str, Listed] = {}
        self._basis: dict[tuple[str, str], list[TargetStatement]] = defaultdict(list)
        if self.ground == HISTORY:
            found = rank_by_history(incidents, self.sight, memory.sponsors, today)
            self.terms = {actor: terms for actor, terms in found.items() if actor in memory.rows}
        else:
            self._list()

    @property
    def order(self) -> list[str]:
        """Actors for which anything speaks: the highest score first, ties by name."""
        rows = self.memory.rows
        scores = {actor: _sum(_rounded(terms.points())) for actor, terms in self.terms.items()}
        as_of = self._as_of
        scores |= {actor: _sum(one.points(as_of)) for actor, one in self.listed.items()}
        found = [actor for actor, score in scores.items() if score > 0]
        found.sort(key=lambda actor: (-scores[actor], rows[actor].name.casefold(), actor))
        return found

    def explain(self, actor: str) -> RelevantActor:
        """An actor's terms as sentences; their bases hold statements and no sources yet."""
        row = self.memory.rows[actor]
        if actor in self.terms:
            reasons = self._told(self.terms[actor])
        elif actor in self.listed:
            reasons = self._stated(actor, self.listed[actor])
        else:
            reasons = ()
        return RelevantActor(row, _sum({r.term: r.points for r in reasons}), reasons)

    @property
    def _as_of(self) -> date:
        text = self.memory.data_as_of
        return date.fromisoformat(text) if text else date.max

    def _told(self, terms: Terms) -> tuple[Reason, ...]:
        write = self.sentences
        lean, active = terms.lean, terms.active
        texts = {
            "country": lambda: (write.country(terms.country.incidents), terms.country.incidents),
            "region": lambda: (write.region(terms.region.incidents), terms.region.incidents),
            "sector": lambda: (
                write.sector(terms.sector.incidents, self.sight.sectors),
                terms.sector.incidents,
            ),
            "active": lambda: (write.active(active), [active]) if active else ("", []),
            "sponsor": lambda: (write.sponsor(lean), list(lean.incidents)) if lean else ("", []),
        }
        reasons = []
        for term, points in _rounded(terms.points()).items():
            text, incidents = texts[term]()
            held = [self.held[one.id] for one in incidents]
            held.sort(key=lambda one: one.incident.day, reverse=True)
            basis = Basis(
                tuple(one.incident.id for one in held),
                tuple(dict.fromkeys(key for one in held for key in one.keys)),
                highest(one.tlp for one in held) if held else Tlp.CLEAR,
            )
            reasons.append(Reason(term, points, text, basis))
        return tuple(reasons)

    def _stated(self, actor: str, one: Listed) -> tuple[Reason, ...]:
        reasons = []
        for term, points in one.points(self._as_of).items():
            said = self._basis[(actor, term)]
            basis = Basis(
                tuple(dict.fromkeys(key for statement in said for key in statement.sources)),
                tuple(statement.key for statement in said),
                highest(statement.tlp for statement in said) if said else Tlp.CLEAR,
            )
            reasons.append(Reason(term, points, self.sentences.listed(term, one), basis))
        return tuple(reasons)

    def _list(self) -> None:
        """What catalogues state of each actor; what is marked above the ceiling is left out."""
        sight = self.sight
        for actor, statements in self.memory.stated.items():
            hit: dict[str, set[str]] = {"country": set(), "region": set(), "sector": set()}
            for one in statements:
                if one.tlp > self.client.tlp:
                    continue
                for term, codes in (
                    ("country", sight.countries if one.place else frozenset()),
                    ("region", sight.neighbours if one.place else frozenset()),
                    ("sector", frozenset() if one.place else sight.sectors),
                ):
                    if one.code in codes:
                        hit[term].add(one.code)
                        self._basis[(actor, term)].append(one)
            found = Listed(
                frozenset(hit["country"]),
                frozenset(hit["region"]),
                frozenset(hit["sector"]),
                self.memory.rows[actor].newest,
            )
            if found.points(self._as_of):
                self.listed[actor] = found


class _Sources:
    """Turns ids of incidents into the documents that tell of them."""

    def __init__(self, knowledge: KnowledgeFile, ranking: _Ranking) -> None:
        self._connection = knowledge.connection
        self._held = ranking.held

    def with_sources(self, found: RelevantActor) -> RelevantActor:
        """The same with the keys of documents and sources in its bases."""
        incidents = [
            self._held[key]
            for reason in found.reasons
            for key in reason.basis.sources
            if key in self._held
        ]
        behind = sources_behind(self._connection, (row for one in incidents for row in one.claims))
        reasons = []
        for reason in found.reasons:
            keys: dict[str, None] = {}
            for key in reason.basis.sources:
                if key in self._held:
                    for row in self._held[key].claims:
                        keys.update(dict.fromkeys(behind.get(row, ())))
                else:
                    keys[key] = None
            reasons.append(replace(reason, basis=replace(reason.basis, sources=tuple(keys))))
        return replace(found, reasons=tuple(reasons))

    def entries(self, bases: Iterable[Basis]) -> tuple[SourceEntry, ...]:
        """Every source that some bases name."""
        keys = dict.fromkeys(key for basis in bases for key in basis.sources)
        return tuple(source_entries(self._connection, dict.fromkeys(keys, 0)).values())


def _sum(points: Mapping[str, float]) -> float:
    return round(sum(points.values()), 2)


def _rounded(points: Mapping[str, float]) -> dict[str, float]:
    """Points to two places, so that what is printed adds up to the score that is printed."""
    return {term: max(round(value, 2), 0.01) for term, value in points.items()}


def _missing(client: Client, ranking: _Ranking) -> list[str]:
    found = []
    order = ranking.order
    if not client.countries and not client.sectors:
        found.append("No country and no sector is stated for this client: set them first.")
    elif not client.countries:
        found.append("No country is stated for this client, and countries matter most.")
    elif not client.sectors:
        found.append("No sector is stated for this client.")
    if not order and (client.countries or client.sectors):
        found.append(
            "Nobody matches: no source here names an actor that was seen in its countries, near"
            " them, or in its sectors. That is a gap of the sources, and no sign of safety."
        )
    elif len(order) < SHOWN and order:
        found.append(
            f"Only {counted(len(order), 'actor')} can be named. Import incidents (EuRepoC) or"
            " catalogues under Sources to know more."
        )
    if ranking.withheld:
        found.append(
            f"{counted(ranking.withheld, 'incident')} above {client.tlp.label} did not count."
        )
    return found


def _changes(row: ActorRow, found: RelevantActor, ranking: _Ranking) -> list[str]:
    """What would move an actor up, in sentences."""
    has = {reason.term for reason in found.reasons}
    places = listed(sorted(map(ranking.sentences.place, ranking.sight.countries)))
    sectors = listed(
        sorted(ranking.memory.labels.label("sector", code) for code in ranking.sight.sectors)
    )
    said = []
    if ranking.ground == CATALOGUE:
        if "country" not in has and places:
            said.append(f"No source here says that it targets {places}.")
        if "sector" not in has and sectors:
            said.append(f"No source here says that it targets {sectors}.")
        return said
    if "country" not in has and places:
        said.append(f"No dated incident in {places} is laid to it here; one would add 0.83 points.")
    if "sector" not in has and sectors:
        said.append(f"No dated incident in {sectors} is laid to it here; one would add 0.69.")
    if "active" not in has:
        said.append("None of its incidents here began within two years; one would add 1.30.")
    if row.id not in ranking.memory.sponsors:
        said.append("No single country is said to be behind it, so no sponsor can count.")
    return said
