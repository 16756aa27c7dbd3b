"""What a database holds, and whether it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from briefing.store import overview
from briefing.store.connection import KnowledgeFile
from briefing.store.overview import SourceSummary, Unmapped


@dataclass(frozen=True, slots=True)
class DatabaseInfo:
    """A database in numbers.

    Attributes:
        schema: Migration step.
        data_as_of: Date of the newest snapshot of a catalogue or feed, ISO 8601; our own texts
            do not make the data newer.
        size_bytes: Size of the file.
        content_hash: SHA-256 over everything that is said.
        sources: Every source with its newest snapshot.
        counts: By the names of the command line's contract.
        unmapped: Values that lead to no code.
    """

    path: Path
    schema: int
    data_as_of: str
    size_bytes: int
    content_hash: str
    sources: tuple[SourceSummary, ...]
    counts: dict[str, int]
    unmapped: tuple[Unmapped, ...]


def describe_database(knowledge: KnowledgeFile) -> DatabaseInfo:
    """Everything `briefing database info` prints."""
    connection = knowledge.connection
    sources = overview.source_summaries(connection)
    return DatabaseInfo(
        path=knowledge.path,
        schema=overview.schema_version(connection),
        data_as_of=data_as_of(sources),
        size_bytes=knowledge.path.stat().st_size,
        content_hash=overview.setting(connection, "content_hash"),
        sources=sources,
        counts=overview.counts(connection),
        unmapped=overview.unmapped(connection),
    )


def data_as_of(sources: tuple[SourceSummary, ...]) -> str:
    """Day of the newest content that is not our own text, or ""."""
    dates = [s.as_of for s in sources if s.kind != "own-text" and s.as_of]
    return max(dates, default="")


def check_database(knowledge: KnowledgeFile) -> tuple[str, ...]:
    """What is wrong with a database, one sentence a fault; empty where it is sound."""
    return overview.integrity_faults(knowledge.connection)
