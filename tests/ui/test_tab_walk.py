"""Tab alone, pressed as a person presses it, leads to everything that can be clicked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from briefing.services.clients import ClientShelf
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.actors import ActorsView
from briefing.ui.views.client_work import EXAMPLE
from briefing.ui.widgets.tab_order import all_stops, lead

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

MOST = 2000
"""Presses of a key: far more than any screen has stops."""
PLACES = (
    Place("home"),
    Place("actors"),
    Place("map"),
    Place("map", "UA"),
    Place("map", "", "tab=origin"),
    Place("map", "", "tab=table"),
    Place("attribution", "mgm-resorts-2023"),
    Place("attribution", "solarwinds-2020", "list"),
    Place("advisories"),
    Place("briefings"),
    Place("clients"),
    Place("sources", "all-imports"),
    Place("sources", "identity"),
    Place("help", "glossary"),
)


@pytest.fixture
def program(qapp: QApplication, bundled_database: Path, tmp_path: Path) -> Iterator[Program]:
    database = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    with ClientShelf(tmp_path / "workspace.db") as shelf:
        shelf.add(EXAMPLE)
    settings = SettingsFile(tmp_path / "settings.json")
    made = Program(Library(KnowledgeFile(database)), settings, tmp_path / "workspace.db")
    yield made
    made.end()


class Strays(QObject):
    """Sees whatever is shown as a window of its own."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._program.window
        ):
            self.seen.append(_name(watched))
        return False


def _show(program: Program, qtbot: QtBot, place: Place) -> QWidget:
    """Show a place with the keyboard where the window gives it; what has it then."""
    window = program.window
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    window.go(place)
    screens.settle(program)
    focus = window.focusWidget()
    assert focus is not None
    return focus


def _walk(program: Program, start: QWidget, key: Qt.Key) -> list[QWidget]:
    """Everything at which a key stops, in its order, until it is where it began."""
    window = program.window
    met = [start]
    at = start
    for _ in range(MOST):
        QTest.keyClick(at, key)
        focus = window.focusWidget()
        assert focus is not None
        if focus is start and at is not start:
            return met
        if focus is not at:
            met.append(focus)
        at = focus
    raise AssertionError("The key never leads back to where it began.")


def _is_in_a_group(button: QAbstractButton) -> bool:
    """Whether arrow keys lead to it from another button of its group, which is a stop."""
    group: QButtonGroup | None = button.group()
    return button.autoExclusive() or (group is not None and group.exclusive())


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_tab_and_shift_tab_reach_everything_that_can_be_clicked(
    program: Program, qtbot: QtBot, place: Place
) -> None:
    start = _show(program, qtbot, place)
    if not start.focusPolicy() & Qt.FocusPolicy.TabFocus:
        QTest.keyClick(start, Qt.Key.Key_Tab)
        start = program.window.focusWidget()
    there = _walk(program, start, Qt.Key.Key_Tab)
    back = _walk(program, start, Qt.Key.Key_Backtab)
    wanted = [
        widget
        for widget in program.window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.window() is program.window
    ]
    stops = [one for one in wanted if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    pressed = [
        one
        for one in wanted
        if isinstance(one, QAbstractButton) and not _is_in_a_group(one) and one not in stops
    ]
    assert [_name(one) for one in pressed] == []
    assert [_name(one) for one in stops if one not in there] == []
    assert [_name(one) for one in stops if one not in back] == []


@pytest.mark.parametrize("place", PLACES, ids=str)
def test_nothing_flashes_up_as_a_window_of_its_own(
    program: Program, qapp: QApplication, qtbot: QtBot, place: Place
) -> None:
    strays = Strays(program)
    qapp.installEventFilter(strays)
    _show(program, qtbot, place)
    qapp.removeEventFilter(strays)
    assert strays.seen == []


def test_the_filters_of_the_actors_come_between_the_bar_and_the_list(
    program: Program, qtbot: QtBot
) -> None:
    start = _show(program, qtbot, Place("actors"))
    table = program.window.findChildren(ActorsView)[0].list.table
    walk = _walk(program, start, Qt.Key.Key_Tab)
    names = [one.accessibleName() for one in walk]
    at = walk.index(table)
    turned = [*names[at:], *names[:at]]
    filters = ["Sector: any", "Country: any", "Origin: any", "Motive: any", "Kind: any"]
    view = turned.index("View: colours and text size")
    assert turned[view + 1 : view + 6] == filters


def test_f6_still_goes_round_the_regions(program: Program, qtbot: QtBot) -> None:
    _show(program, qtbot, Place("actors"))
    window = program.window
    (view,) = window.findChildren(ActorsView)
    view.setFocus()
    regions = []
    for _ in range(4):
        focus = window.focusWidget()
        assert focus is not None
        parts = {"rail": window.rail, "bar": window.bar, "screen": view}
        regions += [name for name, part in parts.items() if part.isAncestorOf(focus)]
        QTest.keyClick(focus, Qt.Key.Key_F6)
    assert regions == ["screen", "rail", "bar", "screen"]
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F6)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F6)
    assert view.list.table.hasFocus()


def test_a_part_that_led_somewhere_leads_there_again_after_a_step(qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    inner = QWidget(part)
    lead(part, inner)
    with all_stops():
        assert part.focusProxy() is None
    assert part.focusProxy() is inner


def test_walking_by_tab_leaves_what_stands_in_the_bar_alive(program: Program, qtbot: QtBot) -> None:
    start = _show(program, qtbot, Place("briefings"))
    _walk(program, start, Qt.Key.Key_Tab)
    _show(program, qtbot, Place("briefings", "healthcare", "sector"))
    _show(program, qtbot, Place("clients"))
    actions = program.chooser.audience.menu.actions()
    assert len(actions) == 5
    assert all(isValid(action) for action in program.chooser.audience._actions.values())
