"""What people decided about records: kept across imports, and reversible."""

from __future__ import annotations

import sqlite3

from briefing.core.errors import BriefingError

RELATIONS = ("same-as", "apart", "overlaps-with", "disputed-with")


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

    An earlier decision about the same pair is withdrawn, not erased.

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
    connection.execute(
        "UPDATE identity SET withdrawn_at = ? WHERE withdrawn_at IS NULL"
        " AND ((one = ? AND other = ?) OR (one = ? AND other = ?))",
        (decided_at, one, other, other, one),
    )
    cursor = connection.execute(
        "INSERT INTO identity (one, other, relation, basis, reason, decided_by, decided_at)"
        " VALUES (?,?,?,'decision',?,?,?)",
        (one, other, relation, reason, decided_by, decided_at),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has a row id
    return cursor.lastrowid


def withdraw(connection: sqlite3.Connection, decision: int, *, at: str) -> None:
    """Take a decision back inside the caller's transaction; the row stays, marked withdrawn.

    Raises:
        BriefingError: when there is no such decision in force.
    """
    changed = connection.execute(
        "UPDATE identity SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
        (at, decision),
    ).rowcount
    if not changed:
        raise BriefingError(f"There is no decision {decision} in force.")
