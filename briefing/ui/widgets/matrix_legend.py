"""What the shades of a matrix mean."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from briefing.analysis.matrix_shape import Grid
from briefing.core.wording import plural
from briefing.ui.theme import Theme
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.matrix_painter import NOBODY

_SWATCH: Final = (20, 12)
_SILENT: Final = "nobody reports any"


class _Swatch(QWidget):
    """A shade, or what stands in a cell without reports."""

    def __init__(self, theme: Theme, shade: int | None) -> None:
        super().__init__()
        self._theme = theme
        self._shade = shade
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As in the legend of the map."""
        return QSize(*map(self._theme.px, _SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        painter, theme, rect = QPainter(self), self._theme, QRectF(self.rect())
        if self._shade is not None:
            painter.fillRect(rect, QColor(theme.tokens.seq[self._shade]))
            return
        painter.fillRect(rect, theme.colour("mist_2"))
        painter.setFont(theme.font("table"))
        painter.setPen(theme.colour("ink_3"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), NOBODY)


class MatrixLegend(QWidget):
    """``Actors per cell  ■ 1  ■ 2–4  ■ 5–12  ■ 13–29  ■ 30+  · nobody reports any``."""

    def __init__(self, theme: Theme) -> None:
        """Without classes."""
        super().__init__()
        self._theme = theme
        self._grid = Grid()
        self._flow = FlowLayout(self)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_grid(self, grid: Grid) -> None:
        """Explain the shades of a matrix."""
        self._grid = grid
        title = f"{plural(grid.counts[:-1]).capitalize()} per cell"
        labels = [_label(low, above) for low, above in pairwise((*grid.bounds, 0))]
        self.setAccessibleName(f"{title}, in shades: {', '.join(labels)}")
        self._flow.clear()
        self._flow.addWidget(Label(self._theme, title, "table_strong"))
        for shade, label in enumerate(labels):
            self._add(shade, label)
        self._add(None, _SILENT)

    def _add(self, shade: int | None, label: str) -> None:
        key = QWidget()
        row = QHBoxLayout(key)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        row.addWidget(_Swatch(self._theme, shade))
        row.addWidget(Label(self._theme, label, "table"))
        self._flow.addWidget(key)

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(16), self._theme.px(4))
        self.set_grid(self._grid)


def _label(low: int, above: int) -> str:
    if not above:
        return f"{low}+"
    return str(low) if above == low + 1 else f"{low}\N{EN DASH}{above - 1}"
