"""Decisions in force about who is who: what, when, by whom, why, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.brief import Span, Text
from briefing.core.identity_review import Decided, Party, Review
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import SCREEN, to_place
from briefing.ui.views.identity_words import decisions_note, signed
from briefing.ui.widgets.buttons import Button, flat_button
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import order_tabs

_FEW = 8
_TOLERATED = 2
"""So many more than a few are shown at once."""


class DecisionList(QWidget):
    """The newest decisions, all of them when asked for; what was made here stands first."""

    navigate = Signal(object)
    """The Place of an actor."""
    take_back_asked = Signal(int)
    """The id of a decision."""

    def __init__(self, theme: Theme) -> None:
        """None yet."""
        super().__init__()
        self._theme = theme
        self._review = Review()
        self._all = False
        self._ready = True
        self._built: list[DecisionRow] = []
        self._waiting: list[tuple[int, Decided]] = []
        self._header = SectionHeader(theme, "Decisions in force")
        self._header.link_activated.connect(self._on_link_activated)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._header)
        whole.addLayout(self._list)

    @property
    def rows(self) -> tuple[DecisionRow, ...]:
        """The rows that are shown, from top to bottom."""
        return tuple(row for row in self._built if not row.isHidden())

    def show_decisions(self, review: Review) -> None:
        """List what is decided in a review."""
        self._review = review
        few = len(review.decisions) <= _FEW + _TOLERATED
        words = "Fewer" if self._all else f"All {len(review.decisions):,}"
        self._header.set_note(decisions_note(review))
        self._header.set_link("" if few else words)
        wanted = review.decisions if few or self._all else review.decisions[:_FEW]
        for row in self._built[len(wanted) :]:
            row.hide()
        self._waiting = list(enumerate(wanted))
        self._fill_some()

    def set_ready(self, ready: bool) -> None:
        """Whether a decision can be taken back now."""
        self._ready = ready
        for row in self._built:
            row.button.setEnabled(ready)

    def finish(self) -> None:
        """Fill what has not been filled yet; for pictures and tests."""
        self._timer.stop()
        while self._waiting:
            self._fill_some()

    def _fill_some(self) -> None:
        """A few rows now; the others follow, a few in each turn of the event loop."""
        some, self._waiting = self._waiting[: _FEW + _TOLERATED], self._waiting[_FEW + _TOLERATED :]
        for place, decided in some:
            if place == len(self._built):
                self._built.append(self._new_row())
            self._built[place].show_decided(decided)
        if self._waiting:
            self._timer.start(0)
        else:
            order_tabs(self)

    def _new_row(self) -> DecisionRow:
        row = DecisionRow(self._theme)
        row.navigate.connect(self.navigate)
        row.take_back_asked.connect(self.take_back_asked)
        row.button.setEnabled(self._ready)
        self._list.addWidget(row)
        return row

    def _on_timer_timeout(self) -> None:
        self._fill_some()

    def _on_link_activated(self) -> None:
        self._all = not self._all
        self.show_decisions(self._review)


class DecisionRow(QWidget):
    """``APT28 (MITRE ATT&CK) and STRONTIUM (Microsoft names) are the same actor   Take back``."""

    navigate = Signal(object)
    take_back_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Nothing decided yet."""
        super().__init__()
        self._theme = theme
        self._decision = 0
        self.button: Button = flat_button(theme, "Take back", "undo")
        self.button.clicked.connect(lambda: self.take_back_asked.emit(self._decision))
        self._words = ProseRows(theme)
        self._words.place_activated.connect(self._on_place_activated)
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._line = line
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(line)
        whole.addWidget(Divider(theme))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_decided(self, decided: Decided) -> None:
        """Show a decision; both names lead to their actors while their records are there."""
        self._decision = decided.id
        self.button.setAccessibleName(f"Take back: {decided.words}")
        self._words.set_rows([ProseRow(_text(decided), note=(Span(signed(decided)),))])
        self.show()

    def text(self) -> str:
        """Everything it says."""
        return self._words.text()

    def _on_place_activated(self, native: str) -> None:
        self.navigate.emit(Place(SCREEN, native))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._line.setSpacing(px(12))
        self._line.setContentsMargins(0, px(5), 0, px(6))


def _text(decided: Decided) -> Text:
    before, after = decided.frame
    parts = (Span(before), *_party(decided.one), Span(" and "), *_party(decided.other), Span(after))
    return tuple(span for span in parts if span.text)


def _party(party: Party) -> tuple[Span, ...]:
    name = to_place(party.name, party.native) if party.sources else Span(party.name)
    return name, Span(f" ({party.where})")
