"""TAXII 2.1: which collections a server has, and what was added to one of them.

Standard: https://docs.oasis-open.org/cti/taxii/v2.1/os/taxii-v2.1-os.html. Met in the wild: servers
whose ``next`` stays the same from page to page (it names a session), servers that count
``added_after`` as "at or after", a header of times that says ``undefined``, addresses of a
collection or of its objects handed out instead of the discovery address; the reference server
fails on ``next`` without ``limit``, so ``limit`` is always sent.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from briefing.core.changes import Quarantined, canonical, stable_id
from briefing.feeds import refusals
from briefing.feeds.json_fields import objects_in, text_in, texts_in
from briefing.feeds.json_reading import Element, JsonText, read_json, unwritable
from briefing.feeds.remote import NOTHING_CHANGED, Credentials, Fetched, TransportError
from briefing.feeds.web_address import WebAddress

if TYPE_CHECKING:
    from briefing.feeds.transport import Transport

MEDIA_TYPE: Final = "application/taxii+json;version=2.1"
_DATE_ADDED_LAST: Final = "x-taxii-date-added-last"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LIMIT: Final = "500"
"""Objects wanted on a page; a server may send fewer."""
_MOST_PAGES: Final = 20_000
_MOST_BARREN_PAGES: Final = 5
"""Pages in a row without anything new: a filter may leave one empty, five are no progress."""


@dataclass(frozen=True, slots=True)
class ApiRoot:
    """One group of collections at a server.

    Attributes:
        url: Its address, with a slash at the end.
        title: As its owner calls it.
        most: Most bytes of one message it takes; 0 where it does not say.
    """

    url: str
    title: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """One collection, as its server describes it.

    Attributes:
        id: Its id within the API root.
        title: As its owner calls it.
        description: What its owner says of it; may be "".
        url: Its address, with a slash at the end.
        root: Where it belongs.
        can_read: Whether this account may fetch from it.
        can_write: Whether this account may publish to it.
    """

    id: str
    title: str
    description: str
    url: str
    root: ApiRoot
    can_read: bool
    can_write: bool


@dataclass(frozen=True, slots=True)
class Increment:
    """What was added to a collection.

    Attributes:
        bundle: One STIX bundle with all objects, as if it had been fetched so.
        objects: How many there are.
        added_after: What to hand in the next time, to get what was added since.
        refused: Objects that could not be kept, with reasons.
    """

    bundle: Fetched
    objects: int
    added_after: str
    refused: tuple[Quarantined, ...]


class TaxiiServer:
    """One TAXII server, seen by one account."""

    def __init__(
        self, transport: Transport, address: str, credentials: Credentials | None = None
    ) -> None:
        """Ask nothing yet.

        Args:
            transport: Opens the connections.
            address: Discovery, an API root, its collections, one of them, or its objects.
            credentials: Who asks.

        Raises:
            TransportError: for an address that is no https address.
        """
        self._transport = transport
        self._credentials = credentials
        asked = WebAddress.of(address)
        path = asked.target.partition("?")[0].rstrip("/") + "/"
        self._start = replace(asked, target=path.removesuffix("objects/"))

    def collections(self) -> tuple[Collection, ...]:
        """Every collection at the address, in the order of the server.

        Of a server with several API roots, those that do not answer are passed over as long as one
        does: accounts are often good for one root only.

        Raises:
            TransportError: when none answers, or when what answers is no TAXII 2.1 server.
        """
        found = self._resource(self._start)
        if "api_roots" in found:
            return self._of_roots(texts_in(found, "api_roots"))
        if "versions" in found:
            return self._of_root(self._start)
        if "collections" in found:
            root = self._root(self._start.join("../"))
            return tuple(self._collection(root, each) for each in objects_in(found, "collections"))
        if "can_read" in found and text_in(found, "id"):
            return (self._collection(self._root(self._start.join("../../")), found),)
        raise TransportError(
            f"{self._start.host} does not answer as a TAXII 2.1 server at this address.",
            detail=self._start.shown,
            remedy=f"{NOTHING_CHANGED} Ask for the discovery address; it often ends with /taxii2/.",
        )

    def objects(self, collection: Collection, added_after: str = "") -> Increment:
        """Everything that was added to a collection after a moment, or everything.

        Args:
            collection: Which one.
            added_after: ``Increment.added_after`` of the last time; "" for everything.

        Raises:
            TransportError: when a page does not come, or the pages do not end.
            CancelledError: when the person cancelled.
        """
        harvest = _Harvest(collection, self._transport.limits.size)
        last = self._walk(collection, added_after, harvest)
        bundle = Fetched(
            name=f"{collection.title}.json",
            data=harvest.bundle(),
            url=collection.url,
            etag="",
            last_modified="",
            taken_at=last.fetched.taken_at,
        )
        following = harvest.added_last or added_after
        return Increment(bundle, len(harvest.objects), following, tuple(harvest.refused))

    def _walk(self, collection: Collection, added_after: str, harvest: _Harvest) -> _Page:
        """Take page after page; the last of them."""
        always = {"limit": _LIMIT}
        if added_after:
            always["added_after"] = added_after
        asked = always
        barren = 0
        for _ in range(_MOST_PAGES):
            page = self._page(collection, asked)
            barren = 0 if harvest.take(page) else barren + 1
            if not page.more:
                return page
            following = _following(collection, page, always)
            if barren and (following == asked or barren >= _MOST_BARREN_PAGES):
                break
            asked = following
        raise TransportError(
            f"{WebAddress.of(collection.url).host} goes on sending pages of “{collection.title}”"
            " without coming to an end.",
            remedy=f"{NOTHING_CHANGED} Tell whoever runs the server.",
        )

    def _page(self, collection: Collection, asked: dict[str, str]) -> _Page:
        address = WebAddress.of(collection.url).join("objects/")
        fetched = self._transport.fetch(
            f"{address.url}?{urlencode(asked)}", accept=MEDIA_TYPE, credentials=self._credentials
        )
        return _Page.of(collection, fetched)

    def _of_roots(self, references: Iterable[str]) -> tuple[Collection, ...]:
        found: list[Collection] = []
        failure: TransportError | None = None
        answered = False
        for reference in references:
            try:
                found += self._of_root(self._start.join(reference))
                answered = True
            except TransportError as error:
                if error.ends_update and not error.status:
                    raise
                failure = failure or error
        if failure is not None and not answered:
            raise failure
        return tuple(found)

    def _of_root(self, address: WebAddress) -> tuple[Collection, ...]:
        root = self._root(address)
        listed = self._resource(WebAddress.of(root.url).join("collections/"))
        return tuple(self._collection(root, each) for each in objects_in(listed, "collections"))

    def _root(self, address: WebAddress) -> ApiRoot:
        slashed = replace(address, target=address.target.rstrip("/") + "/")
        found = self._resource(slashed)
        most = found.get("max_content_length")
        return ApiRoot(slashed.url, text_in(found, "title"), most if isinstance(most, int) else 0)

    def _collection(self, root: ApiRoot, found: dict[str, Any]) -> Collection:
        identity = text_in(found, "id")
        url = WebAddress.of(root.url).join(f"collections/{quote(identity, safe='')}/")
        return Collection(
            id=identity,
            title=text_in(found, "title") or identity,
            description=text_in(found, "description"),
            url=url.url,
            root=root,
            can_read=found.get("can_read") is True,
            can_write=found.get("can_write") is True,
        )

    def _resource(self, address: WebAddress) -> dict[str, Any]:
        fetched = self._transport.fetch(
            address.url, accept=MEDIA_TYPE, credentials=self._credentials
        )
        found = read_json(f"The answer of {address.host}", fetched.data)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class _Page:
    """One envelope (TAXII 2.1, 3.7), and what its headers say.

    Attributes:
        fetched: As it came.
        objects: What it holds, each with its fault.
        more: Whether there is another page.
        next: What to ask for it with; "" where the server does not say.
        last: When the last object was added; "" where the server does not say.
    """

    fetched: Fetched
    objects: tuple[Element, ...]
    more: bool
    next: str
    last: str

    @classmethod
    def of(cls, collection: Collection, fetched: Fetched) -> _Page:
        text = JsonText(f"A page of “{collection.title}”", fetched.data)
        objects: tuple[Element, ...] = ()
        members: dict[str, Any] = {}
        for key, _ in text.members():
            if key == "objects":
                objects = tuple(text.elements())
            else:
                members[key] = text.read().value
        following = members.get("next")
        last = fetched.headers.get(_DATE_ADDED_LAST, "")
        return cls(
            fetched,
            objects,
            more=members.get("more") is True,
            next="" if following is None else str(following),
            last=last if _TIME.fullmatch(last) else "",
        )


class _Harvest:
    """The objects of all pages, each once: a server may send one again at the seam of two pages."""

    def __init__(self, collection: Collection, most: int) -> None:
        self.objects: list[bytes] = []
        self.refused: list[Quarantined] = []
        self.added_last = ""
        self._collection = collection
        self._seen: set[bytes] = set()
        self._most = most
        self._size = 0

    def take(self, page: _Page) -> int:
        """Keep what is new; how many objects that were."""
        before = len(self._seen)
        self.added_last = page.last or self.added_last
        for element in page.objects:
            self._take(element)
        if self._size > self._most:
            raise refusals.too_large(WebAddress.of(self._collection.url).host, self._most)
        return len(self._seen) - before

    def bundle(self) -> bytes:
        identity = stable_id("bundle", self._collection.url)
        head = f'{{"type":"bundle","id":"{identity}","objects":['.encode()
        return head + b",".join(self.objects) + b"]}"

    def _take(self, element: Element) -> None:
        reason = element.fault or unwritable(element.value)
        content = repr(element).encode() if reason else canonical(element.value)
        fingerprint = hashlib.sha256(content).digest()
        if fingerprint in self._seen:
            return
        self._seen.add(fingerprint)
        if reason:
            named = text_in(element.value, "id") if isinstance(element.value, dict) else ""
            self.refused.append(Quarantined(named, f"In “{self._collection.title}”: {reason}"))
            return
        self.objects.append(content)
        self._size += len(content)


def _following(collection: Collection, page: _Page, always: dict[str, str]) -> dict[str, str]:
    """What to ask for the next page with (TAXII 2.1, 3.5)."""
    if page.next:
        return {**always, "next": page.next}
    if page.last:
        return {**always, "added_after": page.last}
    raise TransportError(
        f"{WebAddress.of(collection.url).host} says that there is more in “{collection.title}”, and"
        " not how to ask for it.",
        remedy=f"{NOTHING_CHANGED} Tell whoever runs the server.",
    )
