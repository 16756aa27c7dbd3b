"""A brand as documents use it: colours that can be read, and a logo that is a picture.

TLP colours, the colours of meaning (claims, evidence, assessment) and the ramps are never branded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefing.analysis.contrast import FOR_TEXT, WHITE, contrast
from briefing.core.brief import Brand
from briefing.core.errors import BriefingError
from briefing.exports.picture_files import LARGEST_FILE, SIGNATURES, PictureError, read_picture

ACCENT: Final = "#0b3c78"
SECOND: Final = "#4f94c9"
BLACK: Final = "#000000"
LARGEST_LOGO: Final = LARGEST_FILE
"""Bytes."""
LONGEST: Final = 100
"""Times that a side of a drawing may be as long as the other: beyond, no program sets it."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SVG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<svg\b", re.DOTALL
)
_ACTIVE = re.compile(
    rb"<!doctype|<!entity|<\s*(?:\w+:)?(?:script|image|foreignobject|use|text)\b"
    rb"|@import|url\(\s*['\"]?[^#'\"]|href\s*=\s*['\"][^#]"
    rb"|[\s'\"/]on[a-z]+\s*=|<\s*(?:\w+:)?(?:animate|set)",
    re.IGNORECASE,
)
"""What a drawing needs to run, to open or to be set in a typeface, and a logo does not."""
_NUMBER = rb"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_VIEW_BOX = re.compile(
    rb"\bviewBox\s*=\s*[\"']\s*-?"
    + _NUMBER
    + rb"[\s,]+-?"
    + _NUMBER
    + rb"[\s,]+("
    + _NUMBER
    + rb")[\s,]+("
    + _NUMBER
    + rb")\s*[\"']"
)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a document as ``#rrggbb``.

    Attributes:
        accent: Heads, links and marks on white; contrast at least 4.5.
        band: Lines and the band of the cover.
        on_band: Text on the band; contrast at least 4.5.
        second: What stands out on the band.
    """

    accent: str
    band: str
    on_band: str
    second: str


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that has been looked at.

    Attributes:
        kind: ``png``, ``jpg`` or ``svg``.
        data: The file.
        width: Pixels, or the units of a drawing; 0 where it does not say.
        height: Likewise.
    """

    kind: str
    data: bytes
    width: float = 0
    height: float = 0

    @property
    def shape(self) -> float:
        """Width by height; 0 where the file does not say."""
        return self.width / self.height if self.width > 0 < self.height else 0.0


def look(brand: Brand | None) -> Look:
    """The colours to use: the brand's where text stays readable, else the program's.

    Raises:
        BriefingError: when a colour is not ``#rrggbb``.
    """
    if brand is None:
        return Look(ACCENT, ACCENT, WHITE, SECOND)
    band = _colour(brand.primary, "first") or ACCENT
    readable = contrast(band) >= FOR_TEXT
    second = _colour(brand.secondary, "second") or ("" if brand.primary else SECOND)
    # Black reaches 4.5 on whatever white does not: the two ratios multiply to 21.
    on_band = WHITE if readable else BLACK
    return Look(band if readable else ACCENT, band, on_band, second or on_band)


def logo(brand: Brand | None) -> Logo | None:
    """The brand's logo, or None where it has none.

    Raises:
        BriefingError: when it is not a PNG, JPEG or SVG picture of a sensible size, or is a
            drawing that would run or open something.
    """
    if brand is None or not brand.logo:
        return None
    data = brand.logo
    if len(data) <= LARGEST_LOGO and not data.startswith(SIGNATURES):
        return _drawing(data)
    try:
        return _picture(data)
    except PictureError as error:
        raise _refused(str(error)) from error


@lru_cache(maxsize=2)
def _picture(data: bytes) -> Logo:
    """A picture of dots; it is looked at once, however many pages and documents show it."""
    found = read_picture(data)
    return Logo(found.kind, found.data, found.width, found.height)


def _drawing(data: bytes) -> Logo:
    if not _SVG.match(data):
        raise _refused("is not a PNG, JPEG or SVG picture")
    if _ACTIVE.search(data):
        raise _refused("is a drawing with text, a script or something to open in it")
    found = Logo("svg", data, *_drawn_size(data))
    if found.shape and not 1 / LONGEST <= found.shape <= LONGEST:
        raise _refused(f"is a drawing more than {LONGEST} times as long on one side")
    return found


def _colour(value: str, which: str) -> str:
    if value and not _COLOUR.fullmatch(value):
        raise BriefingError(
            f"The brand’s {which} colour “{value[:40]}” is not a colour.",
            remedy="Write it as # and six hexadecimal digits, such as #0b3c78.",
        )
    return value.lower()


def _drawn_size(data: bytes) -> tuple[float, float]:
    """Width and height of an SVG's view box; zeros where it has none."""
    found = _VIEW_BOX.search(data[: data.find(b">", data.find(b"<svg"))])
    if not found:
        return 0.0, 0.0
    return float(found.group(1)), float(found.group(2))


def _refused(why: str) -> BriefingError:
    return BriefingError(
        f"The brand’s logo {why}.",
        remedy="Save it as PNG or JPEG, at most 2,000 pixels wide and high, and use that.",
    )
