"""Making a file and bringing an older one up to this program's schema."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database, Migrations

from briefing.store import schema
from briefing.store.connection import (
    DatabaseError,
    check,
    check_header,
    has_header,
    log_waits,
    open_writer,
    sentences,
)
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION, WORKSPACE_ID, WORKSPACE_VERSION


def open_knowledge(path: Path) -> sqlite3.Connection:
    """The writing connection of a knowledge.db at the current schema, made where there is none.

    Raises:
        DatabaseError: with the reason; a newer or foreign file is left as it is.
    """
    return _open(path, schema.knowledge, KNOWLEDGE_ID, KNOWLEDGE_VERSION)


def open_workspace(path: Path) -> sqlite3.Connection:
    """The same for workspace.db."""
    return _open(path, schema.workspace, WORKSPACE_ID, WORKSPACE_VERSION)


def _open(path: Path, steps: Migrations, application_id: int, version: int) -> sqlite3.Connection:
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh:
        # A new file beside a stale write-ahead log would bring the old rows back.
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    else:
        fresh = _is_unfinished(path)
        if not fresh:
            _refuse_foreign(path, application_id, version)
    connection = open_writer(path)
    try:
        with sentences(path):
            database = Database(connection)
            if steps.pending(database):
                if not fresh:
                    _back_up(path, connection)
                steps.apply(database)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_unfinished(path: Path) -> bool:
    """Whether the program was stopped before it had made the first table of a new file."""
    if path.stat().st_size > _AT_MOST or not has_header(path):
        return False
    try:
        with _reader(path) as reader:
            marked = reader.execute("PRAGMA application_id").fetchone()[0]
            tables = {row[0] for row in reader.execute("SELECT name FROM sqlite_schema")}
    except sqlite3.Error:
        return False
    return not marked and not {name for name in tables if _MIGRATIONS not in name}


_AT_MOST = 64 * 1024
"""Size of a file that holds no more than the list of migrations, in bytes."""
_MIGRATIONS = "_sqlite_migrations"


def _refuse_foreign(path: Path, application_id: int, version: int) -> None:
    """Look before opening for writing: WAL mode alone would already change the file."""
    check_header(path, application_id, version)
    if log_waits(path):
        with sentences(path), _reader(path) as reader:
            check(reader, path, application_id, version)


@contextmanager
def _reader(path: Path) -> Iterator[sqlite3.Connection]:
    """A short look that leaves nothing behind: no lock file where no log waits."""
    address = f"{path.resolve().as_uri()}?mode=ro" + ("" if log_waits(path) else "&immutable=1")
    with closing(sqlite3.connect(address, uri=True)) as reader:
        yield reader


def _back_up(path: Path, connection: sqlite3.Connection) -> None:
    """Keep the file as it was before a migration step runs, its write-ahead log included."""
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    kept = path.with_name(f"{path.name}.before-schema-{found + 1}")
    try:
        with sentences(kept), closing(sqlite3.connect(kept)) as copy:
            connection.backup(copy)
    except DatabaseError:
        with suppress(OSError):
            kept.unlink(missing_ok=True)
        raise
