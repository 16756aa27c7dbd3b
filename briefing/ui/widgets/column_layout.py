"""Widgets side by side where there is room, and under each other where there is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from briefing.ui.theme import Theme

NATURAL = 0
"""As a weight: the column is as wide as its widget asks to be."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to place the widgets.

    Attributes:
        least: From this width on it may be used, in pixels at 100 %.
        rows: Rows from top to bottom: for each column the place of its widget (from 0) and its
            weight.
    """

    least: int
    rows: tuple[tuple[tuple[int, int], ...], ...]


def stacked(count: int) -> Arrangement:
    """All under each other: what is left where nothing else fits."""
    return Arrangement(0, tuple(((place, 1),) for place in range(count)))


def in_rows(least: int, count: int, columns: int) -> Arrangement:
    """Equal columns, row after row, such as four cards as two by two."""
    places = [(place, 1) for place in range(count)]
    rows = (tuple(places[start : start + columns]) for start in range(0, count, columns))
    return Arrangement(least, tuple(rows))


class ColumnLayout(QLayout):
    """Takes the first arrangement that its width allows; hidden widgets leave their room."""

    def __init__(
        self, theme: Theme, arrangements: Sequence[Arrangement], gap: int = 24, line_gap: int = 12
    ) -> None:
        """``gap`` between columns and ``line_gap`` between rows are in pixels at 100 %."""
        super().__init__()
        self._theme = theme
        self._arrangements = tuple(arrangements)
        self._gap = gap
        self._line_gap = line_gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self.invalidate)

    def set_arrangements(self, arrangements: Sequence[Arrangement]) -> None:
        """Place the widgets in other ways."""
        self._arrangements = tuple(arrangements)
        self.invalidate()

    def columns_at(self, width: int) -> int:
        """How many columns the widest row has at a width in real pixels."""
        return max((len(row) for row in self._shown_rows(width)), default=1)

    def _chosen(self, width: int) -> Arrangement:
        room = width / self._theme.factor
        return next(
            (found for found in self._arrangements if found.least <= room), self._arrangements[-1]
        )

    def _shown_rows(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        rows = [
            [
                (self._items[place], weight)
                for place, weight in row
                if place < len(self._items) and not self._items[place].isEmpty()
            ]
            for row in self._chosen(width).rows
        ]
        return [row for row in rows if row]

    def _widths(self, row: Sequence[tuple[QLayoutItem, int]], width: int) -> list[int]:
        gaps = self._theme.px(self._gap) * (len(row) - 1)
        natural = [item.sizeHint().width() if weight == NATURAL else 0 for item, weight in row]
        rest = max(width - gaps - sum(natural), 0)
        total = sum(weight for _, weight in row) or 1
        widths = [
            wanted or rest * weight // total
            for wanted, (_, weight) in zip(natural, row, strict=True)
        ]
        # What division leaves over goes to the last column, so that edges line up.
        if row[-1][1] != NATURAL:
            widths[-1] += width - gaps - sum(widths)
        return widths

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        gap, top = self._theme.px(self._gap), rect.top()
        for row in self._shown_rows(rect.width()):
            widths = self._widths(row, rect.width())
            height = max(_height(item, width) for (item, _), width in zip(row, widths, strict=True))
            if place:
                left = rect.left()
                for (item, _), width in zip(row, widths, strict=True):
                    item.setGeometry(QRect(left, top, width, height))
                    left += width + gap
            top += height + self._theme.px(self._line_gap)
        return max(top - self._theme.px(self._line_gap) - rect.top(), 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Put an item at the end; its place is what arrangements name."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """One item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Remove one item and hand it over."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Sideways only."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at this width."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget heights: something inside has changed."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place every item."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """All columns of the widest arrangement."""
        width = self._theme.px(self._arrangements[0].least)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest item; the height follows from the width."""
        shown = [item.minimumSize().width() for item in self._items if not item.isEmpty()]
        return QSize(max(shown, default=0), 0)


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()


class Columns(QWidget):
    """A widget laid out by a ``ColumnLayout``."""

    def __init__(
        self,
        theme: Theme,
        widgets: Sequence[QWidget],
        arrangements: Sequence[Arrangement],
        gap: int = 24,
        line_gap: int = 12,
    ) -> None:
        """The widgets in the order that arrangements count by."""
        super().__init__()
        self.columns = ColumnLayout(theme, arrangements, gap, line_gap)
        self.setLayout(self.columns)
        for widget in widgets:
            self.columns.addWidget(widget)
