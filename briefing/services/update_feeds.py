"""Ask a source's server for what is new, because a person said so; nothing is written yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from briefing.core.changes import SourceInfo
from briefing.core.errors import BriefingError, CancelledError, NotFoundError
from briefing.core.tlp import parse_tlp
from briefing.feeds.catalogue import KnownFeed
from briefing.feeds.fetching import fetch_documents, fetch_listing
from briefing.feeds.payload import UNJUDGED, UNMARKED, FeedContext, Payload
from briefing.feeds.remote import Credentials, Fetched, NoNetworkError
from briefing.feeds.taxii import Collection, TaxiiServer
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
Remember = Callable[[Set[str]], FeedState]
"""Names of what could not be read → what is to be remembered of the feed: all but that."""
Answer = tuple[list[Item], Remember]
"""What a server sent, and what is known of it from then on."""


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
    known = known_feeds(data)
    feed = _noted(knowledge, source)
    if feed is None or not feed.address:
        feed = _from_catalogue(source, known.get(source), feed)
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
    noted = _noted(knowledge, source)
    own = noted is not None and noted.address != ""
    now = asking.clock().isoformat(timespec="seconds")
    with asking.transport(feed, task) as transport:
        way = _WAYS[feed.format]
        items, remember = way(feed, transport, _credentials(feed, asking.tokens))
        reading = _read(items, feed, feed_context(knowledge, data), task, own=own)
    # What could not be read is asked for again: a later program may be able to.
    state = replace(remember({item.name for item in reading.refused}), checked_at=now)
    if not own:
        # A later program may know a later address.
        state = replace(state, address="")
    if not items:
        _note(knowledge.path, state)
    return Update(reading, state, not items)


def ask_each(
    knowledge: KnowledgeFile, data: Path, sources: Iterable[str], task: Task, asking: Asking
) -> Iterator[tuple[str, Update | BriefingError]]:
    """Ask one source after the other; one that sends nothing gives its reason.

    Where there is no network, only servers inside our own are still asked, and the others share
    the first one's reason.

    Raises:
        CancelledError: when the task was cancelled.
    """
    no_network: NoNetworkError | None = None
    for source in sources:
        try:
            if no_network is None or feed_of(knowledge, data, source).inside:
                yield source, ask(knowledge, data, source, task, asking)
            else:
                yield source, no_network
        except CancelledError:
            raise
        except NoNetworkError as error:
            no_network = no_network or error
            yield source, no_network
        except BriefingError as error:
            yield source, error


def _one_file(feed: FeedState, transport: Transport, credentials: Credentials | None) -> Answer:
    found = transport.get(
        feed.address,
        etag=feed.etag,
        last_modified=feed.last_modified,
        credentials=credentials,
    )
    if found is None:
        return [], lambda _lost: feed
    state = replace(feed, etag=found.etag, last_modified=found.last_modified)
    return list(_payloads(found)), lambda lost: feed if lost else state


def _listed(feed: FeedState, transport: Transport, credentials: Credentials | None) -> Answer:
    listing = fetch_listing(transport, feed.address, credentials)
    wanted = listing.changed(_cursor(feed))
    items: list[Item] = [Refused(item.native_id, item.reason) for item in listing.refused]
    steps: list[_Step] = []
    for listed, answer in fetch_documents(transport, wanted, credentials):
        if isinstance(answer, Fetched):
            found = list(_payloads(answer))
            items += found
            steps.append(_Step.past(listed.key, listed.stamp, found))
        else:
            items.append(Refused(listed.url, answer.message))
    return items, partial(_gone_on, feed, steps)


def _collected(feed: FeedState, transport: Transport, credentials: Credentials | None) -> Answer:
    cursor = _cursor(feed)
    server = TaxiiServer(transport, feed.address, credentials)
    items: list[Item] = []
    steps: list[_Step] = []
    for collection in _wanted(feed, server.collections()):
        increment = server.objects(collection, cursor.get(collection.id, ""))
        items += [Refused(item.native_id, item.reason) for item in increment.refused]
        found = list(_payloads(increment.bundle)) if increment.objects else []
        items += found
        steps.append(_Step.past(collection.id, increment.added_after, found))
    return items, partial(_gone_on, feed, steps)


def _wanted(feed: FeedState, offered: Iterable[Collection]) -> list[Collection]:
    """The collections a person has chosen, or all that this account may read."""
    readable = [one for one in offered if one.can_read]
    if not readable:
        raise BriefingError(
            f"“{feed.title}” offers no collection that this account may read.",
            remedy="Nothing was changed. Ask whoever runs the server for the right to read.",
        )
    chosen = tuple(feed.options.get("collections") or ())
    names = {name for one in readable for name in (one.id, one.title)}
    for name in chosen:
        if name not in names:
            offers = ", ".join(f"“{one.title}”" for one in readable)
            raise BriefingError(
                f"“{feed.title}” has no collection “{name}” that this account may read.",
                remedy=f"Nothing was changed. There are: {offers}.",
            )
    return [one for one in readable if not chosen or one.id in chosen or one.title in chosen]


@dataclass(frozen=True, slots=True)
class _Step:
    """How far an incremental feed has come with one of its parts, once its files were read."""

    key: str
    stamp: str
    files: frozenset[str]

    @classmethod
    def past(cls, key: str, stamp: str, items: Iterable[Item]) -> _Step:
        return cls(key, stamp, frozenset(item.name for item in items))


def _gone_on(feed: FeedState, steps: Iterable[_Step], lost: Set[str]) -> FeedState:
    cursor = _cursor(feed)
    cursor.update({step.key: step.stamp for step in steps if not step.files & lost})
    return replace(feed, cursor=json.dumps(cursor, sort_keys=True))


_WAYS: Mapping[str, Callable[[FeedState, Transport, Credentials | None], Answer]] = {
    "file": _one_file,
    "feed": _one_file,
    "rolie": _listed,
    "misp": _listed,
    "taxii": _collected,
}


def _payloads(found: Fetched) -> Iterator[Item]:
    yield from unpack(Payload(found.name, found.data, found.url))


def _read(
    items: list[Item], feed: FeedState, context: FeedContext, task: Task, *, own: bool
) -> Reading:
    if own or feed.format == "misp":
        # Whose it is, the person has said; what a file says of itself is for files from elsewhere.
        context = replace(context, chosen=_described(feed, context.sources))
    reading = read_payloads(items, feed.address, context, task)
    if feed.format != "taxii":
        return reading
    # What was added since: even with the marks of a whole release in it, absence means nothing.
    windows = [
        replace(item, changes=replace(item.changes, full=False)) for item in reading.incoming
    ]
    return replace(reading, incoming=tuple(windows))


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


def _noted(knowledge: KnowledgeFile, source: str) -> FeedState | None:
    """What is remembered of a feed; its address is "" where the program knows that by itself."""
    return next((one for one in read_feeds(knowledge.connection) if one.source == source), None)


def _from_catalogue(
    source: str, known: KnownFeed | None, noted: FeedState | None
) -> FeedState | None:
    if known is None:
        return None
    feed = noted or FeedState(source, "", "", "")
    title, way, address = known.source.title, known.fetched_as, known.address
    return replace(feed, title=title, format=way, address=address)


def _note(path: Path, state: FeedState) -> None:
    """Remember what came of asking, apart from any import."""
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        write_feed(connection, state)
