"""Fetching what a list names: MISP events, CSAF documents, collections of ATT&CK."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from briefing.core.changes import Quarantined
from briefing.core.errors import BriefingError
from briefing.feeds.listings import Listed, Listing, read_listing
from briefing.feeds.remote import Credentials, Fetched, TransportError
from briefing.feeds.web_address import WebAddress

if TYPE_CHECKING:
    from briefing.feeds.transport import Transport

_MOST_LISTS: Final = 50
_MANIFEST: Final = "manifest.json"


def fetch_listing(
    transport: Transport, address: str, credentials: Credentials | None = None
) -> Listing:
    """Fetch a list and every list it names, as one.

    Args:
        transport: Opens the connections.
        address: The list, or the folder of a MISP feed, which ends with a slash.
        credentials: Who asks.

    Raises:
        TransportError: when the list does not come. A further list that does not come is refused
            with its reason, unless going on makes no sense.
        BriefingError: when what comes is no list.
        CancelledError: when the person cancelled.
    """
    start = WebAddress.of(address)
    if start.target.endswith("/"):
        start = start.join(_MANIFEST)
    first = read_listing(transport.fetch(start.url, credentials=credentials))
    documents = {each.key: each for each in first.documents}
    refused = list(first.refused)
    waiting = list(first.lists)
    seen = {start.url}
    while waiting and len(seen) < _MOST_LISTS:
        url = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        listing = _further(transport, url, credentials)
        documents |= {each.key: each for each in listing.documents}
        refused += listing.refused
        waiting += listing.lists
    return Listing(tuple(documents.values()), (), tuple(refused))


def _further(transport: Transport, url: str, credentials: Credentials | None) -> Listing:
    try:
        fetched = transport.fetch(url, credentials=credentials)
    except TransportError as error:
        if _ends(error):
            raise
        return Listing(refused=(Quarantined(url, error.message),))
    try:
        return read_listing(fetched)
    except BriefingError as error:
        return Listing(refused=(Quarantined(url, error.message),))


def fetch_documents(
    transport: Transport, documents: Iterable[Listed], credentials: Credentials | None = None
) -> Iterator[tuple[Listed, Fetched | TransportError]]:
    """Fetch listed documents one after the other; one that does not come gives its reason.

    Raises:
        TransportError: when going on makes no sense: no network, no answer, asked too often.
        CancelledError: when the person cancelled.
    """
    for listed in documents:
        try:
            fetched = transport.fetch(listed.url, credentials=credentials)
        except TransportError as error:
            if _ends(error):
                raise
            yield listed, error
            continue
        yield listed, _checked(listed, fetched)


def _checked(listed: Listed, fetched: Fetched) -> Fetched | TransportError:
    if not listed.sha256 or hashlib.sha256(fetched.data).hexdigest() == listed.sha256:
        return fetched
    return TransportError(
        f"{fetched.name} is not the document that the list describes: its checksum differs.",
        detail=fetched.url,
        remedy="It was not taken. Update again later: it may have been changed meanwhile.",
    )


def _ends(error: TransportError) -> bool:
    """Whether to stop. That one part wants another account says nothing of the others."""
    return error.ends_update and error.status != 401
