"""What of a database is marked above which level, asked before an audience's copy is made."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from briefing.core.tlp import Tlp, parse_tlp

_LEVELS = "SELECT tlp FROM source UNION SELECT tlp FROM statement"
_OF_ACTORS = (
    "SELECT DISTINCT m.actor, s.tlp, o.tlp FROM statement s JOIN actor_member m"
    " ON m.native = s.subject JOIN record r ON r.id = s.record JOIN source o ON o.id = r.source"
    " WHERE s.to_snapshot IS NULL AND (s.tlp <> 'CLEAR' OR o.tlp <> 'CLEAR')"
)


def highest_level(connection: sqlite3.Connection) -> Tlp:
    """The highest level in use; an audience up to there may see everything."""
    return max((parse_tlp(tlp) for (tlp,) in connection.execute(_LEVELS)), default=Tlp.CLEAR)


def guarded_actors(connection: sqlite3.Connection) -> dict[str, Tlp]:
    """Actors of whom something is said above CLEAR → the highest level of it.

    As everywhere, a statement is at least as guarded as its source.
    """
    found: defaultdict[str, Tlp] = defaultdict(lambda: Tlp.CLEAR)
    for actor, *levels in connection.execute(_OF_ACTORS):
        found[actor] = max(found[actor], *map(parse_tlp, levels))
    return dict(found)
