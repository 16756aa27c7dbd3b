"""What the ranking is worth: past incidents, each ranked with only what was known before it.

Recall@k is the share of cases whose actor stands among the first k; MRR is the mean of one over its
rank. Where several actors have the same score, each order of them is equally likely: recall is then
the expected share, and the rank the mean one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from briefing.analysis.relevance import DatedIncident, Sight, rank_by_history

CUTS: Final = (5, 10, 20)
_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """One incident whose actor is to be found.

    Attributes:
        incident: Its id; it is left out of the history.
        day: When it began; only what is strictly earlier is known.
        actor: Who was behind it.
        countries: Where it hit → what it hit there.
        sponsors: Actor → country said to be behind it, as known.
    """

    incident: str
    day: date
    actor: str
    countries: Mapping[str, frozenset[str]]
    sponsors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worth:
    """How well a ranking finds the actors of the cases.

    Attributes:
        recall: Share of cases found among the first k, by k.
        mrr: Mean reciprocal rank.
    """

    recall: Mapping[int, float]
    mrr: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """The ranking beside popularity, over the same cases."""

    cases: int
    formula: Worth
    popularity: Worth


def backtest(
    history: Sequence[DatedIncident],
    cases: Sequence[Case],
    actors: Sequence[str],
    subregions: Mapping[str, str],
) -> Backtest:
    """Rank every actor for each case, with what was known before it.

    Each country of a case is ranked for itself and weighs one over their number.

    Args:
        history: Dated incidents.
        cases: Incidents whose actor is to be found.
        actors: Ids of all actors that are ranked.
        subregions: Alpha-2 code → name of its sub-region.
    """
    formula, popularity = _Sum(), _Sum()
    for case in cases:
        before = [one for one in history if one.day < case.day and one.id != case.incident]
        fame = Counter(actor for one in before for actor in one.actors)
        for country, sectors in case.countries.items():
            sight = Sight(frozenset((country,)), sectors, neighbours_of((country,), subregions))
            terms = rank_by_history(before, sight, case.sponsors, case.day)
            weight = 1 / len(case.countries)
            scores = {actor: found.score for actor, found in terms.items()}
            formula.add(scores, case.actor, actors, weight)
            popularity.add(fame, case.actor, actors, weight)
    return Backtest(len(cases), formula.worth(len(cases)), popularity.worth(len(cases)))


def neighbours_of(countries: Iterable[str], subregions: Mapping[str, str]) -> frozenset[str]:
    """The other countries of the sub-regions in which some countries lie."""
    own = frozenset(countries)
    regions = {subregions[code] for code in own if code in subregions}
    return frozenset(code for code, region in subregions.items() if region in regions) - own


class _Sum:
    """Recall and reciprocal ranks so far."""

    def __init__(self) -> None:
        self._recall = dict.fromkeys(CUTS, 0.0)
        self._reciprocal = 0.0

    def add(
        self, scores: Mapping[str, float], actor: str, actors: Iterable[str], weight: float
    ) -> None:
        own = scores.get(actor, 0.0)
        values = [scores.get(other, 0.0) for other in actors]
        better = sum(value > own + _SAME for value in values)
        tied = sum(abs(value - own) <= _SAME for value in values)
        for cut in CUTS:
            self._recall[cut] += weight * min(max(cut - better, 0), tied) / tied
        self._reciprocal += weight / (better + (tied + 1) / 2)

    def worth(self, cases: int) -> Worth:
        number = max(cases, 1)
        return Worth(
            {cut: found / number for cut, found in self._recall.items()},
            self._reciprocal / number,
        )
