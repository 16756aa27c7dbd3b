"""A field of a form: its label, what it holds, what explains it, what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.ui.icons import IconName
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel

_SPACING = 4


class _Remark(QWidget):
    """An icon and a sentence in its colour; hidden while there is none."""

    def __init__(self, theme: Theme, icon: IconName, colour: Colour) -> None:
        super().__init__()
        self._theme = theme
        self._words = WrappedLabel(theme, "", "note", colour)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(
            IconLabel(theme, icon, 12, colour, "note"), 0, Qt.AlignmentFlag.AlignTop
        )
        self._row.addWidget(self._words, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.say("")

    def say(self, words: str) -> None:
        """Say something else."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(4))


class FormField(QWidget):
    """A label over a field, with up to three lines under it."""

    def __init__(
        self, theme: Theme, label: str, field: QWidget, note: str = "", *, wide: bool = True
    ) -> None:
        """An empty field.

        Args:
            theme: Looks.
            label: Over it; "" leaves it out, as for a box with words of its own.
            field: What is filled in.
            note: Under it, for whoever fills it in for the first time.
            wide: Whether the field takes the whole width.
        """
        super().__init__()
        self._theme = theme
        self.field = field
        self._problem = _Remark(theme, "error", "error")
        self._warning = _Remark(theme, "warning", "claim")
        self._note = WrappedLabel(theme, note, "note", "ink_3")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        if label:
            head = WrappedLabel(theme, label, "key", "ink_2")
            head.setBuddy(field)
            self._box.addWidget(head)
        side = Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft
        self._box.addWidget(field, 0, side)
        for widget in (self._problem, self._warning, self._note):
            self._box.addWidget(widget)
        # Inside the field first: shown without a parent it would be a window of its own.
        self._note.setVisible(bool(note))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def problem(self) -> str:
        """What is wrong; "" where nothing is."""
        return self._problem.text()

    @property
    def warning(self) -> str:
        """What a person should know; "" where there is nothing."""
        return self._warning.text()

    def say_problem(self, words: str) -> None:
        """Say what is wrong and what would do instead; "" takes it back."""
        self._problem.say(words)
        self.field.setAccessibleDescription(words or self.warning)

    def say_warning(self, words: str) -> None:
        """Say what a person should know; "" takes it back."""
        self._warning.say(words)
        self.field.setAccessibleDescription(self.problem or words)

    def take_keyboard(self) -> None:
        """Give the keyboard to the first thing in the field that takes it.

        A focus proxy would do that too, but Qt counts whatever has one as a stop of its own, and
        Tab would come back to the field from wherever that stop lies.
        """
        stops = (self.field, *self.field.findChildren(QWidget))
        for stop in stops:
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isEnabled():
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def add(self, widget: QWidget) -> None:
        """Put one more thing under it, such as a button that follows the advice."""
        self._box.insertWidget(self._box.count() - 1, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(_SPACING))
