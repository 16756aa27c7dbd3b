"""Writing one change-set as one snapshot: compare by hash, close what is gone, add what is new.

Rows are never overwritten: a row that no longer holds gets its ``to_snapshot``, so an import can be
undone exactly and any moment of the past can be read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from briefing.core.changes import ChangeSet, DocumentDraft, SourceInfo
from briefing.core.errors import BriefingError, NotFoundError
from briefing.store.record_writer import Plan, RecordWriter


@dataclass(frozen=True, slots=True)
class Applied:
    """What one import did: the snapshot (None where nothing changed) and counts of records."""

    snapshot: int | None
    added: int
    changed: int
    removed: int
    unchanged: int


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

    Raises:
        BriefingError: for a change-set in which two records have one native id.
    """
    _refuse_doubles(changes)
    changes = _marked(changes)
    before = _source_row(connection, changes.source.id)
    compare = compare_statements or (before is not None and before["tlp"] != changes.source.tlp)
    current = _current(connection, changes.source.id)
    stated = _stated(connection, changes.source.id) if compare else None
    plan = _plan(changes, current, stated)
    if not (plan.added or plan.changed or plan.removed):
        return Applied(None, 0, 0, 0, plan.unchanged)
    write_source(connection, changes.source)
    snapshot = _write_snapshot(connection, changes, plan, taken_at, applied_at, before)
    _write_documents(connection, changes.documents, changes.source.id, snapshot)
    writer = RecordWriter(connection, changes.source, snapshot)
    total = len(plan.added) + len(plan.changed) + len(plan.removed)
    for done, work in enumerate(writer.steps(plan), start=1):
        work()
        if done % 256 == 0:
            tick(done, total)
    writer.flush()
    tick(total, total)
    return Applied(snapshot, len(plan.added), len(plan.changed), len(plan.removed), plan.unchanged)


def _refuse_doubles(changes: ChangeSet) -> None:
    seen: set[str] = set()
    for draft in changes.records:
        if draft.native_id in seen:
            raise BriefingError(
                f"“{changes.source.title}” holds two records with the id {draft.native_id}.",
                remedy="Nothing was taken. Ask whoever publishes it which one is meant.",
            )
        seen.add(draft.native_id)


def _marked(changes: ChangeSet) -> ChangeSet:
    """Every statement with its label, so that a source that raises its label changes them all."""
    tlp = changes.source.tlp
    records = tuple(
        replace(
            draft,
            statements=tuple(s if s.tlp else replace(s, tlp=tlp) for s in draft.statements),
        )
        for draft in changes.records
    )
    return replace(changes, records=records)


def _source_row(connection: sqlite3.Connection, source: str) -> dict[str, str] | None:
    cursor = connection.execute("SELECT * FROM source WHERE id = ?", (source,))
    row = cursor.fetchone()
    return None if row is None else dict(zip([c[0] for c in cursor.description], row, strict=True))


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
) -> Plan:
    plan = Plan()
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
        " title=excluded.title, publisher=excluded.publisher, kind=excluded.kind,"
        " licence=excluded.licence, notice=excluded.notice, url=excluded.url,"
        " reliability=excluded.reliability, reliability_why=excluded.reliability_why,"
        " tlp=excluded.tlp",
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
    connection: sqlite3.Connection,
    changes: ChangeSet,
    plan: Plan,
    taken_at: str,
    applied_at: str,
    before: dict[str, str] | None,
) -> int:
    cursor = connection.execute(
        "INSERT INTO snapshot (source, version, sha256, taken_at, applied_at, added, changed,"
        " removed, source_before) VALUES (?,?,?,?,?,?,?,?,?)",
        (
            changes.source.id,
            changes.version,
            changes.sha256,
            taken_at,
            applied_at,
            len(plan.added),
            len(plan.changed),
            len(plan.removed),
            None if before is None else json.dumps(before, ensure_ascii=False),
        ),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has a row id
    return cursor.lastrowid


def _write_documents(
    connection: sqlite3.Connection, documents: Iterable[DocumentDraft], source: str, snapshot: int
) -> None:
    connection.executemany(
        "INSERT INTO document (id, title, publisher, url, published, kind, credibility,"
        " rests_on, source, from_snapshot) VALUES (?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (id) DO NOTHING",
        (
            (
                *(d.id, d.title, d.publisher, d.url, d.published),
                *(d.kind, d.credibility, d.rests_on, source, snapshot),
            )
            for d in documents
        ),
    )


def undo(connection: sqlite3.Connection, snapshot: int) -> tuple[int, int]:
    """Take one snapshot back inside the caller's transaction; what was said before is said again.

    Of one source only the newest snapshot can be taken back: a later one rests on it. A document
    that another source cites as well stays, as that source's.

    Returns:
        How many rows were reopened and how many removed.

    Raises:
        NotFoundError: when there is no such snapshot.
        BriefingError: when a later snapshot of the same source is still there.
    """
    source, before = _newest_of_its_source(connection, snapshot)
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
    _return_documents(connection, snapshot)
    connection.execute("DELETE FROM snapshot WHERE id = ?", (snapshot,))
    if before is None:
        connection.execute("DELETE FROM source WHERE id = ?", (source,))
    else:
        write_source(connection, SourceInfo(**json.loads(before)))
    return reopened, removed


def _newest_of_its_source(connection: sqlite3.Connection, snapshot: int) -> tuple[str, str | None]:
    row = connection.execute(
        "SELECT n.source, n.source_before, o.title, (SELECT max(id) FROM snapshot l"
        " WHERE l.source = n.source) FROM snapshot n JOIN source o ON o.id = n.source"
        " WHERE n.id = ?",
        (snapshot,),
    ).fetchone()
    if row is None:
        raise NotFoundError(f"There is no snapshot {snapshot} in this database.")
    source, before, title, newest = row
    if newest != snapshot:
        raise BriefingError(
            f"Snapshot {snapshot} of “{title}” cannot be undone: snapshot {newest} rests on it.",
            remedy=f"Undo snapshot {newest} first.",
        )
    return source, before


def _return_documents(connection: sqlite3.Connection, snapshot: int) -> None:
    """Hand documents that others cite to the first of them, and delete the rest."""
    cited = connection.execute(
        "SELECT d.id, min(s.from_snapshot) FROM document d JOIN citation c ON c.document = d.id"
        " JOIN statement s ON s.id = c.statement WHERE d.from_snapshot = ? GROUP BY d.id",
        (snapshot,),
    ).fetchall()
    connection.executemany(
        "UPDATE document SET from_snapshot = ?2,"
        " source = (SELECT source FROM snapshot WHERE id = ?2) WHERE id = ?1",
        [tuple(row) for row in cited],
    )
    connection.execute("DELETE FROM document WHERE from_snapshot = ?", (snapshot,))
