"""The whole program: it starts, leads from screen to screen, and can be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from briefing.core.errors import BriefingError
from briefing.core.search import SearchHit
from briefing.services.library import Library
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.actors import ActorsView
from briefing.ui.views.briefings import BriefingsView
from briefing.ui.views.help import HelpView
from briefing.ui.views.help_keyboard import key_words

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG = 120_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


def _show(program: Program, qtbot: QtBot, place: Place) -> None:
    """Show the window, and give it the keyboard."""
    program.window.go(place)
    program.window.show()
    program.window.activateWindow()
    with qtbot.waitActive(program.window):
        pass


def _shown(program: Program) -> QWidget:
    """The screen in front."""
    current = program.window.history.current
    assert current is not None
    kinds = {"briefings": BriefingsView, "help": HelpView}
    return program.window.findChildren(kinds[current.screen])[0]


def test_it_opens_at_the_actors_and_ends_when_the_window_closes(program: Program) -> None:
    titles: list[str] = []
    told: list[str] = []
    program.window.windowTitleChanged.connect(titles.append)
    program.painted.connect(lambda: told.append("painted"))
    program.completed.connect(lambda: told.append("completed"))
    program.end_when_painted()
    assert program.run() == 0
    assert told == ["painted", "completed"]
    assert titles[-1].endswith("Threat Briefing")
    assert not isValid(program.window)


def test_each_screen_has_its_key(program: Program, qtbot: QtBot) -> None:
    _show(program, qtbot, Place("actors"))
    seen = []
    for key, modifier in (
        *(
            (key, Qt.KeyboardModifier.ControlModifier)
            for key in (
                Qt.Key.Key_1,
                Qt.Key.Key_3,
                Qt.Key.Key_4,
                Qt.Key.Key_5,
                Qt.Key.Key_6,
                Qt.Key.Key_7,
                Qt.Key.Key_8,
            )
        ),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(QApplication.focusWidget() or program.window, key, modifier)
        current = program.window.history.current
        assert current is not None
        seen.append(current.screen)
    rest = ["attribution", "advisories", "briefings", "clients", "sources", "help", "actors"]
    assert seen == ["home", "map", *rest]


@pytest.mark.parametrize("screen", ["home", "actors", "map", "briefings", "clients", "help"])
def test_tab_reaches_everything_that_takes_the_keyboard(
    program: Program, qtbot: QtBot, screen: str
) -> None:
    _show(program, qtbot, Place(screen))
    screens.settle(program)
    stops = {
        widget
        for widget in program.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is program.window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    start = program.window.focusWidget()
    assert start in stops
    reached = {start}
    widget = start.nextInFocusChain()
    while widget is not start:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    assert stops - reached == set()


def test_from_the_list_tab_goes_on_to_the_profile(program: Program, qtbot: QtBot) -> None:
    _show(program, qtbot, Place("actors"))
    screens.settle(program)
    program.window.findChildren(ActorsView)[0].list.table.setFocus()
    for _ in range(2):
        QTest.keyClick(program.window.focusWidget(), Qt.Key.Key_Tab)
    focus = program.window.focusWidget()
    assert focus.accessibleName().startswith("Make a briefing about")


def test_f1_explains_what_has_the_keyboard(program: Program, qtbot: QtBot) -> None:
    _show(program, qtbot, Place("briefings"))
    view = _shown(program)
    assert isinstance(view, BriefingsView)
    view.options.audience.setFocus()
    QTest.keyClick(view.options.audience, Qt.Key.Key_F1)
    assert program.window.history.current == Place("help", "reading#tlp")
    program.window.history.back()
    view.options.author.setFocus()
    QTest.keyClick(view.options.author, Qt.Key.Key_F1)
    assert program.window.history.current == Place("help", "reading#briefings")


def test_the_keyboard_map_names_every_key_the_window_listens_to(program: Program) -> None:
    for place in (Place("actors"), Place("briefings"), Place("help", "keyboard")):
        program.window.go(place)
    view = _shown(program)
    assert isinstance(view, HelpView)
    page = view.page.page
    assert page is not None
    # "Ctrl+1 Open Actors." begins with its keys; several are apart by commas.
    told = {
        keys
        for line in page.words().splitlines()
        for keys in line.split("  ")[0].replace(",", "").split()
    }
    shortcuts = program.window.findChildren(QShortcut)
    listened = {key_words(shortcut.key().toString()) for shortcut in shortcuts}
    assert len(listened) > 8
    assert listened - told == set()


def test_a_help_page_that_was_searched_for_is_opened(program: Program) -> None:
    program.window.show()
    program.window.go(Place("actors"))
    hit = SearchHit("help page", "reading#tlp", "Traffic Light Protocol", "")
    program.window.search_box.chosen.emit(hit)
    assert program.window.history.current == Place("help", "reading#tlp")
    assert program.window.windowTitle().startswith("Help: How to read this program")


def test_an_actor_is_taken_from_its_profile_to_its_briefing(
    program: Program, library: Library, qtbot: QtBot
) -> None:
    actor = library.actors[0]
    program.window.show()
    program.window.go(Place("actors", actor.id))
    [button] = [
        button
        for button in program.window.findChildren(QPushButton)
        if button.isVisible() and button.text() == "Make briefing"
    ]
    button.click()
    assert program.window.history.current == Place("briefings", actor.id)
    view = _shown(program)
    assert isinstance(view, BriefingsView)
    qtbot.waitUntil(lambda: view.loader.current is not None, timeout=LONG)
    assert program.window.windowTitle().startswith(f"Briefing on {actor.name}")
    program.window.history.back()
    assert program.window.history.current == Place("actors", actor.id)


def test_data_that_came_in_after_the_start_is_shown(
    program: Program, library: Library, qtbot: QtBot
) -> None:
    before = library.actors
    program.update_after_start(lambda: True)
    program.window.go(Place("help", "data"))
    program.window.installEventFilter(program)
    program.window.show()
    qtbot.waitUntil(lambda: not program.jobs.busy and library.actors is not before, timeout=LONG)
    assert "data as of" in program.window.bar.data_age.accessibleName()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """One theme, one size, and of all pictures those that are drawn quickly."""
    wanted = {"actors", "search", "error", "briefings-nobody", "help-tlp"}
    monkeypatch.setattr(screens, "SCHEMES", ("dark",))
    monkeypatch.setattr(screens, "TEXT_SIZES", (150,))
    shots = tuple(shot for shot in screens.SHOTS if shot.name in wanted)
    monkeypatch.setattr(screens, "SHOTS", shots)


@pytest.mark.usefixtures("few")
def test_pictures_of_the_screens_are_the_same_each_time(library: Library, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in screens.draw_all(library, tmp_path / "a")]
    names = [path.name for path in screens.draw_all(library, tmp_path / "b")]
    second = [(tmp_path / "b" / name).read_bytes() for name in names]
    assert names[0] == "actors-dark-150.png"
    assert len(names) == 5
    assert first == second
    assert QSize(1440, 900) == screens.SIZE


def test_every_screen_has_a_picture() -> None:
    names = {shot.name.partition("-")[0] for shot in screens.SHOTS}
    assert {"actors", "technique", "briefings", "help", "search", "error"} <= names


@pytest.mark.usefixtures("few")
def test_a_folder_that_cannot_be_made_is_told_in_words(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BriefingError, match="could not be written"):
        list(screens.draw_all(library, tmp_path / "file" / "screens"))
