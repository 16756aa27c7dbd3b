"""The Map screen with the bundled data, in a window that goes wherever it asks to go."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefing import paths
from briefing.core.world import World
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.map import MapView
from briefing.ui.views.matrix import MatrixView

PATIENCE = 20.0


@lru_cache(maxsize=1)
def _library(database: Path) -> Library:
    return Library(KnowledgeFile(database))


@lru_cache(maxsize=1)
def _theme() -> Theme:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Theme(scheme="light")
    made.apply(app)
    return made


def the_world() -> World:
    return read_world(paths.resources_folder() / "map" / "world.json")


class MapDesk:
    """The screen, and the places it asked for."""

    def __init__(
        self, database: Path, folder: Path, world: Callable[[], World] = the_world
    ) -> None:
        self.theme = _theme()
        self.jobs = Jobs()
        self.library = _library(database)
        self.settings = SettingsFile(folder / "settings.json")
        self.places: list[Place] = []
        self.view = MapView(self.theme, self.jobs, self.library, self.settings, world)
        for key, label in (("origin", "Sector × origin"), ("actor", "Sector × actor")):
            kind = "origin" if key == "origin" else "actor"
            self.view.add_tab(key, label, MatrixView(self.theme, kind, self.library))
        self.view.navigate.connect(self._go)
        self.view.resize(1304, 852)
        self.view.show()

    def _go(self, place: Place) -> None:
        self.places.append(place)
        if place.screen == "map":
            self.view.show_place(place)

    def show(self, subject: str = "", detail: str = "") -> MapView:
        """Show a place and wait until it is counted."""
        self.view.show_place(Place("map", subject, detail))
        self.until(lambda: not self.jobs.busy)
        return self.view

    def until(self, true: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, "it never came"
            QTest.qWait(10)
        QApplication.processEvents()

    @property
    def place(self) -> Place:
        """Where it asked to go last."""
        return self.places[-1]

    def end(self) -> None:
        """Close and delete at once: whatever lingers is dressed anew with every theme."""
        self.jobs.shutdown()
        self.view.close()
        self.view.deleteLater()
        QCoreApplication.sendPostedEvents(self.view, QEvent.Type.DeferredDelete.value)
        if self.theme.factor != 1.0:
            self.theme.set_factor(1.0)
