"""A table whose every row is a link."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent

from briefing.ui.theme import Theme
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.table import RowKind


class LinkTable(FittedTable):
    """A click or Enter opens a row. Ctrl and Shift select rows to copy, as in any table."""

    opened = Signal(str)
    """The KEY_ROLE of the row."""

    def __init__(self, theme: Theme, name: str, rows: RowKind = "normal") -> None:
        """``name`` is for screen readers."""
        super().__init__(theme, name, rows)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_plain = True
        # The first click has opened something else by then, which may stand in this very table.
        self.doubleClicked.disconnect(self.row_activated)
        self.clicked.connect(self._on_clicked)
        self.row_activated.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        if key := index.data(KEY_ROLE):
            self.opened.emit(str(key))

    def _on_clicked(self, index: QModelIndex) -> None:
        if self._is_plain:
            self._open(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note whether rows are being selected."""
        self._is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        super().mousePressEvent(event)
