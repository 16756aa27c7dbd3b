"""What is done about feeds of one's own by workers: keep, forget, publish. No widget here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.feeds.remote import Credentials
from briefing.feeds.taxii import Collection
from briefing.feeds.taxii_publish import Published
from briefing.services.feed_setup import forget, own_feed, set_up
from briefing.services.task import Task
from briefing.store.feeds import FeedState
from briefing.ui.views.import_work import Desk

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 60
_TOKEN = "token"  # noqa: S105 - the name of an option, which says that there is one


def id_of(title: str) -> str:
    """The id that a title gives: small letters and figures of ASCII, hyphens between."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return _NOT_IN_IDS.sub("-", plain).strip("-")[:_LONGEST_ID].rstrip("-")


def keep_feed(desk: Desk, feed: FeedState, credentials: Credentials | None, *, drop: bool) -> str:
    """Keep a feed that a person set up; returns its id.

    Args:
        desk: Database and keyring.
        feed: How it is fetched; ``options`` says whether it has a token.
        credentials: A new token, or None.
        drop: Whether the token that is kept is to be removed.

    Raises:
        BriefingError: where something of it cannot be, or cannot be kept; nothing is kept then.
    """
    if credentials is not None:
        # What no request could carry is refused before it is kept.
        credentials.header()
        feed = replace(feed, options={**feed.options, _TOKEN: True})
    elif drop:
        feed = replace(feed, options={k: v for k, v in feed.options.items() if k != _TOKEN})
    set_up(desk.knowledge.path, feed)
    try:
        if credentials is not None:
            desk.tokens.store(feed.source, credentials)
        elif drop:
            desk.tokens.delete(feed.source)
    except BriefingError as error:
        # The feed stands, without its token: the person keeps what was typed and can try again.
        rest = {k: v for k, v in feed.options.items() if k != _TOKEN}
        if credentials is not None:
            set_up(desk.knowledge.path, replace(feed, options=rest))
        error.remedy = f"The feed was kept without its token. {error.remedy}".strip()
        raise
    return feed.source


def drop_feed(desk: Desk, source: str) -> None:
    """Forget the address and the token of a feed; what was taken from it stays.

    Raises:
        BriefingError: where the token cannot be removed, or nobody set the feed up.
    """
    if own_feed(desk.knowledge, source).options.get(_TOKEN):
        desk.tokens.delete(source)
    forget(desk.knowledge, source)


def publish(
    desk: Desk, source: str, bundle: Path, collection: str, ceiling: Tlp, task: Task
) -> Published | tuple[Collection, ...]:
    """Publish a bundle; where several collections take it and none was named, return those.

    See ``publish_bundle`` for the ceiling.

    Raises:
        BriefingError: where nothing was published, with the reason.
        CancelledError: when the task was cancelled.
    """
    # lazy: 0.1 s, the libraries of the network, and only when somebody asks.
    from briefing.services.publish_bundle import publish_bundle  # noqa: PLC0415 - start time
    from briefing.services.update_feeds import asking  # noqa: PLC0415 - start time
    from briefing.services.writable_collections import (  # noqa: PLC0415 - start time
        writable_collections,
    )

    asked = replace(asking(desk.clock), tokens=desk.tokens)
    if not collection:
        task.report(0, 0, "Asking which collections there are")
        found = writable_collections(desk.knowledge, source, task, asked)
        if len(found) > 1:
            return found
        collection = found[0].id
    task.report(0, 0, "Publishing")
    return publish_bundle(desk.knowledge, source, bundle, collection, ceiling, task, asked)
