"""What is common to choosing from a list of things: what was chosen, and what would be left.

Each list says itself what can be chosen and what each choice means (``actor_filter``,
``advisory_filter``, ``case_filter``), and hands on ``Choice`` and ``Loosening`` beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, Self, TypeVar, cast

Part = TypeVar("Part", bound=str)
Row = TypeVar("Row")
Made = TypeVar("Made", bound="Chosen[Any]")


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Part]):
    """What has been chosen; "" is any. A child's fields are the parts, in the order of a screen."""

    @property
    def chosen(self) -> tuple[Part, ...]:
        """What is not "any", in the order of the fields."""
        parts = (cast("Part", one.name) for one in fields(self))
        return tuple(part for part in parts if self.value(part))

    def value(self, part: Part) -> str:
        """What is chosen for a part, or ""."""
        found: str = getattr(self, part)
        return found

    def choosing(self, part: Part, value: str) -> Self:
        """The same with another choice for one part; "" takes it back."""
        return replace(self, **{part: value})

    def values(self) -> dict[str, str]:
        """What is chosen, to be kept; ``chosen_of`` is the way back."""
        return {part: self.value(part) for part in self.chosen}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, and how many rows it would leave."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Loosening(Generic[Part]):
    """What helps most where nothing matches.

    Attributes:
        part: The choice to take back; None where one alone does not help.
        left: How many rows there are without it.
    """

    part: Part | None
    left: int


def chosen_of(kind: type[Made], values: Mapping[str, object]) -> Made:
    """What was chosen from what was kept; what it does not know is left out."""
    known = {one.name for one in fields(kind)}
    return kind(
        **{name: text for name, text in values.items() if name in known and isinstance(text, str)}
    )


def meeting(
    rows: Iterable[Row],
    chosen: Chosen[Part],
    test: Callable[[Part, str], Callable[[Row], bool]],
) -> tuple[Row, ...]:
    """The rows that meet every choice, in their order.

    Args:
        rows: Where to look.
        chosen: What has been chosen.
        test: Makes of a part and its value the question whether a row meets it.
    """
    left = rows
    for part in chosen.chosen:
        meets = test(part, chosen.value(part))
        left = [row for row in left if meets(row)]
    return tuple(left)


def freeing(chosen: Iterable[Part], without: Callable[[Part], int], total: int) -> Loosening[Part]:
    """Which single choice to take back so that something matches again: the one that frees most.

    Where several free as many, the first of the screen; where none does, none.

    Args:
        chosen: The parts for which something is chosen.
        without: How many rows are left without the choice for a part.
        total: How many there are in all.
    """
    freed = {part: without(part) for part in chosen}
    best = max(freed, key=lambda part: freed[part], default=None)
    if best is None or not freed[best]:
        return Loosening(None, total)
    return Loosening(best, freed[best])


def by_year(found: Counter[str], present: str) -> tuple[Choice, ...]:
    """Years and the one that is chosen, backwards; each counts the rows of that year or later."""
    years = set(found) | ({present} if present else set())
    return tuple(
        Choice(year, sum(count for other, count in found.items() if other >= year))
        for year in sorted(years, reverse=True)
    )
