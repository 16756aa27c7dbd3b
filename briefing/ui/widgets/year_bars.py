"""How many of something in each year, with campaigns as spans under the same axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Role
from briefing.ui.widgets.focus_ring import OWN_FOCUS

_BARS_HEIGHT = 40
_NUMBER_HEIGHT = 14
_LABEL_HEIGHT = 18
_SPAN_HEIGHT = 18
_SPAN_BAR = 8
_LEAST_YEAR_WIDTH = 5
_WIDEST_BAR = 16
_SMALL: Role = "note"
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A campaign: its name and where it begins and ends, as years with fractions (2022.1)."""

    label: str
    start: float
    end: float


class YearBars(QWidget):
    """A small histogram. Left and right move from year to year, Enter opens one."""

    year_activated = Signal(int)

    def __init__(self, theme: Theme, unit: str = "documents") -> None:
        """``unit`` is the noun of the counts."""
        super().__init__()
        self._theme = theme
        self._unit = unit
        self._counts: dict[int, int] = {}
        self._spans: tuple[YearSpan, ...] = ()
        self._first, self._last = 0, 0
        self._current = 0
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)
        self.set_counts({})

    def set_counts(
        self,
        counts: Mapping[int, int],
        spans: Sequence[YearSpan] = (),
        since: int | None = None,
    ) -> None:
        """Show other years. ``since`` starts the axis earlier ("active since 2004")."""
        self._counts = {year: count for year, count in sorted(counts.items()) if count}
        self._spans = tuple(spans)
        years = [*self._counts, *(int(span.start) for span in spans)]
        years += [int(span.end) for span in spans] + ([since] if since else [])
        self._first, self._last = (min(years), max(years)) if years else (0, 0)
        self._current = next(reversed(self._counts), 0)
        said = [f"{year}: {count:,} {self._unit}" for year, count in self._counts.items()]
        said += [f"{span.label}: {int(span.start)} to {int(span.end)}" for span in spans]
        self.setAccessibleName("; ".join(said) or f"no dated {self._unit}")
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _year_width(self) -> float:
        return self.width() / max(self._last - self._first + 1, 1)

    def _left_of(self, year: float) -> float:
        return (year - self._first) * self._year_width()

    def _axis(self) -> int:
        return self._theme.px(_NUMBER_HEIGHT + _BARS_HEIGHT)

    def _bar(self, year: int) -> QRectF:
        most = max(self._counts.values(), default=1)
        height = max(self._theme.px(_BARS_HEIGHT) * self._counts.get(year, 0) / most, 2)
        width = min(self._year_width() * 0.72, self._theme.px(_WIDEST_BAR))
        left = self._left_of(year) + (self._year_width() - width) / 2
        return QRectF(round(left), self._axis() - round(height), round(width), round(height))

    def _paint_bars(self, painter: QPainter) -> None:
        theme = self._theme
        numbered = self._numbers_fit()
        painter.setFont(theme.font(_SMALL))
        for year, count in self._counts.items():
            bar = self._bar(year)
            painter.fillRect(bar, theme.colour("seq_4"))
            if numbered:
                painter.setPen(theme.colour("ink_3"))
                above = QRectF(
                    bar.center().x() - 40,
                    bar.top() - theme.px(_NUMBER_HEIGHT),
                    80,
                    theme.px(_NUMBER_HEIGHT),
                )
                painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), f"{count:,}")
            if self.hasFocus() and year == self._current:
                painter.setPen(QPen(theme.colour("focus"), 2))
                painter.drawRect(bar.adjusted(-2, -2, 2, 1))
        painter.fillRect(QRectF(0, self._axis(), self.width(), 1), theme.colour("line_2"))

    def _numbers_fit(self) -> bool:
        metrics = self._theme.metrics(_SMALL)
        widest = max(
            (metrics.horizontalAdvance(f"{count:,}") for count in self._counts.values()), default=0
        )
        return widest <= self._year_width() + 2

    def _labelled_years(self) -> list[int]:
        """Every first, second, fourth, … year, as many as have room; the last one always."""
        needed = self._theme.metrics(_SMALL).horizontalAdvance("2026") + self._theme.px(10)
        step = 1
        while step * self._year_width() < needed and step < self._last - self._first + 1:
            step *= 2
        years = [year for year in range(self._first, self._last + 1) if year % step == 0]
        while years and (self._last - years[-1]) * self._year_width() < needed:
            years.pop()
        return [*years, self._last]

    def _paint_labels(self, painter: QPainter) -> None:
        theme = self._theme
        metrics = theme.metrics(_SMALL)
        painter.setFont(theme.font(_SMALL))
        painter.setPen(theme.colour("ink_3"))
        base = self._axis() + theme.px(4) + metrics.ascent()
        for year in self._labelled_years():
            width = metrics.horizontalAdvance(str(year))
            left = self._left_of(year) + self._year_width() / 2 - width / 2
            left = min(max(left, 0), self.width() - width)
            painter.drawText(QPointF(left, base), str(year))

    def _paint_spans(self, painter: QPainter) -> None:
        theme = self._theme
        metrics = theme.metrics(_SMALL)
        top = self._axis() + theme.px(_LABEL_HEIGHT + 2)
        for span in self._spans:
            left, right = self._left_of(span.start), self._left_of(span.end)
            height = theme.px(_SPAN_BAR)
            middle = top + theme.px(_SPAN_HEIGHT) / 2
            bar = QRectF(left, round(middle - height / 2), max(right - left, 3), height)
            painter.fillRect(bar, theme.colour("evidence"))
            painter.setFont(theme.font(_SMALL))
            painter.setPen(theme.colour("ink_2"))
            gap = theme.px(6)
            before, after = bar.left() - gap, self.width() - bar.right() - gap
            room = max(before, after)
            text = metrics.elidedText(span.label, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(text)
            start = bar.left() - gap - width if before >= after else bar.right() + gap
            base = middle - metrics.height() / 2 + metrics.ascent()
            painter.drawText(QPointF(start, base), text)
            top += theme.px(_SPAN_HEIGHT)

    def _year_at(self, position: QPointF) -> int:
        return self._first + int(position.x() // max(self._year_width(), 1))

    def sizeHint(self) -> QSize:
        """Bars, labels and spans under each other."""
        height = _NUMBER_HEIGHT + _BARS_HEIGHT + _LABEL_HEIGHT + 4
        height += _SPAN_HEIGHT * len(self._spans)
        return QSize(self._theme.px(220), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        """A few pixels for each year."""
        years = self._last - self._first + 1
        width = max(_LEAST_YEAR_WIDTH * years, 120)
        return QSize(self._theme.px(width), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if not self._first:
            return
        painter = QPainter(self)
        self._paint_bars(painter)
        self._paint_labels(painter)
        self._paint_spans(painter)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the year that was clicked."""
        year = self._year_at(event.position())
        if year in self._counts and event.button() == Qt.MouseButton.LeftButton:
            self._current = year
            self.year_activated.emit(year)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from year to year, open one with Enter."""
        years = list(self._counts)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and years:
            place = years.index(self._current) + step
            self._current = years[max(0, min(place, len(years) - 1))]
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and years:
            self.year_activated.emit(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current year."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self.update()
