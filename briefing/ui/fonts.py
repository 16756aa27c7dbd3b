"""Inter, loaded from its package, in every weight the design asks for.

The files are variable fonts. Qt does not turn ``QFont.setWeight`` into the weight axis of an
application font on every platform, so both are set; and the optical size follows the pixel size,
as in a browser.
"""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase

from briefing.core.errors import BriefingError
from briefing.ui.tokens import TypeStyle

_UPRIGHT = "Inter[opsz,wght].ttf"
_ITALIC = "Inter-Italic[opsz,wght].ttf"
_WEIGHT_AXIS = QFont.Tag("wght")
_SIZE_AXIS = QFont.Tag("opsz")
_TABULAR = QFont.Tag("tnum")
_SMALLEST_OPTICAL_SIZE = 14
_LARGEST_OPTICAL_SIZE = 32
# From 700 on Qt would embolden the outlines a second time, because the file registers as regular.
_HEAVIEST_NAMED_WEIGHT = 600


class FontMissingError(BriefingError):
    """The typeface that comes with the program is not where it should be."""


def load_inter() -> str:
    """Register the upright Inter with Qt and return the family's name.

    Raises:
        FontMissingError: when the file is absent or Qt cannot read it.
    """
    return _load(_UPRIGHT)


def load_inter_italic() -> str:
    """Register the italic, which few texts need; same family name, same errors."""
    return _load(_ITALIC)


def _load(name: str) -> str:
    path = files("fontpkg_inter") / "files" / name
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise FontMissingError(
            "The typeface Inter could not be loaded.",
            detail=str(path),
            remedy="Install the program again.",
        )
    return families[0]


def make_font(
    family: str, style: TypeStyle, factor: float, *, tabular: bool = False, italic: bool = False
) -> QFont:
    """A font of one type style, scaled by the text size (1.0 to 2.0)."""
    font = QFont(family)
    pixels = round(style.size * factor)
    font.setPixelSize(pixels)
    font.setItalic(italic)
    font.setWeight(QFont.Weight(min(style.weight, _HEAVIEST_NAMED_WEIGHT)))
    font.setVariableAxis(_WEIGHT_AXIS, style.weight)
    optical = min(max(pixels, _SMALLEST_OPTICAL_SIZE), _LARGEST_OPTICAL_SIZE)
    font.setVariableAxis(_SIZE_AXIS, optical)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if style.spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.spacing * factor)
    if tabular:
        font.setFeature(_TABULAR, 1)
    return font
