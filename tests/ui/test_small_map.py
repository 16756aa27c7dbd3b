"""The small map of a profile: what it shows, says and answers."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QToolTip, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.world import World
from briefing.services.world_map import read_world
from briefing.ui.theme import Theme
from briefing.ui.tokens import LIGHT
from briefing.ui.widgets.country_paths import country_paths
from briefing.ui.widgets.small_map import SmallMap
from briefing.ui.widgets.world_picture import WorldPicture

# A tooltip raises itself, which the platform without a screen cannot do.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

WORLD = Path(__file__).resolve().parents[2] / "resources" / "map" / "world.json"
TARGETS = {"UA": 16, "US": 1, "SG": 3, "AU": 2}
WEST_TO_EAST = ("US", "UA", "SG", "AU")


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(WORLD)


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme(scheme="light")


@pytest.fixture
def small_map(qtbot: QtBot, theme: Theme, world: World) -> SmallMap:
    widget = SmallMap(theme, world)
    qtbot.addWidget(widget)
    widget.resize(300, widget.heightForWidth(300))
    widget.set_countries(TARGETS, noun=("report", "reports"))
    return widget


def picture(widget: SmallMap) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.paper))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def colour_at(widget: SmallMap, code: str) -> str:
    return picture(widget).pixelColor(widget.point_of(code).toPoint()).name()


def test_named_countries_are_filled_and_the_rest_is_no_data(small_map: SmallMap) -> None:
    assert colour_at(small_map, "AU") == LIGHT.seq_4
    assert colour_at(small_map, "US") == LIGHT.seq_4
    assert colour_at(small_map, "BR") == LIGHT.no_data


def test_a_named_small_state_is_a_dot(small_map: SmallMap) -> None:
    assert colour_at(small_map, "SG") == LIGHT.seq_4
    small_map.set_countries({})
    assert colour_at(small_map, "SG") != LIGHT.seq_4


def test_other_countries_replace_those_named_before(small_map: SmallMap) -> None:
    picture(small_map)
    small_map.set_countries({"BR": 1})
    assert colour_at(small_map, "BR") == LIGHT.seq_4
    assert colour_at(small_map, "AU") == LIGHT.no_data


def test_a_change_of_theme_changes_the_colours(small_map: SmallMap, theme: Theme) -> None:
    picture(small_map)
    theme.set_scheme("dark")
    assert colour_at(small_map, "AU") == theme.tokens.seq_4 != LIGHT.seq_4
    assert colour_at(small_map, "BR") == theme.tokens.no_data != LIGHT.no_data


def test_a_change_of_size_fits_the_world_again(small_map: SmallMap) -> None:
    picture(small_map)
    small_map.resize(600, small_map.heightForWidth(600))
    assert colour_at(small_map, "AU") == LIGHT.seq_4
    assert small_map.point_of("AU").x() > 300


def test_the_whole_world_fits_at_any_shape_of_the_widget(small_map: SmallMap) -> None:
    for size in (QSize(300, 160), QSize(160, 300), QSize(500, 90)):
        small_map.resize(size)
        for code in ("FJ", "AS", "GL", "CL", "NZ"):
            assert small_map.rect().contains(small_map.point_of(code).toPoint())


def test_the_tooltip_names_the_country_and_its_count(small_map: SmallMap) -> None:
    assert small_map.text_for("UA") == "Ukraine · 16 reports"
    assert small_map.text_for("US") == "United States · 1 report"
    assert small_map.text_for("BR") == "Brazil · no reports"


def test_the_mouse_finds_countries_dots_and_the_sea(small_map: SmallMap) -> None:
    assert small_map.country_at(small_map.point_of("BR")) == "BR"
    assert small_map.country_at(small_map.point_of("SG") + QPointF(2, 2)) == "SG"
    assert small_map.country_at(QPointF(150, 130)) is None


def test_the_mouse_over_a_country_shows_its_tooltip(qtbot: QtBot, small_map: SmallMap) -> None:
    small_map.show()
    qtbot.mouseMove(small_map, small_map.point_of("AU").toPoint())
    qtbot.waitUntil(lambda: QToolTip.text() == "Australia · 2 reports")


def test_a_click_opens_the_country(qtbot: QtBot, small_map: SmallMap) -> None:
    with qtbot.waitSignal(small_map.country_activated) as activated:
        qtbot.mouseClick(
            small_map, Qt.MouseButton.LeftButton, pos=small_map.point_of("BR").toPoint()
        )
    assert activated.args == ["BR"]


def test_a_click_into_the_sea_opens_nothing(qtbot: QtBot, small_map: SmallMap) -> None:
    with qtbot.assertNotEmitted(small_map.country_activated):
        qtbot.mouseClick(small_map, Qt.MouseButton.LeftButton, pos=QPoint(150, 130))


def test_arrow_keys_walk_the_named_countries_from_west_to_east(
    qtbot: QtBot, small_map: SmallMap
) -> None:
    small_map.show()
    assert small_map.named == WEST_TO_EAST
    walked = []
    for _ in range(5):
        qtbot.keyClick(small_map, Qt.Key.Key_Right)
        walked.append(small_map.current)
    assert walked == [*WEST_TO_EAST, "US"]
    qtbot.keyClick(small_map, Qt.Key.Key_Up)
    assert small_map.current == "AU"
    qtbot.keyClick(small_map, Qt.Key.Key_Home)
    assert small_map.current == "US"
    qtbot.keyClick(small_map, Qt.Key.Key_End)
    assert small_map.current == "AU"
    assert QToolTip.text() == "Australia · 2 reports"


def test_enter_opens_the_current_country_and_escape_lets_it_go(
    qtbot: QtBot, small_map: SmallMap
) -> None:
    small_map.show()
    qtbot.keyClick(small_map, Qt.Key.Key_Left)
    with qtbot.waitSignal(small_map.country_activated) as activated:
        qtbot.keyClick(small_map, Qt.Key.Key_Return)
    assert activated.args == ["AU"]
    qtbot.keyClick(small_map, Qt.Key.Key_Escape)
    assert small_map.current is None


def test_keys_do_nothing_where_no_country_is_named(qtbot: QtBot, small_map: SmallMap) -> None:
    small_map.set_countries({})
    with qtbot.assertNotEmitted(small_map.country_activated):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Escape):
            qtbot.keyClick(small_map, key)
    assert small_map.current is None


def test_the_keyboard_focus_and_the_current_country_can_be_seen(
    qtbot: QtBot, small_map: SmallMap
) -> None:
    small_map.show()
    before = picture(small_map)
    small_map.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(small_map.hasFocus)
    focused = picture(small_map)
    assert focused.pixelColor(150, 1).name() == LIGHT.focus != before.pixelColor(150, 1).name()
    qtbot.keyClick(small_map, Qt.Key.Key_Right)
    assert picture(small_map) != focused


def test_a_screen_reader_hears_the_countries_most_often_named_first(small_map: SmallMap) -> None:
    assert small_map.accessibleName() == (
        "World map, 4 countries named: Ukraine 16 reports, Singapore 3 reports, "
        "Australia 2 reports, United States 1 report."
    )
    small_map.set_countries({})
    assert small_map.accessibleName() == "World map: no country is named."


def test_a_country_that_is_not_on_the_map_is_not_lost(small_map: SmallMap) -> None:
    small_map.set_countries({"AQ": 2, "BR": 1, "UM": 0})
    assert small_map.off_map == ("AQ",)
    assert small_map.named == ("BR",)
    assert "AQ 2 statements" in small_map.accessibleName()


def test_the_map_is_drawn_in_a_frame(theme: Theme, world: World) -> None:
    country_paths(world)
    view = WorldPicture(world)
    fills = dict.fromkeys(WEST_TO_EAST, theme.tokens.seq_4)
    times = []
    for _ in range(5):
        view.fit(QSize(300, 160))
        start = time.perf_counter()
        view.draw(theme.tokens, fills, 1.0)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.05, "ten milliseconds on a quiet machine; five times that at most"
