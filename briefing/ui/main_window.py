"""The window: rail, bar and the screens, built when they are first shown."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefing.core.errors import BriefingError
from briefing.core.search import Search, SearchHit
from briefing.settings import Settings, SettingsFile
from briefing.ui.errors import ErrorDialog, show_error
from briefing.ui.explaining import HELP_TOPIC as HELP_TOPIC  # screens take it from their window
from briefing.ui.explaining import Explainer
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import History, Place, ScreenEntry, as_screen, may_close
from briefing.ui.rail import HELP, Rail
from briefing.ui.search_box import SHORTCUT, SearchBox
from briefing.ui.theme import Scheme, Theme
from briefing.ui.top_bar import TopBar
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.tab_order import all_stops

PROGRAM = "Threat Briefing"

_FIRST_SIZE = QSize(1440, 900)
_SMALLEST_SIZE = QSize(720, 480)
_LOG = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """The frame all screens share. It knows where one is; what is there, the screens know."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        screens: Sequence[ScreenEntry],
        search: Search,
        data_as_of: date | None,
        settings: SettingsFile,
    ) -> None:
        """Build the frame and no screen; ``go`` shows the first.

        Args:
            theme: Takes the person's scheme and text size from the settings.
            jobs: Shut down when the window closes; answers nobody waits for are shown here.
            screens: Every screen that exists, in the order of the rail.
            search: What the search field asks; hits no screen can show are left out.
            data_as_of: Day of the newest source; None where there is no data yet.
            settings: Where window, scheme and text size are remembered.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._entries = {entry.key: entry for entry in screens}
        self._screens: dict[str, QWidget] = {}
        self._shown: QWidget | None = None
        self._settings = settings
        self._search = search
        self._told_warning = False
        self._take_settings(settings.settings)
        self.history = History(self)
        self.rail = Rail(theme, screens)
        self.bar = TopBar(theme, self.history, self._hits, data_as_of)
        self._stack = QStackedWidget()
        self._stack.setProperty(OWN_FOCUS, True)  # A ring around everything would say nothing.
        self.setWindowTitle(PROGRAM)
        self.setMinimumSize(_SMALLEST_SIZE)
        self._lay_out()
        self._connect()
        self._add_shortcuts(screens)

    @property
    def search_box(self) -> SearchBox:
        """The search field in the bar."""
        return self.bar.search

    def go(self, place: Place) -> bool:
        """Go to a place; False, and an error shown, when its screen does not exist or not open."""
        try:
            self._screen(place.screen)
        except BriefingError as error:
            self.show_error(error)
            return False
        self.history.go(place)
        return True

    def reload(self) -> None:
        """Let the screens read anew and show the present place again: the data has changed."""
        for screen in self._screens.values():
            reload = getattr(screen, "reload", None)
            if reload is not None:
                reload()
        if self.history.current is not None:
            self.history.go(self.history.current)

    def prepare(self, key: str) -> None:
        """Show a screen as it stands before any place of it: what it has at once."""
        self._stack.setCurrentWidget(self._screen(key))
        self.rail.set_current(key)

    def show_error(self, error: BriefingError) -> ErrorDialog:
        """Say over this window what could not be done."""
        return show_error(self, error, self._theme)

    def remember(self, settings: Settings) -> None:
        """Keep changed settings; where the file cannot be written they last until the end."""
        try:
            self._settings.keep(settings)
        except OSError as error:
            _LOG.warning("The settings could not be written: %s", error)

    def _take_settings(self, settings: Settings) -> None:
        schemes: dict[str, Scheme] = {"light": "light", "dark": "dark"}
        scheme = schemes.get(settings.theme, "system")
        if self._theme.scheme != scheme:
            self._theme.set_scheme(scheme)
        if round(self._theme.factor * 100) != settings.text_size:
            self._theme.set_factor(settings.text_size / 100)
        geometry = QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore"))
        if not self.restoreGeometry(geometry):
            self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.bar)
        right.addWidget(self._stack, 1)
        frame = QWidget()
        whole = QHBoxLayout(frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.setCentralWidget(frame)

    def _connect(self) -> None:
        self.rail.activated.connect(self._on_rail_activated)
        self.bar.navigate.connect(self.go)
        self.search_box.chosen.connect(self._on_search_chosen)
        self.history.moved.connect(self._on_history_moved)
        self._jobs.unanswered.connect(self.show_error)
        self._theme.changed.connect(self._on_theme_changed)

    def _add_shortcuts(self, screens: Sequence[ScreenEntry]) -> None:
        menu = self.bar.view_menu
        slots = {
            "Alt+Left": self.history.back,
            "Alt+Right": self.history.forward,
            SHORTCUT: self.search_box.start,
            "/": self.search_box.start,
            "Ctrl++": partial(menu.step, +1),
            "Ctrl+=": partial(menu.step, +1),
            "Ctrl+-": partial(menu.step, -1),
            "Ctrl+0": partial(self._theme.set_factor, 1.0),
            "F6": self._on_next_region_asked,
        }
        for entry in screens:
            if entry.shortcut:
                slots[entry.shortcut] = partial(self._on_rail_activated, entry.key)
        if HELP in self._entries:
            del slots["F1"]
            Explainer(self._theme, self, lambda subject: self.go(Place(HELP, subject)))
        for keys, slot in slots.items():
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _hits(self, text: str) -> Sequence[SearchHit]:
        kinds = {kind for entry in self._entries.values() for kind in entry.kinds}
        return [hit for hit in self._search(text) if hit.kind in kinds]

    def _screen(self, key: str) -> QWidget:
        """The screen, built now if it never was."""
        if key not in self._screens:
            if key not in self._entries:
                raise BriefingError(f"There is no screen called “{key}”.")
            screen = self._entries[key].factory()
            as_screen(screen).navigate.connect(self.go)
            self._screens[key] = screen
            self._stack.addWidget(screen)
        return self._screens[key]

    def _on_rail_activated(self, key: str) -> None:
        self.go(Place(key))

    def _on_search_chosen(self, hit: SearchHit) -> None:
        key = next(entry.key for entry in self._entries.values() if hit.kind in entry.kinds)
        if self.go(Place(key, hit.id)):
            self._give_keyboard()

    def _on_history_moved(self, place: Place) -> None:
        screen = self._screen(place.screen)
        focus = self.focusWidget() or self
        follows = self._shown is None or focus is self._stack or self._stack.isAncestorOf(focus)
        self._stack.setCurrentWidget(screen)
        if screen is not self._shown and follows:
            self._give_keyboard()
        self._shown = screen
        self.rail.set_current(place.screen)
        try:
            as_screen(screen).show_place(place)
        except BriefingError as error:
            self.show_error(error)
        else:
            self.tell_title()

    def tell_title(self) -> None:
        """Call the window after what its screen shows now."""
        screen = self._stack.currentWidget()
        if screen is not None:
            self.setWindowTitle(f"{as_screen(screen).title} \N{EN DASH} {PROGRAM}")

    def _on_next_region_asked(self) -> None:
        """F6: from the rail to the bar to the screen and round again."""
        focus = self.focusWidget() or self
        if self.rail.isAncestorOf(focus):
            self.search_box.start()
        elif self.bar.isAncestorOf(focus):
            self._give_keyboard()
        else:
            self.rail.give_keyboard()

    def _give_keyboard(self) -> None:
        """The keyboard to the screen shown: to what it names itself, or to its beginning."""
        screen = self._stack.currentWidget()
        if screen is None or screen.focusProxy() is None:
            screen = self._stack
        screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_theme_changed(self) -> None:
        size = round(self._theme.factor * 100)
        changed = replace(self._settings.settings, theme=self._theme.scheme, text_size=size)
        self.remember(changed)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's names
        """Tab and Shift+Tab stop at everything that takes the keyboard."""
        with all_stops():
            return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that nothing else wanted leads from Help back to where one was."""
        place = self.history.current
        in_help = place is not None and place.screen == HELP
        if event.key() == Qt.Key.Key_Escape and in_help:
            self.history.back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell, once, when the settings file could not be used as it was."""
        super().showEvent(event)
        if self._settings.warning and not self._told_warning:
            self._told_warning = True
            self.show_error(BriefingError(self._settings.warning))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, and end all work; but first a screen may ask what it would lose."""
        screens = tuple(self._screens.values())
        if not all(may_close(screen, self.close) for screen in screens):
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.remember(replace(self._settings.settings, geometry=geometry))
        self._jobs.shutdown()
        super().closeEvent(event)
