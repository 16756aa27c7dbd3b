"""Full text of advisories and vulnerabilities: filling the index, and searching it."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

_MANY = 200
_SHORTEST_BEGINNING = 3
_LONGEST_BODY = 1500
"""Characters of the texts of an advisory that are indexed: what it is about stands at its start."""


def fill_report_search(connection: sqlite3.Connection) -> None:
    """Title, own id and issuer as title; summary, tags and products as body; newest first."""
    connection.execute(
        "INSERT INTO report_item (kind, ref) SELECT 'advisory', id FROM advisory"
        " ORDER BY published DESC, id"
    )
    connection.execute(
        "INSERT INTO report_item (kind, ref) SELECT 'vulnerability', id FROM vulnerability"
        " ORDER BY listed DESC, id DESC"
    )
    connection.execute(
        "INSERT INTO report_search (rowid, title, body) SELECT i.id,"
        " a.title || ' ' || a.issuer || ' ' || ifnull((SELECT json_extract(s.detail, '$.id')"
        " FROM statement s WHERE s.subject = a.id AND s.predicate = 'named' AND s.detail <> ''"
        " AND s.to_snapshot IS NULL LIMIT 1), ''),"
        " substr((SELECT group_concat(s.value, ' ') FROM statement s WHERE s.subject = a.id"
        " AND s.predicate IN ('described-as', 'affects') AND s.object <> 'details'"
        " AND s.to_snapshot IS NULL), 1, ?)"
        " FROM report_item i JOIN advisory a ON a.id = i.ref WHERE i.kind = 'advisory'",
        (_LONGEST_BODY,),
    )
    connection.execute(
        "INSERT INTO report_search (rowid, title, body) SELECT i.id, v.id || ' ' || v.name,"
        " v.vendor || ' ' || v.product || ' ' || ifnull((SELECT s.value FROM statement s"
        " WHERE s.subject = v.id AND s.predicate = 'described-as' AND s.to_snapshot IS NULL"
        " LIMIT 1), '')"
        " FROM report_item i JOIN vulnerability v ON v.id = i.ref WHERE i.kind = 'vulnerability'"
    )


@dataclass(frozen=True, slots=True)
class FoundReport:
    """An advisory or a vulnerability that was found.

    Attributes:
        kind: ``advisory`` or ``vulnerability``.
        by: Who issued the advisory; maker and product of the vulnerability.
        published: Of an advisory, ISO 8601 or "".
    """

    kind: str
    id: str
    title: str
    by: str
    published: str


def find_reports(connection: sqlite3.Connection, text: str, limit: int = 12) -> list[FoundReport]:
    """Advisories and vulnerabilities in whose texts every word that was typed stands.

    As ``briefing.store.names.find_in_texts``: every token is quoted, the last one is a beginning,
    and ranking is asked for only where few match; of many the newest come first.
    """
    tokens = [token for token in re.split(r"[^\w]+", text) if token and token.isprintable()]
    if tokens and len(tokens[-1]) < _SHORTEST_BEGINNING:
        tokens.pop()
    if not tokens:
        return []
    query = " ".join(f'"{token}"' for token in tokens) + "*"
    rows = connection.execute(_UNRANKED, (query, _MANY)).fetchall()
    if len(rows) < _MANY:
        rows = connection.execute(_RANKED, (query, limit)).fetchall()
    return [FoundReport(*row) for row in rows[:limit]]


_ITEM = (
    "SELECT i.kind, i.ref, coalesce(a.title, trim(v.id || ' ' || v.name)),"
    " coalesce(a.issuer, trim(v.vendor || ' ' || v.product)), ifnull(a.published, '')"
    " FROM ({}) hit JOIN report_item i ON i.id = hit.rowid"
    " LEFT JOIN advisory a ON i.kind = 'advisory' AND a.id = i.ref"
    " LEFT JOIN vulnerability v ON i.kind = 'vulnerability' AND v.id = i.ref ORDER BY {}"
)
_UNRANKED = _ITEM.format(
    "SELECT rowid FROM report_search WHERE report_search MATCH ? LIMIT ?", "i.id"
)
_RANKED = _ITEM.format(
    "SELECT rowid, bm25(report_search, 8.0, 1.0) AS score FROM report_search"
    " WHERE report_search MATCH ? ORDER BY score LIMIT ?",
    "hit.score",
)
