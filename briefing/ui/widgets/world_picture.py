"""A small picture of the world: where things lie in it, and how it is drawn."""

from __future__ import annotations

import math
from collections.abc import Collection

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPaintDevice, QPainter, QPainterPath, QPen, QPixmap

from briefing.core.world import World
from briefing.ui.tokens import Tokens
from briefing.ui.widgets.country_paths import country_paths, painter_path

MARGIN = 4
"""Pixels round the map: room for a focus ring and for dots at the edge."""
_DOT = 2.5
"""Radius of the dot of a small state, in pixels."""
_REACH = 5.0
"""How far from the middle of a dot the mouse still finds it, in pixels."""
_SMALL_BELOW = 4.0
"""Square pixels under which a named country is drawn as a dot."""
_LINE = 0.5
"""Width of borders, in pixels."""
_ISLET = 3.0
"""Islands narrower and lower than this, in pixels, are drawn without a border that hides them."""


class WorldPicture:
    """The world fitted into a size in pixels; keeps the land it has drawn."""

    def __init__(self, world: World) -> None:
        """Start with no size; ``fit`` comes first."""
        self._world = world
        self._size = QSize()
        self._scale = 1.0
        self._origin = QPointF()
        self._ground: QPixmap | None = None

    def fit(self, size: QSize) -> bool:
        """Fit the whole world into the middle of a size; say whether that changed anything."""
        if size == self._size:
            return False
        world = self._world
        across = (size.width() - 2 * MARGIN) / world.width
        down = (size.height() - 2 * MARGIN) / world.height
        self._size = size
        self._scale = max(min(across, down), 1 / world.width)
        self._origin = QPointF(
            (size.width() - world.width * self._scale) / 2,
            (size.height() - world.height * self._scale) / 2,
        )
        self.forget()
        return True

    def forget(self) -> None:
        """Drop what was drawn: the colours or the screen have changed."""
        self._ground = None

    def point_of(self, code: str) -> QPointF:
        """Where a country's middle lies, in pixels."""
        return self._origin + QPointF(*self._world.shapes[code].centroid) * self._scale

    def dots(self, named: Collection[str]) -> list[str]:
        """The named countries that are too small here to be seen as shapes."""
        width = self._world.width * self._scale
        return [code for code in named if self._world.is_small(code, width, _SMALL_BELOW)]

    def country_at(self, position: QPointF, named: Collection[str]) -> str | None:
        """The country under a point in pixels; dots come before the land under them."""
        nearest, code = min(
            ((_distance(self.point_of(code), position), code) for code in self.dots(named)),
            default=(math.inf, ""),
        )
        if nearest <= _REACH:
            return code
        point = (position - self._origin) / self._scale
        paths = country_paths(self._world)
        return next((code for code, path in paths.items() if path.contains(point)), None)

    def draw(self, tokens: Tokens, named: Collection[str], ratio: float) -> QPixmap:
        """All land as "no data", the named countries filled, small ones as dots.

        Args:
            tokens: The colours of the theme.
            named: Codes of countries on the map, in drawing order.
            ratio: Pixels of the screen in one pixel of the size.
        """
        self._ground = self._ground or self._draw_ground(tokens, ratio)
        picture = self._ground.copy()
        painter = self._painter(picture)
        painter.setPen(self._pen(tokens.paper, _LINE))
        painter.setBrush(QColor(tokens.seq_4))
        paths = country_paths(self._world)
        for code in named:
            painter.drawPath(paths[code])
        painter.setPen(Qt.PenStyle.NoPen)
        for code in named:
            self._draw_islets(painter, paths[code])
        painter.setPen(self._pen(tokens.paper, 1.0))
        for code in self.dots(named):
            self._draw_dot(painter, code, _DOT)
        painter.end()
        return picture

    def draw_current(self, device: QPaintDevice, tokens: Tokens, code: str) -> None:
        """Outline one country on top of the picture."""
        painter = self._painter(device)
        painter.setPen(self._pen(tokens.ink, 1.25))
        if self.dots((code,)):
            self._draw_dot(painter, code, _DOT + 1.5)
        else:
            painter.drawPath(country_paths(self._world)[code])
        painter.end()

    def _draw_ground(self, tokens: Tokens, ratio: float) -> QPixmap:
        ground = QPixmap(self._size * ratio)
        ground.setDevicePixelRatio(ratio)
        ground.fill(Qt.GlobalColor.transparent)
        painter = self._painter(ground)
        painter.setPen(self._pen(tokens.no_data_line, _LINE))
        painter.setBrush(QColor(tokens.no_data))
        painter.drawPath(painter_path(self._world.unassigned))
        for path in country_paths(
            self._world
        ).values():  # one path for all takes three times as long
            painter.drawPath(path)
        painter.end()
        return ground

    def _draw_islets(self, painter: QPainter, path: QPainterPath) -> None:
        most = _ISLET / self._scale
        for island in path.toSubpathPolygons():
            bounds = island.boundingRect()
            if max(bounds.width(), bounds.height()) < most:
                painter.drawPolygon(island)

    def _draw_dot(self, painter: QPainter, code: str, radius: float) -> None:
        middle = QPointF(*self._world.shapes[code].centroid)
        painter.drawEllipse(middle, radius / self._scale, radius / self._scale)

    def _painter(self, device: QPaintDevice) -> QPainter:
        """A painter that works in map units."""
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._origin)
        painter.scale(self._scale, self._scale)
        return painter

    def _pen(self, colour: str, width: float) -> QPen:
        pen = QPen(QColor(colour), width / self._scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
