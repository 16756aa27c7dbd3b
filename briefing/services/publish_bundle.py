"""Send a STIX bundle to the team's own platform: a collection of a TAXII 2.1 server."""

from __future__ import annotations

from pathlib import Path

from briefing.core.errors import BriefingError, WrongCallError
from briefing.feeds.taxii import Collection, TaxiiServer
from briefing.feeds.taxii_publish import Published, publish
from briefing.services.feed_setup import own_feed
from briefing.services.task import Task
from briefing.services.update_feeds import Asking
from briefing.store.connection import KnowledgeFile


def publish_bundle(
    knowledge: KnowledgeFile,
    source: str,
    bundle: Path,
    collection: str,
    task: Task,
    asking: Asking,
) -> Published:
    """Publish a file to a collection of a server that a person set up.

    Args:
        knowledge: Where the server is set up.
        source: Id of the server.
        bundle: A STIX bundle as JSON.
        collection: Id or title; "" where only one takes anything from this account.
        task: Progress and cancel.
        asking: Transport, tokens and clock.

    Raises:
        BriefingError: where the file cannot be read, or nothing was published, with the reason.
        CancelledError: when the task was cancelled.
    """
    feed = own_feed(knowledge, source)
    if feed.format != "taxii":
        raise WrongCallError(f"“{feed.title}” is no TAXII server, so nothing can be published.")
    try:
        payload = bundle.read_bytes()
    except OSError as error:
        raise BriefingError(
            f"{bundle} cannot be read: {error.strerror or error}.",
            remedy="Nothing was published.",
        ) from error
    credentials = asking.tokens.read(source) if feed.options.get("token") else None
    with asking.transport(feed, task) as transport:
        server = TaxiiServer(transport, feed.address, credentials)
        target = _chosen(server.collections(), collection, feed.title)
        return publish(transport, target, payload, credentials)


def _chosen(collections: tuple[Collection, ...], wanted: str, title: str) -> Collection:
    writable = [one for one in collections if one.can_write]
    found = [one for one in writable if not wanted or wanted in (one.id, one.title)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"“{one.title}”" for one in writable) or "none"
    raise WrongCallError(
        f"“{title}” has {'no' if not found else 'more than one'} such collection that takes"
        f" anything from this account.",
        remedy=f"Name one with --collection; there are: {names}.",
    )
