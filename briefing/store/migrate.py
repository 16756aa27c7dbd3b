"""Making a file and bringing an older one up to this program's schema."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from sqlite_utils import Database, Migrations

from briefing.store import schema
from briefing.store.connection import check, open_writer, sentences
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
        _refuse_foreign(path, application_id, version)
    connection = open_writer(path)
    database = Database(connection)
    with sentences(path):
        if steps.pending(database):
            if not fresh:
                _back_up(path, connection)
            steps.apply(database)
    return connection


def _refuse_foreign(path: Path, application_id: int, version: int) -> None:
    """Look before opening for writing: WAL mode alone would already change the file."""
    with sentences(path):
        reader = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            check(reader, path, application_id, version)
        finally:
            reader.close()


def _back_up(path: Path, connection: sqlite3.Connection) -> None:
    """Keep the file as it was before a migration step runs."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    shutil.copy2(path, path.with_name(f"{path.name}.before-schema-{found + 1}"))
