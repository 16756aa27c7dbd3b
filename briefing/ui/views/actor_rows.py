"""The table of the list of actors: names under the title of the screen, quiet numbers, one icon."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView

from briefing.ui.icons import paint_icon
from briefing.ui.models.actor_table import (
    KIND,
    LIST_COLUMNS,
    NAME,
    NAMES,
    NEWEST,
    OWN_PROFILE_ROLE,
    ActorFilterProxy,
)
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.widgets.cells import MISSING, NOT_STATED, Index, shown_text
from briefing.ui.widgets.row_delegate import RowDelegate
from briefing.ui.widgets.table import STRETCH
from briefing.ui.widgets.table_head import TableHead

INDENT: Final = 8
"""What the first column is moved in by, so that names stand under the title of the screen."""

WIDTHS: Final = (STRETCH, 54, 85, 56, 43)
_NAME_LEAST: Final = 116
_LEAST_NEEDED: Final = (NAMES, KIND, NEWEST)
_ICON: Final = 12
_ROW: Final = 28
_KEPT: Final = 4096
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class _Head(TableHead):
    """Heads of which the first is moved in."""

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        super().paintSection(painter, rect, logicalIndex)
        if self.visualIndex(logicalIndex) == 0:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), self._theme.colour("paper"))
            inner = rect.adjusted(self._theme.px(INDENT), 0, 0, 0)
            super().paintSection(painter, inner, logicalIndex)


class ActorRowDelegate(RowDelegate):
    """A cell of the list. It keeps what it measured: every filter and every step draws it anew."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """For a table of ``LIST_COLUMNS``."""
        super().__init__(theme, parent, _ROW)
        self._fonts: dict[tuple[Role, bool], QFont] = {}
        self._colours: dict[Colour, QColor] = {}
        self._elided: dict[tuple[str, Role, float], str] = {}
        theme.changed.connect(self._forget)

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw name or number, and the icon of actors with a profile of our own."""
        column = LIST_COLUMNS[index.column()]
        text = shown_text(index)
        if column is NAME:
            rect = rect.adjusted(self._theme.px(INDENT), 0, 0, 0)
        if column is (NAME if self._names_hidden() else NAMES):
            rect = self._paint_own_profile(painter, rect, index, at_end=column is NAME)
        role: Role = "key" if column is NAME else "table"
        quiet = text in (MISSING, NOT_STATED)
        painter.setFont(self._font(role, tabular=column.numeric))
        painter.setPen(self._colour("ink_3" if quiet else "ink_2" if column is NAMES else "ink"))
        shown = text if column.numeric else self._shown(text, role, rect.width())
        painter.drawText(rect, _RIGHT if column.numeric else _LEFT, shown)

    def _font(self, role: Role, *, tabular: bool) -> QFont:
        key = (role, tabular)
        if key not in self._fonts:
            self._fonts[key] = self._theme.font(role, tabular=tabular)
        return self._fonts[key]

    def _colour(self, name: Colour) -> QColor:
        if name not in self._colours:
            self._colours[name] = self._theme.colour(name)
        return self._colours[name]

    def _shown(self, text: str, role: Role, width: float) -> str:
        key = (text, role, width)
        if key not in self._elided:
            if len(self._elided) >= _KEPT:
                self._elided.clear()
            metrics = self._theme.metrics(role)
            self._elided[key] = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        return self._elided[key]

    def _forget(self) -> None:
        self._fonts.clear()
        self._colours.clear()
        self._elided.clear()

    def _names_hidden(self) -> bool:
        view = self._view
        return isinstance(view, ActorTable) and view.isColumnHidden(LIST_COLUMNS.index(NAMES))

    def _paint_own_profile(
        self, painter: QPainter, rect: QRectF, index: Index, *, at_end: bool
    ) -> QRectF:
        """The icon stands before the number of names, where there is room; what it leaves."""
        if not index.data(OWN_PROFILE_ROLE):
            return rect
        side = self._theme.px(_ICON)
        left = rect.right() - side if at_end else rect.left()
        box = QRectF(left, rect.center().y() - side / 2, side, side)
        paint_icon(painter, box, self._theme, "document", "accent")
        taken = side + self._theme.px(4)
        return rect.adjusted(0, 0, -taken, 0) if at_end else rect.adjusted(taken, 0, 0, 0)


class ActorTable(FittedTable):
    """The list itself. Typing jumps to a name."""

    arranged = Signal()
    """Widths or sorting were changed by a person."""

    def __init__(self, theme: Theme, model: ActorFilterProxy) -> None:
        """Show what the filter leaves."""
        super().__init__(theme, "Actors")
        self._head = _Head(theme, self)
        self._head.setSortIndicatorClearable(True)
        self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setHorizontalHeader(self._head)
        self._watch_head()
        self.set_delegate(ActorRowDelegate(theme, self))
        self.setModel(model)
        self.set_widths(WIDTHS)
        self.set_dispensable([LIST_COLUMNS.index(c) for c in _LEAST_NEEDED], _NAME_LEAST)
        self.resized_by_person.connect(self.arranged)
        self._head.sortIndicatorChanged.connect(self._on_head_sort_indicator_changed)

    @property
    def sorting(self) -> tuple[str, bool]:
        """Key of the column sorted by ("" for the order of the list), and whether it falls."""
        section = self._head.sortIndicatorSection()
        key = LIST_COLUMNS[section].key if 0 <= section < len(LIST_COLUMNS) else ""
        return key, self._head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def set_sorting(self, key: str, *, falling: bool) -> None:
        """Sort by a column; a key that is none restores the order of the list."""
        keys = [column.key for column in LIST_COLUMNS]
        section = keys.index(key) if key in keys else -1
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self._arranging = True
        self.sortByColumn(section, order)
        self._arranging = False

    def _on_head_sort_indicator_changed(self) -> None:
        if not self._arranging:
            self.arranged.emit()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Look in the names, whichever column was clicked."""
        current = self.currentIndex()
        if current.isValid() and current.column():
            first = current.siblingAtColumn(0)
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(first, flag)
        super().keyboardSearch(search)
