"""Work under way: what, how far, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.labels import ElidedLabel, Label

_BAR_HEIGHT = 6


class ProgressRow(QWidget):
    """``Reading ATT&CK 18.1   14,120 of 24,771 objects  [Cancel]`` over a thin bar."""

    cancelled = Signal()

    def __init__(self, theme: Theme, label: str = "") -> None:
        """A row whose end is not known yet."""
        super().__init__()
        self._theme = theme
        self._label = ElidedLabel(theme, label, "table")
        self._count = Label(theme, "", "table", "ink_3", tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = normal_button(theme, "Cancel")
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._label, 0, 0)
        self._grid.addWidget(self._count, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._bar, 1, 0, 1, 2)
        self._grid.addWidget(self._cancel, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(0, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_progress(label, 0, 0)

    def set_progress(self, label: str, step: int, total: int, noun: str = "") -> None:
        """Say how far it is; a total of 0 means that nobody knows how much there is."""
        self._label.setText(label)
        words = f"{step:,} of {total:,} {noun}" if total else f"{step:,} {noun}" if step else ""
        self._count.setText(words.rstrip())
        # Qt counts in 32 bits: a thousand steps are enough for any bar.
        self._bar.setRange(0, 1000 if total else 0)
        self._bar.setValue(round(1000 * min(step / total, 1)) if total else 0)
        self._bar.setAccessibleName(f"{label} {words}".strip())

    def set_cancelling(self) -> None:
        """The person asked to stop; the work has not stopped yet."""
        self._cancel.setEnabled(False)
        self._cancel.set_text("Stopping…")

    def _on_cancel_clicked(self) -> None:
        self.set_cancelling()
        self.cancelled.emit()

    def _on_theme_changed(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(12))
        self._grid.setVerticalSpacing(self._theme.px(4))
        self._bar.setFixedHeight(self._theme.px(_BAR_HEIGHT))
