"""The backtest of the overlap: which cases count, how ties and absent groups count, margins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.overlap_backtest import Case, backtest

BEAR, PANDA, WOLF = "G0001", "G0002", "G0003"


def case(
    *true_groups: str, features: str = "abc", bear: str = "", panda: str = "", wolf: str = ""
) -> Case:
    profiles = {BEAR: frozenset(bear), PANDA: frozenset(panda), WOLF: frozenset(wolf)}
    return Case("C0001", "A campaign", true_groups, frozenset(features), profiles)


def test_the_rank_of_the_true_group_is_found() -> None:
    found = backtest([case(PANDA, bear="abc", panda="ab", wolf="a")])
    (placed,) = found.placed
    assert (placed.group, placed.rank) == (PANDA, 2)
    assert [found.within(cut) for cut in (1, 3, 10)] == [0, 1, 1]
    assert found.mrr == 1 / 2


def test_a_case_without_a_known_author_or_without_features_does_not_count() -> None:
    found = backtest([case(bear="abc"), case(BEAR, features=""), case(BEAR, bear="a")])
    assert found.cases == 1


def test_few_features_are_no_reason_to_leave_a_case_out() -> None:
    assert backtest([case(BEAR, features="a", bear="a")]).within(1) == 1


def test_ties_count_against_us() -> None:
    found = backtest([case(PANDA, bear="ab", panda="ab")])
    assert found.placed[0].rank == 2
    assert backtest([case(WOLF)]).placed[0].rank == 3


def test_of_several_true_groups_the_best_placed_counts() -> None:
    found = backtest([case(WOLF, PANDA, bear="abc", panda="ab", wolf="a")])
    assert (found.placed[0].group, found.placed[0].rank) == (PANDA, 2)


def test_a_true_group_without_a_profile_is_not_found_and_still_counts() -> None:
    found = backtest([case("G9999", bear="abc")])
    assert (found.cases, found.placed[0].group, found.placed[0].rank) == (1, "", None)
    assert (found.within(10), found.mrr) == (0, 0)


def test_margins_say_how_often_the_first_was_right() -> None:
    clear = case(BEAR, features="abcd", bear="abcd", panda="a")
    wrong = case(PANDA, features="abcd", bear="abcd", panda="a")
    tied = case(BEAR, bear="ab", panda="ab")
    alone = case(BEAR, bear="ab")
    found = backtest([clear, wrong, tied, alone])
    assert [(b.least, b.below, b.right, b.rankings) for b in found.bands] == [
        (0.0, 1.25, 0, 1),
        (1.25, 1.5, 0, 0),
        (1.5, 2.0, 0, 0),
        (2.0, None, 1, 2),
    ]
    assert found.placed[3].margin is None


def test_no_cases_are_worth_nothing() -> None:
    found = backtest([])
    assert (found.cases, found.within(10), found.mrr) == (0, 0, 0)


_PROFILE = st.text("abcdef", max_size=6)


@given(
    st.lists(
        st.builds(
            case,
            st.sampled_from((BEAR, PANDA, WOLF, "G9999")),
            features=_PROFILE,
            bear=_PROFILE,
            panda=_PROFILE,
            wolf=_PROFILE,
        )
    )
)
def test_figures_agree_with_each_other(cases: list[Case]) -> None:
    found = backtest(cases)
    assert found.within(1) <= found.within(3) <= found.within(10) <= found.cases
    assert found.within(1) / max(found.cases, 1) <= found.mrr + 1e-9
    assert sum(band.rankings for band in found.bands) <= found.cases
    assert sum(band.right for band in found.bands) <= found.within(1)
    assert found.mrr == pytest.approx(
        sum(1 / one.rank for one in found.placed if one.rank) / max(found.cases, 1)
    )
