"""Objects that were not taken, each with its reason and the import that left it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.services.source_shelf import LeftOut
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.table import STRETCH

_COLUMNS = (
    PlainColumn("When"),
    PlainColumn("Source"),
    PlainColumn("Object"),
    PlainColumn("Why it was not taken"),
)


class LeftOutList(QWidget):
    """Quarantine, as a table; under it the whole reason of the row that is chosen."""

    def __init__(self, theme: Theme, *, most: int | None = None) -> None:
        """``most`` is how many rows are shown without scrolling; None fills the page."""
        super().__init__()
        self.table = FittedTable(theme, "Objects that were not taken")
        self._model = LazyTableModel[LeftOut](_COLUMNS, _cell, _key, self)
        self._reason = WrappedLabel(theme, "", "table", "ink_2")
        self.table.horizontalHeader().setSortIndicatorClearable(True)
        self.table.setModel(self._model)
        self.table.set_widths((122, 170, 230, STRETCH))
        self.table.set_dispensable((0, 1, 2), 260)
        if most is not None:
            self.table.fit_rows(most)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(self.table, 1)
        rows.addWidget(Divider(theme))
        rows.addWidget(self._reason)
        self.table.row_changed.connect(self._on_table_row_changed)

    def show_items(self, items: Sequence[LeftOut]) -> None:
        """Show other objects."""
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._model.set_rows(tuple(items))
        self._reason.clear()
        if items:
            self.table.select_row(0)

    def _on_table_row_changed(self, index: QModelIndex) -> None:
        one = self._model.item(index.row()) if index.isValid() else None
        self._reason.setText(f"{one.item.native_id} {one.item.reason}".strip() if one else "")


def _key(one: LeftOut) -> str:
    return f"{one.snapshot.id}/{one.item.native_id}"


def _cell(one: LeftOut, column: int) -> Cell:
    if column == 0:
        return Cell(one.snapshot.applied_at[:16].replace("T", " "))
    if column == 1:
        return Cell(one.snapshot.title)
    if column == 2:
        return Cell(one.item.native_id or "–", colour="ink_2")
    return Cell(one.item.reason)
