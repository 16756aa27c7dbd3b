"""Pictures of every screen and of its important states, drawn without a screen to show them on.

Whoever changes a screen looks at its pictures; the README shows some of them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from briefing.analysis.actor_filter import ActorFilter
from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.services.library import Library
from briefing.settings import Settings, SettingsFile
from briefing.ui.actor_places import comparison_place
from briefing.ui.navigation import Place
from briefing.ui.program import Program
from briefing.ui.screen_files import write_galaxy
from briefing.ui.screens_briefings import of_client, with_note
from briefing.ui.screens_present import at_the_desk, picture, presenting
from briefing.ui.theme import Scheme
from briefing.ui.views.actors import ActorsView
from briefing.ui.views.briefings import BriefingsView
from briefing.ui.views.client_work import EXAMPLE
from briefing.ui.views.clients import ClientsView
from briefing.ui.views.sources import SourcesView

SIZE = QSize(1440, 900)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
TEXT_SIZES = (100, 150)
"""Per cent."""

LONGEST_TIMER = 2000
"""Milliseconds; a timer that waits longer than this changes nothing on a screen."""
TURN = 25
"""Milliseconds of one look at whether anything still moves."""
QUIET_TURNS = 4
PATIENCE = 120.0
"""Seconds after which a screen that never comes to rest is a fault."""

_ACTOR = "APT28"
_COMPARED = ("APT28", "Gamaredon Group", "Lazarus Group")
_TECHNIQUE = "T1566.001"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, how one gets there, and what lies over the window, if anything."""

    name: str
    go: Callable[[Program, Library], None]
    over: Callable[[Program], QPixmap] | None = None


def draw_all(library: Library, folder: Path) -> Iterator[Path]:
    """Draw everything into a folder, in light and dark, at each text size.

    Yields:
        The path of each picture, once it is written.

    Raises:
        BriefingError: when a picture cannot be drawn or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error.strerror or str(error)) from error
    for scheme in SCHEMES:
        for size in TEXT_SIZES:
            with tempfile.TemporaryDirectory(prefix="briefing-screens-") as scratch:
                yield from _draw(library, folder, Path(scratch), scheme, size)


def _draw(
    library: Library, folder: Path, scratch: Path, scheme: Scheme, text_size: int
) -> Iterator[Path]:
    workspace = scratch / "workspace.db"
    settings = SettingsFile(scratch / "settings.json")
    settings.settings = Settings(theme=scheme, text_size=text_size)
    program = Program(library, settings, workspace)
    # A caret that blinks would make two pictures of one screen differ.
    QApplication.setCursorFlashTime(0)
    program.window.resize(SIZE)
    program.window.show()
    try:
        for shot in SHOTS:
            path = folder / f"{shot.name}-{scheme}-{text_size}.png"
            if not _picture(program, library, shot).save(str(path)):
                raise _unwritable(path, "The picture could not be saved.")
            yield path
    finally:
        program.end()


def _picture(program: Program, library: Library, shot: Shot) -> QPixmap:
    shot.go(program, library)
    settle(program)
    picture = program.window.grab()
    if shot.over is not None:
        over = shot.over(program)
        ratio = picture.devicePixelRatio()
        room = (picture.size() - over.size()) / ratio / 2
        painter = QPainter(picture)
        place = QRect(QPoint(room.width(), room.height()), over.size() / ratio)
        painter.drawPixmap(place.topLeft(), over)
        # The frame that a desktop draws around a dialog.
        painter.setPen(program.theme.colour("control"))
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()
    program.window.search_box.clear()
    return picture


def settle(program: Program) -> None:
    """Wait until no job runs and nothing on the screens is about to change.

    Raises:
        BriefingError: when that does not happen.
    """
    end = time.monotonic() + PATIENCE
    loop = QEventLoop()
    quiet = 0
    # One turn lays out what the turn before has shown.
    while quiet < QUIET_TURNS:
        QTimer.singleShot(TURN, loop.quit)
        loop.exec()
        quiet = 0 if _is_busy(program) else quiet + 1
        if time.monotonic() > end:
            raise BriefingError("A screen did not come to rest, so it could not be drawn.")


def _is_busy(program: Program) -> bool:
    if program.jobs.busy:
        return True
    timers = program.window.findChildren(QTimer)
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= LONGEST_TIMER
        for timer in timers
    )


def _actor(library: Library, name: str) -> str:
    found = next((row.id for row in library.actors if row.name == name), "")
    return found or library.actors[0].id


def _to(place: Place) -> Callable[[Program, Library], None]:
    return lambda program, _library: _go(program, place)


def _go(program: Program, place: Place) -> None:
    if not program.window.go(place):
        raise BriefingError(f"The screen “{place.screen}” could not be opened.")


def _profile(program: Program, library: Library) -> None:
    _go(program, Place("actors", _actor(library, _ACTOR)))


def _compare(program: Program, library: Library) -> None:
    _all_again(program, library)
    _go(program, comparison_place([_actor(library, name) for name in _COMPARED]))


def _technique(program: Program, library: Library) -> None:
    hits = [hit for hit in library.search(_TECHNIQUE) if hit.kind == "technique"]
    if hits:
        _go(program, Place("actors", hits[0].id))


def _nothing_found(program: Program, library: Library) -> None:
    _profile(program, library)
    _actors(program).list.set_filter(ActorFilter(sector="water", origin="RU"))


def _all_again(program: Program, library: Library) -> None:
    _actors(program).list.set_filter(ActorFilter())
    _profile(program, library)


def _search(text: str) -> Callable[[Program, Library], None]:
    def go(program: Program, library: Library) -> None:
        _all_again(program, library)
        program.window.search_box.start()
        program.window.search_box.setText(text)

    return go


def _briefing(length: str) -> Callable[[Program, Library], None]:
    def go(program: Program, library: Library) -> None:
        _go(program, Place("briefings", _actor(library, _ACTOR)))
        _briefings(program).options.length.set_value(length)

    return go


def _preview(program: Program, library: Library) -> None:
    _go(program, Place("sources"))
    with tempfile.TemporaryDirectory(prefix="briefing-galaxy-") as folder:
        file = write_galaxy(library.knowledge, Path(folder))
        program.window.findChildren(SourcesView)[0].import_paths([file])
        settle(program)


def _looking_as(client: Client | None) -> Callable[[Program, Library], None]:
    def go(program: Program, _library: Library) -> None:
        program.looking.set_client(client)
        _go(program, Place("home"))

    return go


def _kept_client(program: Program, _library: Library) -> None:
    _go(program, Place("clients"))
    settle(program)
    program.window.findChildren(ClientsView)[0].make_example()


def _actors(program: Program) -> ActorsView:
    return program.window.findChildren(ActorsView)[0]


def _briefings(program: Program) -> BriefingsView:
    return program.window.findChildren(BriefingsView)[0]


def _error(program: Program) -> QPixmap:
    error = BriefingError(
        "The file report.json could not be read. Nothing was changed.",
        detail="report.json, line 412: a comma is missing after “synonyms”.",
        remedy="Ask whoever sent the file for a whole one, or leave it out.",
    )
    dialog = program.window.show_error(error)
    settle(program)
    picture = dialog.grab()
    dialog.accept()
    return picture


SHOTS: tuple[Shot, ...] = (
    Shot("home-nobody", _looking_as(None)),
    Shot("home", _looking_as(EXAMPLE)),
    Shot("map", _to(Place("map", "UA"))),
    Shot("map-years", _to(Place("map", "", "years=2022-2024"))),
    Shot("map-origin", _to(Place("map", "", "tab=origin"))),
    Shot("map-actor", _to(Place("map", "", "tab=actor"))),
    Shot("map-table", _to(Place("map", "", "tab=table"))),
    Shot("attribution", _to(Place("attribution", "mgm-resorts-2023"))),
    Shot("attribution-open", _to(Place("attribution", "7-eleven-taiwan-2022"))),
    Shot("attribution-list", _to(Place("attribution", "solarwinds-2020", "list"))),
    Shot("clients-nobody", _to(Place("clients"))),
    Shot("clients", _kept_client),
    Shot("actors", _profile),
    Shot("actors-nothing-found", _nothing_found),
    Shot("actors-compare", _compare),
    Shot("technique", _technique),
    Shot("search", _search("lazarus")),
    Shot("search-nothing-called", _search("fancy bare")),
    Shot("error", _all_again, _error),
    # The bundle holds no advisories, so this is the empty screen unless somebody brought some in.
    Shot("advisories", _to(Place("advisories"))),
    Shot("sources", _to(Place("sources", "all-imports"))),
    Shot("sources-one", _to(Place("sources", "mitre-attack"))),
    Shot("sources-preview", _preview),
    Shot("sources-identity", _to(Place("sources", "identity"))),
    Shot("briefings-nobody", _to(Place("briefings"))),
    Shot("briefings", _briefing("full")),
    Shot("briefings-one-page", _briefing("one-page")),
    Shot("briefings-client", of_client(settle)),
    Shot("briefings-sector", _to(Place("briefings", "healthcare", "sector"))),
    Shot("briefings-digest", _to(Place("briefings", "", "advisories"))),
    Shot("briefings-changes-nothing", _to(Place("briefings", "", "changes"))),
    Shot("briefings-note", with_note(settle)),
    Shot("briefings-note-faulty", with_note(settle, faulty=True)),
    Shot("present", presenting(SIZE), picture),
    Shot("present-notes", at_the_desk(SIZE), picture),
    Shot("help-primer", _to(Place("help"))),
    Shot("help-glossary", _to(Place("help", "glossary#Phishing"))),
    Shot("help-reading", _to(Place("help", "reading"))),
    Shot("help-tlp", _to(Place("help", "reading#tlp"))),
    Shot("help-sources", _to(Place("help", "sources"))),
    Shot("help-ach", _to(Place("help", "ach"))),
    Shot("help-ach-example", _to(Place("help", "ach#example"))),
    Shot("help-overlap", _to(Place("help", "overlap"))),
    Shot("help-identity", _to(Place("help", "identity"))),
    Shot("help-data", _to(Place("help", "data"))),
    Shot("help-known", _to(Place("help", "data#known"))),
    Shot("help-keyboard", _to(Place("help", "keyboard"))),
    Shot("help-licences", _to(Place("help", "licences"))),
)
"""Every screen and every state worth looking at, in the order in which a person would meet them."""


def _unwritable(path: Path, why: str) -> BriefingError:
    return BriefingError(
        f"The picture {path.name} could not be written to {path.parent}.",
        detail=why,
        remedy="Choose a folder that can be written to, with room.",
    )
