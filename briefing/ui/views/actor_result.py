"""How many actors a filter leaves, of how many, for how many anything is stated; and why none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from briefing.analysis.actor_filter import FIELDS, ActorFilter, Part, loosen, stated
from briefing.core.actor import ActorRow
from briefing.core.wording import counted, in_words, listed
from briefing.ui.theme import Theme
from briefing.ui.views.actor_filters import TITLES
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.labels import ElidedLabel, Label
from briefing.ui.widgets.notice import Notice, NoticeAction

_STATED: Final[Mapping[Part, str]] = {
    "sector": "sectors",
    "country": "countries",
    "origin": "origin",
    "motive": "motive",
    "kind": "kind",
    "since": "date",
}
_SUBJECTS: Final[Mapping[Part, str]] = {
    "sector": "Sectors are stated",
    "country": "Countries are stated",
    "origin": "Origin is stated",
    "motive": "Motive is stated",
    "kind": "Kind is stated",
    "since": "A dated document is known",
}
_NAMED: Final = 2
"""So many choices are named where nobody matches; more stand in the chips above."""

_GAPS: Final = 20
_NAMES_ONLY: Final = "Only the names in this list are looked through; Ctrl+K finds every name."


class ResultLine(QWidget):
    """``79 of 982 actors · origin stated for 413        Save filter``."""

    def __init__(self, theme: Theme) -> None:
        """Without numbers."""
        super().__init__()
        self._theme = theme
        self._rows: Sequence[ActorRow] = ()
        self._stated: dict[Part, int] = {}
        self._words = ""
        self.save = LinkButton(theme, "Save filter", "key")
        self._found = Label(theme, "", "table_strong")
        self._of = Label(theme, "", "table")
        self._note = ElidedLabel(theme, "", "table", "ink_3")
        self._row = Columns(theme, (self._total(), self._note, self.save), (stacked(3),), 4, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_rows(self, rows: Sequence[ActorRow]) -> None:
        """Count of how many anything is stated."""
        self._rows = rows
        self._stated = {field: stated(rows, field) for field in FIELDS}

    def show_result(self, chosen: ActorFilter, left: int) -> None:
        """Say how many are left, and for how many what was filtered by is stated at all."""
        total = counted(len(self._rows), "actor")
        figure, _, noun = total.partition(" ")
        parts = [part for part in chosen.chosen if part != "text"] or ["origin"]
        first, *others = (
            f"{_STATED[part]} {{}}for {self._stated.get(part, 0):,}" for part in parts
        )
        note = ", ".join([first.format("stated "), *(other.format("") for other in others)])
        self._found.setText(f"{left:,}" if chosen.chosen else figure)
        self._of.setText(f"of {total}" if chosen.chosen else noun)
        self._words = note
        self.setAccessibleName(f"{self._found.text()} {self._of.text()}, {note}")
        self.save.setVisible(bool(chosen.chosen))
        self._on_theme_changed()

    def explain(
        self,
        chosen: ActorFilter,
        words: Callable[[Part], str],
        apply: Callable[[ActorFilter], None],
    ) -> Notice:
        """Why nobody is left, and a button that helps.

        Args:
            chosen: The filter that leaves nobody.
            words: A choice in words.
            apply: Takes the filter the button offers.
        """
        parts = chosen.chosen
        what = listed(words(part) for part in parts)
        few = len(parts) <= _NAMED
        title = f"No actor matches {what if few else f'all {in_words(len(parts))} filters'}"
        way = loosen(self._rows, chosen)
        if way.part is None:
            text = f"No single filter is the reason. Without any: {counted(way.left, 'actor')}."
            action = NoticeAction("Clear all", partial(apply, ActorFilter()), "close")
        else:
            name = TITLES[way.part].lower()
            left = counted(way.left, "actor")
            text = f"{self._reason(way.part)} Without the {name} filter: {left}."
            less = chosen.choosing(way.part, "")
            action = NoticeAction(f"Remove {name} filter", partial(apply, less), "close")
        return Notice(self._theme, "empty", title, text, [action])

    def _reason(self, part: Part) -> str:
        if part == "text":
            return _NAMES_ONLY
        total = counted(len(self._rows), "actor")
        return f"{_SUBJECTS[part]} for {self._stated[part]:,} of {total} only."

    def _total(self) -> QWidget:
        holder = QWidget()
        self._numbers = QHBoxLayout(holder)
        self._numbers.setContentsMargins(0, 0, 0, 0)
        for label in (self._found, self._of):
            self._numbers.addWidget(label)
        self._numbers.addStretch(1)
        return holder

    def _on_theme_changed(self) -> None:
        """One line where the note fits into it, else a line of its own for the note."""
        self._numbers.setSpacing(self._theme.px(4))
        metrics = self._theme.metrics("table")
        shown = (self._found, self._of, self.save)
        needed = metrics.horizontalAdvance(f"· {self._words}") + self._theme.px(_GAPS)
        needed += sum(label.sizeHint().width() for label in shown if not label.isHidden())
        fits = self.width() >= needed
        self._note.setText(f"· {self._words}" if fits else self._words)
        one = ((0, NATURAL), (1, 1), (2, NATURAL))
        rows = (one,) if fits else (((0, 1), (2, NATURAL)), ((1, 1),))
        self._row.columns.set_arrangements((Arrangement(0, rows),))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The note moves to a line of its own, or back."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._on_theme_changed()
