"""A text of a brief as the XML of office files may hold it."""

from __future__ import annotations

import re

from briefing.exports.encoded import not_unicode
from briefing.exports.fonts import printable

_SPACES = re.compile(r" {2,}")
_HALF = re.compile("[\ud800-\udfff]")
_UNSEEN = str.maketrans("", "", "\ufffe\uffff")
"""Code points that XML 1.0 (section 2.2) has no place for and nobody can see."""


def clean(text: str) -> str:
    """A text as it is printed: one line, without what nobody can see.

    Raises:
        BriefingError: when it holds half a character (a lone surrogate).
    """
    half = None if text.isascii() else _HALF.search(text)
    if half:
        raise not_unicode(f"Character U+{ord(half.group()):04X}.")
    return _SPACES.sub(" ", printable(text).translate(_UNSEEN))
