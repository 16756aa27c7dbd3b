"""Feed objects as they were received."""

from __future__ import annotations

import sqlite3
from typing import Any

import orjson


def records_of_kind(connection: sqlite3.Connection, kind: str) -> tuple[dict[str, Any], ...]:
    """Contents of the current records of a kind, in the order in which they were taken."""
    rows = connection.execute(
        "SELECT content FROM record WHERE kind = ? AND to_snapshot IS NULL ORDER BY id", (kind,)
    )
    return tuple(orjson.loads(row[0]) for row in rows)
