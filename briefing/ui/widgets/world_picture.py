"""A picture of the world: where things lie in it, and how it is drawn."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPainterPath, QPen, QPixmap

from briefing.core.world import Point, World
from briefing.ui.tokens import Tokens
from briefing.ui.widgets.country_paths import (
    cell_of,
    country_cells,
    country_islands,
    country_paths,
    painter_path,
)
from briefing.ui.widgets.viewport import MARGIN, Viewport

__all__ = ["MARGIN", "Mark", "WorldPicture"]

Mark = Literal["current", "hovered", "selected", "focused"]
"""How a country is set off: the one of a small map, and the three of a large one."""

_LINE = 0.5
"""Width of borders between filled countries, in pixels."""
_OUTLINE = 0.75
"""Width of the outline of what has no reports."""
_RINGED_BELOW = 14.0
"""A country narrower and lower than this, in pixels, is marked by a ring around it."""
_ISLET = 3.0
"""Islands narrower and lower than this, in pixels, are drawn without a border that hides them."""
_RING = 1.5
"""Pixels between a dot and the ring that marks it."""
_MARKS: dict[Mark, tuple[str, float, float]] = {
    "current": ("ink", 1.25, 0.0),
    "hovered": ("ink", 1.25, 0.0),
    "selected": ("ink", 2.0, 4.0),
    "focused": ("focus", 2.5, 4.5),
}
"""Colour, width of the line, and width of the paper under it that keeps it apart; in pixels."""


class WorldPicture:
    """The world in a viewport, drawn in the colours it is given."""

    def __init__(
        self,
        world: World,
        dot: float = 2.5,
        small_below: float = 4.0,
        *,
        finds_small: bool = False,
    ) -> None:
        """Start with no size; ``fit`` comes first.

        Args:
            world: The shapes.
            dot: Radius of the dot of a small state, in pixels.
            small_below: Square pixels under which a named country is drawn as a dot.
            finds_small: Whether a small state that has no dot is found from the sea around it.
        """
        self._world = world
        self._dot = dot
        self._small_below = small_below
        self._finds_small = finds_small
        self.view = Viewport(world)
        self._small: dict[str, Point] = {}
        self._islets: dict[str, QPainterPath] = {}
        self._measured = 0.0

    def fit(self, size: QSize) -> bool:
        """Fit the world into a size; say whether that changed anything."""
        return self.view.fit(size)

    def set_dot(self, radius: float) -> None:
        """Draw the dots of small states with another radius, in pixels."""
        self._dot = radius

    def point_of(self, code: str) -> QPointF:
        """Where a country's middle lies, in pixels."""
        return self.view.to_pixels(QPointF(*self._world.shapes[code].centroid))

    def dots(self, named: Collection[str]) -> list[str]:
        """The named countries that are too small here to be seen as shapes."""
        self._measure()
        return [code for code in named if code in self._small]

    def country_at(self, position: QPointF, named: Collection[str]) -> str | None:
        """The country under a point in pixels.

        Dots come before the land under them.
        """
        self._measure()
        point = self.view.to_map(position)
        if found := self._nearest(point, named):
            return found
        paths = country_paths(self._world)
        for code in country_cells(self._world).get(cell_of(*point.toTuple()), ()):
            if paths[code].contains(point):
                return code
        return self._nearest(point, self._small) if self._finds_small else None

    def draw(self, tokens: Tokens, fills: Mapping[str, str], ratio: float) -> QPixmap:
        """All land as "no data", some countries filled, small ones among them as dots.

        Args:
            tokens: The colours of the theme.
            fills: Colour of each country that is named, by code, in drawing order.
            ratio: Pixels of the screen in one pixel of the size.
        """
        self._measure()
        picture = QPixmap(self.view.size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = self._painter(picture)
        paths = self._visible()
        painter.setPen(self._pen(tokens.no_data_line, _OUTLINE))
        painter.setBrush(QColor(tokens.no_data))
        painter.drawPath(painter_path(self._world.unassigned))
        for code, path in paths.items():  # one path for all takes three times as long
            if code not in fills:
                painter.drawPath(path)
        painter.setPen(self._pen(tokens.paper, _LINE))
        shown = [(code, QColor(colour)) for code, colour in fills.items() if code in paths]
        for code, colour in shown:
            painter.setBrush(colour)
            painter.drawPath(paths[code])
        painter.setPen(Qt.PenStyle.NoPen)
        for code, colour in shown:
            if code in self._islets:
                painter.setBrush(colour)
                painter.drawPath(self._islets[code])
        painter.setPen(self._pen(tokens.paper, 1.0))
        for code in self.dots(fills):
            painter.setBrush(QColor(fills[code]))
            self._draw_dot(painter, code, self._dot)
        painter.end()
        return picture

    def mark(self, device: QPaintDevice, tokens: Tokens, code: str, how: Mark = "current") -> None:
        """Set one country off, on top of the picture."""
        painter = self._painter(device)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        colour, width, halo = _MARKS[how]
        pens = [self._pen(getattr(tokens, colour), width)]
        if halo:
            pens.insert(0, self._pen(tokens.paper, halo))
        ring = self._ring(code)
        for pen in pens:
            painter.setPen(pen)
            if ring:
                self._draw_dot(painter, code, ring)
            else:
                painter.drawPath(country_paths(self._world)[code])
        painter.end()

    def _ring(self, code: str) -> float:
        """Radius of the ring that marks a country too small for its own outline; 0 for others."""
        if self.dots((code,)):
            return self._dot + _RING
        bounds = country_paths(self._world)[code].controlPointRect()
        extent = max(bounds.width(), bounds.height()) * self.view.scale
        return extent / 2 + 2 * _RING if extent < _RINGED_BELOW else 0.0

    def _nearest(self, point: QPointF, among: Collection[str]) -> str | None:
        """The small state nearest to a point of the map that is within reach of it."""
        nearest, found = max(2 * self._dot, 5.0) / self.view.scale, None
        for code, (x, y) in self._small.items():
            distance = math.hypot(x - point.x(), y - point.y())
            if distance <= nearest and code in among:
                nearest, found = distance, code
        return found

    def _measure(self) -> None:
        """Find what is small at this scale; asked for often, changed seldom."""
        scale = self.view.scale
        if scale == self._measured:
            return
        self._measured = scale
        world, width = self._world, self._world.width * scale
        self._small = {
            code: shape.centroid
            for code, shape in world.shapes.items()
            if world.is_small(code, width, self._small_below)
        }
        most = _ISLET / scale
        self._islets = {}
        for code, islands in country_islands(world).items():
            if islands and islands[0][0] < most:
                path = QPainterPath()
                for extent, outline in islands:
                    if extent >= most:
                        break
                    path.addPolygon(outline)
                self._islets[code] = path

    def _visible(self) -> Mapping[str, QPainterPath]:
        """The countries of which any part can be seen, in their order."""
        paths = country_paths(self._world)
        if self.view.zoom == 1.0:
            return paths
        size = self.view.size
        corner = QPointF(size.width(), size.height())
        seen = QRectF(self.view.to_map(QPointF()), self.view.to_map(corner))
        return {
            code: path for code, path in paths.items() if path.controlPointRect().intersects(seen)
        }

    def _draw_dot(self, painter: QPainter, code: str, radius: float) -> None:
        middle = QPointF(*self._world.shapes[code].centroid)
        inside = radius / self.view.scale
        painter.drawEllipse(middle, inside, inside)

    def _painter(self, device: QPaintDevice) -> QPainter:
        """A painter that works in map units."""
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.view.origin)
        painter.scale(self.view.scale, self.view.scale)
        return painter

    def _pen(self, colour: str, width: float) -> QPen:
        pen = QPen(QColor(colour), width / self.view.scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen
