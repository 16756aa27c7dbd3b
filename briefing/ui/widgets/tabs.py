"""Tabs: words over a line, the current one in the accent colour and underlined."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role

_HEIGHT = 36
_BETWEEN = 20
_UNDERLINE = 2


class Tabs(QTabBar):
    """A tab bar; use ``addTab`` and ``currentChanged`` as with any."""

    def __init__(self, theme: Theme, name: str = "Views") -> None:
        """An empty bar; ``name`` is for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self._theme = theme
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        # Changing the font also makes Qt measure the tabs again.
        self.setFont(self._theme.font("rail_current"))
        self.update()

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """The words in their heaviest weight, so that nothing moves when the tab changes."""
        metrics = self._theme.metrics("rail_current")
        width = metrics.horizontalAdvance(self.tabText(index))
        return QSize(round(width) + self._theme.px(_BETWEEN) + 1, self._theme.px(_HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt's name
        """Tabs are never cut; where there is no room Qt shows arrows."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw words, the line under all of them, and the mark under the current one."""
        theme = self._theme
        painter = QPainter(self)
        bottom = self.height()
        painter.fillRect(QRectF(0, bottom - 1, self.width(), 1), theme.colour("line"))
        for index in range(self.count()):
            rect = QRectF(self.tabRect(index)).adjusted(0, 0, -theme.px(_BETWEEN), 0)
            current = index == self.currentIndex()
            role: Role = "rail_current" if current else "rail"
            colour: Colour = "accent" if current else "ink_2"
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(colour))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), self.tabText(index))
            if current:
                mark = QRectF(rect.left(), bottom - _UNDERLINE, rect.width(), _UNDERLINE)
                painter.fillRect(mark, theme.colour("accent"))
