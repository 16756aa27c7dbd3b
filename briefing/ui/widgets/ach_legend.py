"""What the letters and colours of the matrix of competing hypotheses mean."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from briefing.core.case_words import Mark
from briefing.ui.theme import Theme
from briefing.ui.widgets.ach_delegate import paint_corner, paint_mark
from briefing.ui.widgets.ach_words import UNJUDGED, WORDS
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import Label

_SWATCH: Final = (24, 18)
_CORNER: Final = "why"
_KEYS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("CC", "C"), "consistent"),
    (("N",), "neutral"),
    (("I", "II"), "inconsistent"),
    (("NA",), "does not apply"),
    ((UNJUDGED,), "not judged yet"),
    ((_CORNER,), "a reason is written down"),
)


class _Swatch(QWidget):
    """One cell, or the corner of one."""

    def __init__(self, theme: Theme, letters: str) -> None:
        super().__init__()
        self._theme = theme
        self._letters = letters
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Two letters, and a line around them."""
        return QSize(*map(self._theme.px, _SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as in the matrix; what has no ground there gets an outline here."""
        painter, rect = QPainter(self), QRectF(self.rect())
        if self._letters == _CORNER:
            painter.fillRect(rect, self._theme.colour("ach_n"))
            paint_corner(painter, rect, self._theme)
            return
        paint_mark(painter, rect, self._theme, self._letters)
        if self._letters == Mark.NA.value:
            painter.setPen(self._theme.colour("no_data_line"))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


class AchLegend(QWidget):
    """``CC C consistent  N neutral  I II inconsistent  NA does not apply  – not judged yet``."""

    def __init__(self, theme: Theme) -> None:
        """All keys; doubled letters are the strong ones."""
        super().__init__()
        self._theme = theme
        self._flow = FlowLayout(self)
        self._rows: list[QHBoxLayout] = []
        spoken = [f"{mark.value} {WORDS[mark]}" for mark in Mark]
        self.setAccessibleName(f"Marks: {', '.join(spoken)}, {UNJUDGED} {WORDS[None]}")
        for swatches, words in _KEYS:
            self._flow.addWidget(self._key(swatches, words))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _key(self, swatches: tuple[str, ...], words: str) -> QWidget:
        key = QWidget()
        row = QHBoxLayout(key)
        row.setContentsMargins(0, 0, 0, 0)
        for letters in swatches:
            row.addWidget(_Swatch(self._theme, letters), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Label(self._theme, words, "note", "ink_2"))
        self._rows.append(row)
        return key

    def _on_theme_changed(self) -> None:
        for row in self._rows:
            row.setSpacing(self._theme.px(4))
        self._flow.set_spacing(self._theme.px(12), self._theme.px(4))
