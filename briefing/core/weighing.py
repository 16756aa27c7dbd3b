"""What is computed from a case: the weighing of hypotheses, warnings, overlap with known groups.

All of it follows from recorded rows; none of it is a judgement, and none of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """A hypothesis as weighed.

    Attributes:
        hypothesis: Its id.
        count: Inconsistency: marks I count 1 and II count 2, each origin once.
        weighted: The same, weighed by credibility and relevance.
        leads: Whether no other is less inconsistent (weighted): the least refuted, not proved.
        fragile: Whether it leads only because of one origin.
    """

    hypothesis: str
    count: int
    weighted: float
    leads: bool
    fragile: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What would lead if one origin had said nothing.

    Attributes:
        origin: Key of the origin, see ``case.origin_key``.
        leaders: Ids of the hypotheses that would lead.
    """

    origin: str
    leaders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The analysis of competing hypotheses over a case.

    Attributes:
        columns: One for each hypothesis, in the case's order.
        diagnosticity: Id of evidence → how far it tells hypotheses apart; 0 tells nothing apart.
        changes: Origins without which another hypothesis would lead.
        sharing: Id of evidence → ids of the other evidence of its origin, with which it has one
            vote.
        unjudged: Pairs of evidence and hypothesis that have no cell yet.
    """

    columns: tuple[Column, ...]
    diagnosticity: Mapping[str, float]
    changes: tuple[LeftOut, ...] = ()
    sharing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unjudged: tuple[tuple[str, str], ...] = ()

    @property
    def leaders(self) -> tuple[str, ...]:
        """Ids of the hypotheses that lead; more than one where they are equal."""
        return tuple(column.hypothesis for column in self.columns if column.leads)

    def column(self, hypothesis: str) -> Column:
        """The column of a hypothesis.

        Raises:
            KeyError: when there is none.
        """
        for column in self.columns:
            if column.hypothesis == hypothesis:
                return column
        raise KeyError(hypothesis)


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that a careful reader would object to.

    Attributes:
        rule: 1 to 15, see ``analysis.case_warnings``.
        sentence: What is the matter here, in a short sentence with the rows' labels.
        why: Why it matters, in plain words, the same for every case.
        rows: Ids of the rows that cause it.
    """

    rule: int
    sentence: str
    why: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A feature that the incident shares with a group.

    Attributes:
        feature: ATT&CK id.
        name: Its name.
        share: Which part of the score it brings, 0 to 1; the shares of a group add up to 1.
        groups: How many groups are known to use it.
    """

    feature: str
    name: str
    share: float
    groups: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A known group by its overlap with the incident.

    Attributes:
        rank: From 1; groups with equal scores share the worse rank.
        actor: Its id.
        name: Its name.
        attack_id: ATT&CK group id, or "".
        score: Only to order groups: it is no probability, and is not shown as a figure.
        matched: What it shares, the heaviest first.
    """

    rank: int
    actor: str
    name: str
    attack_id: str
    score: float
    matched: tuple[Matched, ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Known groups in the order of what they share with an incident.

    Attributes:
        features: ATT&CK ids that were compared.
        unknown: ATT&CK ids among them that no known group uses.
        groups: How many groups were compared.
        ranked: Those that share anything, the greatest overlap first. That the actor may not be
            among them is always possible.
        margin: Score of the first over that of the second; None where there is no second.
        discriminates: Whether the margin says anything (at least 1.25 in the backtest).
        refused: Why nothing was ranked, in a sentence; "" where it was.
        as_of: Day of the catalogue that was compared with, ISO 8601, or "".
        absent: What was asked for and is in no catalogue here, as written: it was not compared.
        replaced: ATT&CK ids that were withdrawn, each with the one that was compared in its place.
    """

    features: tuple[str, ...]
    unknown: tuple[str, ...]
    groups: int
    ranked: tuple[Ranked, ...]
    margin: float | None
    discriminates: bool
    refused: str = ""
    as_of: str = ""
    absent: tuple[str, ...] = ()
    replaced: tuple[tuple[str, str], ...] = ()
