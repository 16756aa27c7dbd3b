"""What the Map screen can be filtered by, and the years between the handles under the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from map_desk import MapDesk
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from briefing.core.targeting import TargetingFilter
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place
from briefing.ui.views.map_page import MapPage
from briefing.ui.views.map_words import years_words

FINANCE = TargetingFilter(sectors=frozenset({"finance"}))


@pytest.fixture(scope="module")
def index(bundled_database: Path) -> TargetingIndex:
    return TargetingIndex.read(KnowledgeFile(bundled_database))


@pytest.fixture
def desk(qapp: object, bundled_database: Path, tmp_path: Path) -> Iterator[MapDesk]:
    made = MapDesk(bundled_database, tmp_path)
    yield made
    QToolTip.hideText()
    made.end()


def page(desk: MapDesk) -> MapPage:
    assert desk.view.page is not None
    return desk.view.page


def test_a_filter_changes_the_counts_at_once_and_its_place(
    desk: MapDesk, index: TargetingIndex
) -> None:
    desk.show()
    desk.view.filters.buttons["sector"].chosen.emit("finance")
    assert desk.place == Place("map", "", "sector=finance")
    numbers = {one.code: one.actors for one in index.count(FINANCE).countries}
    assert all(page(desk).map.text_for(c).split(" ")[-2] == f"{n:,}" for c, n in numbers.items())


def test_choices_are_offered_with_the_actors_they_would_leave(
    desk: MapDesk, index: TargetingIndex
) -> None:
    desk.show()
    offered = {code: number for code, _, number in desk.view.filters.buttons["sector"].offer()}
    assert offered["finance"] == index.count(FINANCE).matching
    origins = {code: number for code, _, number in desk.view.filters.buttons["origin"].offer()}
    russia = index.actors_of(TargetingFilter(origins=frozenset({"RU"})))
    assert origins["RU"] == len(russia)
    assert list(origins)[-1] == "not-stated"
    names = [label for _, label, _ in desk.view.filters.buttons["actor"].offer()]
    assert names == sorted(names, key=str.casefold)


def test_not_stated_can_be_chosen_as_an_origin(desk: MapDesk) -> None:
    desk.show()
    desk.view.filters.buttons["origin"].chosen.emit("not-stated")
    assert desk.view.wish.filter.origins == frozenset({""})
    assert desk.view.filters.buttons["origin"].accessibleName() == "Origin: not stated"


def test_several_choices_of_a_link_are_all_shown(desk: MapDesk) -> None:
    desk.show("", "origin=RU&origin=CN")
    assert desk.view.filters.buttons["origin"].accessibleName() == "Origin: China or Russia"


def test_a_dragged_handle_recolours_before_it_is_let_go_of(desk: MapDesk, qtbot: QtBot) -> None:
    desk.show()
    slider = page(desk).slider
    first, last = slider.years
    before = page(desk).legend.accessibleName()
    row = slider.height() // 3
    start = QPoint(round(slider.x_of(first)), row)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(slider, QPoint(round(slider.x_of(last - 1)), row))
    assert page(desk).legend.accessibleName() != before
    assert desk.places == []
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start)
    assert desk.place == Place("map", "", f"years={last - 1}-{last}")
    assert desk.view.filters.years.value == f"{last - 1}-{last}"


def test_a_choice_of_years_says_how_many_it_leaves_out(
    desk: MapDesk, index: TargetingIndex
) -> None:
    desk.show("", "years=2018-2022")
    known = index.count(TargetingFilter(first_year=2018, last_year=2022)).known
    assert page(desk).left_out.text() == (
        f"Only what is dated 2018–2022: {known.undated} actors about whom nothing is dated are left"
        " out."
    )
    assert page(desk).slider.range == (2018, 2022)


def test_both_handles_at_the_ends_are_no_choice(desk: MapDesk) -> None:
    desk.show("", "years=2018-2022")
    page(desk).slider.settled.emit(*page(desk).slider.years)
    assert desk.place == Place("map")
    assert page(desk).left_out.text() == "All years, and what bears no date."


def test_spans_of_years_are_offered(desk: MapDesk, index: TargetingIndex) -> None:
    desk.show()
    assert index.years is not None
    first, last = index.years
    offered = [code for code, _, _ in desk.view.filters.years.offer()]
    assert offered[:2] == [f"{first}-{last}", f"{last - 2}-{last}"]
    desk.view.filters.years.chosen.emit(offered[1])
    assert desk.view.wish.years == (last - 2, last)
    desk.view.filters.years.chosen.emit("")
    assert desk.view.wish.years is None
    assert years_words((2020, 2020)) == "2020"
