"""Which collections of a TAXII server take something from the person’s account."""

from __future__ import annotations

from briefing.core.errors import BriefingError
from briefing.feeds.taxii import Collection, TaxiiServer
from briefing.services.feed_setup import own_feed
from briefing.services.task import Task
from briefing.services.update_feeds import Asking
from briefing.store.connection import KnowledgeFile


def writable_collections(
    knowledge: KnowledgeFile, source: str, task: Task, asking: Asking
) -> tuple[Collection, ...]:
    """Ask a server that a person set up for the collections it would take something into.

    Args:
        knowledge: Where the server is set up.
        source: Its id.
        task: Progress and cancel.
        asking: Transport, tokens and clock.

    Raises:
        BriefingError: where the server does not answer, or takes nothing from this account.
        CancelledError: when the task was cancelled.
    """
    feed = own_feed(knowledge, source)
    credentials = asking.tokens.read(source) if feed.options.get("token") else None
    with asking.transport(feed, task) as transport:
        found = TaxiiServer(transport, feed.address, credentials).collections()
    writable = tuple(one for one in found if one.can_write)
    if not writable:
        raise BriefingError(
            f"“{feed.title}” takes nothing from this account.",
            remedy="Nothing was published. Ask whoever runs the server for the right to write.",
        )
    return writable
