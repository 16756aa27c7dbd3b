"""What several change-sets would do one after another; nothing is written to the file."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.core.preview import Preview
from briefing.store.apply import apply_changes
from briefing.store.connection import in_memory
from briefing.store.planning import plan_changes, refuse_unasked
from briefing.store.previewing import describe_plan


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What one change-set would do, and why it would not be taken, where it would not."""

    preview: Preview
    error: BriefingError | None


def rehearse(
    connection: sqlite3.Connection,
    parts: Sequence[tuple[ChangeSet, str]],
    *,
    older: bool,
    removals: bool,
) -> list[Rehearsed]:
    """Compare each change-set with what would be held when its turn comes.

    Args:
        connection: A reader.
        parts: Change-sets in the order in which they would be applied, with the names of the files.
        older: See ``apply_changes``.
        removals: See ``apply_changes``.

    Raises:
        BriefingError: where the database cannot be read.
    """
    times = Counter(changes.source.id for changes, _ in parts)
    if max(times.values(), default=0) <= 1:
        return [_compared(connection, *part, older=older, removals=removals) for part in parts]
    found = []
    # Releases of one source rest on each other, so each is written before the next is compared.
    with closing(in_memory(connection)) as copy:
        for changes, file in parts:
            rehearsed = _compared(copy, changes, file, older=older, removals=removals)
            if rehearsed.error is None and times[changes.source.id] > 1:
                apply_changes(copy, changes, taken_at="", applied_at="", older=older)
            found.append(rehearsed)
    return found


def _compared(
    connection: sqlite3.Connection, changes: ChangeSet, file: str, *, older: bool, removals: bool
) -> Rehearsed:
    plan = plan_changes(connection, changes, older=older)
    preview = describe_plan(connection, changes, plan, file)
    try:
        refuse_unasked(changes, plan, older=older, removals=removals)
    except BriefingError as error:
        return Rehearsed(preview, error)
    return Rehearsed(preview, None)
