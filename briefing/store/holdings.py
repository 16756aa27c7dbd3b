"""What is held of each source, by kind of record."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson


def kinds_held(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """How many current records of each kind every source has, the most frequent kind first."""
    found: dict[str, dict[str, int]] = {}
    for source, kind, number in connection.execute(
        "SELECT source, kind, count(*) FROM record WHERE to_snapshot IS NULL"
        " GROUP BY source, kind ORDER BY source, count(*) DESC, kind"
    ):
        found.setdefault(source, {})[kind] = number
    return found


def contents_held(connection: sqlite3.Connection, source: str) -> tuple[dict[str, Any], ...]:
    """Contents of the current records of a source, in the order in which they were taken."""
    rows = connection.execute(
        "SELECT content FROM record WHERE source = ? AND to_snapshot IS NULL ORDER BY id", (source,)
    )
    return tuple(orjson.loads(row[0]) for row in rows)
