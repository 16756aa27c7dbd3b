"""Going places and coming back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from briefing.ui.navigation import LONGEST_HISTORY, History, Place

HOME = Place("home")
ACTORS = Place("actors")
APT28 = Place("actors", "apt28")
MAP = Place("map", "UA", "matrix")


def _walked(*places: Place) -> History:
    history = History()
    for place in places:
        history.go(place)
    return history


def test_a_new_history_is_nowhere() -> None:
    history = History()
    assert history.current is None
    assert not history.can_back
    assert not history.can_forward


def test_back_and_forward_walk_the_way_that_was_gone() -> None:
    history = _walked(HOME, ACTORS, APT28)
    history.back()
    assert history.current == ACTORS
    history.back()
    assert history.current == HOME
    assert not history.can_back
    history.forward()
    history.forward()
    assert history.current == APT28
    assert not history.can_forward


def test_going_somewhere_new_forgets_what_lay_ahead() -> None:
    history = _walked(HOME, ACTORS, APT28)
    history.back()
    history.go(MAP)
    assert not history.can_forward
    history.back()
    assert history.current == ACTORS


def test_going_where_one_is_adds_no_step_but_shows_it_again() -> None:
    history = _walked(HOME, ACTORS)
    shown: list[Place] = []
    history.moved.connect(shown.append)
    history.go(ACTORS)
    assert shown == [ACTORS]
    history.back()
    assert history.current == HOME
    assert not history.can_back


def test_every_step_is_announced_after_it_was_taken() -> None:
    history = History()
    seen: list[tuple[Place, Place | None]] = []
    history.moved.connect(lambda place: seen.append((place, history.current)))
    history.go(HOME)
    history.go(MAP)
    history.back()
    assert seen == [(HOME, HOME), (MAP, MAP), (HOME, HOME)]


def test_stepping_off_either_end_does_nothing(qtbot: QtBot) -> None:
    history = _walked(HOME)
    with qtbot.assertNotEmitted(history.moved):
        history.back()
        history.forward()
    assert history.current == HOME


def test_only_the_latest_places_are_kept() -> None:
    history = _walked(*(Place("actors", str(number)) for number in range(LONGEST_HISTORY + 5)))
    while history.can_back:
        history.back()
    assert history.current == Place("actors", "5")


@given(st.lists(st.sampled_from([HOME, ACTORS, APT28, MAP, "back", "forward"]), max_size=40))
def test_history_behaves_like_two_stacks(steps: list[Place | str]) -> None:
    history = History()
    behind: list[Place] = []
    ahead: list[Place] = []
    current: Place | None = None
    for step in steps:
        if isinstance(step, Place):
            if step != current:
                behind, ahead = [*behind, *([current] if current else [])], []
            current = step
            history.go(step)
        elif step == "back":
            if behind and current:
                ahead.append(current)
                current = behind.pop()
            history.back()
        else:
            if ahead and current:
                behind.append(current)
                current = ahead.pop()
            history.forward()
        assert history.current == current
        assert history.can_back == bool(behind)
        assert history.can_forward == bool(ahead)
