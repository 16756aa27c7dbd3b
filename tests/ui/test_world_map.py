"""The large map: its colours, what can be hit, and everything by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QRegion, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from briefing.analysis.map_classes import actor_classes
from briefing.core.world import World
from briefing.services.world_map import read_world
from briefing.ui.theme import Theme
from briefing.ui.tokens import DARK, LIGHT, Tokens
from briefing.ui.widgets.viewport import MOST_ZOOM
from briefing.ui.widgets.world_map import WorldMap

# A tooltip raises itself, which the platform without a screen cannot do.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)

WORLD = Path(__file__).resolve().parents[2] / "resources" / "map" / "world.json"
COUNTS = {"US": 40, "UA": 16, "BR": 6, "AU": 2, "SG": 1, "RU": 13, "AQ": 3}
WEST_TO_EAST = ("US", "BR", "UA", "RU", "SG", "AU")
SEA = QPoint(480, 420)
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(WORLD)


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme(scheme="light")


@pytest.fixture
def world_map(qtbot: QtBot, theme: Theme, world: World) -> Iterator[WorldMap]:
    widget = WorldMap(theme, world)
    qtbot.addWidget(widget)
    widget.resize(1200, 640)
    widget.set_numbers(COUNTS, actor_classes(COUNTS).shades)
    widget.describe = lambda code: ("APT28, Sandworm Team",) if code == "UA" else ()
    widget.show()
    yield widget
    QToolTip.hideText()


def picture(widget: QWidget, ground: str = LIGHT.paper) -> QImage:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return image


def colour_at(widget: WorldMap, code: str, ground: str = LIGHT.paper) -> str:
    return picture(widget, ground).pixelColor(widget.point_of(code).toPoint()).name()


def click(
    qtbot: QtBot, widget: WorldMap, code: str, keys: Qt.KeyboardModifier | None = None
) -> None:
    place = widget.point_of(code).toPoint()
    qtbot.mouseClick(widget, LEFT, keys or Qt.KeyboardModifier.NoModifier, place)


def hover(qtbot: QtBot, widget: WorldMap, code: str) -> None:
    """From the sea: a pointer that is there already would not be heard."""
    qtbot.mouseMove(widget, SEA)
    qtbot.mouseMove(widget, widget.point_of(code).toPoint())


def wheel(widget: WorldMap, place: QPointF, notches: int) -> None:
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_countries_have_the_colour_of_their_class(world_map: WorldMap) -> None:
    for code, colour in (
        ("US", LIGHT.seq_5),
        ("RU", LIGHT.seq_4),
        ("BR", LIGHT.seq_3),
        ("AU", LIGHT.seq_2),
        ("SG", LIGHT.seq_1),
        ("MN", LIGHT.no_data),
    ):
        assert colour_at(world_map, code) == colour


@pytest.mark.parametrize(("scheme", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_no_reports_never_looks_like_the_palest_class_or_the_sea(
    world_map: WorldMap, theme: Theme, scheme: str, tokens: Tokens
) -> None:
    theme.set_scheme("dark" if scheme == "dark" else "light")
    world_map.set_numbers({"KZ": 1}, {"KZ": 0})
    silent = colour_at(world_map, "MN", tokens.paper)
    assert silent == tokens.no_data
    assert colour_at(world_map, "KZ", tokens.paper) == tokens.seq_1 != silent
    image = picture(world_map, tokens.paper)
    middle = world_map.point_of("MN").toPoint()
    column = {image.pixelColor(middle.x(), y).name() for y in range(middle.y(), middle.y() + 60)}
    assert any(_near(name, tokens.no_data_line) for name in column), "it has an outline"


def _near(one: str, other: str) -> bool:
    first, second = QColor(one), QColor(other)
    pairs = ((first.red(), second.red()), (first.green(), second.green()))
    return all(abs(a - b) < 26 for a, b in (*pairs, (first.blue(), second.blue())))


def test_nothing_is_drawn_across_the_ocean(world_map: WorldMap) -> None:
    """Russia and Fiji lie on both sides of the map's edge, and would be smeared over it."""
    image = picture(world_map)
    for code in ("RU", "FJ"):
        place = world_map.point_of(code).toPoint()
        assert world_map.country_at(QPointF(place)) == code
    for place in (QPoint(250, 300), QPoint(480, 420), QPoint(850, 420), QPoint(90, 250)):
        assert image.pixelColor(place).name() == LIGHT.paper
        assert world_map.country_at(QPointF(place)) is None


@pytest.mark.parametrize("code", ["SG", "MT", "BH"])
@pytest.mark.parametrize("reported", [True, False])
def test_small_states_can_be_hit_some_pixels_off(
    world_map: WorldMap, code: str, reported: bool
) -> None:
    counts = {code: 2} if reported else {"BR": 2}
    world_map.set_numbers(counts, dict.fromkeys(counts, 1))
    place = world_map.point_of(code)
    assert world_map.country_at(place) == code
    offs = (QPointF(3, 3), QPointF(-3, 2)) if reported else (QPointF(0.5, 0.5),)
    assert [world_map.country_at(place + off) for off in offs] == [code] * len(offs)


def test_a_small_state_that_is_reported_about_is_a_dot_of_ten_pixels(world_map: WorldMap) -> None:
    image = picture(world_map)
    x, y = world_map.point_of("SG").toPoint().toTuple()
    filled = [dx for dx in range(-8, 9) if image.pixelColor(x + dx, y).name() == LIGHT.seq_1]
    assert 8 <= len(filled) <= 10


def test_a_small_state_shows_its_shape_once_it_is_large_enough(world_map: WorldMap) -> None:
    world_map.set_numbers({"LU": 2}, {"LU": 1})
    place = world_map.point_of("LU")
    wheel(world_map, place, 12)
    assert world_map.country_at(world_map.point_of("LU") + QPointF(30, 0)) != "LU"


def test_the_tooltip_says_the_number_and_who(qtbot: QtBot, world_map: WorldMap) -> None:
    hover(qtbot, world_map, "UA")
    qtbot.waitUntil(lambda: "Ukraine · 16 actors" in QToolTip.text())
    assert "APT28, Sandworm Team" in QToolTip.text()
    assert world_map.text_for("SG") == "Singapore · 1 actor"
    assert world_map.text_for("MN") == "Mongolia · no reports"


def test_a_name_that_looks_like_markup_is_shown_as_it_is(qtbot: QtBot, world_map: WorldMap) -> None:
    world_map.describe = lambda _code: ("<img src=x> & co",)
    hover(qtbot, world_map, "BR")
    qtbot.waitUntil(lambda: "&lt;img" in QToolTip.text())


def test_a_click_chooses_and_ctrl_click_chooses_several(qtbot: QtBot, world_map: WorldMap) -> None:
    told: list[tuple[str, ...]] = []
    world_map.selection_changed.connect(told.append)
    click(qtbot, world_map, "UA")
    click(qtbot, world_map, "MN", CTRL)
    click(qtbot, world_map, "AU", Qt.KeyboardModifier.ShiftModifier)
    click(qtbot, world_map, "MN", CTRL)
    click(qtbot, world_map, "BR")
    assert told == [("UA",), ("UA", "MN"), ("UA", "MN", "AU"), ("UA", "AU"), ("BR",)]


def test_a_click_into_the_sea_lets_go_but_not_with_ctrl(qtbot: QtBot, world_map: WorldMap) -> None:
    click(qtbot, world_map, "UA")
    qtbot.mouseClick(world_map, LEFT, CTRL, SEA)
    assert world_map.selected == ("UA",)
    qtbot.mouseClick(world_map, LEFT, Qt.KeyboardModifier.NoModifier, SEA)
    assert world_map.selected == ()


def test_what_is_chosen_from_outside_tells_nobody(qtbot: QtBot, world_map: WorldMap) -> None:
    with qtbot.assertNotEmitted(world_map.selection_changed):
        world_map.set_selected(("UA", "region:europe"))
    assert world_map.selected == ("UA",)


def test_what_is_chosen_or_pointed_at_can_be_seen(qtbot: QtBot, world_map: WorldMap) -> None:
    plain = picture(world_map)
    hover(qtbot, world_map, "BR")
    hovered = picture(world_map)
    world_map.set_selected(("BR", "MC"))
    assert len({bytes(one.constBits()) for one in (plain, hovered, picture(world_map))}) == 3


def test_arrow_keys_walk_from_west_to_east(qtbot: QtBot, world_map: WorldMap) -> None:
    assert world_map.walk == WEST_TO_EAST
    walked = []
    for _ in range(len(WEST_TO_EAST) + 1):
        qtbot.keyClick(world_map, Qt.Key.Key_Right)
        walked.append(world_map.current)
    assert walked == [*WEST_TO_EAST, WEST_TO_EAST[0]]
    qtbot.keyClick(world_map, Qt.Key.Key_Left)
    assert world_map.current == WEST_TO_EAST[-1]
    qtbot.keyClick(world_map, Qt.Key.Key_Home)
    qtbot.keyClick(world_map, Qt.Key.Key_Right)
    assert world_map.current == WEST_TO_EAST[1]
    qtbot.keyClick(world_map, Qt.Key.Key_End)
    assert world_map.current == WEST_TO_EAST[-1]
    assert "Australia · 2 actors" in QToolTip.text()


def test_the_walk_starts_beside_what_is_chosen(qtbot: QtBot, world_map: WorldMap) -> None:
    world_map.set_selected(("UA",))
    qtbot.keyClick(world_map, Qt.Key.Key_Right)
    assert world_map.current == "RU"


def test_where_nothing_is_reported_the_keys_walk_all_countries(
    qtbot: QtBot, world_map: WorldMap, world: World
) -> None:
    world_map.set_numbers({}, {})
    assert len(world_map.walk) == len(world.shapes)
    qtbot.keyClick(world_map, Qt.Key.Key_Right)
    assert world_map.current == world_map.walk[0]


def test_enter_chooses_and_ctrl_enter_chooses_several(qtbot: QtBot, world_map: WorldMap) -> None:
    qtbot.keyClick(world_map, Qt.Key.Key_Home)
    qtbot.keyClick(world_map, Qt.Key.Key_Return)
    qtbot.keyClick(world_map, Qt.Key.Key_Right)
    qtbot.keyClick(world_map, Qt.Key.Key_Return, CTRL)
    assert world_map.selected == WEST_TO_EAST[:2]


def test_escape_lets_go_of_one_thing_after_another(qtbot: QtBot, world_map: WorldMap) -> None:
    qtbot.keyClick(world_map, Qt.Key.Key_Home)
    qtbot.keyClick(world_map, Qt.Key.Key_Space)
    qtbot.keyClick(world_map, Qt.Key.Key_Escape)
    assert (world_map.current, world_map.selected) == (None, ("US",))
    qtbot.keyClick(world_map, Qt.Key.Key_Escape)
    assert world_map.selected == ()


def test_keys_zoom_around_the_current_country(qtbot: QtBot, world_map: WorldMap) -> None:
    qtbot.keyClick(world_map, Qt.Key.Key_Home)
    before = world_map.point_of("US")
    qtbot.keyClick(world_map, Qt.Key.Key_Plus)
    assert world_map.zoom == 1.5
    after = world_map.point_of("US")
    assert (after - before).manhattanLength() < 40
    qtbot.keyClick(world_map, Qt.Key.Key_Minus)
    assert world_map.zoom == 1
    for _ in range(20):
        qtbot.keyClick(world_map, Qt.Key.Key_Plus)
    assert world_map.zoom == MOST_ZOOM
    qtbot.keyClick(world_map, Qt.Key.Key_0)
    assert world_map.zoom == 1


def test_a_country_out_of_sight_is_brought_in(qtbot: QtBot, world_map: WorldMap) -> None:
    wheel(world_map, world_map.point_of("US"), 9)
    qtbot.keyClick(world_map, Qt.Key.Key_End)
    assert world_map.rect().contains(world_map.point_of("AU").toPoint())


def test_the_wheel_zooms_at_the_pointer_and_tells(qtbot: QtBot, world_map: WorldMap) -> None:
    place = world_map.point_of("UA")
    with qtbot.waitSignal(world_map.zoom_changed) as told:
        wheel(world_map, place, 3)
    assert told.args == [pytest.approx(1.25**3)]
    assert (world_map.point_of("UA") - place).manhattanLength() < 1e-6


def test_dragging_moves_the_map_and_chooses_nothing(qtbot: QtBot, world_map: WorldMap) -> None:
    wheel(world_map, world_map.point_of("BR"), 6)
    before = world_map.point_of("BR")
    start = before.toPoint()
    with qtbot.assertNotEmitted(world_map.selection_changed):
        qtbot.mousePress(world_map, LEFT, pos=start)
        qtbot.mouseMove(world_map, start + QPoint(40, 30))
        qtbot.mouseMove(world_map, start + QPoint(80, 30))
        qtbot.mouseRelease(world_map, LEFT, pos=start + QPoint(80, 30))
    moved = world_map.point_of("BR") - before
    assert (moved.x(), moved.y()) == pytest.approx((80, 30), abs=1)


def test_the_focus_can_be_seen_when_the_keyboard_brought_it(
    qtbot: QtBot, world_map: WorldMap
) -> None:
    before = picture(world_map).pixelColor(600, 1).name()
    world_map.clearFocus()
    world_map.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(world_map.hasFocus)
    assert picture(world_map).pixelColor(600, 1).name() == LIGHT.focus != before
    qtbot.mouseClick(world_map, LEFT, pos=SEA)
    assert picture(world_map).pixelColor(600, 1).name() == before


def test_a_screen_reader_hears_how_much_there_is_and_what_is_chosen(world_map: WorldMap) -> None:
    assert world_map.accessibleName() == "World map, 7 countries with reports."
    world_map.set_selected(("UA",))
    assert world_map.accessibleName().endswith("Chosen: Ukraine · 16 actors.")
    assert "Arrow keys" in world_map.accessibleDescription()


def test_leaving_forgets_what_was_pointed_at(qtbot: QtBot, world_map: WorldMap) -> None:
    plain = picture(world_map)
    hover(qtbot, world_map, "BR")
    assert picture(world_map) != plain
    QApplication.sendEvent(world_map, QEvent(QEvent.Type.Leave))
    assert picture(world_map) == plain
