"""How a matrix looks: shaded cells with their numbers, quiet heads, totals apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout, QTextOption

from briefing.analysis.matrix_shape import ALL, Grid
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.matrix_geometry import (
    GAP,
    HEAD,
    HEAD_ROLE,
    GridWords,
    MatrixGeometry,
    Spot,
)

NOBODY: Final = "\N{MIDDLE DOT}"
"""In a cell of which nobody reports anything; 0 would be a count."""

_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_RING: Final = 2
_MOST_LINES: Final = 2


class MatrixPainter:
    """Draws a matrix as a geometry places it.

    Attributes:
        ringed: What has the keyboard, or None.
        marked: What is opened beside the matrix, or None.
        hovered: What is under the pointer, or None.
    """

    def __init__(self, theme: Theme, geometry: MatrixGeometry) -> None:
        """Nothing is ringed, marked or pointed at."""
        self._theme = theme
        self._geometry = geometry
        self._grid = Grid()
        self._words = GridWords()
        self.ringed: Spot | None = None
        self.marked: Spot | None = None
        self.hovered: Spot | None = None

    def set_grid(self, grid: Grid, words: GridWords) -> None:
        """Draw another matrix."""
        self._grid, self._words = grid, words

    def paint(self, painter: QPainter) -> None:
        """Draw all that can be seen."""
        geometry = self._geometry
        cells = geometry.cells
        rows, columns = self._seen()
        with self._within(painter, cells):
            for row in rows:
                for column in columns:
                    self._paint_cell(painter, Spot(row, column))
        with self._within(painter, QRectF(0, cells.top(), geometry.left, cells.height())):
            for row in rows:
                self._paint_row_head(painter, Spot(row, HEAD))
        with self._within(painter, QRectF(cells.left(), 0, cells.width(), cells.top())):
            for column in columns:
                self._paint_column_head(painter, Spot(HEAD, column))
        self._paint_totals(painter, rows, columns)
        self._paint_edges(painter)
        self._paint_frames(painter)

    def label(self, spot: Spot) -> str:
        """The words of a head."""
        if spot.row == HEAD:
            is_total = spot.column == self._geometry.columns
            return self._words.total_column if is_total else self._column_label(spot.column)
        is_total = spot.row == self._geometry.rows
        return self._words.total_row if is_total else self._grid.rows[spot.row].label

    def is_cut(self, spot: Spot) -> bool:
        """Whether the words of a head do not fit."""
        rect, label = self._geometry.rect(spot), self.label(spot)
        if spot.row != HEAD:
            metrics = self._theme.metrics("table")
            return metrics.horizontalAdvance(label) > rect.width() - self._theme.px(GAP) + 1
        width = self._theme.metrics(HEAD_ROLE).horizontalAdvance(label)
        if self._geometry.is_turned:
            return width > rect.height() - self._theme.px(GAP) + 1
        return self._lines(label, rect.width())[-1].endswith("\N{HORIZONTAL ELLIPSIS}")

    def _column_label(self, column: int) -> str:
        return self._grid.columns[column].head.label

    def _seen(self) -> tuple[range, range]:
        """Rows and columns of which a part can be seen."""
        geometry, cells = self._geometry, self._geometry.cells
        if cells.isEmpty():
            return range(0), range(0)
        first = geometry.spot_at(cells.topLeft())
        last = geometry.spot_at(cells.bottomRight() - QPointF(1, 1))
        if first is None or last is None:
            return range(0), range(0)
        return range(first.row, last.row + 1), range(first.column, last.column + 1)

    @contextmanager
    def _within(self, painter: QPainter, area: QRectF) -> Iterator[None]:
        painter.save()
        painter.setClipRect(area)
        yield
        painter.restore()

    def _is_near(self, head: Spot) -> bool:
        """Whether a head is that of the row or column that is pointed at, or has the keyboard."""
        pointed = self.hovered or self.ringed
        if pointed is None:
            return False
        return head.column == pointed.column if head.row == HEAD else head.row == pointed.row

    def _write(
        self, painter: QPainter, rect: QRectF, text: str, role: Role, ink: QColor | Colour
    ) -> None:
        """Write in the middle of a rectangle."""
        painter.setFont(self._theme.font(role, tabular=True))
        painter.setPen(ink if isinstance(ink, QColor) else self._theme.colour(ink))
        painter.drawText(rect, _CENTRE, text)

    def _paint_cell(self, painter: QPainter, spot: Spot) -> None:
        grid, theme = self._grid, self._theme
        rect = self._geometry.rect(spot).adjusted(0, 0, -1, -1)
        column = grid.columns[spot.column].code
        number = grid.cells.get((grid.rows[spot.row].code, column), 0)
        if not number:
            painter.fillRect(rect, theme.colour("mist_2"))
            self._write(painter, rect, NOBODY, "table", "ink_3")
            return
        shade = grid.shade(number, column)
        if shade is None:
            painter.fillRect(rect, theme.colour("mist"))
            self._write(painter, rect, f"{number:,}", "table", "ink_2")
            return
        painter.fillRect(rect, QColor(theme.tokens.seq[shade]))
        ink = QColor(theme.tokens.seq_ink[shade])
        self._write(painter, rect, f"{number:,}", "key", ink)

    def _paint_row_head(self, painter: QPainter, spot: Spot) -> None:
        rect = self._geometry.rect(spot)
        is_total = spot.row == self._geometry.rows
        font = self._theme.font("table")
        font.setUnderline(spot == self.hovered)
        painter.setFont(font)
        quiet: Colour = "ink_2" if is_total else "ink"
        painter.setPen(self._theme.colour("accent" if self._is_near(spot) else quiet))
        metrics = self._theme.metrics("table")
        room = rect.width() - self._theme.px(GAP)
        shown = metrics.elidedText(self.label(spot), Qt.TextElideMode.ElideRight, room + 1)
        base = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent()
        painter.drawText(QPointF(0, base), shown)

    def _paint_column_head(self, painter: QPainter, spot: Spot) -> None:
        rect = self._geometry.rect(spot)
        font = self._theme.font(HEAD_ROLE)
        font.setUnderline(spot == self.hovered)
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent" if self._is_near(spot) else "ink_3"))
        if self._geometry.is_turned and spot.column < self._geometry.columns:
            self._write_turned(painter, rect, self.label(spot))
            return
        line = self._theme.line_height(HEAD_ROLE)
        lines = self._lines(self.label(spot), rect.width())
        top = rect.bottom() - self._theme.px(GAP) / 2 - line * len(lines)
        for number, words in enumerate(lines):
            painter.drawText(
                QRectF(rect.left(), top + number * line, rect.width() - 1, line), _CENTRE, words
            )

    def _write_turned(self, painter: QPainter, rect: QRectF, label: str) -> None:
        metrics = self._theme.metrics(HEAD_ROLE)
        room = rect.height() - self._theme.px(GAP)
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room + 1)
        painter.save()
        painter.translate(rect.center().x(), rect.bottom() - self._theme.px(GAP) / 2)
        painter.rotate(-90)
        painter.drawText(QPointF(0, (metrics.ascent() - metrics.descent()) / 2), shown)
        painter.restore()

    def _lines(self, label: str, width: float) -> list[str]:
        """The words of an upright head in at most two lines."""
        metrics, room = self._theme.metrics(HEAD_ROLE), width - self._theme.px(4)
        layout = QTextLayout(label, self._theme.font(HEAD_ROLE))
        layout.setTextOption(_wrapped())
        layout.beginLayout()
        ends = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            ends.append((line.textStart(), line.textStart() + line.textLength()))
        layout.endLayout()
        lines = [label[start:end].strip() for start, end in ends[: _MOST_LINES - 1]]
        rest = label[ends[_MOST_LINES - 1][0] :] if len(ends) >= _MOST_LINES else ""
        elide = Qt.TextElideMode.ElideRight
        return [metrics.elidedText(line, elide, room + 1) for line in (*lines, rest) if line]

    def _paint_totals(self, painter: QPainter, rows: range, columns: range) -> None:
        grid, geometry = self._grid, self._geometry
        cells, right, bottom = geometry.cells, geometry.columns, geometry.rows
        with self._within(painter, QRectF(geometry.totals_left, 0, geometry.right, cells.bottom())):
            for row in rows:
                number = grid.row_totals.get(grid.rows[row].code, 0)
                self._paint_total(painter, Spot(row, right), number)
        self._paint_column_head(painter, Spot(HEAD, right))
        with self._within(
            painter,
            QRectF(geometry.left, geometry.totals_top, cells.width(), geometry.row_height),
        ):
            for column in columns:
                number = grid.column_totals.get(grid.columns[column].code, 0)
                self._paint_total(painter, Spot(bottom, column), number)
        self._paint_row_head(painter, Spot(bottom, HEAD))
        self._paint_total(painter, Spot(bottom, right), grid.actors)

    def _paint_total(self, painter: QPainter, spot: Spot, number: int) -> None:
        rect = self._geometry.rect(spot).adjusted(0, 0, -1, -1)
        self._write(painter, rect, f"{number:,}", "table_strong", "ink_2")

    def _paint_edges(self, painter: QPainter) -> None:
        """The line under the heads, and lines at totals under which cells go on."""
        geometry, theme = self._geometry, self._theme
        width = geometry.totals_left + geometry.right
        painter.fillRect(QRectF(0, geometry.top - 1, width, 1), theme.colour("line_2"))
        if geometry.totals_left + geometry.right < geometry.content.width():
            height = geometry.totals_top + geometry.row_height
            painter.fillRect(QRectF(geometry.totals_left, 0, 1, height), theme.colour("line_2"))
        if geometry.totals_top + geometry.row_height < geometry.content.height():
            painter.fillRect(QRectF(0, geometry.totals_top, width, 1), theme.colour("line_2"))

    def _paint_frames(self, painter: QPainter) -> None:
        for spot, colour in ((self.marked, "ink"), (self.hovered, "ink"), (self.ringed, "focus")):
            if spot is None or (colour == "ink" and HEAD in spot):
                continue
            painter.save()
            if spot.row in range(self._geometry.rows) or spot.column in range(
                self._geometry.columns
            ):
                painter.setClipRect(self._frame_room(spot))
            self._paint_frame(painter, self._geometry.rect(spot), colour)
            painter.restore()

    def _frame_room(self, spot: Spot) -> QRectF:
        """The part of the window in which a cell may be framed, with room for the frame itself."""
        cells = self._geometry.cells
        rect = self._geometry.rect(spot)
        left, right = rect.left(), rect.right()
        if spot.column in range(self._geometry.columns):
            left, right = cells.left(), cells.right()
        top, bottom = rect.top(), rect.bottom()
        if spot.row in range(self._geometry.rows):
            top, bottom = cells.top(), cells.bottom()
        return QRectF(left, top, right - left, bottom - top).adjusted(-3, -3, 3, 3)

    def _paint_frame(self, painter: QPainter, rect: QRectF, colour: str) -> None:
        """A frame that stands out from every shade: paper between it and the cell."""
        inner = rect.adjusted(0, 0, -1, -1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("paper"), 1))
        painter.drawRect(inner.adjusted(1.5, 1.5, -1.5, -1.5))
        ink: Colour = "ink" if colour == "ink" else "focus"
        painter.setPen(QPen(self._theme.colour(ink), _RING))
        painter.drawRect(inner)


def _wrapped() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    return option


def code_of(grid: Grid, spot: Spot) -> tuple[str, str]:
    """Codes of row and column; heads and totals stand for all."""
    row = grid.rows[spot.row].code if 0 <= spot.row < len(grid.rows) else ALL
    column = grid.columns[spot.column].code if 0 <= spot.column < len(grid.columns) else ALL
    return row, column
