"""Publishing to a TAXII 2.1 collection: a bundle goes out, and each object's fate comes back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from briefing.core.changes import Quarantined, canonical
from briefing.core.errors import BriefingError
from briefing.feeds.json_fields import objects_in, text_in
from briefing.feeds.json_reading import read_json
from briefing.feeds.remote import Credentials, Fetched, TransportError
from briefing.feeds.taxii import MEDIA_TYPE, Collection
from briefing.feeds.web_address import WebAddress

if TYPE_CHECKING:
    from briefing.feeds.transport import Transport

_ENVELOPE: Final = (b'{"objects":[', b"]}")
_FORGOTTEN: Final = 404
_WITHOUT_REASON: Final = "The server gave no reason."


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the objects that were sent.

    Attributes:
        accepted: How many the server took.
        refused: Those it did not take, or was not even offered, with reasons.
        unnamed: How many more it counts as failed without saying which.
        pending: How many it had not decided on when the patience was over.
    """

    accepted: int
    refused: tuple[Quarantined, ...]
    unnamed: int
    pending: int


@dataclass(frozen=True, slots=True)
class _Object:
    """One object of the bundle."""

    id: str
    content: bytes


def publish(
    transport: Transport,
    collection: Collection,
    bundle: bytes,
    credentials: Credentials | None = None,
    *,
    patience: float = 60.0,
    every: float = 1.0,
) -> Published:
    """Send the objects of a STIX bundle to a collection, in as few messages as the server takes.

    Args:
        transport: Opens the connections.
        collection: Where to.
        bundle: A STIX bundle as JSON.
        credentials: Who publishes.
        patience: Seconds to wait in all for the server to decide.
        every: Seconds between two questions.

    Raises:
        BriefingError: when the collection takes nothing from this account, or the bundle is none;
            nothing was sent.
        TransportError: when a message did not arrive. What went out before it stays out.
        CancelledError: when the person cancelled; as before.
    """
    if not collection.can_write:
        raise BriefingError(
            f"This account may not publish to “{collection.title}”.",
            remedy="Nothing was published. Ask whoever runs the server for the right to write.",
        )
    objects = _objects(bundle)
    fitting, refused = _fitting(objects, collection)
    outcome = Published(0, tuple(refused), 0, 0)
    ends = time.monotonic() + patience
    for envelope in _envelopes(fitting, collection.root.most):
        try:
            status = _sent(transport, collection, envelope, credentials)
            while text_in(status, "status") == "pending" and time.monotonic() < ends:
                transport.pause(every)
                status = _asked_again(transport, collection, status, credentials)
        except TransportError as error:
            if outcome.accepted:
                error.remedy = (
                    f"{outcome.accepted} of {len(objects)} objects had been published before."
                    " Publish again later: what is there already is only reported."
                )
            raise
        outcome = _with(outcome, status)
    return outcome


def _sent(
    transport: Transport,
    collection: Collection,
    envelope: bytes,
    credentials: Credentials | None,
) -> dict[str, Any]:
    answer = transport.post(
        WebAddress.of(collection.url).join("objects/").url,
        envelope,
        content_type=MEDIA_TYPE,
        accept=MEDIA_TYPE,
        credentials=credentials,
    )
    return _status(answer)


def _objects(bundle: bytes) -> list[_Object]:
    found = read_json("The bundle", bundle)
    listed = list(objects_in(found, "objects")) if isinstance(found, dict) else []
    if not listed:
        raise BriefingError(
            "There is nothing to publish: the bundle holds no objects.",
            remedy="Nothing was published. Choose an incident or a briefing that holds some.",
        )
    return [_Object(text_in(value, "id"), canonical(value)) for value in listed]


def _fitting(
    objects: list[_Object], collection: Collection
) -> tuple[list[_Object], list[Quarantined]]:
    most = collection.root.most
    room = most - sum(len(part) for part in _ENVELOPE)
    fitting = [each for each in objects if not most or len(each.content) <= room]
    too_long = [
        Quarantined(each.id, f"It is larger than the server takes ({most} bytes); it was not sent.")
        for each in objects
        if most and len(each.content) > room
    ]
    return fitting, too_long


def _envelopes(objects: list[_Object], most: int) -> Iterator[bytes]:
    """Messages of at most that many bytes, with the objects in their order."""
    head, tail = _ENVELOPE
    parts: list[bytes] = []
    size = len(head) + len(tail)
    for each in objects:
        if parts and most and size + len(each.content) + 1 > most:
            yield head + b",".join(parts) + tail
            parts, size = [], len(head) + len(tail)
        size += len(each.content) + (1 if parts else 0)
        parts.append(each.content)
    if parts:
        yield head + b",".join(parts) + tail


def _status(answer: Fetched) -> dict[str, Any]:
    """A status resource (TAXII 2.1, 4.3.1)."""
    host = WebAddress.of(answer.url).host
    found = read_json(f"The answer of {host}", answer.data)
    if not isinstance(found, dict) or not text_in(found, "status"):
        raise TransportError(
            f"{host} took the objects and does not say what became of them.",
            remedy="Look into the collection before publishing again.",
        )
    return found


def _asked_again(
    transport: Transport,
    collection: Collection,
    status: dict[str, Any],
    credentials: Credentials | None,
) -> dict[str, Any]:
    """The same status a moment later; a server may forget it once it is complete."""
    identity = quote(text_in(status, "id"), safe="")
    address = WebAddress.of(collection.root.url).join(f"status/{identity}/")
    try:
        answer = transport.fetch(address.url, accept=MEDIA_TYPE, credentials=credentials)
    except TransportError as error:
        if error.status == _FORGOTTEN:
            return {**status, "status": "forgotten"}
        raise
    return _status(answer)


def _with(outcome: Published, status: dict[str, Any]) -> Published:
    named = [
        Quarantined(text_in(each, "id"), text_in(each, "message") or _WITHOUT_REASON)
        for each in objects_in(status, "failures")
    ]
    failed = max(_count(status, "failure_count"), len(named))
    return Published(
        accepted=outcome.accepted + _count(status, "success_count"),
        refused=(*outcome.refused, *named),
        unnamed=outcome.unnamed + failed - len(named),
        pending=outcome.pending + _count(status, "pending_count"),
    )


def _count(status: dict[str, Any], key: str) -> int:
    value = status.get(key)
    return value if isinstance(value, int) and value > 0 else 0
