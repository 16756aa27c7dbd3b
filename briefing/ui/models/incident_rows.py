"""Incidents as a list: what a row says is made when somebody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from briefing.core.case_page import CaseRow
from briefing.core.dates import short_date
from briefing.core.wording import counted, inside, listed
from briefing.ui.widgets.cells import KEY_ROLE, Index
from briefing.ui.widgets.tooltip_lines import tooltip_of

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 320
"""The CaseRow itself."""

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()


class IncidentRows(QAbstractListModel):
    """The incidents that a filter leaves, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without rows; see ``set_rows``."""
        super().__init__(parent)
        self._rows: tuple[CaseRow, ...] = ()
        self._places: dict[str, int] = {}

    @property
    def rows(self) -> Sequence[CaseRow]:
        """All that are shown, from top to bottom."""
        return self._rows

    def set_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show other incidents."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._places = {row.id: number for number, row in enumerate(self._rows)}
        self.endResetModel()

    def row_of(self, incident: str) -> int:
        """The row of an incident, or -1 where it is not shown."""
        return self._places.get(incident, -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many incidents are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a row says, and the id of its incident."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _Role.DisplayRole:
            return row.name
        if role == KEY_ROLE:
            return row.id
        if role == ROW_ROLE:
            return row
        if role == _Role.ToolTipRole:
            return tooltip_of((row.name, when_words(row), claim_words(row), work_words(row)))
        if role == _Role.AccessibleTextRole:
            parts = (row.name, when_words(row), claim_words(row), work_words(row))
            return ", ".join(part for part in parts if part)
        return None


def when_words(row: CaseRow) -> str:
    """When it began, or that nobody says."""
    return short_date(row.started) or "not dated"


def claim_words(row: CaseRow) -> str:
    """How many claims there are, and on what they rest."""
    if not row.claims:
        return "no claim"
    number = counted(row.claims, "claim")
    if row.only_attacker_says_so:
        return f"{number}: only the attacker says so"
    if not row.bases:
        return f"{number}, basis not stated"
    return f"{number}: {listed((inside(basis) for basis in row.bases), '; ')}"


def work_words(row: CaseRow) -> str:
    """What was laid beside the claims; "" where nothing was."""
    parts = (
        counted(row.evidence, "piece of evidence") if row.evidence else "",
        counted(row.hypotheses, "hypothesis") if row.hypotheses else "",
        "assessed" if row.assessed else "",
    )
    return ", ".join(part for part in parts if part)
