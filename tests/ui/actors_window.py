"""The Actors screen with the bundled data, in a window that goes wherever it asks to go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from briefing import paths
from briefing.core.world import World
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.actor_places import comparison_place
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actors import ActorsView
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.notice import Notice


@lru_cache(maxsize=1)
def _library() -> Library:
    return Library(KnowledgeFile(paths.bundled_database()))


def _world() -> World:
    return read_world(paths.resources_folder() / "map" / "world.json")


@lru_cache(maxsize=1)
def _theme() -> Theme:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Theme(scheme="light")
    made.apply(app)
    return made


class ActorsWindow:
    """The screen, and the places it asked for."""

    def __init__(self, folder: Path, world: Callable[[], World] = _world) -> None:
        self.theme = _theme()
        self.library = _library()
        self.folder = folder
        self.world = world
        self.places: list[Place] = []
        self.view = self._open()

    def _open(self) -> ActorsView:
        settings = SettingsFile(self.folder / "settings.json")
        view = ActorsView(
            self.theme, self.library, settings, self.folder / "workspace.db", self.world
        )
        view.navigate.connect(self._go)
        view.resize(1304, 852)
        view.show()
        return view

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "actors":
            self.view.show_place(place)

    def end(self) -> None:
        """Close and delete at once: whatever lingers is dressed anew with every theme."""
        self.view.close()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(self.view, QEvent.Type.DeferredDelete.value)

    def start_again(self) -> ActorsView:
        self.end()
        self.view = self._open()
        return self.view

    def id(self, name: str) -> str:
        return next(row.id for row in self.library.actors if row.name == name)

    def show(self, *names: str) -> ActorsView:
        if len(names) == 1:
            self.view.show_place(Place("actors", self.id(names[0])))
        else:
            self.view.show_place(comparison_place([self.id(name) for name in names]))
        return self.view

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.view.list.table, key, modifier)

    def rows(self) -> list[str]:
        model = self.view.list.table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def opened(folder: Path, world: Callable[[], World] = _world) -> Iterator[ActorsWindow]:
    """For a fixture: the screen, closed and deleted at once afterwards."""
    made = ActorsWindow(folder, world)
    yield made
    made.end()
    if made.theme.factor != 1.0:
        made.theme.set_factor(1.0)


def words(widget: QWidget) -> str:
    """Everything a widget says, in the order in which it was built."""
    QApplication.processEvents()
    found = [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return " ".join(text for text in found if text)


def shown_actor(view: ActorsView) -> str:
    return view.profile.profile.row.name if view.profile.profile else ""


def told(view: ActorsView) -> str:
    """What the page says instead of showing something."""
    QApplication.processEvents()
    [found] = [one for one in view.profile.findChildren(Notice) if one.isVisible()]
    return found.accessibleName()


def chips(view: ActorsView) -> dict[str, Chip]:
    """Those not replaced yet."""
    QApplication.processEvents()
    found = view.list.filters.findChildren(Chip)
    return {chip.text(): chip for chip in found if chip.isVisibleTo(view.list)}


def notice(view: ActorsView) -> Notice:
    QApplication.processEvents()
    [found] = [one for one in view.list.findChildren(Notice) if one.isVisibleTo(view.list)]
    return found


def button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)
