"""Imports so far: what each changed, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.history import SnapshotRow
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.views.import_words import undo_words, version_words
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH

_NOTE = "each import is one snapshot; undo restores what stood before it"
_COLUMNS = (
    PlainColumn("When"),
    PlainColumn("Source"),
    PlainColumn("Version", "What was held before it, and what since"),
    PlainColumn("Added", numeric=True),
    PlainColumn("Removed", numeric=True),
    PlainColumn("Changed", numeric=True),
    PlainColumn("Not taken", "Objects that were left out, with reasons", numeric=True),
    PlainColumn("Undo"),
)
_NUMBERS = (("added", "+"), ("removed", "−"), ("changed", ""), ("quarantined", ""))
_FIRST_NUMBER = 3
_UNDO = 7
_WIDTHS = {0: 122, 1: 200, 2: 166, 3: 66, 4: 70, 5: 70, 6: 74, 7: 152}
_DISPENSABLE = (6, 2, 5, 4, 0)
"""What goes first where there is little room."""
_OF_ONE = (0, 2, 3, 4, 5, 6, 7)


class ImportHistory(QWidget):
    """A table of imports; a click on Undo, or Enter, asks for one to be taken back."""

    undo_asked = Signal(int)
    """Number of a snapshot that can be undone."""
    all_asked = Signal()
    """The link in the heading was followed."""

    def __init__(
        self, theme: Theme, *, most: int | None = None, link: str = "", of_one: bool = False
    ) -> None:
        """Empty; see ``show_rows``.

        Args:
            theme: Looks.
            most: Rows that are shown without scrolling; None fills the page.
            link: Words of a link to all imports.
            of_one: Whether all are imports of one source, which need not be named then.
        """
        super().__init__()
        self._theme = theme
        self.head = SectionHeader(theme, "History", _NOTE, link)
        self.table = FittedTable(theme, "Imports")
        self._shown = _OF_ONE if of_one else tuple(range(len(_COLUMNS)))
        self.model = LazyTableModel[SnapshotRow](
            [_COLUMNS[column] for column in self._shown],
            lambda row, place: _cell(row, self._shown[place]),
            lambda row: str(row.id),
            self,
        )
        self.table.setModel(self.model)
        widths = {**_WIDTHS, 2 if of_one else 1: STRETCH}
        self.table.set_widths([widths[column] for column in self._shown])
        dispensable = [self._shown.index(one) for one in _DISPENSABLE if one in self._shown]
        if of_one:
            dispensable.remove(self._shown.index(2))
        self.table.set_dispensable(dispensable, 150)
        self.table.horizontalHeader().setSortIndicatorClearable(True)
        if most is not None:
            self.table.fit_rows(most)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.head)
        rows.addWidget(self.table)
        self.head.link_activated.connect(self.all_asked)
        self.table.clicked.connect(self._on_table_clicked)
        self.table.row_activated.connect(self._on_table_row_activated)

    def show_rows(self, rows: Sequence[SnapshotRow]) -> None:
        """Show imports, the newest first."""
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.set_rows(tuple(rows))
        self.head.set_note(_NOTE if rows else "nothing has been taken in yet")
        self.table.setVisible(bool(rows))

    def _ask(self, index: QModelIndex) -> None:
        row = self.model.item(index.row())
        if not undo_words(row):
            self.undo_asked.emit(row.id)

    def _on_table_clicked(self, index: QModelIndex) -> None:
        if self._shown[index.column()] == _UNDO:
            self._ask(index)

    def _on_table_row_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self._ask(index)


def _cell(row: SnapshotRow, column: int) -> Cell:
    if column == 0:
        # What is bundled was taken on a day; the program knows no hour of it.
        return Cell(row.applied_at[:16].replace("T", " ") if row.file else row.applied_at[:10])
    if column == 1:
        return Cell(row.title, strong=True)
    if column == 2:
        return Cell(version_words(row) or "–", colour="ink_2")
    if column == _UNDO:
        why = undo_words(row)
        if why:
            return Cell(why, 0, colour="ink_3")
        return Cell("Undo", 1, f"Undo this import: {row.title}", colour="accent", icon="undo")
    name, sign = _NUMBERS[column - _FIRST_NUMBER]
    number = getattr(row, name)
    if not number:
        return Cell("·", 0, "none", colour="ink_3")
    return Cell(f"{sign}{number:,}", number)
