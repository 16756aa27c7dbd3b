"""Imports so far, and what each left out."""

from __future__ import annotations

import sqlite3

from briefing.core.changes import Quarantined
from briefing.core.history import SnapshotRow


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
