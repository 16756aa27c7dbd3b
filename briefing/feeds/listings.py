"""Lists of documents as publishers keep them: which documents there are, and which have changed.

Read here: the manifest of a MISP feed (misp-rfc, core format, 4), a ROLIE feed of CSAF documents
(RFC 8322), the metadata and ``changes.csv`` of a CSAF provider (CSAF 2.0, 7.1), and the index of
ATT&CK collections. A list is a foreign document like any other: an entry that is not plain is
refused with its reason, and the rest counts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from briefing.core.changes import Quarantined
from briefing.core.errors import BriefingError
from briefing.feeds.json_fields import object_in, objects_in, text_in
from briefing.feeds.json_reading import read_json
from briefing.feeds.remote import NOTHING_CHANGED, Fetched, TransportError
from briefing.feeds.web_address import WebAddress

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CHANGES: Final = "changes.csv"
_MOST: Final = 50_000
"""Documents of one list: the largest publishers have a tenth."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of a list.

    Attributes:
        key: What tells it from the others of the list for ever: a MISP UUID, a CSAF id, a path.
        url: Where it is; in an entry that was not judged yet, a reference.
        stamp: Changes when the document does, as far as the publisher keeps to it: a time or a
            version as the list writes it.
        title: What it is about; may be "".
        sha256: Its checksum; "" where the list has none.
    """

    key: str
    url: str
    stamp: str
    title: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one list says.

    Attributes:
        documents: In the order of the list, each key once.
        lists: Addresses of further lists that it names.
        refused: Entries that are not plain, with reasons.
    """

    documents: tuple[Listed, ...] = ()
    lists: tuple[str, ...] = ()
    refused: tuple[Quarantined, ...] = ()

    def changed(self, known: Mapping[str, str]) -> tuple[Listed, ...]:
        """The documents that are new, or whose stamp is another than the known one.

        Args:
            known: Stamp by key, of what was fetched before. Nothing known gives everything, which
                is also how edits are found that a publisher made without a new date.
        """
        return tuple(each for each in self.documents if known.get(each.key) != each.stamp)


def read_listing(fetched: Fetched) -> Listing:
    """Read a list, whichever it is.

    Raises:
        BriefingError: for a document that is no list, or a broken one.
    """
    base = WebAddress.of(fetched.url)
    if base.name == _CHANGES:
        return _judged(base, _changes(fetched))
    found = read_json(fetched.name, fetched.data)
    content: dict[str, Any] = found if isinstance(found, dict) else {}
    if "feed" in content:
        feed = object_in(content, "feed")
        return _judged(base, _rolie(feed), _linked(feed, "next"))
    if "distributions" in content:
        return _judged(base, (), _distributed(content))
    if "collections" in content:
        return _judged(base, _attack_index(content))
    if content and all(_UUID.fullmatch(key) for key in content):
        return _judged(base, _manifest(content))
    raise BriefingError(
        f"{fetched.name} is no list of documents that can be read here.",
        detail=base.shown,
        remedy=f"{NOTHING_CHANGED} Check the address of the source.",
    )


def _judged(base: WebAddress, entries: Iterable[Listed], lists: Iterable[str] = ()) -> Listing:
    """Turn references into addresses, and refuse what does not become one."""
    documents: dict[str, Listed] = {}
    refused: list[Quarantined] = []
    for number, entry in enumerate(entries, start=1):
        if number > _MOST:
            raise BriefingError(
                f"The list at {base.host} names more than {_MOST:,} documents, as no feed does.",
                remedy=f"{NOTHING_CHANGED} Check the address of the source.",
            )
        if not (entry.key and entry.url):
            refused.append(Quarantined(entry.key, f"Entry {number} of the list has no address."))
            continue
        try:
            url = base.join(entry.url).url
        except TransportError as error:
            refused.append(Quarantined(entry.key, error.message))
            continue
        documents[entry.key] = Listed(entry.key, url, entry.stamp, entry.title, entry.sha256)
    further: list[str] = []
    for reference in lists:
        try:
            further.append(base.join(reference).url)
        except TransportError as error:
            refused.append(Quarantined(reference, error.message))
    return Listing(tuple(documents.values()), tuple(further), tuple(refused))


def _manifest(content: dict[str, Any]) -> Iterator[Listed]:
    """The events of a MISP feed; each lies beside the manifest under its UUID."""
    for key in content:
        event = object_in(content, key)
        stamp = event.get("timestamp")
        yield Listed(
            key=key,
            url=f"{key}.json" if isinstance(stamp, str | int) else "",
            stamp=str(stamp),
            title=text_in(event, "info"),
            sha256=text_in(event, "integrity:sha256").lower(),
        )


def _rolie(feed: dict[str, Any]) -> Iterator[Listed]:
    for entry in objects_in(feed, "entry"):
        url = text_in(object_in(entry, "content"), "src") or next(_linked(entry, "self"), "")
        yield Listed(
            key=text_in(entry, "id") or url,
            url=url,
            stamp=text_in(entry, "updated"),
            title=text_in(entry, "title"),
        )


def _linked(holder: dict[str, Any], relation: str) -> Iterator[str]:
    for link in objects_in(holder, "link"):
        if text_in(link, "rel") == relation and text_in(link, "href"):
            yield text_in(link, "href")


def _distributed(metadata: dict[str, Any]) -> Iterator[str]:
    """The lists of a CSAF provider: its ROLIE feeds, or its directories where it has none."""
    distributions = list(objects_in(metadata, "distributions"))
    feeds = [
        text_in(feed, "url")
        for each in distributions
        for feed in objects_in(object_in(each, "rolie"), "feeds")
    ]
    folders = [
        f"{text_in(each, 'directory_url').rstrip('/')}/{_CHANGES}"
        for each in distributions
        if text_in(each, "directory_url")
    ]
    yield from [url for url in feeds if url] or folders


def _attack_index(content: dict[str, Any]) -> Iterator[Listed]:
    """The newest version of each collection."""
    for collection in objects_in(content, "collections"):
        versions = list(objects_in(collection, "versions"))
        newest = max(versions, key=lambda each: text_in(each, "modified"), default={})
        yield Listed(
            key=text_in(collection, "id"),
            url=text_in(newest, "url"),
            stamp=text_in(newest, "version"),
            title=text_in(collection, "name"),
        )


def _changes(fetched: Fetched) -> Iterator[Listed]:
    """``changes.csv`` of a CSAF directory: path and time, newest first."""
    text = fetched.data.decode("utf-8-sig", "replace")
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            if row:
                path, stamp = row[0].strip(), row[1].strip() if len(row) > 1 else ""
                yield Listed(key=path, url=path if stamp else "", stamp=stamp)
    except csv.Error as error:
        raise BriefingError(
            f"{fetched.name} is no table of changes: {error}.",
            remedy=f"{NOTHING_CHANGED} Check the address of the source.",
        ) from error
