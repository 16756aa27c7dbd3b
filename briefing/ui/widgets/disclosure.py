"""A sentence that opens: behind an icon, with more under it once a key or a click asks for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from briefing.ui.icons import IconName, paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.tooltips import plain_tooltip
from briefing.ui.widgets.wrapped_lines import broken, paint_lines

_ROLE: Final[Role] = "table"
_ICON: Final = 14
_CHEVRON: Final = 10
_GAP: Final = 8
_PADDING: Final = 4
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Disclosure(QAbstractButton):
    """An icon, a sentence in as many lines as it needs, and a chevron after its last word.

    ``toggled`` says whether it is open.
    """

    def __init__(self, theme: Theme, icon: IconName, colour: Colour, text: str, more: str) -> None:
        """``more`` is what opens; under the mouse it is the tooltip."""
        super().__init__()
        self._theme = theme
        self._icon: IconName = icon
        self._colour: Colour = colour
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(more)
        self.setToolTip(plain_tooltip(more))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    @property
    def left(self) -> int:
        """Where the words begin, so that what opens can stand under them."""
        return self._theme.px(_ICON + _GAP)

    def _lines(self, width: int) -> list[str]:
        room = width - self.left - self._theme.px(_CHEVRON + _PADDING)
        return broken(self._theme, self.text(), _ROLE, room)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The chevron stands out under the pointer."""
        super().enterEvent(event)
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines, and a little air."""
        lines = max(len(self._lines(width)), 1)
        return lines * self._theme.line_height(_ROLE) + 2 * self._theme.px(_PADDING)

    def sizeHint(self) -> QSize:
        """One line, or a comfortable width."""
        words = self._theme.metrics(_ROLE).horizontalAdvance(self.text())
        wanted = round(words) + self.left + self._theme.px(_CHEVRON + _PADDING) + 2
        width = min(wanted, self._theme.px(480))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        height = self._theme.line_height(_ROLE) + 2 * self._theme.px(_PADDING)
        return QSize(self._theme.px(140), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as well as with the space bar."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, words and chevron."""
        theme, painter = self._theme, QPainter(self)
        lines, height = self._lines(self.width()), theme.line_height(_ROLE)
        top = theme.px(_PADDING)
        side = theme.px(_ICON)
        icon = QRectF(0, top + (height - side) / 2, side, side)
        paint_icon(painter, icon, theme, self._icon, self._colour)
        paint_lines(painter, QPointF(self.left, top), theme, lines, _ROLE, "ink")
        last = lines[-1] if lines else ""
        side = theme.px(_CHEVRON)
        left = self.left + theme.metrics(_ROLE).horizontalAdvance(last) + theme.px(_PADDING)
        box = QRectF(left, top + (len(lines) - 0.5) * height - side / 2, side, side)
        chevron: IconName = "chevron-up" if self.isChecked() else "chevron-down"
        hot: Colour = "accent" if self.underMouse() else "ink_3"
        paint_icon(painter, box, theme, chevron, hot)
