"""One of a closed list, with what the chosen one means under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.closed_list import ClosedList
from briefing.ui.widgets.labels import WrappedLabel


class Choice(NamedTuple):
    """One entry: its code, its words, and what it means, or ""."""

    code: str
    label: str
    meaning: str = ""


class _Box(ClosedList):
    """A list that folds out, and becomes narrow where it must."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(ClosedList.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), super().minimumSizeHint().height())


class ChoiceBox(QWidget):
    """``[ B – usually reliable ⌄ ]``; nothing is chosen where a person has to choose."""

    chosen = Signal(str)
    """A person has chosen the entry with this code."""

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[Choice], *, asks: str = ""
    ) -> None:
        """The first is chosen, or none where it ``asks`` in these words for a choice.

        Args:
            theme: Looks.
            name: What is chosen, for screen readers.
            choices: What there is to choose from.
            asks: What stands in the box while nothing is chosen, such as "Choose how reliable".
        """
        super().__init__()
        self._theme = theme
        self._asks = asks
        self._choices: tuple[Choice, ...] = ()
        self.box = _Box(theme)
        self.box.setAccessibleName(name)
        self._meaning = WrappedLabel(theme, "", "note", "ink_3")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.box)
        self._rows.addWidget(self._meaning)
        self.set_choices(choices)
        self.box.activated.connect(self._on_box_activated)
        self.box.currentIndexChanged.connect(self._on_box_index_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def value(self) -> str | None:
        """The code of the chosen one; None while nothing is chosen."""
        place = self.box.currentIndex()
        return self._choices[place].code if place >= 0 else None

    def set_value(self, code: str | None) -> None:
        """Choose without asking; ``chosen`` is emitted only when a person chooses.

        A code that is not in the list (a feed's own term) is put into it.
        """
        codes = [choice.code for choice in self._choices]
        if code is not None and code not in codes:
            self.set_choices((*self._choices, Choice(code, code)))
            codes.append(code)
        self.box.setCurrentIndex(-1 if code is None else codes.index(code))

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other entries; the first is chosen, or none where the box asks."""
        self._choices = tuple(choices)
        was_blocked = self.box.blockSignals(True)
        self.box.clear()
        for place, choice in enumerate(self._choices):
            self.box.addItem(choice.label, choice.code)
            self.box.setItemData(place, choice.meaning, Qt.ItemDataRole.ToolTipRole)
        self.box.setPlaceholderText(self._asks)
        self.box.setCurrentIndex(-1 if self._asks else 0)
        self.box.blockSignals(was_blocked)
        self._on_box_index_changed()

    def _on_box_activated(self, place: int) -> None:
        self.chosen.emit(self._choices[place].code)

    def _on_box_index_changed(self) -> None:
        place = self.box.currentIndex()
        meaning = self._choices[place].meaning if place >= 0 else ""
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self.box.setAccessibleDescription(meaning)

    def _on_theme_changed(self) -> None:
        self.box.setFont(self._theme.font("body"))
        self._rows.setSpacing(self._theme.px(4))
