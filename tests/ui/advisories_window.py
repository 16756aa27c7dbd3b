"""The Advisories screen in a window that goes wherever it asks to go, for its tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.advisories import AdvisoriesView
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.prose import Prose

NOW = datetime(2024, 3, 25, 12, tzinfo=UTC)
LONG = 60_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


@lru_cache(maxsize=1)
def _theme() -> Theme:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Theme(scheme="light")
    made.apply(app)
    return made


class AdvisoriesWindow:
    """The screen, and the places it asked for."""

    def __init__(self, qtbot: QtBot, database: Path, folder: Path) -> None:
        self.qtbot = qtbot
        self.theme = _theme()
        self.folder = folder
        self.library = Library(KnowledgeFile(database))
        self.jobs = Jobs()
        self.places: list[Place] = []
        self.view = self._open()

    def _open(self) -> AdvisoriesView:
        view = AdvisoriesView(
            self.theme,
            self.jobs,
            self.library,
            SettingsFile(self.folder / "settings.json"),
            self.folder / "workspace.db",
            has_sources=True,
            clock=lambda: NOW,
        )
        view.navigate.connect(self._go)
        view.resize(1304, 852)
        view.show()
        return view

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "advisories":
            self.view.show_place(place)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=LONG)
        QApplication.processEvents()

    def show(self, subject: str = "") -> AdvisoriesView:
        self.view.show_place(Place("advisories", subject))
        self.settle()
        return self.view

    def end(self) -> None:
        """Close and delete at once: whatever lingers is dressed anew with every theme."""
        self.view.close()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(self.view, QEvent.Type.DeferredDelete.value)

    def start_again(self) -> AdvisoriesView:
        self.end()
        self.view = self._open()
        return self.view

    def finish(self) -> None:
        self.end()
        self.jobs.shutdown()
        self.library.knowledge.close()
        if self.theme.factor != 1.0:
            self.theme.set_factor(1.0)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view.list.table, key)

    def titles(self) -> list[str]:
        return [row.title for row in self.view.list.model.rows]

    def cell(self, row: int, column: int) -> QModelIndex:
        return self.view.list.model.index(row, column)

    def spoken(self, row: int) -> str:
        return str(self.cell(row, 1).data(Qt.ItemDataRole.AccessibleTextRole))


def opened(qtbot: QtBot, database: Path, folder: Path) -> Iterator[AdvisoriesWindow]:
    """For a fixture: the screen, closed and deleted at once afterwards."""
    made = AdvisoriesWindow(qtbot, database, folder)
    yield made
    made.finish()


def words(widget: QWidget) -> str:
    """Everything a widget says."""
    QApplication.processEvents()
    found = [
        one.text()
        for kind in (Label, Prose)
        for one in widget.findChildren(kind)
        if one.isVisibleTo(widget)
    ]
    return " ".join(text for text in found if text)


def notices(widget: QWidget) -> list[str]:
    """Titles of the notices that are shown."""
    QApplication.processEvents()
    return [one.accessibleName() for one in widget.findChildren(Notice) if one.isVisibleTo(widget)]


def button(widget: QWidget, text: str) -> QPushButton:
    """The button with these words, among those that are shown."""
    return next(
        one
        for one in widget.findChildren(QPushButton)
        if one.text() == text and one.isVisibleTo(widget)
    )
