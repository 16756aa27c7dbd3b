"""Names of actors: what makes two spellings the same name, and what only looks the same."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def normalised(name: str) -> str:
    """The name without case, accents, spaces or punctuation.

    ``APT-28``, ``apt 28`` and ``APT28`` are one name. Unicode NFKD and case folding; only letters
    and digits are kept, so combining marks, zero-width joiners and direction marks fall away.
    """
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    return "".join(character for character in text if character.isalnum())


@lru_cache(maxsize=1)
def _latin_twins() -> dict[str, str]:
    """Letters of other scripts that look like one Latin letter or digit (Unicode confusables)."""
    # lazy: 0.1 s of JSON, needed only when a text holds letters outside ASCII.
    from confusable_homoglyphs import confusables  # noqa: PLC0415 - loads 500 kB of tables

    twins: dict[str, str] = {}
    for character, entries in confusables.confusables_data.items():
        if len(character) != 1 or character.isascii():
            continue
        for entry in entries:
            twin = entry["c"]
            if len(twin) == 1 and twin.isascii() and twin.isalnum():
                twins[character] = twin
                break
    return twins


def skeleton(name: str) -> str:
    """The normalised name with look-alike letters replaced by their Latin twins.

    Two different names with one skeleton can be taken for each other by eye (Unicode Technical
    Standard 39, "confusable"): ``APT29`` in Cyrillic letters has the skeleton of the Latin.
    """
    if name.isascii():
        return normalised(name)
    twins = _latin_twins()
    text = unicodedata.normalize("NFKC", name)
    return normalised("".join(twins.get(character, character) for character in text))
