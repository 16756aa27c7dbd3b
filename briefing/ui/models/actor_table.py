"""Actors as a table: which columns there are, how they sort, which rows a filter leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from briefing.analysis.actor_filter import ActorFilter, matching
from briefing.core.actor import ActorRow
from briefing.core.wording import inside
from briefing.store.labels import Labels
from briefing.ui.widgets.cells import KEY_ROLE, NOT_STATED, Index
from briefing.ui.widgets.tooltips import plain_tooltip

OWN_PROFILE_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 200
"""True where there is a profile of our own."""

OWN_PROFILE: Final = "Threat Briefing has a profile of its own of this actor."

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class ActorColumn:
    """One column.

    Attributes:
        key: What it is remembered by.
        tooltip: What its numbers count.
        text: What a cell says; "" where nothing is known.
        order: What rows are sorted by; what is not known comes last in numeric columns.
        numeric: Whether it holds numbers or dates; the largest then comes first.
    """

    key: str
    title: str
    tooltip: str
    text: Callable[[ActorRow, Labels], str]
    order: Callable[[ActorRow, Labels], Any]
    numeric: bool = False


def _kind(row: ActorRow, labels: Labels) -> str:
    return inside(labels.label("kind", row.kind)) if row.kind else NOT_STATED


def _origin(row: ActorRow, labels: Labels) -> str:
    return ", ".join(labels.target(code) for code in row.origins) or NOT_STATED


NAME: Final = ActorColumn(
    "name",
    "Name",
    "The name it is shown under here. A page beside it: Threat Briefing has a profile of its own.",
    lambda row, _: row.name,
    lambda row, _: row.name.casefold(),
)
NAMES: Final = ActorColumn(
    "names",
    "Names",
    "How many names all sources together list for it.",
    lambda row, _: f"{row.names:,}",
    lambda row, _: row.names,
    numeric=True,
)
KIND: Final = ActorColumn(
    "kind",
    "Kind",
    "What kind of actor it is said to be: of a state, criminal, hacktivist and so on.",
    _kind,
    lambda row, labels: (not row.kind, _kind(row, labels)),
)
ORIGIN: Final = ActorColumn(
    "origin",
    "Origin",
    "Where it is said to come from; its profile says who says so.",
    _origin,
    lambda row, labels: (not row.origins, _origin(row, labels)),
)
NEWEST: Final = ActorColumn(
    "newest",
    "Newest",
    "Year of the newest dated document about it. Catalogues rarely date what they cite: most dates"
    " are read from the address of the document. A dash: no document has a date.",
    lambda row, _: row.newest[:4],
    lambda row, _: row.newest,
    numeric=True,
)
REFS: Final = ActorColumn(
    "refs",
    "Refs",
    "References: how many documents all sources together cite about it.",
    lambda row, _: f"{row.documents:,}",
    lambda row, _: row.documents,
    numeric=True,
)
LIST_COLUMNS: Final = (NAME, NAMES, KIND, NEWEST, REFS)
USER_COLUMNS: Final = (NAME, ORIGIN, KIND, NEWEST, REFS)


class ActorTableModel(QAbstractTableModel):
    """Actors in the order given, or sorted by a column; a sort without a column restores it."""

    def __init__(
        self,
        labels: Labels,
        columns: Sequence[ActorColumn] = LIST_COLUMNS,
        parent: QObject | None = None,
    ) -> None:
        """Without rows; see ``set_rows``."""
        super().__init__(parent)
        self._labels = labels
        self._columns = tuple(columns)
        self._given: tuple[ActorRow, ...] = ()
        self._rows: list[ActorRow] = []
        self._places: dict[str, int] = {}
        self._sorted = (-1, _AscendingOrder)

    def set_rows(self, rows: Sequence[ActorRow], labels: Labels | None = None) -> None:
        """Show other actors, sorted as the former were."""
        self.beginResetModel()
        self._labels = labels or self._labels
        self._given = tuple(rows)
        self._put_in_order()
        self.endResetModel()

    def row(self, number: int) -> ActorRow:
        """The actor of a row."""
        return self._rows[number]

    def row_of(self, actor: str) -> int:
        """The row of an actor, or -1 where it is not here."""
        return self._places.get(actor, -1)

    @property
    def given(self) -> tuple[ActorRow, ...]:
        """All actors, unsorted."""
        return self._given

    def _put_in_order(self) -> None:
        self._rows = self._in_order()
        self._places = {row.id: number for number, row in enumerate(self._rows)}

    def _in_order(self) -> list[ActorRow]:
        number, order = self._sorted
        if not 0 <= number < len(self._columns):
            return list(self._given)
        column, labels = self._columns[number], self._labels
        down = order == Qt.SortOrder.DescendingOrder
        # Equal rows keep their order both ways, and a date nobody knows is never the first.
        rows = sorted(self._given, key=lambda row: column.order(row, labels), reverse=down)
        if column is NEWEST and not down:
            rows.sort(key=lambda row: not row.newest)
        return rows

    def _cell(self, row: ActorRow, column: ActorColumn, role: int) -> object:
        if role == _Role.DisplayRole:
            return column.text(row, self._labels)
        if role == _Role.TextAlignmentRole and column.numeric:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == KEY_ROLE:
            return row.id
        if row.own_profile and column in (NAME, NAMES):
            return self._own_profile(row, column, role)
        if role == _Role.ToolTipRole and not column.numeric:
            return plain_tooltip(column.text(row, self._labels))
        return None

    def _own_profile(self, row: ActorRow, column: ActorColumn, role: int) -> object:
        if role == OWN_PROFILE_ROLE:
            return True
        if role == _Role.AccessibleTextRole and column is NAME:
            return f"{row.name}, with a profile of our own"
        if role == _Role.ToolTipRole:
            return plain_tooltip(f"{row.name}. {OWN_PROFILE}")
        return None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many actors there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a cell says, and the id of its actor."""
        if not index.isValid():
            return None
        return self._cell(self._rows[index.row()], self._columns[index.column()], role)

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
        if role == _Role.TextAlignmentRole and column.numeric:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == _Role.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.numeric else _AscendingOrder
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort in Python: asking a model cell by cell would take a second for 10,000 rows."""
        if (column, order) == self._sorted:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._rows[index.row()].id for index in before]
        self._sorted = (column, order)
        self._put_in_order()
        after = [
            self.index(self._places[actor], index.column())
            for actor, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


class ActorFilterProxy(QSortFilterProxyModel):
    """The actors a filter leaves; the order is that of the model below."""

    def __init__(self, model: ActorTableModel, parent: QObject | None = None) -> None:
        """Leave everybody."""
        super().__init__(parent)
        self._model = model
        self._filter = ActorFilter()
        self._left = frozenset(row.id for row in model.given)
        self.setDynamicSortFilter(False)
        self.setSourceModel(model)

    @property
    def filter(self) -> ActorFilter:
        """What is filtered for."""
        return self._filter

    def set_filter(self, chosen: ActorFilter) -> None:
        """Leave other actors."""
        self._filter = chosen
        self._left = frozenset(row.id for row in matching(self._model.given, chosen))
        self.invalidate()

    def set_rows(self, rows: Sequence[ActorRow], labels: Labels | None = None) -> None:
        """Show other actors under the same filter."""
        self._left = frozenset(row.id for row in matching(rows, self._filter))
        self._model.set_rows(rows, labels)

    def actor(self, row: int) -> ActorRow:
        """The actor of a row that is left."""
        return self._model.row(self.mapToSource(self.index(row, 0)).row())

    def row_of(self, actor: str) -> int:
        """The row of an actor, or -1 where the filter leaves it out."""
        return self.mapFromSource(self._model.index(self._model.row_of(actor), 0)).row()

    def filterAcceptsRow(
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Whether the filter leaves a row."""
        return self._model.row(source_row).id in self._left

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the model below, which is a hundred times faster than comparing its cells."""
        self._model.sort(column, order)


_AscendingOrder: Final = Qt.SortOrder.AscendingOrder
