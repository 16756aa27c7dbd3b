"""Beside the score, and not validated: through those a client serves, and through what it runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from briefing.analysis.relevance import seen_weight
from briefing.core.actor import ActorRow, Basis
from briefing.core.client import Client
from briefing.core.relevance import Reason, RelevantActor, RelevantVulnerability
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import Tlp, highest
from briefing.core.wording import inside, listed
from briefing.services.relevance_memory import Memory
from briefing.services.relevance_words import how_many
from briefing.store.ceilings import open_below
from briefing.store.connection import KnowledgeFile
from briefing.store.dated_incidents import HeldIncident, basis_of
from briefing.store.exposure import Affected, TechniqueUses, attacked_in, named_products

SHOWN: Final = 5
MOST_VULNERABILITIES: Final = 12
PROVIDERS: Final = frozenset(("technology",))
"""The sector of managed service providers."""
_UNDATED: Final = 0.25
"""What an undated statement weighs beside an incident of today; only the order hangs on it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The two lists.

    Attributes:
        supply_chain: The first actors.
        supply_chain_of: How many there are.
        technology: The first vulnerabilities.
        technology_of: How many there are.
        unmatched: The client's technology of which nothing is known here.
    """

    supply_chain: tuple[RelevantActor, ...]
    supply_chain_of: int
    technology: tuple[RelevantVulnerability, ...]
    technology_of: int
    unmatched: tuple[str, ...]


def beside_score(knowledge: KnowledgeFile, memory: Memory, client: Client, today: date) -> Beside:
    """Both lists for a client.

    Args:
        knowledge: The database.
        memory: What its audience may know of it.
        client: Whom it is for.
        today: Only incidents before this day count.
    """
    chain, of = _supply_chain(memory, client, today)
    found, unmatched = _attacked(knowledge, memory, client.technology)
    return Beside(
        chain,
        of,
        tuple(_vulnerability(one, memory.rows) for one in found[:MOST_VULNERABILITIES]),
        len(found),
        unmatched,
    )


def _attacked(
    knowledge: KnowledgeFile, memory: Memory, technology: tuple[str, ...]
) -> tuple[tuple[Affected, ...], tuple[str, ...]]:
    if not technology:
        return (), ()
    reader = None if memory.ceiling is Tlp.RED else open_below(knowledge.path, memory.ceiling)
    connection = reader.connection if reader else knowledge.connection
    try:
        known = named_products(connection, technology)
        return attacked_in(connection, technology), tuple(
            code for code in technology if code not in known
        )
    finally:
        if reader:
            reader.close()


def _vulnerability(one: Affected, rows: Mapping[str, ActorRow]) -> RelevantVulnerability:
    return RelevantVulnerability(
        id=one.id,
        technology=one.product,
        name=one.name,
        due=one.due,
        ransomware=one.ransomware,
        actors=tuple(rows[actor] for actor in one.actors if actor in rows),
        basis=one.basis,
        listed=one.listed,
    )


def _supply_chain(
    memory: Memory, client: Client, today: date
) -> tuple[tuple[RelevantActor, ...], int]:
    """Actors with the most ways first; then those most and latest told of, then by name."""
    asked = {
        "customer": frozenset(client.customer_sectors),
        "supplier": frozenset(client.supplier_sectors),
        "provider": PROVIDERS if client.uses_msp else frozenset(),
    }
    hits = {term: _hits(memory, sectors, today) for term, sectors in asked.items()}
    techniques = memory.providers if client.uses_msp else {}
    ways: Counter[str] = Counter()
    weights: defaultdict[str, float] = defaultdict(float)
    for found in hits.values():
        ways.update(found.keys())
        for actor, hit in found.items():
            weights[actor] += hit.weight(today)
    ways.update(techniques.keys())
    rows = memory.rows
    order = sorted(
        (actor for actor in ways if actor in rows),
        key=lambda actor: (
            -ways[actor],
            -round(weights[actor], 6),
            rows[actor].name.casefold(),
            actor,
        ),
    )

    def explained(actor: str) -> RelevantActor:
        reasons = [
            found[actor].reason(term, actor, asked[term], memory)
            for term, found in hits.items()
            if actor in found
        ]
        reasons += [_technique_reason(techniques[actor])] if actor in techniques else []
        return RelevantActor(rows[actor], 0.0, tuple(reasons))

    return tuple(map(explained, order[:SHOWN])), len(order)


@dataclass(slots=True)
class _Hit:
    """What says that an actor hits some sectors."""

    incidents: list[HeldIncident] = field(default_factory=list)
    stated: list[TargetStatement] = field(default_factory=list)

    def weight(self, today: date) -> float:
        """How much of it there is; incidents halve as they do in the score."""
        dated = sum(seen_weight(one.incident.day, today) for one in self.incidents)
        return dated + _UNDATED * len(self.stated)

    def reason(self, term: str, actor: str, wanted: frozenset[str], memory: Memory) -> Reason:
        """The sentence, and on what it rests."""
        codes = {code for one in self.incidents for code in one.incident.sectors & wanted}
        codes |= {one.code for one in self.stated}
        names = listed(sorted(inside(memory.labels.label("sector", code)) for code in codes))
        if self.incidents:
            told = f"Hit {names} in {how_many(len(self.incidents))}"
        else:
            told = f"Said to target {names}"
        parts = [_stated_basis(self.stated)] if self.stated else []
        if self.incidents:
            newest = sorted(self.incidents, key=lambda one: one.incident.day, reverse=True)
            parts.insert(0, basis_of(newest, actor=actor, codes=codes))
        return Reason(term, 0.0, f"{told}, {_WHOM[term]}.", _joined(parts))


_WHOM: Final = {
    "customer": "which you serve",
    "supplier": "which serves you",
    "provider": "the sector of managed service providers",
}


def _hits(memory: Memory, sectors: frozenset[str], today: date) -> dict[str, _Hit]:
    found: defaultdict[str, _Hit] = defaultdict(_Hit)
    if not sectors:
        return found
    for one in memory.history:
        if one.incident.day < today and one.incident.sectors & sectors:
            for actor in one.incident.actors:
                found[actor].incidents.append(one)
    for actor, statements in memory.stated.items():
        for said in statements:
            if not said.place and said.code in sectors:
                found[actor].stated.append(said)
    return found


def _technique_reason(uses: TechniqueUses) -> Reason:
    words = listed(f"{use.attack_id} {use.name}" for use in uses)
    text = f"Comes in through those whom others trust: {words}."
    return Reason("provider", 0.0, text, _joined([use.basis for use in uses]))


def _stated_basis(statements: Iterable[TargetStatement]) -> Basis:
    return _joined([Basis(one.sources, (one.key,), one.tlp) for one in statements])


def _joined(parts: list[Basis]) -> Basis:
    """Several bases as one."""
    return Basis(
        tuple(dict.fromkeys(key for part in parts for key in part.sources)),
        tuple(dict.fromkeys(key for part in parts for key in part.statements)),
        highest(part.tlp for part in parts),
    )
