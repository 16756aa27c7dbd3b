"""The list behind a filter: a field to search it, a check at the current choice, counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from briefing.ui.icons import paint_icon
from briefing.ui.theme import Theme

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Option: TypeAlias = tuple[str, str, int | None]
"""Code, label, and how many it would leave; None where nobody counted."""

CODE_ROLE = int(Qt.ItemDataRole.UserRole)
COUNT_ROLE = CODE_ROLE + 1
_SEARCH_FROM = 9
_ROWS_SHOWN = 12
_ROW = 28
_LEAST_WIDTH = 200
_MOST_WIDTH = 360


class _SearchField(QLineEdit):
    """Typing narrows the list; the arrow keys move in it."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS_SHOWN,
            Qt.Key.Key_PageUp: -_ROWS_SHOWN,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)


class _OptionDelegate(QStyledItemDelegate):
    """A row: check, label, count."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.current = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self._theme.metrics("table")
        count = index.data(COUNT_ROLE)
        text = str(index.data()) + ("" if count is None else f"{count:,}")
        width = metrics.horizontalAdvance(text) + self._theme.px(28 + 24 + 12)
        return QSize(round(width), self._theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._theme
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("mist_2"))
        chosen = index.data(CODE_ROLE) == self.current
        if chosen:
            side = theme.px(12)
            top = rect.top() + (rect.height() - side) / 2
            paint_icon(
                painter,
                QRectF(rect.left() + theme.px(8), top, side, side),
                theme,
                "check",
                "accent",
            )
        inner = rect.adjusted(theme.px(28), 0, -theme.px(12), 0)
        inner = self._paint_count(painter, inner, index)
        painter.setFont(theme.font("table_strong" if chosen else "table"))
        painter.setPen(theme.colour("accent" if chosen else "ink"))
        text = theme.metrics("table_strong" if chosen else "table").elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _paint_count(self, painter: QPainter, rect: QRectF, index: Index) -> QRectF:
        count = index.data(COUNT_ROLE)
        if count is None:
            return rect
        text = f"{count:,}"
        painter.setFont(self._theme.font("table", tabular=True))
        painter.setPen(self._theme.colour("ink_3"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect, int(flags), text)
        width = self._theme.metrics("table", tabular=True).horizontalAdvance(text)
        return rect.adjusted(0, 0, -width - self._theme.px(12), 0)


class FilterPopup(QFrame):
    """Choose with Enter or a click, leave with Escape."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        """``name`` is the filter's label, for screen readers."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self.setProperty("look", "popup")
        self._model = QStandardItemModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._model)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._search = _SearchField()
        self._search.setPlaceholderText("Search")
        self._search.setAccessibleName(f"Search {name}")
        self._list = QListView()
        self._list.setAccessibleName(name)
        self._list.setModel(self._proxy)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _OptionDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._search)
        self._box.addWidget(self._list)
        self._search.textChanged.connect(self._on_search_text_changed)
        self._search.moved.connect(self._on_search_moved)
        self._search.returnPressed.connect(self._choose_current)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)

    def set_options(self, options: Sequence[Option]) -> None:
        """Fill the list."""
        self._model.clear()
        for code, label, count in options:
            item = QStandardItem(label)
            item.setEditable(False)
            item.setData(code, CODE_ROLE)
            item.setData(count, COUNT_ROLE)
            spoken = label if count is None else f"{label}, {count:,}"
            item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)

    def open_at(self, position: QPoint, width: int, current: str) -> None:
        """Show it at a global position, with the current choice checked and in view."""
        self._delegate.current = current
        self._search.clear()
        searchable = self._model.rowCount() >= _SEARCH_FROM
        self._search.setVisible(searchable)
        px = self._theme.px
        self._box.setContentsMargins(px(4), px(4), px(4), px(4))
        self._box.setSpacing(px(4))
        widest = self._list.sizeHintForColumn(0) + px(20)
        rows = min(self._model.rowCount(), _ROWS_SHOWN)
        self._list.setFixedHeight(rows * px(_ROW))
        self.setFixedWidth(min(max(width, widest, px(_LEAST_WIDTH)), px(_MOST_WIDTH)))
        self.adjustSize()
        self.move(self._inside_screen(position))
        self._select(self._row_of(current))
        self.show()
        (self._search if searchable else self._list).setFocus(Qt.FocusReason.PopupFocusReason)

    def _inside_screen(self, position: QPoint) -> QPoint:
        area = self.screen().availableGeometry()
        left = max(area.left(), min(position.x(), area.right() - self.width()))
        top = max(area.top(), min(position.y(), area.bottom() - self.height()))
        return QPoint(left, top)

    def _row_of(self, code: str) -> int:
        rows = range(self._proxy.rowCount())
        return next((row for row in rows if self._proxy.index(row, 0).data(CODE_ROLE) == code), 0)

    def _select(self, row: int) -> None:
        index = self._proxy.index(row, 0)
        self._list.setCurrentIndex(index)
        if index.isValid():
            self._list.scrollTo(index)

    def _choose_current(self) -> None:
        self._choose(self._list.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        # Enter in the search field comes twice: as its signal, and as a key of the frame.
        if index.isValid() and self.isVisible():
            self.hide()
            self.chosen.emit(str(index.data(CODE_ROLE)))

    def _on_search_text_changed(self, text: str) -> None:
        self._proxy.setFilterFixedString(text)
        self._select(0)

    def _on_search_moved(self, step: int) -> None:
        last = self._proxy.rowCount() - 1
        self._select(max(0, min(self._list.currentIndex().row() + step, last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list chooses on every platform, also where Qt asks for a double click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose_current()
            return
        super().keyPressEvent(event)
