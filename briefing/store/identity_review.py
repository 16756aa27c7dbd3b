"""The review queue of who is who: questions with what both sides say, and decisions in force."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path

from briefing.core.identity_review import Decided, Key, Party, Question, Review, Side
from briefing.store.builder import CURATOR
from briefing.store.connection import immediate
from briefing.store.labels import Labels, read_labels
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild


def read_review(connection: sqlite3.Connection) -> Review:
    """What waits and what is decided, as of one moment of the file."""
    return Review(_questions(connection), _decisions(connection))


def count_questions(connection: sqlite3.Connection) -> int:
    """How many questions wait."""
    return int(connection.execute("SELECT count(*) FROM identity_queue").fetchone()[0])


def are_one(connection: sqlite3.Connection, key: Key) -> bool:
    """Whether two records belong to one actor now."""
    actors = connection.execute(
        "SELECT DISTINCT actor FROM actor_member WHERE native IN (?, ?)", key
    ).fetchall()
    return len(actors) == 1


@contextmanager
def deciding(
    path: Path, before_lists: Callable[[], None], before_end: Callable[[], None]
) -> Iterator[sqlite3.Connection]:
    """One transaction for what is decided inside it; at its end actors are formed anew.

    Args:
        path: The database.
        before_lists: Called before the read models are made; may raise, and nothing is written.
        before_end: Called before all of it is kept; may raise likewise.

    Raises:
        DatabaseError: where the file cannot be written; it is then as it was.
    """
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        yield connection
        before_lists()
        rebuild(connection)
        before_end()


def _questions(connection: sqlite3.Connection) -> tuple[Question, ...]:
    """Everything that waits for a person, by the name of the actor that stands already."""
    labels = read_labels(connection)
    side = lru_cache(maxsize=None)(lambda native: _side(connection, labels, native))
    found = [
        Question(side(one), side(other), basis, reason)
        for one, other, basis, reason in connection.execute(
            "SELECT one, other, basis, reason FROM identity_queue"
        ).fetchall()
    ]
    found.sort(key=lambda question: (question.one.name.casefold(), *question.key))
    return tuple(found)


def _decisions(connection: sqlite3.Connection) -> tuple[Decided, ...]:
    """Those people made here, then those that came with the program; the newest first."""
    rows = connection.execute(
        "SELECT id, one, other, relation, reason, decided_by, decided_at FROM identity"
        " WHERE withdrawn_at IS NULL ORDER BY decided_by = ?, decided_at DESC, id DESC",
        (CURATOR,),
    ).fetchall()
    party = lru_cache(maxsize=None)(lambda native: _party(connection, native))
    return tuple(
        Decided(
            id=number,
            one=party(one),
            other=party(other),
            relation=relation,
            reason=reason,
            decided_by=by,
            decided_at=at,
            bundled=by == CURATOR,
        )
        for number, one, other, relation, reason, by, at in rows
    )


def _side(connection: sqlite3.Connection, labels: Labels, native: str) -> Side:
    actor, name, origins, documents = connection.execute(
        "SELECT a.id, a.name, a.origins, a.documents FROM actor_member m"
        " JOIN actor a ON a.id = m.actor WHERE m.native = ?",
        (native,),
    ).fetchone()
    sources = connection.execute(
        "SELECT DISTINCT o.title FROM actor_member m JOIN record r ON r.native_id = m.native"
        " AND r.to_snapshot IS NULL JOIN source o ON o.id = r.source WHERE m.actor = ?"
        " ORDER BY o.rowid",
        (actor,),
    ).fetchall()
    names = connection.execute(
        "SELECT norm, display FROM name WHERE entity = ? AND kind = 'actor' ORDER BY main DESC, id",
        (actor,),
    ).fetchall()
    spelled: dict[str, str] = {}
    for norm, display in names:
        spelled.setdefault(norm, display)
    return Side(
        native=native,
        actor=actor,
        name=name,
        sources=tuple(row[0] for row in sources),
        names=tuple(spelled.values()),
        origins=tuple(
            labels.coded("country" if len(code) == 2 else "place", code)
            for code in origins.split(",")
            if code
        ),
        documents=documents,
    )


def _party(connection: sqlite3.Connection, native: str) -> Party:
    sources = connection.execute(
        "SELECT DISTINCT o.title FROM record r JOIN source o ON o.id = r.source"
        " WHERE r.native_id = ? AND r.to_snapshot IS NULL ORDER BY o.rowid",
        (native,),
    ).fetchall()
    return Party(native, _stated_name(connection, native), tuple(row[0] for row in sources))


def _stated_name(connection: sqlite3.Connection, native: str) -> str:
    """The first name its sources state, now or before it went; its id where there is none."""
    row = connection.execute(
        "SELECT s.value FROM statement s WHERE s.subject = ? AND s.predicate = 'named'"
        " ORDER BY s.to_snapshot IS NOT NULL, s.id LIMIT 1",
        (native,),
    ).fetchone()
    return str(row[0]) if row else native
