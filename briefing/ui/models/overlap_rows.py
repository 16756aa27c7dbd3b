"""Known groups by what they share with an incident, as rows; no figure looks like a probability."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from briefing.core.weighing import Overlap, Ranked
from briefing.core.wording import counted
from briefing.services.overlap_beside import NamedActor
from briefing.services.overlap_words import ALWAYS_POSSIBLE, NOT_LISTED, ordinal, shares
from briefing.ui.widgets.cells import COLOUR_ROLE, KEY_ROLE, MISSING, Index
from briefing.ui.widgets.tooltip_lines import tooltip_of

RANK, NAME, SQUARES, SHARED = range(4)
SQUARES_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 220
"""For each feature of the incident, whether the group uses it; None where there is no profile."""
_ROOM: Final = "Not in the catalogue"
_WITHOUT: Final = {"no profile": "no profile in ATT&CK", "shares nothing": "shares nothing"}
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """One row.

    Attributes:
        actor: Id of the actor; "" for the one that is in no catalogue.
        rank: As printed; "–" without one.
        name: As printed.
        told: What stands instead of squares; "" where there are squares.
        squares: For each feature of the incident, whether the group uses it.
        shared: ``9 of 9``, or "".
        spoken: The row in words.
        hints: What is said under the mouse.
    """

    actor: str
    rank: str
    name: str
    told: str
    squares: tuple[bool, ...]
    shared: str
    spoken: str
    hints: tuple[str, ...]


def feature_order(overlap: Overlap) -> tuple[str, ...]:
    """The incident's features in the order of their squares.

    What the first group shares comes first, the heaviest of all at the left, then what only the
    next ones share; what nobody shares comes last. So a square is the same feature in every row.
    """
    matched = (one.feature for group in overlap.ranked for one in group.matched)
    return tuple(dict.fromkeys((*matched, *overlap.features)))


def overlap_rows(
    overlap: Overlap, named: Sequence[NamedActor], most: int
) -> tuple[OverlapRow, ...]:
    """The first groups, then actors that the case names and that are not among them.

    The last row is always the actor that is in no catalogue.
    """
    order = feature_order(overlap)
    first = overlap.ranked[:most]
    shown = {group.actor for group in first}
    asked = {one.actor for one in named} - shown
    further = [group for group in overlap.ranked[most:] if group.actor in asked]
    ranked = [_ranked_row(overlap, group, order) for group in (*first, *further)]
    unranked = list(_unranked(named))
    return (*ranked, *unranked, _not_listed())


class OverlapTableModel(QAbstractTableModel):
    """Rank, name, squares, and how many of how many."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty; see ``set_rows``."""
        super().__init__(parent)
        self.rows: tuple[OverlapRow, ...] = ()

    def set_rows(self, rows: Sequence[OverlapRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One for each group, and those that have no rank."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Rank, name, squares, how many."""
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == _Role.DisplayRole:
            return (row.rank, row.name, row.told, row.shared)[column]
        if role == _Role.ToolTipRole:
            return tooltip_of(row.hints)
        if role == _Role.AccessibleTextRole:
            return row.spoken if column == NAME else (row.rank, "", row.told, row.shared)[column]
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column == SHARED else None
        if role == SQUARES_ROLE:
            return row.squares if column == SQUARES and row.squares else None
        if role == COLOUR_ROLE:
            return "ink_3" if column == RANK else "ink_2" if row.told and column != NAME else None
        return row.actor if role == KEY_ROLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Titles, for screen readers and copies."""
        if orientation != Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        return ("Rank", "Group", "Features", "Shared")[section]


def _ranked_row(overlap: Overlap, group: Ranked, order: Sequence[str]) -> OverlapRow:
    names = {one.feature: one.name for one in group.matched}
    level = sum(other.rank == group.rank for other in overlap.ranked) - 1
    tied = f" Level with {counted(level, 'other')}." if level else ""
    matched = "; ".join(f"{one.name} ({counted(one.groups, 'group')})" for one in group.matched)
    return OverlapRow(
        actor=group.actor,
        rank=f"{group.rank:,}",
        name=group.name,
        told="",
        squares=tuple(feature in names for feature in order),
        shared=shares(overlap, group),
        spoken=f"{group.name}, {ordinal(group.rank)}: shares {shares(overlap, group)} features.",
        hints=(
            f"{group.name}: {shares(overlap, group)} features.{tied}",
            f"Shared, the heaviest first: {matched}.",
        ),
    )


def _unranked(named: Sequence[NamedActor]) -> Iterator[OverlapRow]:
    for one in named:
        if one.standing == "ranked":
            continue
        told = _WITHOUT[one.standing]
        words = f"{one.name}: {told}."
        yield OverlapRow(one.actor, MISSING, one.name, told, (), "", words, (words,))


def _not_listed() -> OverlapRow:
    words = f"{NOT_LISTED}: {ALWAYS_POSSIBLE}."
    return OverlapRow("", MISSING, _ROOM, ALWAYS_POSSIBLE, (), "", words, (words,))
