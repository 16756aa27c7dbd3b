"""The head of the Map screen: what is counted, and whom it is counted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from briefing.core.actor import ActorRow
from briefing.core.wording import listed
from briefing.services.library import Library
from briefing.services.targeting import TargetingIndex
from briefing.ui.map_places import MapWish, Measure
from briefing.ui.theme import Theme
from briefing.ui.views.actor_filters import CountedFilter
from briefing.ui.views.map_words import option_label, years_words
from briefing.ui.widgets.filter_popup import Option
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.segments import Segments

_HINTS: Final[Mapping[str, tuple[str, str]]] = {
    "sector": ("Sector", "Only actors that some source says to target the sector."),
    "origin": ("Origin", "Only actors of whom some source says that they come from there."),
    "actor": ("Actor", "Only what is said about one actor."),
    "kind": ("Kind", "Only actors of whom some source says that they are of this kind."),
}
_YEARS_HINT: Final = (
    "Only what is dated within these years. Most statements about targets bear no date; they are"
    " left out then. The handles under the map choose other years."
)
_CODES: Final[Mapping[str, Callable[[ActorRow], Sequence[str]]]] = {
    "origin": lambda row: row.origins or ("",),
    "actor": lambda row: (row.id,),
    "kind": lambda row: (row.kind,),
}
"""What an actor is counted under."""
_MEASURES: Final = (("actors", "Actors"), ("statements", "Statements"))
_SPANS: Final = (3, 5, 10)
_JOIN: Final = ","
_UNSTATED: Final = "not-stated"


class MapFilters(QWidget):
    """``Map [Actors|Statements]  Sector any  Origin any  …  Years any      Export``."""

    changed = Signal(object)
    """The MapWish a person has asked for."""

    def __init__(self, theme: Theme, library: Library, beside: QWidget) -> None:
        """``beside`` stands at the right."""
        super().__init__()
        self._theme = theme
        self._library = library
        self._index: TargetingIndex | None = None
        self._wish = MapWish()
        self.measure = Segments(theme, "Count", _MEASURES)
        self.measure.chosen.connect(self._on_measure_chosen)
        self.buttons = {word: self._button(word) for word in _HINTS}
        self.years = CountedFilter(theme, "Years", _YEARS_HINT)
        self.years.offer = self._spans
        self.years.chosen.connect(self._on_years_chosen)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        left = QWidget()
        self._flow = FlowLayout(left)
        title = QWidget()
        self._title = QHBoxLayout(title)
        self._title.addWidget(Label(theme, "Map", "title"))
        shown = (title, self.measure, *self.buttons.values(), self.years)
        for widget in shown:
            self._flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        left.setSizePolicy(policy)
        row.addWidget(left, 1)
        row.addWidget(beside)
        row.setAlignment(beside, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_index(self, index: TargetingIndex | None) -> None:
        """Choices are counted with this; without one nothing can be chosen."""
        self._index = index
        for button in (*self.buttons.values(), self.years, self.measure):
            button.setEnabled(index is not None)

    def show_wish(self, wish: MapWish) -> None:
        """Show what is chosen, without telling anybody."""
        self._wish = wish
        if self.measure.value != wish.measure:
            self.measure.blockSignals(True)
            self.measure.set_value(wish.measure)
            self.measure.blockSignals(False)
        for word, button in self.buttons.items():
            codes = wish.chosen(word)
            joined = _JOIN.join(code or _UNSTATED for code in codes)
            button.show_choice(
                joined, listed((self._label(word, code) for code in codes), last="or")
            )
        years = wish.years
        text = years_words(years) if years else ""
        self.years.show_choice("-".join(map(str, years)) if years else "", text)

    def _button(self, word: str) -> CountedFilter:
        label, hint = _HINTS[word]
        button = CountedFilter(self._theme, label, hint)
        button.offer = partial(self._options, word)
        button.chosen.connect(partial(self._on_button_chosen, word))
        return button

    def _label(self, word: str, code: str) -> str:
        return option_label(self._library.labels, word, code, self._actor)

    def _actor(self, actor: str) -> str:
        return next((row.name for row in self._library.actors if row.id == actor), actor)

    def _options(self, word: str) -> Sequence[Option]:
        """What can be chosen while everything else stays, with the actors each would leave."""
        if self._index is None:
            return ()
        wanted = self._wish.choosing(word, ()).filter
        if word == "sector":
            found = self._index.count(wanted)
            counts = {one.code: one.actors for one in (*found.sectors, *found.scopes)}
        else:
            counts = Counter(
                code for one in self._index.actors_of(wanted) for code in _CODES[word](one.actor)
            )
        options = [
            (code or _UNSTATED, self._label(word, code), number) for code, number in counts.items()
        ]
        if word == "actor":
            return sorted(
                ((code, label, None) for code, label, _ in options), key=lambda o: o[1].casefold()
            )
        return sorted(options, key=lambda o: (o[0] == _UNSTATED, -(o[2] or 0), o[1]))

    def _spans(self) -> Sequence[Option]:
        years = self._index.years if self._index else None
        if years is None:
            return ()
        first, last = years
        spans = [(first, last)] + [
            (last - span + 1, last) for span in _SPANS if last - span >= first
        ]
        labels = ["dated only", *(f"the last {span}" for span in _SPANS)]
        return [
            (f"{begin}-{end}", f"{years_words((begin, end))} ({label})", None)
            for (begin, end), label in zip(spans, labels, strict=False)
        ]

    def _on_measure_chosen(self, measure: Measure) -> None:
        self.changed.emit(replace(self._wish, measure=measure))

    def _on_button_chosen(self, word: str, code: str) -> None:
        codes = ("" if one == _UNSTATED else one for one in code.split(_JOIN)) if code else ()
        self.changed.emit(self._wish.choosing(word, codes))

    def _on_years_chosen(self, code: str) -> None:
        first, _, last = code.partition("-")
        self.changed.emit(self._wish.within((int(first), int(last)) if code else None))

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(6), self._theme.px(8))
        self._row.setSpacing(self._theme.px(8))
        self._title.setContentsMargins(0, 0, self._theme.px(10), 0)
