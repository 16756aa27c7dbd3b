"""What the list of incidents is filtered by: four choices with counts, a field, and chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from briefing.analysis.case_filter import (
    ASSESSED,
    FIELDS,
    NO_CLAIM,
    NOT_WORKED,
    ONLY_ATTACKER,
    WORKED,
    CaseFilter,
    Choice,
    Field,
    Part,
)
from briefing.ui.theme import Theme
from briefing.ui.views.actor_filters import CountedFilter
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.filter_popup import Option
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.tooltips import plain_tooltip

TITLES: Final[Mapping[Part, str]] = {
    "basis": "Basis",
    "work": "Work",
    "sector": "Sector",
    "country": "Country",
    "text": "Text",
}
_HINTS: Final[Mapping[Field, str]] = {
    "basis": "On what claims about it rest, in EuRepoC’s terms. “Only the attacker says so” leaves"
    " incidents about which nobody else says who did it.",
    "work": "Whether evidence, hypotheses or an assessment were recorded beside the claims.",
    "sector": "A sector that was hit.",
    "country": "A country, region or organisation that was hit.",
}
OWN_WORDS: Final[Mapping[str, str]] = {
    ONLY_ATTACKER: "only the attacker says so",
    NO_CLAIM: "no claim",
    WORKED: "worked",
    NOT_WORKED: "not worked",
    ASSESSED: "assessed",
}
"""Choices that are no term of a feed, in words."""
_COLUMNS = 2
_GAP = 6

Words = Callable[[Part, str], str]
"""A choice in words, by its part and code."""


class _Field(QLineEdit):
    """Escape empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)


class CaseFilterBar(QWidget):
    """Two rows of two choices; a field; under them chips."""

    changed = Signal(object)
    """The CaseFilter a person has chosen."""

    def __init__(self, theme: Theme, words: Words) -> None:
        """``words`` says a choice as a person does."""
        super().__init__()
        self._theme = theme
        self._words = words
        self._filter = CaseFilter()
        self.count: Callable[[CaseFilter, Field], Sequence[Choice]] = lambda *_: ()
        self._buttons: dict[Field, CountedFilter] = {}
        grid = QGridLayout()
        for number, field in enumerate(FIELDS):
            button = CountedFilter(theme, TITLES[field], _HINTS[field])
            button.offer = partial(self._options, field)
            button.chosen.connect(partial(self._choose, field))
            self._buttons[field] = button
            grid.addWidget(button, *divmod(number, _COLUMNS))
        self._text = _Field()
        self._text.setPlaceholderText("Incident or accused")
        self._text.setAccessibleName("Name of the incident or of an accused contains")
        self._text.textEdited.connect(lambda text: self._choose("text", text.strip()))
        grid.addWidget(self._text, len(FIELDS) // _COLUMNS, 0, 1, _COLUMNS)
        self._grid = grid
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._chips.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(grid)
        self._box.addWidget(self._chips)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def filter(self) -> CaseFilter:
        """What is chosen."""
        return self._filter

    @property
    def buttons(self) -> Mapping[Field, CountedFilter]:
        """The button of each choice."""
        return self._buttons

    def set_filter(self, chosen: CaseFilter) -> None:
        """Show a filter, without telling anybody."""
        self._filter = chosen
        for field, button in self._buttons.items():
            code = chosen.value(field)
            button.show_choice(code, self._words(field, code) if code else "")
        if chosen.text != self._text.text().strip():
            self._text.setText(chosen.text)
        self._show_chips()

    def words(self, part: Part) -> str:
        """A choice in words: "Germany", what was typed."""
        value = self._filter.value(part)
        return f"“{value}”" if part == "text" else self._words(part, value)

    def start_typing(self) -> None:
        """Put the keyboard into the field."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def _options(self, field: Field) -> list[Option]:
        return [
            (choice.code, self._words(field, choice.code), choice.count)
            for choice in self.count(self._filter, field)
        ]

    def _choose(self, part: Part, value: str) -> None:
        self._take(self._filter.choosing(part, value))

    def _take(self, chosen: CaseFilter) -> None:
        if chosen != self._filter:
            self.set_filter(chosen)
            self.changed.emit(chosen)

    def _show_chips(self) -> None:
        self._flow.clear()
        parts = self._filter.chosen
        room = max(self.width(), self._theme.px(200)) - self._theme.px(32)
        for part in parts:
            words = f"{TITLES[part]}: {self.words(part)}"
            shown = self._theme.metrics("chip").elidedText(words, Qt.TextElideMode.ElideRight, room)
            chip = Chip(self._theme, shown, "tint", removable=True)
            chip.setAccessibleName(f"Remove {words}")
            chip.setToolTip(plain_tooltip(f"{words}. A click removes it."))
            chip.removed.connect(partial(self._choose, part, ""))
            self._flow.addWidget(chip)
        if len(parts) > 1:
            every = Chip(self._theme, "Clear all", "plain", removable=True)
            every.setToolTip(plain_tooltip("Removes every filter."))
            every.removed.connect(partial(self._take, CaseFilter()))
            self._flow.addWidget(every)
        self._chips.setVisible(bool(parts))
        self._chips.updateGeometry()
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setSpacing(px(_GAP))
        self._box.setSpacing(px(8))
        self._flow.set_spacing(px(_GAP))
        self._show_chips()

    def minimumSizeHint(self) -> QSize:
        """Both columns."""
        widths = [button.minimumSizeHint().width() for button in self._buttons.values()]
        columns = (max(widths[column::_COLUMNS]) for column in range(_COLUMNS))
        return QSize(sum(columns) + self._theme.px(_GAP), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips use the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._show_chips()
