"""Dated incidents as the ranking of a client's actors needs them, with what they rest on."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.analysis.relevance import DatedIncident
from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.actors import json_list

_INCIDENTS = (
    "SELECT id, name, started, countries, sectors, source FROM incident WHERE started <> ''"
    " ORDER BY started, id"
)
_CLAIMS = (
    "SELECT c.incident, c.actor, c.country, s.id, s.key, s.tlp FROM claim c"
    " JOIN incident i ON i.id = c.incident JOIN statement s ON s.id = c.statement"
    " WHERE c.kind = 'attribution' ORDER BY c.incident, c.id"
)
_HITS = (
    "SELECT s.subject, s.id, s.key, s.tlp FROM incident i JOIN statement s ON s.subject = i.id"
    " WHERE s.predicate IN ('targets-country', 'targets-sector') AND s.to_snapshot IS NULL"
    " AND i.started <> '' ORDER BY s.subject, s.id"
)
_CITED = (
    "SELECT s.id, coalesce(c.document, r.source) FROM statement s JOIN record r ON r.id = s.record"
    " LEFT JOIN citation c ON c.statement = s.id"
    " WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id, c.place"
)


@dataclass(slots=True)
class HeldIncident:
    """One incident with the statements that make it one.

    Attributes:
        incident: What is ranked by.
        name: As its source writes it.
        source: Id of the source that describes it.
        claims: Rows of the statements that lay it to an actor or a country.
        hits: Rows of the statements that say what it hit.
        keys: Keys of all of them.
        tlp: The highest level among them.
    """

    incident: DatedIncident
    name: str
    source: str
    claims: list[int] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    tlp: Tlp = Tlp.CLEAR


def read_dated_incidents(
    connection: sqlite3.Connection, origins: Mapping[str, str]
) -> tuple[HeldIncident, ...]:
    """Every incident with a date that is laid to an actor or to a country, the earliest first.

    One event that two sources describe counts once, see ``_once``.

    Args:
        connection: A reader.
        origins: Actor → the one country that is said to be behind it: where a claim names an actor
            and no country, that country counts as the initiator's.
    """
    actors: defaultdict[str, dict[str, None]] = defaultdict(dict)
    initiators: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[str, list[tuple[bool, int, int, str]]] = defaultdict(list)
    for incident, actor, country, row, key, tlp in connection.execute(_CLAIMS):
        if actor:
            actors[incident][actor] = None
        initiator = country or origins.get(actor, "")
        if len(initiator) == 2:
            initiators[incident].add(initiator)
        if actor or initiator:
            said[incident].append((True, row, key, tlp))
    for incident, row, key, tlp in connection.execute(_HITS):
        if incident in said:
            said[incident].append((False, row, key, tlp))
    found = []
    for key, name, started, countries, sectors, source in connection.execute(_INCIDENTS):
        if key not in said:
            continue
        one = HeldIncident(
            DatedIncident(
                id=key,
                day=_first_day(started),
                actors=tuple(actors[key]),
                countries=frozenset(code for code in countries.split(",") if len(code) == 2),
                sectors=frozenset(filter(None, sectors.split(","))),
                initiators=frozenset(initiators[key]),
            ),
            name,
            source,
        )
        for is_claim, row, statement, tlp in said[key]:
            (one.claims if is_claim else one.hits).append(row)
            one.keys.append(statement)
            one.tlp = max(one.tlp, parse_tlp(tlp))
        found.append((started, one))
    return tuple(_once(found))


def sources_behind(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, list[str]]:
    """Statement rows → the documents they cite, or the source that makes them."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row, key in connection.execute(_CITED, (json_list(map(str, rows)),)):
        found[row].append(key)
    return found


def _once(found: Sequence[tuple[str, HeldIncident]]) -> Iterator[HeldIncident]:
    """Leave out what another source tells of the same event.

    Two incidents of different sources are taken for one where both bear a month, the same month,
    are laid to one actor in common, and hit a country in common. A year alone joins nothing. Which
    of the two stays is decided by the source that describes more incidents.
    """
    size: defaultdict[str, int] = defaultdict(int)
    for _, one in found:
        size[one.source] += 1
    ranked = sorted(found, key=lambda pair: -size[pair[1].source])
    seen: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    kept = []
    for started, one in ranked:
        keys = [
            (started[:7], actor, country)
            for actor in one.incident.actors
            for country in one.incident.countries
            if len(started) >= 7
        ]
        if any(seen[key] - {one.source} for key in keys):
            continue
        for key in keys:
            seen[key].add(one.source)
        kept.append(one)
    kept.sort(key=lambda one: (one.incident.day, one.incident.id))
    return iter(kept)


def _first_day(started: str) -> date:
    year, month, day = (*(int(part) for part in started[:10].split("-")), 1, 1)[:3]
    return date(year, month, day)
