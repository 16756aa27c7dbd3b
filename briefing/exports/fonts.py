"""The fonts of a document, and which characters they can print.

Under PDF/UA-1 a character without a glyph makes the whole document fail, so coverage is checked
first and the character is named. What nobody can see is left out: control and format characters
go, and unusual spaces become ordinary ones. What a reader would see is never dropped; see
``stand_ins`` for characters of sources that no font has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import fontpkg_inter  # type: ignore[import-untyped]  # the package has no type information
import fontpkg_noto_sans  # type: ignore[import-untyped]  # the same
import fontpkg_noto_sans_arabic  # type: ignore[import-untyped]  # the same

from briefing.core.errors import BriefingError
from briefing.exports.font_tables import characters, tables

FAMILIES = ("Inter", "Noto Sans", "Noto Sans Arabic")
"""In the order in which they are asked for a glyph."""

_PACKAGES = (fontpkg_inter, fontpkg_noto_sans, fontpkg_noto_sans_arabic)
_JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner: Persian and other scripts are spelt with them."""
_SEEN_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd"
"""Format characters that are signs of their own, such as the Arabic number sign."""
NEVER_PRINTED = ("Cs", "Co", "Cn")
"""Surrogates, private use (PDF/A-3a forbids it) and code points without a character."""
_NAMED_AT_MOST = 5


@cache
def font_folders() -> tuple[Path, ...]:
    """The folders that hold the font files, from source and in the frozen program alike.

    Raises:
        BriefingError: when a font package is there without its files.
    """
    folders = tuple(Path(str(files(package))) / "files" for package in _PACKAGES)
    for folder in folders:
        if not any(folder.glob("*.ttf")):
            raise BriefingError(
                "The fonts of the documents are missing.",
                f"No font file in {folder.parent.name}/{folder.name}.",
                "Install the program again.",
            )
    return folders


@cache
def coverage() -> frozenset[int]:
    """Code points that at least one upright font has a glyph for."""
    points: set[int] = set()
    for folder in font_folders():
        for path in sorted(folder.glob("*.ttf")):
            if "Italic" not in path.name:
                cmap = tables(path.read_bytes())[b"cmap"]
                points.update(point for point, _ in characters(cmap))
    return frozenset(points)


def printable(text: str) -> str:
    """The text as it is set: without invisible characters, in ordinary spaces.

    Line ends, tabs and unusual spaces become one space (no-break ones a no-break space); control
    characters, format characters such as direction marks, and variation selectors go.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_PRINTED)


def missing(texts: Iterable[str]) -> dict[str, str]:
    """Characters that no font has, in order of appearance, each with the text it came from."""
    known = _characters()
    found: dict[str, str] = {}
    for text in texts:
        if text.isascii() or known.issuperset(text):
            continue
        for character in text:
            if character not in known:
                found.setdefault(character, text)
    return found


def check(texts: Iterable[str]) -> None:
    """Make sure that every character can be printed.

    Raises:
        BriefingError: naming the first characters that cannot, and where they stand.
    """
    found = missing(texts)
    if not found:
        return
    names = [describe(character) for character in list(found)[:_NAMED_AT_MOST]]
    more = len(found) - len(names)
    if more > 0:
        names.append(f"{more} more")
    context = next(iter(found.values()))
    raise BriefingError(
        f"No font of the program has a glyph for {', '.join(names)}.",
        "It stands in: " + shown(context),
        "Write the name in Latin, Greek, Cyrillic or Arabic letters, or leave that part out.",
    )


def describe(character: str) -> str:
    """A character for a sentence: itself where it can be shown, code point, Unicode name."""
    point = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    if unicodedata.category(character) in NEVER_PRINTED:
        return f"{point} (no character that can be exchanged)"
    return f"“{character}” ({point} {name})" if name else f"“{character}” ({point})"


def shown(text: str, length: int = 80) -> str:
    """The beginning of a text, safe to encode and to show in a message."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= length else whole[: length - 1] + "…"


def _as_printed(character: str) -> str:
    if character == " " or character in _JOINERS or character in _SEEN_FORMATS:
        return character
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\v\f\r\x85":
        return "\u00a0" if "<noBreak>" in unicodedata.decomposition(character) else " "
    if category in ("Cc", "Cf") or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    return character


class _Printed(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, point: int) -> str:
        """Remember what stands for the character."""
        self[point] = _as_printed(chr(point))
        return self[point]


_PRINTED = _Printed()


@cache
def _characters() -> frozenset[str]:
    """Characters that can be printed, those of ASCII that are dropped before included."""
    covered = {chr(point) for point in coverage()}
    allowed = {c for c in covered if unicodedata.category(c) not in NEVER_PRINTED}
    return frozenset(allowed | set(map(chr, range(128))))
