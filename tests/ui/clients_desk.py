"""The Clients screen in a window, for its tests: what is shown, pressed, kept and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from briefing.core.client import Client
from briefing.services.clients import ClientShelf, Shelved
from briefing.services.library import Library
from briefing.services.relevance import RelevanceDesk
from briefing.store.connection import KnowledgeFile
from briefing.ui.client_chooser import ClientChooser
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.client_relevance import RelevancePane
from briefing.ui.views.clients import ClientsView
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.two_line_list import TwoLineList

TODAY = date(2026, 11, 24)
LONG = 60_000
"""Milliseconds: far more than any machine needs; nothing here measures speed."""


def picture(path: Path, kind: str = "PNG") -> Path:
    """A small picture that can be drawn."""
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b6470"))
    assert image.save(str(path), kind)
    return path


class ClientsDesk:
    """The screen under the two choosers, the places it asked for, and its workspace."""

    def __init__(self, qtbot: QtBot, theme: Theme, folder: Path, database: Path) -> None:
        self.qtbot = qtbot
        self.theme = theme
        self.workspace = folder / "workspace.db"
        self.knowledge = KnowledgeFile(database)
        self.jobs = Jobs()
        self.places: list[Place] = []
        self.changes: list[Shelved] = []
        self.looking = Looking()
        library = Library(self.knowledge)
        desk = RelevanceDesk(self.knowledge)
        self.chooser = ClientChooser(theme, self.jobs, self.workspace, self.looking)
        self.view = ClientsView(
            theme, self.jobs, library, self.workspace, self.looking, desk, lambda: TODAY
        )
        self.view.navigate.connect(self._go)
        self.view.clients_changed.connect(self.changes.append)
        self.view.clients_changed.connect(self.chooser.show_shelved)
        self.chooser.navigate.connect(self._go)
        self.window = QWidget()
        bar = QHBoxLayout()
        bar.addWidget(self.chooser.client)
        bar.addWidget(self.chooser.audience)
        bar.addStretch(1)
        box = QVBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(bar)
        box.addWidget(self.view)
        # As the program's window: what is too narrow is squeezed, and has to cope.
        self.window.setMinimumSize(300, 300)
        self.window.resize(1304, 852)
        qtbot.addWidget(self.window)
        self.window.show()
        self.chooser.read()
        self.go()

    @property
    def pane(self) -> RelevancePane:
        return self.view.relevance

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "clients":
            self.view.show_place(place)

    def go(self, subject: str = "", detail: str = "") -> None:
        """Go to a place of the screen."""
        self.view.show_place(Place("clients", subject, detail))
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: not (self.view.busy or self.jobs.busy), timeout=LONG)
            QApplication.processEvents()

    def keep(self, *clients: Client) -> list[Client]:
        """Put clients into the workspace behind the program's back, and show them."""
        with ClientShelf(self.workspace) as shelf:
            kept = [shelf.add(client) for client in clients]
        self.view.reload()
        self.chooser.read()
        self.settle()
        return kept

    def kept(self) -> tuple[Client, ...]:
        """What is in the workspace."""
        with ClientShelf(self.workspace) as shelf:
            return shelf.all()

    def chosen(self) -> str:
        """The name of the client that will be looked through at the next start."""
        with ClientShelf(self.workspace) as shelf:
            return shelf.chosen.name if shelf.chosen else ""

    def click(self, words: str) -> None:
        """Press the visible button whose words, or whose accessible name, begin so."""
        self.button(words).click()
        self.settle()

    def button(self, words: str) -> QAbstractButton:
        QApplication.processEvents()
        for button in self.window.findChildren(QAbstractButton):
            names = (button.text().replace("&&", "&"), button.accessibleName())
            if button.isVisible() and any(name.startswith(words) for name in names):
                return button
        raise AssertionError(f"no button “{words}”")

    def menu(self, words: str) -> None:
        """Choose from the menu behind "More about this client"."""
        actions = {one.text(): one for one in self.view.page.head.more.menu().actions()}
        actions[words].trigger()
        self.settle()

    def type_name(self, name: str) -> None:
        """Write another name, as a person would."""
        line = self.view.form.name.input
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, name)
        self.settle()

    def rows(self) -> list[str]:
        """What every row of the list says."""
        model = self.view.findChildren(TwoLineList)[0].model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def chips(self, inside: QWidget) -> list[str]:
        QApplication.processEvents()
        return [chip.text() for chip in inside.findChildren(Chip) if chip.isVisible()]

    def notices(self) -> list[str]:
        """Title and text of every notice that is shown."""
        QApplication.processEvents()
        found = [one for one in self.window.findChildren(Notice) if one.isVisible()]
        return [f"{one.accessibleName()} {one.accessibleDescription()}".strip() for one in found]

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> QWidget:
        """Press Tab until the keyboard is at something."""
        for _ in range(300):
            focus = self.window.focusWidget()
            if focus is not None and wanted(focus):
                return focus
            QTest.keyClick(focus if focus is not None else self.view, Qt.Key.Key_Tab)
        raise AssertionError("Tab does not lead there.")
