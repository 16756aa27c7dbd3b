"""Lists of advisories that a CSAF provider keeps: ROLIE feed, ``changes.csv``, ``index.txt``.

Formats: CSAF 2.0, requirements 12 (index.txt), 13 (changes.csv) and 15 (ROLIE feed as JSON, after
RFC 8322). A list holds no advisory, so it is not imported itself; it tells what there is to fetch,
and what a folder lacks. Quirk met on real data: CISA's paths begin with the folder in which the
list itself lies (``csaf_files/OT/white/…``), where CSAF has them begin beside the list.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.feeds.json_fields import object_in, objects_in, text_in, utc_text
from briefing.feeds.json_reading import read_json
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.plain_text import one_line
from briefing.feeds.recognise import Format, Outline

MOST_ENTRIES = 200_000
"""The largest provider known lists some 40,000 advisories."""
_MOST_BYTES = 128 * 1024 * 1024
_LONGEST_ADDRESS = 2000
_QUOTED = 80
_LIST_NAMES = re.compile(
    r"(?:^|/)(?:changes\.csv|index\.txt|[\w.-]*feed-tlp-[\w+-]+\.json)$", re.IGNORECASE
)
_OUTSIDE = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|\\|^[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Listed:
    """One advisory of a list.

    Attributes:
        address: Web address, or path as the list writes it; see ``address_of``.
        updated: When it last changed, as text that orders; "" where the list does not say.
        id: The publisher's own id; "" where the list does not say.
        title: Its title; "" where the list does not say.
        hash_address: Where its SHA-512 is; "" where the list does not say.
    """

    address: str
    updated: str = ""
    id: str = ""
    title: str = ""
    hash_address: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.address.partition("?")[0].rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class AdvisoryList:
    """What a list holds.

    Attributes:
        entries: In the order of the list, each address once.
        faults: Entries that cannot be used, each with its reason in a sentence.
    """

    entries: tuple[Listed, ...]
    faults: tuple[str, ...] = ()

    def since(self, edition: str) -> tuple[Listed, ...]:
        """What changed after a time, the latest first; what bears no date is always among it.

        Args:
            edition: A time as ``utc_text`` writes it, such as the newest ``updated`` fetched
                before; "" for everything.
        """
        fresh = [entry for entry in self.entries if not entry.updated or entry.updated > edition]
        return tuple(sorted(fresh, key=lambda entry: entry.updated, reverse=True))

    def missing_from(self, names: Iterable[str]) -> tuple[Listed, ...]:
        """What is listed and lies in no folder; a file's name is unique with its publisher.

        Args:
            names: Names of the files that are there, with or without folders.
        """
        held = {name.replace("\\", "/").rpartition("/")[2].casefold() for name in names}
        return tuple(entry for entry in self.entries if entry.name.casefold() not in held)


def is_list_name(name: str) -> bool:
    """Whether a file is by its name one of the lists that lie beside advisories."""
    return _LIST_NAMES.search(name.replace("\\", "/")) is not None


def read_list(payload: Payload) -> AdvisoryList:
    """Read a list of any of the three forms.

    Raises:
        BriefingError: where the file is no list of advisories.
    """
    if len(payload.data) > _MOST_BYTES:
        raise _refused(payload, f"it is larger than {_MOST_BYTES >> 20} MiB.")
    start = payload.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = _of_feed(payload) if start.startswith(b"{") else _of_lines(payload)
    entries: dict[str, Listed] = {}
    faults: list[str] = []
    for entry in found:
        fault = _fault_of(entry)
        if fault:
            faults.append(fault)
        else:
            entries.setdefault(entry.address, entry)
        if len(entries) + len(faults) > MOST_ENTRIES:
            raise _refused(payload, f"it lists more than {MOST_ENTRIES:,} advisories.")
    if faults and not entries:
        raise _refused(payload, f"none of its entries is the address of an advisory. {faults[0]}")
    return AdvisoryList(tuple(entries.values()), tuple(faults))


def address_of(entry: Listed, list_address: str) -> str:
    """The web address of an advisory.

    Args:
        entry: One entry of a list.
        list_address: Address of the list itself.
    """
    if _is_https(entry.address):
        return entry.address
    folders = urlsplit(list_address).path.split("/")[1:-1]
    parts = entry.address.split("/")
    # Where two folders or more repeat the end of the list's own path, the path begins there.
    for length in range(min(len(folders), len(parts) - 1), 1, -1):
        if folders[-length:] == parts[:length]:
            return urljoin(list_address, "/".join(parts[length:]))
    return urljoin(list_address, entry.address)


def parse_list(payload: Payload, _: FeedContext) -> ChangeSet:
    """Refuse a list that is imported by itself, and say what it is.

    Raises:
        BriefingError: always.
    """
    found = read_list(payload)
    raise BriefingError(
        f"{payload.name} only lists {len(found.entries):,} advisories and holds none of them.",
        remedy="Import the folder in which the advisories lie, or update the feed online.",
    )


def _refused(payload: Payload, reason: str) -> BriefingError:
    return BriefingError(
        f"{payload.name} is no list of advisories that can be read: {reason}",
        remedy="Nothing was changed. Download the list again.",
    )


def _of_feed(payload: Payload) -> Iterator[Listed]:
    content = read_json(payload.name, payload.data)
    feed = object_in(content, "feed") if isinstance(content, dict) else {}
    if not isinstance(feed.get("entry"), list):
        raise _refused(payload, "it has no feed with a list named “entry”.")
    for entry in objects_in(feed, "entry"):
        links = objects_in(entry, "link")
        yield Listed(
            address=text_in(object_in(entry, "content"), "src") or _linked(links, "self", ".json"),
            updated=utc_text(text_in(entry, "updated")),
            id=one_line(text_in(entry, "id"), _QUOTED),
            title=one_line(text_in(entry, "title")),
            hash_address=_linked(links, "hash", ".sha512"),
        )


def _linked(links: Iterable[dict[str, Any]], relation: str, ending: str) -> str:
    """The first https address of a relation and an ending; "" where there is none."""
    found = (text_in(link, "href") for link in links if text_in(link, "rel") == relation)
    return next((href for href in found if _is_https(href) and href.endswith(ending)), "")


def _of_lines(payload: Payload) -> Iterator[Listed]:
    """Rows of ``changes.csv`` (path and time) or lines of ``index.txt`` (path)."""
    try:
        text = payload.data.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            if row:
                updated = utc_text(row[1].strip()) if len(row) > 1 else ""
                yield Listed(row[0].strip(), updated)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused(payload, "it is no text of lines.") from error


def _fault_of(entry: Listed) -> str:
    """Why an entry leads to no advisory, in a sentence; "" where it does."""
    address = entry.address
    shown = f"“{one_line(address, _QUOTED)}”"
    if not address:
        return "An entry has no address."
    if len(address) > _LONGEST_ADDRESS or not address.isprintable():
        return f"{shown} is no address."
    if not entry.name.lower().endswith(".json"):
        return f"{shown} is no JSON file."
    if not _is_https(address) and _OUTSIDE.search(address):
        return f"{shown} leads out of the folder of its list."
    return ""


def _is_https(address: str) -> bool:
    try:
        return address.lower().startswith("https://") and bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _matches(outline: Outline) -> bool:
    if outline.kind == "json-object":
        return "feed" in outline.keys and "entry" in outline.inner
    if outline.kind == "csv":
        path, when = (*outline.keys, "")[:2]
        return path.lower().endswith(".json") and bool(utc_text(when))
    return outline.kind == "text" and outline.name.lower().endswith("index.txt")


FORMAT = Format("csaf-list", "List of security advisories (CSAF)", _matches, parse_list)
