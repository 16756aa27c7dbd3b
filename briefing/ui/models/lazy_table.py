"""A table whose cells are made when somebody looks at them: ten thousand rows cost nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from briefing.ui.icons import IconName
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.tokens import Colour
from briefing.ui.widgets.cells import COLOUR_ROLE, ICON_ROLE, KEY_ROLE, STRONG_ROLE, Index
from briefing.ui.widgets.tooltips import plain_tooltip

T = TypeVar("T")

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_KEPT = 2_000
"""Cells kept in memory: a few windows full of rows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: What it says.
        number: What it is sorted by instead of the text.
        spoken: What a screen reader and the tooltip say instead of the text.
        icon: Stands before the text, in its colour.
    """

    text: str
    number: int | None = None
    spoken: str = ""
    strong: bool = False
    colour: Colour | None = None
    icon: IconName | None = None


class LazyTableModel(QAbstractTableModel, Generic[T]):
    """Rows of any kind, in the order given or sorted by a column."""

    def __init__(
        self,
        columns: Sequence[PlainColumn],
        cell: Callable[[T, int], Cell],
        key: Callable[[T], str],
        parent: QObject | None = None,
    ) -> None:
        """Empty; see ``set_rows``.

        Args:
            columns: Heads.
            cell: Makes a cell of a row and the number of a column.
            key: What a row opens.
            parent: Owner.
        """
        super().__init__(parent)
        self._columns = tuple(columns)
        self._cell = cell
        self._key = key
        self._given: Sequence[T] = ()
        self._rows: Sequence[T] = ()
        self._made: dict[tuple[int, int], Cell] = {}

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows, unsorted."""
        self.beginResetModel()
        self._given = self._rows = rows
        self._made.clear()
        self.endResetModel()

    def item(self, row: int) -> T:
        """What a row was made of."""
        return self._rows[row]

    def _at(self, index: Index) -> Cell:
        place = (index.row(), index.column())
        if place not in self._made:
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[place] = self._cell(self._rows[place[0]], place[1])
        return self._made[place]

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
        if role == KEY_ROLE:
            return self._key(self._rows[index.row()])
        if role == _Role.TextAlignmentRole:
            return _RIGHT if self._columns[index.column()].numeric else None
        cell = self._at(index)
        if role == _Role.DisplayRole:
            return cell.text
        if role == _Role.ToolTipRole:
            return plain_tooltip(cell.spoken or cell.text)
        if role == _Role.AccessibleTextRole:
            return cell.spoken or cell.text
        return {COLOUR_ROLE: cell.colour, STRONG_ROLE: cell.strong, ICON_ROLE: cell.icon}.get(role)

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
        self._rows = self._given
        if 0 <= column < len(self._columns):
            down = order == Qt.SortOrder.DescendingOrder
            self._rows = sorted(
                self._given, key=lambda row: _order(self._cell(row, column)), reverse=down
            )
        self._made.clear()
        places = {id(row): number for number, row in enumerate(self._rows)} if before else {}
        after = [
            self.index(places[id(row)], index.column())
            for row, index in zip(kept, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _order(cell: Cell) -> tuple[int, str]:
    return (0, cell.text.casefold()) if cell.number is None else (cell.number, "")
