"""What the subjects of statements are called, whatever kind of thing they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from briefing.store.actors import json_list

# What two of them call differently is told by the first: an actor by its own name.
_NAMES: Final = (
    "SELECT m.native AS id, a.name FROM actor_member m JOIN actor a ON a.id = m.actor"
    " WHERE m.native IN (SELECT value FROM json_each(?1))",
    "SELECT id, name FROM incident WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, title FROM advisory WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, id FROM vulnerability WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, name FROM campaign WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, attack_id || ' ' || name FROM technique"
    " WHERE id IN (SELECT value FROM json_each(?1))",
    "SELECT id, name FROM software WHERE id IN (SELECT value FROM json_each(?1))",
    # A piece of evidence, an answer and an assessment are about the incident they belong to.
    "SELECT s.subject, i.name FROM statement s"
    " JOIN incident i ON i.id = json_extract(nullif(s.detail, ''), '$.incident')"
    " WHERE s.subject IN (SELECT value FROM json_each(?1)) AND s.predicate = 'described-as'",
    "SELECT subject, value FROM statement WHERE subject IN (SELECT value FROM json_each(?1))"
    " AND predicate = 'named' AND to_snapshot IS NULL ORDER BY id DESC",
)


def names_of(connection: sqlite3.Connection, subjects: Iterable[str]) -> dict[str, str]:
    """Id of each subject → its name; what has none that the reader may see is not there.

    Args:
        connection: Any reader.
        subjects: Native ids, as statements bear them.
    """
    found: dict[str, str] = {}
    left = set(subjects)
    for query in _NAMES:
        if not left:
            break
        rows = connection.execute(query, (json_list(sorted(left)),))
        found.update((subject, name) for subject, name in rows if name)
        left -= found.keys()
    return found
