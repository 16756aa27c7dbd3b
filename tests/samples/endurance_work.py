"""Work on a database in a process of its own, which may be killed, or kills itself, at any moment.

Called with the work (``import``, ``undo`` or ``migrate``), the database, a file or a number, and
the number of the SQL statement before which it dies (0: it lives). It prints ``ready`` when all is
loaded, and ``done`` with the number of statements once the work is acknowledged. With ``control``
as a fifth word it works without a transaction, to show that a half-done state would be noticed.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing import paths
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_paths
from briefing.services.import_feeds import Leave, apply_import, undo_import
from briefing.services.task import Task
from briefing.store import importing, schema
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""The moment of every import, so that equal work leaves equal rows."""


class Mortal:
    """Counts the statements of every connection; before a told one the process dies."""

    def __init__(self, dies_at: int) -> None:
        self.statements = 0
        self._dies_at = dies_at
        self._connect = sqlite3.connect

    def connect(self, *given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._connect(*given, **named)
        connection.set_trace_callback(self._count)
        return connection

    def _count(self, _statement: str) -> None:
        self.statements += 1
        if self.statements == self._dies_at:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def work(what: str, database: Path, on: str) -> None:
    """Do it, to the end."""
    if what == "undo":
        undo_import(database, int(on))
    elif what == "migrate":
        open_knowledge(database).close()
    else:
        knowledge = KnowledgeFile(database)
        context = feed_context(knowledge, paths.data_folder())
        reading = read_paths([Path(on)], context, Task.silent())
        knowledge.close()
        results = apply_import(database, reading.incoming, Leave(), NOW, Task.silent())
        faults = [str(item.error) for item in results if item.error]
        faults += [item.reason for item in reading.refused]
        if faults:
            raise SystemExit("; ".join(faults))


def without_transactions() -> None:
    """The control: every statement is a transaction of its own."""

    @contextmanager
    def autocommit(connection: sqlite3.Connection, _path: Path) -> Iterator[sqlite3.Connection]:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous = OFF")
        yield connection

    setattr(importing, "immediate", autocommit)  # noqa: B010 - mypy would not let it be replaced
    setattr(importing, "_savepoint", nullcontext)  # noqa: B010 - as above
    for step in schema.knowledge._migrations:
        step.transactional = False


def main(what: str, database: str, on: str, dies_at: str, mode: str = "") -> None:
    """Say ``ready``, work, say ``done``."""
    if mode == "control":
        without_transactions()
    mortal = Mortal(int(dies_at))
    setattr(sqlite3, "connect", mortal.connect)  # noqa: B010 - mypy would not let it be replaced
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    work(what, Path(database), on)
    sys.stdout.write(f"done {mortal.statements}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
