"""Words around facts: counts with their nouns, lists, typographic marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

UNKNOWN = "\N{EN DASH}"
"""What stands in a table where nothing is known."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IRREGULAR = {
    "body": "bodies",
    "piece of software": "pieces of software",
    "country": "countries",
    "body or region": "bodies and regions",
    "advisory": "advisories",
    "vulnerability": "vulnerabilities",
    "piece of evidence": "pieces of evidence",
    "hypothesis": "hypotheses",
}
_WITH_ARTICLE = frozenset(
    (
        *("AE", "CD", "CF", "CG", "DO", "GB", "GM", "IM", "IO", "NL", "TF", "US"),
        *("AX", "BS", "CC", "CK", "FK", "FO", "KM", "KY", "MH", "MP", "MV", "PH", "PN", "SB"),
        *("SC", "TC", "UM", "VG", "VI"),
    )
)
"""Countries whose name takes "the": unions, republics and territories; islands in the plural."""
_APOSTROPHE = re.compile(r"(?<=\w)'")


def curly(words: str) -> str:
    """Words of ours with typographic apostrophes."""
    return _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", words)


def plural(noun: str) -> str:
    """The plural of a noun used here."""
    return _IRREGULAR.get(noun, f"{noun}s")


def counted(number: int, noun: str) -> str:
    """A number in figures with its noun: ``1 technique``, ``66 techniques``."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def worded(number: int, noun: str) -> str:
    """A number in words up to ten, with its noun: ``two catalogues``, ``no name``."""
    figure = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{figure} {noun if number in (0, 1) else plural(noun)}"


def in_words(number: int) -> str:
    """A number in words up to ten, in figures above."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def listed(items: Iterable[str], joiner: str = ", ", last: str = "and") -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    words = list(items)
    if len(words) < 3:
        return f" {last} ".join(words)
    return f"{joiner.join(words[:-1])}{';' if ';' in joiner else ''} {last} {words[-1]}"


def first_of(items: Sequence[str], most: int, noun: str = "", joiner: str = ", ") -> str:
    """The first items and how many more there are: ``Ukraine, Germany and 40 more countries``."""
    if len(items) <= most + 1:  # "and 1 more" would be longer than the one it hides
        return listed(items, joiner)
    rest = len(items) - most
    kind = f" {noun if rest == 1 else plural(noun)}" if noun else ""
    return listed([*items[:most], f"{rest:,} more{kind}"], joiner)


def first_clause(words: str) -> str:
    """Up to the first semicolon."""
    return words.partition(";")[0].rstrip()


def sentence_case(words: str) -> str:
    """With a capital at its start, the rest as it is."""
    return words[:1].upper() + words[1:]


def country_inside(code: str, name: str) -> str:
    """A country as it stands inside a sentence: ``Russia``, ``the United States``.

    Args:
        code: ISO 3166-1 alpha-2 in capitals; any other code takes no article.
        name: Its English name, without an article.
    """
    return f"the {name}" if code in _WITH_ARTICLE else name


def inside(label: str) -> str:
    """A label as it stands inside a sentence: a small first letter, but for an acronym or “H1”."""
    second = label[1:2]
    return label if second.isupper() or second.isdecimal() else label[:1].lower() + label[1:]
