"""What the shades of a map mean, and how many countries have each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.analysis.map_classes import MapClass
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role

_SWATCH: Final = (20, 12)
_AFTER_SWATCH: Final = 6
_BETWEEN: Final = 16
_LINE: Final = 20
NO_REPORTS: Final = "no reports"


@dataclass(frozen=True, slots=True)
class _Key:
    """One entry: a colour, what it means, how often; no colour for the title."""

    label: str
    count: str = ""
    colour: str = ""
    is_open: bool = False


class MapLegend(QWidget):
    """``Actors per victim country  ■ 1 (31)  ■ 2–4 (38) …  □ no reports``, in as many lines."""

    def __init__(self, theme: Theme) -> None:
        """Without classes."""
        super().__init__()
        self._theme = theme
        self._title = ""
        self._rows: tuple[MapClass, ...] = ()
        self._silent = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_classes(self, title: str, rows: Sequence[MapClass], silent: int) -> None:
        """Show the classes of a map.

        Args:
            title: What is counted.
            rows: From few to many.
            silent: How many countries of the map nobody reports about.
        """
        self._title, self._rows, self._silent = title, tuple(rows), silent
        classes = "; ".join(f"{row.label}: {_countries(row.countries)}" for row in rows)
        spoken = "; ".join(filter(None, (classes, f"{NO_REPORTS}: {_countries(silent)}")))
        self.setAccessibleName(f"{title}. {spoken}.")
        self.updateGeometry()
        self.update()

    def _keys(self) -> list[_Key]:
        seq = self._theme.tokens.seq
        keys = [_Key(self._title)] if self._title else []
        keys += [_Key(row.label, f"({row.countries:,})", seq[row.shade]) for row in self._rows]
        return [*keys, _Key(NO_REPORTS, f"({self._silent:,})", is_open=True)]

    def _role(self, key: _Key) -> Role:
        return "table" if key.colour or key.is_open else "table_strong"

    def _width(self, key: _Key) -> float:
        px = self._theme.px
        width = self._theme.metrics(self._role(key)).horizontalAdvance(key.label)
        if key.count:
            width += px(5) + self._theme.metrics("table").horizontalAdvance(key.count)
        has_swatch = bool(key.colour) or key.is_open
        return width + (px(_SWATCH[0] + _AFTER_SWATCH) if has_swatch else 0)

    def _places(self, width: int) -> list[tuple[_Key, float, int]]:
        """Each key with its left end and its line."""
        places, left, line = [], 0.0, 0
        for key in self._keys():
            needed = self._width(key)
            if left and left + needed > width:
                left, line = 0.0, line + 1
            places.append((key, left, line))
            left += needed + self._theme.px(_BETWEEN)
        return places

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All lines."""
        return (self._places(width)[-1][2] + 1) * self._theme.px(_LINE)

    def sizeHint(self) -> QSize:
        """All keys in one line."""
        widths = [self._width(key) for key in self._keys()]
        width = sum(widths) + self._theme.px(_BETWEEN) * (len(widths) - 1)
        return QSize(round(width) + 1, self._theme.px(_LINE))

    def minimumSizeHint(self) -> QSize:
        """The widest key."""
        return QSize(round(max(map(self._width, self._keys()))), self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every key."""
        painter = QPainter(self)
        for key, left, line in self._places(self.width()):
            self._paint_key(painter, key, left, line * self._theme.px(_LINE))

    def _paint_key(self, painter: QPainter, key: _Key, left: float, top: float) -> None:
        px = self._theme.px
        if key.colour or key.is_open:
            wide, high = map(px, _SWATCH)
            box = QRectF(round(left), round(top + (px(_LINE) - high) / 2), wide, high)
            self._paint_swatch(painter, box, key)
            left += wide + px(_AFTER_SWATCH)
        left = self._paint_words(painter, key.label, self._role(key), "ink", left, top)
        if key.count:
            self._paint_words(painter, key.count, "table", "ink_3", left + px(5), top)

    def _paint_swatch(self, painter: QPainter, box: QRectF, key: _Key) -> None:
        theme = self._theme
        if key.is_open:
            painter.fillRect(box, theme.colour("no_data"))
            painter.setPen(QPen(theme.colour("no_data_line"), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(box, QColor(key.colour))

    def _paint_words(
        self, painter: QPainter, words: str, role: Role, colour: Colour, left: float, top: float
    ) -> float:
        theme = self._theme
        metrics = theme.metrics(role)
        base = top + (theme.px(_LINE) - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour(colour))
        painter.drawText(QPointF(left, base), words)
        return left + metrics.horizontalAdvance(words)


def _countries(number: int) -> str:
    return "1 country" if number == 1 else f"{number:,} countries"
