"""Small sources, records and statements, and what a database holds as plain values to compare."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    DocumentDraft,
    Predicate,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    document_for,
)
from briefing.store.apply import Applied, apply_changes
from briefing.store.connection import immediate
from briefing.store.read_models import rebuild
from briefing.store.schema import READ_MODELS

FACTS = (
    "source",
    "snapshot",
    "document",
    "document_words",
    "record_row",
    "statement",
    "citation",
    "identity",
    "label",
)
"""The tables that say something; all others are made from them."""


def source(name: str = "feed-a", **changed: str) -> SourceInfo:
    """A source with everything filled in."""
    fields = {
        "title": name.title(),
        "publisher": "Publisher",
        "kind": "feed",
        "licence": "CC0-1.0",
        "notice": "",
        "url": "https://example.org/",
        "reliability": "C",
        "reliability_why": "Made up for a test.",
        "tlp": "CLEAR",
    }
    return SourceInfo(id=name, **{**fields, **changed})


def document(url: str = "https://example.org/2020/05/report", **fields: Any) -> DocumentDraft:
    """A cited document."""
    return document_for(url, **{"title": "Report", "published": "2020-05", **fields})


def actor(
    number: int,
    *names: str,
    said: Iterable[StatementDraft] = (),
    kind: str = "threat-actor",
    **content: Any,
) -> RecordDraft:
    """A record of an actor with its names, as the MISP galaxy would give it."""
    native = f"{kind}--{number:08d}-0000-4000-8000-000000000000"
    named = [StatementDraft(native, Predicate.NAMED, value=name) for name in names]
    fields = {"value": names[0] if names else f"Actor {number}", **content}
    return RecordDraft.of(native, kind, fields, (*named, *said))


def native(number: int, kind: str = "threat-actor") -> str:
    """The native id that ``actor`` gives."""
    return actor(number, kind=kind).native_id


def targets(number: int, *sectors: str) -> list[StatementDraft]:
    """Statements about the sectors an actor targets."""
    subject = native(number)
    return [
        StatementDraft(subject, Predicate.TARGETS_SECTOR, object=sector, value=sector)
        for sector in sectors
    ]


def changes(
    *records: RecordDraft,
    of: SourceInfo | None = None,
    full: bool = True,
    version: str = "1",
    documents: Iterable[DocumentDraft] = (),
) -> ChangeSet:
    """A change-set of one payload."""
    return ChangeSet(of or source(), version, "00" * 32, full, records, tuple(documents))


def take(connection: sqlite3.Connection, path: Path, change_set: ChangeSet) -> Applied:
    """Apply a change-set in a transaction of its own, and make the read models again."""
    with immediate(connection, path):
        applied = apply_changes(
            connection,
            change_set,
            taken_at="2026-01-02T03:04:05+00:00",
            applied_at="2026-01-02T03:04:06+00:00",
        )
        rebuild(connection)
    return applied


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a query gives, as plain tuples."""
    return [tuple(row) for row in connection.execute(query, values)]


def whole(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table."""
    return rows(connection, f"SELECT * FROM {table}")  # noqa: S608 - a table of our own schema


def facts(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that says something, ids and times included."""
    return {table: sorted(whole(connection, table), key=repr) for table in FACTS}


def read_models(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every read model, and every word of the search index with its place."""
    found = {table: whole(connection, table) for table in READ_MODELS}
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, instance)")
    found["search"] = whole(connection, "temp.words")
    connection.execute("DROP TABLE temp.words")
    return found


def said_now(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What the read models show, without the ids of the rows behind it."""
    shown = {table: whole(connection, table) for table in READ_MODELS}
    shown["name"] = rows(connection, "SELECT norm, skeleton, display, kind, entity, main FROM name")
    for table in ("technique", "software", "mitigation"):
        shown[table] = rows(connection, f"SELECT id, name, attack_id, url FROM {table}")  # noqa: S608 - ours
    del shown["search_item"]
    return {table: sorted(found) for table, found in shown.items()}
