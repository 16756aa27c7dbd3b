"""The world map as shapes: what a map, a document and a picture are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Point = tuple[int, int]
Ring = tuple[Point, ...]

BOUNDARY_NOTE = "Boundaries: Natural Earth; they imply no endorsement."
"""The line that stands under every map."""

SMALL_BELOW = 6.0
"""A country that covers fewer square pixels than this is hard to see and gets a dot."""


@dataclass(frozen=True)
class CountryShape:
    """One country of the map, in map units (x to the right, y downwards).

    Attributes:
        name: English name.
        path: SVG path data, ``Mx,yldx,dy dx,dyz`` a ring with whole numbers; holes run the other
            way round. Empty where the land is smaller than a map unit: then there is a dot.
        centroid: Centre of gravity of the largest piece of land.
        area: Square map units before thinning; Equal Earth keeps areas comparable.
        dot: Where to draw a dot in a picture up to 1,200 pixels wide, or None where the shape
            is large enough to be seen.
    """

    name: str
    path: str
    centroid: Point
    area: float
    dot: Point | None = None

    def rings(self) -> tuple[Ring, ...]:
        """The outlines as points; the last point of a ring joins the first."""
        return rings_of(self.path)


@dataclass(frozen=True, eq=False)
class World:
    """The whole map: Equal Earth, without Antarctica, one shape an ISO 3166-1 code.

    Two worlds are equal only if they are the same object, so that what is built from one can
    be cached by it.

    Attributes:
        width: Width of the map in map units.
        height: Height of the map in map units.
        shapes: Alpha-2 code to shape. ``XK`` is Kosovo.
        unassigned: SVG path data of land that belongs to no code; drawn as "no data".
    """

    width: int
    height: int
    shapes: Mapping[str, CountryShape]
    unassigned: str = ""

    def is_small(self, code: str, width: float, below: float = SMALL_BELOW) -> bool:
        """Whether a country needs a dot in a picture so many pixels wide.

        Args:
            code: Alpha-2 code of a country on the map.
            width: Width of the whole map in the picture, in pixels.
            below: Square pixels under which a country is small.
        """
        return self.shapes[code].area * (width / self.width) ** 2 < below


def rings_of(path: str) -> tuple[Ring, ...]:
    """Read the path data of a baked map back into points."""
    return tuple(_ring(part) for part in path.split("M")[1:])


def _ring(part: str) -> Ring:
    start, _, steps = part.rstrip("z").partition("l")
    x, y = map(int, start.split(","))
    points = [(x, y)]
    for step in steps.split():
        dx, dy = step.split(",")
        x, y = x + int(dx), y + int(dy)
        points.append((x, y))
    return tuple(points)
