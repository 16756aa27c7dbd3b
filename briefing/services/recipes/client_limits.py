"""How much of each section goes on a client's executive page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """What one page takes.

    Attributes:
        reasons: Sentences on why an actor is in.
        actions: Things to do.
        judgements: Judgements of ours on the actors.
        unknown: Sentences on what is not known.
        marks: Sources marked behind one row.
        why: Whether an action's own reason stands beside what it answers.
        said: Sentences on what is on record.
    """

    reasons: int = 1
    actions: int = 2
    judgements: int = 0
    unknown: int = 1
    marks: int = 1
    why: bool = False
    said: int = 1


TIGHTEST = ClientLimits()
WIDER: tuple[Mapping[str, Any], ...] = (
    {"judgements": 1},
    {"actions": 3},
    {"reasons": 2},
    {"unknown": 2},
    {"judgements": 2},
    {"actions": 4},
    {"said": 2},
    {"actions": 5},
    {"judgements": 3},
    {"said": 3},
    {"unknown": 3},
    {"marks": 2},
    {"reasons": 3},
    {"unknown": 4},
    {"why": True},
    {"marks": 3},
    {"unknown": 6},
)
"""What is given more room, the most useful first."""
