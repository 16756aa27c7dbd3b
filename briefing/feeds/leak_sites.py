"""Listings of leak sites (JSON): what criminals claim, collected by ransomware.live and RansomLook.

Shapes: ransomware.live names ``post_title``, ``group_name``, ``published`` in its first interface,
``victim``, ``group``, ``attackdate`` in its second, and wraps the list as ``victims`` in its paid
one; RansomLook gives a list, or a list a group. Nothing has a stable id.

Every entry is an accusation by criminals against somebody they name. What is kept is built up from
a few fields: no address of the criminals, no way to what was stolen, and no picture goes in, and
the record names the fields that were left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from briefing.core.changes import (
    ChangeSet,
    Predicate,
    Quarantined,
    RecordDraft,
    SourceInfo,
    StatementDraft,
    stable_id,
)
from briefing.core.errors import BriefingError
from briefing.core.vocabulary import Vocabulary, fold
from briefing.feeds.json_fields import text_in
from briefing.feeds.json_reading import Element, JsonText
from briefing.feeds.leak_site_text import name_without_addresses, without_addresses
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.plain_text import one_line, plain_text, shortened
from briefing.feeds.recognise import Format, Outline
from briefing.feeds.rss_dates import Stamp, read_stamp
from briefing.feeds.rss_links import belongs, host_of

RANSOMWARE_LIVE = "ransomware-live"
RANSOMLOOK = "ransomlook"
CONFIDENCE = "low"
"""Of every statement: the criminals are the only witness."""

MOST_ENTRIES = 200_000
"""Collectors hold some 30,000 in all."""
_VICTIM = ("victim", "post_title")
_GROUP = ("group", "group_name")
_LISTED = ("discovered", "published", "attackdate")
_OTHER_DATES = ("published", "attackdate")
_WRAPPER = "victims"
"""The key under which ransomware.live's paid interface puts its list; no name of a group."""
_OF_RANSOMWARE_LIVE = frozenset(
    ("victim", "attackdate", "claim_url", "published", "post_url", "activity", "country")
)
_OF_RANSOMLOOK = frozenset(("link", "magnet", "screen"))
_HOSTS = (("ransomware.live", RANSOMWARE_LIVE), ("ransomlook.io", RANSOMLOOK))
_KEPT = frozenset((*_VICTIM, *_GROUP, *_LISTED, "country", "activity", "description"))
_LONGEST_NAME = 200
_LONGEST_TEXT = 4000
_QUOTED = 80
_FIELD_NAME = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a listing as received.

    Attributes:
        place: Where it stands, for people.
        group: The group under whose name it stands; "" where the list is not kept by group.
        fields: Its fields; none where it is no object.
        fault: Why it cannot be taken, in a sentence; "" where it can.
    """

    place: str
    group: str
    fields: dict[str, Any]
    fault: str

    @classmethod
    def of(cls, element: Element, place: str, group: str) -> Entry:
        """An element of a list."""
        if element.fault:
            return cls(place, group, {}, f"from {element.place} on {element.fault}")
        if not isinstance(element.value, dict):
            return cls(place, group, {}, "it is no JSON object.")
        return cls(place, group, element.value, "")


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry as far as it is kept.

    Attributes:
        victim: Who is accused of having been robbed, as the criminals write it.
        group: The name under which the criminals sign.
        listed: When the entry was first seen; where that is not said, when it was made.
        other: When it was made or the attack is said to have been, where that is said besides.
        text: What they say, as plain text without addresses.
        country: Of the victim, as written.
        activity: Its line of business, as written.
        left_out: Fields that held something and were not kept.
    """

    victim: str
    group: str
    listed: Stamp
    other: Stamp
    text: str
    country: str
    activity: str
    left_out: tuple[str, ...]

    @classmethod
    def of(cls, entry: dict[str, Any], group: str) -> Claim:
        """Read an entry.

        Args:
            entry: As received.
            group: The group under whose name it stands, where the entry names none.
        """
        signed = _first(entry, _GROUP) or group
        dates = {name: read_stamp(_one(entry, name, _QUOTED)) for name in _LISTED}
        listed = next((stamp for stamp in dates.values() if stamp.day), Stamp())
        others = (dates[name] for name in _OTHER_DATES)
        return cls(
            victim=name_without_addresses(_first(entry, _VICTIM)),
            group=name_without_addresses(signed),
            listed=listed,
            other=next((stamp for stamp in others if stamp.day not in ("", listed.day)), Stamp()),
            text=shortened(
                without_addresses(plain_text(text_in(entry, "description"))), _LONGEST_TEXT
            ),
            country=without_addresses(_one(entry, "country", _LONGEST_NAME)),
            activity=without_addresses(_one(entry, "activity", _LONGEST_NAME)),
            left_out=tuple(sorted(set(_left_out(entry)))),
        )

    @property
    def fault(self) -> str:
        """Why it cannot be taken, in a sentence; "" where it can."""
        if not self.victim:
            return "it names no victim."
        if not self.group:
            return f"“{shortened(self.victim, _QUOTED)}” is signed by no group."
        return ""

    def native_id(self, source: str) -> str:
        """Made of source, group, victim and day, since the entry has no id of its own."""
        return stable_id("claim", source, fold(self.group), fold(self.victim), self.listed.day)

    def content(self) -> dict[str, Any]:
        """What is kept of it, as plain JSON."""
        found = {
            "victim": self.victim,
            "group": self.group,
            "listed": self.listed.raw,
            "dated": self.other.raw,
            "description": self.text,
            "country": self.country,
            "activity": self.activity,
            "left_out": list(self.left_out),
        }
        return {name: value for name, value in found.items() if value}


def parse_leak_sites(payload: Payload, context: FeedContext) -> ChangeSet:
    """Read one listing.

    Raises:
        BriefingError: for what is neither a JSON list nor an object with lists. An entry that
            names no victim or no group, or repeats another, is quarantined.
    """
    entries = list(islice(_entries(payload), MOST_ENTRIES + 1))
    if len(entries) > MOST_ENTRIES:
        raise BriefingError(
            f"{payload.name} has more than {MOST_ENTRIES:,} entries, which no listing has.",
            remedy="Nothing was changed. Check that this is the listing you meant.",
        )
    source = _source(entries, payload, context)
    records: dict[str, RecordDraft] = {}
    quarantined = []
    for entry in entries:
        if entry.fault:
            quarantined.append(Quarantined("", f"{entry.place}: {entry.fault}"))
            continue
        claim = Claim.of(entry.fields, entry.group)
        fault = claim.fault
        native = "" if fault else claim.native_id(source.id)
        if native in records:
            fault = f"“{shortened(claim.victim, _QUOTED)}” is listed twice for one group and day."
        if fault:
            quarantined.append(Quarantined(native, f"{entry.place}: {fault}"))
        if native and (native not in records or claim.listed.utc > records[native].edition):
            records[native] = _record(native, claim, context.vocabulary)
    newest = max((record.edition for record in records.values()), default="")
    return ChangeSet(
        source=source,
        version=newest[:10],
        sha256=payload.sha256,
        full=False,
        records=tuple(records.values()),
        quarantined=tuple(quarantined),
    )


def _entries(payload: Payload) -> Iterator[Entry]:
    text = JsonText(payload.name, payload.data)
    if text.text.lstrip().startswith("["):
        for number, element in enumerate(text.top_elements(), start=1):
            yield Entry.of(element, f"Entry {number}", "")
        return
    lists = 0
    for key, at in text.members():
        if text.text[at] != "[":
            text.read()
            continue
        lists += 1
        group = "" if key == _WRAPPER else name_without_addresses(key)
        shown = shortened(group or _WRAPPER, _QUOTED)
        for number, element in enumerate(text.elements(), start=1):
            yield Entry.of(element, f"Entry {number} of “{shown}”", group)
    if not lists:
        raise BriefingError(
            f"{payload.name} holds no list of entries.",
            remedy="Nothing was changed. Check that this is the listing you meant.",
        )


def _source(entries: list[Entry], payload: Payload, context: FeedContext) -> SourceInfo:
    known = _known_source(entries, payload)
    if known in context.sources:
        return context.source(known)
    return context.unknown_source(payload.stem)


def _known_source(entries: list[Entry], payload: Payload) -> str:
    """The collector by where the file was fetched from, else by the fields that it alone writes."""
    host = host_of(payload.url)
    if host:
        return next((known for domain, known in _HOSTS if belongs(host, domain)), "")
    fields = {name for entry in entries for name in entry.fields}
    if fields & _OF_RANSOMWARE_LIVE:
        return RANSOMWARE_LIVE
    by_group = any(entry.group for entry in entries)
    return RANSOMLOOK if by_group or fields & _OF_RANSOMLOOK else ""


def _record(native: str, claim: Claim, vocabulary: Vocabulary) -> RecordDraft:
    statements = tuple(_statements(native, claim, vocabulary))
    return RecordDraft.of(native, "claim", claim.content(), statements, claim.listed.utc)


def _statements(native: str, claim: Claim, vocabulary: Vocabulary) -> Iterator[StatementDraft]:
    def state(predicate: Predicate, **fields: Any) -> StatementDraft:
        return StatementDraft(native, predicate, confidence=CONFIDENCE, **fields)

    yield state(Predicate.NAMED, value=claim.victim)
    yield state(Predicate.ATTRIBUTED_TO, value=claim.group)
    if claim.listed.raw:
        yield state(
            Predicate.HAPPENED,
            object="claimed",
            value=claim.listed.raw,
            first_seen=claim.listed.day,
            detail={"dated": claim.other.day} if claim.other.day else {},
        )
    if claim.text:
        yield state(Predicate.DESCRIBED_AS, object="claim", value=claim.text)
    # About the claim, never about an actor: who was robbed is what the criminals say.
    if claim.country and not vocabulary.is_unstated(claim.country):
        place = vocabulary.country(claim.country) or vocabulary.target_of(claim.country)
        code = place.code if place else ""
        yield state(Predicate.TARGETS_COUNTRY, object=code, value=claim.country)
    if claim.activity and not vocabulary.is_unstated(claim.activity):
        found = vocabulary.sectors_of(claim.activity)
        for code in [sector.code for sector in found] or [""]:
            yield state(Predicate.TARGETS_SECTOR, object=code, value=claim.activity)


def _first(entry: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := text_in(entry, name))), "")


def _one(entry: dict[str, Any], name: str, most: int) -> str:
    return one_line(text_in(entry, name), most)


def _left_out(entry: dict[str, Any]) -> Iterator[str]:
    for name, value in entry.items():
        if name not in _KEPT and value not in (None, "", [], {}):
            yield name if _FIELD_NAME.fullmatch(name) else "another field"


def _matches(outline: Outline) -> bool:
    fields = set(outline.keys if outline.kind == "json-array" else outline.inner)
    is_entry = bool(fields.intersection(_VICTIM) and fields.intersection(_LISTED))
    return outline.kind in ("json-array", "json-object") and is_entry


FORMAT = Format("leak-sites", "Listing of leak sites", _matches, parse_leak_sites)
