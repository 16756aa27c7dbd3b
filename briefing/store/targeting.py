"""What is said about whom an actor targets, and about whom incidents hit that are laid to one."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import orjson

from briefing.core.changes import Predicate
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import parse_tlp

_COUNTRY = Predicate.TARGETS_COUNTRY.value
_COLUMNS = "s.object, s.predicate, s.key, s.tlp, r.source, s.id"
_TARGETS = (
    " s.predicate IN ('targets-sector', 'targets-country') AND s.object <> ''"
    " AND s.to_snapshot IS NULL"
)
_OF_ACTORS = (
    f"SELECT m.actor, s.first_seen, s.last_seen, {_COLUMNS} FROM actor_member m"  # noqa: S608 - ours
    # In this order: else a file with few records is read once for each of them.
    " CROSS JOIN statement s ON s.subject = m.native CROSS JOIN record r ON r.id = s.record"
    f" WHERE{_TARGETS}"
)
# A claim on a leak site is of no incident in this table, so it counts for nobody.
_OF_INCIDENTS = (
    f"SELECT c.actor, i.started, i.ended, {_COLUMNS}, i.id, s.detail FROM"  # noqa: S608 - ours
    " (SELECT incident, min(actor) AS actor FROM claim WHERE actor <> ''"
    " GROUP BY incident HAVING min(actor) = max(actor)) c"
    " JOIN incident i ON i.id = c.incident AND i.started <> ''"
    " CROSS JOIN statement s ON s.subject = i.id CROSS JOIN record r ON r.id = s.record"
    f" WHERE{_TARGETS}"
)
_CITED = (
    "SELECT c.statement, c.document FROM source o JOIN record r ON r.source = o.id"  # noqa: S608 - ours
    " JOIN statement s ON s.record = r.id JOIN citation c ON c.statement = s.id"
    f" WHERE o.kind = 'own-text' AND{_TARGETS} ORDER BY c.statement, c.place"
)


def read_targets(connection: sqlite3.Connection) -> Iterator[TargetStatement]:
    """Every current statement that an actor targets a country, place, sector or scope.

    Besides what is said of actors, what a dated incident hit counts for the actor to whom its
    attributions lay it, where that is exactly one; it bears the incident's dates. "Deployed in" is
    another predicate, and values without a code are no target.
    """
    sources = _Sources(connection)
    yield from _of_actors(connection, sources)
    for found in connection.execute(_OF_INCIDENTS):
        actor, first, last, code, predicate, key, tlp, source, row, incident, detail = found
        place = predicate == _COUNTRY
        behind, level = sources.behind(row, source), parse_tlp(tlp)
        yield TargetStatement(
            actor,
            place,
            code,
            key,
            _year(first),
            _year(last),
            behind,
            level,
            incident,
            _within(detail),
        )


def read_stated_targets(connection: sqlite3.Connection) -> Iterator[TargetStatement]:
    """Of these, only what is said of actors themselves."""
    return _of_actors(connection, _Sources(connection))


def _of_actors(connection: sqlite3.Connection, sources: _Sources) -> Iterator[TargetStatement]:
    for actor, first, last, code, predicate, key, tlp, source, row in connection.execute(
        _OF_ACTORS
    ):
        place = predicate == _COUNTRY
        behind, level = sources.behind(row, source), parse_tlp(tlp)
        yield TargetStatement(actor, place, code, key, _year(first), _year(last), behind, level)


class _Sources:
    """What statements rest on: the documents that our own texts cite, else who says so."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_source: dict[str, tuple[str, ...]] = {}
        cited: dict[int, list[str]] = defaultdict(list)
        for statement, document in connection.execute(_CITED):
            cited[statement].append(document)
        self._by_row = {row: tuple(documents) for row, documents in cited.items()}

    def behind(self, row: int, source: str) -> tuple[str, ...]:
        """Sources of a statement; equal ones are one object."""
        return self._by_row.get(row) or self._by_source.setdefault(source, (source,))


@lru_cache(maxsize=4096)
def _year(date: str) -> int:
    return int(date[:4]) if date[:4].isdecimal() else 0


def _within(detail: str) -> tuple[str, ...]:
    """Places in which a sector was hit, where the statement says so."""
    found = orjson.loads(detail).get("countries") if detail else None
    return tuple(code for code in found if isinstance(code, str)) if isinstance(found, list) else ()
