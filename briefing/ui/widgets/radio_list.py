"""A few entries under each other, each explained, one of them chosen or none yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.choice_box import Choice
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.layouts import clear_layout

_INDENT = 22


class RadioList(QWidget):
    """``( ) likely   55–80 %``: the arrow keys move between them, Tab stops once."""

    chosen = Signal(str)
    """A person has chosen the entry with this code."""

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[Choice] = (), *, beside: bool = False
    ) -> None:
        """Nothing is chosen.

        Args:
            theme: Looks.
            name: What is chosen, for screen readers.
            choices: What there is to choose from.
            beside: Whether the meanings stand at the right of the words; else under them.
        """
        super().__init__()
        self._theme = theme
        self._name = name
        self._beside = beside
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._group.buttonToggled.connect(self._let_tab_stop_once)
        self._group.buttonClicked.connect(self._on_group_clicked)
        theme.changed.connect(self._on_theme_changed)
        self.set_choices(choices)

    @property
    def value(self) -> str | None:
        """The code of the chosen one; None while nothing is chosen."""
        return next((code for code, one in self._buttons.items() if one.isChecked()), None)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The buttons, in the order of the eye."""
        return tuple(self._buttons.values())

    def set_value(self, code: str | None) -> None:
        """Choose one; None or an unknown code leaves none chosen."""
        self._group.setExclusive(False)
        for known, button in self._buttons.items():
            button.setChecked(known == code)
        self._group.setExclusive(True)
        self._let_tab_stop_once()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other entries; none is chosen then."""
        self._clear()
        for choice in choices:
            self._add(choice)
        self._let_tab_stop_once()
        self._on_theme_changed()

    def _add(self, choice: Choice) -> None:
        button = QRadioButton(choice.label.replace("&", "&&"))
        spoken = f"{choice.label}, {choice.meaning}" if choice.meaning else choice.label
        button.setAccessibleName(f"{self._name}: {spoken}")
        self._buttons[choice.code] = button
        self._group.addButton(button)
        row = self._grid.rowCount()
        self._grid.addWidget(button, row, 0, 1, 1 if self._beside else 2)
        if choice.meaning:
            label = WrappedLabel(self._theme, choice.meaning, "note", "ink_3")
            centre = Qt.AlignmentFlag.AlignVCenter if self._beside else Qt.AlignmentFlag(0)
            self._grid.addWidget(label, row if self._beside else row + 1, 1, centre)

    def _clear(self) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
        self._buttons.clear()
        clear_layout(self._grid)

    def _on_group_clicked(self, button: QRadioButton) -> None:
        self.chosen.emit(next(code for code, one in self._buttons.items() if one is button))

    def _let_tab_stop_once(self) -> None:
        """At the chosen one; at the first while none is chosen."""
        stop = self.value or next(iter(self._buttons), None)
        for code, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if code == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setVerticalSpacing(px(2))
        self._grid.setHorizontalSpacing(px(16) if self._beside else 0)
        self._grid.setColumnMinimumWidth(0, 0 if self._beside else px(_INDENT))
        for button in self._buttons.values():
            button.setFont(self._theme.font("body"))
