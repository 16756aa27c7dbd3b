"""Statements by their keys, in the words of their sources."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

import orjson

from briefing.core.quoted_statement import QuotedStatement, QuotedStatements
from briefing.core.tlp import parse_tlp
from briefing.store.actors import OWN, source_entries

_STATED: Final = (
    "SELECT s.id, s.key, s.object, s.value, ifnull(nullif(s.first_seen, ''), i.started),"
    " ifnull(nullif(s.last_seen, ''), i.ended), s.confidence, s.tlp, r.source, i.name"
    " FROM statement s JOIN record r ON r.id = s.record"
    " LEFT JOIN incident i ON i.id = s.subject WHERE s.key IN (SELECT value FROM json_each(?))"
    " AND s.to_snapshot IS NULL ORDER BY s.id"
)
_CITED: Final = (
    "SELECT c.statement, c.document FROM citation c JOIN statement s ON s.id = c.statement"
    " WHERE s.key IN (SELECT value FROM json_each(?)) AND s.to_snapshot IS NULL"
    " ORDER BY c.statement, c.place"
)


def read_statements(connection: sqlite3.Connection, keys: Iterable[int]) -> QuotedStatements:
    """The current statements of these keys; a key that nothing bears any more is left out.

    Args:
        connection: A reader.
        keys: Keys of statements, as ``Basis.statements`` holds them.
    """
    wanted = (orjson.dumps(list(keys)).decode(),)
    cited: defaultdict[int, list[str]] = defaultdict(list)
    for statement, document in connection.execute(_CITED, wanted):
        cited[statement].append(document)
    # Tables of one source say the same twice; it is shown once.
    found: dict[int, QuotedStatement] = {}
    for row in connection.execute(_STATED, wanted):
        found.setdefault(row[1], _quoted(row, cited[row[0]]))
    statements = sorted(found.values(), key=lambda statement: statement.first, reverse=True)
    counts = Counter(key for statement in statements for key in statement.sources)
    return QuotedStatements(
        tuple(statements), tuple(source_entries(connection, dict(counts)).values())
    )


def _quoted(row: sqlite3.Row, documents: list[str]) -> QuotedStatement:
    _, key, code, words, first, last, confidence, tlp, source, incident = row
    is_own = source == OWN
    first, last = first or "", last or ""
    return QuotedStatement(
        key=key,
        code=code,
        words="" if is_own and words == code else words,
        first=first,
        last=last or first,
        confidence=confidence,
        tlp=parse_tlp(tlp),
        # Our own text cites what it rests on; a catalogue is itself what it says.
        sources=tuple(documents) if is_own and documents else (source,),
        incident=incident or "",
    )
