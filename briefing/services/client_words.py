"""What a person writes for a sector, a country, a size or a level, and what it comes nearest to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from briefing.core.client import SIZES
from briefing.core.tlp import Tlp
from briefing.core.vocabulary import fold
from briefing.store.labels import Labels

_ALIKE: Final = 60
"""Per cent of likeness below which no value is worth naming."""
_RESERVED: Final = {"uk": "GB", "el": "GR"}
"""Codes that are not of ISO 3166-1 but are written for a country of it."""
_CODE_LENGTH: Final = 2
"""Letters of a code among which any other is near, so that likeness says nothing."""


def nearest(text: str, known: Iterable[str]) -> str:
    """The known text that comes nearest to another, whatever its case; "" where none is near."""
    words = {_plain(word): word for word in known}
    found = process.extractOne(_plain(text), words.keys(), scorer=fuzz.WRatio, score_cutoff=_ALIKE)
    return words[found[0]] if found else ""


def shown(text: str) -> str:
    """As much of a text as a sentence can hold, without what would break its line."""
    seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return seen if len(seen) <= _LONGEST_SHOWN else f"{seen[: _LONGEST_SHOWN - 1]}…"


_LONGEST_SHOWN: Final = 60


def _plain(word: str) -> str:
    return fold(word).replace("_", " ").replace("-", " ")


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary as it may be written.

    Attributes:
        noun: What one entry is called.
        codes: Every folded word that stands for an entry → its code.
        labels: Code → its label.
    """

    noun: str
    codes: Mapping[str, str]
    labels: Mapping[str, str]

    def code(self, text: str) -> str:
        """The code that a text stands for; "" where it stands for none."""
        return self.codes.get(fold(text), "")

    def refusal(self, text: str) -> str:
        """The sentence that a text is none of these, with the nearest that is."""
        near = self._near(fold(text))
        label = self.labels.get(near, "")
        words = f"“{near}” ({label})" if label != near else f"“{near}”"
        meant = f"; the nearest is {words}" if near else ""
        return f"“{shown(text)}” is no {self.noun} known here{meant}."

    def _near(self, word: str) -> str:
        if word in _RESERVED and _RESERVED[word] in self.labels:
            return _RESERVED[word]
        whole = [known for known in self.codes if len(known) > _CODE_LENGTH]
        near = nearest(word, whole) if len(word) > _CODE_LENGTH else ""
        return self.codes[near] if near else ""


def sector_words(labels: Labels) -> Words:
    """Sectors, by code and by label."""
    entries = labels.all("sector")
    codes = {fold(word): one.code for one in entries for word in (one.label, one.code)}
    return Words("sector", codes, {one.code: one.label for one in entries})


def country_words(labels: Labels) -> Words:
    """Countries, by their ISO 3166-1 codes of two and three letters, and by name."""
    entries = labels.all("country")
    codes = {
        fold(word): one.code
        for one in entries
        for word in (one.label, *json.loads(one.detail or "{}").get("alpha3", ()), one.code)
    }
    return Words("country", codes, {one.code: one.label for one in entries})


def size_words() -> Words:
    """Sizes of an enterprise."""
    return Words("size", {size: size for size in SIZES}, {size: size for size in SIZES})


def level_words() -> Words:
    """Levels of TLP 2.0, with and without the prefix."""
    codes = {fold(word): one.code for one in Tlp for word in (one.label, one.code)}
    return Words("TLP level", codes, {one.code: one.code for one in Tlp})
