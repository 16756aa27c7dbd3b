"""What the Sources screen and ``briefing sources`` show: feeds, their age, imports so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.core.changes import Quarantined
from briefing.core.history import SnapshotRow
from briefing.feeds.catalogue import KnownFeed
from briefing.services.feed_context import known_feeds
from briefing.store.connection import KnowledgeFile
from briefing.store.feeds import FeedState, read_feeds
from briefing.store.history import read_history, read_quarantine
from briefing.store.overview import SourceSummary, source_summaries


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One source: what is held of it, and where more of it is to be had.

    Attributes:
        id: Its id.
        title: Its title.
        publisher: Who is behind it.
        licence: Licence name.
        notice: Words that must accompany its content.
        url: Its home page, or "".
        reliability: Admiralty A to F.
        reliability_why: One sentence for that.
        version: The version that is held; "" where nothing is.
        taken_at: When that was taken, ISO 8601, or "".
        as_of: Day of its content: of the feed's own release where it says so, else as above.
        records: How many records are held.
        address: https address to update from, or "".
        fetched_as: How it is fetched.
        inside: Whether its server is inside the person's own network.
        checked_at: When it was last asked for, ISO 8601, or "".
        stale_days: Age in days where that is more than the feed should have; 0 otherwise.
        own: Whether a person set it up, or brought it in from a file nobody had described.
    """

    id: str
    title: str
    publisher: str
    licence: str
    notice: str
    url: str
    reliability: str
    reliability_why: str
    version: str = ""
    taken_at: str = ""
    as_of: str = ""
    records: int = 0
    address: str = ""
    fetched_as: str = "file"
    inside: bool = False
    checked_at: str = ""
    stale_days: int = 0
    own: bool = False


def list_sources(knowledge: KnowledgeFile, data: Path, today: date) -> tuple[SourceEntry, ...]:
    """Every source that is held, then every feed that could be, each in order of its title.

    Args:
        knowledge: The open database.
        data: The program's ``data/`` folder.
        today: For saying how old a feed is.

    Raises:
        BriefingError: where a file of ``data/`` cannot be used.
    """
    known = known_feeds(data)
    states = {feed.source: feed for feed in read_feeds(knowledge.connection)}
    held = {source.id: source for source in source_summaries(knowledge.connection)}
    names = dict.fromkeys((*held, *states, *known))
    entries = [
        _entry(name, held.get(name), known.get(name), states.get(name), today) for name in names
    ]
    entries.sort(key=lambda entry: (not entry.records, entry.title.casefold()))
    return tuple(entries)


def history(knowledge: KnowledgeFile) -> tuple[SnapshotRow, ...]:
    """Every import, the newest first."""
    return read_history(knowledge.connection)


def quarantine(knowledge: KnowledgeFile, snapshot: int) -> tuple[Quarantined, ...]:
    """What one import did not take, with reasons."""
    return read_quarantine(knowledge.connection, snapshot)


def _entry(
    name: str,
    held: SourceSummary | None,
    known: KnownFeed | None,
    state: FeedState | None,
    today: date,
) -> SourceEntry:
    info = held or (known.source if known else None)
    # Of a feed that was only asked for, the address is the program's to know.
    own = state if state and state.address else None
    stale_after = known.stale_after_days if known else 0
    as_of = held.as_of if held else ""
    return SourceEntry(
        id=name,
        title=info.title if info else state.title if state else name,
        publisher=info.publisher if info else "",
        licence=info.licence if info else "Not stated",
        notice=info.notice if info else "",
        url=info.url if info else "",
        reliability=info.reliability if info else "F",
        reliability_why=info.reliability_why if info else "Nobody has judged this source yet.",
        version=held.version if held else "",
        taken_at=held.taken_at if held else "",
        as_of=as_of,
        records=held.records if held else 0,
        address=own.address if own else known.address if known else "",
        fetched_as=own.format if own else known.fetched_as if known else "file",
        inside=state.inside if state else False,
        checked_at=state.checked_at if state else "",
        stale_days=_stale(as_of, stale_after, today),
        own=known is None,
    )


def _stale(as_of: str, after: int, today: date) -> int:
    if not as_of or not after:
        return 0
    age = (today - date.fromisoformat(as_of)).days
    return age if age > after else 0
