"""Which action comes first: the undone, the fitting, what stands against most, then the week."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

import pytest
from guidance_samples import action
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.guidance_order import order_actions
from briefing.core.client import Client
from briefing.core.guidance import USES_MSP, Action, RankedAction

ANYBODY = Client("Anybody")
WITH_MSP = Client("With a provider", uses_msp=True)


def ordered(
    *actions: Action,
    used: Sequence[Set[str]] = (),
    client: Client | None = ANYBODY,
    done: Collection[str] = (),
    week: int = 0,
) -> tuple[RankedAction, ...]:
    return order_actions(actions, used, client, done, week)


def names(found: Sequence[RankedAction]) -> list[str]:
    return [one.action.id for one in found]


def test_what_stands_against_more_of_the_actors_comes_first() -> None:
    used = [{"T1", "T2", "T3"}, {"T9"}, {"T9"}]
    found = ordered(action("many", "T1", "T2", "T3"), action("wide", "T9"), used=used)
    assert names(found) == ["wide", "many"]
    assert [(one.actors, one.of, one.uses) for one in found] == [(2, 3, 2), (1, 3, 3)]
    assert found[1].techniques == ("T1", "T2", "T3")


def test_among_those_against_as_many_actors_what_they_use_more_of_comes_first() -> None:
    used = [{"T1", "T2"}, {"T1", "T3"}]
    found = ordered(action("thin", "T1"), action("thick", "T1", "T2", "T4"), used=used)
    assert names(found) == ["thick", "thin"]
    assert found[0].techniques == ("T1", "T2")


def test_a_technique_does_not_count_for_the_one_it_is_a_part_of() -> None:
    (found,) = ordered(action("lock", "T1078"), used=[{"T1078.004"}])
    assert (found.actors, found.uses, found.techniques) == (0, 0, ())


def test_what_was_done_comes_last_and_keeps_its_order() -> None:
    used = [{"T1", "T2"}]
    listed = (action("both", "T1", "T2"), action("one", "T1"), action("none", "T9"))
    found = ordered(*listed, used=used, done={"both", "one", "forgotten long ago"})
    assert names(found) == ["none", "both", "one"]
    assert [one.done for one in found] == [False, True, True]


def test_the_action_about_the_it_provider_comes_first_for_whom_one_works() -> None:
    listed = (action("lock", "T1"), action("provider", "T9", helps=(USES_MSP,)))
    found = ordered(*listed, used=[{"T1"}], client=WITH_MSP)
    assert names(found) == ["provider", "lock"]
    assert names(ordered(*listed, used=[{"T1"}], client=WITH_MSP, done={"provider"})) == [
        "lock",
        "provider",
    ]


def test_the_action_about_the_it_provider_comes_last_for_those_without_one() -> None:
    listed = (action("provider", "T1", helps=(USES_MSP,)), action("lock", "T9"))
    found = ordered(*listed, used=[{"T1"}], client=ANYBODY)
    assert names(found) == ["lock", "provider"]
    assert found[1].why_here == (
        "Meant for those whose computers an IT provider runs, so it comes last."
    )


def test_for_nobody_in_particular_each_action_has_its_week() -> None:
    listed = (action("a"), action("b", helps=(USES_MSP,)), action("c"))
    weeks = [names(ordered(*listed, client=None, week=week)) for week in range(4)]
    assert weeks == [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"], ["a", "b", "c"]]


def test_the_week_decides_only_between_equals() -> None:
    listed = (action("weak", "T9"), action("one", "T1"), action("other", "T2"))
    used = [{"T1", "T2"}]
    assert names(ordered(*listed, used=used, week=0)) == ["one", "other", "weak"]
    assert names(ordered(*listed, used=used, week=1)) == ["other", "one", "weak"]


@pytest.mark.parametrize(
    ("used", "client", "sentence"),
    [
        (
            [{"T1", "T2"}, {"T1"}, {"T9"}],
            ANYBODY,
            "Stands against 2 techniques; 2 of the 3 actors use at least one.",
        ),
        (
            [{"T1", "T2"}, {"T9"}],
            ANYBODY,
            "Stands against 2 techniques; 1 of the 2 actors uses at least one.",
        ),
        ([{"T1"}, {"T1"}], ANYBODY, "Stands against 1 technique that 2 of the 2 actors use."),
        ([{"T1"}], ANYBODY, "Stands against 1 technique that the actor uses."),
        (
            [{"T9"}, set()],
            ANYBODY,
            "None of what it stands against is said to be used by 2 actors here.",
        ),
        ([], None, "Nothing known here puts one action before another, so the week decides."),
    ],
)
def test_a_sentence_says_why_an_action_stands_where_it_does(
    used: list[set[str]], client: Client | None, sentence: str
) -> None:
    (found,) = ordered(action("lock", "T1", "T2"), used=used, client=client)
    assert found.why_here == sentence


@pytest.mark.parametrize(
    ("used", "sentence"),
    [
        ([], "Meant for those whose computers an IT provider runs."),
        (
            [{"T1"}],
            "Meant for those whose computers an IT provider runs;"
            " stands against 1 technique that the actor uses.",
        ),
    ],
)
def test_the_sentence_says_so_where_an_action_is_meant_for_such_a_client(
    used: list[set[str]], sentence: str
) -> None:
    (found,) = ordered(action("p", "T1", helps=(USES_MSP,)), used=used, client=WITH_MSP)
    assert found.why_here == sentence


_TECHNIQUES = st.frozensets(st.sampled_from(["T1", "T2", "T3", "T4"]))


@given(
    st.lists(_TECHNIQUES, max_size=6),
    st.lists(_TECHNIQUES, max_size=5),
    st.frozensets(st.integers(0, 5)),
    st.integers(0, 3000),
)
def test_every_action_has_one_place_and_the_same_question_the_same_answer(
    against: list[frozenset[str]], used: list[frozenset[str]], done: frozenset[int], week: int
) -> None:
    listed = [action(str(place), *sorted(some)) for place, some in enumerate(against)]
    marks = [str(place) for place in done]
    found = ordered(*listed, used=used, done=marks, week=week)
    assert sorted(names(found)) == [one.id for one in listed]
    assert found == ordered(*listed, used=used, done=set(marks), week=week)
    keys = [(one.done, -one.actors, -one.uses) for one in found]
    assert keys == sorted(keys)
    for one in found:
        named = {technique.code for technique in one.action.techniques}
        assert one.actors == sum(bool(named & techniques) for techniques in used)
        assert set(one.techniques) == named & frozenset().union(*used)


def test_without_actions_there_is_nothing_to_put_in_order() -> None:
    assert ordered() == ()
