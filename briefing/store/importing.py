"""Several change-sets in one transaction: records, statements, read models, search, snapshots."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError, CancelledError
from briefing.store.apply import Applied, Tick, apply_changes, undo
from briefing.store.connection import check_header, immediate
from briefing.store.feeds import FeedState, write_feed
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION


@dataclass(frozen=True, slots=True)
class Part:
    """One source's part of an import.

    Attributes:
        changes: What is said.
        file: Name of what it was read from, for the history.
        tick: Told how far its writing is; may raise ``CancelledError``.
    """

    changes: ChangeSet
    file: str
    tick: Tick


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a part: counts, or the reason why nothing of it was taken."""

    applied: Applied | None
    error: BriefingError | None
    seconds: float


def take_in(
    path: Path,
    parts: Iterable[Part],
    *,
    now: str,
    older: bool,
    removals: bool,
    before_lists: Callable[[], None],
    feeds: Sequence[FeedState] = (),
) -> list[Outcome]:
    """Write parts one after another; one that cannot be taken leaves the others alone.

    Args:
        path: The database.
        parts: In the order in which they are to be applied; each is let go of once it is written.
        now: ISO 8601 moment for the history.
        older: See ``apply_changes``.
        removals: See ``apply_changes``.
        before_lists: Called before read models are made again; may raise to cancel.
        feeds: What is to be remembered of the feeds it came from, where all was taken.

    Raises:
        DatabaseError: where the database cannot be written; it is then as it was.
        CancelledError: when a callback raised it; nothing at all is written then.
    """
    with closing(_open(path)) as connection, immediate(connection, path):
        outcomes = [_taken(connection, part, now, older, removals) for part in parts]
        touched = [o.applied.kinds for o in outcomes if o.applied and o.applied.snapshot]
        if touched:
            before_lists()
            rebuild(connection, frozenset().union(*touched))
        if not any(outcome.error for outcome in outcomes):
            for feed in feeds:
                write_feed(connection, feed)
        return outcomes


def take_back(path: Path, snapshot: int) -> tuple[int, int]:
    """Undo one snapshot.

    Returns:
        How many rows hold again and how many are gone.

    Raises:
        NotFoundError: where there is no such snapshot.
        BriefingError: where a later snapshot of the same source rests on it, or where it came with
            the program.
    """
    with closing(_open(path)) as connection, immediate(connection, path):
        _refuse_bundled(connection, snapshot)
        kinds = _touched_kinds(connection, snapshot)
        counted = undo(connection, snapshot)
        rebuild(connection, kinds)
        return counted


def _open(path: Path) -> sqlite3.Connection:
    """The writing connection of a file that is there; in place of one that is gone, none is made.

    Raises:
        MissingDatabaseError: where there is no such file (any more).
        DatabaseError: where it cannot be used.
    """
    check_header(path, KNOWLEDGE_ID, KNOWLEDGE_VERSION)
    return open_knowledge(path)


def _taken(
    connection: sqlite3.Connection, part: Part, now: str, older: bool, removals: bool
) -> Outcome:
    started = time.perf_counter()
    try:
        with _savepoint(connection):
            applied = apply_changes(
                connection,
                part.changes,
                taken_at=now,
                applied_at=now,
                file=part.file,
                tick=part.tick,
                older=older,
                removals=removals,
            )
    except CancelledError:
        raise
    except BriefingError as error:
        return Outcome(None, error, time.perf_counter() - started)
    return Outcome(applied, None, time.perf_counter() - started)


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or none, within a transaction that goes on."""
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        # After a full disk SQLite has rolled the whole transaction back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


def _refuse_bundled(connection: sqlite3.Connection, snapshot: int) -> None:
    row = connection.execute(
        "SELECT n.file, o.title FROM snapshot n JOIN source o ON o.id = n.source WHERE n.id = ?",
        (snapshot,),
    ).fetchone()
    if row is not None and not row[0]:
        raise BriefingError(
            f"Snapshot {snapshot} of “{row[1]}” came with the program and cannot be undone.",
            remedy="Only what was imported or updated here can be.",
        )


def _touched_kinds(connection: sqlite3.Connection, snapshot: int) -> frozenset[str]:
    return frozenset(
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT kind FROM record WHERE from_snapshot = ?1 OR to_snapshot = ?1",
            (snapshot,),
        )
    )
