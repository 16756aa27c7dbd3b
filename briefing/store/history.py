"""Imports so far, what each left out, and what changed for an actor since a day."""

from __future__ import annotations

import sqlite3

from briefing.core.changes import Predicate, Quarantined
from briefing.core.history import SnapshotRow, StatementChange
from briefing.store.labels import Labels

_CODED = {
    Predicate.MOTIVATED_BY: "motive",
    Predicate.HAS_GOAL: "goal",
    Predicate.OF_KIND: "kind",
    Predicate.TARGETS_SECTOR: "sector",
}
_PLACES = {Predicate.TARGETS_COUNTRY, Predicate.SPONSORED_BY, Predicate.LOCATED_IN}
_NOT_TOLD = (Predicate.MENTIONED_IN, Predicate.ADVISED)
"""Documents have a list of their own, and advice is not news about an actor."""
_SHOWN = 240
"""How much of a text is shown, in characters."""


def read_history(connection: sqlite3.Connection) -> tuple[SnapshotRow, ...]:
    """Every import, the newest first."""
    rows = connection.execute(
        "SELECT n.id, n.source, o.title, n.version, ifnull((SELECT b.version FROM snapshot b"
        " WHERE b.source = n.source AND b.id < n.id ORDER BY b.id DESC LIMIT 1), ''),"
        " n.applied_at, n.file, n.added, n.changed, n.removed,"
        " (SELECT count(*) FROM quarantine q WHERE q.snapshot = n.id),"
        " n.id = (SELECT max(l.id) FROM snapshot l WHERE l.source = n.source)"
        " FROM snapshot n JOIN source o ON o.id = n.source ORDER BY n.id DESC"
    ).fetchall()
    return tuple(SnapshotRow(*(*row[:11], bool(row[11]))) for row in rows)


def read_quarantine(connection: sqlite3.Connection, snapshot: int) -> tuple[Quarantined, ...]:
    """What one import did not take, with reasons."""
    rows = connection.execute(
        "SELECT native_id, reason FROM quarantine WHERE snapshot = ? ORDER BY place", (snapshot,)
    ).fetchall()
    return tuple(Quarantined(*row) for row in rows)


def changes_since(
    connection: sqlite3.Connection, labels: Labels, actor: str, since: str
) -> tuple[StatementChange, ...]:
    """What is said about an actor now and was not before, and the other way round, newest first.

    A statement that came and went within the time is told twice; one that its source said before
    the day and says still is not told.

    Args:
        connection: Any reader.
        labels: Words of codes.
        actor: The actor's id.
        since: ISO 8601 day or moment; imports from then on count. The first import of a source is
            no change: before it the source was not here.
    """
    rows = connection.execute(
        "SELECT n.applied_at, n.id, n.id = s.from_snapshot, s.predicate, s.object, s.value,"
        " o.id, o.title, s.key, s.tlp, ifnull((SELECT t.attack_id || ' ' || t.name FROM technique t"
        " WHERE t.id = s.object), (SELECT w.name FROM software w WHERE w.id = s.object))"
        " FROM actor_member m JOIN statement s ON s.subject = m.native"
        " JOIN snapshot n ON n.id IN (s.from_snapshot, s.to_snapshot)"
        " JOIN source o ON o.id = n.source"
        " WHERE m.actor = ? AND n.applied_at >= ? AND EXISTS (SELECT 1 FROM snapshot b"
        " WHERE b.source = n.source AND b.id < n.id)"
        " ORDER BY n.id DESC, s.predicate, s.value, s.id",
        (actor, since),
    ).fetchall()
    found = []
    for row in rows:
        predicate = Predicate(row[3])
        if predicate not in _NOT_TOLD:
            found.append(
                StatementChange(
                    day=row[0][:10],
                    added=bool(row[2]),
                    predicate=predicate.value,
                    text=row[10] or _words(labels, predicate, row[4], row[5]),
                    source=row[6],
                    title=row[7],
                    snapshot=row[1],
                    statement=row[8],
                    tlp=row[9],
                )
            )
    return tuple(found)


def _words(labels: Labels, predicate: Predicate, code: str, value: str) -> str:
    if code and predicate in _PLACES:
        return labels.target(code)
    if code and predicate in _CODED:
        return labels.label(_CODED[predicate], code)
    text = value or code
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
