"""A talk in its window, with real briefings: keys, black screen, jumps, notes, time, its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from brief_clients import PRACTICE, client_brief
from incident_briefs import MGM, brief_on
from present_room import LONG, Key, Room
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sample_brief import gamaredon

from briefing import paths
from briefing.core.brief import Brand
from briefing.exports.slides import slides
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.store.connection import KnowledgeFile
from briefing.ui.errors import ErrorDialog
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.present import PresentWindow
from briefing.ui.widgets.slide_view import POINTER_REST

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")


@pytest.fixture(scope="module")
def knowledge() -> Iterator[KnowledgeFile]:
    opened = KnowledgeFile(paths.bundled_database())
    yield opened
    opened.close()


@pytest.fixture
def room(qtbot: QtBot, theme: Theme) -> Iterator[Room]:
    made = Room(qtbot, theme, gamaredon())
    yield made
    if not made.ended:
        made.window.close()


@pytest.mark.parametrize("kind", ["actor", "client", "incident"])
def test_every_slide_of_a_real_briefing_is_shown_with_its_words_and_notes(
    qtbot: QtBot, theme: Theme, knowledge: KnowledgeFile, kind: str
) -> None:
    world = read_world(paths.resources_folder() / "map" / "world.json")
    actor = Library(knowledge).search("Gamaredon Group")[0].id
    brief = {
        "actor": lambda: compose_brief(knowledge, BriefRequest("actor", actor), world),
        "client": lambda: client_brief(knowledge, PRACTICE, world),
        "incident": lambda: brief_on(knowledge, MGM),
    }[kind]()
    room = Room(qtbot, theme, brief).start()
    seen: list[bytes] = []
    for slide in slides(brief):
        room.settle()
        assert room.number == slide.number
        view = room.window.slide
        assert view.accessibleName().endswith(slide.headline.text)
        assert brief.tlp.label in view.accessibleDescription()
        written = room.window.desk.notes.toPlainText()
        for asked, answer in slide.notes.questions:
            assert asked in written
            assert answer in written
        assert view.image is not None
        assert view.image.size() == view.pixels()
        seen.append(bytes(view.image.constBits()))
        room.press(Key.Key_PageDown)
    assert len(set(seen)) == len(seen)
    room.press(Key.Key_PageDown)
    assert room.number == len(seen)
    room.press(Key.Key_Escape)
    assert room.ended == [len(seen)]


def test_a_talk_fills_the_screen_and_begins_where_it_is_told(room: Room) -> None:
    room.start(5)
    assert room.number == 5
    assert room.window.isFullScreen()
    assert room.window.size() == QApplication.primaryScreen().size()


def test_a_talk_can_be_started_before_its_slides_are_made(qtbot: QtBot, theme: Theme) -> None:
    room = Room(qtbot, theme, gamaredon())
    room.window.start(3)
    assert room.window.slide.hint == "The slides are being made"
    room.press(Key.Key_PageDown, Key.Key_B, Key.Key_1)
    room.settle()
    assert (room.number, room.window.talk.blank, room.window.slide.hint) == (3, "", "")
    room.window.close()


def test_escape_ends_a_talk_whose_slides_are_not_made_yet(qtbot: QtBot, theme: Theme) -> None:
    jobs = Jobs()
    room = Room(qtbot, theme, gamaredon(), jobs)
    room.window.start()
    room.press(Key.Key_Escape)
    assert len(room.ended) == 1
    jobs.shutdown()
    QApplication.processEvents()


def test_a_key_covers_the_slide_and_escape_uncovers_it_before_it_ends(room: Room) -> None:
    room.start(2)
    before = room.middle()
    room.press(Key.Key_Period)
    assert room.middle().name() == "#000000"
    assert room.window.slide.accessibleName() == "Black screen"
    room.press(Key.Key_W)
    assert room.middle().name() == "#ffffff"
    room.press(Key.Key_Escape)
    assert room.middle() == before
    assert not room.ended
    room.press(Key.Key_Escape)
    assert room.ended == [2]


def test_a_typed_number_is_shown_and_enter_goes_there(room: Room) -> None:
    room.start()
    room.press(Key.Key_1, Key.Key_2)
    assert room.window.slide.hint == "Slide 12"
    assert room.number == 1
    room.press(Key.Key_Enter)
    assert (room.number, room.window.slide.hint) == (12, "")


def test_a_click_goes_on_and_the_right_button_back(room: Room) -> None:
    room.start()
    QTest.mouseClick(room.window.slide, Qt.MouseButton.LeftButton)
    QTest.mouseClick(room.window.slide, Qt.MouseButton.LeftButton)
    assert room.number == 3
    QTest.mouseClick(room.window.slide, Qt.MouseButton.RightButton)
    assert room.number == 2


def test_the_pointer_hides_when_it_rests_and_comes_back(room: Room, qtbot: QtBot) -> None:
    room.start()
    slide = room.window.slide
    qtbot.waitUntil(
        lambda: slide.cursor().shape() == Qt.CursorShape.BlankCursor, timeout=POINTER_REST + LONG
    )
    QTest.mouseMove(slide, QPoint(200, 200))
    qtbot.waitUntil(lambda: slide.cursor().shape() != Qt.CursorShape.BlankCursor, timeout=LONG)


def test_with_one_screen_a_key_brings_the_notes_and_takes_them_away(room: Room) -> None:
    room.start(2)
    room.press(Key.Key_S)
    room.settle()
    desk = room.window.desk
    assert desk.isVisible()
    assert not room.window.slide.isVisible()
    assert desk.count.text() == "Slide 2 of 22"
    assert desk.slide.image is not None
    assert desk.slide.image.size() == desk.slide.pixels()
    assert desk.next.image is not None
    assert desk.next_title.text() == f"Next: {room.window.slides[2].headline.text}"
    room.press(Key.Key_S)
    assert room.window.slide.isVisible()


def test_with_one_screen_black_covers_the_notes_too(room: Room) -> None:
    room.start(2)
    room.press(Key.Key_S, Key.Key_B)
    assert room.middle().name() == "#000000"
    room.press(Key.Key_B)
    assert room.window.desk.isVisible()


def test_the_last_slide_has_none_after_it(room: Room) -> None:
    room.start()
    room.press(Key.Key_S, Key.Key_End)
    room.settle()
    assert room.window.desk.next_title.text() == "This is the last slide"
    assert room.window.desk.next.image is None


def test_the_time_runs_from_the_start_and_stops_when_asked(room: Room) -> None:
    room.start()
    room.press(Key.Key_S)
    desk = room.window.desk
    room.clocks.seconds += 425
    room.press(Key.Key_T)
    assert (desk.time.text(), desk.pause.text()) == ("7:05", "Go on")
    room.clocks.seconds += 100
    room.press(Key.Key_T)
    assert desk.time.text() == "7:05"
    room.press(Key.Key_R)
    assert (desk.time.text(), desk.pause.text()) == ("0:00", "Pause")


def test_the_time_of_day_is_that_of_the_place(room: Room, qtbot: QtBot) -> None:
    room.start()
    room.clocks.now = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
    local = room.clocks.now.astimezone()
    qtbot.waitUntil(lambda: room.window.desk.clock.text() == f"{local:%H:%M}", timeout=LONG)


def test_notes_have_a_size_of_their_own_between_its_bounds(room: Room) -> None:
    room.start()
    desk = room.window.desk
    room.press(Key.Key_S)
    for _ in range(9):
        room.press(Key.Key_Plus)
    assert desk.notes.size_factor == 2.0
    assert not desk.larger.isEnabled()
    for _ in range(9):
        room.press(Key.Key_Minus)
    assert desk.notes.size_factor == 1.0
    assert not desk.smaller.isEnabled()
    room.press(Key.Key_Plus)
    room.press(Key.Key_0, held=Qt.KeyboardModifier.ControlModifier)
    assert desk.notes.size_factor == 1.0


def test_long_notes_are_read_on_by_keyboard(room: Room) -> None:
    room.start(15)
    room.press(Key.Key_S, *[Key.Key_Plus] * 5)
    room.settle()
    bar = room.window.desk.notes.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0
    room.press(Key.Key_Down, held=Qt.KeyboardModifier.ControlModifier)
    assert bar.value() > 0
    assert room.number == 15
    room.press(Key.Key_PageDown)
    assert (room.number, bar.value()) == (16, 0)


def test_remote_keys_work_while_a_button_has_the_keyboard(room: Room) -> None:
    room.start()
    room.press(Key.Key_S)
    [button] = [it for it in room.window.findChildren(QPushButton) if it.text() == "Pause"]
    button.setFocus()
    room.press(Key.Key_Right, Key.Key_PageDown)
    assert room.number == 3
    room.press(Key.Key_Space)
    assert (room.number, room.window.stopwatch.runs) == (3, False)


def test_a_button_that_was_clicked_does_not_keep_the_space_bar(room: Room) -> None:
    room.start()
    room.press(Key.Key_S)
    desk = room.window.desk
    for button in (desk.pause, desk.larger):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    room.press(Key.Key_Space)
    assert (room.number, room.window.stopwatch.runs) == (2, False)


def test_every_button_does_what_its_key_does(room: Room) -> None:
    room.start()
    room.press(Key.Key_S)
    buttons = {it.text(): it for it in room.window.findChildren(QPushButton)}
    buttons["Next"].click()
    assert room.number == 2
    buttons["Back"].click()
    assert room.number == 1
    buttons["Black screen"].click()
    assert room.window.talk.blank == "black"
    buttons["Black screen"].click()
    buttons["Keys"].click()
    assert room.window.desk_help.isVisible()
    room.press(Key.Key_Escape)
    assert not room.ended
    buttons["End"].click()
    assert room.ended == [1]


def test_the_keys_are_listed_when_asked_for_and_any_key_takes_them_away(room: Room) -> None:
    room.start()
    room.press(Key.Key_F1)
    assert room.window.help.isVisible()
    assert "Esc" in room.window.help.accessibleDescription()
    room.press(Key.Key_Shift, Key.Key_Right)
    assert not room.window.help.isVisible()
    assert room.number == 1
    room.press(Key.Key_H)
    QTest.mouseClick(room.window.help, Qt.MouseButton.LeftButton)
    assert not room.window.help.isVisible()
    room.press(Key.Key_Right)
    assert room.number == 2


def test_memory_holds_a_few_pictures_however_many_slides_are_shown(room: Room) -> None:
    room.start()
    for _ in range(12):
        room.press(Key.Key_Right)
        room.settle()
        assert room.window.images.kept <= 3


def test_the_next_slide_is_there_before_it_is_asked_for(room: Room) -> None:
    room.start()
    image = room.window.images.image(1, room.window.slide.pixels())
    assert image is not None
    room.press(Key.Key_Right)
    assert room.window.slide.image == image


def test_all_of_it_is_readable_at_twice_the_text_size(qtbot: QtBot, theme: Theme) -> None:
    room = Room(qtbot, theme, gamaredon())
    theme.set_factor(2.0)
    try:
        room.start(15)
        room.press(Key.Key_S)
        room.window.showNormal()
        room.window.resize(1280, 720)
        room.settle()
        desk = room.window.desk
        for part in (desk.count, desk.clock, desk.time, desk.pause, desk.notes, desk.slide):
            place = part.rect().translated(part.mapTo(room.window, QPoint(0, 0)))
            assert room.window.rect().contains(place), part.accessibleName()
            assert part.height() >= part.minimumSizeHint().height()
    finally:
        theme.set_factor(1.0)
        room.window.close()


def test_slides_that_cannot_be_made_are_a_sentence_and_no_black_screen(
    qtbot: QtBot, theme: Theme
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    broken = replace(gamaredon(), brand=Brand(name="Firm", primary="blue"))
    window = PresentWindow(theme, broken, parent)
    window.start()
    qtbot.waitUntil(lambda: bool(parent.findChildren(ErrorDialog)), timeout=LONG)
    [dialog] = parent.findChildren(ErrorDialog)
    assert "is not a colour" in dialog.accessibleName()
    dialog.accept()
