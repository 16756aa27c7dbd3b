"""Slides for the audience on one screen, notes on the other, and what happens when one goes."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from apart import run_apart
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QScreen

from briefing.ui.views.present_screens import shared_out

LAPTOP, BEAMER = [0, 0, 1440, 900], [1440, 0, 1920, 1080]
THERE = QPoint(100, 100)
"""A point on the laptop."""


class Shown:
    """As much of a screen as counts for sharing them out."""

    def __init__(self, name: str, *rect: int) -> None:
        self.name = name
        self._rect = QRect(*rect)

    def geometry(self) -> QRect:
        return self._rect


laptop, beamer = Shown("laptop", *LAPTOP), Shown("beamer", *BEAMER)
wall = Shown("wall", 3360, 0, 1280, 720)


def shared(*screens: Shown, home: QPoint = THERE, turns: int = 0) -> tuple[str, str | None]:
    found = shared_out(cast("list[QScreen]", screens), home, turns)
    audience, desk = cast("Shown", found.audience), cast("Shown | None", found.desk)
    return audience.name, desk.name if desk else None


def test_one_screen_is_the_audiences() -> None:
    assert shared(laptop) == ("laptop", None)


def test_notes_stay_where_the_program_is() -> None:
    assert shared(laptop, beamer) == ("beamer", "laptop")
    assert shared(beamer, laptop) == ("beamer", "laptop")
    assert shared(laptop, beamer, home=QPoint(2000, 500)) == ("laptop", "beamer")


def test_a_mirrored_screen_is_one_screen() -> None:
    assert shared(laptop, Shown("mirror", *LAPTOP)) == ("laptop", None)


def test_a_program_on_no_screen_counts_as_on_the_first() -> None:
    assert shared(laptop, beamer, home=QPoint(-9000, 0)) == ("beamer", "laptop")


def test_changing_over_goes_through_every_screen_and_comes_back() -> None:
    turns = [shared(laptop, beamer, wall, turns=turn) for turn in range(4)]
    assert [audience for audience, _ in turns] == ["beamer", "wall", "laptop", "beamer"]
    assert all(audience != desk for audience, desk in turns)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a talk on two screens looked like at each moment."""
    folder = tmp_path_factory.mktemp("screens")
    config = folder / "screens.json"
    screens = [
        dict(zip(("x", "y", "width", "height"), rect, strict=True))
        | {"name": name, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, rect in (("laptop", LAPTOP), ("beamer", BEAMER))
    ]
    settings = {"screens": screens, "windowFrameMargins": False}
    config.write_text(json.dumps(settings), encoding="utf-8")
    return run_apart("two_screens.py", platform=f"offscreen:configfile={config}")


def test_with_two_screens_each_has_its_own_window(seen: dict[str, Any]) -> None:
    started = seen["started"]
    assert started["two"]
    assert (started["slide"], started["desk"]) == (BEAMER, LAPTOP)
    assert started["image"] == [1920, 1080]
    assert started["number"] == 4
    assert started["kept"] <= 7


def test_the_two_screens_change_over(seen: dict[str, Any]) -> None:
    changed = seen["changed over"]
    assert (changed["slide"], changed["desk"]) == (LAPTOP, BEAMER)
    assert changed["image"] == [1440, 810]


def test_the_presenter_sees_that_the_audience_sees_black(seen: dict[str, Any]) -> None:
    covered = seen["covered"]
    assert (covered["blank"], covered["covered"]) == (
        "black",
        "The audience sees a black screen",
    )
    assert covered["desk"] == LAPTOP


def test_a_projector_that_goes_leaves_the_notes_on_the_screen_that_stays(
    seen: dict[str, Any],
) -> None:
    left = seen["unplugged"]
    assert not left["two"]
    assert (left["slide"], left["desk"]) == (False, LAPTOP)
    assert not left["own window"]
    assert left["number"] == 4


def test_a_projector_that_comes_back_has_the_slide_again(seen: dict[str, Any]) -> None:
    back = seen["plugged in"]
    assert (back["slide"], back["desk"], back["number"]) == (BEAMER, LAPTOP, 4)


def test_closing_the_notes_ends_the_talk(seen: dict[str, Any]) -> None:
    assert seen["ended"] == [4]
