"""The two quiet widgets of the top bar: whose eyes, and up to which level."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from client_samples import PRACTICE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.services.clients import ClientShelf
from briefing.ui.client_chooser import ClientChooser
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme

LONG = 60_000


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(scheme="light")
    theme.apply(qapp)
    return theme


class Bar:
    """Both widgets in a row, and what they told."""

    def __init__(self, qtbot: QtBot, theme: Theme, workspace: Path) -> None:
        self.qtbot = qtbot
        self.workspace = workspace
        self.jobs = Jobs()
        self.looking = Looking()
        self.chooser = ClientChooser(theme, self.jobs, workspace, self.looking)
        self.clients: list[Client | None] = []
        self.levels: list[Tlp] = []
        self.places: list[Place] = []
        self.faults: list[BriefingError] = []
        self.chooser.client_changed.connect(self.clients.append)
        self.chooser.tlp_changed.connect(self.levels.append)
        self.chooser.navigate.connect(self.places.append)
        self.jobs.unanswered.connect(self.faults.append)
        self.window = QWidget()
        row = QHBoxLayout(self.window)
        row.addWidget(self.chooser.client)
        row.addWidget(self.chooser.audience)
        qtbot.addWidget(self.window)
        self.window.resize(700, 60)
        self.window.show()

    def read(self) -> None:
        self.chooser.read()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=LONG)
        QApplication.processEvents()

    def choose(self, menu: QMenu, words: str) -> None:
        found = [one for one in menu.actions() if one.text().startswith(words)]
        found[0].trigger()
        self.settle()


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Bar]:
    made = Bar(qtbot, theme, tmp_path / "workspace.db")
    yield made
    made.jobs.shutdown()
    theme.set_factor(1.0)


def test_nobody_is_looked_through_at_first(bar: Bar) -> None:
    bar.read()
    assert bar.chooser.client.text() == "as nobody"
    words = [one.text() for one in bar.chooser.client.menu.actions() if not one.isSeparator()]
    assert words == ["Nobody in particular", "Set up a client…"]


def test_a_client_that_is_chosen_is_looked_through_and_remembered(bar: Bar) -> None:
    with ClientShelf(bar.workspace) as shelf:
        kept = shelf.add(PRACTICE)
        shelf.add(Client("Smith & Sons", example=True))
    bar.read()
    menu = bar.chooser.client.menu
    words = [one.text() for one in menu.actions()]
    assert words[1:3] == ["Seafront Dental", "Smith && Sons (example)"]
    bar.choose(menu, "Seafront")
    assert bar.clients == [kept]
    assert bar.looking.client == kept
    assert bar.levels[-1] is Tlp.GREEN, "its own ceiling comes with it"
    assert bar.chooser.client.accessibleName() == "Looked at as Seafront Dental"
    assert [one.text() for one in menu.actions() if one.isChecked()] == ["Seafront Dental"]
    with ClientShelf(bar.workspace) as shelf:
        assert shelf.chosen == kept


def test_the_next_start_looks_through_the_same_client(bar: Bar, qtbot: QtBot, theme: Theme) -> None:
    with ClientShelf(bar.workspace) as shelf:
        kept = shelf.add(PRACTICE)
        shelf.choose(kept.id)
    bar.read()
    assert bar.looking.client == kept
    bar.choose(bar.chooser.client.menu, "Nobody")
    assert bar.clients == [kept, None]
    again = Bar(qtbot, theme, bar.workspace)
    again.read()
    assert again.looking.client is None
    again.jobs.shutdown()


def test_setting_a_client_up_leads_to_the_screen(bar: Bar) -> None:
    bar.choose(bar.chooser.client.menu, "Set up")
    assert bar.places == [Place("clients", "", "new")]


def test_the_audience_is_chosen_with_what_each_level_means(bar: Bar) -> None:
    menu = bar.chooser.audience.menu
    assert [one.text().split(":")[1] for one in menu.actions()] == [
        *("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
    ]
    bar.choose(menu, "TLP:GREEN")
    assert bar.levels == [Tlp.GREEN]
    assert bar.looking.ceiling is Tlp.GREEN
    assert bar.chooser.audience.accessibleName() == "Audience up to TLP:GREEN"
    assert "community" in bar.chooser.audience.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down])
def test_the_menus_open_by_keyboard(bar: Bar, key: Qt.Key) -> None:
    for button in (bar.chooser.client, bar.chooser.audience):
        button.setFocus()
        QTest.keyClick(button, key)
        assert button.menu.isVisible()
        button.menu.hide()


def test_a_workspace_that_cannot_be_read_is_told_and_nobody_is_looked_through(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "workspace.db"
    path.write_bytes(b"somebody's notes")
    bar = Bar(qtbot, theme, path)
    bar.read()
    assert bar.looking.client is None
    assert ["not a database" in str(fault) for fault in bar.faults] == [True]
    bar.jobs.shutdown()


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [700, 320, 200])
def test_whatever_the_room_the_level_is_never_cut(
    bar: Bar, theme: Theme, factor: float, width: int
) -> None:
    bar.looking.set_client(Client("A firm with a name that goes on and on and on, and on", id="x"))
    theme.set_factor(factor)
    bar.window.resize(width, 80)
    QApplication.processEvents()
    audience = bar.chooser.audience
    assert audience.width() >= audience.minimumSizeHint().width()
    picture = bar.window.grab().toImage()
    assert picture.pixelColor(audience.geometry().center()).isValid()
    bar.window.resize(bar.chooser.client.minimumSizeHint().width(), 80)
    bar.window.grab()
