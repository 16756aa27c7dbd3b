"""Briefings for many clients at once: whom for, in which formats, where to, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.core.world import World
from briefing.services.batch import Batched, BatchRequest, write_batch
from briefing.services.batch_clients import Candidate, of_workspace
from briefing.services.deliveries import record_deliveries
from briefing.services.task import Task
from briefing.store.connection import KnowledgeFile
from briefing.ui.clock import now
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_batch_clients import ClientChoice
from briefing.ui.views.briefing_batch_results import BatchResults
from briefing.ui.views.briefing_export import documents
from briefing.ui.views.briefing_formats import FormatChoice
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.labels import ElidedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.text_field import TextField

TITLE = "Briefings for many clients"
_NOBODY = "There is no client in your workspace."
_ADD_ONE = "Set one up on the Clients screen, then come back."
_KEPT = (
    "Each is for its own client’s audience and in its own look."
    " A file of the same name is replaced."
)


class BatchDialog(FormDialog):
    """Stays open while a run is under way: Escape stops the run, and a second one closes."""

    delivered = Signal()
    """What was written is remembered in the workspace."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        knowledge: KnowledgeFile,
        workspace: Path,
        world: Callable[[], World],
        parent: QWidget | None,
        *,
        author: str = "",
        clock: Callable[[], datetime] = now,
    ) -> None:
        """The clients are read in the background; ``author`` is suggested."""
        super().__init__(theme, parent, TITLE, "Write briefings")
        self._jobs = jobs
        self._knowledge = knowledge
        self._workspace = workspace
        self._world = world
        self._clock = clock
        self._job: Job[Batched] | None = None
        self._progress: ProgressRow | None = None
        self.results: BatchResults | None = None
        """What came of the last run; None while there is none to show."""
        self.clients = ClientChoice(theme)
        self.choice = FormatChoice(theme, explained=True)
        self.one_page = QCheckBox("Only the executive page")
        self.author = TextField(theme, "Author", "Nobody is named unasked", author)
        self.folder = Path(documents())
        self._folder_line = ElidedLabel(theme, str(self.folder), "table")
        self.choose_folder = normal_button(theme, "Choose…", "folder")
        self.choose_folder.setAccessibleName("Choose the folder")
        self._parts = [
            self.add("Clients", self.clients),
            self.add("Formats", self.choice),
            self.add("Length", self.one_page),
            self.add("Author", self.author),
            self.add("Folder", self._folder_row(), _KEPT),
        ]
        self.choice.changed.connect(self._show_button)
        self.clients.changed.connect(self._show_button)
        self.choose_folder.clicked.connect(self._on_choose_folder_clicked)
        self.do.clicked.connect(self._on_do_clicked)
        theme.changed.connect(self._on_batch_theme_changed)
        self._on_batch_theme_changed()
        self._show_button()
        self._read_clients()

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._job is not None

    def set_folder(self, folder: Path) -> None:
        """Write to another folder."""
        self.folder = folder
        self._folder_line.setText(str(folder))

    def start(self) -> None:
        """Write for everybody who is chosen."""
        candidates, formats = self.clients.chosen, self.choice.formats
        if self.is_running or not candidates or not formats:
            return
        request = BatchRequest(
            formats=formats,
            folder=self.folder,
            at=self._clock(),
            one_page=self.one_page.isChecked(),
            author=self.author.text().strip(),
        )
        job = self._jobs.run(TITLE, lambda task: self._write(candidates, request, task))
        self._job = job
        row = ProgressRow(self._theme, TITLE)
        self._progress = row
        row.cancelled.connect(job.cancel)
        job.progressed.connect(lambda step, total, name: row.set_progress(name, step, total))
        job.finished.connect(self._on_job_finished)
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)
        self.say(row)
        row.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_button()

    def reject(self) -> None:
        """Close; a run is stopped first, and what came of it is shown."""
        if self._job is None:
            super().reject()
        elif self._progress is not None:
            self._progress.set_cancelling()
            self._job.cancel()

    def _write(
        self, candidates: tuple[Candidate, ...], request: BatchRequest, task: Task
    ) -> Batched:
        """On a worker."""
        return write_batch(self._knowledge, candidates, request, self._world(), task)

    def _folder_row(self) -> QWidget:
        holder = QWidget()
        self._folder_box = QHBoxLayout(holder)
        self._folder_box.setContentsMargins(0, 0, 0, 0)
        self._folder_box.addWidget(self._folder_line, 1)
        self._folder_box.addWidget(self.choose_folder)
        return holder

    def _read_clients(self) -> None:
        workspace = self._workspace
        job = self._jobs.run(
            "Reading your clients", lambda _task: of_workspace(workspace), serial=True
        )
        job.failed.connect(self.say_error)
        job.then(self._on_clients_read)

    def _on_clients_read(self, found: tuple[Candidate, ...]) -> None:
        self.clients.set_candidates(found)
        if not found:
            self.say(Notice(self._theme, "empty", _NOBODY, _ADD_ONE, icon_name="clients"))
        QTimer.singleShot(0, self, self.fit)

    def _show_button(self) -> None:
        number, formats = len(self.clients.chosen), len(self.choice.formats)
        running = self.is_running
        for part in self._parts:
            part.setEnabled(not running)
        if self.results is not None:
            self.do.set_text("Back to the choice")
            self.do.setEnabled(True)
            return
        words = counted(number * formats, "file") if number and formats else "briefings"
        self.do.set_text(f"Write {words}")
        self.do.setEnabled(bool(number and formats) and not running)
        why = "Choose a client first." if not number else ""
        self.do.setAccessibleDescription(why or ("" if formats else "Choose a format first."))
        # While a run is under way, its own row has the one button that stops it.
        self.leave.setVisible(not running)

    def _show_results(self, results: BatchResults | None) -> None:
        """Show what came of a run in the place of the form, or the form again."""
        if self.results is not None:
            self.results.hide()
            self.results.deleteLater()
        self.results = results
        for part in self._parts:
            part.setVisible(results is None)
        if results is not None:
            self.page.body.addWidget(results)
        self._show_button()
        self.leave.set_text("Cancel" if results is None else "Close")
        self.page.verticalScrollBar().setValue(0)
        # Once the rows are laid out: before, nobody knows how high they are.
        QTimer.singleShot(0, self, self.fit)

    def _end(self) -> None:
        self._job = self._progress = None
        self.say()
        self._show_button()

    def _on_do_clicked(self) -> None:
        if self.results is not None:
            self._show_results(None)
            self.clients.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.start()

    def _on_choose_folder_clicked(self) -> None:
        dialog = QFileDialog(self, "The folder for the briefings", str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.set_folder(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_job_finished(self, batched: Batched) -> None:
        self._end()
        self._show_results(BatchResults(self._theme, batched))
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        self._remember(batched)

    def _on_job_failed(self, error: BriefingError) -> None:
        self._end()
        self.say_error(error)

    def _on_job_cancelled(self) -> None:
        self._end()
        self.say(Notice(self._theme, "info", "The run was stopped.", "Nothing was written."))

    def _remember(self, batched: Batched) -> None:
        workspace, deliveries = self._workspace, batched.deliveries
        job = self._jobs.run(
            "Remembering the deliveries",
            lambda _task: record_deliveries(workspace, deliveries),
            serial=True,
        )
        job.failed.connect(self.say_error)
        job.then(lambda _none: self.delivered.emit())

    def _on_batch_theme_changed(self) -> None:
        self._folder_box.setSpacing(self._theme.px(8))
        self.one_page.setFont(self._theme.font("body"))
