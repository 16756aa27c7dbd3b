"""What the list of actors is filtered by: six choices with counts, a field, and chips to undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from briefing.analysis.actor_filter import (
    FIELDS,
    NOT_STATED,
    SCOPES,
    ActorFilter,
    Choice,
    Field,
    Part,
)
from briefing.store.labels import Labels
from briefing.ui.theme import Theme
from briefing.ui.widgets import cells
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.filter_button import FilterButton
from briefing.ui.widgets.filter_popup import Option
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.tooltips import plain_tooltip

TITLES: Final[Mapping[Part, str]] = {
    "sector": "Sector",
    "country": "Country",
    "origin": "Origin",
    "motive": "Motive",
    "kind": "Kind",
    "since": "Since",
    "text": "Name",
}
_HINTS: Final[Mapping[Field, str]] = {
    "sector": "A sector that some source names as a target of the actor.",
    "country": "A country, region or body that some source names as a target of the actor.",
    "origin": "Where some source says that the actor comes from.",
    "motive": "Why some source says that the actor attacks.",
    "kind": "What kind of actor some source says it is.",
    "since": "Documents about the actor are dated this year or later; most dates are read from"
    " the address of the document.",
}
_WIDE = 3
_NARROW = 2
_GAP = 6
_ROOM = 16
"""Pixels at 100 % that three columns have to spare before they are used."""


def choice_label(labels: Labels, field: Part, code: str) -> str:
    """The words of a choice."""
    if code == NOT_STATED:
        return cells.NOT_STATED
    if field == "sector":
        return labels.label("scope" if code in SCOPES else "sector", code)
    if field in ("country", "origin"):
        return labels.target(code)
    return labels.label(field, code) if field in ("motive", "kind") else code


class CountedFilter(FilterButton):
    """A filter whose counts are made when it is opened."""

    def __init__(self, theme: Theme, label: str, hint: str) -> None:
        """``hint`` says what the choice means."""
        super().__init__(theme, label)
        self._hint = hint
        self.offer: Callable[[], Sequence[Option]] = tuple

    def show_choice(self, code: str, label: str) -> None:
        """Show what is chosen, without asking."""
        self.set_value(code)
        self.set_options(((code, label, None),) if code else ())

    def open(self) -> None:
        """Count, then show the list."""
        self.set_options(self.offer())
        super().open()

    def minimumSizeHint(self) -> QSize:
        """The label and "any"; three of them fit side by side into a narrow list."""
        return super().minimumSizeHint() - QSize(self._theme.px(5), 0)

    def event(self, event: QEvent) -> bool:
        """Say what the choice means, and the whole value."""
        if isinstance(event, QHelpEvent):
            words = f"{self.accessibleName()}. {self._hint}"
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)


class _NameField(QLineEdit):
    """Escape empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)


class FilterBar(QWidget):
    """Two rows of three choices, or three of two where it is narrow; under them chips."""

    changed = Signal(object)
    """The ActorFilter a person has chosen."""

    def __init__(self, theme: Theme, labels: Labels, beside: QWidget) -> None:
        """``beside`` stands at the right of the field."""
        super().__init__()
        self._theme = theme
        self._labels = labels
        self._filter = ActorFilter()
        self.count: Callable[[ActorFilter, Field], Sequence[Choice]] = lambda *_: ()
        self._buttons: dict[Field, CountedFilter] = {}
        for field in FIELDS:
            button = CountedFilter(theme, TITLES[field], _HINTS[field])
            button.offer = partial(self._options, field)
            button.chosen.connect(partial(self._choose, field))
            self._buttons[field] = button
        self._text = _NameField()
        self._text.setPlaceholderText("Name contains")
        self._text.setAccessibleName("Name contains")
        self._text.setClearButtonEnabled(False)
        self._text.textEdited.connect(lambda text: self._choose("text", text.strip()))
        self._beside = beside
        self._grid = QGridLayout()
        self._columns = 0
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._chips.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._grid)
        self._box.addWidget(self._chips)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._arrange(_WIDE)

    @property
    def filter(self) -> ActorFilter:
        """What is chosen."""
        return self._filter

    def set_filter(self, chosen: ActorFilter, labels: Labels | None = None) -> None:
        """Show a filter, without telling anybody."""
        self._filter = chosen
        self._labels = labels or self._labels
        for field, button in self._buttons.items():
            code = chosen.value(field)
            button.show_choice(code, choice_label(self._labels, field, code))
        if chosen.text != self._text.text().strip():
            self._text.setText(chosen.text)
        self._show_chips()

    def words(self, part: Part) -> str:
        """A choice in words: "Russia", "since 2015", "kind not stated", what was typed."""
        value = self._filter.value(part)
        if part == "text":
            return f"“{value}”"
        if value == NOT_STATED:
            return f"{TITLES[part].lower()} {cells.NOT_STATED}"
        return f"since {value}" if part == "since" else choice_label(self._labels, part, value)

    def start_typing(self) -> None:
        """Put the keyboard into the field."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def _options(self, field: Field) -> list[Option]:
        return [
            (choice.code, choice_label(self._labels, field, choice.code), choice.count)
            for choice in self.count(self._filter, field)
        ]

    def _choose(self, part: Part, value: str) -> None:
        self._take(self._filter.choosing(part, value))

    def _take(self, chosen: ActorFilter) -> None:
        if chosen != self._filter:
            self.set_filter(chosen)
            self.changed.emit(chosen)

    def _show_chips(self) -> None:
        self._flow.clear()
        parts = self._filter.chosen
        room = max(self.width(), self._theme.px(200)) - self._theme.px(32)
        for part in parts:
            words = self._chip_words(part)
            shown = self._theme.metrics("chip").elidedText(words, Qt.TextElideMode.ElideRight, room)
            chip = Chip(self._theme, shown, "tint", removable=True)
            chip.setAccessibleName(f"Remove {words}")
            chip.setToolTip(plain_tooltip(f"{words}. A click removes it."))
            chip.removed.connect(partial(self._choose, part, ""))
            self._flow.addWidget(chip)
        if len(parts) > 1:
            every = Chip(self._theme, "Clear all", "plain", removable=True)
            every.setToolTip(plain_tooltip("Removes every filter."))
            every.removed.connect(partial(self._take, ActorFilter()))
            self._flow.addWidget(every)
        self._chips.setVisible(bool(parts))
        self._chips.updateGeometry()
        self.updateGeometry()

    def _chip_words(self, part: Part) -> str:
        words = self.words(part)
        if part == "since" or self._filter.value(part) == NOT_STATED:
            return words[:1].upper() + words[1:]
        return f"{TITLES[part]}: {words}"

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, *divmod(number, columns))
        last = len(self._buttons) // columns
        self._grid.addWidget(self._text, last, 0, 1, columns - 1)
        self._grid.addWidget(self._beside, last, columns - 1)
        for column in range(_WIDE):
            self._grid.setColumnStretch(column, int(column < columns))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setSpacing(px(_GAP))
        self._box.setSpacing(px(8))
        self._flow.set_spacing(px(_GAP))
        self._show_chips()

    def _least(self, columns: int) -> int:
        widths = [button.minimumSizeHint().width() for button in self._buttons.values()]
        each = (max(widths[column::columns]) for column in range(columns))
        return sum(each) + (columns - 1) * self._theme.px(_GAP)

    def minimumSizeHint(self) -> QSize:
        """Two columns."""
        return QSize(self._least(_NARROW), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            roomy = self.width() >= self._least(_WIDE) + self._theme.px(_ROOM)
            self._arrange(_WIDE if roomy else _NARROW)
            self._show_chips()
