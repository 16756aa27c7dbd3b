"""Whether somebody has written to a database since it was last looked at."""

from __future__ import annotations

import sqlite3


def data_version(connection: sqlite3.Connection) -> int:
    """A number that is another one once any other connection has written.

    It means nothing beside the number of another connection, and does not change inside a
    transaction (SQLite, PRAGMA data_version).
    """
    found: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return found
