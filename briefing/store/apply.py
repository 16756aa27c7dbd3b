"""Writing one change-set as one snapshot: compare by hash, close what is gone, add what is new.

Rows are never overwritten: a row that no longer holds gets its ``to_snapshot``, so an import can be
undone exactly and any moment of the past can be read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from briefing.core.changes import ChangeSet, SourceInfo
from briefing.core.errors import BriefingError, NotFoundError
from briefing.store.documents import choose_again, take_words_back, write_words
from briefing.store.overview import BUNDLE_HASH
from briefing.store.planning import Plan, plan_changes, refuse_unasked
from briefing.store.record_writer import RecordWriter

Tick = Callable[[int, int], None]
"""Told how many records are done and how many there are; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What one import did: the snapshot (None where nothing changed) and counts of records.

    ``older`` counts records that were left out because a later edition is held; ``kinds`` names
    the kinds of record that were touched, so that only what rests on them is made again.
    """

    snapshot: int | None
    added: int
    changed: int
    removed: int
    unchanged: int
    older: int = 0
    kinds: frozenset[str] = frozenset()


def apply_changes(
    connection: sqlite3.Connection,
    changes: ChangeSet,
    *,
    taken_at: str,
    applied_at: str,
    file: str = "",
    tick: Tick = lambda _done, _total: None,
    compare_statements: bool = False,
    older: bool = True,
    removals: bool = True,
) -> Applied:
    """Write a change-set inside the caller's transaction.

    Args:
        connection: The writing connection, in a transaction.
        changes: What the feed says.
        taken_at: When the feed's content was taken (ISO 8601).
        applied_at: Now, passed in.
        file: Name of the file or address it came from, for the history.
        tick: See ``Tick``.
        compare_statements: See ``plan_changes``.
        older: Whether an earlier release, or an earlier edition of a record, may replace a later
            one.
        removals: Whether an unusual share of records may go.

    Returns:
        Counts of records; ``snapshot`` is None when nothing differed and nothing was written.

    Raises:
        OlderReleaseError, ManyRemovalsError: where that was not allowed.
        BriefingError: for a change-set in which two records have one native id.
    """
    plan = plan_changes(connection, changes, compare_statements=compare_statements, older=older)
    refuse_unasked(changes, plan, older=older, removals=removals)
    if plan.empty:
        return Applied(None, 0, 0, 0, plan.unchanged, len(plan.older))
    before = _source_row(connection, changes.source.id)
    write_source(connection, changes.source)
    snapshot = _write_snapshot(connection, changes, plan, (taken_at, applied_at, file), before)
    write_words(connection, plan.documents, changes.source.id, snapshot)
    RecordWriter(connection, changes.source, snapshot).write(plan, tick)
    return Applied(
        snapshot,
        len(plan.added),
        len(plan.changed),
        len(plan.removed),
        plan.unchanged,
        len(plan.older),
        _touched(plan),
    )


def _touched(plan: Plan) -> frozenset[str]:
    drafts = (*(draft for draft, _ in plan.added), *(draft for draft, _, _ in plan.changed))
    held = (*plan.removed, *(held for _, _, held in plan.changed))
    return frozenset((*(item.kind for item in drafts), *(item.kind for item in held)))


def _source_row(connection: sqlite3.Connection, source: str) -> dict[str, str] | None:
    cursor = connection.execute("SELECT * FROM source WHERE id = ?", (source,))
    row = cursor.fetchone()
    return None if row is None else dict(zip([c[0] for c in cursor.description], row, strict=True))


def write_source(connection: sqlite3.Connection, source: SourceInfo) -> None:
    """Write or refresh who a source is, inside the caller's transaction."""
    before = connection.execute("SELECT tlp FROM source WHERE id = ?", (source.id,)).fetchone()
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
    if before is not None and before[0] != source.tlp:
        choose_again(connection, source.id)


def _write_snapshot(
    connection: sqlite3.Connection,
    changes: ChangeSet,
    plan: Plan,
    taken: tuple[str, str, str],
    before: dict[str, str] | None,
) -> int:
    taken_at, applied_at, file = taken
    cursor = connection.execute(
        "INSERT INTO snapshot (source, version, sha256, taken_at, applied_at, added, changed,"
        " removed, source_before, edition, kinds, file, records)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
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
            changes.edition,
            ",".join(sorted(changes.kinds)),
            file,
            len(changes.records) if changes.recognisable and not plan.older else 0,
        ),
    )
    snapshot = cursor.lastrowid
    assert snapshot is not None  # noqa: S101 - an INSERT that did not raise has a row id
    connection.executemany(
        "INSERT INTO quarantine VALUES (?,?,?,?)",
        (
            (snapshot, place, item.native_id, item.reason)
            for place, item in enumerate(changes.quarantined)
        ),
    )
    return snapshot


def undo(connection: sqlite3.Connection, snapshot: int) -> tuple[int, int]:
    """Take one snapshot back inside the caller's transaction; what was said before is said again.

    Of one source only the newest snapshot can be taken back: a later one rests on it. A document
    that another source cites as well stays, in that source's words.

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
    for table in ("statement", "record_row"):
        removed += connection.execute(
            f"DELETE FROM {table} WHERE from_snapshot = ?",  # noqa: S608 - our own table names
            (snapshot,),
        ).rowcount
        reopened += connection.execute(
            f"UPDATE {table} SET to_snapshot = NULL WHERE to_snapshot = ?",  # noqa: S608 - as above
            (snapshot,),
        ).rowcount
    take_words_back(connection, snapshot)
    connection.execute("DELETE FROM quarantine WHERE snapshot = ?", (snapshot,))
    connection.execute("DELETE FROM snapshot WHERE id = ?", (snapshot,))
    # Otherwise the server would say that nothing has changed, and what was undone never came again.
    connection.execute(
        "UPDATE feed SET etag = '', last_modified = '', cursor = '' WHERE source = ?", (source,)
    )
    # Likewise a bundle of which this source was left out for what is undone now.
    connection.execute(
        "DELETE FROM setting WHERE name = ? AND EXISTS"
        " (SELECT 1 FROM snapshot WHERE source = ? AND file = '')",
        (BUNDLE_HASH, source),
    )
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
