"""Writing a briefing to files: which formats, where to, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from briefing.core.errors import BriefingError, CancelledError
from briefing.core.wording import counted, listed
from briefing.exports.registry import FORMATS, ExportFormat
from briefing.services.file_names import file_stem
from briefing.services.format_limits import format_limits
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_formats import FormatChoice
from briefing.ui.views.briefing_wish import Wish
from briefing.ui.views.briefing_work import Exported, Preview, export_files
from briefing.ui.views.briefing_written import (
    written,
)
from briefing.ui.widgets.buttons import Button, normal_button, primary_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import ElidedLabel, Label
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow

Targets = tuple[tuple[ExportFormat, Path], ...]

_NAMED = 2
"""Formats that the button names; of more it gives the number."""


class ExportPanel(QFrame):
    """The foot of the form. ``exported`` tells what was written, also where only part of it was."""

    exported = Signal(object, object)
    """The Wish and the Exported."""
    batch_asked = Signal()
    """Somebody wants briefings for many clients at once."""

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        """Nothing can be exported yet."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._preview: Preview | None = None
        self._job: Job[Exported] | None = None
        self._folder = ""
        self.setProperty("look", "quiet")
        self.choice = FormatChoice(theme)
        self.button = primary_button(theme, "Export…", "export")
        self.batch = normal_button(theme, "Batch…", "clients")
        self.batch.setAccessibleDescription("Briefings for many clients at once")
        self._why = ElidedLabel(theme, "", "note", "ink_3")
        self._outcome = QWidget()
        self._outcome_rows = QVBoxLayout(self._outcome)
        self._outcome_rows.setContentsMargins(0, 0, 0, 0)
        self._buttons = QWidget()
        self._foot = FlowLayout(self._buttons)
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self._show_button()

    @property
    def formats(self) -> tuple[ExportFormat, ...]:
        """The formats that are ticked."""
        return self.choice.formats

    def choose(self, name: str, *, on: bool) -> None:
        """Tick a format, or take it back."""
        self.choice.choose(name, on=on)

    def add_button(self, button: Button) -> None:
        """Put another button beside the one that exports."""
        self._foot.removeWidget(self.batch)
        self._foot.addWidget(button)
        self._foot.addWidget(self.batch)

    def set_preview(self, preview: Preview | None) -> None:
        """What would be exported; None while there is nothing, or something newer is on its way."""
        self._preview = preview
        if preview is not None:
            self.choice.set_limits(format_limits(preview.brief))
        self._show_button()

    def clear_outcome(self) -> None:
        """Forget what the last export said."""
        if self._job is None:
            self._show(())

    def start(self, targets: Targets) -> None:
        """Write what is shown now to these files."""
        preview = self._preview
        if preview is None or self._job is not None:
            return
        brief = preview.brief
        job = self._jobs.run("Exporting", lambda task: export_files(brief, targets, task))
        self._job = job
        row = ProgressRow(self._theme, "Exporting")
        row.cancelled.connect(job.cancel)
        # Asked of the window: while the dialog for the name closes, no window has the keyboard.
        had_keyboard = self.window().focusWidget() is self.button
        job.progressed.connect(lambda step, total, label: row.set_progress(label, step, total))
        job.finished.connect(partial(self._on_job_finished, preview.wish))
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)
        self._show((row,))
        if had_keyboard:
            # Before the button is disabled, or Qt would hand the keyboard to whatever comes next.
            row.findChildren(QPushButton)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_button()

    def _end(self, widgets: Sequence[QWidget]) -> None:
        """Say what came of it, and give the keyboard back if nobody took it elsewhere."""
        self._job = None
        focus = self.window().focusWidget()
        has_keyboard = focus is not None and self._outcome.isAncestorOf(focus)
        self._show_button()
        if has_keyboard:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(widgets)

    def _lay_out(self) -> None:
        for button in (self.button, self.batch):
            self._foot.addWidget(button)
        self._rows.addWidget(Label(self._theme, "Export", "heading"))
        self._rows.addWidget(self.choice)
        self._rows.addWidget(self._buttons)
        self._rows.addWidget(self._why)
        self._rows.addWidget(self._outcome)

    def _connect(self) -> None:
        self.choice.changed.connect(self._show_button)
        self.button.clicked.connect(self._on_button_clicked)
        self.batch.clicked.connect(self.batch_asked)
        self._theme.changed.connect(self._on_theme_changed)

    def _show_button(self) -> None:
        chosen = self.formats
        labels = (
            listed(known.label for known in chosen)
            if len(chosen) <= _NAMED
            else counted(len(chosen), "file")
        )
        self.button.set_text(f"Export {labels}…" if chosen else "Export…")
        ready = self._preview is not None and bool(chosen) and self._job is None
        self.button.setEnabled(ready)
        why = "" if chosen else "Choose a format first."
        if chosen and self._preview is None:
            why = "The preview has to be ready first."
        self.button.setAccessibleDescription(why)
        self._why.setText("" if chosen else why)
        self._why.setVisible(not chosen)

    def _show(self, widgets: Sequence[QWidget]) -> None:
        clear_layout(self._outcome_rows)
        for widget in widgets:
            self._outcome_rows.addWidget(widget)
        self._outcome.setVisible(bool(widgets))

    def _on_button_clicked(self) -> None:
        preview, formats = self._preview, self.formats
        if preview is None or not formats:
            return
        folder = self._folder or documents()
        proposed = Path(folder) / f"{file_stem(preview.brief)}{formats[0].suffixes[0]}"
        dialog = QFileDialog(self.window(), f"Export {preview.brief.subject}", str(proposed.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Of two formats the dialog knows one; all targets are asked about here.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilters([filter_words(known) for known in formats])
        dialog.setDefaultSuffix(formats[0].suffixes[0].removeprefix("."))
        dialog.selectFile(proposed.name)
        dialog.fileSelected.connect(partial(self._on_file_selected, formats))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_selected(self, formats: tuple[ExportFormat, ...], path: str) -> None:
        self._folder = str(Path(path).parent)
        targets = targets_at(Path(path), formats)
        standing = [target.name for _, target in targets if target.exists()]
        if not standing:
            self.start(targets)
            return
        stand = "stands" if len(standing) == 1 else "stand"
        text = f"{listed(standing)} {stand} in {Path(path).parent} already."
        actions = (
            ("Replace", partial(self.start, targets)),
            ("Choose another name", self._on_button_clicked),
        )
        title = "Replace it?" if len(standing) == 1 else "Replace them?"
        self._show((Notice(self._theme, "warning", title, text, actions),))

    def _on_job_finished(self, wish: Wish, exported: Exported) -> None:
        widgets = written(self._theme, exported.files)
        for problem in exported.problems:
            if isinstance(problem, CancelledError):
                widgets.append(self._stopped(bool(exported.files)))
            else:
                widgets.append(self._refused(problem))
        self._end(widgets)
        if exported.files:
            self.exported.emit(wish, exported)

    def _on_job_failed(self, error: BriefingError) -> None:
        self._end((self._refused(error),))

    def _on_job_cancelled(self) -> None:
        self._end((self._stopped(False),))

    def _refused(self, error: BriefingError) -> Notice:
        actions = [("Choose another place", self._on_button_clicked)]
        return Notice(self._theme, "error", error.message, error.remedy, actions)

    def _stopped(self, partly: bool) -> Notice:
        text = "The rest was not written." if partly else "Nothing was written."
        return Notice(self._theme, "info", "The export was stopped.", text)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(px(20), px(10), px(20), px(14))
        self._rows.setSpacing(px(8))
        self._outcome_rows.setSpacing(px(8))
        self._foot.set_spacing(px(8))


def targets_at(path: Path, formats: Sequence[ExportFormat]) -> Targets:
    """Where each format goes: the chosen name, with the ending of the format."""
    stem = next((known.stem(path.name) for known in FORMATS if known.fits(path.name)), path.name)
    return tuple(
        (known, path if known.fits(path.name) else path.parent / (stem + known.suffixes[0]))
        for known in formats
    )


def filter_words(known: ExportFormat) -> str:
    """``PDF (*.pdf)``."""
    return f"{known.label} ({' '.join(f'*{suffix}' for suffix in known.suffixes)})"


def documents() -> str:
    """The person's folder for documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place) or str(Path.home())
