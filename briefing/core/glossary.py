"""Terms that a reader meets in a briefing, what they mean in plain words, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from briefing.core.profile import ProfileSource

EVERYDAY: Final = frozenset(
    {"actor", "claim", "credibility", "flaw", "group", "log", "reliability", "responder"}
)
"""Names of terms that are everyday words besides, or stand in every second sentence here.

In a text they are explained when somebody asks about the very word; nothing points them out.
"""

_JOINTS: Final = " -\N{NO-BREAK SPACE}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_WIDEST_GAP: Final = 2
"""Characters between two words of one term: “tactics, techniques”."""
_WORD: Final = re.compile(r"\w+(?:[&:+]\w+)*")
_ACRONYM: Final = re.compile(r"(\S+?[A-Z0-9]\S*?)s?")
# What comes before a short number is a name: APT 28, APT-C-36, Group 123. A CVE has a year.
_NUMBER: Final = re.compile(rf"[{_JOINTS}](?:[A-Z]-?)?\d{{1,3}}\b")
_ADDRESS: Final = re.compile(r"@|\.\w")
_CAPITAL: Final = re.compile(" [A-Z]")
_WITHOUT_JOINTS: Final = dict.fromkeys(map(ord, _JOINTS))


@dataclass(frozen=True, slots=True)
class Term:
    """One entry.

    Attributes:
        term: As it is written in a briefing.
        meaning: One or two sentences.
        also: Other words for it, by which it is found too.
        sources: Where it is defined or used in this sense.
    """

    term: str
    meaning: str
    also: tuple[str, ...]
    sources: tuple[ProfileSource, ...]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Terms that belong together; ``key`` is what a place names."""

    key: str
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a term stands in a text.

    Attributes:
        start: Its first character.
        end: The character after its last.
        term: What stands there.
        everyday: Whether it is written in words that are ``EVERYDAY`` too.
    """

    start: int
    end: int
    term: Term
    everyday: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of a term, and the acronyms in it, which count only as they are written."""

    term: Term
    acronyms: tuple[str, ...]
    everyday: bool


class Glossary:
    """The terms, and a finder for them.

    A term is found by each of its names as a whole word: the leftmost first, the longest of
    those that begin there. An acronym counts only as it is written (KEV, C2, ATT&CK, DDoS), any
    other word in capitals or not, in the plural too, with its parts joined by a blank, a hyphen
    or nothing (“zero-day”, “zero day”, “web shell”, “webshell”). A name does not count: APT 28,
    “the Lazarus Group”, “a tool called Responder”; nor does a part of an address.
    """

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        """Write down every form of every name."""
        self.terms = tuple(terms)
        self._names: dict[str, _Name] = {}
        for term in self.terms:
            for name in (term.term, *term.also):
                self._learn(name, term)
        # A set of every beginning is some 6,000 short words, and most words of a text are in none.
        self._begun = {name[:end] for name in self._names for end in range(1, len(name) + 1)}

    def spots(self, text: str) -> tuple[Spot, ...]:
        """Every place where a term stands, in order; none of them overlap.

        The text is read once: at each word, as far as the beginning of some name goes on.
        """
        return tuple(self._spots(text))

    def telling(self, text: str) -> tuple[Spot, ...]:
        """As ``spots``, without everyday words unless one of them is the whole text (a label)."""
        whole = len(text.strip(" :"))
        return tuple(
            spot for spot in self._spots(text) if not spot.everyday or _size(spot) == whole
        )

    def at(self, text: str, start: int, end: int) -> tuple[Spot, ...]:
        """The terms that a caret (``start`` is ``end``) touches, or of which some is selected."""
        least = 1 if start < end else 0
        return tuple(
            spot
            for spot in self._spots(text)
            if min(spot.end, end) - max(spot.start, start) >= least
        )

    def _learn(self, name: str, term: Term) -> None:
        words = _words(name)
        acronyms = tuple(found[1] for word in words if (found := _ACRONYM.fullmatch(word)))
        learnt = _Name(term, acronyms, name.casefold() in EVERYDAY)
        for form in _forms(words):
            self._names.setdefault(form.casefold(), learnt)

    def _spots(self, text: str) -> Iterator[Spot]:
        words = [found.span() for found in _WORD.finditer(text)]
        begun, free = self._begun, 0
        for place, (start, end) in enumerate(words):
            if place >= free and text[start:end].casefold() in begun:
                spot, free = self._longest(text, words, place)
                if spot is not None:
                    yield spot

    def _longest(
        self, text: str, words: Sequence[tuple[int, int]], first: int
    ) -> tuple[Spot | None, int]:
        """The longest term that begins at a word, and the number of the word after it."""
        start, end = words[first]
        best: Spot | None = None
        after, place = first + 1, first
        while (key := _key(text[start:end])) in self._begun:
            name = self._names.get(key)
            if name is not None and _is_meant(name, text, start, end):
                best, after = Spot(start, end, name.term, name.everyday), place + 1
            place += 1
            if place == len(words) or words[place][0] - end > _WIDEST_GAP:
                break
            end = words[place][1]
        return best, after


def _size(spot: Spot) -> int:
    return spot.end - spot.start


def _key(words: str) -> str:
    return words.translate(_WITHOUT_JOINTS).casefold()


def _words(name: str) -> tuple[str, ...]:
    return tuple("".join(" " if one in _JOINTS else one for one in name).split())


def _forms(words: Sequence[str]) -> Iterator[str]:
    """A name without its joints, its last word and a noun before “of” in the plural too."""
    followed = zip(words, (*words[1:], "of"), strict=True)
    parts = [_numbers(word) if after == "of" else (word,) for word, after in followed]
    return ("".join(form) for form in product(*parts))


def _numbers(word: str) -> tuple[str, ...]:
    acronym = _ACRONYM.fullmatch(word)
    if acronym:
        return acronym[1], f"{acronym[1]}s"
    if word[-1:] == "y" and word[-2:-1] not in "aeiou":
        return word, f"{word[:-1]}ies"
    return word, f"{word}s", f"{word}es"


def _is_meant(name: _Name, text: str, start: int, end: int) -> bool:
    """Whether it is written like the term, and is no part of an address or another name."""
    written = text[start:end]
    if not all(acronym in written for acronym in name.acronyms):
        return False
    if text[max(start - 1, 0) : start] in ("@", ".") or _ADDRESS.match(text, end):
        return False
    return not (_NUMBER.match(text, end) or _is_capitalised(text, start, end))


def _is_capitalised(text: str, start: int, end: int) -> bool:
    """Whether it is one word with a capital that begins no sentence, or that a capital follows."""
    word = text[start:end]
    if not word[0].isupper() or not word[1:].islower() or len(_words(word)) > 1:
        return False
    begins = start < 2 or text[start - 1] != " " or not text[start - 2].isalnum()
    return not begins or bool(_CAPITAL.match(text, end))
