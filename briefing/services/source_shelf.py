"""Everything the Sources screen shows at a glance, read in one go by a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from briefing.core.changes import Quarantined
from briefing.core.history import SnapshotRow
from briefing.services.identity_review import waiting
from briefing.services.sources import SourceEntry, history, list_sources, quarantine
from briefing.store.connection import KnowledgeFile
from briefing.store.holdings import kinds_held

MOST_LEFT_OUT = 2_000
"""Objects that were not taken are listed up to this number; beyond it they are only counted."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An object that was not taken, and the import that left it out."""

    snapshot: SnapshotRow
    item: Quarantined


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sources of a database as they stand.

    Attributes:
        entries: Sources that are held, then feeds that could be.
        history: Every import, the newest first.
        kinds: How many records of each kind are held, by source.
        left_out: What was not taken, of the newest imports first, up to ``MOST_LEFT_OUT``.
        questions: How many questions of who is who wait for a person.
    """

    entries: tuple[SourceEntry, ...] = ()
    history: tuple[SnapshotRow, ...] = ()
    kinds: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    questions: int = 0

    @property
    def quarantined(self) -> int:
        """How many objects were not taken in all."""
        return sum(row.quarantined for row in self.history)


def read_shelf(knowledge: KnowledgeFile, data: Path, today: date) -> Shelf:
    """Read the sources as they stand.

    Args:
        knowledge: The database.
        data: The program's ``data/`` folder.
        today: For saying how old a feed is.

    Raises:
        BriefingError: where the database or a file of ``data/`` cannot be read.
    """
    rows = history(knowledge)
    return Shelf(
        entries=list_sources(knowledge, data, today),
        history=rows,
        kinds=kinds_held(knowledge.connection),
        left_out=tuple(islice(_left_out(knowledge, rows), MOST_LEFT_OUT)),
        questions=waiting(knowledge),
    )


def _left_out(knowledge: KnowledgeFile, rows: Iterable[SnapshotRow]) -> Iterator[LeftOut]:
    for row in rows:
        if row.quarantined:
            yield from (LeftOut(row, item) for item in quarantine(knowledge, row.id))
