"""A row of the list of sections: grip, box, title, and at the right its note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from briefing.ui.icons import IconName, paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.briefing_section_model import ALWAYS, Row, SectionModel
from briefing.ui.widgets.chips import CHIP_HEIGHT, ChipKind, chip_width, paint_chip
from briefing.ui.widgets.tooltips import plain_tooltip

ROW = 26
ADD = "Add a note"
NOTED = "note"
_GRIP = 14
_BOX = 16
_PEN = 12
_SIDE = 8

_Index = QModelIndex | QPersistentModelIndex


class SectionDelegate(QStyledItemDelegate):
    """Paints rows; ``below`` gives the pixels under a row in which its note is written."""

    def __init__(self, theme: Theme, parent: QWidget, below: Callable[[int], int]) -> None:
        """Nothing is ringed."""
        super().__init__(parent)
        self._theme = theme
        self._below = below
        self.ringed_row = -1

    def head(self, rect: QRect) -> QRect:
        """The row itself, without what is written under it."""
        return QRect(rect.left(), rect.top(), rect.width(), self._theme.px(ROW))

    def box(self, rect: QRect) -> QRect:
        """Where the check box of a row is."""
        head, side = self.head(rect), self._theme.px(_BOX)
        left = head.left() + self._theme.px(_SIDE + _GRIP + 6)
        return QRect(left, head.top() + (head.height() - side) // 2, side, side)

    def note(self, rect: QRect, row: Row) -> QRect:
        """What is pressed to write a note; empty where there can be none."""
        head = self.head(rect)
        if not row.offer.choosable:
            return QRect()
        words = chip_width(self._theme, NOTED) if row.noted else self._add_width()
        width = words + self._theme.px(2 * _SIDE)
        return QRect(head.right() + 1 - width, head.top(), width, head.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        model = index.model()
        if not isinstance(model, SectionModel):
            raise TypeError("This delegate paints sections only.")
        row, rect = model.at(index.row()), self.head(option.rect)
        is_hot = bool(QStyle.StateFlag(option.state) & QStyle.StateFlag.State_MouseOver)
        painter.save()
        self._paint_ground(painter, rect, index.row(), is_hot)
        if row.offer.choosable:
            self._paint_icon(painter, rect, rect.left() + self._theme.px(_SIDE), _GRIP, "grip")
        box = self.box(rect)
        self._paint_box(painter, box, row)
        is_hot = is_hot or index.row() == self.ringed_row
        right = self._paint_end(painter, rect, row, is_hot)
        self._paint_title(painter, rect, row, box.right() + self._theme.px(_SIDE), right)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The row and what is written under it."""
        px = self._theme.px
        return QSize(px(80), px(ROW) + self._below(index.row()))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Say the whole title where it is cut."""
        model = index.model()
        if not isinstance(model, SectionModel):
            return False
        row, theme = model.at(index.row()), self._theme
        room = self._end(option.rect, row) - self.box(option.rect).right() - theme.px(_SIDE)
        is_cut = theme.metrics("table").horizontalAdvance(row.offer.title) > room
        QToolTip.showText(event.globalPos(), plain_tooltip(row.offer.title) if is_cut else "", view)
        return True

    def _end(self, rect: QRect, row: Row) -> float:
        """Where the title has to end while the pointer is on the row."""
        words = NOTED if row.noted else ALWAYS
        is_chip = not row.offer.choosable or row.noted
        width = chip_width(self._theme, words) if is_chip else self._add_width()
        return rect.right() + 1 - width - 2 * self._theme.px(_SIDE)

    def _add_width(self) -> int:
        return round(self._theme.metrics("chip").horizontalAdvance(ADD)) + 2

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int, is_hot: bool) -> None:
        theme = self._theme
        if is_hot:
            painter.fillRect(rect, theme.colour("mist_2"))
        if row:
            painter.fillRect(rect.left(), rect.top(), rect.width(), 1, theme.colour("line"))
        if row == self.ringed_row:
            painter.setPen(theme.colour("focus"))
            for inset in (0, 1):
                painter.drawRect(rect.adjusted(inset, inset, -1 - inset, -1 - inset))

    def _paint_end(self, painter: QPainter, rect: QRect, row: Row, is_hot: bool) -> float:
        """Draw what stands at the right; returns where the title has to end."""
        theme = self._theme
        right = rect.right() + 1 - theme.px(_SIDE)
        if not row.offer.choosable or row.noted:
            words = NOTED if row.noted else ALWAYS
            width, height = chip_width(theme, words), theme.px(CHIP_HEIGHT)
            top = rect.top() + (rect.height() - height) / 2
            kind: ChipKind = "tint" if row.noted and row.on else "quiet"
            paint_chip(painter, QRectF(right - width, top, width, height), theme, words, kind)
            return self._end(rect, row)
        if is_hot:
            metrics, left = theme.metrics("chip"), right - self._add_width()
            base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
            painter.setFont(theme.font("chip"))
            painter.setPen(theme.colour("accent"))
            painter.drawText(QPointF(left, base), ADD)
            return self._end(rect, row)
        left = right - theme.px(_PEN)
        self._paint_icon(painter, rect, left, _PEN, "edit")
        return left - theme.px(_SIDE)

    def _paint_icon(
        self, painter: QPainter, rect: QRect, left: float, side: int, name: IconName
    ) -> None:
        pixels = self._theme.px(side)
        spot = QRectF(left, rect.top() + (rect.height() - pixels) / 2, pixels, pixels)
        paint_icon(painter, spot, self._theme, name, "ink_3")

    def _paint_title(
        self, painter: QPainter, rect: QRect, row: Row, left: float, right: float
    ) -> None:
        theme, metrics = self._theme, self._theme.metrics("table")
        shown = metrics.elidedText(row.offer.title, Qt.TextElideMode.ElideRight, right - left)
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        colour: Colour = "ink" if row.on else "ink_3"
        painter.setFont(theme.font("table"))
        painter.setPen(theme.colour(colour))
        painter.drawText(QPointF(left, base), shown)

    def _paint_box(self, painter: QPainter, box: QRect, row: Row) -> None:
        view = self.parent()
        if not isinstance(view, QWidget):
            return
        button = QStyleOptionButton()
        button.rect = box
        state = QStyle.StateFlag.State_On if row.on else QStyle.StateFlag.State_Off
        if row.offer.choosable:
            state |= QStyle.StateFlag.State_Enabled
        button.state = state
        element = QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck
        view.style().drawPrimitive(element, button, painter, view)
