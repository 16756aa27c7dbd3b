"""Send a STIX bundle to the team's own platform: a collection of a TAXII 2.1 server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.tlp import Tlp, parse_tlp
from briefing.core.wording import counted
from briefing.feeds.json_fields import objects_in, text_in
from briefing.feeds.json_reading import read_json
from briefing.feeds.stix_markings import tlp_of
from briefing.feeds.taxii import Collection, TaxiiServer
from briefing.feeds.taxii_publish import Published, publish
from briefing.services.feed_setup import own_feed
from briefing.services.task import Task
from briefing.services.update_feeds import Asking
from briefing.store.connection import KnowledgeFile

_NAMED = 20
"""How many of the objects that may not go out a sentence names."""


def publish_bundle(
    knowledge: KnowledgeFile,
    source: str,
    bundle: Path,
    collection: str,
    ceiling: Tlp,
    task: Task,
    asking: Asking,
) -> Published:
    """Publish a file to a collection of a server that a person set up.

    Whoever may read the collection reads it all, so every object has to say that they may.

    Args:
        knowledge: Where the server is set up.
        source: Id of the server.
        bundle: A STIX bundle as JSON.
        collection: Id or title; "" where only one takes anything from this account.
        ceiling: The highest TLP level that its readers may see.
        task: Progress and cancel.
        asking: Transport, tokens and clock.

    Raises:
        BriefingError: where the file cannot be read, an object is marked above the ceiling or bears
            no label, or nothing was published, with the reason.
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
    _refuse_above(ceiling, payload)
    credentials = asking.tokens.read(source) if feed.options.get("token") else None
    with asking.transport(feed, task) as transport:
        server = TaxiiServer(transport, feed.address, credentials)
        target = _chosen(server.collections(), collection, feed.title)
        return publish(transport, target, payload, credentials)


def _refuse_above(ceiling: Tlp, bundle: bytes) -> None:
    """See that every object of a bundle says that it may be seen at a level.

    Raises:
        BriefingError: where one does not, or the file is no JSON.
    """
    value = read_json("The bundle", bundle)
    objects = objects_in(value, "objects") if isinstance(value, dict) else []
    found: dict[str, dict[str, Any] | None] = {}
    for each in objects:
        native = text_in(each, "id")
        # Of two with one id, nobody can say which is meant.
        found[native] = None if native in found else each
    faults = [
        f"{text_in(each, 'id') or 'an object without an id'} ({fault})"
        for each in objects
        if (fault := _fault(each, found.get, ceiling))
    ]
    if not faults:
        return
    more = f", and {len(faults) - _NAMED:,} more" if len(faults) > _NAMED else ""
    raise BriefingError(
        f"{counted(len(faults), 'object')} may not go to readers of {ceiling.label}:"
        f" {', '.join(faults[:_NAMED])}{more}.",
        detail="\n".join(faults),
        remedy="Nothing was published. Mark or leave out what is named, or say up to which level"
        " the readers of the collection may see (--tlp on the command line).",
    )


def _fault(value: dict[str, Any], find: Callable[[str], Any], ceiling: Tlp) -> str:
    """Why an object may not be seen at a level; "" where it may."""
    # The mark of a single field says nothing of the others.
    as_a_whole = {key: part for key, part in value.items() if key != "granular_markings"}
    if not tlp_of(as_a_whole, find) and text_in(value, "type") != "marking-definition":
        return "it bears no TLP label"
    code = tlp_of(value, find)
    level = parse_tlp(code) if code else Tlp.CLEAR
    return level.label if level > ceiling else ""


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
