"""Who says what is held, and what it calls things: asked before a feed is read."""

from __future__ import annotations

import sqlite3

import orjson

from briefing.core.changes import SourceInfo


def read_sources(connection: sqlite3.Connection) -> dict[str, SourceInfo]:
    """Every source by id, as it is recorded now."""
    rows = connection.execute(
        "SELECT id, title, publisher, kind, licence, notice, url, reliability, reliability_why,"
        " tlp FROM source"
    )
    return {row[0]: SourceInfo(*row) for row in rows}


def last_taken(
    connection: sqlite3.Connection,
) -> dict[tuple[str, str], tuple[str, str, int]]:
    """Hash and name of the file of each source's newest import → source, version, records it gave.

    Only where all of it was taken, and under a source that nobody had to name: then the same file
    would change nothing.
    """
    rows = connection.execute(
        "SELECT n.sha256, n.file, n.source, n.version, n.records FROM snapshot n"
        " WHERE n.records > 0"
        " AND n.id = (SELECT max(l.id) FROM snapshot l WHERE l.source = n.source)"
        " AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.snapshot = n.id)"
    )
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}


def own_pages(connection: sqlite3.Connection) -> dict[str, str]:
    """Address of every page of an advisory that our own texts hold → native id of the advisory."""
    rows = connection.execute(
        "SELECT r.native_id, r.content FROM record r JOIN source o ON o.id = r.source"
        " WHERE o.kind = 'own-text' AND r.kind IN ('advisory', 'report')"
        " AND r.to_snapshot IS NULL ORDER BY r.id"
    )
    found: dict[str, str] = {}
    for native, text in rows:
        content = orjson.loads(text)
        for url in (content["url"], *content.get("other_urls", ())):
            found.setdefault(url, native)
    return found


def known_ids(connection: sqlite3.Connection) -> dict[str, str]:
    """UUID → native id of every actor, technique, piece of software and mitigation."""
    rows = connection.execute(
        "SELECT native_id FROM record WHERE to_snapshot IS NULL AND kind IN ('threat-actor',"
        " 'intrusion-set', 'attack-pattern', 'malware', 'tool', 'course-of-action')"
    )
    return {native.partition("--")[2]: native for (native,) in rows}


def names_of_kind(connection: sqlite3.Connection, kind: str) -> dict[str, str]:
    """UUID → main name of the current records of a kind."""
    rows = connection.execute(
        "SELECT s.subject, s.value FROM statement s JOIN record r ON r.id = s.record"
        " WHERE r.kind = ? AND s.predicate = 'named' AND s.to_snapshot IS NULL ORDER BY s.id DESC",
        (kind,),
    )
    return {native.partition("--")[2]: name for native, name in rows}
