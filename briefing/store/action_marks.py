"""Which actions were done, for which client and when; it stands in workspace.db only."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from briefing.core.errors import NotFoundError
from briefing.store.connection import immediate, sentences

NOBODY = ""
"""Stands for a client where none is chosen."""
_CLIENT = "client IS nullif(?, '')"


class ActionMarks:
    """Marks of a workspace, on a connection of their own; used on the thread that made it.

    Deleting a client deletes its marks with it: the schema sees to that.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            DatabaseError: with the reason; a newer or foreign file is left as it is.
        """
        # lazy: 0.1 s of migrations; the window stands before its marks are asked for.
        from briefing.store.migrate import open_workspace  # noqa: PLC0415 - start time

        self._path = path
        self._connection: sqlite3.Connection = open_workspace(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def done(self, client: str) -> dict[str, str]:
        """Id of every action that was done for a client → the day, ISO 8601.

        Args:
            client: Its id, or ``NOBODY``.

        Raises:
            DatabaseError: when the file cannot be read.
        """
        with sentences(self._path):
            rows = self._connection.execute(
                f"SELECT action, day FROM action_done WHERE {_CLIENT} ORDER BY day, action",  # noqa: S608 - a constant of ours
                (client,),
            )
            return dict(rows.fetchall())

    def mark(self, client: str, action: str, day: str) -> None:
        """Note that an action was done on a day, ISO 8601; a later mark replaces an earlier one.

        Raises:
            NotFoundError: when the client was deleted meanwhile.
            DatabaseError: when the file cannot be written.
        """
        with immediate(self._connection, self._path):
            if client != NOBODY and not self._knows(client):
                raise NotFoundError(
                    "The client for whom this was done is no longer there.",
                    remedy="Choose another client, then mark it as done.",
                )
            self._connection.execute(
                "INSERT OR REPLACE INTO action_done VALUES (nullif(?, ''), ?, ?)",
                (client, action, day),
            )

    def unmark(self, client: str, action: str) -> None:
        """Forget that an action was done.

        Raises:
            DatabaseError: when the file cannot be written.
        """
        with immediate(self._connection, self._path):
            self._connection.execute(
                f"DELETE FROM action_done WHERE {_CLIENT} AND action = ?",  # noqa: S608 - a constant of ours
                (client, action),
            )

    def _knows(self, client: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM client WHERE id = ?", (client,))
        return found.fetchone() is not None
