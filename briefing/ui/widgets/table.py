"""The table of every list screen: quiet lines, whole rows, copied as text or CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QTableView,
)

from briefing.ui.theme import Theme
from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.row_delegate import RowDelegate
from briefing.ui.widgets.table_head import TableHead
from briefing.ui.widgets.table_text import rows_as_csv, rows_as_text

RowKind = Literal["normal", "dense", "two_lines"]
ROW_HEIGHTS: dict[RowKind, int] = {"normal": 28, "dense": 24, "two_lines": 48}
STRETCH = 0
"""As a column's width: it takes what is left."""

_MENU_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class Table(QTableView):
    """A table of whole rows.

    ``row_changed`` follows the current row, also by keyboard; ``row_activated`` is Enter or a
    double click. The context menu copies and sorts.
    """

    row_changed = Signal(QModelIndex)
    row_activated = Signal(QModelIndex)

    def __init__(self, theme: Theme, name: str, rows: RowKind = "normal") -> None:
        """``name`` is for screen readers."""
        super().__init__()
        self._theme = theme
        self._row_height = ROW_HEIGHTS[rows]
        self._factor = theme.factor
        self._most_rows: int | None = None
        self._by_keyboard = False
        self.setAccessibleName(name)
        self._head = TableHead(theme, self)
        self.setHorizontalHeader(self._head)
        self._delegate = RowDelegate(theme, self, self._row_height)
        self.setItemDelegate(self._delegate)
        self._behave()
        self.doubleClicked.connect(self.row_activated)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _behave(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def set_delegate(self, delegate: RowDelegate) -> None:
        """Use a delegate of one's own for all columns."""
        self._delegate = delegate
        self.setItemDelegate(delegate)

    def set_widths(self, widths: Sequence[int]) -> None:
        """Widths of the columns in pixels at 100 %; ``STRETCH`` for those that share the rest."""
        for column, width in enumerate(widths):
            if width == STRETCH:
                self._head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                self._head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self._head.resizeSection(column, self._theme.px(width))

    def widths(self) -> list[int]:
        """The present widths, to be remembered and given to ``set_widths`` again."""
        stretch = QHeaderView.ResizeMode.Stretch
        return [
            STRETCH
            if self._head.sectionResizeMode(column) == stretch
            else max(round(self._head.sectionSize(column) / self._theme.factor), 1)
            for column in range(self._head.count())
        ]

    def fit_rows(self, most: int) -> None:
        """Be as high as the rows, up to ``most`` of them, instead of filling a panel."""
        self._most_rows = most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustToContents)
        self.updateGeometry()

    def select_row(self, row: int) -> None:
        """Make a row the current and only selected one, and bring it into view."""
        self.selectRow(row)
        self.scrollTo(self.model().index(row, 0))

    def selected_rows(self) -> list[int]:
        """The selected rows from top to bottom."""
        selection = self.selectionModel()
        return sorted(index.row() for index in selection.selectedRows()) if selection else []

    def copy_as_text(self) -> None:
        """Put the selected rows on the clipboard, cells apart by tabs."""
        text = rows_as_text(self.model(), self.selected_rows(), self._shown_columns())
        QGuiApplication.clipboard().setText(text)

    def copy_as_csv(self) -> None:
        """Put heads and selected rows on the clipboard as CSV; all rows when none is selected."""
        rows = self.selected_rows() or list(range(self.model().rowCount()))
        QGuiApplication.clipboard().setText(rows_as_csv(self.model(), rows, self._shown_columns()))

    def _shown_columns(self) -> list[int]:
        order = (self._head.logicalIndex(place) for place in range(self._head.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        some = bool(self.selected_rows())
        copy = menu.addAction(
            "Copy rows", QKeySequence(QKeySequence.StandardKey.Copy), self.copy_as_text
        )
        copy.setEnabled(some)
        menu.addAction("Copy rows as CSV" if some else "Copy all as CSV", self.copy_as_csv)
        if self.isSortingEnabled():
            sort = menu.addMenu("Sort by")
            for column in self._shown_columns():
                title = self.model().headerData(column, Qt.Orientation.Horizontal)
                action = sort.addAction(str(title or "").replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(column == self._head.sortIndicatorSection())
                action.setData(column)
            sort.triggered.connect(lambda action: self._sort_by(int(action.data())))
        return menu

    def _sort_by(self, column: int) -> None:
        again = column == self._head.sortIndicatorSection()
        up = self._head.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        descending = again and up
        self.sortByColumn(
            column,
            Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder,
        )

    def _on_theme_changed(self) -> None:
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self._theme.px(self._row_height))
        ratio = self._theme.factor / self._factor
        if ratio != 1.0:
            for column in range(self._head.count()):
                if self._head.sectionResizeMode(column) == QHeaderView.ResizeMode.Interactive:
                    self._head.resizeSection(column, round(self._head.sectionSize(column) * ratio))
        self._factor = self._theme.factor
        self.updateGeometry()
        self.viewport().update()

    def _show_ring(self, by_keyboard: bool) -> None:
        self._by_keyboard = by_keyboard
        ringed = by_keyboard and self.hasFocus()
        self._delegate.ringed_row = self.currentIndex().row() if ringed else -1
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Show a model; a fitted table follows the number of its rows."""
        super().setModel(model)
        if model is not None:
            for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
                signal.connect(self.updateGeometry)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell which row is current now."""
        super().currentChanged(current, previous)
        self._show_ring(self._by_keyboard)
        if current.row() != previous.row():
            self.row_changed.emit(self.currentIndex())

    def sizeHint(self) -> QSize:
        """A fitted table asks for its rows, any other for a panel."""
        if self._most_rows is None or self.model() is None:
            return QSize(self._theme.px(320), self._theme.px(240))
        rows = min(self.model().rowCount(), self._most_rows)
        head = 0 if self._head.isHidden() else self._head.sizeHint().height()
        return QSize(self._theme.px(320), head + rows * self._theme.px(self._row_height))

    def minimumSizeHint(self) -> QSize:
        """A head and a row."""
        if self._most_rows is not None:
            return QSize(self._theme.px(120), self.sizeHint().height())
        return QSize(self._theme.px(120), self._theme.px(28 + self._row_height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, activate, move."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_as_text()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.row_activated.emit(self.currentIndex())
        else:
            self._by_keyboard = True
            super().keyPressEvent(event)
            self._show_ring(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click needs no ring."""
        self._show_ring(False)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the whole row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current row when the keyboard brought the focus here."""
        super().focusInEvent(event)
        if event.reason() in _MENU_KEYS and not self.currentIndex().isValid() and self.model():
            self.setCurrentIndex(self.model().index(0, 0))
        self._show_ring(event.reason() in _MENU_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._show_ring(self._by_keyboard)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy and sort, also with the menu key."""
        menu = self._menu()
        menu.exec(event.globalPos())
        menu.deleteLater()
