"""Overlap with known groups: the formula, ties, shares, and what is refused."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.analysis.overlap import (
    SOFTWARE_WEIGHT,
    Group,
    compare,
    is_feature,
    scores,
    worst_ranks,
)
from briefing.core.weighing import Overlap, Ranked

SEEN = ("T1001", "T1002", "T1003", "T1004", "S0001")
NAMES = {"T1001": "Data Obfuscation", "S0001": "Trojan"}


def group(name: str, *features: str) -> Group:
    return Group(f"intrusion-set--{name}", name.title(), f"G-{name}", frozenset(features))


def found(*groups: Group, features: tuple[str, ...] = SEEN) -> Overlap:
    return compare(features, groups, NAMES, as_of="2025-01-31")


def places(overlap: Overlap) -> dict[str, int]:
    return {one.name: one.rank for one in overlap.ranked}


def test_the_overlap_is_the_weighted_part_of_the_features_that_a_group_uses() -> None:
    # N = 2, so ln(3 / 1.5) where one group uses a feature, ln(3 / 2.5) where both do, and
    # ln(3 / 0.5) where none does; software weighs three times.
    overlap = found(group("bear", "T1001", "S0001"), group("panda", "T1001", "T1002"))
    one, both, none = math.log(3 / 1.5), math.log(3 / 2.5), math.log(3 / 0.5)
    whole = both + one + none + none + 3 * one
    bear, panda = overlap.ranked
    assert (bear.name, panda.name) == ("Bear", "Panda")
    assert bear.score == pytest.approx((both + 3 * one) / whole)
    assert panda.score == pytest.approx((both + one) / whole)
    assert overlap.margin == pytest.approx(bear.score / panda.score)


def test_each_shared_feature_shows_its_part_the_heaviest_first() -> None:
    overlap = found(group("bear", "T1001", "S0001"), group("panda", "T1001"))
    bear = overlap.ranked[0]
    one, both = 3 * math.log(3 / 1.5), math.log(3 / 2.5)
    assert [(m.feature, m.name, m.groups) for m in bear.matched] == [
        ("S0001", "Trojan", 1),
        ("T1001", "Data Obfuscation", 2),
    ]
    assert [m.share for m in bear.matched] == pytest.approx(
        [one / (one + both), both / (one + both)]
    )


def test_a_feature_without_a_name_is_called_by_its_id() -> None:
    assert found(group("bear", "T1002")).ranked[0].matched[0].name == "T1002"


def test_equal_groups_share_the_worse_rank_and_stand_by_name() -> None:
    overlap = found(
        group("wolf", "T1002"), group("bear", "T1001"), group("panda", "T1003"), group("ant", "X")
    )
    assert places(overlap) == {"Bear": 3, "Panda": 3, "Wolf": 3}
    assert [one.name for one in overlap.ranked] == ["Bear", "Panda", "Wolf"]
    assert overlap.margin == 1
    assert not overlap.discriminates


def test_groups_that_share_nothing_are_counted_and_not_listed() -> None:
    overlap = found(group("bear", "T1001"), group("panda", "T9999"))
    assert places(overlap) == {"Bear": 1}
    assert overlap.groups == 2


def test_features_nobody_uses_are_named_and_weigh_against_everybody() -> None:
    bear = group("bear", "T1001", "T1002")
    less = found(bear, group("ant", "T1003"))
    more = found(bear, group("ant", "T1003"), features=(*SEEN, "T1005"))
    assert more.unknown == ("T1004", "S0001", "T1005")
    assert more.ranked[0].score < less.ranked[0].score


def test_a_feature_that_stands_there_twice_counts_once() -> None:
    bear = group("bear", "T1001")
    assert found(bear, features=(*SEEN, "T1001")) == found(bear)


def test_a_sub_technique_does_not_match_its_technique() -> None:
    overlap = found(group("bear", "T1001.001"), group("panda", "T1002"))
    assert places(overlap) == {"Panda": 1}


def test_where_only_one_group_shares_anything_there_is_no_margin() -> None:
    overlap = found(group("bear", *SEEN), group("panda"))
    assert overlap.margin is None
    assert not overlap.discriminates


def margin(second: int) -> Overlap:
    """The first shares all of 60 equally rare features, the second some of them.

    A third uses what the second leaves, so that each feature is used by two.
    """
    features = tuple(f"T{1000 + n}" for n in range(60))
    return compare(
        features,
        (
            group("bear", *features),
            group("panda", *features[:second]),
            group("x", *features[second:]),
        ),
        {},
    )


@pytest.mark.parametrize(("second", "discriminates"), [(49, False), (48, True), (40, True)])
def test_a_margin_of_one_and_a_quarter_discriminates(second: int, discriminates: bool) -> None:
    overlap = margin(second)
    assert overlap.margin == pytest.approx(60 / second)
    assert overlap.discriminates is discriminates


@pytest.mark.parametrize("number", range(5))
def test_fewer_than_five_features_are_refused_in_a_sentence(number: int) -> None:
    overlap = found(group("bear", *SEEN), features=SEEN[:number])
    assert overlap.ranked == ()
    assert overlap.margin is None
    assert overlap.refused.startswith(f"{number or 'No'} feature")
    assert overlap.refused.endswith(
        " to compare: with fewer than 5 techniques and pieces of software known groups cannot be"
        " told apart, so none is ranked."
    )


def test_five_features_are_ranked() -> None:
    overlap = found(group("bear", *SEEN))
    assert overlap.refused == ""
    assert len(overlap.ranked) == 1


def test_without_groups_nothing_is_ranked_and_it_is_said() -> None:
    overlap = found()
    assert overlap.ranked == ()
    assert overlap.refused.startswith("No group with techniques or software is known here")
    assert overlap.as_of == "2025-01-31"


def test_no_features_score_nothing() -> None:
    assert scores((), {"G1": {"T1001"}}) == {"G1": 0}


def test_the_worse_rank_counts_all_that_are_as_good() -> None:
    assert worst_ranks({"a": 0.5, "b": 0.9, "c": 0.5, "d": 0.0}) == {"a": 3, "b": 1, "c": 3, "d": 4}


@pytest.mark.parametrize("text", ["T1059", "T1059.001", "S0002"])
def test_ids_of_techniques_and_software_are_features(text: str) -> None:
    assert is_feature(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "t1059",
        "T1059.1",
        "T105",
        "G0007",
        "M1036",
        "TA0001",
        "S00021",
        "T1059\n",
        "T\N{FULLWIDTH DIGIT ONE}059",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_feature(text)


# Properties

_IDS = [*(f"T10{n:02}" for n in range(9)), *(f"S000{n}" for n in range(4))]
_PROFILES = st.dictionaries(
    st.sampled_from([f"G000{n}" for n in range(8)]),
    st.frozensets(st.sampled_from(_IDS)),
    min_size=1,
)
_FEATURES = st.lists(st.sampled_from(_IDS), min_size=5, unique=True)


def of(features: list[str], profiles: dict[str, frozenset[str]]) -> Overlap:
    groups = [Group(key, key, key, profile) for key, profile in profiles.items()]
    return compare(features, groups, {})


@given(_FEATURES, _PROFILES)
def test_the_score_is_the_formula(features: list[str], profiles: dict[str, frozenset[str]]) -> None:
    def weight(feature: str) -> float:
        used = sum(feature in profile for profile in profiles.values())
        factor = SOFTWARE_WEIGHT if feature[0] == "S" else 1
        return factor * math.log(
            float(Fraction(len(profiles) + 1) / (Fraction(used) + Fraction(1, 2)))
        )

    whole = sum(map(weight, features))
    for key, score in scores(features, profiles).items():
        shared = sum(weight(feature) for feature in features if feature in profiles[key])
        assert score == pytest.approx(shared / whole)
        assert 0 <= score <= 1


@given(_FEATURES, _PROFILES, st.randoms())
def test_the_order_of_features_and_groups_changes_nothing(
    features: list[str], profiles: dict[str, frozenset[str]], random: Random
) -> None:
    shuffled, groups = list(features), list(profiles.items())
    random.shuffle(shuffled)
    random.shuffle(groups)
    one, other = of(features, profiles), of(shuffled, dict(groups))
    assert one.ranked == other.ranked
    assert (one.margin, one.discriminates) == (other.margin, other.discriminates)


@given(_FEATURES, _PROFILES)
def test_shares_of_a_group_add_up_to_one_and_name_what_is_shared(
    features: list[str], profiles: dict[str, frozenset[str]]
) -> None:
    for one in of(features, profiles).ranked:
        assert math.fsum(m.share for m in one.matched) == pytest.approx(1)
        assert {m.feature for m in one.matched} == profiles[one.actor] & set(features)
        assert [m.share for m in one.matched] == sorted(
            (m.share for m in one.matched), reverse=True
        )


@given(_FEATURES, _PROFILES)
def test_a_rank_counts_those_that_are_at_least_as_good(
    features: list[str], profiles: dict[str, frozenset[str]]
) -> None:
    ranked = of(features, profiles).ranked
    for one in ranked:
        assert one.rank == sum(other.score >= one.score for other in ranked)


@given(_FEATURES, _PROFILES)
def test_who_shares_more_is_never_ranked_lower(
    features: list[str], profiles: dict[str, frozenset[str]]
) -> None:
    ranked = of(features, profiles).ranked

    def shared(one: Ranked) -> set[str]:
        return {m.feature for m in one.matched}

    for one in ranked:
        for other in ranked:
            if shared(one) > shared(other):
                assert one.rank < other.rank


@given(_FEATURES, _PROFILES)
def test_a_group_that_uses_everything_is_first(
    features: list[str], profiles: dict[str, frozenset[str]]
) -> None:
    assume(not any(set(features) <= profile for profile in profiles.values()))
    overlap = of(features, {**profiles, "all": frozenset(features)})
    assert overlap.ranked[0].actor == "all"
    assert (overlap.ranked[0].rank, overlap.ranked[0].score) == (1, 1)
