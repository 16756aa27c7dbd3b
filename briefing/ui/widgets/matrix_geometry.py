"""Where everything of a matrix lies: heads and totals stay, the cells between them scroll."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize

from briefing.analysis.matrix_shape import Grid
from briefing.ui.theme import Theme
from briefing.ui.tokens import Role

HEAD: Final = -1
"""As a row: the column heads; as a column: the row heads. One past the last is the totals."""

ROW_HEIGHT: Final = 22
GAP: Final = 8
HEAD_ROLE: Final[Role] = "head"
_WIDEST_ROW_HEAD: Final = 240
_ROW_HEAD_SHARE: Final = 0.4
_WIDEST_COLUMN: Final = 74
_NARROWEST_COLUMN: Final = 28
_NARROWEST_UPRIGHT: Final = 52
"""Columns narrower than this have their heads turned."""
_HEAD_LINES: Final = 2
_LONGEST_TURNED_HEAD: Final = 120
_TURNED_HEAD_SHARE: Final = 0.35


class Spot(NamedTuple):
    """A place in the matrix: row and column, either of which may be a head or a total."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class GridWords:
    """What a matrix calls its parts.

    Attributes:
        title: What the whole is called.
        noun: What cells count.
        total_column: Head of the column of totals.
        total_row: Head of the row of totals.
        total_noun: What the column of totals counts.
    """

    title: str = ""
    noun: str = "actor"
    total_column: str = "all"
    total_row: str = ""
    total_noun: str = "actor"


class MatrixGeometry:
    """Measures of a matrix in a window of some size, scrolled by some pixels."""

    def __init__(self, theme: Theme) -> None:
        """Nothing to measure yet."""
        self._theme = theme
        self._size = QSize()
        self._scroll = QPointF()
        self.rows = 0
        self.columns = 0
        self.left = 0.0
        self.right = 0.0
        self.top = 0.0
        self.row_height = 0.0
        self.is_turned = False
        self._lefts: list[float] = [0.0]
        self._ideal_top = 0.0

    def fit(self, grid: Grid, words: GridWords, size: QSize) -> None:
        """Measure everything anew."""
        theme, px = self._theme, self._theme.px
        self._size = size
        self.rows, self.columns = len(grid.rows), len(grid.columns)
        self.row_height = float(px(ROW_HEIGHT))
        labels = [words.total_row, *(row.label for row in grid.rows)]
        widest = max(map(theme.metrics("table").horizontalAdvance, labels)) + px(GAP)
        room = min(float(px(_WIDEST_ROW_HEAD)), size.width() * _ROW_HEAD_SHARE)
        self.left = float(round(min(widest, room)))
        self.right = float(round(self._total_width(grid, words)))
        widths = self._widths(self._needed(grid), size.width() - self.left - self.right)
        self._lefts = [0.0, *accumulate(widths)]
        self.is_turned = min(widths, default=0.0) < px(_NARROWEST_UPRIGHT)
        self._ideal_top = self._head_height(grid, min(widths, default=0.0))
        self.top = self._ideal_top
        if self.is_turned:
            room = max(size.height() * _TURNED_HEAD_SHARE, _HEAD_LINES * theme.line_height("head"))
            self.top = float(round(min(self.top, room)))

    def scroll_to(self, x: int, y: int) -> None:
        """Scroll the cells by so many pixels."""
        self._scroll = QPointF(x, y)

    @property
    def step(self) -> float:
        """The width of most columns."""
        return min((b - a for a, b in pairwise(self._lefts)), default=0.0)

    @property
    def content(self) -> QSize:
        """The size of everything, without scrolling."""
        width = self.left + self._lefts[-1] + self.right
        return QSize(round(width), round(self.top + (self.rows + 1) * self.row_height))

    @property
    def ideal_height(self) -> int:
        """The height that shows every row, and heads of the length they would like."""
        return round(self._ideal_top + (self.rows + 1) * self.row_height)

    @property
    def totals_left(self) -> float:
        """Where the column of totals begins."""
        return min(self.left + self._lefts[-1], self._size.width() - self.right)

    @property
    def totals_top(self) -> float:
        """Where the row of totals begins."""
        return min(self.top + self.rows * self.row_height, self._size.height() - self.row_height)

    @property
    def cells(self) -> QRectF:
        """The window through which cells are seen."""
        wide, high = self.totals_left - self.left, self.totals_top - self.top
        return QRectF(self.left, self.top, max(wide, 0.0), max(high, 0.0))

    def rect(self, spot: Spot) -> QRectF:
        """Where a cell, a head or a total lies; a cell may lie outside of the window."""
        left, width = self._across(spot.column)
        top, height = self._down(spot.row)
        return QRectF(left, top, width, height)

    def spot_at(self, point: QPointF) -> Spot | None:
        """What lies under a point."""
        column, row = self._column_at(point.x()), self._row_at(point.y())
        if self.totals_left <= point.x():
            column = self.columns if point.x() < self.totals_left + self.right else None
        if self.totals_top <= point.y():
            row = self.rows if point.y() < self.totals_top + self.row_height else None
        if row is None or column is None or not self.exists(Spot(row, column)):
            return None
        return Spot(row, column)

    def exists(self, spot: Spot) -> bool:
        """Whether there is such a place, which opens something; the corners open nothing."""
        if not (HEAD <= spot.row <= self.rows and HEAD <= spot.column <= self.columns):
            return False
        corners = ((HEAD, HEAD), (HEAD, self.columns), (self.rows, HEAD))
        return bool(self.rows and self.columns) and spot not in corners

    def _across(self, column: int) -> tuple[float, float]:
        if column == HEAD:
            return 0.0, self.left
        if column == self.columns:
            return self.totals_left, self.right
        start, end = self._lefts[column], self._lefts[column + 1]
        return self.left + start - self._scroll.x(), end - start

    def _down(self, row: int) -> tuple[float, float]:
        if row == HEAD:
            return 0.0, self.top
        if row == self.rows:
            return self.totals_top, self.row_height
        return self.top + row * self.row_height - self._scroll.y(), self.row_height

    def _column_at(self, x: float) -> int | None:
        if x < self.left:
            return HEAD if x >= 0 else None
        return bisect_right(self._lefts, x - self.left + self._scroll.x()) - 1

    def _row_at(self, y: float) -> int | None:
        if y < self.top:
            return HEAD if y >= 0 else None
        return int((y - self.top + self._scroll.y()) // self.row_height)

    def _needed(self, grid: Grid) -> list[float]:
        """How wide each column must be at least: for its largest number, which is its total."""
        metrics, px = self._theme.metrics("table_strong", tabular=True), self._theme.px
        totals = (grid.column_totals.get(column.code, 0) for column in grid.columns)
        widths = (metrics.horizontalAdvance(f"{total:,}") + px(GAP) for total in totals)
        return [max(width, float(px(_NARROWEST_COLUMN))) for width in widths]

    def _widths(self, needed: Sequence[float], room: float) -> list[float]:
        """Equal widths, but for columns that need more than their share of the room."""
        share = room / max(len(needed), 1)
        wide = [width for width in needed if width > share]
        if len(wide) < len(needed):
            share = (room - sum(wide)) / (len(needed) - len(wide))
        share = min(share, float(self._theme.px(_WIDEST_COLUMN)))
        return [float(int(max(width, share))) for width in needed]

    def _total_width(self, grid: Grid, words: GridWords) -> float:
        metrics = self._theme.metrics("table_strong", tabular=True)
        numbers = chain(grid.row_totals.values(), (grid.actors,))
        widest = max(metrics.horizontalAdvance(f"{number:,}") for number in numbers)
        head = self._theme.metrics(HEAD_ROLE).horizontalAdvance(words.total_column)
        return max(widest, head, float(self._theme.px(32))) + 2 * self._theme.px(GAP)

    def _head_height(self, grid: Grid, narrowest: float) -> float:
        px, metrics = self._theme.px, self._theme.metrics(HEAD_ROLE)
        line = self._theme.line_height(HEAD_ROLE)
        labels = [column.head.label for column in grid.columns]
        widest = max(map(metrics.horizontalAdvance, labels), default=0.0)
        if self.is_turned:
            return float(round(max(min(widest, px(_LONGEST_TURNED_HEAD)), line)) + px(GAP))
        lines = 1 if widest <= narrowest - px(4) else _HEAD_LINES
        return float(lines * line + px(GAP))
