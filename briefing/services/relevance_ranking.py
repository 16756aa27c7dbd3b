"""One client's ranking: scores, and each of their terms as a sentence with its basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from briefing.analysis.relevance import (
    DatedIncident,
    Listed,
    Sight,
    Terms,
    concerning,
    rank_by_history,
    total,
)
from briefing.analysis.relevance_backtest import neighbours_of
from briefing.core.actor import Basis
from briefing.core.client import Client
from briefing.core.relevance import Ground, Reason, RelevantActor
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import highest
from briefing.services.relevance_memory import Memory
from briefing.services.relevance_words import Sentences
from briefing.store.dated_incidents import HeldIncident, basis_of

HISTORY: Final[Ground] = "incident history"
CATALOGUE: Final[Ground] = "catalogue only"


class Ranking:
    """The actors of a memory, ranked for a client.

    Attributes:
        memory: What the client's audience may know.
        client: Whom it is for.
        today: The day as of which is ranked; incidents from that day on do not count.
        sight: Where and what the client is.
        history: Incidents before that day that are laid to an actor.
        concerning: How many of them hit the client's countries or sectors.
        newest: Day of the newest of them, or None.
        ground: What the score rests on.
    """

    def __init__(self, memory: Memory, client: Client, today: date) -> None:
        """Rank everybody; sentences are written when they are asked for."""
        self.memory, self.client, self.today = memory, client, today
        own = frozenset(client.countries)
        self.sight = Sight(own, frozenset(client.sectors), neighbours_of(own, memory.subregions))
        before = {one.incident.id: one for one in memory.history if one.incident.day < today}
        self.history = tuple(one for one in before.values() if one.incident.actors)
        self.concerning = concerning((one.incident for one in self.history), self.sight, today)
        self.newest = max((one.incident.day for one in self.history), default=None)
        self.ground: Ground = HISTORY if self.concerning else CATALOGUE
        self.sentences = Sentences(memory.labels, self.sight)
        self._held: Mapping[str, HeldIncident] = before
        self._terms: Mapping[str, Terms] = {}
        self._listed: Mapping[str, Listed] = {}
        if self.ground == HISTORY:
            self._terms = rank_by_history(
                [one.incident for one in before.values()],
                self.sight,
                {actor: sponsor.country for actor, sponsor in memory.sponsors.items()},
                today,
            )
        else:
            self._listed = {
                actor: self._stated_of(actor, said) for actor, said in memory.stated.items()
            }

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """Actor → score, for those for which anything speaks: the highest first, ties by name."""
        rows = self.memory.rows
        found = [(actor, terms.score) for actor, terms in self._terms.items()]
        found += [
            (actor, total(one.points(self._as_of).values())) for actor, one in self._listed.items()
        ]
        found = [(actor, score) for actor, score in found if score > 0 and actor in rows]
        found.sort(key=lambda item: (-item[1], rows[item[0]].name.casefold(), item[0]))
        return dict(found)

    @cached_property
    def tied(self) -> int:
        """For how many actors more speaks than that they were active, which holds anywhere."""
        by_history = sum(
            actor in self.scores and terms.points().keys() != {"active"}
            for actor, terms in self._terms.items()
        )
        return by_history if self.ground == HISTORY else len(self.scores)

    def explain(self, actor: str) -> RelevantActor:
        """An actor's score, each term with its sentence; no reason where nothing speaks for it."""
        reasons: tuple[Reason, ...] = ()
        if actor in self._terms:
            reasons = self._told(actor, self._terms[actor])
        elif actor in self._listed:
            reasons = self._stated(actor, self._listed[actor])
        return RelevantActor(
            self.memory.rows[actor], total(reason.points for reason in reasons), reasons
        )

    def terms_of(self, actor: str) -> Terms | None:
        """What dated incidents say for an actor; None where they rank nobody, or say nothing."""
        return self._terms.get(actor)

    def listed_of(self, actor: str) -> Listed | None:
        """What catalogues say for an actor; None where incidents rank, or nothing is said."""
        return self._listed.get(actor)

    def counts_for(self, incident: DatedIncident) -> bool:
        """Whether an incident is one that this client's ranking counts: where, near it, or what."""
        sight = self.sight
        places = sight.countries | sight.neighbours
        return bool(
            incident.actors
            and incident.day < self.today
            and (places & incident.countries or sight.sectors & incident.sectors)
        )

    def counted_statements(self, actor: str, term: str) -> tuple[TargetStatement, ...]:
        """What catalogues say of an actor that a term of the catalogue-only score counts."""
        place = term != "sector"
        codes = {
            "country": self.sight.countries,
            "region": self.sight.neighbours,
            "sector": self.sight.sectors,
        }.get(term, frozenset())
        said = self.memory.stated.get(actor, ())
        return tuple(one for one in said if one.place == place and one.code in codes)

    @property
    def _as_of(self) -> date:
        text = self.memory.data_as_of
        return date.fromisoformat(text) if text else self.today

    def _told(self, actor: str, terms: Terms) -> tuple[Reason, ...]:
        return tuple(
            Reason(term, points, *self._said(actor, term, terms))
            for term, points in terms.points().items()
        )

    def _said(self, actor: str, term: str, terms: Terms) -> tuple[str, Basis]:
        """The sentence of a term, and on what it rests."""
        write, sight = self.sentences, self.sight
        if term == "active" and terms.active is not None:
            return write.active(terms.active), self._basis([terms.active], actor, frozenset())
        if term == "sponsor" and terms.lean is not None:
            behind = self.memory.sponsors[actor].basis
            told = self._basis(terms.lean.incidents, "", sight.countries)
            return write.sponsor(terms.lean), Basis(
                tuple(dict.fromkeys((*told.sources, *behind.sources))),
                tuple(dict.fromkeys((*told.statements, *behind.statements))),
                max(told.tlp, behind.tlp),
            )
        seen, codes, sentence = {
            "country": (terms.country, sight.countries, write.country),
            "region": (terms.region, sight.neighbours, write.region),
            "sector": (terms.sector, sight.sectors, write.sector),
        }[term]
        return sentence(seen.incidents), self._basis(seen.incidents, actor, codes)

    def _basis(
        self, incidents: Iterable[DatedIncident], actor: str, codes: frozenset[str]
    ) -> Basis:
        newest = sorted(incidents, key=lambda one: (one.day, one.id), reverse=True)
        return basis_of((self._held[one.id] for one in newest), actor=actor, codes=codes)

    def _stated_of(self, actor: str, said: tuple[TargetStatement, ...]) -> Listed:
        hit: defaultdict[bool, set[str]] = defaultdict(set)
        for one in said:
            hit[one.place].add(one.code)
        row = self.memory.rows[actor]
        return Listed(
            self.sight.countries & hit[True],
            self.sight.neighbours & hit[True],
            self.sight.sectors & hit[False],
            row.newest,
        )

    def _stated(self, actor: str, one: Listed) -> tuple[Reason, ...]:
        return tuple(
            Reason(term, points, self.sentences.listed(term, one), self._stated_basis(actor, term))
            for term, points in one.points(self._as_of).items()
        )

    def _stated_basis(self, actor: str, term: str) -> Basis:
        """What is stated; that somebody is written about rests on everything stated of it here."""
        said = self.counted_statements(actor, term) or self.memory.stated[actor]
        return Basis(
            tuple(dict.fromkeys(key for one in said for key in one.sources)),
            tuple(dict.fromkeys(one.key for one in said)),
            highest(one.tlp for one in said),
        )
