"""How much of each section goes on the executive page.

Type is never made smaller and no section is dropped: a page starts with the least of everything
and is given more, the most useful first, as long as it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from briefing.services.recipes.composing import fullest

WITH_WAY_IN, WITH_SIZE, ALL_FACTS = 4, 5, 6
"""Rows on who they are: how it comes in, how much is on record, and each in a row of its own."""


class Reasons(Enum):
    """How much of the reason for an action stands on the page."""

    WHOLE = "whole"
    CLAUSE = "first clause"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page takes.

    Attributes:
        events: Dated events.
        actions: Things to do.
        unknown: Sentences on what is not known.
        stage: Characters of the sentence under a stage.
        named: Techniques, sectors and countries named before "and so many more"; 0 names
            the first technique under a stage alone.
        marks: Sources marked behind one row.
        reasons: How much of an action's reason is given.
        facts: Rows on who they are: from three, without the way in and how much is on record,
            to six; what stands in none of them is left to the full version.
        others: Who else states the origin, by name before "and so many more"; 0 counts them.
    """

    events: int = 2
    actions: int = 2
    unknown: int = 1
    stage: int = 40
    named: int = 0
    marks: int = 1
    reasons: Reasons = Reasons.NONE
    facts: int = 3
    others: int = 0

    @property
    def compact(self) -> bool:
        """Whether rows on who they are share what would take more of them."""
        return self.facts < ALL_FACTS


TIGHTEST = Limits()
WIDER: tuple[Mapping[str, Any], ...] = (
    {"facts": WITH_WAY_IN},
    {"others": 1},
    {"facts": WITH_SIZE},
    {"named": 1},
    {"events": 3},
    {"actions": 3},
    {"stage": 100},
    {"stage": 120},
    {"reasons": Reasons.CLAUSE},
    {"events": 4},
    {"unknown": 2},
    {"named": 2},
    {"marks": 2},
    {"named": 3},
    {"stage": 150},
    {"events": 5},
    {"facts": ALL_FACTS, "others": 9},
    {"marks": 3},
    {"reasons": Reasons.WHOLE},
    {"unknown": 3},
    {"named": 4},
    {"marks": 5},
)
"""What is given more room, the most useful first."""


def widest(fits: Callable[[Limits], bool]) -> Limits:
    """The limits that fill the page: each step of ``WIDER`` is kept where the page still holds."""
    return fullest(TIGHTEST, WIDER, fits)
