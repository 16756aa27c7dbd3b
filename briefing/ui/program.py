"""The running program: application, theme, jobs, window and its screens, put together."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from briefing import __version__, paths
from briefing.services.library import Library
from briefing.services.task import Task
from briefing.services.world_map import read_world
from briefing.settings import SettingsFile
from briefing.ui.client_chooser import ClientChooser
from briefing.ui.errors import install_exception_hook
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.main_window import MainWindow
from briefing.ui.navigation import Place
from briefing.ui.registry import Kit, screen_entries
from briefing.ui.theme import Theme
from briefing.ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from briefing.services.relevance import RelevanceDesk

FIRST_SCREEN = "actors"
WARM_AFTER = 300
"""Milliseconds from the first painting until what comes next is loaded, beside the window."""
NEEDED_NEXT = ("briefing.services.compose_brief", "briefing.services.export_brief")
"""Without Qt, so that a worker may load them; the Briefings screen opens in half the time then."""
SCREENS_NEXT = tuple(
    f"briefing.ui.views.{name}"
    for name in ("briefing_work", "briefing_options", "briefing_preview", "briefings", "help")
)
"""With Qt: loaded one at a time on the window's thread, some milliseconds each."""
BETWEEN = 60
"""Milliseconds between two of them."""


class Program(QObject):
    """Everything a window needs, made once.

    Attributes:
        window: The window.
        theme: Its looks.
        jobs: What it has under way.
        looking: Through whose eyes it is looked.
        chooser: The two widgets of the top bar that say so.
    """

    painted = Signal()
    """The window stands with its list, and can be used; once."""
    completed = Signal()
    """The page beside the list has been filled and painted too; once."""

    def __init__(self, library: Library, settings: SettingsFile, workspace: Path) -> None:
        """Build the window; ``run`` shows it."""
        self._app = _application()
        super().__init__()
        self._library = library
        self._update: Callable[[], bool] | None = None
        self.theme = Theme(self)
        self.theme.explain_with(lambda: library.glossary)
        self.jobs = Jobs(self)
        self.looking = Looking()
        self.chooser = ClientChooser(self.theme, self.jobs, workspace, self.looking)
        kit = Kit(
            theme=self.theme,
            jobs=self.jobs,
            library=library,
            settings=settings,
            workspace=workspace,
            world=lambda: read_world(paths.resources_folder() / "map" / "world.json"),
            changed=self._on_data_changed,
            looking=self.looking,
            desk=lambda: self._desk,
            clients_changed=self.chooser.show_shelved,
        )
        self.window = MainWindow(
            self.theme,
            self.jobs,
            screen_entries(kit),
            library.search,
            library.data_as_of,
            settings,
        )
        for part in (self.chooser.client, self.chooser.audience):
            self.window.bar.add(part)
        self.chooser.navigate.connect(self.window.go)
        self.looking.client_changed.connect(self.window.tell_title)
        self.theme.apply(self._app)
        self._ring = FocusRing(self.theme, self.window)
        self._hook = install_exception_hook(self.window)
        self._end_when_painted = False
        self._has_ended = False
        self._is_painted = False

    @cached_property
    def _desk(self) -> RelevanceDesk:
        # lazy: 0.1 s, reading incidents; nobody is ranked before the window stands.
        from briefing.services.relevance import RelevanceDesk  # noqa: PLC0415 - start time

        return RelevanceDesk(self._library.knowledge)

    def update_after_start(self, update: Callable[[], bool]) -> None:
        """Take a newer bundle in once the window stands, in the background."""
        self._update = update

    def end_when_painted(self) -> None:
        """Close as soon as the first painting is done: for measuring the start."""
        self._end_when_painted = True

    def run(self) -> int:
        """Show the window and work until it closes; returns the exit code."""
        self.window.prepare(FIRST_SCREEN)
        self.window.installEventFilter(self)
        self.window.show()
        code = self._app.exec()
        self.end()
        return code

    def end(self) -> None:
        """Close the window, end what is under way, and leave nothing behind in the application."""
        if self._has_ended:
            return
        self._has_ended = True
        self.window.close()
        # Where a screen would have asked, nobody is left to answer.
        self.jobs.shutdown()
        self._hook.remove()
        # At once: the window goes while its theme is there, and no timer of a screen comes after.
        for part in (self._ring, self.window):
            part.deleteLater()
            QCoreApplication.sendPostedEvents(part, QEvent.Type.DeferredDelete.value)

    def _on_painted(self) -> None:
        self.painted.emit()
        # The list can be used; the page beside it follows, and then what search needs.
        self.window.go(Place(FIRST_SCREEN))
        QTimer.singleShot(0, self, self._on_completed)

    def _on_completed(self) -> None:
        self.completed.emit()
        if self._end_when_painted:
            self.window.close()
            return
        self.chooser.read()
        QTimer.singleShot(WARM_AFTER, self, self._warm)
        if self._update is not None:
            update = self._update
            job = self.jobs.run(
                "Taking in the newer bundled data", lambda _task: update(), serial=True
            )
            job.finished.connect(self._on_update_finished)

    def _warm(self) -> None:
        """Load what the first search and the first briefing need, beside what the person does."""
        library = self._library

        def load(_task: Task) -> None:
            library.warm()
            for module in NEEDED_NEXT:
                import_module(module)

        self.jobs.run("Loading what comes next", load).then(lambda _none: self._load_screens(0))

    def _load_screens(self, at: int) -> None:
        if self._has_ended:
            return
        if at < len(SCREENS_NEXT):
            import_module(SCREENS_NEXT[at])
            QTimer.singleShot(BETWEEN, self, lambda: self._load_screens(at + 1))
        else:
            # What is loaded now stays; the collector need not walk through it again and again.
            gc.freeze()

    def _on_update_finished(self, _changed: object) -> None:
        self._on_data_changed()

    def _on_data_changed(self) -> None:
        self._library.forget()
        if "_desk" in self.__dict__:
            self._desk.forget()
        self.window.bar.data_age.set_day(self._library.data_as_of)
        self.window.reload()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when the window has been painted for the first time."""
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            self.window.removeEventFilter(self)
            # The paint events of its children follow; after them the window is usable.
            QTimer.singleShot(0, self._on_painted)
        return super().eventFilter(watched, event)


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Threat Briefing")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("threat-briefing")
    return app
