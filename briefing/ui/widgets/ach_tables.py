"""The two tables of the matrix of competing hypotheses: arrow keys walk, letters mark."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView

from briefing.core.case_words import Mark
from briefing.ui.models.ach_table import AchTableModel
from briefing.ui.theme import Theme
from briefing.ui.widgets.ach_delegate import AchDelegate
from briefing.ui.widgets.ach_heads import EvidenceHead, HypothesisHead
from briefing.ui.widgets.ach_words import CLEARING, pressed
from briefing.ui.widgets.cells import Index

_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class AchFigures(QTableView):
    """A table whose columns are as wide as it is told; arrow keys walk through single cells."""

    copy_asked = Signal()

    def __init__(self, theme: Theme, name: str, model: QAbstractItemModel, *, lined: bool) -> None:
        """``name`` is for screen readers; ``lined`` draws a line under every figure."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.columns = HypothesisHead(theme, self)
        self.rows = EvidenceHead(theme, self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.rows)
        self.setModel(model)
        self.setItemDelegate(AchDelegate(theme, self, lined=lined))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_sizes(self, widths: list[int], row_height: int) -> None:
        """Give every column its width and all rows one height."""
        for column, width in enumerate(widths):
            self.columns.resizeSection(column, width)
        self.rows.setDefaultSectionSize(row_height)
        self.columns.updateGeometry()
        self.updateGeometries()

    def _mark_heads(self) -> None:
        index = self.currentIndex()
        has_keyboard = self.hasFocus() and index.isValid()
        self.columns.show_current(index.column() if has_keyboard else -1)
        self.rows.show_current(index.row() if has_keyboard else -1)
        self.viewport().update()

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Mark the heads of the cell that has the keyboard."""
        super().currentChanged(current, previous)
        self._mark_heads()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; letters search nothing here."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first cell where there was none before."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self._mark_heads()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self._mark_heads()


class AchCells(AchFigures):
    """The cells: keys set marks, Enter asks for the reason, Space for the evidence."""

    marked = Signal(QModelIndex, object)
    """A cell and its new mark; None takes it away."""
    rationale_asked = Signal(QModelIndex)
    evidence_asked = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)
    """A cell, and where on the screen its menu belongs."""
    current_moved = Signal(QModelIndex)

    def __init__(self, theme: Theme, model: AchTableModel) -> None:
        """``model`` holds the marks."""
        self._cells = model
        self._pressed = QModelIndex()
        super().__init__(theme, "Competing hypotheses", model, lined=True)
        self.setAccessibleDescription(
            "Arrow keys move from cell to cell. C, I and N mark it consistent, inconsistent or"
            " neutral; C or I twice for strong; A where it does not apply; Delete clears it."
            " Enter opens the reason, Space shows the evidence."
        )

    def place_of_menu(self, index: Index) -> QPoint:
        """Under a cell, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())

    def _press(self, index: QModelIndex, event: QKeyEvent) -> bool:
        """Whether a key did something to a cell."""
        if not index.isValid() or event.modifiers() & _COMMANDS:
            return False
        key, is_cell = event.key(), self._cells.is_cell(index)
        if key == Qt.Key.Key_Space:
            self.evidence_asked.emit(index)
            return True
        if key in _OPENING and is_cell:
            self.rationale_asked.emit(index)
            return True
        if not is_cell or event.isAutoRepeat():
            return False
        mark = pressed(key, self._cells.mark_at(index))
        if mark is None and key not in CLEARING:
            return False
        self.set_mark(index, mark)
        return True

    def set_mark(self, index: QModelIndex, mark: Mark | None) -> None:
        """Set a mark where it is another than before."""
        if mark is not self._cells.mark_at(index):
            self._cells.preview_mark(index, mark)
            self.marked.emit(index, mark)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell which cell is current now."""
        super().currentChanged(current, previous)
        self.current_moved.emit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set marks, open what is behind a cell, walk."""
        if not self._press(self.currentIndex(), event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed: a menu opens where the button is let go of the same cell."""
        super().mousePressEvent(event)
        is_left = event.button() == Qt.MouseButton.LeftButton
        place = event.position().toPoint()
        self._pressed = self.indexAt(place) if is_left else QModelIndex()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer the marks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self._pressed and self._cells.is_cell(index):
            self.menu_asked.emit(index, self.place_of_menu(index))
        self._pressed = QModelIndex()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same menu with the right button or the menu key."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid() and self._cells.is_cell(index):
            self.setCurrentIndex(index)
            self.menu_asked.emit(index, self.place_of_menu(index))
