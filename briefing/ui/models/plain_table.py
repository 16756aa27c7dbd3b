"""A table of ready-made cells, for what is read once and then only sorted and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from briefing.ui.tokens import Colour
from briefing.ui.widgets.cells import COLOUR_ROLE, KEY_ROLE, STRONG_ROLE, Index
from briefing.ui.widgets.tooltips import plain_tooltip

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """One column; in a numeric one the largest comes first when it is sorted by."""

    title: str
    tooltip: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class PlainCell:
    """One cell.

    Attributes:
        text: What it says.
        number: What it is sorted by instead of the text, in a numeric column or for a mark.
        spoken: What a screen reader says instead of a mark.
    """

    text: str
    number: int | None = None
    spoken: str = ""
    strong: bool = False
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row; ``key`` is what it opens."""

    key: str
    cells: tuple[PlainCell, ...]


class PlainTableModel(QAbstractTableModel):
    """Rows in the order given, or sorted by a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty; see ``set_table``."""
        super().__init__(parent)
        self._columns: tuple[PlainColumn, ...] = ()
        self._given: tuple[PlainRow, ...] = ()
        self._rows: list[PlainRow] = []

    def set_table(self, columns: Sequence[PlainColumn], rows: Sequence[PlainRow]) -> None:
        """Show another table, unsorted."""
        self.beginResetModel()
        self._columns, self._given = tuple(columns), tuple(rows)
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a cell says, and what its row opens."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        cell = row.cells[index.column()]
        if role == _Role.DisplayRole:
            return cell.text
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column.numeric else None
        if role == _Role.ToolTipRole:
            return plain_tooltip(cell.spoken or cell.text)
        if role == _Role.AccessibleTextRole:
            return cell.spoken or cell.text
        return {KEY_ROLE: row.key, COLOUR_ROLE: cell.colour, STRONG_ROLE: cell.strong}.get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Title, explanation, side and first order of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == _Role.DisplayRole:
            return column.title
        if role == _Role.ToolTipRole:
            return plain_tooltip(column.tooltip)
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column.numeric else None
        if role == _Role.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.numeric else Qt.SortOrder.AscendingOrder
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order given."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._rows[index.row()] for index in before]
        self._rows = list(self._given)
        if 0 <= column < len(self._columns):
            down = order == Qt.SortOrder.DescendingOrder
            self._rows.sort(key=lambda row: _order(row.cells[column]), reverse=down)
        places = {id(row): number for number, row in enumerate(self._rows)} if before else {}
        after = [
            self.index(places[id(row)], index.column())
            for row, index in zip(kept, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _order(cell: PlainCell) -> tuple[int, str]:
    return (0, cell.text.casefold()) if cell.number is None else (cell.number, "")
