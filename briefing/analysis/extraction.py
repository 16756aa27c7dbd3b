"""What a pasted report names, as proposals: techniques, vulnerabilities, hashes, domains and so on.

Nothing here decides. Each proposal says where it stands in the text, so that a person can read the
place and take it over or leave it. Names are found by the rules of ``core.mentions``, and only
where one thing bears them; ids and indicators by those of ``analysis.indicators``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from briefing.analysis.indicators import (
    ALGORITHMS,
    LIVE_LINK,
    Found,
    find_addresses,
    find_domains,
    find_hashes,
    find_ids,
)
from briefing.core.mentions import KnownName, NameMatcher
from briefing.core.names import normalised
from briefing.core.proposal import Extraction, Kind, Place, Proposal
from briefing.core.wording import listed

LONGEST: Final = 2_000_000
"""Characters of a text that are read; a report of a hundred pages has about 300,000."""
MOST: Final = 2_000
"""Proposals that are made."""
MOST_PLACES: Final = 200
"""Places that are kept of each."""

_SHORTEST: Final = 5
"""Letters of a name; shorter ones are words and abbreviations of something else."""
_AROUND: Final = 60
"""Characters of an excerpt on either side."""
_CHUNK: Final = 50_000
_WRAPPED: Final = re.compile(r"(?<![\n\r])\r?\n(?![\r\n])")
_PAGE: Final = re.compile(r"//[^\s<>\"”’)\]]+")
"""The address of a page behind its scheme: a name in it says nothing of what was done."""
_KINDS: Final = {"technique": Kind.TECHNIQUE, "software": Kind.SOFTWARE}
_WORDS: Final = """
    bootkit compression confluence credentials domains exploits firmware hardware hypervisor
    ipaddresses javascript malware proxy python screensaver scripting server serverless sharepoint
    software source steganography vulnerabilities whois
"""
_THINGS: Final = frozenset(_WORDS.split())
"""Names of techniques that are words or products too: only their ids count."""
_IDS_ONLY: Final = (Kind.TECHNIQUE, Kind.SOFTWARE, Kind.GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something of the catalogue that a report can name.

    Attributes:
        kind: ``technique``, ``software``, ``group`` or ``vulnerability``.
        id: ATT&CK id or CVE id.
        name: Under which it is shown, or "".
        names: By which it may be meant, ``name`` among them; none where only its id counts.
        is_current: Whether its source stands by it: neither withdrawn nor replaced.
        is_enterprise: Of techniques, whether it is one against ordinary computers and networks, and
            not against telephones alone.
    """

    kind: str
    id: str
    name: str = ""
    names: tuple[str, ...] = ()
    is_current: bool = True
    is_enterprise: bool = True


class Dictionary:
    """What can be named: by id, and by name where one thing alone bears it.

    A name that a technique against ordinary computers shares with one against telephones stands for
    the first, and the proposal says so.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Sort out what each id and each name stands for."""
        self._names: dict[str, str] = {}
        self._former: set[str] = set()
        held = tuple(entries)
        for entry in held:
            self._names[entry.id] = entry.name
            if not entry.is_current:
                self._former.add(entry.id)
        self._also = _shared(held)
        self._matcher = NameMatcher(_known_names(held))

    def name(self, found: str) -> str:
        """What an id is called; "" where it is not known."""
        return self._names.get(found, "")

    def note(self, kind: Kind, found: str) -> str:
        """What there is to know of an id before it is taken over."""
        if kind not in _IDS_ONLY:
            return ""
        if found not in self._names:
            return "unknown to the catalogue"
        return "no longer in use in ATT&CK" if found in self._former else ""

    def find_names(self, text: str) -> Iterator[Found]:
        """Every place at which a text names a technique or a piece of software by name."""
        for place in self._matcher.in_text(text):
            if len(place.named) == 1 and (kind := _KINDS.get(place.named[0].kind)) is not None:
                found = place.named[0].entity
                others = self._also.get(found, ())
                has = "has" if len(others) == 1 else "have"
                notes = (f"{listed(others)} {has} the same name",) if others else ()
                yield Found(kind, found, place.start, place.end, notes)


def extract(
    text: str, known: Dictionary, *, go_on: Callable[[], None] = lambda: None
) -> Extraction:
    """Everything that a text names.

    Args:
        text: As it was pasted; of what is longer than ``LONGEST`` the beginning is read.
        known: What can be named.
        go_on: Called now and then; what it raises ends the work.
    """
    read = text[:LONGEST]
    found: list[Found] = []
    for find in (find_ids, find_hashes, find_domains, find_addresses):
        found.extend(find(read))
        go_on()
    pages = tuple(match.span() for match in _PAGE.finditer(read))
    found = list(_with_pages(found, _Covered(pages)))
    covered = _Covered((*((one.start, one.end) for one in found), *pages))
    for offset, part in _parts(read):
        for one in known.find_names(part):
            start, end = one.start + offset, one.end + offset
            if not covered.meets(start, end):
                found.append(Found(one.kind, one.value, start, end, one.notes))
        go_on()
    grouped = _grouped(found)
    lines = _Lines(read)
    proposals = tuple(_proposal(lines, known, places) for places in islice(grouped.values(), MOST))
    return Extraction(proposals, tuple(_remarks(len(text), len(grouped), proposals)))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The text in parts that end where a line ends, with their places.

    Lines that a page wrapped are joined by blanks, so that a name may run from one to the next.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start + _CHUNK)
        end = len(text) if end < 0 else end + 1
        joined = _WRAPPED.sub(lambda found: " " * len(found[0]), text[start:end])
        yield start, joined
        start = end


def _with_pages(found: Iterable[Found], pages: _Covered) -> Iterator[Found]:
    """What was found; a hash in the address of a page may be the number of that page."""
    for one in found:
        if one.kind is Kind.HASH and pages.meets(one.start, one.end):
            yield replace(one, notes=(*one.notes, "in the address of a page"))
        else:
            yield one


class _Covered:
    """Places that are taken already; they may overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        furthest = 0
        for start, end in sorted(spans):
            furthest = max(furthest, end)
            self._starts.append(start)
            self._ends.append(furthest)

    def meets(self, start: int, end: int) -> bool:
        """Whether any of them has a character between two places."""
        before = bisect_right(self._starts, end - 1)
        return before > 0 and self._ends[before - 1] > start


class _Lines:
    """Numbers of lines, and what stands in them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def place(self, found: Found) -> Place:
        """Where something was found, in words that a person can look for."""
        text, start, end = self._text, found.start, found.end
        line = bisect_right(self._ends, start)
        first = self._ends[line - 1] + 1 if line else 0
        last = self._ends[line] if line < len(self._ends) else len(text)
        left, right = max(first, start - _AROUND), min(max(last, end), end + _AROUND)
        words = " ".join(text[left:right].split())
        before, behind = "…" if left > first else "", "…" if right < last else ""
        return Place(start, end, line + 1, text[start:end], f"{before}{words}{behind}")


def _grouped(found: Iterable[Found]) -> Mapping[tuple[Kind, str], list[Found]]:
    """Places of each thing, in the order of the first ones."""
    grouped: defaultdict[tuple[Kind, str], list[Found]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        grouped[one.kind, one.value].append(one)
    return grouped


def _proposal(lines: _Lines, known: Dictionary, places: Sequence[Found]) -> Proposal:
    kind, value = places[0].kind, places[0].value
    notes = _common(places)
    return Proposal(
        kind,
        value,
        tuple(lines.place(one) for one in places[:MOST_PLACES]),
        len(places),
        ALGORITHMS[len(value)] if kind is Kind.HASH else known.name(value),
        "; ".join(filter(None, (known.note(kind, value), *notes))),
        LIVE_LINK in notes,
    )


def _common(places: Sequence[Found]) -> tuple[str, ...]:
    """What every place tells: one that tells nothing of the kind is the surer one."""
    return tuple(note for note in places[0].notes if all(note in one.notes for one in places))


def _remarks(length: int, things: int, proposals: Sequence[Proposal]) -> Iterator[str]:
    if length > LONGEST:
        yield (
            f"The text has {length:,} characters; the first {LONGEST:,} were read. Paste the rest"
            " as a second text."
        )
    if things > MOST:
        yield (
            f"The text names {things:,} things; the first {MOST:,} are listed. Paste a part of it"
            " to see the others."
        )
    often = sum(one.times > MOST_PLACES for one in proposals)
    if often:
        what = "one of them" if often == 1 else f"{often:,} of them"
        yield f"The text names {what} more than {MOST_PLACES} times; the first places are listed."


def _known_names(entries: Sequence[Entry]) -> Iterator[KnownName]:
    first = _enterprise_names(entries)
    for entry in entries:
        kind = "actor" if entry.kind == "group" else entry.kind
        for display in entry.names:
            key = normalised(display)
            is_word = entry.kind == "technique" and key in _THINGS
            is_second = _is_second(entry) and key in first
            is_short = entry.kind != "group" and len(key) < _SHORTEST
            if not (is_word or is_second or is_short):
                yield KnownName(key, display, kind, entry.id, display == entry.name)


def _is_second(entry: Entry) -> bool:
    """Whether a technique's name stands for another technique that bears it too."""
    return entry.kind == "technique" and not entry.is_enterprise


def _enterprise_names(entries: Sequence[Entry]) -> Mapping[str, str]:
    """Name of a technique against ordinary computers → its id."""
    return {
        normalised(name): entry.id
        for entry in entries
        if entry.kind == "technique" and entry.is_enterprise
        for name in entry.names
    }


def _shared(entries: Sequence[Entry]) -> Mapping[str, tuple[str, ...]]:
    """Id of a technique → ids of those against telephones that have its name."""
    first = _enterprise_names(entries)
    also: defaultdict[str, set[str]] = defaultdict(set)
    for entry in filter(_is_second, entries):
        for name in entry.names:
            if (found := first.get(normalised(name))) is not None:
                also[found].add(entry.id)
    return {found: tuple(sorted(others)) for found, others in also.items()}
