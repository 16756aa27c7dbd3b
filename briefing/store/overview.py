"""What a database holds, in numbers, and whether it is sound."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from briefing.store.file_errors import DatabaseError
from briefing.store.snapshots import AS_OF


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source: its newest snapshot and how many of its records are current."""

    id: str
    title: str
    publisher: str
    kind: str
    licence: str
    notice: str
    url: str
    reliability: str
    reliability_why: str
    version: str
    taken_at: str
    as_of: str
    records: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A value of a source that leads to no code: kept, and counted here."""

    predicate: str
    value: str
    statements: int


COUNTS = {
    "actors": "SELECT count(*) FROM actor",
    "names": "SELECT count(*) FROM name WHERE kind = 'actor'",
    "statements": "SELECT count(*) FROM statement WHERE to_snapshot IS NULL",
    "statements_without_source": (
        "SELECT count(*) FROM statement s LEFT JOIN record r ON r.id = s.record"
        " LEFT JOIN source o ON o.id = r.source WHERE o.id IS NULL"
    ),
    "documents": "SELECT count(*) FROM document",
    "techniques": "SELECT count(*) FROM technique WHERE revoked = 0",
    "software": "SELECT count(*) FROM software WHERE revoked = 0",
    "mitigations": "SELECT count(*) FROM mitigation",
    "campaigns": "SELECT count(*) FROM campaign WHERE revoked = 0",
    "vulnerabilities": "SELECT count(*) FROM vulnerability",
    "advisories": "SELECT count(*) FROM advisory",
    "own_profiles": "SELECT count(*) FROM actor WHERE own_profile = 1",
    # Worked through: somebody weighed hypotheses or came to an assessment.
    "incidents": (
        "SELECT count(*) FROM incident WHERE id IN (SELECT json_extract(s.detail, '$.incident')"
        " FROM statement s WHERE s.object IN ('hypothesis', 'assessment') AND s.object <> ''"
        " AND s.predicate = 'described-as' AND s.to_snapshot IS NULL)"
    ),
    # Our history and feeds; an incident of which only we made a case is not one more of them.
    "dated_incidents": (
        "SELECT count(*) FROM incident i JOIN source o ON o.id = i.source AND o.kind <> 'analyst'"
        " WHERE i.started <> '' AND o.id <> 'threat-briefing-incidents'"
    ),
    "snapshots": "SELECT count(*) FROM snapshot",
    "identity_queue": "SELECT count(*) FROM identity_queue",
}
"""Name of a count → query. The names are part of the command line's contract."""


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Every count, in the order of the contract."""
    return {name: int(connection.execute(query).fetchone()[0]) for name, query in COUNTS.items()}


def source_summaries(connection: sqlite3.Connection) -> tuple[SourceSummary, ...]:
    """Every source with its newest snapshot, in the order in which they were first applied."""
    rows = connection.execute(
        "SELECT s.id, s.title, s.publisher, s.kind,"  # noqa: S608 - our own expression
        " s.licence, s.notice, s.url, s.reliability,"
        " s.reliability_why, n.version, n.taken_at,"
        f" {AS_OF.format(n='n')}, (SELECT count(*) FROM record r WHERE r.source ="
        " s.id AND r.to_snapshot IS NULL) FROM source s LEFT JOIN snapshot n ON n.id ="
        " (SELECT max(id) FROM snapshot WHERE source = s.id) ORDER BY s.rowid"
    )
    return tuple(SourceSummary(*row) for row in rows)


def unmapped(connection: sqlite3.Connection) -> tuple[Unmapped, ...]:
    """Values that lead to no code, most frequent first."""
    rows = connection.execute(
        "SELECT predicate, value, count(*) FROM statement WHERE to_snapshot IS NULL AND object = ''"
        " AND predicate IN ('targets-sector', 'targets-country', 'motivated-by', 'located-in',"
        " 'sponsored-by', 'has-goal') AND value <> 'not attributed'"
        " GROUP BY predicate, value ORDER BY count(*) DESC, value"
    )
    return tuple(Unmapped(*row) for row in rows)


def schema_version(connection: sqlite3.Connection) -> int:
    """Which migration step the file has reached."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def setting(connection: sqlite3.Connection, name: str) -> str:
    """A value the database keeps about itself, or ""."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


BUNDLE_HASH = "bundle_hash"
"""Setting that says which bundle the user's copy has taken."""


def bundle_is_new(bundle: sqlite3.Connection, copy: sqlite3.Connection) -> bool:
    """Whether the bundle says something else than the one the copy was last given."""
    taken = setting(copy, BUNDLE_HASH) or setting(copy, "content_hash")
    return setting(bundle, "content_hash") != taken


def integrity_faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What SQLite and our own rules find wrong; empty where the file is sound."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check").fetchall()]
        if found != ["ok"]:
            # Our own rules would only stumble over what is damaged already.
            return tuple(found)
        return _broken_rules(connection)
    except (sqlite3.DatabaseError, DatabaseError) as error:
        return (f"The file is damaged: {error.__cause__ or error}",)


def _broken_rules(connection: sqlite3.Connection) -> tuple[str, ...]:
    faults = [
        f"{row[0]}: row {row[1]} refers to a {row[2].removesuffix('_row')} that is not there"
        for row in connection.execute("PRAGMA foreign_key_check").fetchall()
    ]
    for query, words in _RULES:
        found = int(connection.execute(query).fetchone()[0])
        if found:
            faults.append(f"{found} {words}")
    return tuple(faults)


_RULES = (
    (COUNTS["statements_without_source"], "statements have no source"),
    (
        "SELECT count(*) FROM statement WHERE tlp NOT IN"
        " ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED')",
        "statements carry no known TLP label",
    ),
    (
        "SELECT count(*) FROM actor_member m LEFT JOIN actor a ON a.id = m.actor"
        " WHERE a.id IS NULL",
        "records belong to an actor that is not there",
    ),
)
