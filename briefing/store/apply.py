"""Writing one change-set as one snapshot: compare by hash, close what is gone, add what is new.

Rows are never overwritten: a row that no longer holds gets its ``to_snapshot``, so an import can be
undone exactly and any moment of the past can be read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import orjson

from briefing.core.changes import ChangeSet, DocumentDraft, RecordDraft, SourceInfo, StatementDraft


@dataclass(frozen=True, slots=True)
class Applied:
    """What one import did: the snapshot (None where nothing changed) and counts of records."""

    snapshot: int | None
    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(slots=True)
class _Plan:
    """Which records are new, which replace a current row, and which current rows are gone."""

    added: list[tuple[RecordDraft, bytes]] = field(default_factory=list)
    changed: list[tuple[RecordDraft, bytes, int]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    unchanged: int = 0


def apply_changes(
    connection: sqlite3.Connection,
    changes: ChangeSet,
    *,
    taken_at: str,
    applied_at: str,
    tick: Callable[[int, int], None] = lambda _done, _total: None,
    compare_statements: bool = False,
) -> Applied:
    """Write a change-set inside the caller's transaction.

    Args:
        connection: The writing connection, in a transaction.
        changes: What the feed says.
        taken_at: When the feed's content was taken (ISO 8601).
        applied_at: Now, passed in.
        tick: Called with records done and in all; may raise to cancel.
        compare_statements: Also take a record whose content stands still but which is read
            differently now (another program version, another vocabulary) as changed.

    Returns:
        Counts of records; ``snapshot`` is None when nothing differed and nothing was written.
    """
    current = _current(connection, changes.source.id)
    stated = _stated(connection, changes.source.id) if compare_statements else None
    plan = _plan(changes, current, stated)
    if not (plan.added or plan.changed or plan.removed):
        return Applied(None, 0, 0, 0, plan.unchanged)
    write_source(connection, changes.source)
    snapshot = _write_snapshot(connection, changes, plan, taken_at, applied_at)
    _write_documents(connection, changes.documents, changes.source.id, snapshot)
    writer = _Writer(connection, changes.source, snapshot)
    total = len(plan.added) + len(plan.changed) + len(plan.removed)
    for done, (draft, digest) in enumerate(plan.added, start=1):
        writer.add(draft, digest)
        if done % 256 == 0:
            tick(done, total)
    for draft, digest, row in plan.changed:
        writer.replace(draft, digest, row)
    for row in plan.removed:
        writer.close(row)
    writer.flush()
    tick(total, total)
    return Applied(snapshot, len(plan.added), len(plan.changed), len(plan.removed), plan.unchanged)


def _current(connection: sqlite3.Connection, source: str) -> dict[str, tuple[int, bytes]]:
    rows = connection.execute(
        "SELECT native_id, id, sha256 FROM record WHERE source = ? AND to_snapshot IS NULL",
        (source,),
    )
    return {native: (row, digest) for native, row, digest in rows}


def _stated(connection: sqlite3.Connection, source: str) -> dict[str, set[int]]:
    """Keys of the current statements of each record of a source."""
    keys: dict[str, set[int]] = defaultdict(set)
    for native, key in connection.execute(
        "SELECT r.native_id, s.key FROM statement s JOIN record r ON r.id = s.record"
        " WHERE r.source = ? AND s.to_snapshot IS NULL",
        (source,),
    ):
        keys[native].add(key)
    return keys


def _plan(
    changes: ChangeSet,
    current: dict[str, tuple[int, bytes]],
    stated: dict[str, set[int]] | None,
) -> _Plan:
    plan = _Plan()
    source = changes.source.id
    seen = set()
    for draft in changes.records:
        seen.add(draft.native_id)
        digest = draft.sha256()
        held = current.get(draft.native_id)
        if held is None:
            plan.added.append((draft, digest))
        elif held[1] != digest or (
            stated is not None
            and stated.get(draft.native_id, set()) != {s.key(source) for s in draft.statements}
        ):
            plan.changed.append((draft, digest, held[0]))
        else:
            plan.unchanged += 1
    if changes.full:
        plan.removed = [row for native, (row, _) in current.items() if native not in seen]
    return plan


def write_source(connection: sqlite3.Connection, source: SourceInfo) -> None:
    """Write or refresh who a source is, inside the caller's transaction."""
    connection.execute(
        "INSERT INTO source VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
        " title=excluded.title, publisher=excluded.publisher, licence=excluded.licence,"
        " notice=excluded.notice, url=excluded.url, reliability=excluded.reliability,"
        " reliability_why=excluded.reliability_why",
        (
            source.id,
            source.title,
            source.publisher,
            source.kind,
            source.licence,
            source.notice,
            source.url,
            source.reliability,
            source.reliability_why,
            source.tlp,
        ),
    )


def _write_snapshot(
    connection: sqlite3.Connection, changes: ChangeSet, plan: _Plan, taken_at: str, applied_at: str
) -> int:
    cursor = connection.execute(
        "INSERT INTO snapshot (source, version, sha256, taken_at, applied_at, added, changed,"
        " removed) VALUES (?,?,?,?,?,?,?,?)",
        (
            changes.source.id,
            changes.version,
            changes.sha256,
            taken_at,
            applied_at,
            len(plan.added),
            len(plan.changed),
            len(plan.removed),
        ),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has a row id
    return cursor.lastrowid


def _write_documents(
    connection: sqlite3.Connection, documents: Iterable[DocumentDraft], source: str, snapshot: int
) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO document (id, title, publisher, url, published, kind, credibility,"
        " rests_on, source, from_snapshot) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (
                *(d.id, d.title, d.publisher, d.url, d.published),
                *(d.kind, d.credibility, d.rests_on, source, snapshot),
            )
            for d in documents
        ),
    )


class _Writer:
    """Adds, replaces and closes records of one snapshot; statements go in batches."""

    def __init__(self, connection: sqlite3.Connection, source: SourceInfo, snapshot: int) -> None:
        self._connection = connection
        self._source = source
        self._snapshot = snapshot
        row = connection.execute("SELECT ifnull(max(id), 0) FROM statement").fetchone()
        self._next = int(row[0]) + 1
        self._statements: list[tuple[object, ...]] = []
        self._citations: list[tuple[int, str, int]] = []

    def add(self, draft: RecordDraft, digest: bytes) -> None:
        record = self._record(draft, digest)
        seen: set[int] = set()
        for statement in draft.statements:
            key = statement.key(self._source.id)
            if key not in seen:
                seen.add(key)
                self._state(statement, key, record)

    def replace(self, draft: RecordDraft, digest: bytes, old: int) -> None:
        self.flush()
        native = draft.native_id
        held = dict(
            self._connection.execute(
                "SELECT s.key, s.id FROM statement s JOIN record r ON r.id = s.record"
                " WHERE r.source = ? AND r.native_id = ? AND s.to_snapshot IS NULL",
                (self._source.id, native),
            ).fetchall()
        )
        self._close_record(old)
        record = self._record(draft, digest)
        wanted = {statement.key(self._source.id): statement for statement in draft.statements}
        for key, statement in wanted.items():
            if key not in held:
                self._state(statement, key, record)
        gone = [(self._snapshot, row) for key, row in held.items() if key not in wanted]
        self._connection.executemany("UPDATE statement SET to_snapshot = ? WHERE id = ?", gone)

    def close(self, row: int) -> None:
        self._close_record(row)
        self._connection.execute(
            "UPDATE statement SET to_snapshot = ? WHERE to_snapshot IS NULL AND record IN"
            " (SELECT r.id FROM record r JOIN record gone ON gone.source = r.source"
            " AND gone.native_id = r.native_id WHERE gone.id = ?)",
            (self._snapshot, row),
        )

    def flush(self) -> None:
        self._connection.executemany(
            "INSERT INTO statement (id, key, subject, predicate, object, value, detail,"
            " first_seen, last_seen, confidence, tlp, record, from_snapshot)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            self._statements,
        )
        self._connection.executemany("INSERT INTO citation VALUES (?,?,?)", self._citations)
        self._statements.clear()
        self._citations.clear()

    def _record(self, draft: RecordDraft, digest: bytes) -> int:
        cursor = self._connection.execute(
            "INSERT INTO record (source, native_id, kind, sha256, content, from_snapshot)"
            " VALUES (?,?,?,?,?,?)",
            (
                self._source.id,
                draft.native_id,
                draft.kind,
                digest,
                orjson.dumps(draft.content).decode(),
                self._snapshot,
            ),
        )
        assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has a row id
        return cursor.lastrowid

    def _state(self, statement: StatementDraft, key: int, record: int) -> None:
        row = self._next
        self._next += 1
        detail = json.dumps(statement.detail, sort_keys=True, ensure_ascii=False)
        self._statements.append(
            (
                row,
                key,
                statement.subject,
                statement.predicate.value,
                statement.object,
                statement.value,
                detail if statement.detail else "",
                statement.first_seen,
                statement.last_seen,
                statement.confidence,
                statement.tlp or self._source.tlp,
                record,
                self._snapshot,
            )
        )
        for place, document in enumerate(statement.documents):
            self._citations.append((row, document, place))
        if len(self._statements) >= 4096:
            self.flush()

    def _close_record(self, row: int) -> None:
        self._connection.execute(
            "UPDATE record SET to_snapshot = ? WHERE id = ?", (self._snapshot, row)
        )


def undo(connection: sqlite3.Connection, snapshot: int) -> tuple[int, int]:
    """Take one snapshot back inside the caller's transaction.

    Returns:
        How many rows were reopened and how many removed.
    """
    removed = reopened = 0
    connection.execute(
        "DELETE FROM citation WHERE statement IN"
        " (SELECT id FROM statement WHERE from_snapshot = ?)",
        (snapshot,),
    )
    for table in ("statement", "record"):
        removed += connection.execute(
            f"DELETE FROM {table} WHERE from_snapshot = ?",  # noqa: S608 - our own table names
            (snapshot,),
        ).rowcount
        reopened += connection.execute(
            f"UPDATE {table} SET to_snapshot = NULL WHERE to_snapshot = ?",  # noqa: S608 - as above
            (snapshot,),
        ).rowcount
    connection.execute("DELETE FROM document WHERE from_snapshot = ?", (snapshot,))
    connection.execute("DELETE FROM snapshot WHERE id = ?", (snapshot,))
    return reopened, removed
