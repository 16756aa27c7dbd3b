"""Where a talk stands after each step, its time, and what its keys mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from briefing.ui.views.present_keys import action_of
from briefing.ui.views.present_talk import Step, Stopwatch, Talk, as_time

STEPS: tuple[Step, ...] = (
    "next",
    "previous",
    "first",
    "last",
    "resume",
    "black",
    "white",
    "clear",
    "enter",
    "erase",
    "digit",
)
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def typed(talk: Talk, digits: str) -> Talk:
    for digit in digits:
        talk = talk.after("digit", digit)
    return talk


def meaning(key: Qt.Key, text: str = "", held: Qt.KeyboardModifier = NONE) -> str | None:
    return action_of(QKeyEvent(QEvent.Type.KeyPress, key, held, text))


def test_a_talk_goes_on_and_back_and_stops_at_its_ends() -> None:
    talk = Talk(3)
    assert talk.after("next").number == 2
    assert talk.after("previous").number == 1
    assert talk.after("last").number == 3
    assert talk.after("last").after("next").number == 3
    assert talk.after("last").after("first").number == 1


def test_going_on_from_a_black_screen_shows_the_slide_that_was_covered() -> None:
    talk = Talk(5, 2).after("black")
    assert (talk.blank, talk.number) == ("black", 3)
    for step in ("next", "previous", "resume", "clear", "black", "enter", "erase"):
        back = talk.after(step)
        assert (back.blank, back.number) == ("", 3), step


def test_white_replaces_black() -> None:
    assert Talk(5).after("black").after("white").blank == "white"


def test_a_number_and_enter_jump_there() -> None:
    talk = typed(Talk(30), "12")
    assert talk.number == 1
    assert talk.after("enter").number == 12
    assert talk.after("enter").typed == ""


def test_a_number_that_no_slide_has_changes_nothing() -> None:
    for digits in ("0", "31", "9999"):
        after = typed(Talk(30, 4), digits).after("enter")
        assert (after.number, after.typed) == (5, "")


def test_a_typed_digit_can_be_taken_back() -> None:
    talk = typed(Talk(30), "12").after("erase")
    assert talk.typed == "1"
    assert talk.after("erase").after("erase").number == 1


def test_a_jump_uncovers_the_slide() -> None:
    after = typed(Talk(30).after("black"), "7").after("enter")
    assert (after.number, after.blank) == (7, "")


@given(
    st.integers(1, 40),
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from("0123456789")), max_size=40),
)
def test_no_order_of_steps_leaves_the_slides(count: int, steps: list[tuple[Step, str]]) -> None:
    talk = Talk(count)
    for step, digit in steps:
        talk = talk.after(step, digit)
        assert 0 <= talk.index < count
        assert len(talk.typed) <= 4


def test_time_stands_still_while_it_is_paused() -> None:
    watch = Stopwatch()
    watch.go(100.0)
    assert watch.read(130.0) == 30.0
    watch.pause(130.0)
    assert watch.read(500.0) == 30.0
    watch.go(500.0)
    assert watch.read(510.0) == 40.0


def test_time_begins_at_nought_again_and_goes_on_if_it_did() -> None:
    watch = Stopwatch()
    watch.go(0.0)
    watch.reset(60.0)
    assert (watch.read(65.0), watch.runs) == (5.0, True)
    watch.pause(65.0)
    watch.reset(70.0)
    assert (watch.read(99.0), watch.runs) == (0.0, False)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0, "0:00"), (9.9, "0:09"), (425.0, "7:05"), (3599.0, "59:59"), (4025.0, "1:07:05")],
)
def test_time_is_minutes_and_seconds(seconds: float, words: str) -> None:
    assert as_time(seconds) == words


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_N]
)
def test_every_key_of_a_remote_for_the_next_slide_goes_on(key: Qt.Key) -> None:
    assert meaning(key) == "next"


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_P])
def test_every_key_of_a_remote_for_the_slide_before_goes_back(key: Qt.Key) -> None:
    assert meaning(key) == "previous"


def test_signs_count_wherever_they_stand_on_a_keyboard() -> None:
    assert meaning(Qt.Key.Key_Period, ".") == "black"
    assert meaning(Qt.Key.Key_Colon, ".") == "black"
    assert meaning(Qt.Key.Key_Question, "?", SHIFT) == "help"
    assert meaning(Qt.Key.Key_Comma, ",") == "white"


def test_f5_begins_again_and_with_shift_it_resumes() -> None:
    assert meaning(Qt.Key.Key_F5) == "first"
    assert meaning(Qt.Key.Key_F5, "", SHIFT) == "resume"


def test_keys_of_the_system_are_left_to_it() -> None:
    assert meaning(Qt.Key.Key_Left, "", Qt.KeyboardModifier.AltModifier) is None
    assert meaning(Qt.Key.Key_B, "b", CONTROL) is None
    assert meaning(Qt.Key.Key_Tab, "\t") is None


def test_control_scrolls_and_resizes_the_notes() -> None:
    assert meaning(Qt.Key.Key_Down, "", CONTROL) == "scroll-down"
    assert meaning(Qt.Key.Key_0, "0", CONTROL) == "usual"
    assert meaning(Qt.Key.Key_0, "0") == "digit"
