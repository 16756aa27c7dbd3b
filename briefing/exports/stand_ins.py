"""What a page prints for characters that none of its typefaces has: what they are, in words.

A name in Chinese must not keep a briefing about its bearer from being printed, and nothing may be
left out unseen. So such a run is printed as “[Chinese characters]”, and the document says once what
that means. Formats that leave type to the reader's system print the characters themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from briefing.exports.fonts import NEVER_PRINTED, missing

_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
}
"""First word of a character's Unicode name, and whose script it is; others go by that word."""
_LETTERS = ("Lo", "Ll", "Lu", "Lm", "Lt", "Mn", "Mc", "Nd", "Nl")


def in_words(text: str) -> tuple[str, frozenset[str]]:
    """The text with what no font has said in words, and the words that stand in.

    Code points without a character (private use, half a character) stay, for the check of glyphs
    to refuse: no format could print them.
    """
    if text.isascii():
        return text, frozenset()
    lacking = {
        character
        for character in missing([text])
        if unicodedata.category(character) not in NEVER_PRINTED
    }
    if not lacking:
        return text, frozenset()
    signs = "".join(map(re.escape, sorted(lacking)))
    run = re.compile(rf"[{signs}]+(?:[ \u00a0]+[{signs}]+)*")
    words = frozenset(_described(found.group()) for found in run.finditer(text))
    return run.sub(lambda found: _apart(found) + _described(found.group()), text), words


def explained(stood_in: Collection[str]) -> str:
    """The sentence that says what stands in for characters, or "" where nothing does."""
    if not stood_in:
        return ""
    named = " and ".join(sorted(stood_in))
    verb = "stands" if len(stood_in) == 1 else "stand"
    return (
        f"{named} {verb} for characters that the typefaces of this document lack; "
        "the same briefing as HTML, Word or PowerPoint has them."
    )


def _apart(found: re.Match[str]) -> str:
    """A space before words that would stand against the letter before them."""
    return " " if found.string[: found.start()][-1:].isalnum() else ""


def _described(run: str) -> str:
    scripts, signs = set(), []
    for character in run:
        name = unicodedata.name(character, "")
        if unicodedata.category(character) in _LETTERS:
            first = re.split("[ -]", name)[0]
            scripts.add(_SCRIPTS.get(first, first.capitalize()))
        elif name:
            signs.append(name.lower())
    # Japanese is written with Chinese characters too.
    if "Japanese" in scripts:
        scripts.discard("Chinese")
    if scripts:
        return f"[{' and '.join(sorted(scripts))} characters]"
    return f"[{', '.join(dict.fromkeys(signs)) or 'a sign without a name'}]"
