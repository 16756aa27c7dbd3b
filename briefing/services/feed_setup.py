"""Setting up feeds of one's own: a TAXII server, a MISP feed, any address."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from briefing.core.errors import NotFoundError, WrongCallError
from briefing.feeds.catalogue import FETCHED_AS
from briefing.feeds.web_address import WebAddress
from briefing.services.feed_context import refuse_wrong_id
from briefing.store.connection import KnowledgeFile, immediate
from briefing.store.feeds import FeedState, forget_feed, read_feeds, write_feed
from briefing.store.migrate import open_knowledge


def check(feed: FeedState) -> None:
    """See whether a feed can be set up so.

    Raises:
        WrongCallError: for an id, an address or a way of fetching that cannot be.
    """
    refuse_wrong_id(feed.source)
    if not feed.address.startswith("https://"):
        raise WrongCallError(
            f"“{feed.address}” is no https address, and no other kind is asked.",
            remedy="A server inside your network needs a certificate too; name it with --cafile.",
        )
    WebAddress.of(feed.address)  # says what is wrong: a password in it would be kept in a file
    if feed.format not in FETCHED_AS:
        raise WrongCallError(
            f"“{feed.format}” is no way to fetch; use one of {', '.join(FETCHED_AS)}."
        )


def set_up(path: Path, feed: FeedState) -> str:
    """Remember how a source is to be updated; what is held of it stays.

    Returns:
        The address that a person had set up for it before, or "".

    Raises:
        WrongCallError: as ``check`` does.
        BriefingError: where the database cannot be written.
    """
    check(feed)
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        before = {held.source: held.address for held in read_feeds(connection)}
        write_feed(connection, feed)
    return before.get(feed.source, "")


def forget(knowledge: KnowledgeFile, source: str) -> None:
    """Stop knowing the address of a feed a person set up; what was taken from it stays.

    Raises:
        NotFoundError: where nobody set up such a feed.
    """
    own_feed(knowledge, source)
    path = knowledge.path
    with closing(open_knowledge(path)) as connection, immediate(connection, path):
        forget_feed(connection, source)


def has_token(knowledge: KnowledgeFile, source: str) -> bool:
    """Whether a token of a source is in the keyring."""
    feeds = read_feeds(knowledge.connection)
    return any(feed.source == source and feed.options.get("token") for feed in feeds)


def own_feed(knowledge: KnowledgeFile, source: str) -> FeedState:
    """A feed that a person set up.

    Raises:
        NotFoundError: where nobody set up such a feed.
    """
    found = {feed.source: feed for feed in read_feeds(knowledge.connection) if feed.address}
    if source not in found:
        raise NotFoundError(
            f"Nobody set up a feed “{source}” here.",
            near=tuple(found),
            remedy="See “briefing sources”, or set one up with “briefing sources add”.",
        )
    return found[source]
