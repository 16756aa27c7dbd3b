"""A box to tick, and under its words what ticking it means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.labels import WrappedLabel

_INDENT = 22


class ExplainedBox(QWidget):
    """``[x] A false flag`` with a quieter line under it; more may stand below that."""

    clicked = Signal(bool)
    """A person has ticked or unticked it."""

    def __init__(self, theme: Theme, label: str = "", meaning: str = "") -> None:
        """Not ticked."""
        super().__init__()
        self._theme = theme
        self.box = QCheckBox()
        self._meaning = WrappedLabel(theme, "", "note", "ink_3")
        self._below = QVBoxLayout()
        self._below.addWidget(self._meaning)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.box)
        rows.addLayout(self._below)
        self.box.clicked.connect(self.clicked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_words(label, meaning)

    @property
    def is_ticked(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def tick(self) -> None:
        """Tick it without asking."""
        self.box.setChecked(True)

    def set_words(self, label: str, meaning: str) -> None:
        """Say something else."""
        self.box.setText(label.replace("&", "&&"))
        self.box.setAccessibleName(label)
        self.box.setAccessibleDescription(meaning)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))

    def add_below(self, widget: QWidget) -> None:
        """Something that belongs to it."""
        self._below.addWidget(widget)

    def _on_theme_changed(self) -> None:
        self._below.setContentsMargins(self._theme.px(_INDENT), 0, 0, 0)
        self._below.setSpacing(self._theme.px(4))
        self.box.setFont(self._theme.font("body"))
