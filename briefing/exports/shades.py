"""Which step of the blue ramp, 1 to 5, a number takes; and what the steps mean, in words."""

from __future__ import annotations

from itertools import pairwise

from briefing.core.brief import Matrix, Stages
from briefing.exports.world_svg import classes, shade

_STAGE_SHARES = (0.05, 0.10, 0.25, 0.50)
"""Upper bounds of the first four steps: share of all techniques that a stage holds."""


def stage_shades(block: Stages) -> tuple[int, ...]:
    """A step for each stage, by its share of the techniques."""
    whole = sum(stage.techniques for stage in block.stages) or 1
    return tuple(
        1 + sum(stage.techniques / whole >= share for share in _STAGE_SHARES)
        for stage in block.stages
    )


def heat_shade(groups: int, bounds: tuple[int, ...]) -> int:
    """The step for so many groups; ``bounds`` are the lower bounds of the steps."""
    return max(1, sum(groups >= bound for bound in bounds))


def heat_legend(bounds: tuple[int, ...], most: int) -> tuple[tuple[str, int], ...]:
    """The steps in words with their numbers; one that can hold nothing is left out.

    Args:
        bounds: Lower bounds of the steps.
        most: The largest number that there can be.
    """
    keys = []
    for step, (low, above) in enumerate(pairwise(bounds), start=1):
        if above > low:
            label = f"{low:,}" if above == low + 1 else f"{low:,}\N{EN DASH}{above - 1:,}"
            keys.append((label, step))
    if most >= bounds[-1]:
        highest = f"{bounds[-1]:,}" if most == bounds[-1] else f"{bounds[-1]:,} and more"
        keys.append((highest, len(bounds)))
    return tuple(keys)


def matrix_bounds(block: Matrix) -> tuple[int, ...]:
    """Lower bounds of the classes of a matrix; nought has none, it is no report."""
    return classes(tuple(count for _, counts in block.rows for count in counts if count > 0))


def matrix_shade(count: int, bounds: tuple[int, ...]) -> int:
    """The step for a count of a matrix."""
    return 1 + shade(count, bounds)
