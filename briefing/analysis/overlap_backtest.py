"""What the overlap with known groups is worth: campaigns whose author is known, ranked blind.

Each case brings the profiles that were known before it appeared. It counts when it has true groups
and features; few features are no reason to leave it out here, since that would flatter. Of several
true groups the best placed counts. Equal scores count against us (``overlap.worst_ranks``), and a
true group without a profile is not found at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from briefing.analysis.overlap import TELLING_MARGIN, scores, worst_ranks

CUTS: Final = (1, 3, 10)
_BANDS: Final = (0.0, TELLING_MARGIN, 1.5, 2.0)
"""Where each band of margins begins."""


@dataclass(frozen=True, slots=True)
class Case:
    """One campaign whose author is known, or is not.

    Attributes:
        id: ATT&CK id of the campaign.
        name: Its name.
        true_groups: ATT&CK ids of those that are said to have done it.
        features: ATT&CK ids of techniques and software, each once.
        profiles: Group → ATT&CK ids that it was known to use before.
    """

    id: str
    name: str
    true_groups: tuple[str, ...]
    features: frozenset[str]
    profiles: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a case's author was found.

    Attributes:
        case: The case.
        group: The best placed true group; "" where none has a profile.
        rank: Its rank, from 1; None where none has a profile.
        margin: Score of the first group over that of the second; None where there is no second.
    """

    case: Case
    group: str
    rank: int | None
    margin: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """Rankings whose margin is at least ``least`` and below the next band's.

    Attributes:
        least: Where the band begins.
        below: Where it ends; None for the last.
        right: In how many of them the first group is a true one, without a tie.
        rankings: How many there are.
    """

    least: float
    below: float | None
    right: int
    rankings: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """How well the overlap finds the authors of the cases that count."""

    placed: tuple[Placed, ...]

    @property
    def cases(self) -> int:
        """How many cases count."""
        return len(self.placed)

    def within(self, cut: int) -> int:
        """In how many cases a true group stands among the first ``cut``."""
        return sum(one.rank is not None and one.rank <= cut for one in self.placed)

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank; 0 where there is no case."""
        found = math.fsum(1 / one.rank for one in self.placed if one.rank is not None)
        return found / len(self.placed) if self.placed else 0.0

    @property
    def bands(self) -> tuple[Band, ...]:
        """How often the first group was right, by margin; cases without a second are in none."""
        ends = (*_BANDS[1:], None)
        return tuple(
            _band(self.placed, least, below) for least, below in zip(_BANDS, ends, strict=True)
        )


def backtest(cases: Iterable[Case]) -> Backtest:
    """Rank the groups of each case that counts."""
    return Backtest(tuple(map(_placed, (c for c in cases if c.true_groups and c.features))))


def _placed(case: Case) -> Placed:
    scored = scores(case.features, case.profiles)
    ranks = worst_ranks(scored)
    known = [group for group in case.true_groups if group in ranks]
    best = min(known, key=lambda group: ranks[group], default="")
    return Placed(case, best, ranks.get(best), _margin(scored))


def _margin(scored: Mapping[str, float]) -> float | None:
    first, second, *_ = (*sorted(scored.values(), reverse=True), 0.0, 0.0)
    return first / second if second else None


def _band(placed: Iterable[Placed], least: float, below: float | None) -> Band:
    inside = [
        one
        for one in placed
        if one.margin is not None and one.margin >= least and (below is None or one.margin < below)
    ]
    return Band(least, below, sum(one.rank == 1 for one in inside), len(inside))
