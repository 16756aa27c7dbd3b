"""Which kind of briefing it is to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from briefing.services.recipes.registry import RECIPES, Recipe
from briefing.ui.theme import Theme
from briefing.ui.widgets.labels import WrappedLabel

COLUMNS = 2

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "actor": ("Actor", "Who they are, how they work, and what to do about them."),
    "client": ("Client", "Who would attack an organisation like this, why, and what to do."),
    "sector": ("Sector", "Who attacks a sector, how, and what its members do about it."),
    "incident": ("Incident", "What happened, who says who did it, and what the evidence bears."),
    "advisories": ("Advisory digest", "What was issued in a period, what is due, what to do."),
    "changes": ("What has changed", "What is new, changed or withdrawn since a briefing."),
    "primer": ("Primer", "What an advanced persistent threat is, for people who decide."),
}
"""Name of a recipe to its words in the list, and a sentence on what it holds."""


class KindChooser(QWidget):
    """Every kind there is; the arrow keys move between them, Tab stops once."""

    chosen = Signal(str)
    """Name of the recipe that a person has chosen."""

    def __init__(self, theme: Theme) -> None:
        """The first is chosen."""
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self._columns = 0
        self._grid = QGridLayout()
        self._meaning = WrappedLabel(theme, "", "note", "ink_3")
        for recipe in RECIPES:
            self._add(recipe)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._grid)
        self._rows.addWidget(self._meaning)
        self.setAccessibleName("Kind of briefing")
        self.set_kind(RECIPES[0].name)
        self._group.buttonToggled.connect(self._on_group_toggled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def kind(self) -> str:
        """Name of the recipe that is chosen."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def set_kind(self, kind: str) -> None:
        """Choose without asking; ``chosen`` is emitted only when a person chooses.

        Raises:
            KeyError: when there is no such kind.
        """
        was_blocked = self._group.blockSignals(True)
        self._buttons[kind].setChecked(True)
        self._group.blockSignals(was_blocked)
        self._show()

    def button(self, kind: str) -> QRadioButton:
        """The button of a kind."""
        return self._buttons[kind]

    def _add(self, recipe: Recipe) -> None:
        label, meaning = WORDS.get(recipe.name, (recipe.title, ""))
        button = QRadioButton(label)
        button.setAccessibleName(f"Kind of briefing: {label}")
        button.setAccessibleDescription(meaning)
        self._buttons[recipe.name] = button
        self._group.addButton(button)

    def _show(self) -> None:
        """Say what the chosen one holds, and let Tab stop at it alone."""
        self._meaning.setText(WORDS.get(self.kind, ("", ""))[1])
        for button in self._buttons.values():
            policy = Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _on_group_toggled(self, _button: QRadioButton, on: bool) -> None:
        if on:
            self._show()
            self.chosen.emit(self.kind)

    def _arrange(self) -> None:
        """Down, then in the next column; one column where two are too narrow."""
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        fits = COLUMNS * widest + self._theme.px(16) <= self.width()
        columns = COLUMNS if fits else 1
        if columns == self._columns:
            return
        self._columns = columns
        down = -(-len(self._buttons) // columns)
        for place, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, place % down, place // down)
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(4))
        self._rows.setSpacing(px(6))
        for button in self._buttons.values():
            button.setFont(self._theme.font("body"))
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One column."""
        widest = max(button.sizeHint().width() for button in self._buttons.values())
        return QSize(widest, super().minimumSizeHint().height())
