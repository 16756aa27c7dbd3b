"""A few choices side by side, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import CONTROL_HEIGHT

_PADDING = 10


class _Segment(QToolButton):
    """One of the choices."""

    def __init__(self, theme: Theme, label: str, name: str, place: str) -> None:
        super().__init__()
        self._theme = theme
        self._label = label
        self.setText(label.replace("&", "&&"))
        self.setAccessibleName(f"{name}: {label}")
        self.setCheckable(True)
        self.setProperty("look", "segment")
        self.setProperty("place", place)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The words, with the padding and the height of any control."""
        width = self._theme.metrics("button").horizontalAdvance(self._label)
        padding = 2 * self._theme.px(_PADDING) + 2
        return QSize(round(width) + padding, self._theme.px(CONTROL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


class Segments(QWidget):
    """``[ Actors | Statements ]``: the arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, options: Sequence[tuple[str, str]]) -> None:
        """``name`` is for screen readers; ``options`` are code and label; the first is chosen."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        for index, (code, label) in enumerate(options):
            button = _Segment(theme, label, name, _place(index, len(options)))
            self._buttons[code] = button
            self._group.addButton(button)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if options:
            self._buttons[options[0][0]].setChecked(True)
        self._let_tab_reach_the_chosen()
        self._group.buttonToggled.connect(self._on_group_toggled)

    @property
    def value(self) -> str:
        """The code of the chosen one."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Choose one.

        Raises:
            KeyError: when there is no such code.
        """
        self._buttons[code].setChecked(True)

    def _on_group_toggled(self, button: QToolButton, on: bool) -> None:
        if on:
            self._let_tab_reach_the_chosen()
            self.chosen.emit(self.value)

    def _let_tab_reach_the_chosen(self) -> None:
        """Tab stops once, at the chosen one, as in any group of which one is chosen."""
        for button in self._buttons.values():
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            )


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if index == 0 else "last" if index == count - 1 else "middle"
