"""Opening the two files, and saying in a sentence why one cannot be opened.

One connection writes, and it alone checkpoints; readers open their own with ``mode=ro`` and
``query_only``. WAL with ``synchronous=FULL``: with NORMAL, acknowledged work was lost in a
power-loss simulation. A WAL file on a read-only medium cannot be opened, so there, and only there,
``immutable=1`` is used when no ``-wal`` file stands beside the database.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from briefing.core.errors import BriefingError
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION, WORKSPACE_ID

BUSY_SECONDS = 5.0
"""How long to wait for another program's write before saying that the file is locked."""


class DatabaseError(BriefingError):
    """A database file cannot be used; it was not changed."""


class MissingDatabaseError(DatabaseError):
    """There is no file at the path."""


class NewerDatabaseError(DatabaseError):
    """The file was written by a newer program; it was left byte for byte as it was."""


class KnowledgeFile:
    """A readable knowledge.db: one read-only connection for each thread that asks.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        """Check that the file is ours, readable and not newer than the program.

        Raises:
            DatabaseError: with the reason in a sentence.
        """
        self.path = path
        self._local = threading.local()
        check(self.connection, path, KNOWLEDGE_ID, KNOWLEDGE_VERSION)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's read-only connection, opened when first asked for."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = open_reader(self.path)
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close this thread's connection; another is opened when next asked for."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def open_reader(path: Path) -> sqlite3.Connection:
    """A read-only connection that cannot write whatever is asked of it.

    Raises:
        MissingDatabaseError: when there is no such file.
        DatabaseError: when it cannot be read.
    """
    if not path.is_file():
        raise MissingDatabaseError(
            f"There is no database at {path}.",
            remedy="Make one with “briefing database build”, or name another with --database.",
        )
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    if _is_read_only_medium(path):
        address += "&immutable=1"
    with sentences(path):
        connection = sqlite3.connect(
            address, uri=True, timeout=BUSY_SECONDS, check_same_thread=False, cached_statements=256
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only = 1")
        connection.execute("PRAGMA mmap_size = 268435456")
    return connection


def open_writer(path: Path) -> sqlite3.Connection:
    """The one writing connection of a file that exists or is to be made.

    Raises:
        DatabaseError: when the file cannot be written, or another program holds it.
    """
    with sentences(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = 1")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def check(connection: sqlite3.Connection, path: Path, application_id: int, version: int) -> None:
    """Refuse a file that is not ours or newer than the program.

    Raises:
        NewerDatabaseError: when ``user_version`` is above ``version``.
        DatabaseError: when the file is no database of this kind.
    """
    with sentences(path):
        found_id = connection.execute("PRAGMA application_id").fetchone()[0]
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found_id != application_id:
        raise DatabaseError(
            f"{path} is not a {_kind(application_id)} of Threat Briefing.",
            detail=f"application_id {found_id:#x}, expected {application_id:#x}",
            remedy="Name another file, or make one with “briefing database build”.",
        )
    if found > version:
        raise NewerDatabaseError(
            f"{path} was written by a newer Threat Briefing (schema {found}; this program reads up"
            f" to {version}). It was left as it is.",
            remedy="Use the newer program, or name another file with --database.",
        )


@contextmanager
def immediate(connection: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that holds the write lock from its start: all of it, or nothing.

    A deferred read that turns into a write fails at once whatever the busy timeout says, hence
    ``BEGIN IMMEDIATE``.

    Raises:
        DatabaseError: when the lock is not to be had, the medium is full or read-only.
    """
    with sentences(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # After a full disk SQLite has rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about a file into sentences with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _explained(error: sqlite3.Error, path: Path) -> DatabaseError:
    text = str(error)
    lowered = text.lower()
    detail = f"SQLite says: {text}"
    for words, message, remedy in _EXPLANATIONS:
        if any(word in lowered for word in words):
            return DatabaseError(message.format(path=path), detail=detail, remedy=remedy)
    return DatabaseError(
        f"The database {path} could not be used.",
        detail=detail,
        remedy="Nothing was changed. Check it with “briefing database check”.",
    )


_EXPLANATIONS = (
    (
        ("locked", "busy"),
        "Another program is writing to {path}.",
        "Close it or wait until it has finished, then try again. Nothing was changed.",
    ),
    (
        ("not a database", "malformed", "corrupt"),
        "The file {path} is damaged or is not a database.",
        "It was left as it is. Restore a copy, or make a new one with “briefing database build”.",
    ),
    (
        ("full",),
        "There is no room left on the disk for {path}.",
        "Free some space and try again. What was there before is still there.",
    ),
    (
        ("readonly", "read-only", "attempt to write"),
        "The database {path} is on a read-only medium or not writable for you.",
        "Copy it to a folder you can write to and name that with --database.",
    ),
    (
        ("unable to open",),
        "The database {path} cannot be opened: its folder is missing or not writable for you.",
        "Name another place with --database.",
    ),
)


def _is_read_only_medium(path: Path) -> bool:
    """Whether neither file nor folder can be written and no write-ahead log waits beside it."""
    return (
        not os.access(path, os.W_OK)
        and not os.access(path.parent, os.W_OK)
        and not path.with_name(path.name + "-wal").exists()
    )


def _kind(application_id: int) -> str:
    return {KNOWLEDGE_ID: "knowledge database", WORKSPACE_ID: "workspace"}.get(
        application_id, "database"
    )


__all__ = [
    "DatabaseError",
    "KnowledgeFile",
    "MissingDatabaseError",
    "NewerDatabaseError",
    "check",
    "immediate",
    "open_reader",
    "open_writer",
    "sentences",
]
