"""The Sources screen: feeds, imports seen before they are applied, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefing import paths
from briefing.core.errors import BriefingError
from briefing.services.import_feeds import Result
from briefing.services.library import Library
from briefing.services.source_shelf import Shelf
from briefing.services.sources import SourceEntry
from briefing.services.tokens import Tokens
from briefing.settings import SettingsFile
from briefing.ui.jobs import Jobs
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.feed_work import drop_feed
from briefing.ui.views.import_notices import reading_notices, result_notices
from briefing.ui.views.import_words import undo_question
from briefing.ui.views.import_work import Desk, Pending
from briefing.ui.views.source_dialogs import SourceDialogs
from briefing.ui.views.source_list import ALL, PENDING, SourceList
from briefing.ui.views.source_panes import SourcePanes
from briefing.ui.views.source_stack import SourceStack
from briefing.ui.views.work_area import WorkArea, error_notice
from briefing.ui.widgets.drop_hint import DropHint
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.tab_order import lead

SCREEN = "sources"
_TELL_AFTER = 40
"""Milliseconds: one step at a time keeps the window's heart beating."""
_HINT = ("Drop to read", "You see what would change before anything is written.")


class SourcesView(QWidget):
    """``Place("sources", ID)`` shows a source; for other keys see ``source_list``.

    ``data_changed`` tells the window to read everything anew.
    """

    navigate = Signal(object)
    data_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        clock: Callable[[], datetime],
        tokens: Tokens | None = None,
    ) -> None:
        """Sources are read when the screen is first shown.

        Args:
            theme: Looks.
            jobs: Reads and writes in the background.
            library: The open database.
            settings: Where the name of whoever decides is remembered.
            clock: The present time.
            tokens: Where tokens are kept; the keyring of the system unless given.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._desk = Desk(library.knowledge, paths.data_folder(), clock, tokens or Tokens())
        self._shelf = Shelf()
        self._known: set[str] = set()
        self._is_read = False
        self._pending = Pending()
        self._shown = ""
        self._telling = False
        self._choosing = False
        self.list = SourceList(theme)
        self.work = WorkArea(theme, jobs, self)
        self.pages = SourceStack(theme, jobs, library.knowledge, settings, clock)
        self.dialogs = SourceDialogs(theme, jobs, self._desk, self)
        self._panes = SourcePanes(
            theme, self.list, self.list.import_button, self.list.rows, self.work, self.pages
        )
        self._lay_out()
        self._hint = DropHint(theme, self, *_HINT)
        self._connect()

    @property
    def title(self) -> str:
        """What the window is called."""
        entry = self._entry(self._shown)
        return f"Sources: {entry.title}" if entry else "Sources"

    @property
    def pending(self) -> Pending:
        """What was read and waits for a word."""
        return self._pending

    @property
    def busy(self) -> bool:
        """Whether something is under way here, or the sources are still being read."""
        return self.work.busy or not self._is_read

    def show_place(self, place: Place) -> None:
        """Show a source, the imports, the review queue, or what waits.

        Raises:
            BriefingError: where there is no such source.
        """
        first = f"{PENDING}0" if self._pending.waiting else ALL
        self._shown = place.subject or self._shown or first
        if not self._choosing:
            self._panes.bring(page=bool(place.subject))
        if self._is_read:
            self._show(self._shown)
        else:
            self._load()

    def reload(self) -> None:
        """Read the sources anew, in the background."""
        if not self._telling:
            self._load()

    def import_paths(self, files: Sequence[Path]) -> None:
        """Read files, folders or archives, and show what they would change."""
        self.work.start("Reading the files", lambda task: self._desk.read(files, task), self._wait)

    def update_source(self, source: str) -> None:
        """Ask a source's server for what is new, and show what it would change."""
        entry = self._entry(source)
        label = f"Updating {entry.title if entry else source}"
        self.work.start(label, lambda task: self._desk.update(source, task), self._wait)

    def update_all(self) -> None:
        """Ask every server, one after the other; what came waits together."""
        titles = {entry.id: entry.title for entry in self._shelf.entries}
        self.work.start(
            "Updating all sources", lambda task: self._desk.update_all(titles, task), self._wait
        )

    def apply(self) -> None:
        """Write everything that waits."""
        pending = self._pending
        if not pending.empty:
            self.work.start(
                "Taking in what was read",
                lambda task: self._desk.apply(pending, task),
                self._on_applied,
            )

    def forget_pending(self) -> None:
        """Leave what waits as it is: nothing of it was written."""
        self._wait_for(Pending())
        self._go(ALL)

    def undo(self, snapshot: int) -> None:
        """Take an import back."""
        self.work.start(
            "Taking the import back",
            partial(self._desk.undo, snapshot),
            partial(self._on_undone, snapshot),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._panes)
        self.setProperty(HELP_TOPIC, "sources")
        lead(self, self._panes)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        lists, pages, dialogs = self.list, self.pages, self.dialogs
        lists.chosen.connect(self._on_chosen)
        lists.opened.connect(lambda: self._panes.bring(page=True))
        lists.files_asked.connect(dialogs.ask_files)
        lists.folder_asked.connect(dialogs.ask_folder)
        lists.feed_asked.connect(lambda: dialogs.add_feed(self._shelf))
        lists.update_asked.connect(self.update_all)
        dialogs.files_chosen.connect(self.import_paths)
        dialogs.feed_kept.connect(self._on_feed_changed)
        pages.page.import_asked.connect(dialogs.ask_files)
        pages.page.update_asked.connect(self.update_source)
        pages.page.edit_asked.connect(self._on_edit_asked)
        pages.page.remove_asked.connect(self._on_remove_asked)
        pages.page.publish_asked.connect(self._on_publish_asked)
        for asking in (pages.page, pages.imports, pages.preview):
            asking.undo_asked.connect(self._on_undo_asked)
        pages.preview.all_asked.connect(lambda: self.navigate.emit(Place(SCREEN, ALL)))
        pages.preview.bar.apply_asked.connect(self.apply)
        pages.preview.bar.cancel_asked.connect(self.forget_pending)
        pages.preview.bar.leave_asked.connect(self._on_leave_asked)
        pages.identity.navigate.connect(self.navigate)
        pages.identity.decided.connect(self._on_decided)
        self.work.changed.connect(self._show_ready)
        self.work.ended.connect(self._on_work_ended)

    def _load(self) -> None:
        job = self._jobs.run("Reading the sources", lambda _task: self._desk.shelf(), serial=True)
        job.failed.connect(self._on_load_failed)
        job.then(self._on_loaded)

    def _on_loaded(self, shelf: Shelf) -> None:
        self._shelf, self._is_read = shelf, True
        self._fill_list()
        try:
            self._show(self._shown or ALL)
        except BriefingError as error:
            self._show(ALL)
            self.work.say((error_notice(self._theme, error),))

    def _on_load_failed(self, error: BriefingError) -> None:
        self._is_read = True
        self.work.say((error_notice(self._theme, error),))

    def _entry(self, source: str) -> SourceEntry | None:
        return next((entry for entry in self._shelf.entries if entry.id == source), None)

    def _fill_list(self) -> None:
        self.list.show_shelf(self._shelf, self._pending.digests)
        self.list.select(self._shown)

    def _wait_for(self, pending: Pending) -> None:
        self._pending = pending
        self._fill_list()
        self._show_ready()

    def _show(self, key: str) -> None:
        self._known.update(entry.id for entry in self._shelf.entries)
        # A step back may lead to a source whose only import has been undone since.
        is_gone = key in self._known and self._entry(key) is None
        self._shown = self.pages.show_key(ALL if is_gone else key, self._shelf, self._pending)
        self.list.select(self._shown)
        self._show_ready()

    def _go(self, key: str) -> None:
        """Show something; where the screen is in front, as a step that leads back."""
        self._shown = key
        if self.isVisible():
            self.navigate.emit(Place(SCREEN, key))
        else:
            self._show(key)

    def _show_ready(self) -> None:
        self.list.set_ready(not self.work.busy)
        self.pages.set_ready(free=not self.work.busy, pending=self._pending)

    def _wait(self, pending: Pending) -> None:
        """Show what was read; nothing of it is written."""
        if pending.waiting:
            self._wait_for(pending)
            self._go(f"{PENDING}0")
        else:
            self._load()
        self.work.say(reading_notices(self._theme, pending))

    def _on_applied(self, outcome: tuple[tuple[Result, ...], Shelf]) -> None:
        results, self._shelf = outcome
        self._wait_for(Pending())
        self._go(results[0].source if len(results) == 1 else ALL)
        self.work.say(result_notices(self._theme, results))
        self._tell_soon()

    def _on_undone(self, snapshot: int, outcome: tuple[tuple[int, int], Shelf]) -> None:
        (back, gone), self._shelf = outcome
        self._fill_list()
        if self._entry(self._shown) is None and self._shown not in self.list.quiet:
            self._go(ALL)
        else:
            self._show(self._shown)
        words = f"{back:,} rows hold again, {gone:,} are gone."
        self.work.say((Notice(self._theme, "info", f"Import {snapshot} was undone.", words),))
        self._tell_soon()

    def _tell_soon(self) -> None:
        """Let other screens read anew once this one has been painted."""
        QTimer.singleShot(_TELL_AFTER, self, self._tell)

    def _tell(self) -> None:
        self._telling = True
        self.data_changed.emit()
        self._telling = False

    def _on_chosen(self, key: str) -> None:
        if key != self._shown:
            self.work.say(())
            # In a narrow window arrow keys run through the list without leaving it.
            self._choosing = True
            self.navigate.emit(Place(SCREEN, key))
            self._choosing = False

    def _on_work_ended(self, had_keyboard: bool) -> None:
        if had_keyboard:
            self._panes.enter_list()

    def _on_leave_asked(self) -> None:
        place = int(self._shown.removeprefix(PENDING))
        self._wait_for(self._pending.without(place))
        self._go(f"{PENDING}{max(place - 1, 0)}")

    def _on_undo_asked(self, snapshot: int) -> None:
        row = next((row for row in self._shelf.history if row.id == snapshot), None)
        if row is not None:
            self.work.ask(*undo_question(row), "Undo this import", partial(self.undo, snapshot))

    def _on_remove_asked(self, source: str) -> None:
        entry = self._entry(source)
        if entry is not None:
            self.work.ask(
                f"Remove the feed {entry.title}?",
                "Its address and its token are forgotten. What was taken from it stays.",
                "Remove the feed",
                partial(self._remove, source),
            )

    def _remove(self, source: str) -> None:
        self.work.start(
            "Removing the feed",
            lambda _task: drop_feed(self._desk, source),
            lambda _none: self._on_feed_changed(ALL),
        )

    def _on_edit_asked(self, source: str) -> None:
        try:
            self.dialogs.edit_feed(self._shelf, source)
        except BriefingError as error:
            self.work.say((error_notice(self._theme, error),))

    def _on_publish_asked(self, source: str) -> None:
        entry = self._entry(source)
        if entry is not None:
            self.dialogs.publish(entry)

    def _on_feed_changed(self, key: str) -> None:
        """Show it once the sources have been read anew."""
        self._shown = key
        self._load()

    def _on_decided(self) -> None:
        self._load()
        self._tell_soon()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper behind everything."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("paper"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is under way."""
        if event.key() == Qt.Key.Key_Escape and self.work.busy:
            self.work.cancel()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped unless something is under way."""
        if not self.work.busy and _files(event.mimeData()):
            event.acceptProposedAction()
            self._hint.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        self._hint.hide()
        files = _files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.import_paths(files)


def _files(dragged: QMimeData) -> list[Path]:
    """Files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
