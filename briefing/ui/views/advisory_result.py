"""How many advisories a filter leaves, for how many anything is stated, and why none is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from briefing.analysis.advisory_filter import (
    FIELDS,
    AdvisoryFilter,
    Marks,
    Part,
    loosen,
    stated,
)
from briefing.core.advisory import AdvisoryRow
from briefing.core.wording import counted, in_words, inside, listed
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_filters import TITLES
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.labels import ElidedLabel, Label
from briefing.ui.widgets.notice import Notice, NoticeAction

_STATED: Final[Mapping[Part, str]] = {
    "issuer": "issuer stated for {}",
    "sector": "sectors stated for {}",
    "technology": "products stated for {}",
    "since": "{} dated",
    "actor": "{} name an actor",
    "kev": "{} have a KEV date",
}
_REASONS: Final[Mapping[Part, str]] = {
    "issuer": "The issuer is stated for {} only.",
    "sector": "Sectors are stated for {} only.",
    "technology": "Products are stated for {} only.",
    "since": "Dated are {} only.",
    "actor": "An actor is named by {} only.",
    "kev": "A vulnerability with a due date of CISA is named by {} only.",
    "mark": "Marks are yours, kept in the workspace on this computer; {} can bear one.",
    "text": "Only titles, numbers, issuers, CVE ids and products are looked through; Ctrl+K looks"
    " into their texts.",
}
_NAMED: Final = 2
_GAPS: Final = 20


class AdvisoryResult(QWidget):
    """``12 of 852 advisories · products stated for 150        Save filter``."""

    def __init__(self, theme: Theme) -> None:
        """Without numbers."""
        super().__init__()
        self._theme = theme
        self._rows: Sequence[AdvisoryRow] = ()
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

    def set_rows(self, rows: Sequence[AdvisoryRow]) -> None:
        """Count of how many anything is stated."""
        self._rows = rows
        self._stated = {field: stated(rows, field) for field in FIELDS}

    def show_result(self, chosen: AdvisoryFilter, left: int, unread: int) -> None:
        """Say how many are left, and for how many what was filtered by is stated at all.

        Args:
            chosen: The filter.
            left: How many it leaves.
            unread: How many of those are unread.
        """
        total = counted(len(self._rows), "advisory")
        figure, _, noun = total.partition(" ")
        notes = [
            _STATED[part].format(f"{self._stated.get(part, 0):,}")
            for part in chosen.chosen
            if part in _STATED
        ]
        self._words = ", ".join(notes or [f"{unread:,} unread"])
        self._found.setText(f"{left:,}" if chosen.chosen else figure)
        self._of.setText(f"of {total}" if chosen.chosen else noun)
        self.setAccessibleName(f"{self._found.text()} {self._of.text()}, {self._words}")
        self.save.setVisible(bool(chosen.chosen))
        self._on_theme_changed()

    def explain(
        self,
        chosen: AdvisoryFilter,
        marks: Marks,
        words: Callable[[Part], str],
        apply: Callable[[AdvisoryFilter], None],
    ) -> Notice:
        """Why nothing is left, and a button that helps.

        Args:
            chosen: The filter that leaves nothing.
            marks: What was read and kept.
            words: A choice in words.
            apply: Takes the filter the button offers.
        """
        parts = chosen.chosen
        few = len(parts) <= _NAMED
        what = listed(f"{inside(TITLES[part])} {words(part)}" for part in parts)
        title = f"No advisory matches {what if few else f'all {in_words(len(parts))} filters'}"
        way = loosen(self._rows, chosen, marks)
        if way.part is None:
            text = f"No single filter is the reason. Without any: {counted(way.left, 'advisory')}."
            action = NoticeAction("Clear all", partial(apply, AdvisoryFilter()), "close")
            return Notice(self._theme, "empty", title, text, [action])
        name = TITLES[way.part]
        left = counted(way.left, "advisory")
        of = f"{self._stated.get(way.part, 0):,} of {counted(len(self._rows), 'advisory')}"
        text = f"{_REASONS[way.part].format(of)} Without the filter “{name}”: {left}."
        less = chosen.choosing(way.part, "")
        action = NoticeAction(f"Remove filter “{name}”", partial(apply, less), "close")
        return Notice(self._theme, "empty", title, text, [action])

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
