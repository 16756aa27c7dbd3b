"""TLP, fail closed: a recipe is handed what its audience may see, and nothing else.

The author learns what was kept out, and why; the file never says so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from briefing.core.brief import AnyBlock, Part, Withheld
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.services.recipes.shared import Shared
from briefing.store.actors import Stated, statements_about
from briefing.store.ceilings import AudienceReader, open_below
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels, read_labels
from briefing.store.snapshots import SnapshotInfo, data_as_of, read_snapshots

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an audience may see.

    Attributes:
        reader: Sees nothing above the ceiling; a recipe reads through it alone.
        everything: Sees all of it, to tell the author what was kept out. Nothing read through it
            goes into a briefing.
        ceiling: The audience's ceiling.
        labels: The vocabularies.
        snapshots: What the database was made from.
        data_as_of: Date of the newest snapshot of a feed.
        shared: What briefings of the same run have read before.
    """

    reader: AudienceReader
    everything: KnowledgeFile
    ceiling: Tlp
    labels: Labels
    snapshots: tuple[SnapshotInfo, ...]
    data_as_of: str
    shared: Shared = field(default_factory=Shared)

    def once(self, what: Hashable, read: Callable[[], T]) -> T:
        """What no request has a part in: as it was read before for this audience, or read now."""
        return self.shared.once(self.ceiling, what, read)

    def about(self, actor: str) -> tuple[Stated, ...]:
        """The statements about an actor that the audience may see."""
        return tuple(statements_about(self.reader.connection, actor))

    def levels(self, statements: Iterable[Stated]) -> dict[int, Tlp]:
        """Statement key to its level: its own or its source's, whichever is higher."""
        of_source = {snapshot.source: snapshot.tlp for snapshot in self.snapshots}
        found: dict[int, Tlp] = {}
        for said in statements:
            level = max(parse_tlp(said.tlp), of_source.get(said.source, Tlp.RED))
            found[said.key] = max(level, found.get(said.key, level))
        return found

    def withheld(self, actor: str) -> tuple[Withheld, ...]:
        """The statements about an actor that were kept out, the most guarded first."""
        seen = {said.key for said in self.about(actor)}
        everything = statements_about(self.everything.connection, actor)
        kept_out = (said for said in everything if said.key not in seen)
        rows = {said.key: _withheld(said, self.ceiling) for said in kept_out}
        return tuple(sorted(rows.values(), key=lambda row: (-row.tlp, row.statement)))


@contextmanager
def allowed(
    knowledge: KnowledgeFile, ceiling: Tlp, shared: Shared | None = None
) -> Iterator[Allowed]:
    """Open what an audience may see of a knowledge file, and close it again.

    Args:
        knowledge: The file.
        ceiling: The audience's.
        shared: What was read before for other briefings of the same run, from the same file.

    Raises:
        DatabaseError: when the file cannot be read.
    """
    reader = open_below(knowledge.path, ceiling)
    try:
        yield Allowed(
            reader=reader,
            everything=knowledge,
            ceiling=ceiling,
            labels=read_labels(reader.connection),
            snapshots=read_snapshots(reader.connection),
            data_as_of=data_as_of(reader.connection),
            shared=shared or Shared(),
        )
    finally:
        reader.close()


def level_of(parts: Sequence[Part]) -> Tlp:
    """The highest level of blocks, and of the titles over them; of no block at all, RED."""
    blocks = highest(block.tlp for block in _blocks(parts))
    return max((blocks, *(part.tlp for part in parts)))


def held(statements: Iterable[int], levels: Mapping[int, Tlp]) -> Tlp:
    """The level of a block that rests on these statements; on none, CLEAR. Unknown keys are RED."""
    return max((levels.get(key, Tlp.RED) for key in statements), default=Tlp.CLEAR)


def _blocks(parts: Sequence[Part]) -> Iterator[AnyBlock]:
    for part in parts:
        for section in part.sections:
            yield from section.blocks


def _withheld(said: Stated, ceiling: Tlp) -> Withheld:
    level = parse_tlp(said.tlp)
    if level > ceiling:
        reason = f"It is marked {level.label}; the audience's ceiling is {ceiling.label}."
    else:
        level = Tlp.RED
        reason = f"Its source is marked above the audience's ceiling, {ceiling.label}."
    return Withheld(said.key, level, reason)
