"""Which part of the world is shown: fitted, zoomed around a place, dragged, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize

from briefing.core.world import World
from briefing.services.world_map import read_world
from briefing.ui.widgets.viewport import MARGIN, MOST_ZOOM, Viewport

WORLD = read_world(Path(__file__).resolve().parents[2] / "resources" / "map" / "world.json")
SIZE = QSize(1200, 640)
PLACES = st.tuples(st.integers(0, 1200), st.integers(0, 640)).map(lambda p: QPointF(*p))
FACTORS = st.floats(0.2, 5)


@pytest.fixture
def view() -> Viewport:
    made = Viewport(WORLD)
    made.fit(SIZE)
    return made


def edges(view: Viewport, world: World = WORLD) -> tuple[float, float, float, float]:
    first = view.to_pixels(QPointF(0, 0))
    last = view.to_pixels(QPointF(world.width, world.height))
    return first.x(), first.y(), last.x(), last.y()


def test_the_whole_world_lies_in_the_middle_at_first(view: Viewport) -> None:
    left, top, right, bottom = edges(view)
    assert (left, right) == pytest.approx((MARGIN, SIZE.width() - MARGIN))
    assert top == pytest.approx(SIZE.height() - bottom)
    assert view.zoom == 1


def test_the_place_under_the_pointer_stays_under_it(view: Viewport) -> None:
    place = QPointF(700, 200)
    before = view.to_map(place)
    assert view.zoom_at(place, 3)
    after = view.to_map(place)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_zoom_has_an_end_in_both_directions(view: Viewport) -> None:
    assert not view.zoom_in_middle(0.5)
    view.zoom_in_middle(1000)
    assert view.zoom == MOST_ZOOM
    assert not view.zoom_in_middle(2)


def test_the_whole_world_cannot_be_dragged_away(view: Viewport) -> None:
    assert not view.pan(QPointF(300, -200))
    view.zoom_in_middle(2)
    assert view.pan(QPointF(100, 0))
    view.pan(QPointF(1e6, 1e6))
    assert edges(view)[:2] == (MARGIN, MARGIN)


def test_reset_shows_the_whole_world_again(view: Viewport) -> None:
    before = edges(view)
    assert not view.reset()
    view.zoom_at(QPointF(10, 10), 5)
    assert view.reset()
    assert edges(view) == pytest.approx(before)


def test_another_size_keeps_what_is_in_the_middle(view: Viewport) -> None:
    view.zoom_at(QPointF(800, 300), 4)
    before = view.to_map(QPointF(600, 320))
    assert view.fit(QSize(900, 480))
    assert not view.fit(QSize(900, 480))
    after = view.to_map(QPointF(450, 240))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=60)


def test_a_point_outside_is_brought_in_and_one_inside_moves_nothing(view: Viewport) -> None:
    view.zoom_at(QPointF(0, 0), 8)
    sydney = QPointF(11000, 4200)
    assert view.show(sydney)
    place = view.to_pixels(sydney)
    assert 0 < place.x() < SIZE.width()
    assert 0 < place.y() < SIZE.height()
    assert not view.show(sydney)


@given(st.lists(st.tuples(PLACES, FACTORS, PLACES), max_size=8))
def test_no_gap_ever_opens_beside_a_map_that_is_larger_than_its_window(
    moves: list[tuple[QPointF, float, QPointF]],
) -> None:
    view = Viewport(WORLD)
    view.fit(SIZE)
    for place, factor, by in moves:
        view.zoom_at(place, factor)
        view.pan(by - QPointF(600, 320))
        left, top, right, bottom = edges(view)
        if right - left > SIZE.width() - 2 * MARGIN + 1e-6:
            assert left <= MARGIN + 1e-6
            assert right >= SIZE.width() - MARGIN - 1e-6
        if bottom - top > SIZE.height() - 2 * MARGIN + 1e-6:
            assert top <= MARGIN + 1e-6
            assert bottom >= SIZE.height() - MARGIN - 1e-6


@given(PLACES, FACTORS, PLACES)
def test_pixels_and_map_units_lead_to_each_other(
    place: QPointF, factor: float, point: QPointF
) -> None:
    view = Viewport(WORLD)
    view.fit(SIZE)
    view.zoom_at(place, factor)
    back = view.to_pixels(view.to_map(point))
    assert (back.x(), back.y()) == pytest.approx((point.x(), point.y()), abs=1e-6)
