"""A matrix of numbers that can be read, walked through and opened, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QSizePolicy, QToolTip

from briefing.analysis.matrix_shape import ALL, OTHERS, Grid
from briefing.ui.theme import Theme
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.matrix_geometry import HEAD, GridWords, MatrixGeometry, Spot
from briefing.ui.widgets.matrix_painter import MatrixPainter, code_of
from briefing.ui.widgets.matrix_text import (
    NO_REPORTS,
    matrix_as_csv,
    matrix_as_text,
    number_at,
    words_at,
)
from briefing.ui.widgets.tooltip_lines import tooltip_of

_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
_FEWEST_ROWS: Final = 4

About = Callable[[str, str], Iterable[str]]
"""Codes of row and column (``ALL`` for heads and totals) → what a tooltip says besides."""


class MatrixGrid(QAbstractScrollArea):
    """Numbers in rows and columns, shaded by class; heads and totals stay while cells scroll.

    Arrow keys walk, Home and End go to the ends of a row, with Ctrl to the corners; Enter opens.
    Row heads and totals open what they count together.
    """

    cell_opened = Signal(str, str)
    """Codes of row and column; ``ALL`` stands for all of them."""
    column_opened = Signal(str)
    """Code of a column whose head was opened."""
    ideal_height_changed = Signal()
    current_moved = Signal(QPoint)
    """The keyboard went to what has this middle in the window of the cells."""

    def __init__(self, theme: Theme) -> None:
        """An empty matrix."""
        super().__init__()
        self._theme = theme
        self._grid = Grid()
        self._words = GridWords()
        self._about: About = lambda _row, _column: ()
        self._geometry = MatrixGeometry(theme)
        self._painter = MatrixPainter(theme, self._geometry)
        self._current = Spot(0, 0)
        self._rings = False
        self._height = 0
        self._ideal_height = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleDescription(
            "Arrow keys move from cell to cell, Enter opens one, Ctrl+C copies all of them."
        )
        theme.changed.connect(self._arrange)

    @property
    def grid(self) -> Grid:
        """What is shown."""
        return self._grid

    @property
    def current(self) -> tuple[str, str]:
        """Codes of row and column that the keyboard stands on."""
        return code_of(self._grid, self._current)

    def set_grid(self, grid: Grid, words: GridWords, about: About | None = None) -> None:
        """Show a matrix; the keyboard stays where it was when that is still there.

        Args:
            grid: Numbers in their order.
            words: What the parts are called.
            about: Says more about a cell than its number, when somebody asks.
        """
        before = self.current if self._grid.rows and HEAD not in self._current else None
        self._grid, self._words = grid, words
        self._about = about or (lambda _row, _column: ())
        self._painter.set_grid(grid, words)
        self._painter.hovered = self._painter.marked = None
        self._geometry.fit(grid, words, self.viewport().size())
        found = self._spot_of(*before) if before is not None else None
        self._current = found if found is not None else Spot(0, 0)
        self._arrange()
        self._name()

    @property
    def ideal_height(self) -> int:
        """The height that shows every row."""
        return self._ideal_height

    @property
    def least_height(self) -> int:
        """The height that shows heads, totals and a few rows between them."""
        hidden = max(self._geometry.rows - _FEWEST_ROWS, 0) * self._geometry.row_height
        return self._ideal_height - round(hidden)

    def set_height(self, height: int) -> None:
        """Be so high; rows that have no room then are scrolled to."""
        if height != self._height:
            self._height = height
            self.updateGeometry()

    def mark(self, row: str, column: str) -> None:
        """Frame what is opened beside the matrix; codes that are not here frame nothing."""
        self._painter.marked = self._spot_of(row, column)
        self.viewport().update()

    def spoken(self, row: str, column: str) -> str:
        """A place in words: ``Government × China: 36 actors``."""
        return ": ".join(words_at(self._grid, self._words, row, column))

    def rect_of(self, row: str, column: str) -> QPoint:
        """The middle of a cell or a total in the window of the cells; null where it is not here."""
        spot = self._spot_of(row, column)
        return self._geometry.rect(spot).center().toPoint() if spot is not None else QPoint()

    def head_of(self, column: str) -> QPoint:
        """The middle of a column's head; null where it is not here."""
        for place, head in enumerate(self._grid.columns):
            if head.code == column:
                return self._geometry.rect(Spot(HEAD, place)).center().toPoint()
        return QPoint()

    def copy_as_text(self) -> None:
        """Put the whole matrix on the clipboard, cells apart by tabs."""
        QGuiApplication.clipboard().setText(matrix_as_text(self._grid, self._words))

    def copy_as_csv(self) -> None:
        """Put the whole matrix on the clipboard as CSV."""
        QGuiApplication.clipboard().setText(matrix_as_csv(self._grid, self._words))

    def _spot_of(self, row: str, column: str) -> Spot | None:
        rows = [head.code for head in self._grid.rows]
        columns = [head.code for head in self._grid.columns]
        if row not in (*rows, ALL) or column not in (*columns, ALL):
            return None
        spot = Spot(
            len(rows) if row == ALL else rows.index(row),
            len(columns) if column == ALL else columns.index(column),
        )
        return spot if self._geometry.exists(spot) else None

    def _tooltip(self, spot: Spot) -> str:
        row, column = code_of(self._grid, spot)
        name, number = words_at(self._grid, self._words, row, column)
        if spot.row == HEAD and column == OTHERS:
            members = self._grid.columns[spot.column].members
            return tooltip_of((", ".join(member.label for member in members), "Click shows each."))
        return tooltip_of((f"{name} · {number}", *self._about(row, column)))

    def _arrange(self) -> None:
        """Measure anew and set how far can be scrolled."""
        size = self.viewport().size()
        self._geometry.fit(self._grid, self._words, size)
        content = self._geometry.content
        steps = (self._geometry.step, self._geometry.row_height)
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        sizes = ((content.width(), size.width()), (content.height(), size.height()))
        for bar, step, (needed, room) in zip(bars, steps, sizes, strict=True):
            bar.setRange(0, max(needed - room, 0))
            bar.setSingleStep(max(round(step), 1))
            bar.setPageStep(max(room - round(2 * step), 1))
        self._scroll()
        is_wide = content.width() > size.width()
        bar_height = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        ideal = self._geometry.ideal_height + bar_height
        if ideal != self._ideal_height:
            self._ideal_height = ideal
            self.ideal_height_changed.emit()

    def _scroll(self) -> None:
        self._geometry.scroll_to(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )
        self.viewport().update()

    def _name(self) -> None:
        """Tell a screen reader where the keyboard stands."""
        if not self._grid.rows:
            self.setAccessibleName(f"{self._words.title}: {NO_REPORTS}")
            return
        if HEAD in self._current:
            said = self._painter.label(self._current)
        else:
            said = self.spoken(*self.current)
        self.setAccessibleName(f"{self._words.title}. {said}")

    def _move_to(self, spot: Spot) -> None:
        if not self._geometry.exists(spot):
            return
        self._current = spot
        self._rings = True
        self._bring_into_view(spot)
        self._show_ring()
        self._name()
        self.current_moved.emit(self._geometry.rect(spot).center().toPoint())
        below = self._geometry.rect(spot).bottomLeft().toPoint() + QPoint(self._theme.px(8), 4)
        QToolTip.showText(self.viewport().mapToGlobal(below), self._tooltip(spot), self.viewport())

    def _bring_into_view(self, spot: Spot) -> None:
        cells, rect = self._geometry.cells, self._geometry.rect(spot)
        if 0 <= spot.column < self._geometry.columns:
            bar = self.horizontalScrollBar()
            bar.setValue(
                bar.value() + round(_beyond(rect.left(), rect.right(), cells.left(), cells.right()))
            )
        if 0 <= spot.row < self._geometry.rows:
            bar = self.verticalScrollBar()
            bar.setValue(
                bar.value() + round(_beyond(rect.top(), rect.bottom(), cells.top(), cells.bottom()))
            )

    def _show_ring(self) -> None:
        has_ring = self._rings and self.hasFocus() and self._geometry.exists(self._current)
        self._painter.ringed = self._current if has_ring else None
        self.viewport().update()

    def _opens(self, spot: Spot) -> bool:
        row, column = code_of(self._grid, spot)
        return spot.row == HEAD or number_at(self._grid, self._words, row, column)[0] > 0

    def _open(self, spot: Spot) -> None:
        if not self._geometry.exists(spot) or not self._opens(spot):
            return
        row, column = code_of(self._grid, spot)
        QToolTip.hideText()
        if spot.row == HEAD:
            self.column_opened.emit(column)
        else:
            self.cell_opened.emit(row, column)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        keys = QKeySequence(QKeySequence.StandardKey.Copy)
        menu.addAction("Copy matrix", keys, self.copy_as_text)
        menu.addAction("Copy matrix as CSV", self.copy_as_csv)
        menu.setEnabled(bool(self._grid.rows))
        return menu

    def _hover(self, spot: Spot | None) -> None:
        if spot == self._painter.hovered:
            return
        self._painter.hovered = spot
        opens = spot is not None and self._opens(spot)
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if opens else arrow)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Move the cells under heads and totals."""
        self._scroll()

    def sizeHint(self) -> QSize:
        """As high as it was told to be, in a usual width."""
        return QSize(self._theme.px(640), self._height or self._ideal_height)

    def minimumSizeHint(self) -> QSize:
        """The same height in any width."""
        return QSize(self._theme.px(240), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what can be seen."""
        if self._grid.rows and self._grid.columns:
            self._painter.paint(QPainter(self.viewport()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Answer tooltip requests, and let go of what was pointed at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._geometry.spot_at(QPointF(event.pos()))
            text = self._tooltip(spot) if spot is not None else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame what a click would open, and say at once what it is."""
        spot = self._geometry.spot_at(event.position())
        if spot != self._painter.hovered:
            text = self._tooltip(spot) if spot is not None else ""
            QToolTip.showText(event.globalPosition().toPoint(), text, self.viewport())
        self._hover(spot)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard to what is pressed; a click needs no ring."""
        spot = self._geometry.spot_at(event.position())
        if spot is not None:
            self._current, self._rings = spot, False
            self._show_ring()
            self._name()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        spot = self._geometry.spot_at(event.position())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and spot is not None and spot == self._current:
            self._open(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, copy."""
        key = event.key()
        row, column = self._current
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_as_text()
        elif key in _STEPS:
            down, along = _STEPS[Qt.Key(key)]
            self._move_to(Spot(row + down, column + along))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._move_to(self._end(Qt.Key(key), far))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            page = max(int(self._geometry.cells.height() // self._geometry.row_height) - 1, 1)
            wanted = row + (page if key == Qt.Key.Key_PageDown else -page)
            self._move_to(Spot(min(max(wanted, 0), self._geometry.rows), column))
        elif key in _OPENING:
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def _end(self, key: Qt.Key, far: bool) -> Spot:
        """Where Home or End leads: along the row, or ``far`` to the first or the last cell."""
        geometry = self._geometry
        if key == Qt.Key.Key_Home:
            return Spot(0 if far else max(self._current.row, 0), 0)
        return Spot(geometry.rows - 1 if far else max(self._current.row, 0), geometry.columns - 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the current cell when the keyboard brought the focus here."""
        super().focusInEvent(event)
        self._rings = event.reason() in _BY_KEYBOARD
        self._show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._show_ring()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, also with the menu key."""
        menu = self._menu()
        menu.exec(event.globalPos())
        menu.deleteLater()


def _beyond(start: float, end: float, first: float, last: float) -> float:
    """How far to scroll until a stretch lies within bounds; its start goes before its end."""
    if start < first:
        return start - first
    return max(min(end - last, start - first), 0.0)
