"""The list of actors, and everything said about one of them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

import orjson

from briefing.core.actor import ActorRow, Basis, SourceEntry
from briefing.core.changes import Predicate
from briefing.core.grading import Grade
from briefing.core.tlp import highest, parse_tlp
from briefing.store.snapshots import AS_OF


class Stated(NamedTuple):
    """One current statement with what it rests on; a tuple, since a profile makes hundreds."""

    key: int
    subject: str
    predicate: str
    object: str
    value: str
    first_seen: str
    confidence: str
    tlp: str
    source: str
    documents: tuple[str, ...]
    detail: dict[str, Any]

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Keys of sources: the documents cited by our own text, else the source that says it."""
        return self.documents if self.documents and self.source == OWN else (self.source,)


OWN = "threat-briefing"
"""Source id of the profiles written for this program."""


def basis(statements: Iterable[Stated]) -> Basis:
    """What several statements together rest on."""
    listed = list(statements)
    if len(listed) == 1:  # nearly every technique, and a profile has a hundred of them
        only = listed[0]
        return Basis(only.rests_on, (only.key,), parse_tlp(only.tlp))
    return Basis(
        tuple(dict.fromkeys(key for s in listed for key in s.rests_on)),
        tuple(s.key for s in listed),
        highest(parse_tlp(s.tlp) for s in listed),
    )


def list_actors(connection: sqlite3.Connection) -> tuple[ActorRow, ...]:
    """Every actor: those with a profile of our own first, then by documents cited, then by name."""
    rows = connection.execute(
        "SELECT * FROM actor ORDER BY own_profile DESC, documents DESC, name COLLATE NOCASE, id"
    ).fetchall()
    return tuple(map(to_row, rows))


def actor_row(connection: sqlite3.Connection, actor: str) -> ActorRow | None:
    """One actor's row, or None; a member record's id finds its actor."""
    row = connection.execute(
        "SELECT a.* FROM actor a WHERE a.id ="
        " ifnull((SELECT actor FROM actor_member WHERE native = ?), ?)",
        (actor, actor),
    ).fetchone()
    return to_row(row) if row else None


def _codes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()


def to_row(row: sqlite3.Row) -> ActorRow:
    """A row of the actor table as an entity."""
    return ActorRow(
        id=row["id"],
        name=row["name"],
        attack_id=row["attack_id"],
        kind=row["kind"],
        origins=_codes(row["origins"]),
        motives=_codes(row["motives"]),
        goals=_codes(row["goals"]),
        sectors=_codes(row["sectors"]),
        countries=_codes(row["countries"]),
        newest=row["newest"],
        names=row["names"],
        documents=row["documents"],
        techniques=row["techniques"],
        software=row["software"],
        statements=row["statements"],
        own_profile=bool(row["own_profile"]),
    )


def statements_about(connection: sqlite3.Connection, actor: str) -> list[Stated]:
    """Every current statement about an actor, in the order in which they were taken."""
    cited: dict[int, tuple[str, ...]] = {}
    for statement, document in connection.execute(
        "SELECT c.statement, c.document FROM actor_member m"
        " JOIN statement s ON s.subject = m.native JOIN citation c ON c.statement = s.id"
        " WHERE m.actor = ? AND s.to_snapshot IS NULL ORDER BY c.statement, c.place",
        (actor,),
    ).fetchall():
        cited[statement] = (*cited.get(statement, ()), document)
    rows = connection.execute(
        "SELECT s.id, s.key, s.subject, s.predicate, s.object, s.value, s.first_seen,"
        " s.confidence, s.tlp, r.source, s.detail FROM actor_member m"
        " JOIN statement s ON s.subject = m.native JOIN record r ON r.id = s.record"
        " WHERE m.actor = ? AND s.to_snapshot IS NULL"
        # What names an actor without saying anything about it is listed apart, as advisories.
        " AND (s.predicate <> 'mentioned-in' OR s.object LIKE 'document--%')",
        (actor,),
    ).fetchall()
    # In Python: SQLite would carry whole rows through its sorter.
    rows.sort(key=itemgetter(0))
    # By position: a name is looked up anew in every row, and a profile has hundreds.
    return [
        Stated._make((*row[1:-1], cited.get(row[0], ()), orjson.loads(row[-1] or "{}")))
        for row in rows
    ]


def by_predicate(statements: Sequence[Stated]) -> Callable[[Predicate], list[Stated]]:
    """Look statements up by predicate."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for statement in statements:
        found[statement.predicate].append(statement)
    return lambda predicate: found.get(predicate.value, [])


def source_entries(
    connection: sqlite3.Connection, counts: dict[str, int]
) -> dict[str, SourceEntry]:
    """Entries of sources and documents for the keys that are counted."""
    entries: dict[str, SourceEntry] = {}
    for row in connection.execute(
        "SELECT s.*,"  # noqa: S608 - our own expression
        " (SELECT version FROM snapshot n WHERE n.source = s.id ORDER BY n.id DESC"
        " LIMIT 1) AS version, (SELECT " + AS_OF.format(n="n") + " FROM snapshot n WHERE n.source ="
        " s.id ORDER BY n.id DESC LIMIT 1) AS taken FROM source s ORDER BY s.rowid"
    ).fetchall():
        if row["id"] in counts:
            entries[row["id"]] = SourceEntry(
                key=row["id"],
                title=row["title"],
                publisher=row["publisher"],
                url=row["url"],
                published=row["taken"] or "",
                kind=row["kind"],
                grade=Grade(row["reliability"]),
                rests_on="",
                version=row["version"] or "",
                catalogue=True,
                statements=counts[row["id"]],
            )
    wanted = [key for key in counts if key not in entries]
    for row in _documents(connection, wanted):
        entries[row[0]] = _document_entry(row, counts[row[0]])
    return {key: entries[key] for key in (*_catalogues(entries), *wanted) if key in entries}


def documents_about(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[SourceEntry, ...]:
    """What catalogues refer to, newest first, undated last."""
    entries = [_document_entry(row, 0) for row in _documents(connection, ids)]
    entries.sort(key=attrgetter("published", "publisher", "url"), reverse=True)
    return tuple(entries)


def json_list(values: Iterable[str]) -> str:
    """Values as one parameter of a query, for ``json_each``."""
    return orjson.dumps(list(values)).decode()


def _catalogues(entries: dict[str, SourceEntry]) -> list[str]:
    return [key for key, entry in entries.items() if entry.catalogue]


def _documents(connection: sqlite3.Connection, ids: Iterable[str]) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT id, title, publisher, url, published, kind, credibility, rests_on FROM document"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json_list(ids),),
    ).fetchall()


_RELIABILITY = {"gov": "B", "court": "A", "vendor": "B", "research": "B", "catalogue": "B"}
"""Reliability of a cited document by its kind, our own rule: press and unknown publishers are C.

Courts publish under oath; governments and vendors are usually right and have interests of their
own; press repeats others.
"""


@lru_cache(maxsize=64)
def _grade(reliability: str, credibility: int | None) -> Grade:
    return Grade(reliability, credibility)


def _document_entry(row: sqlite3.Row, statements: int) -> SourceEntry:
    key, title, publisher, url, published, kind, credibility, rests_on = row
    reliability = _RELIABILITY.get(kind, "C" if kind == "press" else "F")
    return SourceEntry(
        key=key,
        title=title,
        publisher=publisher,
        url=url,
        published=published,
        kind=kind,
        grade=_grade(reliability, credibility),
        rests_on=rests_on,
        version="",
        catalogue=False,
        statements=statements,
    )
