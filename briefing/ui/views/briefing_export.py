"""Writing a briefing to files: which formats, where to, how far it is, what came of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError, CancelledError
from briefing.core.wording import counted, listed
from briefing.exports.registry import FORMATS, ExportFormat
from briefing.services.export_brief import ExportedFile
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_work import Exported, Preview, Wish, export_files
from briefing.ui.widgets.buttons import LinkButton, primary_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import ElidedLabel, Label, WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow

Targets = tuple[tuple[ExportFormat, Path], ...]

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80


class _Written(QWidget):
    """A file that was written: its name, its size, and the way to it."""

    def __init__(self, theme: Theme, file: ExportedFile) -> None:
        super().__init__()
        name = ElidedLabel(theme, file.path.name, "key")
        folder = LinkButton(theme, "Open folder", "key", f"Open the folder of {file.path.name}")
        folder.clicked.connect(partial(open_folder, file.path))
        icon = IconLabel(theme, "check-circle", 14, "done", "table")
        head = QHBoxLayout()
        head.setSpacing(theme.px(6))
        head.addWidget(icon)
        head.addWidget(name, 1)
        head.addWidget(folder)
        where = WrappedLabel(theme, file_words(file), "note", "ink_3")
        where.setContentsMargins(0, 0, 0, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(where)
        self.setAccessibleName(f"Written: {file.path.name}, {file_words(file)}")


class ExportPanel(QFrame):
    """The foot of the form. ``exported`` tells what was written, also where only part of it was."""

    exported = Signal(object, object)
    """The Wish and the Exported."""

    def __init__(self, theme: Theme, jobs: Jobs) -> None:
        """Nothing can be exported yet."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._preview: Preview | None = None
        self._job: Job[Exported] | None = None
        self._folder = ""
        self.setProperty("look", "quiet")
        self._boxes = {known.name: QCheckBox(known.label) for known in FORMATS}
        self.button = primary_button(theme, "Export…", "export")
        self._why = ElidedLabel(theme, "", "note", "ink_3")
        self._outcome = QWidget()
        self._outcome_rows = QVBoxLayout(self._outcome)
        self._outcome_rows.setContentsMargins(0, 0, 0, 0)
        self._foot = QHBoxLayout()
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self._show_button()

    @property
    def formats(self) -> tuple[ExportFormat, ...]:
        """The formats that are ticked."""
        return tuple(known for known in FORMATS if self._boxes[known.name].isChecked())

    def choose(self, name: str, *, on: bool) -> None:
        """Tick a format, or take it back."""
        self._boxes[name].setChecked(on)

    def set_preview(self, preview: Preview | None) -> None:
        """What would be exported; None while there is nothing, or something newer is on its way."""
        self._preview = preview
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
        self._boxes[FORMATS[0].name].setChecked(True)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        for box in self._boxes.values():
            self._flow.addWidget(box)
        foot = self._foot
        foot.addWidget(self.button)
        foot.addWidget(self._why, 1)
        self._rows.addWidget(Label(self._theme, "Export", "heading"))
        self._rows.addWidget(holder)
        self._rows.addLayout(foot)
        self._rows.addWidget(self._outcome)

    def _connect(self) -> None:
        for box in self._boxes.values():
            box.toggled.connect(self._show_button)
        self.button.clicked.connect(self._on_button_clicked)
        self._theme.changed.connect(self._on_theme_changed)

    def _show_button(self) -> None:
        chosen = self.formats
        labels = listed(known.label for known in chosen)
        self.button.set_text(f"Export {labels}…" if chosen else "Export…")
        ready = self._preview is not None and bool(chosen) and self._job is None
        self.button.setEnabled(ready)
        why = "" if chosen else "Choose a format first."
        if chosen and self._preview is None:
            why = "The preview has to be ready first."
        self.button.setAccessibleDescription(why)
        self._why.setText("" if chosen else why)

    def _show(self, widgets: Sequence[QWidget]) -> None:
        while (item := self._outcome_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._outcome_rows.addWidget(widget)
        self._outcome.setVisible(bool(widgets))

    def _on_button_clicked(self) -> None:
        preview, formats = self._preview, self.formats
        if preview is None or not formats:
            return
        folder = self._folder or _documents()
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
        text = f"{listed(standing)} stands in {Path(path).parent} already."
        actions = (
            ("Replace", partial(self.start, targets)),
            ("Choose another name", self._on_button_clicked),
        )
        self._show((Notice(self._theme, "warning", "Replace it?", text, actions),))

    def _on_job_finished(self, wish: Wish, exported: Exported) -> None:
        widgets: list[QWidget] = [_Written(self._theme, file) for file in exported.files]
        if isinstance(exported.problem, CancelledError):
            widgets.append(self._stopped(bool(exported.files)))
        elif exported.problem is not None:
            widgets.append(self._refused(exported.problem))
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
        self._foot.setSpacing(px(10))
        self._flow.set_spacing(px(16))
        for box in self._boxes.values():
            box.setFont(self._theme.font("table"))


def targets_at(path: Path, formats: Sequence[ExportFormat]) -> Targets:
    """Where each format goes: the chosen name, with the ending of the format."""
    stem = next((known.stem(path.name) for known in FORMATS if known.fits(path.name)), path.name)
    return tuple(
        (known, path if known.fits(path.name) else path.parent / (stem + known.suffixes[0]))
        for known in formats
    )


def file_stem(brief: Brief) -> str:
    """A name for the file: whom it is about, what it is, and who may see it."""
    words = f"{brief.subject} - {brief.kind_title.lower()} - {brief.tlp.label.replace(':', '-')}"
    return _FORBIDDEN.sub("_", words).strip(" .")[:_LONGEST_NAME]


def filter_words(known: ExportFormat) -> str:
    """``PDF (*.pdf)``."""
    return f"{known.label} ({' '.join(f'*{suffix}' for suffix in known.suffixes)})"


def file_words(file: ExportedFile) -> str:
    """Where it is, how large, how long, who may see it."""
    pages = counted(file.pages, "page") if file.pages else ""
    parts = (size_words(file.bytes), pages, f"TLP:{file.tlp}", f"in {file.path.parent}")
    return " · ".join(part for part in parts if part)


def size_words(size: int) -> str:
    """Bytes as a person reads them: ``686 kB``."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1):,}\N{NO-BREAK SPACE}kB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"


def open_folder(path: Path) -> None:
    """Show the folder of a file in the computer's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place) or str(Path.home())
