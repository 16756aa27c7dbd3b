"""Words about documents: each source's own; those of the least restricted source are shown.

``document`` holds the words that are shown; ``document_words`` holds what the other sources call
the same document, and what a source called it before. No words are overwritten: those that hold no
longer get their ``to_snapshot``, so an undo brings them back. Which words are shown follows from
what holds alone, never from the order of imports and undos that led to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import orjson

from briefing.core.changes import DocumentDraft
from briefing.core.tlp import parse_tlp

_SAID = "title, publisher, url, published, kind, credibility, rests_on"
"""Columns that are a source's words, in the order in which a draft has them after its id."""


def differing_words(
    connection: sqlite3.Connection, source: str, drafts: Iterable[DocumentDraft]
) -> list[DocumentDraft]:
    """Drafts of which the source has said nothing yet, or something else; each document once."""
    held = {draft.id: draft for draft in words_of(connection, source)}
    first: dict[str, DocumentDraft] = {}
    for draft in drafts:
        first.setdefault(draft.id, draft)
    return [draft for draft in first.values() if held.get(draft.id) != draft]


def words_of(connection: sqlite3.Connection, source: str) -> Iterator[DocumentDraft]:
    """What a source now says about documents, shown or not."""
    rows = connection.execute(
        f"SELECT id, {_SAID} FROM document WHERE source = ?1"  # noqa: S608 - our own columns
        f" UNION ALL SELECT document, {_SAID} FROM document_words WHERE source = ?1"
        " AND to_snapshot IS NULL",
        (source,),
    )
    return (DocumentDraft(*row) for row in rows)


def borrowed_words(connection: sqlite3.Connection, source: str) -> Iterator[DocumentDraft]:
    """Documents that a source cites now and about which only others say something."""
    rows = connection.execute(
        f"SELECT d.id, {_SAID} FROM document d WHERE d.source <> ?1"  # noqa: S608 - as above
        " AND d.id IN (SELECT c.document FROM record r JOIN statement s ON s.record = r.id"
        " JOIN citation c ON c.statement = s.id WHERE r.source = ?1 AND s.to_snapshot IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM document_words w WHERE w.document = d.id"
        " AND w.source = ?1 AND w.to_snapshot IS NULL) ORDER BY d.id",
        (source,),
    )
    return (DocumentDraft(*row) for row in rows)


def write_words(
    connection: sqlite3.Connection, drafts: Iterable[DocumentDraft], source: str, snapshot: int
) -> None:
    """Write what ``differing_words`` found, as the words of one snapshot of its source."""
    drafts = tuple(drafts)
    _touch(connection, "SELECT value FROM json_each(?)", _json([draft.id for draft in drafts]))
    _lay_open(connection)
    connection.execute(
        "UPDATE document_words SET to_snapshot = ? WHERE source = ? AND to_snapshot IS NULL"
        " AND document IN (SELECT id FROM temp.touched)",
        (snapshot, source),
    )
    rows = [
        (
            *(d.id, source, snapshot, d.title, d.publisher, d.url),
            *(d.published, d.kind, d.credibility, d.rests_on),
        )
        for d in drafts
    ]
    connection.executemany(
        f"INSERT INTO document (id, source, from_snapshot, {_SAID})"  # noqa: S608 - as above
        " VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
        rows,
    )
    connection.executemany(
        f"INSERT INTO document_words (document, source, from_snapshot, {_SAID})"  # noqa: S608 - as above
        " VALUES (?,?,?,?,?,?,?,?,?,?)",
        rows,
    )
    _choose(connection)


def take_words_back(connection: sqlite3.Connection, snapshot: int) -> None:
    """Undo the words of one snapshot, after its statements are gone.

    A document about which nobody says anything any more goes, unless it is still cited: then its
    address stays, as that of the source that cited it first.
    """
    _touch(
        connection,
        "SELECT id FROM document WHERE from_snapshot = ?1 UNION"
        " SELECT document FROM document_words WHERE ?1 IN (from_snapshot, to_snapshot)",
        snapshot,
    )
    _lay_open(connection)
    connection.execute("DELETE FROM document_words WHERE from_snapshot = ?", (snapshot,))
    connection.execute(
        "UPDATE document_words SET to_snapshot = NULL WHERE to_snapshot = ?", (snapshot,)
    )
    _choose(connection)
    bare = "id IN (SELECT id FROM temp.touched) AND from_snapshot = ?1"
    connection.execute(
        f"DELETE FROM document WHERE {bare} AND id NOT IN (SELECT document FROM citation)",  # noqa: S608 - as above
        (snapshot,),
    )
    connection.execute(
        "UPDATE document SET title = '', publisher = '', published = '', kind = '',"  # noqa: S608 - as above
        " credibility = NULL, rests_on = '', (source, from_snapshot) = (SELECT n.source, n.id"
        " FROM citation c JOIN statement s ON s.id = c.statement"
        " JOIN snapshot n ON n.id = s.from_snapshot WHERE c.document = document.id"
        f" ORDER BY n.id LIMIT 1) WHERE {bare}",
        (snapshot,),
    )


def choose_again(connection: sqlite3.Connection, source: str) -> None:
    """Choose the words that are shown anew, where a source's label has changed."""
    _touch(
        connection,
        "SELECT id FROM document WHERE source = ?1 UNION"
        " SELECT document FROM document_words WHERE source = ?1",
        source,
    )
    _lay_open(connection)
    _choose(connection)


def _touch(connection: sqlite3.Connection, query: str, value: str | int) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM temp.touched")
    connection.execute(f"INSERT INTO temp.touched {query}", (value,))


def _json(ids: list[str]) -> str:
    return orjson.dumps(ids).decode()


def _lay_open(connection: sqlite3.Connection) -> None:
    """Put the words that are shown of the touched documents beside all others."""
    connection.execute(
        f"INSERT INTO document_words (document, source, from_snapshot, {_SAID})"  # noqa: S608 - as above
        f" SELECT id, source, from_snapshot, {_SAID} FROM document"
        " WHERE id IN (SELECT id FROM temp.touched)"
    )


def _choose(connection: sqlite3.Connection) -> None:
    """Show one source's words of each touched document that anybody says something about.

    The lowest label goes first, words before a bare address, then whoever spoke first.
    """
    levels = {
        name: parse_tlp(tlp) for name, tlp in connection.execute("SELECT id, tlp FROM source")
    }
    shown: dict[str, tuple[object, ...]] = {}
    for document, source, since, bare, first in connection.execute(
        "SELECT w.document, w.source, w.from_snapshot, w.title = '' AND w.publisher = '',"
        " (SELECT min(f.from_snapshot) FROM document_words f WHERE f.document = w.document"
        " AND f.source = w.source) FROM document_words w JOIN temp.touched t"
        " ON t.id = w.document WHERE w.to_snapshot IS NULL"
    ):
        rank = (levels[source], bare, first, source, since)
        shown[document] = min(shown.get(document, rank), rank)
    chosen = [(document, source, since) for document, (*_, source, since) in shown.items()]
    which = "document = ?1 AND source = ?2 AND from_snapshot = ?3"
    connection.executemany(
        f"UPDATE document SET (source, from_snapshot, {_SAID}) = (SELECT source, from_snapshot,"  # noqa: S608 - as above
        f" {_SAID} FROM document_words WHERE {which}) WHERE id = ?1",
        chosen,
    )
    connection.executemany(f"DELETE FROM document_words WHERE {which}", chosen)  # noqa: S608 - as above
