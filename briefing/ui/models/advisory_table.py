"""Advisories as a table: which columns there are, what their cells say, how they sort."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from briefing.analysis.advisory_filter import Marks
from briefing.core.advisory import AdvisoryRow, Deadline, deadline
from briefing.core.wording import counted
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.widgets.cells import KEY_ROLE, SECOND_ROLE, STRONG_ROLE, Index
from briefing.ui.widgets.tooltips import plain_tooltip

KEPT_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 300
"""True where an advisory is kept for briefings."""
OVERDUE_ROLE: Final = KEPT_ROLE + 1
"""True where the due date has passed."""

DUE_IS: Final = (
    "CISA lists a vulnerability that this names as exploited, and wants US federal agencies to have"
    " dealt with it by this day. It is a good date for anybody."
)

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class AdvisoryColumn:
    """One column.

    Attributes:
        key: What it is remembered by.
        tooltip: What it shows.
        text: First line of a cell.
        order: What rows are sorted by; what is not known comes last.
        falls: Whether the largest comes first when it is sorted by.
    """

    key: str
    title: str
    tooltip: str
    text: Callable[[AdvisoryRow], str]
    order: Callable[[AdvisoryRow], Any]
    falls: bool = False


PUBLISHED: Final = AdvisoryColumn(
    "published",
    "Published",
    "The day on which its issuer published it. Newest first, unless you sort otherwise.",
    lambda row: date_words(row.published),
    lambda row: row.published,
    falls=True,
)
TITLE: Final = AdvisoryColumn(
    "title",
    "Advisory",
    "Its title, in bold until you have read it; under it who issued it, and what it names.",
    lambda row: row.title,
    lambda row: row.title.casefold(),
)
KEV: Final = AdvisoryColumn(
    "kev",
    "KEV due",
    "Known exploited vulnerabilities: where CISA lists one that the advisory names, the earliest"
    " day by which US federal agencies must have dealt with it.",
    lambda row: date_words(row.due),
    lambda row: row.due,
    falls=True,
)
COLUMNS: Final = (PUBLISHED, TITLE, KEV)


class AdvisoryTableModel(QAbstractTableModel):
    """The advisories a filter leaves, in the order given, or sorted by a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without rows; see ``set_rows``."""
        super().__init__(parent)
        self._given: tuple[AdvisoryRow, ...] = ()
        self._rows: list[AdvisoryRow] = []
        self._places: dict[str, int] = {}
        self._marks = Marks(date.min)
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)

    def set_rows(self, rows: Sequence[AdvisoryRow], marks: Marks) -> None:
        """Show other advisories, sorted as the former were."""
        self.beginResetModel()
        self._given, self._marks = tuple(rows), marks
        self._put_in_order()
        self.endResetModel()

    def set_marks(self, marks: Marks) -> None:
        """Show what was read and kept meanwhile; no row goes away."""
        self._marks = marks
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> AdvisoryRow:
        """The advisory of a row."""
        return self._rows[number]

    def row_of(self, advisory: str) -> int:
        """The row of an advisory, or -1 where it is not shown."""
        return self._places.get(advisory, -1)

    @property
    def rows(self) -> Sequence[AdvisoryRow]:
        """All that are shown, from top to bottom."""
        return self._rows

    def _put_in_order(self) -> None:
        self._rows = list(self._given)
        number, order = self._sorted
        if 0 <= number < len(COLUMNS):
            column = COLUMNS[number]
            down = order == Qt.SortOrder.DescendingOrder
            self._rows.sort(key=column.order, reverse=down)
            # What has no date is never the first.
            self._rows.sort(key=lambda row: not column.order(row))
        self._places = {row.id: number for number, row in enumerate(self._rows)}

    def _cell(self, row: AdvisoryRow, column: AdvisoryColumn, role: int) -> object:
        if role == _Role.DisplayRole:
            return column.text(row)
        if role == KEY_ROLE:
            return row.id
        if role == SECOND_ROLE:
            return self._second(row, column)
        if role == _Role.ToolTipRole:
            return plain_tooltip(self._explained(row, column))
        if role == _Role.AccessibleTextRole:
            return self._spoken(row, column)
        if role == STRONG_ROLE:
            return column is TITLE and not self._marks.is_read(row)
        if role == KEPT_ROLE:
            return column is TITLE and row.id in self._marks.kept
        if role == OVERDUE_ROLE:
            return column is KEV and self._deadline(row) is Deadline.OVERDUE
        return None

    def _second(self, row: AdvisoryRow, column: AdvisoryColumn) -> str:
        if column is KEV:
            return {Deadline.OVERDUE: "overdue", Deadline.DUE: "due"}.get(self._deadline(row), "")
        if column is PUBLISHED:
            return ""
        changed = "changed since you read it" if self._marks.has_changed(row) else ""
        return " · ".join(
            part for part in (changed, row.issuer or "issuer not stated", *names(row)) if part
        )

    def _explained(self, row: AdvisoryRow, column: AdvisoryColumn) -> str:
        if column is KEV:
            return (
                f"{self._second(row, KEV).capitalize()} {date_words(row.due)}. {DUE_IS}"
                if row.due
                else ""
            )
        if column is PUBLISHED:
            changed = f", changed {date_words(row.updated)}" if row.updated else ""
            return f"Published {date_words(row.published) or 'on a day not stated'}{changed}."
        kept = "Kept for briefings." if row.id in self._marks.kept else ""
        return " ".join(
            part for part in (f"{row.title}.", f"{self._second(row, TITLE)}.", kept) if part
        )

    def _spoken(self, row: AdvisoryRow, column: AdvisoryColumn) -> str:
        if column is not TITLE:
            return f"{column.text(row)} {self._second(row, column)}".strip()
        kept = "kept for briefings" if row.id in self._marks.kept else ""
        state = "" if self._marks.is_read(row) else "unread"
        parts = (state, row.title, self._second(row, TITLE), kept)
        return ", ".join(part for part in parts if part)

    def _deadline(self, row: AdvisoryRow) -> Deadline:
        return deadline(row.due, self._marks.today)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many advisories are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a cell says, and the id of its advisory."""
        if not index.isValid():
            return None
        return self._cell(self._rows[index.row()], COLUMNS[index.column()], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Title, explanation and first order of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == _Role.DisplayRole:
            return column.title
        if role == _Role.ToolTipRole:
            return plain_tooltip(column.tooltip)
        if role == _Role.InitialSortOrderRole:
            falling, rising = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
            return falling if column.falls else rising
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the order given."""
        if (column, order) == self._sorted:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._rows[index.row()].id for index in before]
        self._sorted = (column, order)
        self._put_in_order()
        after = [
            self.index(self._places[advisory], index.column())
            for advisory, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def names(row: AdvisoryRow) -> list[str]:
    """What an advisory names, counted: ``names 2 actors``, ``3 CVEs``."""
    parts = []
    if row.actors:
        parts.append(f"names {counted(len(row.actors), 'actor')}")
    elif row.software:
        parts.append(f"names {counted(row.software, 'piece of software')}")
    if row.cves:
        parts.append(counted(len(row.cves), "CVE"))
    return parts
