"""How the cells of the matrix of competing hypotheses look: a ground and its letters."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from briefing.core.case_words import Mark
from briefing.ui.models.ach_table import MARK_ROLE, RATIONALE_ROLE
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.ach_words import FILLS, UNJUDGED
from briefing.ui.widgets.cells import STRONG_ROLE, Index

RING: Final = 2
CORNER: Final = 6
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


def paint_mark(painter: QPainter, rect: QRectF, theme: Theme, letters: str) -> None:
    """Draw a cell: NA has no ground, and what is not judged yet only a dashed outline."""
    mark = None if letters == UNJUDGED else Mark(letters)
    fill = FILLS.get(mark)
    painter.save()
    if fill is not None:
        painter.fillRect(rect, theme.colour(fill))
    if mark is None:
        pen = QPen(theme.colour("no_data_line"), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setFont(theme.font("table" if fill is None else "table_strong"))
    painter.setPen(theme.colour("ink_3" if fill is None else "ink"))
    painter.drawText(rect, _CENTRE, letters)
    painter.restore()


def paint_corner(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw the corner that says that somebody wrote down why."""
    side = theme.px(CORNER)
    corner = rect.topRight()
    shape = QPolygonF([corner - QPointF(side, 0), corner, corner + QPointF(0, side)])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("ink_2"))
    painter.drawPolygon(shape)
    painter.restore()


class AchDelegate(QStyledItemDelegate):
    """Paints cells, figures and the frame around the least refuted."""

    def __init__(self, theme: Theme, view: QTableView, *, lined: bool) -> None:
        """For one table; ``lined`` draws a line under every figure, as under the heads."""
        super().__init__(view)
        self._lined = lined
        self._theme = theme
        self._view = view

    def _paint_figure(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme, text = self._theme, str(index.data() or "")
        strong, is_last = bool(index.data(STRONG_ROLE)), _is_last(index)
        role: Role = "table_strong" if strong else "table"
        painter.setFont(theme.font(role, tabular=True))
        quiet: Colour = "ink_3" if text in (UNJUDGED, "0.00") else "ink"
        painter.setPen(theme.colour(quiet))
        inner = rect.adjusted(0, 0, -theme.px(4), 0) if is_last else rect
        painter.drawText(inner, _RIGHT if is_last else _CENTRE, text)
        if strong:
            painter.setPen(QPen(theme.colour("ink"), RING))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        """A ring that stands out from every ground: paper between it and the cell."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("paper"), 1))
        painter.drawRect(rect.adjusted(2.5, 2.5, -2.5, -2.5))
        painter.setPen(QPen(self._theme.colour("focus"), RING))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        theme, area = self._theme, QRectF(option.rect)
        painter.save()
        letters = index.data(MARK_ROLE)
        rect = area.adjusted(0, 0, -2, -1)
        if letters is None:
            if self._lined:
                under = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
                painter.fillRect(under, theme.colour("line"))
            self._paint_figure(painter, rect, index)
        else:
            paint_mark(painter, rect, theme, letters)
        is_ringed = self._view.hasFocus() and index == self._view.currentIndex()
        if is_ringed:
            self._paint_ring(painter, rect)
        if index.data(RATIONALE_ROLE):
            inset = RING + 1 if is_ringed else 0
            paint_corner(painter, rect.adjusted(0, inset, -inset, 0), theme)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two letters and air; the table sets the sizes itself."""
        return QSize(self._theme.px(52), self._theme.px(28))


def _is_last(index: Index) -> bool:
    return index.column() == index.model().columnCount() - 1
