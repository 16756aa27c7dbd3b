"""Orders of rows and columns in which the patterns of a matrix can be seen.

"Clustered" joins the two most alike groups over and over (average linkage: Sokal and Michener, "A
statistical method for evaluating systematic relationships", 1958) by the cosine of the angle
between their rows, and turns every group, when it is joined to another, so that the two ends that
meet are the most alike (Gruvaeus and Wainer, "Two additions to hierarchical cluster analysis",
1972). Groups are found by chains of nearest neighbours (Benzécri, 1982; Murtagh, "A survey of
recent advances in hierarchical clustering algorithms", 1983), which gives the same tree in time
that grows with the square of the number of rows. The heavier half comes first. Nothing is drawn by
lot: equal likeness is decided by the order that was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Literal, TypeAlias

from briefing.core.actor import Coded

Order = Literal["size", "clustered", "name"]
"""How rows or columns are arranged."""

Vector: TypeAlias = Mapping[str, float]
"""What a row holds: its numbers by column; columns that are not in it hold nothing."""

_PLACES: Final = 12
"""Decimal places that count: the last ones of a fraction depend on how it was reached."""
_SAME: Final = 1e-12
"""Means of distances that are closer than this are equal, for the same reason."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A row or a column to be arranged.

    Attributes:
        head: Its code and words.
        size: Its total, which "by size" goes by.
        holds: Its numbers, which "clustered" goes by.
    """

    head: Coded
    size: int
    holds: Vector


def arranged(things: Sequence[Thing], order: Order) -> tuple[Coded, ...]:
    """The heads in an order; of equal ones the one that was given first comes first."""
    if order == "name":
        found = sorted(things, key=lambda thing: thing.head.label.casefold())
    elif order == "size":
        found = sorted(things, key=lambda thing: -thing.size)
    else:
        # By size first, so that among equals the larger leads.
        sized = sorted(things, key=lambda thing: -thing.size)
        places = cluster_order([thing.holds for thing in sized])
        found = [sized[place] for place in places]
        half = len(found) // 2
        if sum(thing.size for thing in found[:half]) < sum(
            thing.size for thing in found[len(found) - half :]
        ):
            found.reverse()
    return tuple(thing.head for thing in found)


def cluster_order(rows: Sequence[Vector]) -> tuple[int, ...]:
    """Places of the rows, like ones beside each other.

    Args:
        rows: What each row holds; numbers are not negative.

    Returns:
        Every place from 0 to ``len(rows) - 1`` once.
    """
    between = _distances(rows)
    groups: dict[int, tuple[int, ...]] = {place: (place,) for place in range(len(rows))}
    apart = [list(line) for line in between]
    chain: list[int] = []
    while len(groups) > 1:
        if not chain:
            chain.append(min(groups))
        nearest = _nearest(apart[chain[-1]], groups, chain)
        if len(chain) > 1 and nearest == chain[-2]:
            _join(groups, apart, between, *sorted((chain.pop(), chain.pop())))
        else:
            chain.append(nearest)
    return next(iter(groups.values()), ())


def _direction(row: Vector) -> dict[str, float]:
    """The row at length 1; an empty one has no direction."""
    length = sqrt(sum(number * number for number in row.values()))
    return {column: number / length for column, number in row.items() if number}


def _distance(one: Vector, other: Vector) -> float:
    """1 − cosine: 0.0 for rows of the same proportions, 1.0 for rows that share no column.

    An empty row is 0.0 from another empty one and 1.0 from all others.
    """
    if not one and not other:
        return 0.0
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    dot = sum(number * many[column] for column, number in few.items() if column in many)
    return max(round(1.0 - dot, _PLACES), 0.0)


def _distances(rows: Sequence[Vector]) -> list[list[float]]:
    directions = [_direction(row) for row in rows]
    between = [[0.0] * len(rows) for _ in rows]
    for here, row in enumerate(directions):
        for there in range(here):
            distance = _distance(row, directions[there])
            between[here][there] = between[there][here] = distance
    return between


def _nearest(line: Sequence[float], groups: Mapping[int, object], chain: Sequence[int]) -> int:
    """The group nearest to the last of the chain; of equal ones the one before it in the chain.

    Without that preference a chain among equals could run in a circle.
    """
    here = chain[-1]
    best = min((line[group], group) for group in groups if group != here)
    if len(chain) > 1 and line[chain[-2]] <= best[0] + _SAME:
        return chain[-2]
    return best[1]


def _join(
    groups: dict[int, tuple[int, ...]],
    apart: list[list[float]],
    between: Sequence[Sequence[float]],
    one: int,
    other: int,
) -> None:
    """Make one group of two, under the lower number."""
    left, right = groups[one], groups.pop(other)
    share = len(left) / (len(left) + len(right))
    for group in groups:
        if group != one:
            mean = share * apart[one][group] + (1.0 - share) * apart[other][group]
            apart[one][group] = apart[group][one] = mean
    groups[one] = _turned(left, right, between)


def _turned(
    left: tuple[int, ...], right: tuple[int, ...], between: Sequence[Sequence[float]]
) -> tuple[int, ...]:
    """Two groups side by side, turned so that the ends that meet are the most alike."""
    ways = (
        (left, right),
        (left, right[::-1]),
        (left[::-1], right),
        (left[::-1], right[::-1]),
    )
    met = [between[first[-1]][second[0]] for first, second in ways]
    least = min(met)
    first, second = next(
        way for way, distance in zip(ways, met, strict=True) if distance <= least + _SAME
    )
    return (*first, *second)
