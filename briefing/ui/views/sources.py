"""The Sources screen: feeds, imports seen before they are applied, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefing import paths
from briefing.core.errors import BriefingError
from briefing.core.history import SnapshotRow
from briefing.core.wording import counted
from briefing.services.import_feeds import Result, undo_import
from briefing.services.library import Library
from briefing.services.sources import SourceEntry, history, list_sources, quarantine
from briefing.services.task import Task
from briefing.settings import SettingsFile
from briefing.ui.errors import show_error
from briefing.ui.jobs import Job, Jobs
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.identity_queue import IdentityQueue
from briefing.ui.views.import_preview import ImportPreview
from briefing.ui.views.import_work import Pending, apply_pending, fetch_update, read_files
from briefing.ui.views.source_page import SourcePage
from briefing.ui.views.source_rows import (
    ALL,
    IDENTITY,
    PENDING,
    list_rows,
    refused_notices,
    result_notices,
)
from briefing.ui.widgets.buttons import menu_button
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.two_line_list import TwoLineList

SCREEN = "sources"
_LIST_WIDTH = 324
_LIST_SHARE = 0.4
_FILTERS = "Feeds (*.json *.gz *.zip *.xml *.rdf *.atom *.rss *.csv *.txt);;All files (*)"


class SourcesView(QWidget):
    """``Place("sources", ID)`` shows a source, ``identity`` the review queue.

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
    ) -> None:
        """Sources are read when the screen is first shown."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._clock = clock
        self._entries: dict[str, SourceEntry] = {}
        self._history: tuple[SnapshotRow, ...] = ()
        self._pending: Pending | None = None
        self._job: Job[object] | None = None
        self._shown = ""
        self._title = Label(theme, "Sources", "title")
        self._menu = QMenu(self)
        self.import_button = menu_button(theme, "Import", self._menu, "import")
        self._summary = WrappedLabel(theme, "", "table", "ink_2")
        self.list = TwoLineList(theme, "Sources")
        self.page = SourcePage(theme)
        self.preview = ImportPreview(theme)
        self.identity = IdentityQueue(theme, jobs, library.knowledge, clock, settings)
        self._stack = QStackedWidget()
        self._outcome = QWidget()
        self._outcome_rows = QVBoxLayout(self._outcome)
        self._left = QWidget()
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def title(self) -> str:
        """What the window is called."""
        entry = self._entries.get(self._shown)
        return f"Sources: {entry.title}" if entry else "Sources"

    @property
    def pending(self) -> Pending | None:
        """What was read and waits for a word."""
        return self._pending

    def show_place(self, place: Place) -> None:
        """Show a source, the imports, the review queue, or what waits.

        Raises:
            BriefingError: where there is no such source.
        """
        if not self._entries:
            self.reload()
        self._show(place.subject or self._shown or ALL)

    def reload(self) -> None:
        """Read the sources anew."""
        knowledge = self._library.knowledge
        today = self._clock().date()
        entries = list_sources(knowledge, paths.data_folder(), today)
        self._entries = {entry.id: entry for entry in entries}
        self._history = history(knowledge)
        held = sum(1 for entry in entries if entry.records)
        asked = max((entry.checked_at[:10] for entry in entries), default="")
        online = f"last online {asked}, on request" if asked else "never online"
        self._summary.setText(f"{counted(held, 'source')} held · {online}")
        self._fill_list()

    def import_paths(self, files: Sequence[Path]) -> None:
        """Read files, folders or archives, and show what they would change."""
        knowledge, data = self._library.knowledge, paths.data_folder()
        self._start(
            "Reading the files", lambda task: read_files(knowledge, data, files, task), self._wait
        )

    def update_source(self, source: str) -> None:
        """Ask a source's server for what is new, and show what it would change."""
        knowledge, data, clock = self._library.knowledge, paths.data_folder(), self._clock
        self._start(
            f"Updating {self._entries[source].title}",
            lambda task: fetch_update(knowledge, data, source, clock, task),
            self._wait,
        )

    def apply(self) -> None:
        """Write everything that waits."""
        pending = self._pending
        if pending is None:
            return
        path, now = self._library.knowledge.path, self._clock()
        self._start(
            "Taking in what was read",
            lambda task: apply_pending(path, pending, now, task),
            self._on_applied,
        )

    def forget_pending(self) -> None:
        """Leave what waits as it is: nothing of it was written."""
        self._pending = None
        self._fill_list()
        self._show(ALL)

    def undo(self, snapshot: int) -> None:
        """Take an import back."""
        path = self._library.knowledge.path
        self._start(
            "Taking the import back",
            lambda _task: undo_import(path, snapshot),
            partial(self._on_undone, snapshot),
        )

    def _start(
        self,
        label: str,
        work: Callable[[Task], object],
        then: Callable[..., None],
    ) -> None:
        if self._job is not None:
            return
        job: Job[object] = self._jobs.run(label, work, serial=True)
        self._job = job
        row = ProgressRow(self._theme, label)
        row.cancelled.connect(job.cancel)
        job.progressed.connect(lambda step, total, words: row.set_progress(words, step, total))
        job.finished.connect(partial(self._end, then))
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self._say((row,))
        self._show_ready()

    def _end(self, then: Callable[..., None], result: object) -> None:
        self._job = None
        self._say(())
        then(result)
        self._show_ready()

    def _wait(self, pending: Pending) -> None:
        """Show what was read; nothing of it is written."""
        self._pending = pending if pending.previews else None
        self._fill_list()
        if pending.previews:
            self._show(f"{PENDING}0")
        self._say(refused_notices(self._theme, pending.refused))

    def _on_applied(self, results: tuple[Result, ...]) -> None:
        self._pending = None
        self.data_changed.emit()
        self.reload()
        self._show(results[0].source if len(results) == 1 else ALL)
        self._say(result_notices(self._theme, results))

    def _on_undone(self, snapshot: int, counted_rows: tuple[int, int]) -> None:
        self.data_changed.emit()
        self.reload()
        self._show(self._shown)
        words = f"{counted_rows[0]:,} rows hold again, {counted_rows[1]:,} are gone."
        self._say((Notice(self._theme, "info", f"Import {snapshot} was undone.", words),))

    def _on_failed(self, error: BriefingError) -> None:
        self._job = None
        self._say((Notice(self._theme, "error", error.message, error.remedy),))
        self._show_ready()

    def _on_cancelled(self) -> None:
        self._job = None
        self._say((Notice(self._theme, "info", "Stopped.", "Nothing was changed."),))
        self._show_ready()

    def _say(self, widgets: Sequence[QWidget]) -> None:
        while (item := self._outcome_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._outcome_rows.addWidget(widget)
        self._outcome.setVisible(bool(widgets))

    def _show_ready(self) -> None:
        free = self._job is None
        self.import_button.setEnabled(free)
        self.page.update_button.setEnabled(free)
        self.preview.set_ready(free and self._pending is not None and not self._pending.empty)

    def _fill_list(self) -> None:
        waiting = self._pending.previews if self._pending else ()
        self.list.row_changed.disconnect(self._on_row_changed)
        self.list.set_items(
            list_rows(self._entries.values(), waiting, len(self._history), self.identity.waiting)
        )
        self.list.select_key(self._shown)
        self.list.row_changed.connect(self._on_row_changed)

    def _show(self, key: str) -> None:
        if key.startswith(PENDING) and self._pending is not None:
            number = int(key.removeprefix(PENDING))
            preview = self._pending.previews[number]
            held = self._entries.get(preview.source.id)
            self.preview.show_preview(
                preview, held.version if held else "", len(self._pending.previews)
            )
            self._stack.setCurrentWidget(self.preview)
        elif key == IDENTITY:
            self.identity.reload()
            self._stack.setCurrentWidget(self.identity)
        elif key in self._entries:
            rows = [row for row in self._history if row.source == key]
            self.page.show_source(self._entries[key], rows)
            self._stack.setCurrentWidget(self.page)
        elif key == ALL or key.startswith(PENDING):
            key = ALL
            self.page.show_all(
                self._history,
                "Import brings in files, folders, ZIP archives or a stick; each feed is recognised"
                " by its content. You see what would change before anything is written.",
            )
            self._stack.setCurrentWidget(self.page)
        else:
            raise BriefingError(f"There is no source “{key}”.", remedy="Choose one from the list.")
        self._shown = key
        self.list.select_key(key)
        self._show_ready()

    def _on_row_changed(self, key: str) -> None:
        if key != self._shown:
            self._say(())
            self.navigate.emit(Place(SCREEN, key))

    def _on_import_chosen(self, snapshot: int) -> None:
        self.page.show_quarantine(quarantine(self._library.knowledge, snapshot))

    def _on_files_asked(self) -> None:
        dialog = QFileDialog(self.window(), "Import feeds")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_FILTERS)
        dialog.filesSelected.connect(lambda names: self.import_paths([Path(n) for n in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_asked(self) -> None:
        dialog = QFileDialog(self.window(), "Import a folder or a stick")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.import_paths([Path(name)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_decided(self) -> None:
        self.data_changed.emit()
        self._fill_list()

    def _on_error(self, error: BriefingError) -> None:
        show_error(self.window(), error, self._theme)

    def _lay_out(self) -> None:
        self._menu.addAction("Files or archives…", self._on_files_asked)
        self._menu.addAction("A folder or a stick…", self._on_folder_asked)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.import_button)
        self._head = head
        self._left_rows = QVBoxLayout(self._left)
        self._summary_row = QHBoxLayout()
        self._summary_row.addWidget(self._summary)
        self._left_rows.addLayout(head)
        self._left_rows.addLayout(self._summary_row)
        self._left_rows.addWidget(self.list, 1)
        for page in (self.page, self.preview, self.identity):
            self._stack.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._outcome)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(Divider(self._theme, vertical=True))
        row.addLayout(right, 1)
        self._outcome.hide()
        self.setProperty(HELP_TOPIC, "reading#sources")
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.row_changed.connect(self._on_row_changed)
        self.list.row_activated.connect(self._on_row_changed)
        self.page.undo_asked.connect(self.undo)
        self.page.update_asked.connect(self.update_source)
        self.page.import_chosen.connect(self._on_import_chosen)
        self.preview.apply_asked.connect(self.apply)
        self.preview.cancel_asked.connect(self.forget_pending)
        self.identity.navigate.connect(self.navigate)
        self.identity.decided.connect(self._on_decided)
        self._theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(16), 0, px(16), 0)
        self._summary_row.setContentsMargins(px(16), 0, px(16), 0)
        self._left_rows.setContentsMargins(0, px(12), 0, 0)
        self._left_rows.setSpacing(px(8))
        self._outcome_rows.setContentsMargins(px(20), px(12), px(20), 0)
        self._outcome_rows.setSpacing(px(8))
        self._arrange()

    def _arrange(self) -> None:
        wanted = self._theme.px(_LIST_WIDTH)
        self._left.setFixedWidth(min(wanted, max(round(self.width() * _LIST_SHARE), 160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper behind everything."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("paper"))
