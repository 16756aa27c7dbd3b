"""A few lines of text; Tab leaves it, and it grows with what is typed."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from briefing.ui.theme import Theme

_PADDING = 12
_MOST_LINES = 8


class TextArea(QPlainTextEdit):
    """As high as its text, from ``lines`` up to eight lines."""

    edited = Signal()
    """A person has changed the text."""

    def __init__(self, theme: Theme, name: str, placeholder: str = "", *, lines: int = 2) -> None:
        """``name`` is the accessible name; the visible label stands in the form over it."""
        super().__init__(tabChangesFocus=True)
        self._theme = theme
        self._least = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def text(self) -> str:
        """What was typed, without blanks around it."""
        return self.toPlainText().strip()

    def lines(self) -> tuple[str, ...]:
        """Each line that says something."""
        found = (" ".join(line.split()) for line in self.toPlainText().splitlines())
        return tuple(line for line in found if line)

    def set_text(self, text: str) -> None:
        """Show another text; ``edited`` is emitted only when a person types."""
        was_blocked = self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(was_blocked)
        self._fit()

    def _fit(self) -> None:
        shown = max(self._least, min(self._broken(), _MOST_LINES))
        # Lines are laid out on whole pixels.
        line = ceil(QFontMetricsF(self.font()).lineSpacing())
        height = shown * line + self._theme.px(_PADDING) + 8
        if height != self.height():
            self.setFixedHeight(height)

    def _broken(self) -> int:
        """Lines as they are broken at this width, counted as far as they can be shown."""
        layout, block, lines = self.document().documentLayout(), self.document().firstBlock(), 0
        while block.isValid() and lines < _MOST_LINES:
            # Asking for its room lays a block out; before, it counts as one line.
            layout.blockBoundingRect(block)
            lines += block.layout().lineCount()
            block = block.next()
        return lines

    def _on_text_changed(self) -> None:
        self._fit()
        self.edited.emit()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("body"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines are broken elsewhere at another width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(self._theme.px(120), self.height())
