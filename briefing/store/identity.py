"""What people decided about records: kept across imports, and reversible."""

from __future__ import annotations

import sqlite3

from briefing.core.errors import BriefingError
from briefing.core.identity_review import RELATIONS


def decide(
    connection: sqlite3.Connection,
    one: str,
    other: str,
    relation: str,
    *,
    reason: str,
    decided_by: str,
    decided_at: str,
) -> int:
    """Record a decision about two records inside the caller's transaction.

    An earlier decision about the same pair is replaced, not erased: it is in force again when this
    one is withdrawn.

    Returns:
        The decision's id, for ``withdraw``.

    Raises:
        BriefingError: for an unknown relation, an unknown record, or a record and itself.
    """
    if relation not in RELATIONS:
        raise BriefingError(f"“{relation}” is no relation; use one of {', '.join(RELATIONS)}.")
    if one == other:
        raise BriefingError("A record cannot be compared with itself.")
    for native in (one, other):
        known = connection.execute(
            "SELECT 1 FROM record WHERE native_id = ? AND to_snapshot IS NULL", (native,)
        ).fetchone()
        if not known:
            raise BriefingError(f"There is no current record {native}.")
    cursor = connection.execute(
        "INSERT INTO identity (one, other, relation, basis, reason, decided_by, decided_at)"
        " VALUES (?,?,?,'decision',?,?,?)",
        (one, other, relation, reason, decided_by, decided_at),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has a row id
    connection.execute(
        "UPDATE identity SET withdrawn_at = ?1, withdrawn_by = ?2, replaced_by = ?3"
        " WHERE withdrawn_at IS NULL AND id <> ?3"
        " AND ((one = ?4 AND other = ?5) OR (one = ?5 AND other = ?4))",
        (decided_at, decided_by, cursor.lastrowid, one, other),
    )
    return cursor.lastrowid


def withdraw(
    connection: sqlite3.Connection, decision: int, *, at: str, withdrawn_by: str = ""
) -> None:
    """Take a decision back inside the caller's transaction; the row stays, marked withdrawn.

    Raises:
        BriefingError: when there is no such decision in force.
    """
    changed = connection.execute(
        "UPDATE identity SET withdrawn_at = ?, withdrawn_by = ?"
        " WHERE id = ? AND withdrawn_at IS NULL",
        (at, withdrawn_by, decision),
    ).rowcount
    if not changed:
        raise BriefingError(f"There is no decision {decision} in force.")
    connection.execute(
        "UPDATE identity SET withdrawn_at = NULL, withdrawn_by = '', replaced_by = NULL"
        " WHERE replaced_by = ?",
        (decision,),
    )
