"""How many actors a filter leaves, of how many, for how many anything is stated; and why none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefing.analysis.actor_filter import FIELDS, ActorFilter, Part, loosen, stated
from briefing.core.actor import ActorRow
from briefing.services.recipes.wording import counted, listed
from briefing.ui.theme import Theme
from briefing.ui.views.actor_filters import TITLES
from briefing.ui.widgets.buttons import LinkButton
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
_NAMES_ONLY: Final = "Only the names in this list are looked through; Ctrl+K finds every name."


class ResultLine(QWidget):
    """``79 of 982 actors · origin stated for 413        Save filter``."""

    def __init__(self, theme: Theme) -> None:
        """Without numbers."""
        super().__init__()
        self._theme = theme
        self._rows: Sequence[ActorRow] = ()
        self._stated: dict[Part, int] = {}
        self.save = LinkButton(theme, "Save filter", "key")
        self._found = Label(theme, "", "table_strong")
        self._of = Label(theme, "", "table")
        self._note = ElidedLabel(theme, "", "table", "ink_3")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for label in (self._found, self._of):
            self._row.addWidget(label)
        self._row.addWidget(self._note, 1)
        self._row.addWidget(self.save)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

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
        self._note.setText(f"· {note}")
        self.setAccessibleName(f"{self._found.text()} {self._of.text()}, {note}")
        self.save.setVisible(bool(chosen.chosen))

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
        title = f"No actor matches {listed(words(part) for part in chosen.chosen)}"
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

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(4))
