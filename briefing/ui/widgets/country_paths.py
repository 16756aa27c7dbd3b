"""The world's shapes as Qt paths, built once for every map that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtGui import QPainterPath, QPolygonF

from briefing.core.world import World, rings_of

Islands = tuple[tuple[float, QPolygonF], ...]
"""Outlines with the longer side of each, in map units, the smallest first."""


@lru_cache(maxsize=2)
def country_paths(world: World) -> Mapping[str, QPainterPath]:
    """The path of each country in map units, by alpha-2 code (25 ms the first time)."""
    return {code: painter_path(shape.path) for code, shape in world.shapes.items()}


@lru_cache(maxsize=2)
def country_islands(world: World) -> Mapping[str, Islands]:
    """The outlines of each country apart, to find those too small for a border."""
    return {code: _islands(path) for code, path in country_paths(world).items()}


def painter_path(data: str) -> QPainterPath:
    """Turn the path data of a baked shape into a path in map units."""
    path = QPainterPath()
    for ring in rings_of(data):
        path.moveTo(*ring[0])
        for x, y in ring[1:]:
            path.lineTo(x, y)
        path.closeSubpath()
    return path


def _islands(path: QPainterPath) -> Islands:
    outlines = [(_extent(outline), outline) for outline in path.toSubpathPolygons()]
    return tuple(sorted(outlines, key=lambda pair: pair[0]))


def _extent(outline: QPolygonF) -> float:
    bounds = outline.boundingRect()
    return max(bounds.width(), bounds.height())
