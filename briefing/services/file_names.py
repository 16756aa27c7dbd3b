"""Names of files made from what people typed: safe on every system, and no two of them one file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from briefing.core.brief import Brief

NAMELESS: Final = "Unnamed"
"""For a name of which nothing can stand in the name of a file."""
LONGEST: Final = 64
"""Characters of a name before what is put behind it."""
MOST_BYTES: Final = 140
"""The same as UTF-8: file systems count bytes, and end at 255 for everything together."""

_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|]+')
_UNPRINTABLE: Final = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
"""Control and format signs (which can turn a name around), halves of signs, ends of lines."""
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE
)
"""Names that Windows keeps for devices, whatever follows after a full stop (Microsoft, "Naming
files, paths, and namespaces")."""


def safe_name(words: str) -> str:
    """A name that every file system takes, without an ending.

    Args:
        words: As typed; may be anything.

    Returns:
        At most ``LONGEST`` characters and ``MOST_BYTES`` bytes; never empty.
    """
    composed = unicodedata.normalize("NFC", words)
    shown = "".join(
        " " if sign.isspace() else "" if unicodedata.category(sign) in _UNPRINTABLE else sign
        for sign in composed
    )
    name = " ".join(_FORBIDDEN.sub("_", shown).split())[:LONGEST]
    # Whole signs only: a cut in the middle of one is dropped.
    name = name.encode()[:MOST_BYTES].decode(errors="ignore").strip(" .")
    if not name.strip("_"):
        return NAMELESS
    if _RESERVED.fullmatch(name.partition(".")[0].rstrip()):
        return f"_{name}"
    return name


def distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    """Safe names of which no two are one file, in the order of the names.

    Of names that differ in case or in the form of a letter alone, the second has a number behind
    it: some file systems take them for the same.
    """
    taken: set[str] = set()
    found = []
    for words in names:
        name = free = safe_name(words)
        number = 2
        while _sameness(free) in taken:
            free = f"{name} ({number})"
            number += 1
        taken.add(_sameness(free))
        found.append(free)
    return tuple(found)


def file_stem(brief: Brief, subject: str = "") -> str:
    """A name for a briefing: whom it is about, what it is, and who may see it.

    Args:
        brief: The briefing.
        subject: A safe name to use in the place of its subject's, where one was found.
    """
    kind = safe_name(brief.kind_title.lower())
    return f"{subject or safe_name(brief.subject)} - {kind} - {brief.tlp.label.replace(':', '-')}"


def _sameness(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
