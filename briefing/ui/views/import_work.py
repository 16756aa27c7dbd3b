"""What the Sources screen has done by workers: read, compare, write, take back. No widget here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.core.preview import Preview
from briefing.feeds.unpack import Refused
from briefing.services.feed_context import feed_context
from briefing.services.feed_reading import Incoming, Reading, read_paths
from briefing.services.import_feeds import Leave, Result, apply_import, preview_import
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.store.feeds import FeedState


@dataclass(frozen=True, slots=True)
class Pending:
    """What was read and waits for a person's word; nothing of it is written.

    Attributes:
        incoming: What each source says.
        previews: What each would change, in the same order.
        refused: Files that could not be read, with reasons.
        feeds: What is to be remembered of the feeds it came from.
    """

    incoming: tuple[Incoming, ...]
    previews: tuple[Preview, ...]
    refused: tuple[Refused, ...]
    feeds: tuple[FeedState, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return all(preview.empty for preview in self.previews)


def read_files(knowledge: KnowledgeFile, data: Path, paths: Sequence[Path], task: Task) -> Pending:
    """Read files, folders and archives, and compare them with the database."""
    reading = read_paths(paths, feed_context(knowledge, data), task)
    return compared(knowledge, reading, task)


def compared(knowledge: KnowledgeFile, reading: Reading, task: Task) -> Pending:
    """What a reading would change."""
    previews = []
    for item in reading.incoming:
        task.check()
        task.report(0, 0, f"Comparing {item.changes.source.title}")
        previews.append(preview_import(knowledge, item, older=False))
    return Pending(reading.incoming, tuple(previews), reading.refused)


def fetch_update(
    knowledge: KnowledgeFile,
    data: Path,
    source: str,
    clock: Callable[[], datetime],
    task: Task,
) -> Pending:
    """Ask a source's server, and compare what came with the database."""
    # lazy: 0.1 s, the libraries of the network, and only when somebody asks.
    from briefing.services.update_feeds import ask, asking  # noqa: PLC0415 - start time

    update = ask(knowledge, data, source, task, asking(clock))
    return replace(compared(knowledge, update.reading, task), feeds=(update.state,))


def apply_pending(path: Path, pending: Pending, now: datetime, task: Task) -> tuple[Result, ...]:
    """Write all that waits: the person has seen older releases and removals, and said yes."""
    leave = Leave(older=True, removals=True)
    return apply_import(path, pending.incoming, leave, now, task, pending.feeds)
