"""Read models of incidents and of claims about who was behind them.

A claim is what somebody says of an incident, one row for each statement; nothing is merged. Tables
of one source may say the same twice (EuRepoC's do): a statement with the same key is one claim.
What is said on a leak site names a victim and no incident, so it is a claim of its own. A row of a
case that several sources hold speaks in its latest version alone.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from briefing.core.names import normalised
from briefing.store.contents import Content
from briefing.store.row_versions import outdated

ATTRIBUTION = "attribution"
LEAK_SITE = "leak-site"
"""The two kinds of claim: who did it, and a criminal's own boast of a victim."""

_RANK = {"incident": 0, "attribution": 1, "receiver": 2}
"""Kinds of record that make an incident, the one that describes it first."""
_OTHER = 3
"""Rank of every other kind: what it says makes no incident."""
_STATEMENTS = (
    "SELECT s.id, s.key, s.subject, s.predicate, s.object, s.value, s.detail, s.first_seen,"
    " s.last_seen, s.confidence, r.kind, r.source, r.native_id FROM statement s"
    " JOIN record r ON r.id = s.record WHERE s.to_snapshot IS NULL AND s.subject IN"
    " (SELECT native_id FROM record WHERE to_snapshot IS NULL AND kind IN ('incident', 'claim')"
    " UNION SELECT n.subject FROM statement n JOIN record m ON m.id = n.record"
    " WHERE m.kind IN ('attribution', 'receiver') AND n.to_snapshot IS NULL) AND s.predicate IN"
    " ('named', 'happened', 'targets-sector', 'targets-country', 'attributed-to')"
    " ORDER BY s.subject, r.source, s.key, s.id"
)
_RECORDS = (
    "SELECT source, native_id, id, content FROM record WHERE to_snapshot IS NULL"
    " AND kind IN ('incident', 'attribution', 'receiver', 'claim')"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement about an incident or a victim, with the record that makes it."""

    row: int
    key: int
    predicate: str
    object: str
    value: str
    detail: Mapping[str, Any]
    first_seen: str
    last_seen: str
    confidence: str
    kind: str
    source: str
    native: str


@dataclass(slots=True)
class _Subject:
    """Everything said about one incident or victim."""

    id: str
    said: list[_Said] = field(default_factory=list)

    @property
    def is_incident(self) -> bool:
        """Whether anything makes it one."""
        return any(said.kind in _RANK for said in self.said)

    @property
    def is_boast(self) -> bool:
        """Whether it is a boast of a leak site, which knows no incident."""
        return not self.is_incident and any(said.kind == "claim" for said in self.said)

    def of(self, predicate: str, code: str = "") -> Iterator[_Said]:
        """Statements with a predicate, and with an object where one is asked for."""
        return (s for s in self.said if s.predicate == predicate and code in ("", s.object))

    def codes(self, predicate: str) -> str:
        """Codes of what was hit, joined as lists are in every read model."""
        return ",".join(sorted({said.object for said in self.of(predicate) if said.object}))


def fill_incidents(connection: sqlite3.Connection) -> None:
    """Make the rows of incident and claim; actors and their names stand already."""
    records = _records(connection)
    actors = _Actors(connection)
    incidents: list[tuple[object, ...]] = []
    claims: list[tuple[object, ...]] = []
    for subject in _subjects(connection):
        # A claim may stand about an incident that was taken out, or that has not come yet.
        if not subject.is_incident and not subject.is_boast:
            continue
        found = [_claim(subject, said, actors) for said in _once(subject.of("attributed-to"))]
        claims += sorted(found, key=repr)
        if subject.is_incident:
            incidents.append(_incident(subject, records, len(found)))
    connection.executemany("INSERT INTO incident VALUES (?,?,?,?,?,?,?,?,?)", incidents)
    connection.executemany(
        "INSERT INTO claim (incident, kind, by, body, actor, country, value, basis, dated,"
        " confidence, statement) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        claims,
    )


def _subjects(connection: sqlite3.Connection) -> Iterable[_Subject]:
    found: dict[str, _Subject] = {}
    past = outdated(connection)
    for row, key, subject, predicate, code, value, detail, *rest in connection.execute(_STATEMENTS):
        read = orjson.loads(detail) if detail else {}
        said = _Said(row, key, predicate, code, value, read, *rest)
        if (said.source, said.native) not in past:
            found.setdefault(subject, _Subject(subject)).said.append(said)
    return found.values()


def _records(connection: sqlite3.Connection) -> dict[tuple[str, str], tuple[int, str]]:
    """(source, native id) → row and name of the current record."""
    return {
        (source, native): (row, Content.read(native, content).name)
        for source, native, row, content in connection.execute(_RECORDS)
    }


def _incident(
    subject: _Subject, records: Mapping[tuple[str, str], tuple[int, str]], claims: int
) -> tuple[object, ...]:
    """The row of an incident, headed by the record that describes it best.

    Where only its attributions or receivers were imported, the name is that of their record.
    """
    lead = min(subject.said, key=_rank)
    row, name = records.get((lead.source, lead.native), (0, subject.id))
    named = sorted(subject.of("named"), key=lambda said: (said.source != lead.source, said.value))
    periods = list(subject.of("happened", "incident"))
    return (
        subject.id,
        named[0].value if named else name,
        min((said.first_seen for said in periods if said.first_seen), default=""),
        max((said.last_seen for said in periods), default=""),
        subject.codes("targets-sector"),
        subject.codes("targets-country"),
        lead.source,
        row,
        claims,
    )


def _rank(said: _Said) -> tuple[int, str, str]:
    return _RANK.get(said.kind, _OTHER), said.source, said.native


def _once(said: Iterable[_Said]) -> Iterable[_Said]:
    """Each statement once, whichever of a source's tables it came from."""
    found: dict[int, _Said] = {}
    for statement in said:
        found.setdefault(statement.key, statement)
    return found.values()


def _claim(subject: _Subject, said: _Said, actors: _Actors) -> tuple[object, ...]:
    boast = subject.is_boast
    claimed = (s.first_seen for s in subject.of("happened", "claimed"))
    country = said.object if len(said.object) == 2 else _text(said, "country")
    return (
        subject.id,
        LEAK_SITE if boast else ATTRIBUTION,
        _text(said, "by") or (said.value if boast else ""),
        _text(said, "body"),
        actors.meant_by(said),
        country if len(country) == 2 else "",
        said.value,
        _text(said, "basis"),
        min(claimed, default="") if boast else _text(said, "date"),
        said.confidence,
        said.row,
    )


def _text(said: _Said, key: str) -> str:
    found = said.detail.get(key)
    return found if isinstance(found, str) else ""


class _Actors:
    """Which actor is meant by a name, an ATT&CK id or a record's id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._members: dict[str, str] = dict(
            connection.execute("SELECT native, actor FROM actor_member").fetchall()
        )
        self._by_id = _one_each(
            connection.execute("SELECT attack_id, id FROM actor WHERE attack_id <> ''")
        )
        self._by_name = _one_each(
            connection.execute("SELECT norm, entity FROM name WHERE kind = 'actor'")
        )

    def meant_by(self, said: _Said) -> str:
        """The actor's id, or "" where nobody or more than one may be meant.

        A record's id counts before an ATT&CK id, that before names; names that lead to different
        actors lead to none, and a name that several actors bear says nothing.
        """
        if said.object in self._members:
            return self._members[said.object]
        listed = said.detail.get("names", [said.value])
        names = [name for name in listed if isinstance(name, str)] if listed else []
        by_id = {self._by_id[name] for name in names if name in self._by_id}
        found = by_id or {
            self._by_name[key] for key in map(normalised, names) if key in self._by_name
        }
        return found.pop() if len(found) == 1 else ""


def _one_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Key → actor, without the keys that lead to several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, actor in pairs:
        found[key].add(actor)
    return {key: next(iter(actors)) for key, actors in found.items() if len(actors) == 1}
