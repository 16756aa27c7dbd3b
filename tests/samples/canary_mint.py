"""Words that are in no language: each names a level of TLP, and is found again in any file.

A canary has twelve letters and nothing else, so that no format has a reason to change it; whatever
splits it (a tag, a line, a hyphen) is squeezed out before it is looked for.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from briefing.core.tlp import Tlp, parse_tlp

HEAD = "zqxj"
"""What every canary begins with."""
LETTERS = 7
PRIVATE = 9
"""Level of what never leaves, whoever asks."""
MARKED = {
    "c": "CLEAR",
    "g": "GREEN",
    "a": "AMBER",
    "s": "AMBER+STRICT",
    "r": "RED",
    "u": "INTERNAL",
    "m": "",
}
"""A letter, and the marking as it is stored: an unknown and a missing one among them."""
DAYS = {Tlp.GREEN: (3, 17), Tlp.AMBER: (5, 19), Tlp.AMBER_STRICT: (7, 23), Tlp.RED: (11, 29)}
"""Month and day on which everything happens that is marked so; nothing else happens then."""
CALM = (2, 3)
"""The day to which anything CLEAR is moved that happened on one of them."""

_FILLER = tuple(
    re.findall(
        r"\w+",
        "was seen to move in small steps by night and kept its tools near at hand while others"
        " slept and left quietly before dawn with what it came for",
    )
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(T.*)?")


@dataclass(frozen=True, slots=True)
class Canary:
    """One word.

    Attributes:
        level: No audience below it may read the word.
        where: Where it was planted.
        owner: Whose it is, where nobody else's file may hold it.
        marked: The least marking of a file that holds it. A document's words are kept from all who
            may not see everything that cites it, though each of these statements names it.
    """

    level: int
    where: str
    owner: str = ""
    marked: int = 0


@dataclass
class Mint:
    """Makes canaries, each once, and remembers them.

    Attributes:
        rng: Where everything comes from that is left to chance.
        made: Every canary by its word.
    """

    rng: random.Random
    made: dict[str, Canary] = field(default_factory=dict)

    def word(self, level: int, where: str, *, owner: str = "", marked: int | None = None) -> str:
        """A new canary, which marks a file with its level unless something less is given."""
        letter = "p" if level == PRIVATE else "cgasr"[level]
        while True:
            tail = "".join(self.rng.choices("abcdefghijklmnopqrstuvwxyz", k=LETTERS))
            word = f"{HEAD}{letter}{tail}"
            # None overlaps another's beginning, so a word is found wherever it stands.
            if word not in self.made and HEAD not in word[1:]:
                self.made[word] = Canary(level, where, owner, level if marked is None else marked)
                return word

    def name(self, level: int, where: str, *, owner: str = "", marked: int | None = None) -> str:
        """A canary as a name is written."""
        return self.word(level, where, owner=owner, marked=marked).capitalize()

    def text(self, level: int, where: str, old: str, marked: int | None = None) -> str:
        """Words in place of others: a canary at the head of each sentence, about as long."""
        sentences = [part for part in _SENTENCE.split(old.strip()) if part][:8]
        if len(sentences) < 2 and not old.rstrip().endswith((".", "!", "?")):
            return " ".join(
                (self.name(level, where, marked=marked), *_FILLER[: min(old.count(" "), 4)])
            )
        return " ".join(
            " ".join((self.name(level, where), *_FILLER[: min(part.count(" "), 18)])) + "."
            for part in sentences
        )

    def address(self, level: int, where: str) -> str:
        """An address whose host and path are canaries."""
        host, path = self.word(level, where), self.word(level, where)
        return f"https://{host}.example/{path}"


def effective(own: str, of_source: str) -> Tlp:
    """The level of a statement: its own marking or its source's, whichever is higher."""
    return max(parse_tlp(own), parse_tlp(of_source))


def on_its_day(level: int, written: str) -> str:
    """A date moved to the day of its level; a month or a year stays as it is."""
    found = _DATE.fullmatch(written)
    if found is None:
        return written
    day = DAYS.get(Tlp(level))
    if day is None:
        day = int(found[2]), int(found[3])
        day = CALM if day in DAYS.values() else day
    return f"{found[1]}-{day[0]:02d}-{day[1]:02d}{found[4] or ''}"


def is_date(written: str) -> bool:
    """Whether a text is a date, to the year, the month or the day."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?(T[\d:.]+Z?)?", written) is not None


def chosen(rng: random.Random) -> Callable[[], str]:
    """Draws a letter of ``MARKED``: half of all is CLEAR, one in twenty unknown or missing."""
    letters, weights = "cgasrum", (50, 13, 13, 10, 9, 3, 2)
    return lambda: rng.choices(letters, weights)[0]
