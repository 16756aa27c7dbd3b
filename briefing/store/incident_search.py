"""Incidents by the words of their names."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

_FOUND = (
    "SELECT id, name, started, claims FROM incident WHERE {} ORDER BY source NOT IN (SELECT source"
    " FROM record WHERE kind = 'hypothesis' AND to_snapshot IS NULL), started DESC, name, id"
    " LIMIT ?"
)
"""First those of sources that lay hypotheses beside what is claimed."""


@dataclass(frozen=True, slots=True)
class FoundIncident:
    """An incident that was found; ``started`` is ISO 8601 or ""."""

    id: str
    name: str
    started: str
    claims: int


def find_incidents(
    connection: sqlite3.Connection, text: str, limit: int = 8
) -> list[FoundIncident]:
    """Incidents in whose names every word that was typed stands: worked ones first, then newest.

    Names are few and short, so they are looked through as they are.
    """
    words = [word for word in re.split(r"\W+", text) if word]
    if not words:
        return []
    condition = " AND ".join("name LIKE ? ESCAPE '\\'" for _ in words)
    patterns = [f"%{word.replace('_', chr(92) + '_')}%" for word in words]
    rows = connection.execute(_FOUND.format(condition), (*patterns, limit))
    return [FoundIncident(*row) for row in rows]
