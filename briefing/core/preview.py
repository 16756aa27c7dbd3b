"""What an import would do, before anything is written: for people to look at and decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.core.changes import Quarantined, SourceInfo

UNUSUAL_SHARE = 0.10
"""From this share of removed records on a person is told: ATT&CK 18.1 took 10.4 % of relations."""
MOST_SHARE = 0.50
"""Beyond this share nothing goes unasked: broken files lose as much, releases do not."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an object that differs.

    Attributes:
        name: Its name; of a field inside another, both names.
        before: What it said, as short text; "" where it was absent.
        after: What it says now, likewise.
        gone: Of a list: how many of its items are there no more.
        came: Of a list: how many are new.
    """

    name: str
    before: str
    after: str
    gone: int = 0
    came: int = 0


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One object that would be added, changed or removed, or that is left out as older.

    Attributes:
        action: ``added``, ``changed``, ``removed`` or ``older``.
        kind: Kind of record.
        native_id: Its native id.
        name: What a person calls it.
        fields: Where ``changed``: what differs.
        relation: Of a relationship, what it says of its ends (``uses``, ``detects``); else "".
    """

    action: str
    kind: str
    native_id: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """One source's changes.

    Attributes:
        source: Who says it.
        version: The feed's own version.
        file: What it was read from.
        items: Every object that differs: added, changed, removed, left out; relations last.
        unchanged: How many stand as they are.
        quarantined: What was not taken.
        held: How many records of each kind the payload was compared with.
        held_edition: Edition of a later release that is held; "" where this one is no older.
        new_source: Whether the source is not in the database yet.
        documents: How many documents the source names for the first time, or differently now.
    """

    source: SourceInfo
    version: str
    file: str
    items: tuple[ItemChange, ...]
    unchanged: int
    quarantined: tuple[Quarantined, ...]
    held: Mapping[str, int]
    held_edition: str
    new_source: bool
    documents: int = 0

    def count(self, action: str) -> int:
        """How many objects have one action."""
        return sum(item.action == action for item in self.items)

    def by_kind(self) -> tuple[tuple[str, str, int], ...]:
        """(action, kind, count), in the order of the items."""
        counted = Counter((item.action, item.kind) for item in self.items)
        return tuple((action, kind, number) for (action, kind), number in counted.items())

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at before saying yes, in sentences."""
        found = []
        if self.held_edition and not self.empty:
            found.append("This release is older than the one you have.")
        for kind, number in self.unusual.items():
            share = number / self.held[kind]
            found.append(
                f"Unusual: this removes {number:,} of {self.held[kind]:,} records of the kind"
                f" “{kind}” ({share:.1%}). Removed records keep their history, and undo brings"
                " them back."
            )
        return tuple(found)

    @property
    def unusual(self) -> dict[str, int]:
        """How many records would go, by kind, where that is an unusual share of the kind."""
        removed = Counter(item.kind for item in self.items if item.action == "removed")
        return {
            kind: number
            for kind, number in sorted(removed.items())
            if number / self.held[kind] > UNUSUAL_SHARE
        }

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.documents or any(item.action != "older" for item in self.items))
