"""How much of each section goes on the executive page of a digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class DigestLimits:
    """What one page takes.

    Attributes:
        new: Advisories.
        due: Vulnerabilities with a due date.
        first: Things to do.
        open: Sentences on what the list leaves open.
        advice: Characters of what a source advises.
    """

    new: int = 2
    due: int = 2
    first: int = 2
    open: int = 2
    advice: int = 90


TIGHTEST: Final = DigestLimits()
WIDER: Final[tuple[Mapping[str, Any], ...]] = (
    {"new": 3},
    {"due": 3},
    {"first": 3},
    {"new": 4},
    {"due": 4},
    {"first": 4},
    {"new": 5},
    {"first": 5},
    {"advice": 140},
    {"due": 5},
    {"new": 6},
    {"new": 7},
    {"open": 3},
    {"first": 6},
    {"due": 6},
    {"new": 8},
    {"due": 8},
    {"open": 4},
    {"advice": 200},
    {"new": 10},
)
"""What is given more room, the most useful first."""
