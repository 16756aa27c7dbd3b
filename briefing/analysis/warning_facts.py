"""What the rules that warn about a case have in common: what they know, and how they name rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from briefing.core.case import Case, Evidence
from briefing.core.case_page import KnownActor
from briefing.core.case_words import Mark
from briefing.core.weighing import Weighing
from briefing.core.wording import first_of, listed

AGREES = frozenset((Mark.C, Mark.CC))
"""Marks of evidence that speaks for a hypothesis."""
_MOST = 8
"""Labels of a kind that a sentence names; the rows are all given beside it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules need from outside the case; all of it may be empty.

    Attributes:
        actors: Id → what the catalogue says of the actors that rows name.
        shared_names: Name as written in a claim → names of all the actors that bear it.
    """

    actors: Mapping[str, KnownActor] = field(default_factory=dict)
    shared_names: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found fault with.

    Attributes:
        sentence: What is the matter, with the labels of rows.
        rows: Ids of the rows that cause it.
    """

    sentence: str
    rows: tuple[str, ...]


Finds: TypeAlias = Callable[[Case, Weighing, Known], Found | None]
"""A rule: the same case always gives the same answer."""


def named(case: Case, rows: Collection[str]) -> str:
    """Claims, evidence and hypotheses by their labels: ``E1, E3 and claims A and B``."""
    labels = case.labels()
    claims = [labels[one.id] for one in case.claims if one.id in rows]
    rest = [labels[one.id] for one in (*case.evidence, *case.hypotheses) if one.id in rows]
    noun = "claim" if len(claims) == 1 else "claims"
    parts = [f"{noun} {first_of(claims, _MOST)}"] if claims else []
    if len(rest) > _MOST + 1:
        return listed((first_of(rest, _MOST), *parts))
    return listed((*rest, *parts))


def supporting(case: Case, hypothesis: str) -> list[Evidence]:
    """The evidence that agrees with a hypothesis; none where the hypothesis is not there."""
    agreeing = {
        cell.evidence
        for one in case.hypotheses
        if one.id == hypothesis
        for cell in one.cells
        if cell.mark in AGREES
    }
    return [one for one in case.evidence if one.id in agreeing]


def is_later(day: str, other: str) -> bool:
    """Whether one date is later than another as far as both are known.

    They are compared at their common precision: 2023-09 is not later than 2023, and 2023-10 is
    later than 2023-09-30. A date that is not known is not later than any, nor any later than it.
    """
    common = min(len(day[:10]), len(other[:10]))
    return day[:common] > other[:common]
