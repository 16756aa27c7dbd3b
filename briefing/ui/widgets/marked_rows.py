"""Dense rows with source marks: a name and who coined it, a document and its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.marked_row_painter import ROW, MarkedRow, RowPainter, RowParts
from briefing.ui.widgets.source_menu import open_source_menu
from briefing.ui.widgets.tooltip_lines import tooltip_of

COLUMN_GAP = 24
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(slots=True)
class _Look:
    """What the mouse and the keyboard stand on."""

    current: int = 0
    hovered: int = -1
    hot_mark: str = ""
    places: dict[int, RowParts] = field(default_factory=dict)


class MarkedRows(QWidget):
    """Rows in one or two columns, drawn by one widget however many there are.

    Up and down move; Enter opens the row where rows are ``links``, its sources otherwise. A mark
    leads to its source, and "+3" to a menu of all of them.
    """

    row_activated = Signal(str)
    source_activated = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        links: bool = False,
        lead_width: int = 0,
        least_column: int = 0,
        trailing_from: int = 0,
    ) -> None:
        """An empty list.

        Args:
            theme: The theme.
            name: What is listed, for screen readers.
            links: Whether rows open something.
            lead_width: Room for ``MarkedRow.lead``, in pixels at 100 %.
            least_column: Two columns from twice this width on, in pixels at 100 %; 0 for never.
            trailing_from: What trails the text is left out in narrower lists, in pixels at 100 %.
        """
        super().__init__()
        self._theme = theme
        self._name = name
        self._links = links
        self._least_column = least_column
        self._rows: tuple[MarkedRow, ...] = ()
        self._titles: Mapping[str, str] = {}
        self._look = _Look()
        self._painter = RowPainter(
            theme, links=links, lead_width=lead_width, trailing_from=trailing_from
        )
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_rows(self, rows: Sequence[MarkedRow], titles: Mapping[str, str] | None = None) -> None:
        """Show other rows; ``titles`` say what the keys of their marks stand for."""
        self._rows = tuple(rows)
        self._titles = titles or {}
        self._look = _Look()
        self.setAccessibleName(f"{self._name}: " + "; ".join(row.spoken for row in rows))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if rows else Qt.FocusPolicy.NoFocus)
        self._on_theme_changed()

    def rows(self) -> tuple[MarkedRow, ...]:
        """What is shown."""
        return self._rows

    def _on_theme_changed(self) -> None:
        self._look.places.clear()
        self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> int:
        needed = self._theme.px(2 * self._least_column + COLUMN_GAP)
        return 2 if self._least_column and width >= needed else 1

    def _lines(self, width: int) -> int:
        return -(-len(self._rows) // self._columns(width))

    def _rect(self, row: int) -> QRect:
        height, columns = self._theme.px(ROW), self._columns(self.width())
        gap = self._theme.px(COLUMN_GAP)
        width = (self.width() - gap * (columns - 1)) // columns
        column, line = divmod(row, max(self._lines(self.width()), 1))
        return QRect(column * (width + gap), line * height, width, height)

    def _parts(self, row: int) -> RowParts:
        if row not in self._look.places:
            rect = QRectF(self._rect(row))
            self._look.places[row] = self._painter.parts(self._rows[row], rect)
        return self._look.places[row]

    def _row_at(self, position: QPointF) -> int:
        point = position.toPoint()
        return next((row for row in range(len(self._rows)) if self._rect(row).contains(point)), -1)

    def _hit(self, position: QPointF) -> tuple[int, str | None]:
        """The row under a point and the mark: None where there is none, "" for "+3"."""
        row = self._row_at(position)
        if row < 0:
            return row, None
        found = (key for key, box in self._parts(row).marks if box.contains(position))
        return row, next(found, None)

    def _open_mark(self, row: int, key: str, place: QPointF) -> None:
        if key:
            self.source_activated.emit(key)
            return
        where = self.mapToGlobal(place.toPoint())
        marks = self._rows[row].marks
        open_source_menu(self, where, marks, self._titles, self.source_activated.emit)

    def _open(self, row: int) -> None:
        found = self._rows[row]
        if self._links:
            self.row_activated.emit(found.key)
        elif found.marks:
            key = found.marks[0][0] if len(found.marks) == 1 else ""
            self._open_mark(row, key, QPointF(self._rect(row).bottomLeft()))

    def _select(self, row: int) -> None:
        self._look.current = row
        self.setAccessibleDescription(self._rows[row].spoken)
        change = QAccessible.Event.DescriptionChanged
        QAccessible.updateAccessibility(QAccessibleEvent(self, change))
        self._reveal(row)
        self.update()

    def _reveal(self, row: int) -> None:
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        content = page.widget() if page is not None else None
        if page is not None and content is not None:
            place = self.mapTo(content, self._rect(row).center())
            page.ensureVisible(place.x(), place.y(), 0, self._theme.px(2 * ROW))

    def _tooltip(self, position: QPointF) -> list[str]:
        row, mark = self._hit(position)
        if row < 0:
            return []
        found, parts = self._rows[row], self._parts(row)
        if mark is not None:
            keys = [key for key, _ in found.marks] if mark == "" else [mark]
            return [self._titles.get(key, "") for key in keys]
        return list(found.tooltip) or ([found.spoken] if parts.is_cut else [])

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows."""
        return self._lines(width) * self._theme.px(ROW)

    def sizeHint(self) -> QSize:
        """One column wide enough for most rows."""
        width = self._theme.px(self._least_column or 240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Text may be cut; marks, numbers and dates have room."""
        return QSize(self._theme.px(160), self._theme.px(ROW) if self._rows else 0)

    def event(self, event: QEvent) -> bool:
        """Answer tooltip requests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            lines = self._tooltip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tooltip_of(lines), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QEvent) -> None:
        """Everything stands elsewhere."""
        self._look.places.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows that can be seen."""
        painter = QPainter(self)
        for row, found in enumerate(self._rows):
            rect = self._rect(row)
            if not event.rect().intersects(rect):
                continue
            look = self._look
            self._painter.paint(
                painter,
                found,
                self._parts(row),
                is_hovered=row == look.hovered and not look.hot_mark,
                is_ringed=self.hasFocus() and row == look.current,
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would open."""
        row, mark = self._hit(event.position())
        hot = mark is not None or (row >= 0 and self._links)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor)
        if (row, mark or "") != (self._look.hovered, self._look.hot_mark):
            self._look.hovered, self._look.hot_mark = row, mark or ""
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._look.hovered, self._look.hot_mark = -1, ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a mark or a row."""
        row, mark = self._hit(event.position())
        if row < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        self._look.current = row
        if mark is not None:
            self._open_mark(row, mark, event.position())
        elif self._links:
            self.row_activated.emit(self._rows[row].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and open."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        lines = self._lines(self.width())
        if self._columns(self.width()) > 1:
            steps |= {Qt.Key.Key_Left: -lines, Qt.Key.Key_Right: lines}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            if 0 <= self._look.current + step < len(self._rows):
                self._select(self._look.current + step)
        elif event.key() in _OPENING and self._rows:
            self._open(self._look.current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current row."""
        super().focusInEvent(event)
        by_keyboard = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if self._rows and event.reason() in by_keyboard:
            self._select(self._look.current)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self.update()
