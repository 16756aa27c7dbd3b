"""A reader that cannot see what is marked above an audience's ceiling.

Temporary views of the same names cover the tables in which statements stand, so every query that
runs on this reader, whoever wrote it, gets what is allowed and nothing else. That is how a briefing
leaves things out while it is built; nothing has to be found and taken out afterwards.

Read models are made from all statements. Where one can be traced to a statement (a name, a kind) it
is kept only if that statement is visible; what only sums statements up (codes, counts) is emptied.
The search index is not covered: do not search on this reader.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.connection import open_reader, sentences

_VISIBLE_NAME = (
    "EXISTS (SELECT 1 FROM temp.statement s WHERE s.subject = x.id AND s.predicate = 'named'"
    " AND s.value = x.name AND s.to_snapshot IS NULL)"
)
_HIDDEN_NAME = (
    "EXISTS (SELECT 1 FROM main.statement h WHERE h.subject IN (x.one, x.other)"
    " AND h.predicate IN ('named', 'overlaps-with') AND h.to_snapshot IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM temp.statement v WHERE v.id = h.id))"
)
_STATED_NAME = (
    "SELECT 1 FROM main.actor_member m JOIN temp.statement s ON s.subject = m.native"
    " WHERE m.actor = a.id AND s.predicate = 'named' AND s.value = a.name"
    " AND s.to_snapshot IS NULL"
)
_TITLE_OF_A_RECORD = (
    "SELECT 1 FROM main.actor_member m JOIN temp.record r ON r.native_id = m.native"
    " WHERE m.actor = a.id AND r.to_snapshot IS NULL AND json_extract(r.content, '$.name') = a.name"
)
_STATED_GROUP = (
    "SELECT 1 FROM main.actor_member m JOIN temp.statement s ON s.subject = m.native"
    " JOIN main.record r ON r.id = s.record WHERE m.actor = a.id AND r.kind = 'intrusion-set'"
    " AND s.predicate = 'named' AND s.to_snapshot IS NULL"
)
_HIDDEN_KIND = (
    "SELECT 1 FROM main.actor_member m JOIN main.statement h ON h.subject = m.native"
    " WHERE m.actor = a.id AND h.predicate IN ('of-kind', 'sponsored-by')"
    " AND h.to_snapshot IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM temp.statement v WHERE v.id = h.id)"
)

_VIEWS = (
    "CREATE TEMP VIEW source AS SELECT * FROM main.source WHERE is_allowed(tlp)",
    "CREATE TEMP VIEW statement AS SELECT s.* FROM main.statement s WHERE is_allowed(s.tlp)"
    " AND is_allowed((SELECT o.tlp FROM main.record r JOIN main.source o ON o.id = r.source"
    " WHERE r.id = s.record))",
    # A record is as received: its content is shown only where all that it states is shown.
    "CREATE TEMP VIEW record AS SELECT r.id, r.source, r.native_id, r.kind, r.sha256,"
    " CASE WHEN EXISTS (SELECT 1 FROM main.statement h WHERE h.record = r.id"
    " AND NOT EXISTS (SELECT 1 FROM temp.statement v WHERE v.id = h.id)) THEN '{}'"
    " ELSE r.content END AS content, r.from_snapshot, r.to_snapshot FROM main.record r",
    "CREATE TEMP VIEW name AS SELECT n.* FROM main.name n"
    " WHERE EXISTS (SELECT 1 FROM temp.statement s WHERE s.id = n.statement)",
    *(
        f"CREATE TEMP VIEW {table} AS SELECT x.* FROM main.{table} x WHERE {_VISIBLE_NAME}"
        for table in ("technique", "software", "mitigation")
    ),
    "CREATE TEMP VIEW actor AS SELECT a.id,"
    f" CASE WHEN EXISTS ({_STATED_NAME}) OR EXISTS ({_TITLE_OF_A_RECORD}) THEN a.name ELSE '' END"
    f" AS name, CASE WHEN EXISTS ({_STATED_GROUP}) THEN a.attack_id ELSE '' END AS attack_id,"
    f" CASE WHEN EXISTS ({_HIDDEN_KIND}) THEN '' ELSE a.kind END AS kind,"
    " '' AS origins, '' AS motives, '' AS goals, '' AS sectors, '' AS countries, '' AS newest,"
    " 0 AS names, 0 AS documents, 0 AS techniques, 0 AS software, 0 AS statements, a.own_profile"
    " FROM main.actor a",
    # Reasons speak of names. A person's own decision carries no marking, which is RED.
    "CREATE TEMP VIEW identity_queue AS SELECT x.* FROM main.identity_queue x"
    f" WHERE NOT {_HIDDEN_NAME}",
    "CREATE TEMP VIEW identity AS SELECT x.* FROM main.identity x"
    f" WHERE x.decided_by = 'Threat Briefing' AND NOT {_HIDDEN_NAME}",
)


def open_below(path: Path, ceiling: Tlp) -> sqlite3.Connection:
    """A read-only connection to a knowledge file that sees nothing above the ceiling.

    Unknown or missing markings count as RED. The caller closes the connection.

    Raises:
        MissingDatabaseError: when there is no such file.
        DatabaseError: when it cannot be read.
    """
    connection = open_reader(path)
    connection.create_function(
        "is_allowed", 1, lambda tlp: int(parse_tlp(tlp) <= ceiling), deterministic=True
    )
    with sentences(path):
        if _hides_something(connection, ceiling):
            # The file itself is open read-only; the views live in this connection's memory.
            connection.execute("PRAGMA query_only = 0")
            for view in _VIEWS:
                connection.execute(view)
            connection.execute("PRAGMA query_only = 1")
    return connection


def _hides_something(connection: sqlite3.Connection, ceiling: Tlp) -> bool:
    """Whether anything here is above the ceiling; where nothing is, the tables are right."""
    marked = connection.execute(
        "SELECT tlp FROM source UNION SELECT tlp FROM statement UNION SELECT CASE decided_by"
        " WHEN 'Threat Briefing' THEN 'CLEAR' ELSE 'RED' END FROM identity"
    )
    return any(parse_tlp(tlp) > ceiling for (tlp,) in marked)
