"""The world map of a WorldMap block as an SVG of our own making."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import Any, NamedTuple

import orjson

from briefing.core.errors import BriefingError
from briefing.paths import resources_folder

RAMP = ("#c6dbef", "#8fbbe0", "#4f94c9", "#2468a9", "#0b3c78")
"""seq-1 to seq-5 of the light theme; never branded."""
NO_DATA, OUTLINE = "#f0f1f3", "#b4bbc4"
_SHADES = ((), (3,), (1, 4), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4))
"""Which steps of the ramp so many classes take."""
_LISTED = 12
_DOT_RADIUS = 26
"""In the map's own units, a little over two pixels of a picture 1,200 wide."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map and its words.

    Attributes:
        svg: The picture; "" where the shapes are not there, and the words must do.
        legend: Label, number of countries and fill of each class, lowest first.
        named: The countries with their numbers, most first.
    """

    svg: str
    legend: tuple[tuple[str, int, str], ...]
    named: str


class Filled(NamedTuple):
    """A country that is named: path data, colour, where its dot stands, and its tooltip."""

    path: str
    fill: str
    dot: Sequence[int] | None = None
    title: str = ""


def draw(countries: Sequence[tuple[str, int]]) -> Drawn:
    """Draw the countries (ISO 3166-1 alpha-2, number of statements), shaded by their number."""
    numbers = _numbers(countries)
    bounds = classes(tuple(numbers.values()))
    world = _world()
    fills = {code: RAMP[shade(number, bounds)] for code, number in numbers.items()}
    return Drawn(
        _svg(world, fills) if world else "", _legend(numbers, bounds), _listed(numbers, _LISTED)
    )


def named(countries: Sequence[tuple[str, int]]) -> str:
    """The countries in words with their numbers, most first."""
    return _listed(_numbers(countries), len(countries))


def country_name(code: str) -> str:
    """A country (ISO 3166-1 alpha-2) by its English name, or the code where it is not known."""
    shape = _world().get("shapes", {}).get(code.upper())
    return str(shape["name"]) if shape else code.upper()


def classes(numbers: Sequence[int]) -> tuple[int, ...]:
    """Lower bounds of at most five classes: each number its own, or steps of equal ratio."""
    distinct = sorted(set(numbers))
    if len(distinct) <= len(RAMP):
        return tuple(distinct)
    low, high = distinct[0], distinct[-1]
    ratio = (high / low) ** (1 / len(RAMP))
    bounds = [low]
    for step in range(1, len(RAMP)):
        bounds.append(max(bounds[-1] + 1, math.ceil(low * ratio**step)))
    return tuple(bound for bound in bounds if bound <= high)


def shade(number: int, bounds: Sequence[int]) -> int:
    """The step of the ramp, from 0, for a number among classes with these lower bounds."""
    return _SHADES[len(bounds)][sum(number >= bound for bound in bounds) - 1]


@cache
def _world() -> dict[str, Any]:
    path = resources_folder() / "map" / "world.json"
    if not path.is_file():
        return {}
    try:
        return dict(orjson.loads(path.read_bytes()))
    except ValueError as error:
        raise BriefingError(
            "The shapes of the world map cannot be read.", str(error), "Install the program again."
        ) from error


def shapes_markup(silent: str, filled: Iterable[Filled]) -> list[str]:
    """SVG elements in map units: first what has no reports, then the filled, dots on top.

    Args:
        silent: Path data of everything nobody reports about.
        filled: The others, in drawing order.
    """
    parts = [
        f'<path fill="{NO_DATA}" stroke="{OUTLINE}" stroke-width="5" d="{silent}"/>',
    ]
    dots = []
    for shape in filled:
        said = f"<title>{escape(shape.title)}</title>" if shape.title else ""
        attributes = f'fill="{shape.fill}" stroke="#ffffff"'
        if shape.path:  # the smallest states are dots alone
            path = f'{attributes} stroke-width="4" d="{shape.path}"'
            parts.append(f"<path {path}>{said}</path>" if said else f"<path {path}/>")
        if shape.dot:
            x, y = shape.dot
            circle = f'cx="{x}" cy="{y}" r="{_DOT_RADIUS}" {attributes} stroke-width="6"'
            dots.append(f"<circle {circle}>{said}</circle>" if said else f"<circle {circle}/>")
    return [*parts, *dots]


def silhouette(countries: Iterable[str]) -> str:
    """The world in two colours for the band of a cover, which are named and set by the template.

    Land is drawn in ``LAND``, the countries in ``NAMED`` and borders in ``BORDER``; "" where the
    shapes are not there.

    Args:
        countries: ISO 3166-1 alpha-2 codes.
    """
    world = _world()
    if not world:
        return ""
    shapes = world["shapes"]
    named = sorted({code.upper() for code in countries} & shapes.keys())
    rest = "".join(shape["path"] for code, shape in shapes.items() if code not in named)
    told = "".join(shapes[code]["path"] for code in named)
    stroke = 'stroke="BORDER" stroke-width="5" stroke-linejoin="round"'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {world["width"]} {world["height"]}">'
        f'<path fill="LAND" {stroke} d="{rest}{world.get("unassigned", "")}"/>'
        f'<path fill="NAMED" {stroke} d="{told}"/></svg>'
    )


def _svg(world: dict[str, Any], fills: dict[str, str]) -> str:
    shapes = world["shapes"]
    rest = "".join(shape["path"] for code, shape in shapes.items() if code not in fills)
    filled = (
        Filled(shapes[code]["path"], fill, shapes[code].get("dot"))
        for code, fill in sorted(fills.items())
        if code in shapes
    )
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {world["width"]} {world["height"]}" stroke-linejoin="round">'
    )
    silent = f"{rest}{world.get('unassigned', '')}"
    return "".join([head, *shapes_markup(silent, filled), "</svg>"])


def _legend(numbers: dict[str, int], bounds: tuple[int, ...]) -> tuple[tuple[str, int, str], ...]:
    if not bounds:
        return ()
    rows = []
    for step, (low, above) in enumerate(pairwise((*bounds, math.inf))):
        held = [number for number in numbers.values() if low <= number < above]
        if held:
            least, most = min(held), max(held)
            label = f"{least:,}" if least == most else f"{least:,}\N{EN DASH}{most:,}"
            rows.append((label, len(held), RAMP[_SHADES[len(bounds)][step]]))
    return tuple(rows)


def _numbers(countries: Sequence[tuple[str, int]]) -> dict[str, int]:
    return {code.upper(): number for code, number in countries if number > 0}


def _listed(numbers: dict[str, int], most: int) -> str:
    shapes = _world().get("shapes", {})
    rows = [
        (shapes[code]["name"] if code in shapes else code, number)
        for code, number in numbers.items()
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    words = [f"{name}\N{NO-BREAK SPACE}{number:,}" for name, number in rows[:most]]
    if len(rows) > most:
        words.append(f"and {len(rows) - most:,} more")
    return ", ".join(words) if words else "none named"
