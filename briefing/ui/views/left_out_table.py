"""Objects that were not taken, each with its reason and the import that left it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from briefing.services.source_shelf import LeftOut
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.widgets.table import STRETCH

_COLUMNS = (
    PlainColumn("When"),
    PlainColumn("Source"),
    PlainColumn("Object"),
    PlainColumn("Why it was not taken"),
)


class LeftOutTable(FittedTable):
    """Quarantine, as a table."""

    def __init__(self, theme: Theme, *, most: int | None = None) -> None:
        """``most`` is how many rows are shown without scrolling; None fills the page."""
        super().__init__(theme, "Objects that were not taken")
        self._model = LazyTableModel[LeftOut](_COLUMNS, _cell, _key, self)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setModel(self._model)
        self.set_widths((122, 170, 230, STRETCH))
        self.set_dispensable((0, 1, 2), 220)
        if most is not None:
            self.fit_rows(most)

    def show_items(self, items: Sequence[LeftOut]) -> None:
        """Show other objects."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._model.set_rows(tuple(items))


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
