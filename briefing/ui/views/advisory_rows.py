"""The table of the list of advisories: date, title over what it names, and the KEV due date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu

from briefing.ui.icons import IconName, paint_icon
from briefing.ui.models.advisory_table import (
    COLUMNS,
    KEPT_ROLE,
    KEV,
    OVERDUE_ROLE,
    PUBLISHED,
    TITLE,
    AdvisoryTableModel,
)
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.views.advisory_indent import INDENT, IndentedHead
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.widgets.cells import SECOND_ROLE, STRONG_ROLE, Index
from briefing.ui.widgets.row_delegate import RowDelegate
from briefing.ui.widgets.table import STRETCH

WIDTHS: Final = (106, STRETCH, 104)
_TITLE_LEAST: Final = 330
_ROW: Final = 48
_ICON: Final = 12
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class AdvisoryRowDelegate(RowDelegate):
    """Two lines a row; what is not known is left blank, since most advisories have no due date."""

    def __init__(self, theme: Theme, parent: QAbstractItemView) -> None:
        """For a table of ``COLUMNS``."""
        super().__init__(theme, parent, _ROW)

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw one cell."""
        column = COLUMNS[index.column()]
        first, second = self._lines(rect)
        text = str(index.data() or "")
        if column is TITLE:
            self._paint_title(painter, (first, second), index, text)
        elif column is KEV and text:
            colour: Colour = "claim" if index.data(OVERDUE_ROLE) else "ink"
            self._text(painter, first, text, "table", colour, tabular=True)
            icon: IconName = "warning" if index.data(OVERDUE_ROLE) else "clock"
            second = self._icon(painter, second, icon, colour)
            self._text(painter, second, str(index.data(SECOND_ROLE)), "note", colour)
        elif column is PUBLISHED:
            first = first.adjusted(self._theme.px(INDENT), 0, 0, 0)
            shown = text or "not dated"
            self._text(painter, first, shown, "table", "ink_2" if text else "ink_3", tabular=True)

    def _paint_title(
        self, painter: QPainter, lines: tuple[QRectF, QRectF], index: Index, title: str
    ) -> None:
        first, second = lines
        if index.data(KEPT_ROLE):
            first = self._icon(painter, first, "briefings", "accent", at_end=True)
        role: Role = "table_strong" if index.data(STRONG_ROLE) else "table"
        self._text(painter, first, title, role, "ink")
        due = index.model().index(index.row(), COLUMNS.index(KEV))
        if due.data() and self._is_due_hidden():
            second = self._paint_badge(painter, second, due)
        self._text(painter, second, str(index.data(SECOND_ROLE)), "note", "ink_3")

    def _paint_badge(self, painter: QPainter, rect: QRectF, due: Index) -> QRectF:
        """The due date at the right of the second line; what it leaves."""
        colour: Colour = "claim" if due.data(OVERDUE_ROLE) else "ink_2"
        words = f"KEV {due.data(SECOND_ROLE)} {due.data()}"
        width = self._theme.metrics("note_strong").horizontalAdvance(words) + 2
        box = QRectF(rect.right() - width, rect.top(), width, rect.height())
        self._text(painter, box, words, "note_strong", colour)
        rest = rect.adjusted(0, 0, -(width + self._theme.px(4)), 0)
        icon: IconName = "warning" if due.data(OVERDUE_ROLE) else "clock"
        return self._icon(painter, rest, icon, colour, at_end=True)

    def _is_due_hidden(self) -> bool:
        view = self._view
        return isinstance(view, AdvisoryTable) and view.isColumnHidden(COLUMNS.index(KEV))

    def _lines(self, rect: QRectF) -> tuple[QRectF, QRectF]:
        line, note = self._theme.line_height("table"), self._theme.line_height("note")
        gap = self._theme.px(2)
        top = rect.top() + (rect.height() - line - note - gap) / 2
        return (
            QRectF(rect.left(), top, rect.width(), line),
            QRectF(rect.left(), top + line + gap, rect.width(), note),
        )

    def _icon(
        self,
        painter: QPainter,
        rect: QRectF,
        name: IconName,
        colour: Colour,
        *,
        at_end: bool = False,
    ) -> QRectF:
        """Draw an icon at one end of a line; what it leaves."""
        side, gap = self._theme.px(_ICON), self._theme.px(4)
        left = rect.right() - side if at_end else rect.left()
        box = QRectF(left, rect.center().y() - side / 2, side, side)
        paint_icon(painter, box, self._theme, name, colour)
        taken = side + gap
        return rect.adjusted(0, 0, -taken, 0) if at_end else rect.adjusted(taken, 0, 0, 0)

    def _text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        role: Role,
        colour: Colour,
        *,
        tabular: bool = False,
    ) -> None:
        painter.setFont(self._theme.font(role, tabular=tabular))
        painter.setPen(self._theme.colour(colour))
        shown = self._theme.metrics(role).elidedText(
            text, Qt.TextElideMode.ElideRight, rect.width() + 1
        )
        painter.drawText(rect, _LEFT, shown)


class AdvisoryTable(FittedTable):
    """The list itself. Typing jumps to a title; the context menu marks rows too."""

    arranged = Signal()
    """Widths or sorting were changed by a person."""

    def __init__(
        self,
        theme: Theme,
        model: AdvisoryTableModel,
        offered: Callable[[], list[tuple[str, Callable[[], None]]]],
    ) -> None:
        """Show the rows of a model; ``offered`` is what the menu does to the selected ones."""
        super().__init__(theme, "Advisories", "two_lines")
        self._offered = offered
        self._head = IndentedHead(theme, self)
        self._head.setSortIndicatorClearable(True)
        self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setHorizontalHeader(self._head)
        self._watch_head()
        self.set_delegate(AdvisoryRowDelegate(theme, self))
        self.setModel(model)
        self.set_widths(WIDTHS)
        self.set_dispensable([COLUMNS.index(KEV)], _TITLE_LEAST)
        self.resized_by_person.connect(self.arranged)
        self._head.sortIndicatorChanged.connect(self._on_head_sort_indicator_changed)

    @property
    def sorting(self) -> tuple[str, bool]:
        """Key of the column sorted by ("" for newest first), and whether it falls."""
        section = self._head.sortIndicatorSection()
        key = COLUMNS[section].key if 0 <= section < len(COLUMNS) else ""
        return key, self._head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    def set_sorting(self, key: str, *, falling: bool) -> None:
        """Sort by a column; a key that is none restores newest first."""
        keys = [column.key for column in COLUMNS]
        section = keys.index(key) if key in keys else -1
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self._arranging = True
        self.sortByColumn(section, order)
        self._arranging = False

    def _menu(self) -> QMenu:
        menu = super()._menu()
        first = menu.actions()[0]
        offered = self._offered()
        for label, run in offered:
            action = menu.addAction(label)
            action.triggered.connect(lambda _=False, run=run: run())
            menu.insertAction(first, action)
        if offered:
            menu.insertSeparator(first)
        return menu

    def _on_head_sort_indicator_changed(self) -> None:
        if not self._arranging:
            self.arranged.emit()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Look in the titles, whichever column is current."""
        current = self.currentIndex()
        if current.isValid() and current.column() != COLUMNS.index(TITLE):
            title = current.siblingAtColumn(COLUMNS.index(TITLE))
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(title, flag)
        super().keyboardSearch(search)
