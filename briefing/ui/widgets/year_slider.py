"""A span of years with a handle at either end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.focus_ring import OWN_FOCUS

_HEIGHT: Final = 40
_TRACK: Final = 14
"""Where the middle of the track lies, in pixels at 100 %."""
_HANDLE: Final = 7
_LABEL_ROOM: Final = 44
"""Pixels at 100 % between two printed years, at least."""
_FAR: Final = 5
_MOVES: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -_FAR,
    Qt.Key.Key_PageUp: _FAR,
}
_STRIDES: Final = (1, 2, 5, 10, 20, 50)


class YearSlider(QWidget):
    """``2004 ──●━━━━━●── 2025``: Tab goes from one handle to the other, arrow keys move it."""

    changed = Signal(int, int)
    """First and last year, at every step of a handle."""
    settled = Signal(int, int)
    """First and last year, when a handle has been let go of or a key has moved it."""

    def __init__(self, theme: Theme, name: str = "Years") -> None:
        """Without years; ``name`` is for screen readers."""
        super().__init__()
        self._theme = theme
        self._name = name
        self._bounds = (0, 0)
        self._range = (0, 0)
        self._active = 0
        self._held = False
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(
            "Two handles. Left and Right move the one that has the keyboard by a year, Page Up and"
            " Page Down by five; Tab goes to the other."
        )
        theme.changed.connect(self._on_theme_changed)
        self.set_years(0, 0)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year there is."""
        return self._bounds

    @property
    def range(self) -> tuple[int, int]:
        """The first and the last year that are chosen."""
        return self._range

    @property
    def active(self) -> int:
        """Which handle the keyboard moves: 0 the first year, 1 the last."""
        return self._active

    def set_years(self, first: int, last: int) -> None:
        """Say which years there are, and choose all of them."""
        self._bounds = (first, max(first, last))
        self.set_range(*self._bounds)

    def set_range(self, first: int, last: int) -> None:
        """Choose without telling anybody; what lies outside the years becomes their end."""
        least, most = self._bounds
        first, last = sorted((min(max(first, least), most), min(max(last, least), most)))
        self._range = (first, last)
        self.setAccessibleName(f"{self._name}: {first} to {last}, of {least} to {most}")
        self.setEnabled(least < most)
        self.update()

    def _move(self, handle: int, year: int) -> bool:
        first, last = self._range
        before = self._range
        if handle == 0:
            self.set_range(min(year, last), last)
        else:
            self.set_range(first, max(year, first))
        if self._range == before:
            return False
        self.changed.emit(*self._range)
        return True

    def _span(self) -> tuple[float, float]:
        """Left end and length of the track."""
        side = self._theme.px(_HANDLE) + self._theme.metrics("note").horizontalAdvance("0000") / 2
        return side, max(self.width() - 2 * side, 1.0)

    def x_of(self, year: int) -> float:
        """Where a year lies in the widget."""
        least, most = self._bounds
        left, length = self._span()
        return left + length * (year - least) / max(most - least, 1)

    def _year_at(self, x: float) -> int:
        least, most = self._bounds
        left, length = self._span()
        return least + round((x - left) / length * (most - least))

    def _nearer(self, x: float) -> int:
        first, last = (abs(x - self.x_of(year)) for year in self._range)
        if first == last:
            return 0 if x < self.x_of(self._range[0]) else 1
        return 0 if first < last else 1

    def _announce(self) -> None:
        which = ("First", "Last")[self._active]
        words = f"{which} year {self._range[self._active]}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _printed(self) -> list[int]:
        """The years that have room under the track: both ends, and round ones between."""
        least, most = self._bounds
        room = self._theme.px(_LABEL_ROOM) * (most - least) / self._span()[1]
        stride = next((stride for stride in _STRIDES if stride >= room), most - least + 1)
        inner = [
            year
            for year in range(least + 1, most)
            if year % stride == 0 and min(year - least, most - year) >= room
        ]
        return sorted({least, *inner, most})

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for some years."""
        return QSize(self._theme.px(320), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for both ends."""
        return QSize(self._theme.px(160), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, chosen part, years and handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_track(painter)
        self._paint_years(painter)
        for handle, year in enumerate(self._range):
            self._paint_handle(painter, handle, year)

    def _paint_track(self, painter: QPainter) -> None:
        theme = self._theme
        left, length = self._span()
        high = theme.px(4)
        top = theme.px(_TRACK) - high / 2
        painter.fillRect(QRectF(left, top, length, high), theme.colour("line_2"))
        if self.isEnabled():
            first, last = map(self.x_of, self._range)
            painter.fillRect(QRectF(first, top, last - first, high), theme.colour("accent"))

    def _paint_years(self, painter: QPainter) -> None:
        theme = self._theme
        top = theme.px(_TRACK + _HANDLE + 3)
        half = theme.px(_LABEL_ROOM) / 2
        for year in self._printed() if self.isEnabled() else ():
            chosen = self._range[0] <= year <= self._range[1]
            painter.setFont(theme.font("note", tabular=True))
            painter.setPen(theme.colour("ink_2" if chosen else "ink_3"))
            place = QRectF(self.x_of(year) - half, top, 2 * half, theme.line_height("note"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(year))

    def _paint_handle(self, painter: QPainter, handle: int, year: int) -> None:
        theme = self._theme
        middle = QPointF(self.x_of(year), theme.px(_TRACK))
        radius = theme.px(_HANDLE) - 1.0
        painter.setPen(QPen(theme.colour("accent" if self.isEnabled() else "control"), 2))
        painter.setBrush(theme.colour("paper"))
        painter.drawEllipse(middle, radius, radius)
        if self.hasFocus() and handle == self._active:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, radius + 4, radius + 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer handle to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x()
            self._active, self._held = self._nearer(x), True
            self._move(self._active, self._year_at(x))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle; past the other one it pushes no further."""
        if self._held:
            self._move(self._active, self._year_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the handle."""
        if self._held:
            self._held = False
            self.settled.emit(*self._range)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the handle that has the keyboard."""
        key = Qt.Key(event.key())
        year = self._range[self._active]
        if key in _MOVES:
            year += _MOVES[key]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            year = self._bounds[0 if key == Qt.Key.Key_Home else 1]
        else:
            super().keyPressEvent(event)
            return
        if self._move(self._active, year):
            self._announce()
            self.settled.emit(*self._range)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes to the other handle first."""
        other = self._active + (1 if forward else -1)
        if other in (0, 1):
            self._active = other
            self._announce()
            self.update()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the handle that Tab comes to first."""
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._active = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._active = 1
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        self.update()
        super().focusOutEvent(event)
