"""The two halves of reading a report: its text with the place that is looked at, and the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from briefing.core.proposal import Extraction, Place, Proposal
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.case_extract_list import ProposalList
from briefing.ui.views.case_extract_text import ReportText
from briefing.ui.widgets.buttons import icon_button
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.progress_row import ProgressRow
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader

_SIDE: Final = 20
_MIDDLE: Final = 10
_BLINK: Final = 600
_READING: Final = "Reading the report"
_NOTHING_YET: Final = (
    "Paste the text of a report. What it names is listed here, each thing with its place in it."
)
_NOTHING_FOUND: Final = (
    "No id of ATT&CK, no name of a technique or piece of software, no CVE, hash, domain or address"
    " was recognised. If the report is a picture, its text has to be copied from a reader that"
    " recognises letters."
)


class TextPane(QWidget):
    """The text, and over it which place of how many is looked at."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is pasted."""
        super().__init__()
        self._theme = theme
        self._places: Sequence[Place] = ()
        self._at = 0
        self.report = ReportText(theme)
        self.before = icon_button(theme, "chevron-up", "Previous place (Shift+F3)", quiet=True)
        self.next = icon_button(theme, "chevron-down", "Next place (F3)", quiet=True)
        self.header = SectionHeader(theme, "Text")
        self._row = QHBoxLayout()
        self._row.addWidget(self.header, 1)
        self._row.addWidget(self.before)
        self._row.addWidget(self.next)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._row)
        self._box.addWidget(self.report, 1)
        self.before.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_proposal(None)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Mark every place of a proposal, and go to the first."""
        self._places = proposal.places if proposal is not None else ()
        self._go_to(0)

    def go_on(self) -> None:
        """Go to the next place; behind the last comes the first."""
        self._go_to(self._at + 1)

    def go_back(self) -> None:
        """Go to the previous place."""
        self._go_to(self._at - 1)

    def _go_to(self, at: int) -> None:
        total = len(self._places)
        self._at = at % total if total else 0
        self.report.show_places(self._places, self._at)
        for button in (self.before, self.next):
            button.setVisible(total > 1)
        words = ""
        if total:
            line = f"line {self._places[self._at].line:,}"
            words = f"place {self._at + 1:,} of {total:,}, {line}" if total > 1 else line
        self.header.set_note(words)

    def stand(self, *, beside: bool) -> None:
        """Leave room at the sides: beside the list, or over it."""
        px = self._theme.px
        right = px(_MIDDLE if beside else _SIDE)
        self._box.setContentsMargins(px(_SIDE), 0, right, 0 if beside else px(_MIDDLE))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setSpacing(px(6))
        self._row.setSpacing(px(8))


class ProposalPane(QWidget):
    """The list; while there is none, what to do. Work that takes a moment is told over it."""

    stopped = Signal()
    """A person does not want to wait for what is being read."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is read."""
        super().__init__()
        self._theme = theme
        self._header = SectionHeader(theme, "What it names")
        self.list = ProposalList(theme)
        self._reading: ProgressRow | None = None
        self._words = Notice(theme, "empty", "", "", icon_name="document")
        told = Scroller(theme, sides=0, top=4)
        told.body.addWidget(self._words)
        self._told = told
        self._stack = QStackedWidget()
        self._stack.setProperty(OWN_FOCUS, True)
        self._stack.addWidget(told)
        self._stack.addWidget(self.list)
        # What is read in a blink needs no bar that flickers.
        self._late = QTimer(self, singleShot=True, interval=_BLINK)
        self._late.timeout.connect(self._on_late)
        self._remarks = Notice(theme, "info", "")
        self._box = QVBoxLayout(self)
        self._box.addWidget(self._header)
        self._box.addWidget(self._stack, 1)
        self._box.addWidget(self._remarks)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_nothing_yet()

    def show_nothing_yet(self) -> None:
        """Say what to do."""
        self._show(Extraction(()), lambda _one: "")
        self._words.set_words("Nothing is read yet", _NOTHING_YET)

    def wait(self) -> None:
        """Let nobody look for places in a text that has changed, until it is read again."""
        self.list.setEnabled(False)
        self._late.start()

    def show_found(self, found: Extraction, bar: Callable[[Proposal], str]) -> None:
        """List what was found.

        Args:
            found: With its remarks.
            bar: Why a proposal cannot be chosen, or "".
        """
        self._show(found, bar)
        if not found.proposals:
            self._words.set_words("Nothing was recognised", _NOTHING_FOUND)

    def _show(self, found: Extraction, bar: Callable[[Proposal], str]) -> None:
        self._late.stop()
        if self._reading is not None:
            self._reading.hide()
            self._reading.deleteLater()
            self._reading = None
        self.list.setEnabled(True)
        self.list.set_proposals(found.proposals, bar)
        any_found = bool(found.proposals)
        self._stack.setCurrentWidget(self.list if any_found else self._told)
        self._header.set_note(counted(len(found.proposals), "proposal") if any_found else "")
        self._remarks.set_words(" ".join(found.remarks))
        self._remarks.setVisible(bool(found.remarks))

    def _on_late(self) -> None:
        """Say what takes so long."""
        self._reading = ProgressRow(self._theme, _READING)
        self._reading.cancelled.connect(self.stopped)
        self._box.insertWidget(1, self._reading)

    def stand(self, *, beside: bool) -> None:
        """Leave room at the sides: beside the text, or under it."""
        px = self._theme.px
        left = px(_MIDDLE if beside else _SIDE)
        self._box.setContentsMargins(left, 0 if beside else px(_MIDDLE), px(_SIDE), 0)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(6))
