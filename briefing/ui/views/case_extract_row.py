"""How a proposal looks in the list: its box, what it is, where it stands."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from briefing.core.proposal import Proposal
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.cells import TRAILING_ROLE, Index

PROPOSAL_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The Proposal of a row; nothing for a group."""
NOTE_ROLE: Final = PROPOSAL_ROLE + 1
"""Why a row has no box, or ""."""
_ROW: Final = 46
_GROUP: Final = 34
_GAP: Final = 8
_RIGHT: Final = 12


class ProposalDelegate(QStyledItemDelegate):
    """Draws two lines beside the box that the style draws."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        """``ringed`` is the row that the keyboard stands on, if any."""
        super().__init__(view)
        self._theme = theme
        self._view = view
        self.ringed: QPersistentModelIndex | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        look = QStyleOptionViewItem(option)
        self.initStyleOption(look, index)
        look.text = ""
        look.state &= ~QStyle.StateFlag.State_HasFocus
        style = self._view.style() or QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, look, painter, self._view)
        painter.save()
        inner = self._inner(look, style)
        proposal = index.data(PROPOSAL_ROLE)
        if isinstance(proposal, Proposal):
            self._paint_proposal(painter, inner, proposal, index.data(NOTE_ROLE) or "")
        else:
            self._paint_group(painter, inner, index)
        if self.ringed is not None and self.ringed == index:
            painter.setPen(self._theme.colour("focus"))
            for inset in (0.5, 1.5):
                rect = QRectF(option.rect).adjusted(inset, inset, -inset, -inset)
                painter.drawRect(rect)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every proposal is equally high; the view gives it its width."""
        is_row = isinstance(index.data(PROPOSAL_ROLE), Proposal)
        return QSize(self._theme.px(120), self._theme.px(_ROW if is_row else _GROUP))

    def _inner(self, look: QStyleOptionViewItem, style: QStyle) -> QRectF:
        """Where the words stand; without a box as far in as with one."""
        theme, rect = self._theme, QRectF(look.rect)
        box = style.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, look, self._view)
        if look.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
            left = float(style.subElementRect(element, look, self._view).right())
        else:
            left = rect.left() + box
        return rect.adjusted(left - rect.left() + theme.px(_GAP), 0, -theme.px(_RIGHT), -1)

    def _paint_group(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        base = self._base("strong", inner.top(), inner.height())
        right = self._text(painter, inner.left(), base, inner.width(), index.data(), "strong")
        count = str(index.data(TRAILING_ROLE))
        room = inner.right() - right - self._theme.px(_GAP)
        self._text(painter, right + self._theme.px(_GAP), base, room, count, "table", "ink_3")

    def _paint_proposal(
        self, painter: QPainter, inner: QRectF, proposal: Proposal, bar: str
    ) -> None:
        theme, gap = self._theme, self._theme.px(_GAP)
        first, second = theme.line_height("table"), theme.line_height("note")
        top = inner.top() + (inner.height() - first - second) / 2
        base = self._base("table", top, first)
        room = inner.width()
        if proposal.times > 1:
            times = f"×{proposal.times:,}"
            width = theme.metrics("table").horizontalAdvance(times)
            self._text(painter, inner.right() - width, base, width, times, "table", "ink_3")
            room -= width + gap
        ink: Colour = "ink_3" if bar else "ink"
        end = self._text(painter, inner.left(), base, room, proposal.value, "key", ink) + gap
        self._text(painter, end, base, inner.left() + room - end, proposal.name, "table", "ink_2")
        base = self._base("note", top + first, second)
        left = inner.left()
        if words := bar or proposal.note:
            colour: Colour = "ink_3" if bar else "claim"
            left = self._text(painter, left, base, inner.width(), words, "note", colour) + gap
        place = f"Line {proposal.first.line:,}: {proposal.first.excerpt}"
        self._text(painter, left, base, inner.right() - left, place, "note", "ink_3")

    def _base(self, role: Role, top: float, height: float) -> float:
        metrics = self._theme.metrics(role)
        return top + (height - metrics.height()) / 2 + metrics.ascent()

    def _text(
        self,
        painter: QPainter,
        left: float,
        base: float,
        room: float,
        text: str,
        role: Role,
        colour: Colour = "ink",
    ) -> float:
        """Write as much as there is room for; returns where it ends."""
        metrics = self._theme.metrics(role)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(colour))
        painter.drawText(QPointF(left, base), shown)
        return left + metrics.horizontalAdvance(shown)
