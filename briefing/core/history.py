"""What has been taken in over time, and what it changed for one actor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One import.

    Attributes:
        id: Number of the snapshot.
        source: Id of the source.
        title: Its title.
        version: The feed's version.
        version_before: That of the source's import before; "" for its first.
        applied_at: When it was taken in, ISO 8601.
        file: What it was read from; "" for what is bundled.
        added: Records added.
        changed: Records changed.
        removed: Records removed.
        quarantined: Objects that were not taken.
        newest: Whether it is the newest of its source, which alone can be undone.
    """

    id: int
    source: str
    title: str
    version: str
    version_before: str
    applied_at: str
    file: str
    added: int
    changed: int
    removed: int
    quarantined: int
    newest: bool


@dataclass(frozen=True, slots=True)
class StatementChange:
    """One statement that came or went.

    Attributes:
        day: When it was taken in or withdrawn here, ISO 8601 to the day.
        added: True where it came, False where its source no longer says so.
        predicate: What kind of thing is said.
        text: What is said, in words.
        source: Id of the source.
        title: Its title.
        snapshot: The import that did it.
        statement: Key of the statement.
        tlp: Its label.
    """

    day: str
    added: bool
    predicate: str
    text: str
    source: str
    title: str
    snapshot: int
    statement: int
    tlp: str
