"""The review queue of who is who: questions with what both sides say, and decisions in force."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from briefing.core.identity_review import Decided, Question, Side
from briefing.core.names import normalised

_MOST_NAMES = 12


def read_questions(connection: sqlite3.Connection) -> tuple[Question, ...]:
    """Everything that waits for a person, by the name of the actor that stands already."""
    side = lru_cache(maxsize=None)(lambda native: _side(connection, native))
    found = []
    for one, other, basis, reason in connection.execute(
        "SELECT one, other, basis, reason FROM identity_queue"
    ).fetchall():
        left, right = side(one), side(other)
        found.append(Question(left, right, basis, reason, _shared(left, right)))
    found.sort(key=lambda question: (question.one.name.casefold(), question.other.native))
    return tuple(found)


def read_decisions(connection: sqlite3.Connection) -> tuple[Decided, ...]:
    """Every decision in force, the newest first."""
    rows = connection.execute(
        "SELECT i.id, i.one, i.other, i.relation, i.reason, i.decided_by, i.decided_at"
        " FROM identity i WHERE i.withdrawn_at IS NULL ORDER BY i.decided_at DESC, i.id DESC"
    ).fetchall()
    name = lru_cache(maxsize=None)(lambda native: _main_name(connection, native))
    return tuple(Decided(row[0], name(row[1]), name(row[2]), *row[3:]) for row in rows)


def _side(connection: sqlite3.Connection, native: str) -> Side:
    actor, name, origins, documents = connection.execute(
        "SELECT a.id, a.name, a.origins, a.documents FROM actor_member m"
        " JOIN actor a ON a.id = m.actor WHERE m.native = ?",
        (native,),
    ).fetchone() or ("", native, "", 0)
    sources = connection.execute(
        "SELECT DISTINCT o.title FROM actor_member m JOIN record r ON r.native_id = m.native"
        " AND r.to_snapshot IS NULL JOIN source o ON o.id = r.source WHERE m.actor = ?"
        " ORDER BY o.rowid",
        (actor,),
    ).fetchall()
    names = connection.execute(
        "SELECT DISTINCT n.display FROM name n WHERE n.entity = ? AND n.kind = 'actor'"
        " ORDER BY n.main DESC, n.id LIMIT ?",
        (actor, _MOST_NAMES),
    ).fetchall()
    return Side(
        native=native,
        actor=actor,
        name=_main_name(connection, native) if not actor else name,
        sources=tuple(row[0] for row in sources),
        names=tuple(row[0] for row in names),
        origins=tuple(filter(None, origins.split(","))),
        documents=documents,
    )


def _main_name(connection: sqlite3.Connection, native: str) -> str:
    row = connection.execute(
        "SELECT s.value FROM statement s WHERE s.subject = ? AND s.predicate = 'named'"
        " ORDER BY s.to_snapshot IS NOT NULL, s.id LIMIT 1",
        (native,),
    ).fetchone()
    return str(row[0]) if row else native


def _shared(one: Side, other: Side) -> tuple[str, ...]:
    known = {normalised(name) for name in one.names}
    return tuple(name for name in other.names if normalised(name) in known)
