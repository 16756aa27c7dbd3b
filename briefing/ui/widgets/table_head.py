"""Column heads: small, quiet, with a chevron at the column the rows are sorted by."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from briefing.ui.icons import paint_icon
from briefing.ui.theme import Theme
from briefing.ui.widgets.meanings import label_meanings
from briefing.ui.widgets.row_delegate import CELL_PADDING

_HEIGHT = 28
_CHEVRON = 9
_GAP = 4


class TableHead(QHeaderView):
    """The horizontal head of a ``Table``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """A head whose columns can be moved, resized and clicked to sort."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(24))
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.setMinimumSectionSize(self._theme.px(24))
        self.updateGeometry()
        self.viewport().update()

    def _title(self, section: int) -> str:
        title = self.model().headerData(section, self.orientation())
        return "" if title is None else str(title)

    def _is_right(self, section: int) -> bool:
        role = Qt.ItemDataRole.TextAlignmentRole
        alignment = self.model().headerData(section, self.orientation(), role)
        return alignment is not None and bool(int(alignment) & Qt.AlignmentFlag.AlignRight.value)

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:  # noqa: N802, N803 - Qt's names
        """Title, chevron and padding."""
        width = self._theme.metrics("head").horizontalAdvance(self._title(logicalIndex))
        extra = self._theme.px(2 * CELL_PADDING + _GAP + _CHEVRON)
        return QSize(round(width) + extra + 1, self._theme.px(_HEIGHT))

    def sizeHint(self) -> QSize:
        """One line of heads."""
        return QSize(super().sizeHint().width(), self._theme.px(_HEIGHT))

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """Draw one head and the line under it."""
        theme, area = self._theme, QRectF(rect)
        painter.save()
        painter.fillRect(area, theme.colour("paper"))
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(line, theme.colour("line_2"))
        inner = area.adjusted(theme.px(CELL_PADDING), 0, -theme.px(CELL_PADDING), 0)
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        mark = theme.px(_CHEVRON + _GAP) if is_sorted else 0
        metrics = theme.metrics("head")
        text = metrics.elidedText(
            self._title(logicalIndex), Qt.TextElideMode.ElideRight, inner.width() - mark
        )
        width = metrics.horizontalAdvance(text)
        left = inner.right() - width - mark if self._is_right(logicalIndex) else inner.left()
        base = inner.top() + (inner.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(theme.font("head"))
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(QPointF(left, base), text)
        if is_sorted:
            self._paint_chevron(painter, QPointF(left + width + theme.px(_GAP), area.center().y()))
        painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        """As a tooltip: what the column says of itself, and what the terms in its title mean."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        section = self.logicalIndexAt(event.pos())
        told = self._told(section) if section >= 0 else ""
        if told:
            QToolTip.showText(event.globalPos(), told, self)
        else:
            event.ignore()
        return bool(told)

    def _told(self, section: int) -> str:
        role = Qt.ItemDataRole.ToolTipRole
        own = self.model().headerData(section, self.orientation(), role)
        parts = (str(own or ""), label_meanings(self._theme.glossary, self._title(section)))
        return "<br/>".join(part for part in parts if part)

    def _paint_chevron(self, painter: QPainter, middle_left: QPointF) -> None:
        side = self._theme.px(_CHEVRON)
        box = QRectF(middle_left.x(), middle_left.y() - side / 2, side, side)
        down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        paint_icon(painter, box, self._theme, "chevron-down" if down else "chevron-up", "ink_3")
