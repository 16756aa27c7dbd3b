"""A reader that cannot see what is marked above an audience's ceiling.

Temporary views of the same names cover the tables in which statements stand, so every query that
runs on this reader, whoever wrote it, gets what is allowed and nothing else. That is how a briefing
leaves things out while it is built; nothing has to be found and taken out afterwards.

Read models are made from all statements. Where one can be traced to a statement (a name, a kind) it
is kept only if that statement is visible; what only sums statements up (codes, counts) is emptied.
The search indexes are not covered: do not search on this reader.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from briefing.core.tlp import Tlp, parse_tlp
from briefing.store.connection import open_reader, sentences
from briefing.store.report_ceilings import REPORT_VIEWS

_VIEWS = (
    "CREATE TEMP VIEW source AS SELECT * FROM main.source"
    " WHERE tlp IN (SELECT tlp FROM temp.allowed)",
    "CREATE TEMP VIEW statement AS SELECT s.* FROM main.statement s"
    " WHERE s.tlp IN (SELECT tlp FROM temp.allowed) AND (SELECT r.source FROM main.record r"
    " WHERE r.id = s.record) IN (SELECT id FROM temp.source)",
    "CREATE TEMP VIEW hidden AS SELECT h.* FROM main.statement h"
    " WHERE NOT EXISTS (SELECT 1 FROM temp.statement v WHERE v.id = h.id)",
    "CREATE TEMP VIEW called AS SELECT s.subject, s.value, s.record FROM temp.statement s"
    " WHERE s.predicate = 'named' AND s.to_snapshot IS NULL",
    # A record is as received: its content is shown only where all that it states is shown. What
    # still holds stays with the row that first stated it, so all rows of a record count, and of
    # their statements those that held while this one did.
    "CREATE TEMP VIEW record AS SELECT r.id, CASE WHEN r.source IN (SELECT id FROM temp.source)"
    " THEN r.source ELSE '' END AS source, r.native_id, r.kind, r.sha256,"
    " CASE WHEN r.source IN (SELECT id FROM temp.source) AND NOT EXISTS (SELECT 1"
    " FROM main.record f JOIN temp.hidden h ON h.record = f.id WHERE f.native_id = r.native_id"
    " AND f.source = r.source AND (r.to_snapshot IS NULL OR h.from_snapshot < r.to_snapshot)"
    " AND (h.to_snapshot IS NULL OR h.to_snapshot > r.from_snapshot))"
    " THEN r.content ELSE '{}' END AS content,"
    " r.from_snapshot, r.to_snapshot, r.edition FROM main.record r",
    # When and from which file something came is its source's secret, and so is its former label.
    "CREATE TEMP VIEW snapshot AS SELECT n.id, n.source, n.version, n.sha256, n.taken_at,"
    " n.applied_at, n.added, n.changed, n.removed, NULL AS source_before, n.edition, n.kinds,"
    " n.file, n.records FROM main.snapshot n WHERE n.source IN (SELECT id FROM temp.source)",
    # What a source calls a document may be what only a hidden statement of it says; that a document
    # is there, and its address, is told by any visible statement that cites or names it.
    "CREATE TEMP VIEW document AS SELECT d.id, CASE WHEN d.shown THEN d.title ELSE '' END AS title,"
    " CASE WHEN d.shown THEN d.publisher ELSE '' END AS publisher, d.url,"
    " CASE WHEN d.shown THEN d.published ELSE '' END AS published,"
    " CASE WHEN d.shown THEN d.kind ELSE '' END AS kind,"
    " CASE WHEN d.shown THEN d.credibility END AS credibility,"
    " CASE WHEN d.shown THEN d.rests_on ELSE '' END AS rests_on, d.origin_id,"
    " CASE WHEN d.shown THEN d.source ELSE '' END AS source, d.from_snapshot"
    " FROM (SELECT x.*, x.source IN (SELECT id FROM"
    " temp.source) AND NOT EXISTS (SELECT 1 FROM main.citation c JOIN temp.hidden h"
    " ON h.id = c.statement JOIN main.record r ON r.id = h.record WHERE c.document = x.id"
    " AND r.source = x.source) AND NOT EXISTS (SELECT 1 FROM temp.hidden h JOIN main.record r"
    " ON r.id = h.record WHERE h.object = x.id AND h.object <> '' AND r.source = x.source) AS shown"
    " FROM main.document x WHERE EXISTS (SELECT 1 FROM main.citation c JOIN temp.statement s"
    " ON s.id = c.statement WHERE c.document = x.id)"
    " OR EXISTS (SELECT 1 FROM temp.statement s WHERE s.object = x.id AND s.object <> '')) d",
    "CREATE TEMP VIEW document_words AS SELECT w.* FROM main.document_words w WHERE 0",
    "CREATE TEMP VIEW name AS SELECT n.* FROM main.name n"
    " WHERE EXISTS (SELECT 1 FROM temp.statement s WHERE s.id = n.statement)",
    "CREATE TEMP VIEW technique AS SELECT x.* FROM main.technique x WHERE EXISTS"
    " (SELECT 1 FROM temp.called c WHERE c.subject = x.id AND c.value = x.name)",
    "CREATE TEMP VIEW software AS SELECT x.* FROM main.software x WHERE EXISTS"
    " (SELECT 1 FROM temp.called c WHERE c.subject = x.id AND c.value = x.name)",
    "CREATE TEMP VIEW mitigation AS SELECT x.* FROM main.mitigation x WHERE EXISTS"
    " (SELECT 1 FROM temp.called c WHERE c.subject = x.id AND c.value = x.name)",
    # An actor's name is stated, or it is the title of a record that is shown whole.
    "CREATE TEMP VIEW actor AS SELECT a.id,"
    " CASE WHEN EXISTS (SELECT 1 FROM main.actor_member m JOIN temp.called c"
    " ON c.subject = m.native WHERE m.actor = a.id AND c.value = a.name)"
    " OR EXISTS (SELECT 1 FROM main.actor_member m JOIN temp.record r ON r.native_id = m.native"
    " WHERE m.actor = a.id AND r.to_snapshot IS NULL"
    " AND json_extract(r.content, '$.name') = a.name) THEN a.name ELSE '' END AS name,"
    " CASE WHEN EXISTS (SELECT 1 FROM main.actor_member m JOIN temp.called c"
    " ON c.subject = m.native JOIN main.record r ON r.id = c.record"
    " WHERE m.actor = a.id AND r.kind = 'intrusion-set') THEN a.attack_id ELSE '' END AS attack_id,"
    " CASE WHEN EXISTS (SELECT 1 FROM main.actor_member m JOIN temp.hidden h"
    " ON h.subject = m.native WHERE m.actor = a.id AND h.to_snapshot IS NULL"
    " AND h.predicate IN ('of-kind', 'sponsored-by')) THEN '' ELSE a.kind END AS kind,"
    " '' AS origins, '' AS motives, '' AS goals, '' AS sectors, '' AS countries, '' AS newest,"
    " 0 AS names, 0 AS documents, 0 AS techniques, 0 AS software, 0 AS statements, a.own_profile"
    " FROM main.actor a",
    # Reasons speak of names. A person's own decision carries no marking, which is RED.
    "CREATE TEMP VIEW identity_queue AS SELECT x.* FROM main.identity_queue x WHERE NOT EXISTS"
    " (SELECT 1 FROM temp.hidden h WHERE h.subject IN (x.one, x.other)"
    " AND h.predicate IN ('named', 'overlaps-with') AND h.to_snapshot IS NULL)",
    "CREATE TEMP VIEW identity_link AS SELECT x.* FROM main.identity_link x"
    " WHERE x.decided_by IN ('', 'Threat Briefing') AND NOT EXISTS"
    " (SELECT 1 FROM temp.hidden h WHERE h.subject IN (x.one, x.other)"
    " AND h.predicate IN ('named', 'overlaps-with') AND h.to_snapshot IS NULL)",
    "CREATE TEMP VIEW identity AS SELECT x.* FROM main.identity x"
    " WHERE x.decided_by = 'Threat Briefing' AND NOT EXISTS"
    " (SELECT 1 FROM temp.hidden h WHERE h.subject IN (x.one, x.other)"
    " AND h.predicate IN ('named', 'overlaps-with') AND h.to_snapshot IS NULL)",
)

_LEVELS_IN_USE = (
    "SELECT tlp FROM source UNION SELECT tlp FROM statement UNION SELECT CASE decided_by"
    " WHEN 'Threat Briefing' THEN 'CLEAR' ELSE 'RED' END FROM identity"
)
"""Markings as written; one that a later import adds is in no list, and so not visible."""


@dataclass(frozen=True, slots=True)
class AudienceReader:
    """A read-only connection for one audience; whoever opened it closes it."""

    connection: sqlite3.Connection
    ceiling: Tlp

    def close(self) -> None:
        """Close the connection, and forget its views."""
        self.connection.close()


def open_below(path: Path, ceiling: Tlp) -> AudienceReader:
    """Open a knowledge file for an audience: what is above its ceiling is not there.

    Unknown or missing markings count as RED.

    Raises:
        MissingDatabaseError: when there is no such file.
        DatabaseError: when it cannot be read.
    """
    connection = open_reader(path)
    with sentences(path):
        # One state of the file from here on: a marking raised meanwhile cannot slip in between.
        connection.execute("BEGIN")
        levels = {tlp: parse_tlp(tlp) for (tlp,) in connection.execute(_LEVELS_IN_USE)}
        if max(levels.values(), default=Tlp.CLEAR) > ceiling:
            # The file itself is open read-only; all this lives in the connection's own memory.
            connection.execute("PRAGMA query_only = 0")
            connection.execute("CREATE TEMP TABLE allowed (tlp TEXT PRIMARY KEY) WITHOUT ROWID")
            connection.executemany(
                "INSERT INTO temp.allowed VALUES (?)",
                [(tlp,) for tlp, level in levels.items() if level <= ceiling],
            )
            for view in (*_VIEWS, *REPORT_VIEWS):
                connection.execute(view)
            connection.execute("PRAGMA query_only = 1")
    return AudienceReader(connection, ceiling)
