"""Ask a source's server for what is new, because a person said so; nothing is written yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.core.changes import SourceInfo
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.tlp import parse_tlp
from briefing.feeds.catalogue import KnownFeed
from briefing.feeds.fetching import fetch_documents, fetch_listing
from briefing.feeds.payload import UNJUDGED, UNMARKED, Payload
from briefing.feeds.remote import Credentials, Fetched
from briefing.feeds.taxii import TaxiiServer
from briefing.feeds.transport import Transport
from briefing.feeds.unpack import Refused, unpack
from briefing.services.feed_context import feed_context, known_feeds
from briefing.services.feed_reading import Reading, read_payloads
from briefing.services.task import Task
from briefing.services.tokens import Tokens
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.feeds import FeedState, read_feeds, write_feed
from briefing.store.migrate import open_knowledge
from briefing.store.sources import read_sources

Cursor = dict[str, str]
"""Where an incremental feed goes on: stamp by document, or moment by collection."""
Item = Payload | Refused


@dataclass(frozen=True, slots=True)
class Update:
    """What came from a server.

    Attributes:
        reading: What was read; empty where the server said that nothing has changed.
        state: What is to be remembered of the feed once the reading has been taken in.
        unchanged: Whether the server said that nothing has changed.
    """

    reading: Reading
    state: FeedState
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What asking needs from outside; tests give a server of their own.

    Attributes:
        transport: Makes the connection for a feed.
        tokens: Where tokens are kept.
        clock: The time.
    """

    transport: Callable[[FeedState, Task], Transport]
    tokens: Tokens
    clock: Callable[[], datetime]


def asking(clock: Callable[[], datetime]) -> Asking:
    """The real thing: https to the outside, and the keyring of the system."""

    def transport(feed: FeedState, task: Task) -> Transport:
        cafile = feed.options.get("cafile")
        return Transport(
            clock=clock,
            inside=feed.inside,
            cafile=Path(cafile) if cafile else None,
            check=task.check,
            progress=lambda done, total: task.report(done, total, f"Receiving {feed.title}"),
        )

    return Asking(transport, Tokens(), clock)


def feed_of(knowledge: KnowledgeFile, data: Path, source: str) -> FeedState:
    """How a source is updated: as the person set it up, or as the program knows it.

    Raises:
        NotFoundError: where there is no such source, or no address of it is known.
    """
    states = {feed.source: feed for feed in read_feeds(knowledge.connection)}
    known = known_feeds(data)
    feed = states.get(source) or _from_catalogue(source, known.get(source))
    if feed is None or not feed.address:
        raise NotFoundError(
            f"No address is known for “{source}”.",
            near=tuple(name for name, one in known.items() if one.address),
            remedy="Import it from a file, or set its address with “briefing sources add”.",
        )
    return feed


def updatable(knowledge: KnowledgeFile, data: Path) -> tuple[str, ...]:
    """Sources with an address that a person set up, or of which something is held."""
    states = {feed.source: feed for feed in read_feeds(knowledge.connection)}
    held = read_sources(knowledge.connection)
    known = [name for name, feed in known_feeds(data).items() if feed.address and name in held]
    return tuple(dict.fromkeys((*(s for s, feed in states.items() if feed.address), *known)))


def ask(knowledge: KnowledgeFile, data: Path, source: str, task: Task, asking: Asking) -> Update:
    """Ask the server of one source for what is new.

    What the server answered is remembered only when it is taken in, so an update that a person
    looked at and left comes again.

    Raises:
        BriefingError: where nothing came, in a sentence; nothing at all was written.
        CancelledError: when the task was cancelled.
    """
    feed = feed_of(knowledge, data, source)
    now = asking.clock().isoformat(timespec="seconds")
    with asking.transport(feed, task) as transport:
        items, state = _fetched(feed, transport, _credentials(feed, asking.tokens))
        reading = _read(items, feed, knowledge, data, task)
    state = replace(state, checked_at=now)
    if not items:
        _note(knowledge.path, state)
    return Update(reading, state, not items)


def _fetched(
    feed: FeedState, transport: Transport, credentials: Credentials | None
) -> tuple[list[Item], FeedState]:
    return _WAYS[feed.format](feed, transport, credentials)


def _one_file(
    feed: FeedState, transport: Transport, credentials: Credentials | None
) -> tuple[list[Item], FeedState]:
    found = transport.get(
        feed.address,
        etag=feed.etag,
        last_modified=feed.last_modified,
        credentials=credentials,
    )
    if found is None:
        return [], feed
    state = replace(feed, etag=found.etag, last_modified=found.last_modified)
    return list(_payloads(found)), state


def _listed(
    feed: FeedState, transport: Transport, credentials: Credentials | None
) -> tuple[list[Item], FeedState]:
    cursor = _cursor(feed)
    listing = fetch_listing(transport, feed.address, credentials)
    wanted = listing.changed(cursor)
    items: list[Item] = [Refused(item.native_id, item.reason) for item in listing.refused]
    for listed, answer in fetch_documents(transport, wanted, credentials):
        if isinstance(answer, Fetched):
            items += _payloads(answer)
            cursor[listed.key] = listed.stamp
        else:
            items.append(Refused(listed.url, answer.message))
    return items, replace(feed, cursor=json.dumps(cursor, sort_keys=True))


def _collected(
    feed: FeedState, transport: Transport, credentials: Credentials | None
) -> tuple[list[Item], FeedState]:
    cursor = _cursor(feed)
    chosen = feed.options.get("collections") or ()
    server = TaxiiServer(transport, feed.address, credentials)
    items: list[Item] = []
    readable = [one for one in server.collections() if one.can_read]
    for collection in readable:
        if chosen and collection.id not in chosen and collection.title not in chosen:
            continue
        increment = server.objects(collection, cursor.get(collection.id, ""))
        items += [Refused(item.native_id, item.reason) for item in increment.refused]
        if increment.objects:
            items += _payloads(increment.bundle)
        cursor[collection.id] = increment.added_after
    if not readable:
        raise BriefingError(
            f"“{feed.title}” offers no collection that this account may read.",
            remedy="Nothing was changed. Ask whoever runs the server for the right to read.",
        )
    return items, replace(feed, cursor=json.dumps(cursor, sort_keys=True))


_WAYS: Mapping[
    str,
    Callable[[FeedState, Transport, Credentials | None], tuple[list[Item], FeedState]],
] = {
    "file": _one_file,
    "feed": _one_file,
    "rolie": _listed,
    "misp": _listed,
    "taxii": _collected,
}


def _payloads(found: Fetched) -> Iterator[Item]:
    yield from unpack(Payload(found.name, found.data, found.url))


def _read(
    items: list[Item], feed: FeedState, knowledge: KnowledgeFile, data: Path, task: Task
) -> Reading:
    if not items:
        return Reading((), ())
    context = feed_context(knowledge, data)
    if feed.format in ("misp", "taxii") or feed.source not in known_feeds(data):
        context = replace(context, chosen=_described(feed, context.sources))
    return read_payloads(items, feed.address, context, task)


def _described(feed: FeedState, sources: Mapping[str, SourceInfo]) -> SourceInfo:
    """Who says so: as recorded, or as far as the person who set the feed up has said."""
    known = sources.get(feed.source)
    label = feed.options.get("tlp")
    if known is not None:
        return replace(known, tlp=label) if label else known
    return SourceInfo(
        id=feed.source,
        title=feed.title,
        publisher=feed.title,
        kind="feed",
        licence="Not stated",
        notice="",
        url="",
        reliability=UNJUDGED,
        reliability_why="Nobody has judged this source yet.",
        tlp=parse_tlp(label).code if label else UNMARKED,
    )


def _credentials(feed: FeedState, tokens: Tokens) -> Credentials | None:
    return tokens.read(feed.source) if feed.options.get("token") else None


def _cursor(feed: FeedState) -> Cursor:
    return dict(json.loads(feed.cursor)) if feed.cursor else {}


def _from_catalogue(source: str, known: KnownFeed | None) -> FeedState | None:
    if known is None:
        return None
    return FeedState(source, known.source.title, known.fetched_as, known.address)


def _note(path: Path, state: FeedState) -> None:
    """Remember what came of asking, apart from any import."""
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        write_feed(connection, state)
