"""The typefaces of slides, as the exported file names them and as they were measured.

Text is laid out ``UNIT`` times as large as it is shown, in whole pixels: sizes of half a point stay
exact, and lines break at the same words on every screen.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from briefing.exports.fonts import font_folders
from briefing.ui.fonts import load_inter, load_inter_italic

UNIT = 20
"""Pixels of a layout to the point."""

_CODE = ("Courier New", "Liberation Mono", "DejaVu Sans Mono", "monospace")
"""What the file names first, then what is as wide and commonly there."""
_WEIGHT, _OPTICAL = QFont.Tag("wght"), QFont.Tag("opsz")
_REGULAR, _BOLD = 400, 700
_OPTICAL_SIZE = 14
"""The size that widths were measured at, and the one a file of slides has."""


def slide_font(
    size: float, *, bold: bool = False, italic: bool = False, code: bool = False
) -> QFont:
    """A font of so many points on a slide, in pixels of a layout.

    Never one of a thread for another: Qt keeps what it found for a font inside it.

    Raises:
        BriefingError: when a typeface of the program is missing.
    """
    font = QFont()
    font.setFamilies([*(_CODE if code else ()), *load_faces()])
    font.setPixelSize(round(size * UNIT))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # The weight of Inter is its axis: a bold font would have its outlines emboldened once more.
    font.setVariableAxis(_WEIGHT, _BOLD if bold else _REGULAR)
    font.setVariableAxis(_OPTICAL, _OPTICAL_SIZE)
    font.setBold(bold and code)
    return font


@cache
def load_faces() -> tuple[str, ...]:
    """Register the typefaces with Qt, once; on the thread of the window.

    Inter comes first, then what has the letters that Inter lacks, in the order of the documents.

    Raises:
        BriefingError: when a typeface of the program is missing.
    """
    found = [load_inter(), load_inter_italic()]
    for folder in font_folders()[1:]:
        for path in sorted(folder.glob("*.ttf")):
            number = QFontDatabase.addApplicationFont(str(path))
            found += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(found))
