"""The sections of a briefing in the order in which they will be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from briefing.ui.views.briefing_wish import Offer

ALWAYS = "always on"

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """A section, whether it is wanted, and whether there is a note under it."""

    offer: Offer
    on: bool
    noted: bool = False


class SectionModel(QAbstractListModel):
    """Sections that can be switched and moved; those that cannot stand where they are."""

    changed = Signal()
    """A section was switched or moved by a person."""

    def __init__(self) -> None:
        """No sections."""
        super().__init__()
        self._rows: list[Row] = []

    def show(
        self, offers: Sequence[Offer], off: frozenset[str], noted: frozenset[str] = frozenset()
    ) -> None:
        """Show these sections; the same ones in another state keep the list where it stands."""
        rows = [
            Row(offer, offer.key not in off or not offer.choosable, offer.key in noted)
            for offer in offers
        ]
        if rows == self._rows:
            return
        if len(rows) == len(self._rows):
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, number: int) -> Row:
        """A row."""
        return self._rows[number]

    def row(self, number: int) -> tuple[Offer, bool]:
        """A section and whether it is on."""
        found = self._rows[number]
        return found.offer, found.on

    def place_of(self, key: str) -> int:
        """Number of the row of a section that can be switched; -1 where it is not here."""
        rows = enumerate(self._rows)
        return next((n for n, row in rows if row.offer.key == key and row.offer.choosable), -1)

    def order(self) -> tuple[str, ...]:
        """Keys of the sections that can be switched, as they stand."""
        return tuple(row.offer.key for row in self._rows if row.offer.choosable)

    def off(self) -> frozenset[str]:
        """Keys of the sections that are switched off."""
        return frozenset(row.offer.key for row in self._rows if not row.on)

    def switch(self, number: int) -> None:
        """Turn a section on or off, where it has a choice."""
        row = self._rows[number]
        if row.offer.choosable:
            self._rows[number] = replace(row, on=not row.on)
            self.dataChanged.emit(self.index(number), self.index(number))
            self.changed.emit()

    def note(self, key: str, noted: bool) -> None:
        """Say whether there is a note under a section."""
        number = self.place_of(key)
        if number >= 0 and self._rows[number].noted != noted:
            self._rows[number] = replace(self._rows[number], noted=noted)
            self.dataChanged.emit(self.index(number), self.index(number))

    def move(self, number: int, to: int) -> bool:
        """Put a section into another's place; False where either stays where it is."""
        last = len(self.order()) - 1
        to = max(0, min(to, last))
        if not self._rows[number].offer.choosable or to == number:
            return False
        below = to + 1 if to > number else to
        self.beginMoveRows(_NO_INDEX, number, number, _NO_INDEX, below)
        self._rows.insert(to, self._rows.pop(number))
        self.endMoveRows()
        self.changed.emit()
        return True

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """How many sections there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title; for a screen reader with its state and whether it has a note."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.offer.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = ALWAYS if not row.offer.choosable else "on" if row.on else "off"
            note = ", with a note" if row.noted else ""
            return f"{row.offer.title}, {state}{note}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.on else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Sections that are always printed can neither be switched nor moved."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        if self._rows[index.row()].offer.choosable:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """Rows are moved."""
        return Qt.DropAction.MoveAction
