"""An icon beside words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.ui.icons import IconName, paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role


class IconLabel(QWidget):
    """An icon that stands beside text and says nothing the text does not say."""

    def __init__(
        self,
        theme: Theme,
        name: IconName,
        size: int = 14,
        colour: Colour = "ink_2",
        line: Role = "body",
    ) -> None:
        """``size`` is in pixels at 100 %; ``line`` is the role of the text it stands beside."""
        super().__init__()
        self._theme = theme
        self._name: IconName = name
        self._size = size
        self._colour: Colour = colour
        self._line: Role = line
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def set_icon(self, name: IconName, colour: Colour) -> None:
        """Show another icon."""
        self._name = name
        self._colour = colour
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of the text, so that both are centred on the same line."""
        side = self._theme.px(self._size)
        return QSize(side, max(side, self._theme.line_height(self._line)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle of its line."""
        side = self._theme.px(self._size)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        paint_icon(QPainter(self), box, self._theme, self._name, self._colour)
