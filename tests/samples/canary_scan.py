"""What a file gives away above a ceiling: canaries, ids, days, places, and where it was made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from canary_mint import DAYS, HEAD, LETTERS, PRIVATE, Canary
from canary_plant import Planted
from canary_unpack import Piece, entries, pieces

from briefing.core.tlp import Tlp

_WORD = re.compile(HEAD.encode() + rb"[cgasrp][a-z]{%d}" % LETTERS)
# A run of base64 may hold anything, so what stands in the middle of one is no stump.
_STUMP = re.compile(
    rb"(?<![A-Za-z0-9+/]{12})" + HEAD.encode() + rb"([cgasrp])[a-z]*", re.IGNORECASE
)
_STIX = re.compile(r"[a-z][a-z-]+--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Where tags were taken out, a number may stand close to the next word.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])([TSM]\d{4})(?!\d)(?:[./](\d{3}))?")
_CVE = re.compile(r"CVE-\d{4}-\d{4,}")
_PRINTED_KEY = re.compile(r"S-([0-9a-f]{16})")
_KEY = re.compile(r"(?<![\w.])-?\d{15,19}(?![\w.])")
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_ALIKE = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz")
_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_DROPPED = bytes(code for code in range(256) if code not in _KEPT)
_MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
_GAP = r"(?:\s|\xc2\xa0|\xe2\x80\xaf)+"
"""A space, also one at which no line may end, in UTF-8."""
_DAYS = tuple(
    (
        int(level),
        (f"-{month:02d}-{day:02d}".encode(), _MONTHS[month - 1][:3].encode()),
        re.compile(
            rf"-{month:02d}-{day:02d}(?!\d)|(?<!\d){day}{_GAP}{_MONTHS[month - 1][:3]}"
            rf"|{_MONTHS[month - 1]}{_GAP}{day}(?!\d)".encode()
        ),
    )
    for level, (month, day) in DAYS.items()
)
"""Level, a part of its day without which it is not there, and how it is written."""
_TODAY = datetime.now(UTC).timetuple()[:3]
_LEVELS = {"c": 0, "g": 1, "a": 2, "s": 3, "r": 4, "p": 9}


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that must not be in a file.

    Attributes:
        what: The word, id, day or place itself.
        planted: Where it comes from.
        where: In which piece of the file it was found.
        over: Above what it is: the audience's ``ceiling``, or only the file's own ``marking``.
    """

    what: str
    planted: str
    where: str
    over: str = "ceiling"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was found in a file.

    Attributes:
        leaks: What must not be there.
        canaries: Every canary that is there, allowed ones among them.
        size: Bytes that were looked at, unpacked.
    """

    leaks: tuple[Leak, ...]
    canaries: frozenset[str]
    size: int


@dataclass(frozen=True)
class Watch:
    """What is looked for.

    Attributes:
        planted: The database behind the file, and what is in it.
        ceiling: The audience's.
        marking: The file's own: what it holds may not be above that either.
        owner: For whom the file is made; the words of others may not be in it.
        private: Names and paths of this computer, and other words that never leave.
    """

    planted: Planted
    ceiling: int
    marking: int
    owner: str = ""
    private: tuple[bytes, ...] = ()

    def scan(self, data: bytes) -> Scanned:
        """Look through a file."""
        leaks: dict[str, Leak] = {}
        canaries: set[str] = set()
        size = 0
        for piece in pieces(data):
            size += len(piece.data)
            squeezed = piece.data.translate(None, _DROPPED).translate(_ALIKE)
            for leak in self._leaks(piece, squeezed, canaries):
                leaks.setdefault(leak.what, leak)
        for leak in _times(data):
            leaks.setdefault(leak.what, leak)
        return Scanned(tuple(leaks.values()), frozenset(canaries), size)

    def _leaks(self, piece: Piece, squeezed: bytes, canaries: set[str]) -> Iterator[Leak]:
        made = self.planted.mint.made
        for found in set(_WORD.findall(squeezed)):
            word = found.decode()
            canary = made.get(word)
            if canary is not None:
                canaries.add(word)
                if over := self._over(canary):
                    yield Leak(word, canary.where, piece.where, over)
        for word in self.private:
            if word in piece.data:
                yield Leak(word.decode(), "this computer or another client", piece.where)
        if piece.is_text:
            if HEAD.encode() in squeezed:
                yield from self._stumps(piece)
            yield from self._listed(piece)
            yield from self._days(piece)

    def _over(self, canary: Canary) -> str:
        if canary.owner:
            return "" if canary.owner == self.owner else "ceiling"
        if canary.level > self.ceiling:
            return "ceiling"
        return "marking" if canary.marked > self.marking else ""

    def _level_over(self, level: int) -> str:
        return "ceiling" if level > self.ceiling else "marking" if level > self.marking else ""

    def _stumps(self, piece: Piece) -> Iterator[Leak]:
        """Words that were cut: their head tells their level still."""
        for found in _STUMP.finditer(piece.data):
            word = found[0].decode().lower()
            is_cut = len(word) < len(HEAD) + 1 + LETTERS
            if is_cut and _LEVELS[found[1].decode().lower()] > self.ceiling:
                yield Leak(f"{word} (cut)", "unknown", piece.where)

    def _listed(self, piece: Piece) -> Iterator[Leak]:
        """Ids, numbers, hashes, keys and places that are on the list of what is guarded."""
        text = " ".join(piece.data.decode("utf-8", "replace").split())
        found = {*_CVE.findall(text), *_HASH.findall(text)}
        if "--" in text:
            found.update(_STIX.findall(text))
        for number, part in set(_NUMBER.findall(text)):
            found.add(f"{number}.{part}" if part else number)
        ids = self.planted.ids
        yield from self._above(((one, ids.get(one, 0)) for one in found), "id", piece)
        keys = {int(key) for key in _KEY.findall(text)}
        keys |= {_signed(key) for key in _PRINTED_KEY.findall(text)}
        known = self.planted.keys
        yield from self._above(((str(key), known.get(key, 0)) for key in keys), "key", piece)
        places = self.planted.places
        # Asking whether it is there at all is forty times as fast as asking where.
        there = (
            place
            for place in places
            if place in text and re.search(rf"\b{re.escape(place)}\b", text)
        )
        yield from self._above(((place, places[place]) for place in there), "place", piece)

    def _above(self, found: Iterable[tuple[str, int]], what: str, piece: Piece) -> Iterator[Leak]:
        for text, level in found:
            if over := self._level_over(level):
                yield Leak(text, f"{what} of level {level}", piece.where, over)

    def _days(self, piece: Piece) -> Iterator[Leak]:
        for level, parts, written in _DAYS:
            over = self._level_over(level)
            is_likely = over and any(part in piece.data for part in parts)
            if is_likely and (found := written.search(piece.data)):
                yield Leak(found[0].decode(), f"day of level {level}", piece.where, over)


def _signed(key: str) -> int:
    number = int(key, 16)
    return number - (1 << 64) if number >= 1 << 63 else number


def _times(data: bytes) -> Iterator[Leak]:
    """Entries of a ZIP bear no time of day, and none of this day."""
    if data.startswith(b"PK"):
        for time in {entry.date_time for entry in entries(data)}:
            if time[3:] != (0, 0, 0) or time[:3] == _TODAY:
                yield Leak(str(time), "time of a file", "ZIP")


def by_level(canaries: Iterable[Canary]) -> dict[str, int]:
    """How many canaries there are of each level."""
    counts = Counter(canary.level for canary in canaries)
    return {
        "private" if level == PRIVATE else Tlp(level).label: counts[level]
        for level in sorted(counts)
    }
