"""How much of each section goes on the executive page, from roomy to tight."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page takes.

    Attributes:
        events: Dated events.
        actions: Things to do.
        unknown: Sentences on what is not known.
        stage: Characters of the sentence under a stage.
        named: Techniques named under a stage, sectors and countries named in a row.
        marks: Sources marked behind one row.
    """

    events: int = 5
    actions: int = 3
    unknown: int = 3
    stage: int = 150
    named: int = 4
    marks: int = 6


STEPS = (
    Limits(),
    Limits(stage=115, named=3, marks=5),
    Limits(unknown=2, stage=100, named=3, marks=5),
    Limits(events=4, unknown=2, stage=100, named=3, marks=4),
    Limits(events=4, unknown=2, stage=85, named=3, marks=4),
    Limits(events=3, unknown=2, stage=85, named=3, marks=3),
    Limits(events=3, unknown=1, stage=70, named=2, marks=3),
    Limits(events=3, actions=2, unknown=1, stage=60, named=2, marks=2),
    Limits(events=2, actions=2, unknown=1, stage=40, named=1, marks=1),
)
"""Tried in this order until the page holds; type is never made smaller."""
