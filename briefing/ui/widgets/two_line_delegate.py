"""How a row with a title and a second line looks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.cells import (
    COLOUR_ROLE,
    SECOND_ROLE,
    TRAILING_COLOUR_ROLE,
    TRAILING_ROLE,
    TRAILING_SECOND_ROLE,
    Index,
)
from briefing.ui.widgets.frames import EDGE_WIDTH

TALL_ROW = 48
DENSE_ROW = 35


class TwoLineDelegate(QStyledItemDelegate):
    """Paints title, second line, what trails them, and the row's ground."""

    def __init__(self, theme: Theme, parent: QWidget, *, dense: bool, links: bool) -> None:
        """See ``TwoLineList``."""
        super().__init__(parent)
        self._theme = theme
        self._links = links
        self._height = DENSE_ROW if dense else TALL_ROW
        self._padding = 0 if dense else 16
        self.ringed_row = -1

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, index: Index, state: QStyle.StateFlag
    ) -> None:
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected and not self._links:
            painter.fillRect(rect, theme.colour("tint"))
            painter.fillRect(
                QRectF(rect.left(), rect.top(), EDGE_WIDTH, rect.height()), theme.colour("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver and not self._links:
            painter.fillRect(rect, theme.colour("mist_2"))
        top = rect.top() if self._links else rect.bottom() - 1
        painter.fillRect(QRectF(rect.left(), top, rect.width(), 1), theme.colour("line"))
        if index.row() == self.ringed_row:
            painter.setPen(theme.colour("focus"))
            for inset in (0.5, 1.5):
                painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))

    def _paint_trailing(
        self, painter: QPainter, rect: QRectF, base: float, text: str, role: Role, colour: Colour
    ) -> float:
        if not text:
            return rect.width()
        width = self._theme.metrics(role).horizontalAdvance(text)
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        painter.drawText(QPointF(rect.right() - width, base), text)
        return rect.width() - width - self._theme.px(8)

    def _paint_text(
        self, painter: QPainter, place: QPointF, room: float, text: str, role: Role, colour: Colour
    ) -> None:
        metrics = self._theme.metrics(role)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        painter.drawText(place, shown)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        theme = self._theme
        rect = QRectF(option.rect)
        painter.save()
        self._paint_ground(painter, rect, index, option.state)
        padding = theme.px(self._padding)
        inner = rect.adjusted(padding, 0, -padding, 0)
        first, second = theme.line_height("table"), theme.line_height("note")
        top = inner.top() + (inner.height() - first - second) / 2 + 0.5
        metrics = theme.metrics("table")
        base = top + (first - metrics.height()) / 2 + metrics.ascent()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver) and self._links
        quiet: Colour = index.data(TRAILING_COLOUR_ROLE) or "ink_3"
        room = self._paint_trailing(
            painter, inner, base, index.data(TRAILING_ROLE) or "", "table", "ink_2"
        )
        role: Role = "table" if self._links else "key"
        colour: Colour = "accent" if hovered else index.data(COLOUR_ROLE) or "ink"
        place = QPointF(inner.left(), base)
        self._paint_text(painter, place, room, str(index.data() or ""), role, colour)
        metrics = theme.metrics("note")
        base = top + first + (second - metrics.height()) / 2 + metrics.ascent()
        room = self._paint_trailing(
            painter, inner, base, index.data(TRAILING_SECOND_ROLE) or "", "note", quiet
        )
        place = QPointF(inner.left(), base)
        self._paint_text(painter, place, room, str(index.data(SECOND_ROLE) or ""), "note", "ink_3")
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is equally high; the view gives it its width."""
        return QSize(self._theme.px(80), self._theme.px(self._height))
