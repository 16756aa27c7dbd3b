"""Where actors are said to come from, of all of them at once."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

_SAID: Final = (
    "SELECT m.actor, s.object, s.key FROM actor_member m JOIN statement s ON s.subject = m.native"
    " WHERE s.predicate IN ('sponsored-by', 'located-in') AND s.object <> ''"
    " AND s.to_snapshot IS NULL ORDER BY m.actor, s.object, s.id"
)


def read_stated_origins(
    connection: sqlite3.Connection,
) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """Actor → code of each stated origin, in the order of the codes → keys of the statements.

    Args:
        connection: A reader; below a ceiling, where the list of actors leaves sums like these
            blank, it still says what that audience may see.
    """
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for actor, code, key in connection.execute(_SAID):
        found[actor][code].append(key)
    return {
        actor: {code: tuple(keys) for code, keys in by_code.items()}
        for actor, by_code in found.items()
    }
