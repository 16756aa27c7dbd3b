"""Surfaces and lines: cards, meaning edges, dividers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour

Edge = Literal["claim", "evidence", "assessment", "accent", "warning", "info", "error"]
EDGE_WIDTH = 3
_EDGES: dict[Edge, tuple[Colour, Colour | None]] = {
    "claim": ("claim", None),
    "evidence": ("evidence", None),
    "assessment": ("ink", None),
    "accent": ("accent", "tint_2"),
    "warning": ("claim", "claim_ground"),
    "info": ("line_2", "mist"),
    "error": ("error", "error_ground"),
}


class Card(QFrame):
    """A panel with a thin line around it. ``body`` is its layout."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty card, padded as the design asks."""
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "card")
        self.body = QVBoxLayout(self)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self.body.setContentsMargins(px(16), px(12), px(16), px(12))
        self.body.setSpacing(px(4))


class EdgeFrame(QFrame):
    """A block with a 3-pixel edge at its left that says what kind of thing it holds."""

    def __init__(self, theme: Theme, edge: Edge, parent: QWidget | None = None) -> None:
        """An empty block. ``body`` is its layout."""
        super().__init__(parent)
        self._theme = theme
        self._edge, self._ground = _EDGES[edge]
        self.body = QVBoxLayout(self)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        vertical = px(8) if self._ground else 0
        self.body.setContentsMargins(px(12) + EDGE_WIDTH, vertical, px(12), vertical)
        self.body.setSpacing(px(4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground and draw the edge."""
        painter = QPainter(self)
        if self._ground is not None:
            painter.fillRect(self.rect(), self._theme.colour(self._ground))
        edge = QRect(0, 0, EDGE_WIDTH, self.height())
        painter.fillRect(edge, self._theme.colour(self._edge))


class Divider(QWidget):
    """A line between sections, or between rows where ``quiet``."""

    def __init__(
        self, theme: Theme, *, vertical: bool = False, quiet: bool = True, space: int = 0
    ) -> None:
        """``space`` is the air on either side of the line, in pixels at 100 %."""
        super().__init__()
        self._theme = theme
        self._vertical = vertical
        self._colour: Colour = "line" if quiet else "line_2"
        self._space = space
        fixed, growing = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, growing) if vertical else (growing, fixed)))
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One pixel and the air around it."""
        thick = 1 + 2 * self._theme.px(self._space)
        return QSize(thick, thick)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line in the middle."""
        painter = QPainter(self)
        space = self._theme.px(self._space)
        line = (
            QRect(space, 0, 1, self.height())
            if self._vertical
            else QRect(0, space, self.width(), 1)
        )
        painter.fillRect(line, self._theme.colour(self._colour))
