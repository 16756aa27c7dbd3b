"""Labelled bars: how many of each, in rows that can be opened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.focus_ring import OWN_FOCUS

_ROW = 18
_BAR = (80, 8)
_GAP = 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class BarRows(QWidget):
    """``Government  ████  2``. The longest bar is the largest value, or ``most`` when given."""

    row_activated = Signal(int)

    def __init__(self, theme: Theme, rows: Sequence[tuple[str, int]] = (), unit: str = "") -> None:
        """``unit`` is the noun of the numbers ("statements")."""
        super().__init__()
        self._theme = theme
        self._current = 0
        self._hovered = -1
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.set_rows(rows, unit)

    def set_rows(
        self, rows: Sequence[tuple[str, int]], unit: str = "", most: int | None = None
    ) -> None:
        """Show other rows."""
        self._rows = tuple(rows)
        self._most = max(most or 0, max((value for _, value in rows), default=0), 1)
        self._current = min(self._current, max(len(rows) - 1, 0))
        spoken = "; ".join(f"{label}: {value:,} {unit}".rstrip() for label, value in rows)
        self.setAccessibleName(spoken or "nothing to show")
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _row_at(self, position: QPointF) -> int:
        row = int(position.y() // self._theme.px(_ROW))
        return row if 0 <= row < len(self._rows) else -1

    def _number_width(self) -> float:
        metrics = self._theme.metrics("key", tabular=True)
        widths = (metrics.horizontalAdvance(f"{value:,}") for _, value in self._rows)
        return max(widths, default=0.0) + self._theme.px(_GAP)

    def _paint_row(self, painter: QPainter, row: int, rect: QRectF) -> None:
        theme, (label, value) = self._theme, self._rows[row]
        bar_width, bar_height = (theme.px(measure) for measure in _BAR)
        number = self._number_width()
        bar_left = rect.right() - number - bar_width
        metrics = theme.metrics("table")
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        hot = row == self._hovered
        text_colour: Colour = "accent" if hot else "ink"
        painter.setPen(theme.colour(text_colour))
        painter.setFont(theme.font("table"))
        room = bar_left - theme.px(_GAP)
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(0, base), shown)
        top = round(rect.center().y() - bar_height / 2)
        track = QRectF(bar_left, top, bar_width, bar_height)
        painter.fillRect(track, theme.colour("mist"))
        length = round(bar_width * value / self._most)
        painter.fillRect(QRectF(bar_left, top, length, bar_height), theme.colour("seq_4"))
        if self.hasFocus() and row == self._current:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(track.adjusted(-3, -3, 3, 3))
            painter.setPen(theme.colour(text_colour))
        painter.setFont(theme.font("key", tabular=True))
        place = QRectF(rect.right() - number, rect.top(), number, rect.height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(flags), f"{value:,}")

    def sizeHint(self) -> QSize:
        """As wide as the longest label asks for."""
        metrics = self._theme.metrics("table")
        label = max((metrics.horizontalAdvance(text) for text, _ in self._rows), default=0.0)
        width = label + self._theme.px(_GAP + _BAR[0]) + self._number_width()
        return QSize(round(width) + 1, self._theme.px(_ROW) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """Labels may be cut, bars and numbers never."""
        width = self._theme.px(_GAP + _BAR[0] + 60) + self._number_width()
        return QSize(round(width), self._theme.px(_ROW) * len(self._rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every row."""
        painter = QPainter(self)
        height = self._theme.px(_ROW)
        for row in range(len(self._rows)):
            rect = QRectF(0, row * height, self.width(), height)
            self._paint_row(painter, row, rect)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which row a click would open, and its whole label."""
        self._hovered = self._row_at(event.position())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._hovered >= 0 else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a row."""
        row = self._row_at(event.position())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = row
            self.row_activated.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move, Enter opens."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._rows):
            self._current += step
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.row_activated.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current row."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self.update()
