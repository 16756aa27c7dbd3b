"""Sending a bundle to the team's own platform, and what became of each object."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.feeds.taxii import Collection
from briefing.feeds.taxii_publish import Published
from briefing.services.sources import SourceEntry
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_audience import AudienceChoice
from briefing.ui.views.feed_work import publish
from briefing.ui.views.form_dialog import FormDialog
from briefing.ui.views.import_work import Desk
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.closed_list import ClosedList
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.text_field import TextField

_REASONS = 6
_WARNING = (
    "Every object in the bundle goes to the server. Whoever may read the collection can read it"
    " then, and it cannot be called back from here."
)
_CEILING = (
    "Whoever may read the collection may see this and what is below it. Where an object is marked"
    " above, or bears no label, nothing is sent."
)


class PublishDialog(FormDialog):
    """A bundle, a collection, and the outcome."""

    def __init__(
        self, theme: Theme, parent: QWidget | None, jobs: Jobs, desk: Desk, entry: SourceEntry
    ) -> None:
        """Ask nothing of the server yet."""
        super().__init__(theme, parent, f"Publish to {entry.title}", "Publish")
        self._jobs = jobs
        self._desk = desk
        self._entry = entry
        self._job: Job[Published | tuple[Collection, ...]] | None = None
        self._progress = ProgressRow(theme)
        self.bundle = TextField(theme, "Bundle", "A STIX bundle (JSON)")
        self.collection = ClosedList()
        self.collection.setAccessibleName("Collection")
        self.collection.addItem("The one that takes it", "")
        self.ceiling = AudienceChoice(theme)
        self.ceiling.setAccessibleName("Readers may see up to")
        browse = normal_button(theme, "Choose…", "folder")
        browse.setAccessibleName("Choose the bundle")
        browse.clicked.connect(self._on_browse_clicked)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.bundle, 1)
        row.addWidget(browse)
        self.add("Bundle", line, _WARNING)
        self.add(
            "Collection",
            self.collection,
            "The server is asked when you publish. Where several take it, you choose one then.",
        )
        self.add("Readers may see up to", self.ceiling, _CEILING)
        self.do.clicked.connect(self._on_do_clicked)
        self.finished.connect(self._on_finished)

    def _on_do_clicked(self) -> None:
        path = self.bundle.text().strip()
        self.bundle.set_error("" if path else "Choose the file that is to be published.")
        if not path:
            self.bundle.input.setFocus()
            return
        work = partial(
            publish,
            self._desk,
            self._entry.id,
            Path(path),
            str(self.collection.currentData()),
            self.ceiling.level,
        )
        self.do.setEnabled(False)
        job = self._jobs.run(f"Publishing to {self._entry.title}", work, serial=True)
        self._job = job
        self._progress = ProgressRow(self._theme, job.label)
        self._progress.cancelled.connect(job.cancel)
        self.say(self._progress)
        job.progressed.connect(self._on_progressed)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        job.then(self._on_done)

    def _free(self) -> None:
        self._job = None
        self.do.setEnabled(True)

    def _on_progressed(self, step: int, total: int, words: str) -> None:
        if self._job is not None:
            self._progress.set_progress(words, step, total)

    def _on_done(self, outcome: Published | tuple[Collection, ...]) -> None:
        self._free()
        if isinstance(outcome, Published):
            self.leave.set_text("Close")
            self.say(*_told(self._theme, outcome))
            return
        self.collection.clear()
        for one in outcome:
            self.collection.addItem(one.title or one.id, one.id)
        self.collection.setFocus()
        words = f"{counted(len(outcome), 'collection')} take something from this account."
        self.say(Notice(self._theme, "info", words, "Choose one and publish again."))

    def _on_failed(self, error: BriefingError) -> None:
        self._free()
        self.say_error(error)

    def _on_cancelled(self) -> None:
        self._free()
        self.say(
            Notice(
                self._theme, "info", "Stopped.", "What had gone out by then stays at the server."
            )
        )

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_browse_clicked(self) -> None:
        dialog = QFileDialog(self, "Bundle to publish")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("STIX bundles (*.json);;All files (*)")
        dialog.fileSelected.connect(self.bundle.input.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _told(theme: Theme, outcome: Published) -> list[Notice]:
    parts = [f"{counted(outcome.accepted, 'object')} taken by the server."]
    if outcome.pending:
        parts.append(f"{outcome.pending:,} not decided yet.")
    found = [Notice(theme, "info", " ".join(parts))]
    bad = len(outcome.refused) + outcome.unnamed
    if bad:
        lines = [f"{item.native_id}: {item.reason}" for item in outcome.refused[:_REASONS]]
        if bad > len(lines):
            lines.append(f"And {bad - len(lines):,} more.")
        found.append(
            Notice(theme, "error", f"{counted(bad, 'object')} not taken.", "\n".join(lines))
        )
    return found
