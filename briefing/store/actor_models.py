"""The read model of actors: one row for the list, summed up from all statements about them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from briefing.core.changes import Predicate
from briefing.core.names import normalised
from briefing.store.actors import OWN
from briefing.store.contents import Content


@dataclass(frozen=True, slots=True)
class _Head:
    """What an actor is called, and whether there is a profile of our own."""

    name: str = ""
    attack_id: str = ""
    own_profile: int = 0


@dataclass(slots=True)
class _Sum:
    """What is gathered about one actor while the statements go by."""

    names: set[str] = field(default_factory=set)
    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    kinds: set[tuple[int, str]] = field(default_factory=set)
    newest: str = ""
    documents: int = 0
    statements: int = 0


def fill_actors(connection: sqlite3.Connection, order: Sequence[str]) -> None:
    """Make one row an actor; members of actors stand already."""
    rank = {source: place for place, source in enumerate(order)}
    sums = _sums(connection, rank)
    for actor, head in sorted(_heads(connection, rank).items()):
        _insert(connection, actor, head, sums[actor])


def _sums(connection: sqlite3.Connection, rank: dict[str, int]) -> dict[str, _Sum]:
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for actor, source, predicate, obj, value in connection.execute(
        "SELECT m.actor, r.source, s.predicate, s.object, s.value FROM statement s"
        " JOIN actor_member m ON m.native = s.subject JOIN record r ON r.id = s.record"
        " WHERE s.to_snapshot IS NULL"
        " AND (s.predicate <> 'mentioned-in' OR s.object LIKE 'document--%')"
    ):
        entry = sums[actor]
        entry.statements += 1
        if predicate == Predicate.NAMED.value:
            entry.names.add(normalised(value))
        elif predicate == Predicate.OF_KIND.value:
            entry.kinds.add((rank[source], obj))
        elif obj:
            entry.codes[predicate].add(obj)
    for actor, newest, documents in connection.execute(
        "SELECT m.actor, max(d.published), count(DISTINCT c.document) FROM statement s"
        " JOIN actor_member m ON m.native = s.subject JOIN citation c ON c.statement = s.id"
        " JOIN document d ON d.id = c.document WHERE s.to_snapshot IS NULL"
        " AND (s.predicate <> 'mentioned-in' OR s.object LIKE 'document--%')"
        " GROUP BY m.actor"
    ):
        sums[actor].newest, sums[actor].documents = newest, documents
    return sums


def _heads(connection: sqlite3.Connection, rank: dict[str, int]) -> dict[str, _Head]:
    """Our own profile names the actor, else its record from the earliest source."""
    members = connection.execute(
        "SELECT m.actor, r.source, r.native_id, r.content FROM actor_member m"
        " JOIN record r ON r.native_id = m.native AND r.to_snapshot IS NULL"
    ).fetchall()
    members.sort(key=lambda row: (rank[row[1]], row[2]))
    heads: dict[str, _Head] = {}
    for actor, source, native, text in members:
        content = Content.read(native, text)
        head = heads.get(actor, _Head(content.name))
        if source == OWN and not head.own_profile:
            head = _Head(content.name, head.attack_id, 1)
        heads[actor] = _Head(head.name, head.attack_id or content.attack_id, head.own_profile)
    return heads


def _kind_of(entry: _Sum) -> str:
    """The kind stated by the latest source in order, our own profile's before all.

    Where none is stated, a stated sponsor that is a country makes it state-linked.
    """
    if entry.kinds:
        latest = max(place for place, _ in entry.kinds)
        return min(code for place, code in entry.kinds if place == latest)
    sponsors = entry.codes[Predicate.SPONSORED_BY.value]
    return "state-linked" if any(len(code) == 2 for code in sponsors) else ""


def _joined(codes: Iterable[str]) -> str:
    return ",".join(sorted(codes))


def _insert(connection: sqlite3.Connection, actor: str, head: _Head, entry: _Sum) -> None:
    codes = entry.codes
    origins = codes[Predicate.SPONSORED_BY.value] | codes[Predicate.LOCATED_IN.value]
    connection.execute(
        "INSERT INTO actor VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            actor,
            head.name,
            head.attack_id,
            _kind_of(entry),
            _joined(origins),
            _joined(codes[Predicate.MOTIVATED_BY.value]),
            _joined(codes[Predicate.HAS_GOAL.value]),
            _joined(codes[Predicate.TARGETS_SECTOR.value]),
            _joined(codes[Predicate.TARGETS_COUNTRY.value]),
            entry.newest,
            len(entry.names),
            entry.documents,
            len(codes[Predicate.USES_TECHNIQUE.value]),
            len(codes[Predicate.USES_SOFTWARE.value]),
            entry.statements,
            head.own_profile,
        ),
    )
