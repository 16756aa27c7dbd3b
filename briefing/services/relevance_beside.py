"""Beside the score, and not validated: through those a client serves, and through what it runs."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from briefing.core.actor import ActorRow, Basis
from briefing.core.client import Client
from briefing.core.relevance import Reason, RelevantActor, RelevantVulnerability
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import highest
from briefing.core.wording import counted, inside, listed
from briefing.services.relevance_memory import Memory
from briefing.store.dated_incidents import HeldIncident
from briefing.store.exposure import TechniqueRef, exploited_in, users_of

SHOWN: Final = 5
MOST_VULNERABILITIES: Final = 12
THROUGH_PROVIDERS: Final = ("T1199", "T1195", "T1195.001", "T1195.002", "T1195.003")
"""Trusted Relationship and Supply Chain Compromise (MITRE ATT&CK)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The two lists, and the client's technology of which nothing is known here."""

    supply_chain: tuple[RelevantActor, ...]
    technology: tuple[RelevantVulnerability, ...]
    unmatched: tuple[str, ...]


def beside_score(connection: sqlite3.Connection, memory: Memory, client: Client) -> Beside:
    """Both lists for a client.

    Args:
        connection: A reader.
        memory: What is known of the database.
        client: Whom it is for; nothing above its ceiling is shown.
    """
    technology, unmatched = _technology(connection, memory.rows, client)
    return Beside(_supply_chain(connection, memory, client), technology, unmatched)


def _technology(
    connection: sqlite3.Connection, rows: Mapping[str, ActorRow], client: Client
) -> tuple[tuple[RelevantVulnerability, ...], tuple[str, ...]]:
    found = exploited_in(connection, client.technology, client.tlp)
    known = {one.product for one in found}
    shown = tuple(
        RelevantVulnerability(
            id=one.id,
            technology=one.product,
            name=one.name,
            due=one.due,
            ransomware=one.ransomware,
            actors=tuple(rows[actor] for actor in one.actors if actor in rows),
            basis=one.basis,
        )
        for one in found[:MOST_VULNERABILITIES]
    )
    return shown, tuple(code for code in client.technology if code not in known)


def _supply_chain(
    connection: sqlite3.Connection, memory: Memory, client: Client
) -> tuple[RelevantActor, ...]:
    """Actors with the most kinds of reason first, then those of whom most is told, then by name."""
    weights: defaultdict[str, int] = defaultdict(int)
    reasons: defaultdict[str, list[Reason]] = defaultdict(list)
    for term, sectors in (
        ("customer", client.customer_sectors),
        ("supplier", client.supplier_sectors),
    ):
        for actor, hit in _hits(memory, client, frozenset(sectors)).items():
            weights[actor] += 2 * len(hit.incidents) + len(hit.stated)
            reasons[actor].append(_sector_reason(memory, term, frozenset(sectors), hit))
    if client.uses_msp:
        for actor, uses in users_of(connection, THROUGH_PROVIDERS, client.tlp).items():
            weights[actor] += 1
            reasons[actor].append(_provider_reason(uses))
    order = sorted(
        (actor for actor in reasons if actor in memory.rows),
        key=lambda actor: (
            -len(reasons[actor]),
            -weights[actor],
            memory.rows[actor].name.casefold(),
        ),
    )
    return tuple(
        RelevantActor(memory.rows[actor], 0.0, tuple(reasons[actor])) for actor in order[:SHOWN]
    )


@dataclass(slots=True)
class _Hit:
    """What says that an actor hits some sectors."""

    incidents: list[HeldIncident] = field(default_factory=list)
    stated: list[TargetStatement] = field(default_factory=list)


def _hits(memory: Memory, client: Client, sectors: frozenset[str]) -> dict[str, _Hit]:
    found: defaultdict[str, _Hit] = defaultdict(_Hit)
    for one in memory.history:
        if one.tlp <= client.tlp and one.incident.sectors & sectors:
            for actor in one.incident.actors:
                found[actor].incidents.append(one)
    for actor, statements in memory.stated.items():
        for said in statements:
            if not said.place and said.code in sectors and said.tlp <= client.tlp:
                found[actor].stated.append(said)
    return found


def _sector_reason(memory: Memory, term: str, wanted: frozenset[str], hit: _Hit) -> Reason:
    codes = {code for one in hit.incidents for code in one.incident.sectors & wanted}
    codes |= {one.code for one in hit.stated}
    names = listed(sorted(inside(memory.labels.label("sector", code)) for code in codes))
    if hit.incidents:
        told = f"Hit {names} in {counted(len(hit.incidents), 'reported incident')}"
    else:
        told = f"Said to target {names}"
    whom = "a field of those you serve" if term == "customer" else "a field of those who serve you"
    basis = Basis(
        (
            *(one.incident.id for one in reversed(hit.incidents)),
            *dict.fromkeys(key for one in hit.stated for key in one.sources),
        ),
        (
            *(key for one in hit.incidents for key in one.keys),
            *(one.key for one in hit.stated),
        ),
        highest((*(one.tlp for one in hit.incidents), *(one.tlp for one in hit.stated))),
    )
    return Reason(term, 0.0, f"{told}, {whom}.", basis)


def _provider_reason(uses: Sequence[TechniqueRef]) -> Reason:
    words = listed(f"{use.attack_id} {use.name}" for use in uses)
    basis = Basis(
        tuple(dict.fromkeys(key for use in uses for key in use.basis.sources)),
        tuple(key for use in uses for key in use.basis.statements),
        highest(use.basis.tlp for use in uses),
    )
    return Reason("provider", 0.0, f"Comes in through those whom others trust: {words}.", basis)
