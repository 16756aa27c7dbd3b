"""Every screen as the program opens it: reached by Tab in full, and in one window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.navigation import Place
from briefing.ui.program import Program

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SCREENS = (
    *("home", "actors", "map", "attribution", "advisories"),
    *("briefings", "clients", "sources", "help"),
)
LONG = 120_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""
MOST_STOPS = 300
"""So many presses of Tab go round any screen, the links inside its texts included."""
OF_A_ROW = ("Open ", "Change ", "Take ")
"""Beginnings of what belongs to the chosen row of a table, and goes when Tab leaves it."""


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


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return f"{type(widget).__name__}: {widget.accessibleName() or (text() if text else '')}"


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


@pytest.fixture
def program(qapp: QApplication, library: Library, tmp_path: Path) -> Iterator[Program]:
    settings = SettingsFile(tmp_path / "settings.json")
    made = Program(library, settings, tmp_path / "workspace.db")
    yield made
    made.end()


@pytest.mark.parametrize("screen", SCREENS)
def test_tab_reaches_everything_and_nothing_flashes_up(
    program: Program, qapp: QApplication, qtbot: QtBot, screen: str
) -> None:
    window, strays = program.window, Strays(program)
    qapp.installEventFilter(strays)
    window.go(Place(screen))
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=LONG)
    handle = window.windowHandle()
    assert handle is not None
    reached: set[QWidget] = set()
    for _ in range(MOST_STOPS):
        if (stop := QApplication.focusWidget()) is not None:
            reached.add(stop)
        QTest.keyClick(handle, Qt.Key.Key_Tab)
    qapp.removeEventFilter(strays)
    assert strays.seen == []
    stops = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]
    missed = [_name(widget) for widget in stops if widget not in reached]
    assert len(reached) > 15
    assert [
        one for one in missed if not one.startswith(tuple(f"LinkButton: {w}" for w in OF_A_ROW))
    ] == []
