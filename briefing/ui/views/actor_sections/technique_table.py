"""The techniques of one stage as a table that can be sorted and filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QSortFilterProxyModel,
    Qt,
)

from briefing.core.actor import TechniqueUse
from briefing.ui.widgets.cells import KEY_ROLE, Index
from briefing.ui.widgets.tooltips import plain_tooltip

HEADS = ("Technique", "Id", "Groups", "Mitigations", "Detections")
_GROUPS = 2
_SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class TechniqueModel(QAbstractTableModel):
    """Read-only; mitigations with ids and names, detections as data sources."""

    def __init__(self, parent: QObject | None = None) -> None:
        """An empty table."""
        super().__init__(parent)
        self._uses: tuple[TechniqueUse, ...] = ()
        self._total = 0

    def set_techniques(self, uses: Sequence[TechniqueUse], total: int) -> None:
        """Show other techniques; ``total`` is how many groups the catalogue holds."""
        self.beginResetModel()
        self._uses = tuple(uses)
        self._total = total
        self.endResetModel()

    def use(self, row: int) -> TechniqueUse:
        """The technique of a row."""
        return self._uses[row]

    def _texts(self, use: TechniqueUse) -> tuple[str, str, str, str, str]:
        return (
            use.name,
            use.attack_id,
            f"{use.groups:,}",
            "; ".join(f"{m.attack_id} {m.name}" for m in use.mitigations),
            "; ".join(use.detections),
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        """How many techniques there are."""
        return 0 if parent.isValid() else len(self._uses)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's
        """The five columns."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, alignment, what is sorted by, what is said under the mouse."""
        use = self._uses[index.row()]
        text = self._texts(use)[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(self._tooltip(text, index.column()))
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == _GROUPS:
                return Qt.AlignmentFlag.AlignRight.value
            case _ if role == _SORT_ROLE:
                return use.groups if index.column() == _GROUPS else text.casefold()
            case _ if role == KEY_ROLE:
                return use.id
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The heads of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == _GROUPS:
            return Qt.AlignmentFlag.AlignRight.value
        return None

    def _tooltip(self, text: str, column: int) -> str:
        return f"{text} of {self._total:,} groups use it" if column == _GROUPS else text


class TechniqueFilter(QSortFilterProxyModel):
    """Keeps techniques that hold every word that was typed, in any column."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Everything passes."""
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setSortRole(_SORT_ROLE)

    def set_words(self, text: str) -> None:
        """Keep only techniques with these words; "" keeps all."""
        self.beginFilterChange()
        self._words = tuple(text.casefold().split())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def row_behind(self, index: QModelIndex) -> int:
        """The row of the technique behind a row of the filtered table."""
        return self.mapToSource(index).row()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether a technique is kept."""
        model = self.sourceModel()
        cells = (model.index(source_row, column).data() for column in range(model.columnCount()))
        text = "\n".join(str(cell) for cell in cells).casefold()
        return all(word in text for word in self._words)
