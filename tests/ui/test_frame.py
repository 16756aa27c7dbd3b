"""The window frame: rail, bar, search, places, and what is remembered about a person's ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing.core.errors import BriefingError
from briefing.core.search import SearchHit
from briefing.services.task import Task
from briefing.settings import Settings, SettingsFile
from briefing.ui.errors import ErrorDialog
from briefing.ui.jobs import Jobs
from briefing.ui.main_window import HELP_TOPIC, MainWindow
from briefing.ui.navigation import Place, ScreenEntry
from briefing.ui.theme import Scheme, Theme

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

APT28 = SearchHit("actor", "g0007", "APT28", "alias: Fancy Bear, CrowdStrike")
APT29 = SearchHit("actor", "g0016", "APT29", "alias: Grizzly Steppe", ambiguous=True)
ADVISORY = SearchHit("advisory", "aa16", "GRIZZLY STEPPE", "title")
MALWARE = SearchHit("malware", "s0023", "CHOPSTICK", "its own name")


def _search(text: str) -> Sequence[SearchHit]:
    return [APT28, ADVISORY, MALWARE, APT29]


class _Screen(QWidget):
    """A screen with one field, which says where it is."""

    navigate = Signal(object)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.places: list[Place] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    @property
    def title(self) -> str:
        return self.places[-1].subject or self.key

    def show_place(self, place: Place) -> None:
        if place.subject == "gone":
            raise BriefingError("This actor is no longer in the database.")
        self.places.append(place)


def _broken_factory() -> QWidget:
    raise BriefingError("The map shapes could not be read.")


class _Frame:
    """A window with a few screens, and what was built for it."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.folder = folder
        self.built: list[str] = []
        self.settings = SettingsFile(folder / "settings.json")
        self.theme = theme
        self.jobs = Jobs()
        entries = (
            ScreenEntry("help", "Help", "help", "F1", self._factory("help")),
            ScreenEntry("home", "Home", "home", "Ctrl+1", self._factory("home")),
            ScreenEntry(
                "actors", "Actors", "actors", "Ctrl+2", self._factory("actors"), ("actor",)
            ),
            ScreenEntry("map", "Map", "map", "Ctrl+3", _broken_factory),
            ScreenEntry("unlisted", "", "info", "", self._factory("unlisted"), in_rail=False),
        )
        day = date(2026, 11, 12)
        self.window = MainWindow(self.theme, self.jobs, entries, _search, day, self.settings)

    def _factory(self, key: str) -> Callable[[], QWidget]:
        def build() -> QWidget:
            self.built.append(key)
            return _Screen(key)

        return build

    @property
    def at(self) -> Place | None:
        return self.window.history.current

    def screen(self) -> _Screen:
        [shown] = [screen for screen in self.window.findChildren(_Screen) if screen.isVisible()]
        return shown

    def errors(self) -> list[str]:
        return [dialog.accessibleName() for dialog in self.window.findChildren(ErrorDialog)]

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)


def _focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget else ""


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(scheme="light")
    made.apply(qapp)
    yield made
    made.set_factor(1.0)


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[_Frame]:
    made = _Frame(theme, tmp_path)
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitActive(made.window)
    made.window.go(Place("home"))
    yield made
    made.jobs.shutdown()


def test_the_rail_shows_only_what_exists_and_help_last(frame: _Frame) -> None:
    buttons = frame.window.rail.findChildren(QAbstractButton)
    from_the_top = sorted(buttons, key=lambda button: button.y())
    assert [button.accessibleName() for button in from_the_top] == ["Home", "Actors", "Map", "Help"]


def test_a_screen_is_built_when_it_is_first_shown_and_only_then(frame: _Frame) -> None:
    assert frame.built == ["home"]
    for place in (Place("actors"), Place("home"), Place("actors", "g0007")):
        frame.window.go(place)
    assert frame.built == ["home", "actors"]
    assert frame.screen().places == [Place("actors"), Place("actors", "g0007")]
    assert frame.window.windowTitle() == "g0007 \N{EN DASH} Threat Briefing"


def test_the_keyboard_alone_walks_through_rail_search_and_history(frame: _Frame) -> None:
    alt, ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    frame.press(Qt.Key.Key_F6)
    assert _focused() == "Home"
    frame.press(Qt.Key.Key_Down)
    assert frame.at == Place("home")
    frame.press(Qt.Key.Key_Return)
    assert frame.at == Place("actors")
    frame.press(Qt.Key.Key_K, ctrl)
    assert frame.window.search_box.hasFocus()
    QTest.keyClicks(frame.window.search_box, "grizzly")
    frame.press(Qt.Key.Key_Down)
    frame.press(Qt.Key.Key_Return)
    assert frame.at == Place("actors", "g0016")
    assert not frame.window.search_box.hasFocus()
    frame.press(Qt.Key.Key_Left, alt)
    frame.press(Qt.Key.Key_Left, alt)
    assert frame.at == Place("home")
    frame.press(Qt.Key.Key_Right, alt)
    assert frame.at == Place("actors")
    frame.press(Qt.Key.Key_1, ctrl)
    assert frame.at == Place("home")
    frame.press(Qt.Key.Key_Tab)
    assert frame.screen().field.hasFocus()


def test_after_the_data_changed_the_same_place_is_shown_again(frame: _Frame) -> None:
    frame.window.go(Place("actors", "g0007"))
    frame.window.reload()
    assert frame.screen().places == [Place("actors", "g0007")] * 2
    frame.window.history.back()
    assert frame.at == Place("home")


def test_what_a_screen_asks_for_is_gone_to(frame: _Frame) -> None:
    frame.screen().navigate.emit(Place("actors", "g0007", "software"))
    assert frame.at == Place("actors", "g0007", "software")


def test_a_slash_starts_a_search_except_where_one_types(frame: _Frame) -> None:
    frame.press(Qt.Key.Key_Slash)
    assert frame.window.search_box.hasFocus()
    frame.screen().field.setFocus()
    frame.press(Qt.Key.Key_Slash)
    assert frame.screen().field.text() == "/"
    assert frame.screen().field.hasFocus()


def test_f1_opens_the_help_of_what_has_the_keyboard(frame: _Frame) -> None:
    frame.press(Qt.Key.Key_F1)
    assert frame.at == Place("help")
    frame.window.go(Place("home"))
    frame.screen().setProperty(HELP_TOPIC, "admiralty-code")
    frame.screen().field.setFocus()
    frame.press(Qt.Key.Key_F1)
    assert frame.at == Place("help", "admiralty-code")


def test_escape_leads_from_help_back_to_where_one_was(frame: _Frame) -> None:
    frame.window.go(Place("actors", "g0007"))
    frame.press(Qt.Key.Key_Escape)
    assert frame.at == Place("actors", "g0007")
    frame.press(Qt.Key.Key_F1)
    assert frame.at == Place("help")
    frame.press(Qt.Key.Key_Escape)
    assert frame.at == Place("actors", "g0007")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (Place("nowhere"), "There is no screen called “nowhere”."),
        (Place("map"), "The map shapes could not be read."),
    ],
)
def test_a_screen_that_cannot_be_shown_is_an_error_and_one_stays(
    frame: _Frame, place: Place, sentence: str
) -> None:
    assert not frame.window.go(place)
    assert frame.errors() == [sentence]
    assert frame.at == Place("home")
    assert frame.screen().key == "home"


def test_a_subject_that_is_gone_is_an_error_and_back_still_works(frame: _Frame) -> None:
    frame.window.go(Place("actors"))
    frame.window.go(Place("actors", "gone"))
    assert frame.errors() == ["This actor is no longer in the database."]
    frame.window.history.back()
    assert frame.at == Place("actors")


def test_a_failure_of_a_job_nobody_waits_for_is_shown(qtbot: QtBot, frame: _Frame) -> None:
    def work(task: Task) -> None:
        raise BriefingError("The disk is full.")

    frame.jobs.run("Writing", work)
    qtbot.waitUntil(lambda: frame.errors() == ["The disk is full."])


def test_hits_that_no_screen_can_show_are_not_offered(frame: _Frame) -> None:
    QTest.keyClicks(frame.window.search_box, "grizzly")
    [view] = frame.window.findChildren(QListView)
    titles = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    assert titles == ["APT28", "APT29"]


def _inside(widget: QWidget) -> bool:
    around = widget.parentWidget()
    return around is not None and around.rect().contains(widget.geometry())


def _needed(widget: QWidget) -> QSize:
    return widget.minimumSizeHint().boundedTo(widget.maximumSize())


def _cut(window: QWidget) -> list[str]:
    """Visible controls and labels that got less room than they need, or lie outside."""
    return [
        widget.accessibleName() or repr(widget)
        for widget in (*window.findChildren(QAbstractButton), *window.findChildren(QLabel))
        if widget.isVisible()
        and not (widget.size().expandedTo(_needed(widget)) == widget.size() and _inside(widget))
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [100, 125, 150, 200])
def test_at_every_text_size_nothing_of_the_frame_is_cut(
    frame: _Frame, tmp_path: Path, scheme: Scheme, size: int
) -> None:
    frame.theme.set_scheme(scheme)
    frame.theme.set_factor(size / 100)
    frame.window.resize(1440, 900)
    QApplication.processEvents()
    assert frame.window.size() == QSize(1440, 900)
    assert _cut(frame.window) == []
    assert frame.window.grab().save(str(tmp_path / f"frame-{scheme}-{size}.png"))
    assert frame.window.rail.width() == {100: 136, 125: 170, 150: 78, 200: 104}[size]


def test_the_age_of_the_data_says_less_where_room_is_short_and_never_half(frame: _Frame) -> None:
    age = frame.window.bar.data_age
    assert age.accessibleName() == "data as of 12 Nov 2026 · offline"
    assert age.sizeHint().width() > age.minimumSizeHint().width()
    age.click()
    assert frame.errors() == ["There is no screen called “sources”."]


def test_an_empty_database_has_no_age_and_says_what_to_do(frame: _Frame) -> None:
    frame.window.bar.data_age.set_day(None)
    assert frame.window.bar.data_age.accessibleName() == "no data yet · offline"
    assert "Import a feed" in frame.window.bar.data_age.accessibleDescription()


def test_scheme_and_text_size_are_chosen_in_the_menu_and_remembered(frame: _Frame) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    actions = {action.text(): action for action in frame.window.bar.view_menu.findChildren(QAction)}
    actions["Dark"].trigger()
    frame.press(Qt.Key.Key_Plus, ctrl)
    frame.press(Qt.Key.Key_Plus, ctrl)
    frame.press(Qt.Key.Key_Minus, ctrl)
    ticked = {name for name, action in actions.items() if action.isChecked()}
    assert ticked == {"Dark", "110\N{NO-BREAK SPACE}%"}
    assert frame.theme.dark
    kept = SettingsFile(frame.folder / "settings.json").settings
    assert (kept.theme, kept.text_size) == ("dark", 110)


def test_closing_the_window_ends_all_work_and_remembers_its_size(frame: _Frame) -> None:
    running = Event()

    def work(task: Task) -> None:
        running.set()
        while True:
            task.check()

    job = frame.jobs.run("Importing", work)
    ended: list[str] = []
    job.cancelled.connect(lambda: ended.append("cancelled"))
    running.wait(30)
    frame.window.resize(760, 600)
    frame.window.close()
    assert ended == ["cancelled"]
    again = _Frame(frame.theme, frame.folder)
    assert again.window.size() == QSize(760, 600)
    again.jobs.shutdown()


def test_settings_that_were_broken_are_told_about_once(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    (tmp_path / "settings.json").write_text("{")
    frame = _Frame(theme, tmp_path)
    qtbot.addWidget(frame.window)
    frame.window.show()
    frame.window.hide()
    frame.window.show()
    [told] = frame.errors()
    assert told.startswith("The settings file was broken")
    frame.jobs.shutdown()


def test_settings_that_cannot_be_written_stop_nothing(frame: _Frame) -> None:
    (frame.folder / "settings.json").unlink(missing_ok=True)
    (frame.folder / "settings.json").mkdir()
    frame.window.remember(Settings(client="harbour"))
    assert frame.settings.settings.client == "harbour"
    assert frame.errors() == []
