"""Classes of a map: which shade a number gets, and how many countries share it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

SHADES: Final = 5
"""Steps of the sequential ramp; the palest is 0."""

ACTOR_BOUNDS: Final = (1, 2, 5, 13, 30)
"""Lower bounds of the classes of actors per country; fixed, so that two maps can be compared."""

_SPREAD: Final = ((), (2,), (1, 3), (0, 2, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4))
"""Which shades so many classes take."""


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class, as a legend shows it.

    Attributes:
        low: The least number in it.
        high: The largest number that falls in it; of the last class of actors, which is open, the
            largest there is.
        countries: How many countries fall in it.
        shade: Step of the ramp, 0 to 4.
        is_open: Whether there is no class above it.
    """

    low: int
    high: int
    countries: int
    shade: int
    is_open: bool = False

    @property
    def label(self) -> str:
        """``1``, ``2–4``, ``30–65``; ``30+`` where nothing is as much."""
        if self.is_open and not self.countries:
            return f"{self.low:,}+"
        if self.high == self.low:
            return f"{self.low:,}"
        return f"{self.low:,}\N{EN DASH}{self.high:,}"


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of one map.

    Attributes:
        rows: From few to many; empty where nothing is counted.
        shades: Code of each counted country to its shade.
    """

    rows: tuple[MapClass, ...]
    shades: Mapping[str, int]


def actor_classes(counts: Mapping[str, int]) -> Classes:
    """1, 2–4, 5–12, 13–29, 30 and more, also where nobody falls in one of them."""
    most = max(counts.values(), default=0)
    highs = [above - 1 for above in ACTOR_BOUNDS[1:]]
    return _classed(counts, ACTOR_BOUNDS, (*highs, max(most, ACTOR_BOUNDS[-1])))


def quantile_classes(counts: Mapping[str, int]) -> Classes:
    """At most five classes that hold about as many countries each.

    Countries with the same number share a class, so the classes are seldom exactly equal. Where
    there are no more than five different numbers, each is a class.
    """
    bounds = quantile_bounds(counts.values())
    numbers = sorted(number for number in counts.values() if number > 0)
    highs = [numbers[bisect_left(numbers, above) - 1] for above in bounds[1:]]
    return _classed(counts, bounds, (*highs, *numbers[-1:]))


def quantile_bounds(numbers: Iterable[int]) -> tuple[int, ...]:
    """Lower bounds of the classes of ``quantile_classes``; zeros are no reports and not counted."""
    ordered = sorted(number for number in numbers if number > 0)
    distinct = sorted(set(ordered))
    if len(distinct) <= SHADES:
        return tuple(distinct)
    bounds = {ordered[0]}
    for step in range(1, SHADES):
        bounds.add(ordered[min(ceil(len(ordered) * step / SHADES), len(ordered) - 1)])
    return tuple(sorted(bounds))


def _classed(counts: Mapping[str, int], bounds: Sequence[int], highs: Sequence[int]) -> Classes:
    shades = _SPREAD[len(bounds)]
    places = {
        code: sum(number >= bound for bound in bounds) - 1
        for code, number in counts.items()
        if number > 0
    }
    held = Counter(places.values())
    rows = tuple(
        MapClass(low, high, held[place], shades[place], is_open=place == len(bounds) - 1)
        for place, (low, high) in enumerate(zip(bounds, highs, strict=False))
    )
    return Classes(rows, {code: shades[place] for code, place in places.items()})
