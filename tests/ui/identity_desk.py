"""The review queue of who is who in a window, for its tests: what is shown, pressed and told."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from store_samples import actor, changes, source, take

from briefing.core.changes import RecordDraft
from briefing.core.identity_review import Decided, Question
from briefing.services.identity_review import review
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.store.migrate import open_knowledge
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.identity_queue import IdentityQueue
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LONG = 60_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""
MISP, TIDAL = source("misp-threat-actor"), source("tidal-groups")


def small_database(path: Path, *claimants: RecordDraft) -> Path:
    """A Fox, and what claims to be it, one after the other."""
    with closing(open_knowledge(path)) as connection:
        take(connection, path, changes(actor(1, "Fox", "Red Fox"), of=MISP))
        take(connection, path, changes(*claimants, of=TIDAL))
    return path


def three_questions(path: Path) -> Path:
    """Three records of one source claim the Fox of another."""
    claimants = (actor(2, "Vixen", "Fox", "Red Fox"), actor(3, "Todd", "Fox"), actor(4, "Fox"))
    return small_database(path, *claimants)


def copied(bundled: Path, folder: Path) -> Path:
    """A copy of the real database that may be written to."""
    return Path(shutil.copy(bundled, folder / "copy.db"))


class IdentityDesk:
    """The queue in a window, and what was asked of the window."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, path: Path, settings: SettingsFile | None = None
    ) -> None:
        self.qtbot = qtbot
        self.path = path
        self.jobs = Jobs()
        self.asked: list[Place] = []
        self.decided = 0
        kept = settings or SettingsFile(path.with_name("settings.json"))
        self.view = IdentityQueue(theme, self.jobs, KnowledgeFile(path), lambda: NOW, kept)
        self.view.navigate.connect(self.asked.append)
        self.view.decided.connect(self._on_view_decided)
        self.window = QWidget()
        QVBoxLayout(self.window).addWidget(self.view)
        self.window.resize(1000, 850)
        qtbot.addWidget(self.window)
        self.window.show()
        self.view.reload()
        self.settle()

    def _on_view_decided(self) -> None:
        self.decided += 1

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.view.busy and not self.jobs.busy, timeout=LONG)
        self.view.decisions.finish()
        # A widget put into a layout is shown at the next turn of the event loop.
        QApplication.processEvents()

    @property
    def question(self) -> Question:
        found = self.view.panel.question
        assert found is not None
        return found

    def choose(self, row: int) -> None:
        """Go to a row of the list by keyboard."""
        QTest.keyClick(self.view.list, Qt.Key.Key_Home)
        for _ in range(row):
            QTest.keyClick(self.view.list, Qt.Key.Key_Down)

    def type_in(self, reason: str, by: str = "A. Analyst") -> None:
        for field, text in ((self.view.panel.reason, reason), (self.view.panel.by, by)):
            field.input.clear()
            QTest.keyClicks(field.input, text)

    def press(self, relation: str) -> None:
        """Give an answer by keyboard; it is not awaited."""
        button = self.view.panel.buttons[relation]
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)

    def answer(self, relation: str, reason: str = "", by: str = "A. Analyst") -> None:
        self.type_in(reason, by)
        self.press(relation)
        self.settle()

    def click(self, words: str) -> None:
        """Press the button whose words, or whose words for screen readers, begin so."""
        QApplication.processEvents()
        found = [
            button
            for button in self.window.findChildren(QAbstractButton)
            if button.isVisible()
            and (button.text() == words or button.accessibleName().startswith(words))
        ]
        found[0].click()

    def kept(self) -> tuple[Decided, ...]:
        """What is decided in the file."""
        return review(KnowledgeFile(self.path)).decisions

    def notices(self) -> list[str]:
        found = self.window.findChildren(Notice)
        return [notice.accessibleName() for notice in found if notice.isVisible()]

    def said(self) -> str:
        """Everything that labels say."""
        found = []
        for label in self.window.findChildren(Label):
            if label.isVisible():
                named = isinstance(label, WrappedLabel) and label.accessibleName()
                found.append(named or label.text())
        return "\n".join(found)
