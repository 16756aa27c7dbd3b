"""How much of each section goes on a sector's executive page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SectorLimits:
    """What one page takes.

    Attributes:
        actors: Actors in the table.
        years: Years of the trend.
        named: Techniques, origins and countries that are named.
        actions: Things to do.
        unknown: Sentences on what is not known.
        marks: Sources marked behind one row.
        why: Whether an action's own reason stands beside what it bears on.
    """

    actors: int = 4
    years: int = 3
    named: int = 1
    actions: int = 2
    unknown: int = 1
    marks: int = 1
    why: bool = False


TIGHTEST = SectorLimits()
WIDER: tuple[Mapping[str, Any], ...] = (
    {"named": 2},
    {"actors": 6},
    {"actions": 3},
    {"years": 5},
    {"unknown": 2},
    {"actors": 8},
    {"named": 3},
    {"actions": 4},
    {"marks": 2},
    {"unknown": 3},
    {"years": 6},
    {"actors": 10},
    {"actions": 5},
    {"unknown": 4},
    {"why": True},
    {"unknown": 6},
)
"""What is given more room, the most useful first."""
