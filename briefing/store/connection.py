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
from typing import TypeAlias

from briefing.store.file_errors import (
    DatabaseError,
    MissingDatabaseError,
    NewerDatabaseError,
    OlderDatabaseError,
    explained,
    sentences,
)
from briefing.store.first_bytes import first_bytes
from briefing.store.packing import teach
from briefing.store.reading import ReadingConnection
from briefing.store.version import KNOWLEDGE_ID, KNOWLEDGE_VERSION, WORKSPACE_ID

BUSY_SECONDS = 5.0
"""How long to wait for another program's write before saying that the file is locked."""

Connection: TypeAlias = sqlite3.Connection
"""What other rooms pass on and never ask themselves: all SQL is in the store."""

_HEADER_SIZE = 100


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
        check_header(path, KNOWLEDGE_ID, KNOWLEDGE_VERSION)
        try:
            check(self.connection, path, KNOWLEDGE_ID, KNOWLEDGE_VERSION)
            self._refuse_older()
        except DatabaseError:
            self.close()
            raise

    def _refuse_older(self) -> None:
        found = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if found < KNOWLEDGE_VERSION:
            raise OlderDatabaseError(
                f"{self.path} was written by an older Threat Briefing (schema {found}; this"
                f" program reads {KNOWLEDGE_VERSION}) and cannot be brought up where it is.",
                remedy="Copy it to a folder that can be written to, and name the copy.",
            )

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

    What turns out to be damaged while it is read is a ``DatabaseError`` too.

    Raises:
        MissingDatabaseError: when there is no such file.
        DatabaseError: when it cannot be read.
    """
    _require(path)
    address = f"{path.resolve().as_uri()}?mode=ro"
    if _is_read_only_medium(path):
        address += "&immutable=1"
    with sentences(path):
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            cached_statements=256,
            factory=ReadingConnection,
        )
        connection.path = path
        return _set_up(connection, ("query_only = 1", "mmap_size = 268435456"))


def open_writer(path: Path) -> sqlite3.Connection:
    """The one writing connection of a file that exists or is to be made.

    Raises:
        DatabaseError: when the file cannot be written, or another program holds it.
    """
    with sentences(path):
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        return _set_up(
            connection,
            (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = 1",
                "cache_size = -262144",
                "temp_store = MEMORY",
            ),
        )


def file_of(connection: sqlite3.Connection) -> Path:
    """The file that a connection reads."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of everything a connection reads, that can be written to and is gone when closed."""
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    return _set_up(copy, ("temp_store = MEMORY",))


def check_header(path: Path, application_id: int, version: int) -> None:
    """Refuse a file by its first hundred bytes, without opening it as a database.

    Even a read-only connection leaves ``-wal`` and ``-shm`` beside a file in WAL mode, and a file
    that is refused must be left as it was, with its folder. Where a write-ahead log waits, the
    header may be behind it: then only what is newer is refused here, and ``check`` sees the rest.

    Raises:
        MissingDatabaseError: when there is no such file.
        DatabaseError: as ``check``.
    """
    header = _header(path)
    if not header:
        return
    if not _is_header(header):
        raise explained(sqlite3.DatabaseError("file is not a database"), path)
    found = int.from_bytes(header[60:64], "big", signed=True)
    found_id = int.from_bytes(header[68:72], "big", signed=True)
    if not log_waits(path) or (found_id == application_id and found > version):
        _judge(path, (found_id, found), application_id, version)


def has_header(path: Path) -> bool:
    """Whether a file begins as SQLite's files do; SQLite takes one of a single byte for empty.

    Raises:
        DatabaseError: when it cannot be read.
    """
    return _is_header(_header(path))


def _is_header(header: bytes) -> bool:
    return len(header) == _HEADER_SIZE and header.startswith(b"SQLite format 3\0")


def _header(path: Path) -> bytes:
    _require(path)
    try:
        return first_bytes(path, _HEADER_SIZE)
    except OSError as error:
        raise DatabaseError(
            f"The database {path} cannot be read: {error.strerror}.",
            detail=str(error),
            remedy="Ask whoever owns the file for leave to read it, or name another.",
        ) from error


def check(connection: sqlite3.Connection, path: Path, application_id: int, version: int) -> None:
    """Refuse a file that is not ours or newer than the program.

    Raises:
        NewerDatabaseError: when ``user_version`` is above ``version``.
        DatabaseError: when the file is no database of this kind.
    """
    with sentences(path):
        found_id = connection.execute("PRAGMA application_id").fetchone()[0]
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    _judge(path, (found_id, found), application_id, version)


def _judge(path: Path, marks: tuple[int, int], application_id: int, version: int) -> None:
    found_id, found = marks
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


def _require(path: Path) -> None:
    if not path.is_file():
        raise MissingDatabaseError(
            f"There is no database at {path}.",
            remedy="Make one with “briefing database build”, or name another with --database.",
        )


def _set_up(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    teach(connection)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_read_only_medium(path: Path) -> bool:
    """Whether neither file nor folder can be written and no write-ahead log waits beside it."""
    return (
        not os.access(path, os.W_OK) and not os.access(path.parent, os.W_OK) and not log_waits(path)
    )


def log_waits(path: Path) -> bool:
    """Whether a write-ahead log with something in it stands beside the file."""
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > 0


def _kind(application_id: int) -> str:
    return {KNOWLEDGE_ID: "knowledge database", WORKSPACE_ID: "workspace"}.get(
        application_id, "database"
    )


__all__ = [
    "DatabaseError",
    "KnowledgeFile",
    "MissingDatabaseError",
    "NewerDatabaseError",
    "OlderDatabaseError",
    "check",
    "check_header",
    "file_of",
    "has_header",
    "immediate",
    "log_waits",
    "open_reader",
    "open_writer",
    "sentences",
]
