"""Which known groups share techniques and software with an incident, and how far that tells.

The overlap of a group g with a set C of features (ATT&CK ids) is the weighted part of C that g is
known to use:

    S(g) = Σ over f in C∩G of w(f)·idf(f)  /  Σ over f in C of w(f)·idf(f)
    idf(f) = ln((N + 1) / (df(f) + 0.5))

where N counts the groups and df(f) those that are known to use f; w is 3 for software and 1 for a
technique. What many use weighs little, and what nobody is known to use weighs only below the line.
A sub-technique is a feature of its own: it says nothing about its technique, nor the other way
round. ``overlap_backtest`` measures what the order is worth. The score is no probability.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.core.weighing import Matched, Overlap, Ranked
from briefing.core.wording import counted

LEAST_FEATURES: Final = 5
"""With fewer features nothing is ranked: too many groups share them."""
TELLING_MARGIN: Final = 1.25
"""Below it the first group was the right one in 15 of 100 rankings (attribution.md)."""
SOFTWARE_WEIGHT: Final = 3.0
_FEATURE: Final = re.compile(r"T\d{4}(?:\.\d{3})?|S\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Group:
    """A group with what it is known to use.

    Attributes:
        actor: Id of the actor.
        name: Its name.
        attack_id: Its ATT&CK id.
        features: ATT&CK ids of techniques and software.
    """

    actor: str
    name: str
    attack_id: str
    features: frozenset[str]


def is_feature(text: str) -> bool:
    """Whether a text is the ATT&CK id of a technique, a sub-technique or a piece of software."""
    return _FEATURE.fullmatch(text) is not None


def compare(
    features: Iterable[str], groups: Sequence[Group], names: Mapping[str, str], *, as_of: str = ""
) -> Overlap:
    """Known groups in the order of what they share with an incident.

    Groups with equal scores share the worse rank, and stand in the order of their names.

    Args:
        features: ATT&CK ids seen in the incident; one that stands there twice counts once.
        groups: Every group it may be compared with.
        names: Names of techniques and software by ATT&CK id.
        as_of: Day of the catalogue, only passed through.
    """
    seen = tuple(dict.fromkeys(features))
    used = _users(group.features for group in groups)
    refused = _refusal(len(seen), len(groups))
    ranked = () if refused else _ranked(seen, groups, names, used)
    margin = ranked[0].score / ranked[1].score if len(ranked) > 1 else None
    return Overlap(
        features=seen,
        unknown=tuple(feature for feature in seen if not used[feature]),
        groups=len(groups),
        ranked=ranked,
        margin=margin,
        discriminates=margin is not None and margin >= TELLING_MARGIN,
        refused=refused,
        as_of=as_of,
    )


def scores(features: Collection[str], profiles: Mapping[str, Collection[str]]) -> dict[str, float]:
    """S(g) of every group, 0 to 1.

    Args:
        features: ATT&CK ids, each once.
        profiles: Id of a group → ATT&CK ids, each once.
    """
    weights = _weights(features, len(profiles), _users(profiles.values()))
    return {
        group: _share(weights, [feature for feature in features if feature in profile])
        for group, profile in profiles.items()
    }


def worst_ranks(scored: Mapping[str, float]) -> dict[str, int]:
    """Rank of every group, from 1; equal scores share the worse rank, so that no tie flatters."""
    ordered = sorted(scored.values(), reverse=True)
    last = {score: place for place, score in enumerate(ordered, start=1)}
    return {group: last[score] for group, score in scored.items()}


def _refusal(features: int, groups: int) -> str:
    if not groups:
        return "No group with techniques or software is known here, so there is nothing to rank."
    if features < LEAST_FEATURES:
        few = counted(features, "feature") if features else "No features"
        return (
            f"{few} to compare: with fewer than {LEAST_FEATURES} techniques and pieces of software"
            " known groups cannot be told apart, so none is ranked."
        )
    return ""


def _ranked(
    features: Sequence[str],
    groups: Sequence[Group],
    names: Mapping[str, str],
    used: Mapping[str, int],
) -> tuple[Ranked, ...]:
    weights = _weights(features, len(groups), used)
    scored = scores(features, {group.actor: group.features for group in groups})
    ranks = worst_ranks(scored)
    found = [
        Ranked(
            rank=ranks[group.actor],
            actor=group.actor,
            name=group.name,
            attack_id=group.attack_id,
            score=scored[group.actor],
            matched=_matched(group, weights, names, used),
        )
        for group in groups
        if scored[group.actor]
    ]
    return tuple(sorted(found, key=lambda one: (one.rank, one.name.casefold(), one.actor)))


def _matched(
    group: Group, weights: Mapping[str, float], names: Mapping[str, str], used: Mapping[str, int]
) -> tuple[Matched, ...]:
    shared = [feature for feature in weights if feature in group.features]
    whole = math.fsum(weights[feature] for feature in shared)
    found = [
        Matched(feature, names.get(feature, feature), weights[feature] / whole, used[feature])
        for feature in shared
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.feature)))


def _users(profiles: Iterable[Collection[str]]) -> Counter[str]:
    """Feature → how many groups are known to use it."""
    return Counter(feature for profile in profiles for feature in profile)


def _weights(features: Iterable[str], groups: int, used: Mapping[str, int]) -> dict[str, float]:
    return {
        feature: (SOFTWARE_WEIGHT if feature.startswith("S") else 1.0)
        * math.log((groups + 1) / (used.get(feature, 0) + 0.5))
        for feature in features
    }


def _share(weights: Mapping[str, float], matched: Iterable[str]) -> float:
    """Which part of all weight is matched; equal weights give equal shares in any order."""
    whole = math.fsum(weights.values())
    return math.fsum(weights[feature] for feature in matched) / whole if whole else 0.0
