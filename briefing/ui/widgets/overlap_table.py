"""Known groups in their order, a square for each feature of the incident."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from briefing.ui.models.overlap_rows import (
    NAME,
    SQUARES,
    SQUARES_ROLE,
    OverlapRow,
    OverlapTableModel,
)
from briefing.ui.theme import Theme
from briefing.ui.tokens import Role
from briefing.ui.widgets.cells import Index
from briefing.ui.widgets.row_delegate import CELL_PADDING, RowDelegate
from briefing.ui.widgets.table import STRETCH, Table

_RANK_WIDTH: Final = 30
_SQUARES: Final = ((8, 2), (6, 2), (4, 1))
"""Side and gap of a square in pixels at 100 %, the largest first."""
_LEAST_NAME: Final = 132
_ROW: Final = 24
_ROWS: Final = 12


class _SquareDelegate(RowDelegate):
    """Filled for what the group uses, outlined for what it is not known to use."""

    square = (0, 0)

    def paint_content(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Squares in their column, text elsewhere."""
        squares = index.data(SQUARES_ROLE)
        if squares is None:
            super().paint_content(painter, rect, index)
            return
        side, gap = (self._theme.px(measure) for measure in self.square)
        top, left = round(rect.center().y() - side / 2), round(rect.left())
        painter.setPen(QPen(self._theme.colour("evidence"), 1))
        for place, shared in enumerate(squares if side else ()):
            box = QRectF(left + place * (side + gap), top, side, side)
            if shared:
                painter.fillRect(box, self._theme.colour("evidence"))
            else:
                painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def text_role(self, index: Index) -> Role:
        """The name is the key of the row."""
        return "key" if index.column() == NAME else "table"


class OverlapTable(Table):
    """Rank, name, squares, "9 of 9"; what has no profile says so instead of squares."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_rows``."""
        super().__init__(theme, "Known groups by what they share", "dense")
        self.rows = OverlapTableModel(self)
        self._features = 0
        self._painter = _SquareDelegate(theme, self, _ROW)
        self.set_delegate(self._painter)
        self.setModel(self.rows)
        self.setSortingEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._head.hide()
        self.fit_rows(_ROWS)

    def show_rows(self, rows: Sequence[OverlapRow], features: int) -> None:
        """Show other rows; ``features`` is how many squares a group has."""
        self.rows.set_rows(rows)
        self._features = features
        self.clearSpans()
        for place, row in enumerate(rows):
            if row.told:
                self.setSpan(place, SQUARES, 1, 2)
        self._fit_columns()
        self.updateGeometry()

    def _fit_columns(self) -> None:
        """Squares as large as leaves room for the names; none where even small ones do not."""
        theme = self._theme
        metrics = theme.metrics("table")
        shared = [metrics.horizontalAdvance(row.shared) for row in self.rows.rows]
        last = round(max(shared, default=0.0) / theme.factor) + 1 + 2 * CELL_PADDING
        room = self.viewport().width() / theme.factor - _RANK_WIDTH - last - _LEAST_NAME
        fitting = (one for one in _SQUARES if self._features * sum(one) + 2 * CELL_PADDING <= room)
        self._painter.square = next(fitting, (0, 0))
        told = [metrics.horizontalAdvance(row.told) for row in self.rows.rows if row.told]
        least = round(max(told, default=0.0) / theme.factor) + 2 * CELL_PADDING - last
        squares = self._features * sum(self._painter.square) + 2 * CELL_PADDING
        self.set_widths((_RANK_WIDTH, STRETCH, max(squares, least), last))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if self.model() is not None:
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit_columns()
