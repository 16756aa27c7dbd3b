"""How a table row looks: its line, its ground, its edge, its text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from briefing.ui.icons import paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.cells import (
    COLOUR_ROLE,
    ICON_ROLE,
    MISSING,
    NOT_STATED,
    SECOND_ROLE,
    STRONG_ROLE,
    Index,
    is_numeric,
    shown_text,
)
from briefing.ui.widgets.frames import EDGE_WIDTH

CELL_PADDING = 8
_ICON = 12
_RING = 2


class RowDelegate(QStyledItemDelegate):
    """Paints every cell of a row alike. Subclasses replace ``paint_content`` for special cells.

    Attributes:
        hovered_row: The row under the pointer, or -1.
        ringed_row: The row that has the keyboard, or -1.
    """

    def __init__(self, theme: Theme, parent: QAbstractItemView, row_height: int) -> None:
        """``row_height`` is in pixels at 100 %."""
        super().__init__(parent)
        self._view = parent
        self._theme = theme
        self._row_height = row_height
        self.hovered_row = -1
        self.ringed_row = -1

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw what is inside a cell; ``rect`` is the cell without its padding."""
        second = index.data(SECOND_ROLE)
        left = rect.left() + self._paint_icon(painter, rect, index)
        inner = QRectF(left, rect.top(), rect.right() - left, rect.height())
        if second:
            self._paint_two_lines(painter, inner, index, str(second))
        else:
            self._paint_line(painter, inner, index)

    def text_colour(self, index: Index) -> Colour:
        """The colour of a cell's text: the model's, or ink, or quiet for what is not known."""
        colour: Colour | None = index.data(COLOUR_ROLE)
        if colour is not None:
            return colour
        return "ink_3" if shown_text(index) in (MISSING, NOT_STATED) else "ink"

    def text_role(self, index: Index) -> Role:
        """The first column is the key of the row and a little stronger."""
        if index.data(STRONG_ROLE):
            return "table_strong"
        return "key" if index.column() == 0 else "table"

    def _paint_icon(self, painter: QPainter, rect: QRectF, index: Index) -> float:
        name = index.data(ICON_ROLE)
        if not name:
            return 0.0
        side = self._theme.px(_ICON)
        box = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
        paint_icon(painter, box, self._theme, name, self.text_colour(index))
        return side + self._theme.px(4)

    def _paint_line(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        role, numeric = self.text_role(index), is_numeric(index)
        painter.setFont(self._theme.font(role, tabular=numeric))
        painter.setPen(self._theme.colour(self.text_colour(index)))
        text = shown_text(index)
        if not numeric:
            metrics = self._theme.metrics(role)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_two_lines(self, painter: QPainter, rect: QRectF, index: Index, second: str) -> None:
        first_height = self._theme.line_height("table")
        block = first_height + self._theme.line_height("note")
        top = rect.top() + (rect.height() - block) / 2
        first = QRectF(rect.left(), top, rect.width(), first_height)
        self._paint_line(painter, first, index)
        metrics = self._theme.metrics("note")
        painter.setFont(self._theme.font("note"))
        painter.setPen(self._theme.colour("ink_3"))
        base = top + first_height + metrics.ascent()
        shown = metrics.elidedText(second, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(QPointF(rect.left(), base), shown)

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, index: Index, state: QStyle.StateFlag
    ) -> None:
        theme = self._theme
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.colour("tint"))
        elif index.row() == self.hovered_row:
            painter.fillRect(rect, theme.colour("mist_2"))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        if selected and rect.left() <= 0:
            painter.fillRect(
                QRectF(0, rect.top(), EDGE_WIDTH, rect.height() - 1), theme.colour("accent")
            )
        if index.row() == self.ringed_row:
            self._paint_ring(painter, rect)

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        colour = self._theme.colour("focus")
        width = self._view.viewport().width()
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), _RING), colour)
        bottom = rect.bottom() - _RING
        painter.fillRect(QRectF(rect.left(), bottom, rect.width(), _RING), colour)
        if rect.left() <= 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), _RING, rect.height()), colour)
        if rect.right() >= width:
            right = rect.right() - _RING
            painter.fillRect(QRectF(right, rect.top(), _RING, rect.height()), colour)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, line, edge, ring and content of one cell."""
        rect = QRectF(option.rect)
        padding = self._theme.px(CELL_PADDING)
        painter.save()
        self._paint_ground(painter, rect, index, option.state)
        self.paint_content(painter, rect.adjusted(padding, 0, -padding, -1), index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The text with its padding; every row is equally high."""
        metrics = self._theme.metrics(self.text_role(index), tabular=is_numeric(index))
        width = metrics.horizontalAdvance(shown_text(index))
        if second := index.data(SECOND_ROLE):
            second_width = self._theme.metrics("note").horizontalAdvance(str(second))
            width = max(width, second_width)
        if index.data(ICON_ROLE):
            width += self._theme.px(_ICON + 4)
        return QSize(
            round(width) + 2 * self._theme.px(CELL_PADDING) + 1, self._theme.px(self._row_height)
        )
