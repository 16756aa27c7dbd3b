"""Rows of one snapshot: records added, replaced and closed, with their statements in batches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import orjson

from briefing.core.changes import RecordDraft, SourceInfo, StatementDraft


@dataclass(slots=True)
class Plan:
    """Which records are new, which replace a current row, and which current rows are gone."""

    added: list[tuple[RecordDraft, bytes]] = field(default_factory=list)
    changed: list[tuple[RecordDraft, bytes, int]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    unchanged: int = 0


class RecordWriter:
    """Adds, replaces and closes records of one snapshot; statements go in batches."""

    def __init__(self, connection: sqlite3.Connection, source: SourceInfo, snapshot: int) -> None:
        """Write under a snapshot that stands already, inside the caller's transaction."""
        self._connection = connection
        self._source = source
        self._snapshot = snapshot
        row = connection.execute("SELECT ifnull(max(id), 0) FROM statement").fetchone()
        self._next = int(row[0]) + 1
        self._statements: list[tuple[object, ...]] = []
        self._citations: list[tuple[int, str, int]] = []

    def steps(self, plan: Plan) -> Iterator[Callable[[], None]]:
        """One step a record, in the order of the plan."""
        for draft, digest in plan.added:
            yield partial(self.add, draft, digest)
        for draft, digest, row in plan.changed:
            yield partial(self.replace, draft, digest, row)
        for row in plan.removed:
            yield partial(self.close, row)

    def add(self, draft: RecordDraft, digest: bytes) -> None:
        """Write a new record with what it states, each statement once."""
        record = self._record(draft, digest)
        seen: set[int] = set()
        for statement in draft.statements:
            key = statement.key(self._source.id)
            if key not in seen:
                seen.add(key)
                self._state(statement, key, record)

    def replace(self, draft: RecordDraft, digest: bytes, old: int) -> None:
        """Close a record's row and write the new one; only statements that differ are touched."""
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
        """Close a record that is gone, and all that it states."""
        self._close_record(row)
        self._connection.execute(
            "UPDATE statement SET to_snapshot = ? WHERE to_snapshot IS NULL AND record IN"
            " (SELECT r.id FROM record r JOIN record gone ON gone.source = r.source"
            " AND gone.native_id = r.native_id WHERE gone.id = ?)",
            (self._snapshot, row),
        )

    def flush(self) -> None:
        """Write the statements gathered so far."""
        self._connection.executemany(
            "INSERT INTO statement (id, key, subject, predicate, object, value, detail,"
            " first_seen, last_seen, confidence, tlp, record, from_snapshot)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            self._statements,
        )
        self._connection.executemany(
            "INSERT INTO citation (statement, document, place) VALUES (?,?,?)", self._citations
        )
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
                statement.tlp,
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
