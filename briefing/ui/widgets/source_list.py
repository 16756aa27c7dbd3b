"""The sources of a page, numbered, with their grades: where every source mark leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from briefing.core.grading import Grade
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.badges import GRADE_HEIGHT, grade_width, paint_grade
from briefing.ui.widgets.cells import KEY_ROLE, Index
from briefing.ui.widgets.frames import EDGE_WIDTH
from briefing.ui.widgets.tooltip_lines import tooltip_of

_ROW = 40
_PADDING = 8
_NUMBER = 34
_ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class SourceItem:
    """One source.

    Attributes:
        key: What marks refer to.
        number: As printed in marks.
        grade: Admiralty grade.
        title: What it is called.
        address: Where it can be read, or "".
        note: Date, statements, publisher: the second line.
        warning: What follows the note in ochre, such as what the source rests on.
    """

    key: str
    number: int
    grade: Grade
    title: str
    address: str = ""
    note: str = ""
    warning: str = ""


class _SourceDelegate(QStyledItemDelegate):
    """Grade, number, title; under the title the note."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme = theme
        self.ringed_row = -1

    def title_rect(self, rect: QRect, item: SourceItem) -> QRectF:
        """Where the words of the title stand, which open the address."""
        left = rect.left() + self._title_left()
        width = self._theme.metrics("table").horizontalAdvance(item.title)
        room = rect.right() - self._theme.px(_PADDING) - left
        line = self._theme.line_height("table")
        return QRectF(left, rect.top() + self._theme.px(4), min(width, room), line)

    def _title_left(self) -> float:
        return self._theme.px(2 * _PADDING + _NUMBER) + grade_width(self._theme)

    def _text(
        self, painter: QPainter, place: QPointF, text: str, room: float, role: Role, colour: Colour
    ) -> float:
        """Draw a line of text from its top left; returns its width."""
        metrics = self._theme.metrics(role)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
        base = (self._theme.line_height(role) - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        painter.drawText(place + QPointF(0, base), shown)
        return metrics.horizontalAdvance(shown)

    def _paint_ground(self, painter: QPainter, rect: QRectF, is_marked: bool, row: int) -> None:
        theme = self._theme
        if is_marked:
            painter.fillRect(rect, theme.colour("tint"))
            edge = QRectF(rect.left(), rect.top(), EDGE_WIDTH, rect.height())
            painter.fillRect(edge, theme.colour("accent"))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        if row == self.ringed_row:
            painter.setPen(theme.colour("focus"))
            for inset in (0.5, 1.5):
                painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one source."""
        theme, item = self._theme, index.data(_ITEM_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        is_marked = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, rect, is_marked, index.row())
        title = self.title_rect(option.rect, item)
        height = theme.px(GRADE_HEIGHT)
        top = round(title.center().y() - height / 2)
        left = rect.left() + theme.px(_PADDING)
        paint_grade(painter, QRectF(left, top, grade_width(theme), height), theme, item.grade)
        place = QPointF(left + grade_width(theme) + theme.px(_PADDING), title.top())
        self._text(painter, place, f"[{item.number}]", theme.px(_NUMBER), "table", "ink_3")
        room = rect.right() - theme.px(_PADDING) - title.left()
        colour: Colour = "accent" if item.address else "ink"
        self._text(painter, title.topLeft(), item.title, room, "key", colour)
        second = QPointF(title.left(), title.bottom())
        used = self._text(painter, second, item.note, room, "note", "ink_3")
        if item.warning:
            second += QPointF(used, 0)
            self._text(painter, second, f" · {item.warning}", room - used, "note", "claim")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every source takes two lines."""
        return QSize(self._theme.px(200), self._theme.px(_ROW))


class SourceList(QListView):
    """As high as its rows. Enter, or a click on a title, asks for the address of a source.

    The marked row is the one that ``mark`` was last asked for; Escape lets it go.
    """

    address_requested = Signal(str)
    left = Signal()
    """Escape was pressed: whoever came by a mark wants to go back to it."""

    def __init__(self, theme: Theme, name: str) -> None:
        """An empty list; ``name`` is for screen readers."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._items = QStandardItemModel(self)
        self._delegate = _SourceDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(self._items)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def set_sources(self, sources: Sequence[SourceItem]) -> None:
        """Show other sources."""
        self._items.clear()
        for source in sources:
            row = QStandardItem(source.title)
            row.setEditable(False)
            row.setData(source.key, KEY_ROLE)
            row.setData(source, _ITEM_ROLE)
            row.setData(_spoken(source), Qt.ItemDataRole.AccessibleTextRole)
            parts = (source.title, source.address, source.grade.words, source.warning)
            row.setToolTip(tooltip_of(parts))
            self._items.appendRow(row)
        self.updateGeometry()

    def mark(self, key: str) -> QRect:
        """Mark a source and give it the keyboard; returns where it stands in the list."""
        start = self._items.index(0, 0)
        for index in self._items.match(start, KEY_ROLE, key, 1, Qt.MatchFlag.MatchExactly):
            self.setCurrentIndex(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_ring(True)
            return self.visualRect(index)
        return QRect()

    def marked(self) -> str:
        """The key of the marked source, or ""."""
        index = self.currentIndex()
        return str(index.data(KEY_ROLE)) if index.isValid() else ""

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (address := index.data(_ITEM_ROLE).address):
            self.address_requested.emit(address)

    def _is_on_title(self, position: QPointF) -> bool:
        index = self.indexAt(position.toPoint())
        if not index.isValid() or not index.data(_ITEM_ROLE).address:
            return False
        title = self._delegate.title_rect(self.visualRect(index), index.data(_ITEM_ROLE))
        return title.contains(position)

    def _show_ring(self, on: bool) -> None:
        self._delegate.ringed_row = self.currentIndex().row() if on and self.hasFocus() else -1
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(self._theme.px(320), self._items.rowCount() * self._theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never less than all rows."""
        return QSize(self._theme.px(160), self.sizeHint().height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        on_title = self._is_on_title(event.position())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(hand if on_title else arrow)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click needs no ring."""
        super().mousePressEvent(event)
        self._show_ring(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the address of a title that was clicked."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_title(event.position()):
            self._open(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Escape goes back, arrow keys move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            self.left.emit()
        else:
            super().keyPressEvent(event)
            self._show_ring(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the first row when the keyboard comes here and none is marked."""
        super().focusInEvent(event)
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_tab:
            if not self.currentIndex().isValid() and self._items.rowCount():
                self.setCurrentIndex(self._items.index(0, 0))
            self._show_ring(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus; the mark stays."""
        super().focusOutEvent(event)
        self._show_ring(False)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.viewport().update()


def _spoken(source: SourceItem) -> str:
    parts = (f"Source {source.number}", source.title, source.note, source.warning)
    return ", ".join(part for part in (*parts, f"grade {source.grade.code}") if part)
