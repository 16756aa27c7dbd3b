"""Reading a file that may turn out to be damaged: the fault is a sentence wherever it is met.

A header may be sound and a page far behind it is not, so the fault shows in the middle of a query,
in any of a hundred places. Faults of the file become sentences here; a fault of a query of ours
stays what it is, a fault to be mended.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from briefing.store.file_errors import UNREADABLE, explained

_OF_THE_FILE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
    }
)
"""Primary result codes that speak of the file and not of the query."""


class ReadingConnection(sqlite3.Connection):
    """A connection whose cursors tell faults of the file as ``DatabaseError``.

    Attributes:
        path: The file, for the sentence.
    """

    path: Path

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a query; its cursor tells faults of the file in sentences."""
        return self.cursor(_ReadingCursor).execute(sql, parameters)


class _ReadingCursor(sqlite3.Cursor):
    connection: ReadingConnection

    def execute(self, sql: str, parameters: Any = (), /) -> _ReadingCursor:
        try:
            return super().execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def _tell(self, error: sqlite3.DatabaseError) -> None:
        """Raise the sentence for a fault of the file; do nothing about any other."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        if code & 0xFF in _OF_THE_FILE or UNREADABLE in str(error):
            raise explained(error, self.connection.path) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise
