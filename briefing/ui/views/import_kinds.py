"""Changes by kind of object: how many there are, would be, come, go and change, as bars beside."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.views.import_digest import Digest, KindCount
from briefing.ui.views.import_words import kind_words
from briefing.ui.widgets.cells import COLOUR_ROLE, KEY_ROLE, STRONG_ROLE, Index
from briefing.ui.widgets.row_delegate import RowDelegate
from briefing.ui.widgets.table import ROW_HEIGHTS, STRETCH
from briefing.ui.widgets.tooltips import plain_tooltip

_Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_BARS = 6
_BAR_WIDTH = 66
_BAR_HEIGHT = 8
_SWATCH = 8
_COLUMNS = (
    PlainColumn("Kind"),
    PlainColumn("Now", "Records of this kind that you have", numeric=True),
    PlainColumn("Then", "How many you would have", numeric=True),
    PlainColumn("Added", numeric=True),
    PlainColumn("Removed", "The source no longer has them", numeric=True),
    PlainColumn("Changed", "Their content differs, whatever date they bear", numeric=True),
    PlainColumn("", "Added, removed and changed beside each other"),
)
_NAMES = ("held", "then", "added", "removed", "changed")
_SIGNS = {"added": "+", "removed": "−"}
PARTS: tuple[tuple[str, Colour], ...] = (
    ("added", "accent"),
    ("removed", "ach_ii"),
    ("changed", "seq_1"),
)
"""What a bar is made of, from left to right, and in which colour."""


class KindTableModel(QAbstractTableModel):
    """One row a kind, and all of them together as the last, however it is sorted."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty; see ``set_digest``."""
        super().__init__(parent)
        self._given: tuple[KindCount, ...] = ()
        self._rows: list[KindCount] = []
        self._total: KindCount | None = None

    @property
    def most(self) -> int:
        """The longest bar, in objects."""
        return max((_length(row) for row in self._given), default=0)

    def set_digest(self, digest: Digest) -> None:
        """Show the kinds of one source."""
        self.beginResetModel()
        self._given, self._rows = digest.kinds, list(digest.kinds)
        self._total = digest.total if len(digest.kinds) > 1 else None
        self.endResetModel()

    def row_of(self, kind: str) -> int:
        """The row of a kind; -1 where there is none."""
        return next((place for place, row in enumerate(self._rows) if row.kind == kind), -1)

    def count(self, row: int) -> KindCount:
        """What stands in a row."""
        if row < len(self._rows) or self._total is None:
            return self._rows[row]
        return self._total

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Kinds, and one for all of them."""
        return 0 if parent.isValid() else len(self._rows) + (self._total is not None)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Kind, five numbers, bars."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """What a cell says."""
        if not index.isValid():
            return None
        row, column = self.count(index.row()), index.column()
        if role == KEY_ROLE:
            return row.kind
        if role == STRONG_ROLE:
            return not row.kind
        if role == _Role.TextAlignmentRole:
            return _RIGHT if _COLUMNS[column].numeric else None
        if role == COLOUR_ROLE:
            return _colour(row, column)
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole):
            spoken = role != _Role.DisplayRole
            words = _words(row, column, spoken=spoken)
            return plain_tooltip(words) if role == _Role.ToolTipRole else words
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Titles, explanations and sides."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(_COLUMNS):
            return None
        column = _COLUMNS[section]
        if role == _Role.TextAlignmentRole:
            return _RIGHT if column.numeric else None
        if role == _Role.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if section else Qt.SortOrder.AscendingOrder
        found = {_Role.DisplayRole: column.title, _Role.ToolTipRole: plain_tooltip(column.tooltip)}
        return found.get(_Role(role))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the kinds; -1 restores the order given."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self.count(index.row()) for index in before]
        self._rows = list(self._given)
        if 0 <= column < len(_COLUMNS):
            down = order == Qt.SortOrder.DescendingOrder
            self._rows.sort(key=lambda row: _order(row, column), reverse=down)
        shown = [*self._rows, *([self._total] if self._total else [])]
        after = [
            self.index(shown.index(row), index.column())
            for row, index in zip(kept, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


class KindTable(FittedTable):
    """The kinds with their bars."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_digest``."""
        super().__init__(theme, "Changes by kind of object")
        self.kinds = KindTableModel(self)
        self.set_delegate(_BarDelegate(theme, self))
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setModel(self.kinds)
        self.set_widths((STRETCH, 63, 63, 64, 70, 66, _BAR_WIDTH))
        self.set_dispensable((_BARS, 2, 1), 116)

    def show_digest(self, digest: Digest) -> None:
        """Show the kinds of one source."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.kinds.set_digest(digest)


class _BarDelegate(RowDelegate):
    """A row of the table; its last column is a bar."""

    def __init__(self, theme: Theme, table: KindTable) -> None:
        super().__init__(theme, table, ROW_HEIGHTS["normal"])
        self._model = table.kinds

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw a cell, or the bar of its row."""
        row = self._model.count(index.row())
        if index.column() != _BARS:
            super().paint_content(painter, rect, index)
            return
        if not row.kind:
            return
        theme, most = self._theme, self._model.most
        height = theme.px(_BAR_HEIGHT)
        left, top = rect.left(), round(rect.center().y() - height / 2)
        for name, colour in PARTS:
            number = getattr(row, name)
            if number and most:
                # What is there is seen, however little it is.
                width = max(round(rect.width() * number / most), 1)
                painter.fillRect(QRectF(left, top, width, height), theme.colour(colour))
                left += width + 1


class Legend(QWidget):
    """What the colours of the bars mean."""

    def __init__(self, theme: Theme) -> None:
        """One line, beside a heading."""
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Bars: " + ", ".join(name for name, _ in PARTS))
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _step(self, name: str) -> float:
        px = self._theme.px
        return px(_SWATCH + 4) + self._theme.metrics("note").horizontalAdvance(name) + px(12)

    def sizeHint(self) -> QSize:
        """All names in one line."""
        width = sum(self._step(name) for name, _ in PARTS) - self._theme.px(12)
        return QSize(round(width) + 1, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw squares and names."""
        theme, painter = self._theme, QPainter(self)
        metrics, side = theme.metrics("note"), theme.px(_SWATCH)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("ink_3"))
        left = 0.0
        for name, colour in PARTS:
            box = QRectF(left, round((self.height() - side) / 2), side, side)
            painter.fillRect(box, theme.colour(colour))
            painter.drawText(QPointF(left + side + theme.px(4), base), name)
            left += self._step(name)


def _length(row: KindCount) -> int:
    return row.added + row.removed + row.changed


def _order(row: KindCount, column: int) -> int | str:
    if column == 0:
        return kind_words(row.kind).casefold()
    return _length(row) if column == _BARS else int(getattr(row, _NAMES[column - 1]))


def _words(row: KindCount, column: int, *, spoken: bool) -> str:
    if column == 0:
        return kind_words(row.kind) if row.kind else "All objects"
    if column == _BARS:
        parts = (f"{getattr(row, name):,} {name}" for name, _ in PARTS)
        return ", ".join(parts) if spoken else ""
    number = getattr(row, _NAMES[column - 1])
    if not number:
        return "none" if spoken else "·"
    return f"{_SIGNS.get(_NAMES[column - 1], '')}{number:,}"


def _colour(row: KindCount, column: int) -> Colour | None:
    if column == 0:
        return None if row.touched else "ink_3"
    if column == _BARS or not getattr(row, _NAMES[column - 1]):
        return "ink_3"
    colours: dict[str, Colour] = {"added": "accent", "removed": "claim"}
    return colours.get(_NAMES[column - 1])
