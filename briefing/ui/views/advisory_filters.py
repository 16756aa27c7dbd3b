"""What the list of advisories is filtered by: seven choices with counts, a field, and chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from briefing.analysis.advisory_filter import FIELDS, AdvisoryFilter, Choice, Field, Part
from briefing.ui.theme import Theme
from briefing.ui.views.actor_filters import CountedFilter
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.filter_popup import Option
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.tooltips import plain_tooltip

TITLES: Final[Mapping[Part, str]] = {
    "issuer": "Issuer",
    "sector": "Sector",
    "technology": "Product",
    "since": "Since",
    "actor": "Actor",
    "kev": "KEV",
    "mark": "Marks",
    "text": "Text",
}
_HINTS: Final[Mapping[Field, str]] = {
    "issuer": "Who issued the advisory or wrote the report.",
    "sector": "A sector that the advisory is about, or in which the affected products are in use,"
    " as the issuer says. That they are in use does not say that anybody there is attacked.",
    "technology": "A maker, or one of its products, that the advisory says is affected.",
    "since": "Published in this year or later.",
    "actor": "An actor whose id the advisory states, whose name stands in its title or a tag, or"
    " for whom MITRE ATT&CK cites it.",
    "kev": "Known exploited vulnerabilities: CISA lists one that the advisory names, and says by"
    " when US federal agencies must have dealt with it.",
    "mark": "What you have marked as read, or kept for briefings.",
}
_WIDE = 3
_NARROW = 2
_GAP = 6
_ROOM = 16
"""Pixels at 100 % that three columns have to spare before they are used."""

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


class AdvisoryFilterBar(QWidget):
    """Rows of three choices, or of two where it is narrow; a field; under them chips."""

    changed = Signal(object)
    """The AdvisoryFilter a person has chosen."""

    def __init__(self, theme: Theme, words: Words, beside: QWidget) -> None:
        """``words`` says a choice as a person does; ``beside`` stands at the right of the field."""
        super().__init__()
        self._theme = theme
        self._words = words
        self._beside = beside
        self._filter = AdvisoryFilter()
        self.count: Callable[[AdvisoryFilter, Field], Sequence[Choice]] = lambda *_: ()
        self._buttons: dict[Field, CountedFilter] = {}
        for field in FIELDS:
            button = CountedFilter(theme, TITLES[field], _HINTS[field])
            button.offer = partial(self._options, field)
            button.chosen.connect(partial(self._choose, field))
            self._buttons[field] = button
        self._text = _Field()
        self._text.setPlaceholderText("Title or CVE")
        self._text.setAccessibleName("Title, number, issuer, CVE or product contains")
        self._text.textEdited.connect(lambda text: self._choose("text", text.strip()))
        self._grid = QGridLayout()
        self._columns = 0
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._chips.hide()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._grid)
        self._box.addWidget(self._chips)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._on_theme_changed)
        self._arrange(_WIDE)
        self._on_theme_changed()

    @property
    def filter(self) -> AdvisoryFilter:
        """What is chosen."""
        return self._filter

    @property
    def buttons(self) -> Mapping[Field, CountedFilter]:
        """The button of each choice."""
        return self._buttons

    def set_filter(self, chosen: AdvisoryFilter) -> None:
        """Show a filter, without telling anybody."""
        self._filter = chosen
        for field, button in self._buttons.items():
            code = chosen.value(field)
            button.show_choice(code, self._words(field, code) if code else "")
        if chosen.text != self._text.text().strip():
            self._text.setText(chosen.text)
        self._show_chips()

    def words(self, part: Part) -> str:
        """A choice in words: "Siemens", "since 2024", what was typed."""
        value = self._filter.value(part)
        if part == "text":
            return f"“{value}”"
        return f"since {value}" if part == "since" else self._words(part, value)

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

    def _take(self, chosen: AdvisoryFilter) -> None:
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
            every.removed.connect(partial(self._take, AdvisoryFilter()))
            self._flow.addWidget(every)
        self._chips.setVisible(bool(parts))
        self._chips.updateGeometry()
        self.updateGeometry()

    def _chip_words(self, part: Part) -> str:
        words = self.words(part)
        return words.capitalize() if part == "since" else f"{TITLES[part]}: {words}"

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, widget in enumerate((*self._buttons.values(), self._text, self._beside)):
            self._grid.addWidget(widget, *divmod(number, columns))
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
