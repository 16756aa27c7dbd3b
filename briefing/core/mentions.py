"""Which actors and programs a title or a tag names, without guessing.

A wrong link is worse than none: it puts an advisory on the page of an actor it does not speak of.
So a name counts only as whole words, only where one actor or one program bears it, and a name that
is an ordinary word as well (``plain_words``) only where the title shows that it is meant: it is
written in the source's own unusual way (``PLATINUM``), stands beside a word such as "ransomware",
stands in quotes or behind "aka", or leads the title of a report.

Measured on 2,290 titles of APTnotes, KEV, CSAF, RSS and 163 government publications against the
names of MISP and ATT&CK: see ``tests/unit/store/test_real_mentions.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from briefing.core.names import normalised
from briefing.core.plain_words import PLAIN

LONGEST: Final = 400
"""Characters of a title or tag that are looked at."""

_SHORTEST: Final = 5
_SHORT: Final = 4
"""Letters of a name that counts only beside a word of ``_CLASSES``, or as a code such as FIN7."""
_MOST_WORDS: Final = 6
_WORD: Final = re.compile(r"[^\W_]+")
_JOINED: Final = re.compile(r"[ \-_./’']{1,2}")
"""What may stand between two words of one name."""
_ALIAS: Final = re.compile(
    r"(?:\baka|\ba\.k\.a\.?|[(“\N{LEFT SINGLE QUOTATION MARK}\"'])\s*$", re.IGNORECASE
)
_AFTER_LEAD: Final = re.compile(r"\s*(?:$|[:\N{EN DASH}\N{EM DASH}]|-\s)")
_CODE: Final = re.compile(r"[A-Z]{2,}[0-9]+")
_GALAXY: Final = re.compile(r'misp-galaxy:[^=]+="(.*)"')
_IDS: Final = re.compile(
    r"(?<![\w-])(?:CVE-[0-9]{4}-[0-9]{4,19}|[GS][0-9]{4}|T[0-9]{4}(?:\.[0-9]{3})?)(?![\w-])"
)
_CLASS_WORDS: Final = """
    actor actors affiliate affiliates apt attackers backdoor backdoors botnet campaign campaigns
    crew downloader dropper gang group groups hackers implant infostealer loader malware operation
    operators ransomware rat rootkit spyware stealer team threat trojan trojans wiper worm
"""
_CLASSES: Final = frozenset(_CLASS_WORDS.split())
"""Words that say what kind of thing stands beside them; none of them names anything alone."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name and what bears it.

    Attributes:
        key: The name normalised.
        display: As its source writes it.
        kind: ``actor`` or ``software``.
        entity: Id of what bears it.
        is_main: Whether it is the name under which the thing is shown.
    """

    key: str
    display: str
    kind: str
    entity: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A name that was found.

    Attributes:
        name: As its source writes it.
        kind: ``actor`` or ``software``; ``name`` where several actors bear it and none is meant
            more than the others.
        entity: Id of what bears it; the normalised name where ``kind`` is ``name``.
    """

    name: str
    kind: str
    entity: str


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Where a text names something.

    Attributes:
        start: Place of the first character of the name.
        end: Place after the last.
        named: What it names; of each kind of thing one.
    """

    start: int
    end: int
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name stands: the words of the text, and which of them are the name."""

    text: str
    words: tuple[tuple[int, int], ...]
    first: int
    count: int

    @property
    def start(self) -> int:
        return self.words[self.first][0]

    @property
    def end(self) -> int:
        return self.words[self.first + self.count - 1][1]

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    @property
    def around(self) -> str:
        """The text around it: all of a title, a part of something longer."""
        return self.text[max(self.start - LONGEST, 0) : self.end + LONGEST]

    def word(self, step: int) -> str:
        """A word before (negative) or after the name, in small letters; "" where there is none."""
        at = self.first + step if step < 0 else self.first + self.count - 1 + step
        if not 0 <= at < len(self.words):
            return ""
        begin, end = self.words[at]
        return self.text[begin:end].casefold()


class NameMatcher:
    """Knows every name of actors and programs, and finds them in titles and tags."""

    def __init__(self, names: Iterable[KnownName]) -> None:
        """Sort out who bears each name."""
        by_key: dict[str, list[KnownName]] = defaultdict(list)
        for name in names:
            if len(name.key) >= _SHORT:
                by_key[name.key].append(name)
        self._meant: dict[str, tuple[Named, ...]] = {}
        self._spellings: dict[str, frozenset[str]] = {}
        for key, bearers in by_key.items():
            meant = _meant(key, bearers)
            if meant:
                self._meant[key] = meant
                self._spellings[key] = frozenset(bearer.display for bearer in bearers)
        self._keys = sorted(self._meant)

    def in_title(self, title: str, *, of_report: bool) -> tuple[Named, ...]:
        """What a title names, each once, in its order; of names that overlap the longest.

        Args:
            title: As the source writes it.
            of_report: Whether it is that of a report about attackers. An advisory about a product
                may begin with its name ("Chromium: …").
        """
        return self._found(title[:LONGEST], of_report=of_report)

    def in_text(self, text: str) -> Iterator[NamedPlace]:
        """Every place at which a text of any length names something, by the rules of titles."""
        return self._places(text, of_report=False)

    def in_tag(self, tag: str) -> tuple[Named, ...]:
        """What a tag names: the value of a tag of MISP's galaxies, or the whole of a free tag.

        Tags of other taxonomies (``tlp:amber``) hold codes, not names.
        """
        galaxy = _GALAXY.fullmatch(tag[:LONGEST])
        if galaxy:
            value = galaxy[1].partition(" - ")[0]
            return self._meant.get(normalised(value), ())
        if ":" in tag:
            return ()
        key = normalised(tag[:LONGEST])
        return self._meant.get(key, ()) if len(key) >= _SHORTEST and key not in PLAIN else ()

    def _found(self, text: str, *, of_report: bool) -> tuple[Named, ...]:
        found: dict[tuple[str, str], Named] = {}
        for place in self._places(text, of_report=of_report):
            for named in place.named:
                found.setdefault((named.kind, named.entity), named)
        return tuple(found.values())

    def _places(self, text: str, *, of_report: bool) -> Iterator[NamedPlace]:
        words = tuple(match.span() for match in _WORD.finditer(text))
        at = 0
        while at < len(words):
            place, key = self._longest(text, words, at)
            if place is None:
                at += 1
                continue
            at += place.count
            if self._is_meant(place, key, of_report=of_report):
                yield NamedPlace(place.start, place.end, self._meant[key])

    def _longest(
        self, text: str, words: tuple[tuple[int, int], ...], at: int
    ) -> tuple[_Place | None, str]:
        """The longest name that begins with a word, and its key."""
        joined, best, key = "", 0, ""
        for count, (begin, end) in enumerate(words[at : at + _MOST_WORDS], start=1):
            between = text[words[at + count - 2][1] : begin] if count > 1 else " "
            if not _JOINED.fullmatch(between):
                break
            word = text[begin:end]
            joined += word.casefold() if word.isascii() else normalised(word)
            if not self._begins(joined):
                break
            if joined in self._meant:
                best, key = count, joined
        return (_Place(text, words, at, best), key) if best else (None, "")

    def _begins(self, text: str) -> bool:
        """Whether a name begins so: the first key that is not before the text says it."""
        at = bisect_left(self._keys, text)
        return at < len(self._keys) and self._keys[at].startswith(text)

    def _is_meant(self, place: _Place, key: str, *, of_report: bool) -> bool:
        """Whether a name that was found is one, and no ordinary word."""
        written = place.written
        if key in _CLASSES:
            return False
        if len(key) < _SHORTEST:
            is_code = bool(_CODE.fullmatch(written)) and written in self._spellings[key]
            return is_code or (written[0].isupper() and place.word(1) in _CLASSES)
        if key not in PLAIN:
            return place.count == 1 or written[0].isupper() or not written[0].isalpha()
        if not written[0].isupper() and not written[0].isdigit():
            return False
        return (
            self._is_unusual(written, key, place.around)
            or bool({place.word(1), place.word(-1)} & _CLASSES)
            or bool(_ALIAS.search(place.text[max(place.start - LONGEST, 0) : place.start]))
            or (of_report and place.first == 0 and bool(_AFTER_LEAD.match(place.text, place.end)))
        )

    def _is_unusual(self, written: str, key: str, text: str) -> bool:
        """Whether it is spelled as its source does, with capitals where no word has them."""
        return (
            written in self._spellings[key]
            and any(letter.isupper() for letter in written[1:])
            and not text.isupper()
        )


def ids_in(text: str) -> tuple[str, ...]:
    """Ids of vulnerabilities (CVE) and of ATT&CK groups, software and techniques, each once."""
    return tuple(dict.fromkeys(_IDS.findall(text)))


def _meant(key: str, bearers: Iterable[KnownName]) -> tuple[Named, ...]:
    """Whom a name means: of each kind its one bearer, or the one that is shown under it."""
    by_kind: dict[str, dict[str, KnownName]] = defaultdict(dict)
    for bearer in bearers:
        by_kind[bearer.kind].setdefault(bearer.entity, bearer)
    found = []
    for kind in sorted(by_kind):
        one = _one_of(by_kind[kind])
        if one is not None:
            found.append(Named(one.display, kind, one.entity))
        elif kind == "actor" and len(key) >= _SHORTEST:
            first = next(iter(by_kind[kind].values()))
            found.append(Named(first.display, "name", key))
    return tuple(found)


def _one_of(bearers: Mapping[str, KnownName]) -> KnownName | None:
    if len(bearers) == 1:
        return next(iter(bearers.values()))
    mains = [bearer for bearer in bearers.values() if bearer.is_main]
    return mains[0] if len(mains) == 1 else None
