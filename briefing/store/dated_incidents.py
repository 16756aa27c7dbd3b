"""Dated incidents as the ranking of a client's actors needs them, with what they rest on.

They come from every source that tells of incidents (the history that comes with the program,
EuRepoC, a person's own); an event that two sources tell is one incident, see
``analysis.same_event``. A report that mentions an actor is none: it says of nobody that he did it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from briefing.analysis.relevance import DatedIncident
from briefing.analysis.same_event import Told, first_day, told_again
from briefing.core.actor import Basis
from briefing.core.changes import Predicate
from briefing.core.tlp import Tlp, highest, parse_tlp

_INCIDENTS = "SELECT id, name, source FROM incident ORDER BY id"
# From the statements: of a read model's columns one may be blank for an audience.
_BEGINNINGS = (
    "SELECT s.subject, min(s.first_seen) FROM statement s WHERE s.predicate = 'happened'"
    " AND s.object = 'incident' AND s.first_seen <> '' AND s.to_snapshot IS NULL GROUP BY s.subject"
)
_CLAIMS = (
    "SELECT c.incident, c.actor, c.country, s.id, s.key, s.tlp FROM claim c"
    " JOIN statement s ON s.id = c.statement WHERE c.kind = 'attribution'"
    " ORDER BY c.incident, c.id"
)
_HITS = (
    "SELECT s.subject, s.predicate, s.object, s.key, s.tlp FROM incident i"
    " JOIN statement s ON s.subject = i.id WHERE s.predicate IN ('targets-country',"
    " 'targets-sector') AND s.object <> '' AND s.to_snapshot IS NULL ORDER BY s.subject, s.id"
)
_CITED = (
    "SELECT s.id, coalesce(c.document, r.source) FROM claim x JOIN statement s"
    " ON s.id = x.statement JOIN record r ON r.id = s.record"
    " LEFT JOIN citation c ON c.statement = s.id WHERE x.kind = 'attribution'"
    " ORDER BY s.id, c.place"
)


class Claimed(NamedTuple):
    """A statement that lays an incident to an actor, to a country, or to both.

    Attributes:
        actor: Its id, or "".
        country: Alpha-2 code of the initiator's country, or "".
        key: Key of the statement.
        tlp: Its level.
        sources: The documents it cites, or the source that makes it.
    """

    actor: str
    country: str
    key: int
    tlp: Tlp
    sources: tuple[str, ...]


class Hit(NamedTuple):
    """A statement about what an incident hit: a place's code, or a sector's or scope's."""

    place: bool
    code: str
    key: int
    tlp: Tlp


@dataclass(frozen=True, slots=True)
class HeldIncident:
    """One incident with the statements that make it one.

    Attributes:
        incident: What is ranked by.
        name: As its source writes it.
        claims: Who lays it to whom.
        hits: What it hit.
    """

    incident: DatedIncident
    name: str
    claims: tuple[Claimed, ...]
    hits: tuple[Hit, ...]


@dataclass(slots=True)
class _Gathered:
    """What is said of one incident, by one source or by several."""

    id: str
    name: str
    source: str
    began: str
    claims: list[Claimed] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)

    def told(self, scopes: Collection[str]) -> Told:
        """As the rule for events told twice needs it."""
        return Told(
            self.id,
            self.source,
            self.began,
            frozenset(self.actors),
            self.countries,
            self.sectors - frozenset(scopes),
        )

    def held(self) -> HeldIncident:
        """As the ranking needs it."""
        incident = DatedIncident(
            id=self.id,
            day=first_day(self.began),
            actors=tuple(self.actors),
            countries=self.countries,
            sectors=self.sectors,
            initiators=frozenset(claim.country for claim in self.claims if claim.country),
        )
        return HeldIncident(incident, self.name, tuple(self.claims), tuple(self.hits))

    @property
    def actors(self) -> dict[str, None]:
        return dict.fromkeys(claim.actor for claim in self.claims if claim.actor)

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(hit.code for hit in self.hits if hit.place and len(hit.code) == 2)

    @property
    def sectors(self) -> frozenset[str]:
        return frozenset(hit.code for hit in self.hits if not hit.place)


def read_dated_incidents(
    connection: sqlite3.Connection, origins: Mapping[str, str]
) -> tuple[HeldIncident, ...]:
    """Every incident with a date that is laid to an actor or to a country, the earliest first.

    An incident that another source tells too (``analysis.same_event``) is added to that one: what
    either says it hit, whom either names, and the sources of both count once.

    Args:
        connection: A reader; below a ceiling it gives what that audience may see.
        origins: Actor → the one country that is said to be behind it: where a claim names an actor
            and no country, that country counts as the initiator's.
    """
    found = {one.id: one for one in _gathered(connection, origins)}
    scopes = [code for (code,) in connection.execute("SELECT code FROM label WHERE kind = 'scope'")]
    for again, kept in told_again(one.told(scopes) for one in found.values()).items():
        other = found.pop(again)
        found[kept].claims += other.claims
        found[kept].hits += other.hits
    held = [one.held() for one in found.values()]
    return tuple(sorted(held, key=lambda one: (one.incident.day, one.incident.id)))


def basis_of(
    incidents: Iterable[HeldIncident], *, actor: str = "", codes: Collection[str] = ()
) -> Basis:
    """What a sentence about incidents rests on: who lays them to whom, and what they hit.

    Args:
        incidents: In the order in which their sources are to be named.
        actor: Whose; "" where the sentence is about a country.
        codes: Places or sectors that the sentence names.
    """
    sources: dict[str, None] = {}
    keys: dict[int, Tlp] = {}
    for one in incidents:
        for claim in one.claims:
            if actor in ("", claim.actor):
                sources.update(dict.fromkeys(claim.sources))
                keys[claim.key] = claim.tlp
        keys.update((hit.key, hit.tlp) for hit in one.hits if hit.code in codes)
    return Basis(tuple(sources), tuple(keys), highest(keys.values()))


def _gathered(connection: sqlite3.Connection, origins: Mapping[str, str]) -> tuple[_Gathered, ...]:
    began = dict(connection.execute(_BEGINNINGS).fetchall())
    found = {
        incident: _Gathered(incident, name, source, began[incident])
        for incident, name, source in connection.execute(_INCIDENTS)
        if incident in began
    }
    cited: defaultdict[int, list[str]] = defaultdict(list)
    for row, key in connection.execute(_CITED):
        cited[row].append(key)
    for incident, actor, country, row, key, tlp in connection.execute(_CLAIMS):
        behind = country or origins.get(actor, "")
        if incident in found and (actor or behind):
            found[incident].claims.append(
                Claimed(actor, behind, key, parse_tlp(tlp), tuple(cited[row]))
            )
    for incident, predicate, code, key, tlp in connection.execute(_HITS):
        if incident in found:
            place = predicate == Predicate.TARGETS_COUNTRY.value
            found[incident].hits.append(Hit(place, code, key, parse_tlp(tlp)))
    return tuple(one for one in found.values() if one.claims)
