"""Analysis of competing hypotheses: what stands against each answer, and how far that carries.

After Heuer, Psychology of Intelligence Analysis (1999), chapter 8: evidence is judged against every
hypothesis, and the hypothesis with the least against it leads. It is the least refuted, not proved.
Two weights are laid over that. Relevance is weighed in three steps as in PARC's ACH. Onto which of
the same steps the six grades of credibility fall is our own choice, by analogy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from briefing.core.case import Case, Evidence, origin_key
from briefing.core.case_words import Mark, Relevance
from briefing.core.weighing import Column, LeftOut, Weighing

AGREEMENT: Final = MappingProxyType(
    {Mark.CC: 2, Mark.C: 1, Mark.N: 0, Mark.NA: 0, Mark.I: -1, Mark.II: -2}
)
"""Mark → s, how far evidence and hypothesis agree; what has not been judged counts 0 as well."""
RELEVANCE_STEPS: Final = MappingProxyType(
    {Relevance.LOW: -1, Relevance.MEDIUM: 0, Relevance.HIGH: 1}
)
"""Relevance → n; its weight q is √2 to the power of n."""
CREDIBILITY_STEPS: Final = MappingProxyType({1: 1, 2: 1, 3: 0, 4: -1, 5: -1, 6: -1})
"""Credibility → n; its weight c is √2 to the power of n."""

Vote: TypeAlias = tuple[int, float]
"""What an origin holds against a hypothesis: v, and c·q·v."""
Votes: TypeAlias = Mapping[str, Mapping[str, Vote]]
"""Key of an origin → id of a hypothesis → its vote."""


def weigh(case: Case) -> Weighing:
    """Weigh the hypotheses of a case by its evidence.

    Of the evidence that shares an origin, the one with the largest v votes, for each hypothesis
    anew; of equal ones, the one that weighs most. A mark on evidence that is not in the case (it
    may be above the ceiling) counts for nothing.

    A leader is fragile where leaving out one origin takes the lead from it, or gives it to a
    hypothesis that does not lead now, be it as an equal.
    """
    marks = {one.id: {cell.evidence: cell.mark for cell in one.cells} for one in case.hypotheses}
    votes = _votes(case.evidence, marks)
    totals = _totals(marks, votes.values())
    leaders = _leaders(totals)
    changes = tuple(
        LeftOut(origin, without)
        for origin in votes
        if (without := _leaders_without(origin, marks, votes)) != leaders
    )
    return Weighing(
        columns=tuple(
            Column(
                hypothesis=one,
                count=count,
                weighted=weighted,
                leads=one in leaders,
                fragile=one in leaders and _is_fragile(one, leaders, changes),
            )
            for one, (count, weighted) in totals.items()
        ),
        diagnosticity={
            one.id: _spread([AGREEMENT[judged.get(one.id, Mark.NA)] for judged in marks.values()])
            for one in case.evidence
        },
        changes=changes,
        sharing=_sharing(case.evidence),
        unjudged=tuple(
            (one.id, hypothesis)
            for one in case.evidence
            for hypothesis, judged in marks.items()
            if one.id not in judged
        ),
    )


def weight(one: Evidence) -> float:
    """c·q of a piece of evidence: ½, √½, 1, √2 or 2.

    It is the root of a power of two, so equal weights are equal to the last bit whatever they are
    made of, and sums of them can be compared.
    """
    return math.sqrt(2.0 ** (RELEVANCE_STEPS[one.relevance] + CREDIBILITY_STEPS[one.credibility]))


def _votes(evidence: Iterable[Evidence], marks: Mapping[str, Mapping[str, Mark]]) -> Votes:
    votes: dict[str, dict[str, Vote]] = {}
    for one in evidence:
        heavy = weight(one)
        cast = votes.setdefault(origin_key(one.origin), dict.fromkeys(marks, (0, 0.0)))
        for hypothesis, judged in marks.items():
            against = max(0, -AGREEMENT[judged.get(one.id, Mark.NA)])
            cast[hypothesis] = max(cast[hypothesis], (against, heavy * against))
    return votes


def _totals(
    hypotheses: Iterable[str], votes: Iterable[Mapping[str, Vote]]
) -> dict[str, tuple[int, float]]:
    """Hypothesis → count and weighted sum; the sum is exact, so the order of votes is nothing."""
    listed = list(votes)
    return {
        one: (
            sum(cast[one][0] for cast in listed),
            math.fsum(cast[one][1] for cast in listed),
        )
        for one in hypotheses
    }


def _leaders(totals: Mapping[str, tuple[int, float]]) -> tuple[str, ...]:
    least = min((weighted for _, weighted in totals.values()), default=0.0)
    return tuple(one for one, (_, weighted) in totals.items() if weighted == least)


def _leaders_without(origin: str, hypotheses: Iterable[str], votes: Votes) -> tuple[str, ...]:
    rest = (cast for key, cast in votes.items() if key != origin)
    return _leaders(_totals(hypotheses, rest))


def _is_fragile(leader: str, leaders: tuple[str, ...], changes: Iterable[LeftOut]) -> bool:
    return any(
        leader not in left.leaders or not set(left.leaders) <= set(leaders) for left in changes
    )


def _spread(steps: list[int]) -> float:
    """Population standard deviation of whole numbers; exactly 0 where all are equal, or none."""
    number = len(steps)
    square = number * sum(step * step for step in steps) - sum(steps) ** 2
    return math.sqrt(square) / max(1, number)


def _sharing(evidence: Iterable[Evidence]) -> dict[str, tuple[str, ...]]:
    together: dict[str, list[str]] = {}
    for one in evidence:
        together.setdefault(origin_key(one.origin), []).append(one.id)
    return {
        one: tuple(other for other in ids if other != one)
        for ids in together.values()
        if len(ids) > 1
        for one in ids
    }
