"""A quiet strip under a list: what else can be looked at, and how much of it there is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from briefing.ui.icons import IconName, paint_icon
from briefing.ui.theme import Theme
from briefing.ui.widgets.frames import EDGE_WIDTH
from briefing.ui.widgets.tooltips import plain_tooltip

_HEIGHT = 36
_PADDING = 16
_ICON = 14
_GAP = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuietRow(QAbstractButton):
    """``[icon] Actor identity 58 open questions       Review``; checked while it is shown."""

    def __init__(self, theme: Theme, title: str, icon_name: IconName) -> None:
        """``title`` is what it is about; see ``set_state``."""
        super().__init__()
        self._theme = theme
        self._icon: IconName = icon_name
        self._note = ""
        self._todo = ""
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.set_state("", "")

    def set_state(self, note: str, todo: str) -> None:
        """Say how much there is, and what can be done about it; ``todo`` is "" for nothing."""
        self._note, self._todo = note, todo
        self.setAccessibleName(", ".join(part for part in (self.text(), note, todo) if part))
        self.setToolTip(plain_tooltip(f"{self.text()}: {note}" if note else self.text()))
        self.update()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Whoever shows something decides what is checked."""

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, rect = self._theme, self.rect()
        hot = self.underMouse() or self.isDown()
        painter.fillRect(rect, theme.colour("tint" if self.isChecked() or hot else "mist_2"))
        painter.fillRect(0, 0, rect.width(), 1, theme.colour("line"))
        if self.isChecked():
            painter.fillRect(0, 1, EDGE_WIDTH, rect.height() - 1, theme.colour("accent"))

    def sizeHint(self) -> QSize:
        """One line with its air."""
        return QSize(self._theme.px(160), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow; words are cut, and the tooltip has them."""
        return QSize(self._theme.px(80), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, title, note, and what can be done."""
        theme, painter = self._theme, QPainter(self)
        self._paint_ground(painter)
        px = theme.px
        middle = (self.height() - 1) / 2
        icon = QRectF(px(_PADDING), middle - px(_ICON) / 2, px(_ICON), px(_ICON))
        paint_icon(painter, icon, theme, self._icon, "ink_2")
        metrics = theme.metrics("table")
        base = middle - metrics.height() / 2 + metrics.ascent()
        right = float(self.width() - px(_PADDING))
        if self._todo:
            right -= theme.metrics("key").horizontalAdvance(self._todo)
            painter.setFont(theme.font("key"))
            painter.setPen(theme.colour("accent"))
            painter.drawText(QPointF(right, base), self._todo)
            right -= px(_GAP)
        left = icon.right() + px(_GAP)
        for text, role in ((self.text(), "table_strong"), (self._note, "table")):
            metrics = theme.metrics(role)  # type: ignore[arg-type]  # both are roles
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(right - left, 0))
            painter.setFont(theme.font(role))  # type: ignore[arg-type]  # both are roles
            painter.setPen(theme.colour("ink" if role == "table_strong" else "ink_2"))
            painter.drawText(QPointF(left, base), shown)
            left += metrics.horizontalAdvance(shown) + px(4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter as well as with the space bar."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tint under the pointer."""
        super().enterEvent(event)
        self.update()
