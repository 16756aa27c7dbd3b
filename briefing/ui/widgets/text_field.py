"""One line of input that can say what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel


class TextField(QWidget):
    """A field; ``set_error`` outlines it and puts the sentence under it, keeping what was typed."""

    edited = Signal(str)

    def __init__(self, theme: Theme, name: str, placeholder: str = "", text: str = "") -> None:
        """``name`` is the accessible name; the visible label stands in the form beside it."""
        super().__init__()
        self._theme = theme
        self._name = name
        self.input = QLineEdit(text)
        self.input.setPlaceholderText(placeholder)
        self.input.setAccessibleName(name)
        self.input.textEdited.connect(self.edited)
        self._message = WrappedLabel(theme, "", "note", "error")
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(IconLabel(theme, "error", 12, "error", "note"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._message, 1)
        self._row = row
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.input)
        self._box.addWidget(self._line)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.set_error("")

    def text(self) -> str:
        """What was typed."""
        return self.input.text()

    def set_error(self, message: str) -> None:
        """Say what is wrong and what to type instead; "" takes it back."""
        self._message.setText(message)
        self._line.setVisible(bool(message))
        self.input.setProperty("invalid", "true" if message else "false")
        self.input.setAccessibleDescription(message)
        self.input.style().unpolish(self.input)
        self.input.style().polish(self.input)

    def _on_theme_changed(self) -> None:
        self.input.setFont(self._theme.font("body"))
        self._box.setSpacing(self._theme.px(4))
        self._row.setSpacing(self._theme.px(4))
