"""The world's shapes as Qt paths, built once for every map that shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtGui import QPainterPath, QPolygonF

from briefing.core.world import World, rings_of

CELL = 200
"""Map units of one side of a square in which countries are looked for."""
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


@lru_cache(maxsize=2)
def country_cells(world: World) -> Mapping[tuple[int, int], tuple[str, ...]]:
    """Which countries may lie in each square of ``CELL`` map units, in their order."""
    cells: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for code, islands in country_islands(world).items():
        for cell in {cell for _, outline in islands for cell in _under(outline)}:
            cells[cell].append(code)
    return {cell: tuple(codes) for cell, codes in cells.items()}


def cell_of(x: float, y: float) -> tuple[int, int]:
    """The square in which a point of the map lies."""
    return int(x // CELL), int(y // CELL)


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


def _under(outline: QPolygonF) -> list[tuple[int, int]]:
    """The squares that the box around an outline touches."""
    bounds = outline.boundingRect()
    left, top = cell_of(bounds.left(), bounds.top())
    right, bottom = cell_of(bounds.right(), bounds.bottom())
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


def _extent(outline: QPolygonF) -> float:
    bounds = outline.boundingRect()
    return max(bounds.width(), bounds.height())
