"""Bring what feeds say into the database: preview, apply, undo. All of it or none, and reversible.

One transaction holds everything: records, statements, read models, search and snapshots. What fails
inside it is rolled back alone, and said; what was there before is still there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.core.changes import Quarantined
from briefing.core.errors import BriefingError
from briefing.core.preview import Preview
from briefing.services.feed_reading import Incoming, no_collection
from briefing.services.task import Task
from briefing.store.apply import Applied, Tick
from briefing.store.connection import KnowledgeFile
from briefing.store.feeds import FeedState
from briefing.store.importing import Part, take_back, take_in
from briefing.store.planning import plan_changes
from briefing.store.previewing import describe_plan
from briefing.store.rehearsing import Rehearsed, rehearse


@dataclass(frozen=True, slots=True)
class Leave:
    """What a person has agreed to for one import.

    Attributes:
        older: An earlier release may replace a later one.
        removals: An unusual share of records may go.
    """

    older: bool = False
    removals: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source's part of an import.

    Attributes:
        path: What the person named.
        source: Id of the source.
        title: Its title.
        format: Short name of the format.
        file: Name of what it was read from.
        applied: Counts, and the snapshot where something was written; None where it failed.
        quarantined: Objects that were not taken.
        seconds: From comparing to written, read models not included.
        error: Why nothing of it was taken; None where it was.
    """

    path: str
    source: str
    title: str
    format: str
    file: str
    applied: Applied | None
    quarantined: tuple[Quarantined, ...]
    seconds: float
    error: BriefingError | None = None


def preview_import(knowledge: KnowledgeFile, incoming: Incoming, *, older: bool) -> Preview:
    """What an import would do; nothing is written.

    Args:
        knowledge: The database it would go into.
        incoming: What a source says.
        older: Whether the person wants earlier editions of single records to count.

    Raises:
        BriefingError: where the database cannot be read.
    """
    connection = knowledge.connection
    with no_collection():
        plan = plan_changes(connection, incoming.changes, older=older)
        return describe_plan(connection, incoming.changes, plan, ", ".join(incoming.files[:3]))


def rehearse_import(
    knowledge: KnowledgeFile, incoming: Sequence[Incoming], leave: Leave
) -> list[Rehearsed]:
    """What taking in all of these, one after another, would do; nothing is written.

    Raises:
        BriefingError: where the database cannot be read.
    """
    with no_collection():
        return rehearse(
            knowledge.connection,
            [(item.changes, ", ".join(item.files[:3])) for item in incoming],
            older=leave.older,
            removals=leave.removals,
        )


def apply_import(
    path: Path,
    incoming: Iterable[Incoming],
    leave: Leave,
    now: datetime,
    task: Task,
    feeds: Sequence[FeedState] = (),
) -> tuple[Result, ...]:
    """Write what sources say, in one transaction; each source is one snapshot.

    Args:
        path: The database.
        incoming: What each source says, in the order in which it is to be applied; read one by one,
            so that a long import need not stand in memory at once.
        leave: What the person has agreed to.
        now: The present time, for the history.
        task: Progress and cancel; cancelled, nothing at all is written.
        feeds: What is to be remembered of the feeds it came from.

    Returns:
        One result for each; a source that could not be taken says why and leaves the others alone.

    Raises:
        BriefingError: where the database cannot be written; it is then as it was.
        CancelledError: when the task was cancelled.
    """
    heads: list[Result] = []

    def parts() -> Iterator[Part]:
        for item in incoming:
            heads.append(_head(item))
            yield Part(item.changes, _named(item), _tick(task, item))

    def before_lists() -> None:
        task.check()
        task.report(0, 0, "Making the lists that screens read")

    with no_collection():
        outcomes = take_in(
            path,
            parts(),
            now=now.isoformat(timespec="seconds"),
            older=leave.older,
            removals=leave.removals,
            before_lists=before_lists,
            feeds=feeds,
        )
    return tuple(
        replace(head, applied=outcome.applied, error=outcome.error, seconds=outcome.seconds)
        for head, outcome in zip(heads, outcomes, strict=True)
    )


def _head(item: Incoming) -> Result:
    """A result before anything is known but what is to be taken in."""
    source = item.changes.source
    return Result(
        path=item.path,
        source=source.id,
        title=source.title,
        format=item.format,
        file=_named(item),
        applied=None,
        quarantined=item.changes.quarantined,
        seconds=0.0,
    )


def undo_import(path: Path, snapshot: int) -> tuple[int, int]:
    """Take one import back.

    Returns:
        How many rows hold again and how many are gone.

    Raises:
        BriefingError: where the snapshot is not there, or a later one of its source is.
    """
    return take_back(path, snapshot)


def _named(item: Incoming) -> str:
    if len(item.files) == 1:
        return item.files[0]
    return f"{Path(item.path).name or item.path} ({len(item.files)} files)"


def _tick(task: Task, item: Incoming) -> Tick:
    label = f"Writing {item.changes.source.title}"

    def tick(done: int, total: int) -> None:
        task.check()
        task.report(done, total, label)

    return tick
