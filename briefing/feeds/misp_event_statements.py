"""What one MISP event says, as statements of a report.

Every statement bears the label of what it was read from: the event's ``tlp`` tags, and the tags of
an attribute where that is marked more narrowly. What bears no tag has the label of its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from briefing.core.changes import (
    DocumentDraft,
    Predicate,
    RecordDraft,
    StatementDraft,
    document_for,
    stable_id,
)
from briefing.core.profile import parse_partial_date
from briefing.core.tlp import Tlp, highest, parse_tlp
from briefing.feeds.addresses import published_in, publisher_of
from briefing.feeds.json_fields import object_in, objects_in, text_in
from briefing.feeds.misp_galaxy_file import record_kind, uuid_in, uuid_of
from briefing.feeds.plain_text import one_line, plain_text

_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII)
_CLUSTER_TAG = re.compile(r'misp-galaxy:([^=]{1,80})="(.{1,400})"', re.DOTALL)
_ANALYSIS = "External analysis"
_SAMPLE_PAGES = frozenset(("virustotal.com", "www.virustotal.com"))
"""Hosts whose pages show one sample: an indicator with an address, no report about anything."""
_COLLECTIONS = frozenset(
    (
        "7cdff317-a673-4474-84ec-4f1754947823",
        "28b5e55d-acba-4748-a79d-0afa3512689a",
        "877cdc4b-3392-4353-a7d4-2e46d40e5936",
        "10df003c-7831-11e7-bdb9-971cdd1218df",
        "dcb864dc-775f-11e7-9fbb-1f41b4996683",
        "d752161c-78f6-11e7-a0ea-bfa79b407ce4",
        "d700dc5c-78f6-11e7-a476-5f748c8e4fe0",
        "a8825ae8-6dea-11e7-8d57-7728f3cfe086",
    )
)
"""UUIDs of whole galaxies of actors and of ATT&CK, which old servers wrote for every cluster."""
_LONGEST_NAME = 200
_LONGEST_ADDRESS = 2000
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)

_Level = Tlp | None
"""A label, or None for that of the source."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that was read.

    Attributes:
        record: The event with what it says.
        documents: What it cites, itself first.
        updated: Day of its last change, or "".
    """

    record: RecordDraft
    documents: tuple[DocumentDraft, ...]
    updated: str


def read_event(value: dict[str, Any], label: str, known_ids: Mapping[str, str]) -> Event:
    """Read one event that has a UUID and a title.

    Args:
        value: The event without the files it carried.
        label: The source's label, for an event that bears none.
        known_ids: UUID → native id of records in the database.
    """
    reader = _Reader(value, parse_tlp(label), known_ids)
    statements = tuple(reader.statements())
    record = RecordDraft.of(reader.native, "report", value, statements, edition_of(value))
    return Event(record, tuple(reader.documents.values()), _day(_timestamp(value)))


def native_of(value: Any) -> str:
    """Native id of an event, the one that STIX made from it bears too; "" without a UUID."""
    uuid = uuid_of(value)
    return f"report--{uuid}" if uuid else ""


def title_of(value: dict[str, Any]) -> str:
    """The event's title as plain text, or ""."""
    return one_line(text_in(value, "info"))


def edition_of(value: dict[str, Any]) -> str:
    """The time of the last change with leading zeros, so that it orders as text; "" for none."""
    written = _timestamp(value)
    return written.zfill(12) if written else ""


def _timestamp(value: dict[str, Any]) -> str:
    written = value.get("timestamp")
    text = str(written).strip() if isinstance(written, str | int) else ""
    return text if _SECONDS.fullmatch(text) else ""


def _day(seconds: str) -> str:
    """Day (UTC) of a Unix time; "" for none and for what is beyond the calendar."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


class _Reader:
    """Reads one event; gathers the documents that it cites."""

    def __init__(self, value: dict[str, Any], default: Tlp, known_ids: Mapping[str, str]) -> None:
        self._value = value
        self._default = default
        self._known_ids = known_ids
        self._tags = tuple(_event_tags(value))
        said = _labels(self._tags)
        self._level = highest(said) if said else None
        self.native = native_of(value)
        own = DocumentDraft(
            id=stable_id("document", "misp-event", self.native),
            title=title_of(value),
            publisher=_issuer(value),
            url="",
            published=_date(text_in(value, "date")),
        )
        self._own = own.id
        self.documents = {own.id: own}

    def statements(self) -> Iterator[StatementDraft]:
        """Title, issuer, dates, tags, texts, addresses, and what is mentioned."""
        value = self._value
        yield self._state(Predicate.NAMED, value=title_of(value))
        if issuer := _issuer(value):
            yield self._state(Predicate.ISSUED_BY, value=issuer)
        if written := one_line(text_in(value, "date"), _LONGEST_NAME):
            yield self._happened("published", written, _date(written))
        if seconds := _timestamp(value):
            yield self._happened("updated", seconds, _day(seconds))
        yield from self._tagged()
        yield from self._summaries()
        yield from self._references()
        yield from self._mentions()

    def _happened(self, what: str, written: str, day: str) -> StatementDraft:
        return self._state(Predicate.HAPPENED, object=what, value=written, first_seen=day)

    def _tagged(self) -> Iterator[StatementDraft]:
        """Tags of the event, and clusters with which single attributes are tagged."""
        found = [(name, self._level) for name in self._tags]
        for attribute, level in self._attributes():
            found += [(t, level) for t in _names(attribute, "Tag") if _CLUSTER_TAG.fullmatch(t)]
        for name, level in self._widest(found).items():
            cluster = _CLUSTER_TAG.fullmatch(name)
            detail = (
                {"galaxy": one_line(cluster[1]), "name": one_line(cluster[2])} if cluster else {}
            )
            if tag := one_line(name):
                yield self._described("tag", tag, level, detail)

    def _summaries(self) -> Iterator[StatementDraft]:
        """What somebody wrote about the analysis, and the reports kept with the event."""
        found = [
            (text_in(attribute, "value"), level)
            for attribute, level in self._attributes()
            if text_in(attribute, "type") in ("comment", "text")
            and text_in(attribute, "category") == _ANALYSIS
        ]
        for report in objects_in(self._value, "EventReport"):
            if not _deleted(report):
                found.append((text_in(report, "content"), self._level))
        read = [(plain_text(text), level) for text, level in found]
        texts = self._widest((text, level) for text, level in read if text)
        for place, (text, level) in enumerate(texts.items()):
            yield self._described("summary", text, level, {"place": place})

    def _references(self) -> Iterator[StatementDraft]:
        """Addresses of the reports that the event rests on, each with its document."""
        found = [
            (text_in(attribute, "value"), level)
            for attribute, level in self._attributes()
            if text_in(attribute, "type") == "link"
            and text_in(attribute, "category") == _ANALYSIS
            and _is_report(text_in(attribute, "value"))
        ]
        for address, level in self._widest(found).items():
            document = document_for(
                address, publisher=publisher_of(address), published=published_in(address)
            )
            self.documents[document.id] = document
            yield self._described("reference", address, level, {}, document.id)

    def _mentions(self) -> Iterator[StatementDraft]:
        """Vulnerabilities and clusters that the event names by their ids."""
        found = [*self._clusters(self._value, self._level), *self._by_uuid_tag()]
        for attribute, level in self._attributes():
            cve = text_in(attribute, "value").upper()
            if text_in(attribute, "type") == "vulnerability" and _CVE.fullmatch(cve):
                found.append((cve, cve, level))
            found += self._clusters(attribute, level)
        words = {native: name for native, name, _ in reversed(found)}
        levels = self._widest((native, level) for native, _, level in found)
        for native, level in levels.items():
            yield StatementDraft(
                native,
                Predicate.MENTIONED_IN,
                object=self.native,
                value=words[native],
                tlp=_label(level),
                documents=(self._own,),
            )

    def _clusters(self, holder: dict[str, Any], level: _Level) -> Iterator[tuple[str, str, _Level]]:
        """(native id, name, label) of the clusters embedded in an event or attribute."""
        for galaxy in objects_in(holder, "Galaxy"):
            for cluster in objects_in(galaxy, "GalaxyCluster"):
                kind = text_in(cluster, "type") or text_in(galaxy, "type")
                native = self._native(kind, cluster.get("uuid"), cluster.get("collection_uuid"))
                if native:
                    yield native, one_line(text_in(cluster, "value"), _LONGEST_NAME), level

    def _by_uuid_tag(self) -> Iterator[tuple[str, str, _Level]]:
        """Clusters of a server's own, whose tags hold a UUID where others hold a name."""
        for name in self._tags:
            cluster = _CLUSTER_TAG.fullmatch(name)
            native = self._native(cluster[1], cluster[2]) if cluster else ""
            if native:
                yield native, one_line(name), self._level

    def _native(self, kind: str, *written: Any) -> str:
        """Native id of a cluster; of several UUIDs the one that is known, else the first."""
        uuids = [uuid for uuid in map(uuid_in, written) if uuid and uuid not in _COLLECTIONS]
        known = next((self._known_ids[uuid] for uuid in uuids if uuid in self._known_ids), "")
        return known or (f"{record_kind(kind)}--{uuids[0]}" if uuids and kind else "")

    def _attributes(self) -> Iterator[tuple[dict[str, Any], _Level]]:
        """Every attribute that still stands, with its label; those of objects after the others."""
        holders = [self._value]
        holders += [held for held in objects_in(self._value, "Object") if not _deleted(held)]
        for holder in holders:
            for attribute in objects_in(holder, "Attribute"):
                if not _deleted(attribute):
                    yield attribute, self._narrowed(attribute)

    def _narrowed(self, attribute: dict[str, Any]) -> _Level:
        """The event's label, or a higher one that an attribute demands for itself."""
        said = _labels(_names(attribute, "Tag"))
        return highest((self._effective(self._level), *said)) if said else self._level

    def _effective(self, level: _Level) -> Tlp:
        return self._default if level is None else level

    def _widest(self, found: Iterable[tuple[str, _Level]]) -> dict[str, _Level]:
        """Each text once, with the widest of its labels: there it may be read already."""
        levels: dict[str, _Level] = {}
        for text, level in found:
            held = levels.setdefault(text, level)
            if self._effective(level) < self._effective(held):
                levels[text] = level
        return levels

    def _described(
        self, what: str, text: str, level: _Level, detail: dict[str, Any], *documents: str
    ) -> StatementDraft:
        return StatementDraft(
            self.native,
            Predicate.DESCRIBED_AS,
            object=what,
            value=text,
            detail=detail,
            tlp=_label(level),
            documents=(self._own, *documents),
        )

    def _state(self, predicate: Predicate, **fields: Any) -> StatementDraft:
        return StatementDraft(
            self.native, predicate, tlp=_label(self._level), documents=(self._own,), **fields
        )


def _labels(tags: Iterable[str]) -> list[Tlp]:
    """Every label among some tags; one that is unknown counts as RED."""
    return [parse_tlp(tag) for tag in tags if tag.lower().startswith("tlp:")]


def _label(level: _Level) -> str:
    return "" if level is None else level.code


def _issuer(value: dict[str, Any]) -> str:
    return one_line(text_in(object_in(value, "Orgc"), "name"), _LONGEST_NAME)


def _date(written: str) -> str:
    try:
        return parse_partial_date(written)
    except ValueError:
        return ""


def _deleted(value: dict[str, Any]) -> bool:
    return value.get("deleted") in (True, 1, "1", "true")


def _names(holder: dict[str, Any], key: str) -> Iterator[str]:
    for tag in objects_in(holder, key):
        name = text_in(tag, "name")
        if name:
            yield name


def _event_tags(value: dict[str, Any]) -> Iterator[str]:
    """Names of the event's tags, as events and as lists of events write them."""
    yield from _names(value, "Tag")
    for link in objects_in(value, "EventTag"):
        name = text_in(object_in(link, "Tag"), "name")
        if name:
            yield name


def _is_report(address: str) -> bool:
    """Whether an address leads to a text about the event rather than to a sample."""
    if len(address) > _LONGEST_ADDRESS or not address.isprintable() or " " in address:
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(host) and host not in _SAMPLE_PAGES
