"""What came of a batch: who could not be done and why, then what was written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.exports.registry import by_name
from briefing.services.batch import Batched, Failure, Outcome
from briefing.services.batch_report import report_text, summary
from briefing.ui.icons import IconName
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.briefing_written import open_folder, size_words
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel


class BatchResults(QWidget):
    """A sentence, two buttons, and a row for each client; those that failed come first."""

    def __init__(self, theme: Theme, batched: Batched) -> None:
        """Show what came of a run."""
        super().__init__()
        self._theme = theme
        self._batched = batched
        self.copy = normal_button(theme, "Copy the report", "copy")
        self.folder = normal_button(theme, "Open folder", "folder")
        self.folder.setVisible(bool(batched.files))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(WrappedLabel(theme, summary(batched), "heading"))
        self._rows.addWidget(WrappedLabel(theme, f"In {batched.folder}", "note", "ink_3"))
        buttons = QWidget()
        self._flow = FlowLayout(buttons)
        for button in (self.folder, self.copy):
            self._flow.addWidget(button)
        self._rows.addWidget(buttons)
        for outcome in sorted(batched.outcomes, key=lambda one: not one.failures):
            self._rows.addWidget(Divider(theme))
            self._rows.addWidget(_Row(theme, outcome))
        if batched.not_begun:
            self._rows.addWidget(Divider(theme))
            words = f"Not begun: {', '.join(batched.not_begun)}."
            self._rows.addWidget(WrappedLabel(theme, words, "table", "ink_2"))
        self.setAccessibleName(summary(batched))
        self.copy.clicked.connect(self._on_copy_clicked)
        if batched.files:
            self.folder.clicked.connect(partial(open_folder, batched.files[0].path))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(report_text(self._batched))
        self.copy.set_text("Copied")
        self.copy.set_icon("check")

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(6))
        self._flow.set_spacing(self._theme.px(8))


class _Row(QWidget):
    """A client behind the sign of what came of it."""

    def __init__(self, theme: Theme, outcome: Outcome) -> None:
        super().__init__()
        self._theme = theme
        icon: IconName = "error" if outcome.failures else "check-circle"
        colour: Colour = "error" if outcome.failures else "done"
        words = QVBoxLayout()
        words.setSpacing(0)
        lines = [
            *(_failure_words(failure) for failure in outcome.failures),
            _written_words(outcome),
            _withheld_words(outcome),
        ]
        said = [line for line in lines if line]
        words.addWidget(WrappedLabel(theme, outcome.name, "table_strong"))
        for line in said:
            words.addWidget(WrappedLabel(theme, line, "note", "ink_2"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(
            IconLabel(theme, icon, 14, colour, "table"), 0, Qt.AlignmentFlag.AlignTop
        )
        self._row.addLayout(words, 1)
        self.setAccessibleName(", ".join((outcome.name, *said)))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))


def _failure_words(failure: Failure) -> str:
    label = f"{by_name(failure.format).label}: " if failure.format else ""
    return f"{label}{failure.error}"


def _written_words(outcome: Outcome) -> str:
    if outcome.tlp is None or not outcome.files:
        return ""
    sizes = (f"{by_name(file.format).label} {size_words(file.bytes)}" for file in outcome.files)
    return f"{', '.join(sizes)} · {outcome.tlp.label}"


def _withheld_words(outcome: Outcome) -> str:
    if not outcome.withheld:
        return ""
    return f"{outcome.withheld:,} statements above its ceiling were left out."
