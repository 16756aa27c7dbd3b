"""The Actors screen: the list at the left; a profile, a comparison or a page beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefing.analysis.actor_filter import ActorFilter, matching, read_filter
from briefing.analysis.comparison import MOST, compare
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.world import World
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.ui.actor_places import COMPARE, PREFIXES, comparison_place, filter_values
from briefing.ui.errors import show_error
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_list import WIDTH, ActorList
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.tab_order import enter, lead

if TYPE_CHECKING:
    from briefing.ui.views.actor_profile import ActorProfileView
    from briefing.ui.views.comparison import ComparisonView
    from briefing.ui.views.entity_page import EntityPage

SCREEN: Final = "actors"
_LAST, _SPLIT = "actors.last", "actors.list width"
_WRITING = 800
"""Milliseconds after the last change until it is written: a file is not written at every key."""

_MOST_OF_THE_WINDOW = 0.45
_LOG = logging.getLogger(__name__)


class Remembered:
    """What is remembered between starts, written a moment after it changed and when it is left."""

    def __init__(self, settings: SettingsFile, parent: QWidget) -> None:
        """``parent`` keeps the clock."""
        self._settings = settings
        self._waiting: dict[str, str] = {}
        self._clock = QTimer(parent)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WRITING)
        self._clock.timeout.connect(self.write)

    @property
    def values(self) -> Mapping[str, str]:
        """What was remembered last time."""
        return self._settings.settings.remembered

    def keep(self, values: Mapping[str, str]) -> None:
        """Remember soon; "" forgets."""
        self._waiting.update(values)
        self._clock.start()

    def write(self) -> None:
        """Remember now. Where the file cannot be written it holds until the program ends."""
        self._clock.stop()
        settings = self._settings.settings
        for key, value in self._waiting.items():
            settings = settings.remember(key, value)
        self._waiting.clear()
        try:
            self._settings.keep(settings)
        except OSError as error:
            _LOG.warning("The settings could not be written: %s", error)


class ActorsView(QWidget):
    """A Screen. Its places: an actor, several with "compare", something of ATT&CK, a filter."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(
        self,
        theme: Theme,
        library: Library,
        settings: SettingsFile,
        workspace: Path,
        world: Callable[[], World],
    ) -> None:
        """Build the list; nothing is shown before ``show_place``.

        Args:
            theme: Looks.
            library: What is read.
            settings: Where filter, sorting, widths and the last actor are remembered.
            workspace: Path of workspace.db, for saved filters; opened when first needed.
            world: Reads the shapes of the map when first needed.
        """
        super().__init__()
        self._theme = theme
        self._library = library
        self._title = "Actors"
        self._actor = ""
        self._focus_next = False
        self._remembered = Remembered(settings, self)
        self._list_width = _width(self._remembered.values)
        self.list = ActorList(theme, library.labels, workspace)
        self._map_error: BriefingError | None = None
        self._world = world
        self._pages = QStackedWidget()
        self._pages.setProperty(OWN_FOCUS, True)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.list.set_rows(library.actors, library.labels)
        self.list.restore(self._remembered.values)
        self.setProperty(HELP_TOPIC, "reading")
        lead(self, self.list)

    @property
    def title(self) -> str:
        """What is shown: an actor, a comparison or a page."""
        return self._title

    # Each page is loaded when first shown: the window stands a third of a second sooner.

    @cached_property
    def profile(self) -> ActorProfileView:
        """Everything said about one actor; built when first shown."""
        from briefing.ui.views.actor_profile import ActorProfileView  # noqa: PLC0415 - start time

        world = self._read(self._world)
        view = ActorProfileView(self._theme, world, has_map=True, changes=self._library)
        view.navigate.connect(self.navigate)
        view.compare_requested.connect(self._on_profile_compare_requested)
        view.brief_requested.connect(self._on_profile_brief_requested)
        self._pages.addWidget(view)
        return view

    @cached_property
    def comparison(self) -> ComparisonView:
        """Actors side by side; built when first shown."""
        from briefing.ui.views.comparison import ComparisonView  # noqa: PLC0415 - start time

        view = ComparisonView(self._theme)
        view.navigate.connect(self.navigate)
        self._pages.addWidget(view)
        return view

    @cached_property
    def page(self) -> EntityPage:
        """A technique, a piece of software or a mitigation; built when first shown."""
        from briefing.ui.views.entity_page import EntityPage  # noqa: PLC0415 - start time

        view = EntityPage(self._theme, self._library.labels)
        view.navigate.connect(self.navigate)
        view.mitigation_asked.connect(self._on_page_mitigation_asked)
        self._pages.addWidget(view)
        return view

    def show_place(self, place: Place) -> None:
        """Show a place of this screen; what is not there is told on the page itself."""
        if values := filter_values(place):
            self._show_actor(self._first_filtered(read_filter(values)), "")
        elif place.detail == COMPARE:
            self._show_comparison(place.subject)
        elif place.subject.startswith(PREFIXES):
            self._show_page(place.subject)
        else:
            self._show_actor(place.subject or self._first_actor(), place.detail)
        page = self._pages.currentWidget()
        if self._focus_next and page is not None:
            enter(page)
        self._focus_next = False

    def reload(self) -> None:
        """Read everything anew, after the data changed; ``show_place`` comes after it."""
        self.list.set_rows(self._library.actors, self._library.labels)

    def _lay_out(self) -> None:
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self._pages)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._splitter)

    def _connect(self) -> None:
        self.list.actor_chosen.connect(self._on_list_actor_chosen)
        self.list.actor_opened.connect(self._on_list_actor_opened)
        self.list.compare_asked.connect(lambda actors: self.navigate.emit(comparison_place(actors)))
        self.list.arranged.connect(lambda: self._remembered.keep(self.list.kept()))
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._theme.changed.connect(self._split)

    def _read(self, world: Callable[[], World]) -> World | None:
        """The shapes of the map; without them a profile names countries in words only."""
        try:
            return world()
        except BriefingError as error:
            self._map_error = error
            if self.isVisible():
                self._tell_map_error()
            return None

    def _tell_map_error(self) -> None:
        if self._map_error is not None:
            error, self._map_error = self._map_error, None
            show_error(self, error, self._theme)

    def _first_actor(self) -> str:
        """The one shown last, else the first with a profile of our own, else the first."""
        actors = self._library.actors
        known = {row.id for row in actors}
        for actor in (self._actor, self._remembered.values.get(_LAST, "")):
            if actor in known:
                return actor
        own = (row.id for row in actors if row.own_profile)
        return next(own, actors[0].id if actors else "")

    def _first_filtered(self, chosen: ActorFilter) -> str:
        """Filter the list; the one shown last where it is still there, else the first."""
        self.list.set_filter(chosen)
        left = [row.id for row in matching(self._library.actors, chosen)]
        return self._actor if self._actor in left or not left else left[0]

    def _show_actor(self, actor: str, detail: str) -> None:
        self._pages.setCurrentWidget(self.profile)
        if not actor:
            self._title = "Actors"
            self.profile.show_empty()
            return
        try:
            profile = self._library.profile(actor)
        except BriefingError as error:
            self._fail(error)
            return
        self._title = profile.row.name
        self._actor = profile.row.id
        if self.profile.profile is not profile:
            self.profile.show_profile(profile)
        self.profile.show_part(detail)
        self.list.select((profile.row.id,))
        self._remembered.keep({_LAST: profile.row.id})

    def _show_comparison(self, subject: str) -> None:
        actors = tuple(dict.fromkeys(filter(None, subject.split(","))))
        try:
            if not 1 <= len(actors) <= MOST:
                raise BriefingError(
                    f"Two to four actors can stand side by side, not {len(actors)}.",
                    remedy="Choose them in the list.",
                )
            comparison = compare([self._library.profile(actor) for actor in actors])
        except BriefingError as error:
            self._fail(error)
            return
        self.comparison.show_comparison(comparison, self._library.actors)
        self._title = self.comparison.title
        self.list.select([row.id for row in comparison.actors])
        self._pages.setCurrentWidget(self.comparison)

    def _show_page(self, subject: str) -> None:
        try:
            entity = self._library.entity(subject)
        except BriefingError as error:
            self._fail(error)
            return
        self.page.show_entity(entity, self._library.labels)
        self._title = f"{entity.name} {entity.attack_id}".strip()
        self._pages.setCurrentWidget(self.page)

    def _fail(self, error: BriefingError) -> None:
        self._title = "Actors"
        self.profile.show_error(error)
        self._pages.setCurrentWidget(self.profile)

    def _split(self) -> None:
        """Give the list its width, and never so much that the page has no room."""
        total = self._splitter.width()
        wanted = min(self._theme.px(self._list_width), round(total * _MOST_OF_THE_WINDOW))
        self._splitter.setSizes([wanted, max(total - wanted, 1)])

    def _on_list_actor_chosen(self, actor: str) -> None:
        self.navigate.emit(Place(SCREEN, actor))

    def _on_list_actor_opened(self, actor: str) -> None:
        self._focus_next = True
        self.navigate.emit(Place(SCREEN, actor))

    def _on_profile_compare_requested(self, actor: str) -> None:
        others = self.list.selected()
        chosen = others if actor in others and 1 < len(others) <= MOST else (actor,)
        self.navigate.emit(comparison_place(chosen))

    def _on_profile_brief_requested(self, actor: str) -> None:
        self.navigate.emit(Place("briefings", actor))

    def _on_page_mitigation_asked(self, attack_id: str) -> None:
        hits = self._library.search(attack_id)
        found = (hit.id for hit in hits if hit.kind == "mitigation" and not hit.near)
        mitigation = next(found, "")
        if not mitigation:
            self._fail(NotFoundError(f"There is no mitigation {attack_id} here."))
            return
        self.navigate.emit(Place(SCREEN, mitigation))

    def _on_splitter_moved(self, position: int, _handle: int) -> None:
        self._list_width = max(round(position / self._theme.factor), 1)
        self._remembered.keep({_SPLIT: str(self._list_width)})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list as wide as it is, and give the page what is gained."""
        super().resizeEvent(event)
        self._split()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell why there is no map, when that was found while nobody could see it."""
        super().showEvent(event)
        self._tell_map_error()

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what is to be remembered: the window may be closing."""
        super().hideEvent(event)
        self._remembered.write()


def _width(remembered: Mapping[str, str]) -> int:
    width = remembered.get(_SPLIT, "")
    return int(width) if width.isdecimal() and width else WIDTH
