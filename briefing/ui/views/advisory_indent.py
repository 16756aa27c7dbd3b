"""A first column that is moved in, so that it stands under the title of the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.row_delegate import RowDelegate
from briefing.ui.widgets.table_head import TableHead

INDENT: Final = 8
"""Pixels at 100 %."""


class IndentedHead(TableHead):
    """Heads of which the first is moved in."""

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """Draw one head."""
        super().paintSection(painter, rect, logicalIndex)
        if self.visualIndex(logicalIndex) == 0:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), self._theme.colour("paper"))
            inner = rect.adjusted(self._theme.px(INDENT), 0, 0, 0)
            super().paintSection(painter, inner, logicalIndex)


class IndentedDelegate(RowDelegate):
    """Cells of which the first is moved in."""

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Draw what is inside a cell."""
        if index.column() == 0:
            rect = rect.adjusted(self._theme.px(INDENT), 0, 0, 0)
        super().paint_content(painter, rect, index)
