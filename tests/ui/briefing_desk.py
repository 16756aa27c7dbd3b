"""The Briefings screen in a window, for its tests: what is shown, pressed, told and asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from briefing import paths
from briefing.core.client import Client
from briefing.core.world import World
from briefing.services.clients import ClientShelf
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_found_panes import FoundPane
from briefing.ui.views.briefing_subject import SubjectField
from briefing.ui.views.briefing_work import Preview
from briefing.ui.views.briefings import BriefingsView
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice

DAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG = 120_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


def world() -> World:
    return read_world(paths.resources_folder() / "map" / "world.json")


class Desk:
    """The screen in a window, and what was asked of the window."""

    def __init__(self, qtbot: QtBot, theme: Theme, library: Library, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.jobs = Jobs()
        self.asked: list[Place] = []
        self.looking = Looking()
        self.workspace = folder / "workspace.db"
        self.view = BriefingsView(
            theme, self.jobs, library, self.workspace, world, lambda: DAY, self.looking
        )
        self.view.navigate.connect(self.asked.append)
        self.window = QWidget()
        QVBoxLayout(self.window).addWidget(self.view)
        self.window.resize(1300, 850)
        qtbot.addWidget(self.window)
        self.window.show()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.view.busy and not self.jobs.busy, timeout=LONG)
        # A widget put into a layout is shown at the next turn of the event loop.
        QApplication.processEvents()

    def show(self, actor: str, *, one_page: bool = True) -> None:
        if one_page:
            self.view.options.length.set_value("one-page")
        self.go("", actor)

    def go(self, kind: str, subject: str = "") -> None:
        """Go to a kind and a subject; "" is the kind of actors."""
        self.view.show_place(Place("briefings", subject, kind))
        self.settle()

    def add(self, *clients: Client) -> list[Client]:
        """Keep clients in the workspace."""
        with ClientShelf(self.workspace) as shelf:
            return [shelf.add(client) for client in clients]

    @property
    def preview(self) -> Preview:
        """What is shown."""
        preview = self.view.loader.current
        assert preview is not None, self.notices()
        return preview

    @property
    def field(self) -> SubjectField:
        """The field that asks for an actor, or for an incident."""
        pane = self.view.options.pane
        assert isinstance(pane, FoundPane)
        return pane.field

    @property
    def pages(self) -> int:
        return self.view.preview.pages.canvas.count

    def notices(self) -> list[str]:
        """Titles of everything a person is told."""
        found = self.window.findChildren(Notice)
        return [notice.accessibleName() for notice in found if notice.isVisible()]

    def told(self, title: str) -> str:
        """What stands under a title."""
        [notice] = [
            notice
            for notice in self.window.findChildren(Notice)
            if notice.isVisible() and notice.accessibleName() == title
        ]
        return notice.accessibleDescription()

    def press(self, words: str) -> None:
        """Press the button with these words."""
        [button] = [
            button
            for button in self.window.findChildren(QPushButton)
            if button.isVisible() and button.text() == words
        ]
        button.click()

    def export_to(self, name: str) -> None:
        """Choose a file in the dialog."""
        self.view.export.button.click()
        dialog = self.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.selectFile(str(self.folder / name))
        dialog.accept()

    def said(self) -> str:
        """Everything the screen says in labels."""
        labels = self.window.findChildren(Label)
        return "\n".join(label.text() for label in labels if label.isVisible())
