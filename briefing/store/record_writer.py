"""Rows of one snapshot: records added, replaced and closed, with their statements in batches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from briefing.core.changes import RecordDraft, SourceInfo, StatementDraft
from briefing.store.planning import Held, Plan

_BATCH = 256
"""Records written at once: enough to be quick, few enough that progress is seen."""


class RecordWriter:
    """Adds, replaces and closes records of one snapshot inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, source: SourceInfo, snapshot: int) -> None:
        """Write under a snapshot that stands already."""
        self._connection = connection
        self._source = source
        self._snapshot = snapshot
        self._record_id = self._largest("record_row")
        self._statement_id = self._largest("statement")
        self._records: list[tuple[object, ...]] = []
        self._statements: list[tuple[object, ...]] = []
        self._citations: list[tuple[int, str, int]] = []

    def write(self, plan: Plan, tick: Callable[[int, int], None]) -> None:
        """Carry out a plan; ``tick`` is told now and then how far it is, and may raise."""
        total = len(plan.added) + len(plan.changed) + len(plan.removed)
        done = 0
        for held in plan.removed:
            self._close(held)
            done = self._step(done, total, tick)
        for draft, digest, held in plan.changed:
            self._replace(draft, digest, held)
            done = self._step(done, total, tick)
        for draft, digest in plan.added:
            self._add(draft, digest, set())
            done = self._step(done, total, tick)
        self._flush()
        tick(total, total)

    def _step(self, done: int, total: int, tick: Callable[[int, int], None]) -> int:
        if (done + 1) % _BATCH == 0:
            self._flush()
            tick(done + 1, total)
        return done + 1

    def _add(self, draft: RecordDraft, digest: bytes, standing: set[int]) -> set[int]:
        """Write a record and what it states beyond what stands; the keys of all it states."""
        self._record_id += 1
        self._records.append(
            (
                self._record_id,
                self._source.id,
                draft.native_id,
                draft.kind,
                digest,
                draft.content.decode(),
                self._snapshot,
                draft.edition,
            )
        )
        keys: set[int] = set()
        for statement in draft.statements:
            key = statement.key(self._source.id, self._source.tlp)
            if key not in keys:
                keys.add(key)
                if key not in standing:
                    self._state(statement, key)
        return keys

    def _replace(self, draft: RecordDraft, digest: bytes, held: Held) -> None:
        """Close a record's row and write the new one; only statements that differ are touched."""
        standing = dict(
            self._connection.execute(
                "SELECT s.key, s.id FROM statement s JOIN record r ON r.id = s.record"
                " WHERE r.source = ? AND r.native_id = ? AND s.to_snapshot IS NULL",
                (self._source.id, held.native_id),
            ).fetchall()
        )
        self._close_record(held.row)
        keys = self._add(draft, digest, set(standing))
        gone = [(self._snapshot, row) for key, row in standing.items() if key not in keys]
        self._connection.executemany("UPDATE statement SET to_snapshot = ? WHERE id = ?", gone)

    def _close(self, held: Held) -> None:
        """Close a record that is gone, and all that it states."""
        self._close_record(held.row)
        self._connection.execute(
            "UPDATE statement SET to_snapshot = ? WHERE to_snapshot IS NULL AND record IN"
            " (SELECT id FROM record WHERE source = ? AND native_id = ?)",
            (self._snapshot, self._source.id, held.native_id),
        )

    def _flush(self) -> None:
        self._connection.executemany(
            "INSERT INTO record_row (id, source, native_id, kind, sha256, content, from_snapshot,"
            " edition) VALUES (?,?,?,?,?,?,?,?)",
            self._records,
        )
        self._connection.executemany(
            "INSERT INTO statement (id, key, subject, predicate, object, value, detail,"
            " first_seen, last_seen, confidence, tlp, record, from_snapshot)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            self._statements,
        )
        self._connection.executemany(
            "INSERT INTO citation (statement, document, place) VALUES (?,?,?)", self._citations
        )
        for batch in (self._records, self._statements, self._citations):
            batch.clear()

    def _state(self, statement: StatementDraft, key: int) -> None:
        self._statement_id += 1
        self._statements.append(
            (
                self._statement_id,
                key,
                statement.subject,
                statement.predicate.value,
                statement.object,
                statement.value,
                _written(statement.detail),
                statement.first_seen,
                statement.last_seen,
                statement.confidence,
                statement.tlp or self._source.tlp,
                self._record_id,
                self._snapshot,
            )
        )
        for place, document in enumerate(statement.documents):
            self._citations.append((self._statement_id, document, place))

    def _close_record(self, row: int) -> None:
        self._connection.execute(
            "UPDATE record_row SET to_snapshot = ? WHERE id = ?", (self._snapshot, row)
        )

    def _largest(self, table: str) -> int:
        query = f"SELECT ifnull(max(id), 0) FROM {table}"  # noqa: S608 - our own table names
        return int(self._connection.execute(query).fetchone()[0])


def _written(detail: dict[str, Any]) -> str:
    return json.dumps(detail, sort_keys=True, ensure_ascii=False) if detail else ""
