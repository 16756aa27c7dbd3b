"""The program ends: edits of clients that were not saved are asked about, and none is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_samples import PRACTICE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from briefing.core.client import Client
from briefing.services.clients import ClientShelf
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui import screens
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.views.client_leaving import UnsavedDialog
from briefing.ui.views.clients import ClientsView

# The offscreen platform has no window manager to tell about a smallest size, and says so.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LAW = Client("Weber & Partner", ("professional-services",), ("DE",), "medium")
LONG = 60_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


class Room:
    """The whole program with two clients, and what a person does in it."""

    def __init__(self, qtbot: QtBot, folder: Path, database: Path) -> None:
        self.qtbot = qtbot
        self.workspace = folder / "workspace.db"
        with ClientShelf(self.workspace) as shelf:
            self.law, self.practice = shelf.add(LAW), shelf.add(PRACTICE)
        settings = SettingsFile(folder / "settings.json")
        self.program = Program(Library(KnowledgeFile(database)), settings, self.workspace)
        self.window = self.program.window
        self.go(self.law.id)
        self.window.show()
        self.window.activateWindow()
        with qtbot.waitActive(self.window):
            pass
        screens.settle(self.program)
        (self.view,) = self.window.findChildren(ClientsView)

    def go(self, subject: str, detail: str = "") -> None:
        self.window.go(Place("clients", subject, detail))
        screens.settle(self.program)

    def rename(self, name: str) -> None:
        line = self.view.form.name.input
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, name)

    def close(self) -> UnsavedDialog | None:
        """Close the window, as its cross does; the question that is asked then."""
        self.window.close()
        return self.question()

    def question(self) -> UnsavedDialog | None:
        QApplication.processEvents()
        asked = QApplication.activeModalWidget()
        return asked if isinstance(asked, UnsavedDialog) else None

    def answer(self, words: str) -> None:
        """Tab to a button of the question, and press it."""
        dialog = self.question()
        assert dialog is not None
        for _ in range(4):
            focus = dialog.focusWidget()
            assert focus is not None
            if getattr(focus, "text", str)() == words:
                QTest.keyClick(focus, Qt.Key.Key_Space)
                return
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to “{words}”.")

    def closes(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.isVisible(), timeout=LONG)

    def kept(self) -> set[str]:
        with ClientShelf(self.workspace) as shelf:
            return {one.name for one in shelf.all()}


@pytest.fixture
def room(
    qapp: QApplication, qtbot: QtBot, bundled_database: Path, tmp_path: Path
) -> Iterator[Room]:
    database = Path(shutil.copy(bundled_database, tmp_path / "knowledge.db"))
    made = Room(qtbot, tmp_path, database)
    yield made
    made.program.end()


def test_without_edits_the_window_closes_unasked(room: Room) -> None:
    assert room.close() is None
    assert not room.window.isVisible()


def test_a_new_client_of_which_nothing_was_said_is_not_asked_about(room: Room) -> None:
    room.go("", "new")
    assert room.close() is None
    assert not room.window.isVisible()


def test_whoever_cancels_stays_with_what_was_typed(room: Room) -> None:
    room.rename("Weber & Daughters")
    asked = room.close()
    assert asked is not None
    assert "“Weber & Daughters” has edits" in asked.accessibleDescription()
    room.answer("Cancel")
    screens.settle(room.program)
    assert room.window.isVisible()
    assert room.view.form.name.text() == "Weber & Daughters"
    room.view.page.head.save.click()
    screens.settle(room.program)
    assert "Weber & Daughters" in room.kept()


def test_escape_stays_too_and_the_question_comes_again(room: Room) -> None:
    room.rename("Weber & Daughters")
    asked = room.close()
    assert asked is not None
    QTest.keyClick(asked.focusWidget() or asked, Qt.Key.Key_Escape)
    screens.settle(room.program)
    assert room.window.isVisible()
    assert room.close() is not None


def test_saved_edits_of_every_client_are_kept_and_the_window_closes(room: Room) -> None:
    room.rename("Weber & Daughters")
    room.go(room.practice.id)
    room.rename("Seafront Surgery")
    room.go("", "new")
    room.rename("Harbour Works")
    room.window.go(Place("actors"))
    asked = room.close()
    assert asked is not None
    words = asked.accessibleDescription()
    assert all(name in words for name in ("Weber & Daughters", "Seafront Surgery", "Harbour Works"))
    room.answer("Save")
    room.closes()
    assert room.kept() == {"Weber & Daughters", "Seafront Surgery", "Harbour Works"}


def test_discarded_edits_are_gone_and_the_window_closes(room: Room) -> None:
    room.rename("Weber & Daughters")
    room.close()
    room.answer("Discard edits")
    room.closes()
    assert room.kept() == {LAW.name, PRACTICE.name}


def test_an_edit_that_cannot_be_kept_is_shown_with_the_reason_and_the_window_stays(
    room: Room,
) -> None:
    room.rename(PRACTICE.name)
    room.window.go(Place("actors"))
    room.close()
    room.answer("Save")
    screens.settle(room.program)
    assert room.window.isVisible()
    assert room.window.history.current == Place("clients", room.law.id)
    assert "already" in room.view.form.fields["name"].problem
    assert room.view.form.name.text() == PRACTICE.name
    assert room.kept() == {LAW.name, PRACTICE.name}


def test_two_attempts_to_close_ask_once(room: Room) -> None:
    room.rename("Weber & Daughters")
    room.close()
    room.close()
    asked = [one for one in room.window.findChildren(UnsavedDialog) if one.isVisible()]
    assert len(asked) == 1


def test_what_is_being_saved_while_the_window_closes_is_kept(room: Room) -> None:
    room.rename("Weber & Daughters")
    room.view.page.head.save.click()
    assert room.close() is None
    room.closes()
    assert "Weber & Daughters" in room.kept()


def test_edits_outlast_another_screen_and_another_client(room: Room) -> None:
    room.rename("Weber & Daughters")
    QTest.keyClick(room.view.form.name.input, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    current = room.window.history.current
    assert current is not None
    assert current.screen == "actors"
    room.go(room.practice.id)
    room.go(room.law.id)
    assert room.view.form.name.text() == "Weber & Daughters"


def test_a_technology_that_was_typed_and_not_entered_outlasts_another_client(room: Room) -> None:
    field = room.view.form.technology
    field.line.input.setFocus()
    QTest.keyClicks(field.line.input, "microsoft:windows_10")
    room.view.list.rows.setFocus()
    room.go(room.practice.id)
    room.go(room.law.id)
    assert field.codes == ("microsoft:windows_10",)


def test_a_technology_that_means_nothing_is_not_dropped_by_saving(room: Room) -> None:
    room.rename("Weber & Daughters")
    field = room.view.form.technology
    QTest.keyClicks(field.line.input, "windows")
    room.view.page.head.save.click()
    screens.settle(room.program)
    assert field.line.text() == "windows"
    assert "Weber & Daughters" not in room.kept()
