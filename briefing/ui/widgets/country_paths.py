"""The world's shapes as Qt paths, built once for every map that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtGui import QPainterPath

from briefing.core.world import World, rings_of


@lru_cache(maxsize=2)
def country_paths(world: World) -> Mapping[str, QPainterPath]:
    """The path of each country in map units, by alpha-2 code (25 ms the first time)."""
    return {code: painter_path(shape.path) for code, shape in world.shapes.items()}


def painter_path(data: str) -> QPainterPath:
    """Turn the path data of a baked shape into a path in map units."""
    path = QPainterPath()
    for ring in rings_of(data):
        path.moveTo(*ring[0])
        for x, y in ring[1:]:
            path.lineTo(x, y)
        path.closeSubpath()
    return path
