"""What a crash may leave of the write-ahead log: cut short, torn, or with a bit turned over."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from endurance_kills import contents
from endurance_work import NOW

from briefing import paths
from briefing.feeds.payload import Payload
from briefing.services.build_database import build_database
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import read_payloads
from briefing.services.import_feeds import Leave, apply_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge


class CrashedLog:
    """Two imports that stand in the log alone, as they do until the next checkpoint.

    Attributes:
        states: Hash of what the database holds before, after the first and after both.
        found: How often each was found after a crash.
    """

    def __init__(self, folder: Path, payloads: tuple[Payload, Payload]) -> None:
        """Import both while a reader keeps the log from being written back."""
        self._database = folder / "knowledge.db"
        build_database(paths.data_folder(), self._database, Task.silent(), empty=True)
        open_knowledge(self._database).close()
        self.states = [contents(self._database)]
        self.found: Counter[str] = Counter()
        before = self._database.read_bytes()
        knowledge = KnowledgeFile(self._database)
        with closing(knowledge):
            knowledge.connection.execute("BEGIN")
            knowledge.connection.execute("SELECT count(*) FROM record").fetchone()
            for payload in payloads:
                context = feed_context(knowledge, paths.data_folder())
                reading = read_payloads([payload], payload.name, context, Task.silent())
                apply_import(self._database, reading.incoming, Leave(), NOW, Task.silent())
                self.states.append(contents(self._copied(folder / "whole")))
            assert self._database.read_bytes() == before
            self._log = self._database.with_name("knowledge.db-wal").read_bytes()
            self._folder = folder / "crashed"
            self._folder.mkdir()
            shutil.copy(self._database, self._folder / "knowledge.db")
        assert len(set(self.states)) == 3

    def crash(self, rng: random.Random, times: int) -> None:
        """Crash so often, each time with another log; any other state than a whole one is a fault.

        Raises:
            AssertionError: with what was left of the log.
        """
        pristine = (self._folder / "knowledge.db").read_bytes()
        for way, log in self._logs(rng, times):
            (self._folder / "knowledge.db").write_bytes(pristine)
            (self._folder / "knowledge.db-shm").unlink(missing_ok=True)
            (self._folder / "knowledge.db-wal").write_bytes(log)
            state = contents(self._folder / "knowledge.db")
            assert state in self.states, f"half an import after {way}: {state}"
            self.found[("before", "after the first", "after both")[self.states.index(state)]] += 1

    def _logs(self, rng: random.Random, times: int) -> Iterator[tuple[str, bytes]]:
        size = len(self._log)
        yield "the whole log", self._log
        for turn in range(times - 1):
            at = rng.randrange(size)
            if turn % 3 == 0:
                yield f"a log cut at {at} of {size}", self._log[:at]
            elif turn % 3 == 1:
                yield f"a log of zeros from {at} on", self._log[:at] + bytes(size - at)
            else:
                turned = bytearray(self._log)
                turned[at] ^= 1 << rng.randrange(8)
                yield f"a log with a bit turned at {at}", bytes(turned)

    def _copied(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        for suffix in ("", "-wal"):
            name = self._database.name + suffix
            shutil.copy(self._database.with_name(name), folder / name)
        (folder / f"{self._database.name}-shm").unlink(missing_ok=True)
        return folder / self._database.name
