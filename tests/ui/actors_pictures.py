"""Pictures of the Actors screen: ``python tests/ui/actors_pictures.py FOLDER [NAME …]``.

Draws the screen with the bundled data in its states, in light and dark, at 100 %, 150 % and 200 %
text size. Whoever changes the screen looks at them beside the design.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from briefing import paths
from briefing.analysis.actor_filter import NOT_STATED, ActorFilter
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.actor_places import comparison_place
from briefing.ui.navigation import Place
from briefing.ui.theme import Scheme, Theme
from briefing.ui.views.actors import ActorsView
from briefing.ui.widgets.focus_ring import FocusRing

SIZE = QSize(1304, 852)
"""The screen inside a window of 1440 × 900: without rail and bar."""
PIXELS = 1.5


@dataclass(frozen=True)
class State:
    """One picture: where one is, what is filtered for, what was pressed."""

    name: str
    place: Callable[[Library], Place]
    chosen: ActorFilter = field(default_factory=ActorFilter)
    scheme: Scheme = "light"
    factor: float = 1.0
    size: QSize = SIZE
    press: Callable[[ActorsView], object] | None = None


def actor(library: Library, name: str) -> str:
    """The id of the actor of this name."""
    return next(row.id for row in library.actors if row.name == name)


def _actor(name: str) -> Callable[[Library], Place]:
    return lambda library: Place("actors", actor(library, name))


def _compare(*names: str) -> Callable[[Library], Place]:
    return lambda library: comparison_place([actor(library, name) for name in names])


def _found(text: str) -> Callable[[Library], Place]:
    return lambda library: Place("actors", library.search(text)[0].id)


_RUSSIA = ActorFilter(origin="RU")
_THREE = _compare("APT28", "APT29", "Turla")
STATES = (
    State("list", _actor("APT28"), _RUSSIA),
    State("list-dark", _actor("APT28"), _RUSSIA, "dark"),
    State("list-150", _actor("APT28"), _RUSSIA, factor=1.5),
    State("list-200", _actor("APT28"), _RUSSIA, factor=2.0),
    State("list-all", _actor("APT28")),
    State(
        "list-many",
        _actor("APT28"),
        ActorFilter(sector="security-justice", origin="RU", kind=NOT_STATED, since="2015"),
    ),
    State(
        "list-empty", _actor("APT28"), ActorFilter(origin="RU", sector="water", motive="influence")
    ),
    State("list-empty-dark-150", _actor("APT28"), ActorFilter(text="fancy"), "dark", 1.5),
    State(
        "popup",
        _actor("APT28"),
        _RUSSIA,
        press=lambda view: view.list.filters._buttons["sector"].open(),
    ),
    State("save", _actor("APT28"), _RUSSIA, press=lambda view: view.list.result.save.click()),
    State("compare", _THREE),
    State("compare-dark", _THREE, scheme="dark"),
    State("compare-150", _THREE, factor=1.5),
    State("compare-200", _THREE, factor=2.0),
    State("compare-four", _compare("APT28", "APT29", "Turla", "FIN7")),
    State(
        "compare-two-software",
        _compare("APT28", "APT29"),
        press=lambda view: view.comparison.tabs.setCurrentIndex(1),
    ),
    State("compare-one", _compare("APT28")),
    State("technique", _found("T1059.001")),
    State("technique-dark", _found("T1059.001"), scheme="dark"),
    State("technique-150", _found("T1059.001"), factor=1.5),
    State("technique-200", _found("T1059.001"), factor=2.0),
    State("software", _found("Mimikatz")),
    State("mitigation", _found("M1026")),
    State("unknown", lambda _: Place("actors", "intrusion-set--gone")),
)


def draw(state: State, library: Library, folder: Path) -> Path:
    """Draw one state; popups are drawn over the screen."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(scheme=state.scheme, factor=state.factor)
    theme.apply(app)
    ring = FocusRing(theme)
    with tempfile.TemporaryDirectory() as scratch:
        view = ActorsView(
            theme,
            library,
            SettingsFile(Path(scratch) / "settings.json"),
            Path(scratch) / "workspace.db",
            lambda: read_world(paths.resources_folder() / "map" / "world.json"),
        )
        view.navigate.connect(view.show_place)
        view.resize(state.size)
        view.show()
        view.list.set_filter(state.chosen)
        view.show_place(state.place(library))
        view.profile.finish()
        for _ in range(20):
            app.processEvents()
        if state.press is not None:
            state.press(view)
            app.processEvents()
        image = QImage(state.size * PIXELS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PIXELS)
        image.fill(theme.colour("paper"))
        view.render(image)
        for popup in app.topLevelWidgets():
            if (
                popup is not view
                and popup.isVisible()
                and popup.windowFlags() & Qt.WindowType.Popup
            ):
                popup.render(image, popup.pos() - view.pos())
        target = folder / f"{state.name}.png"
        image.save(str(target))
        view.close()
        del ring
    return target


def main(folder: Path, names: list[str]) -> None:
    """Draw all states, or those named."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    library = Library(KnowledgeFile(paths.bundled_database()))
    for state in STATES:
        if not names or state.name in names:
            sys.stdout.write(f"{draw(state, library, folder)}\n")
    app.quit()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]), sys.argv[2:])
