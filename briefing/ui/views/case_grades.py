"""How far to trust a report: the Admiralty code, and where the report starts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.case import Case, Cited
from briefing.core.grading import RELIABILITY
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import origin_of, origins_before, reliability_of
from briefing.ui.views.case_form_words import CREDIBILITIES, NOT_JUDGED, RELIABILITIES
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.name_line import NameLine, Offer


class ReliabilityField(QWidget):
    """A to F with its words; what was given to the same publisher before is proposed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, case: Case | None) -> None:
        """Nothing is chosen; ``case`` holds what was graded before."""
        super().__init__()
        self._case = case
        self._is_chosen = False
        self.box = ChoiceBox(
            theme, "Reliability of the source", RELIABILITIES, asks="How reliable is the source?"
        )
        self._told = WrappedLabel(theme, "", "note", "ink_3")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        rows.addWidget(self.box)
        rows.addWidget(self._told)
        self._told.hide()
        self.box.chosen.connect(self._on_box_chosen)

    @property
    def value(self) -> str | None:
        """A to F; None while nothing is chosen."""
        return self.box.value

    @property
    def told(self) -> str:
        """Why something is proposed, or ""."""
        return self._told.text()

    def set_value(self, letter: str | None) -> None:
        """Show a grade that was given."""
        self.box.set_value(letter)
        self._is_chosen = letter is not None

    def propose(self, documents: Sequence[Cited]) -> None:
        """Propose what the publisher of the first document was given, unless a person chose."""
        publisher = documents[0].publisher if documents else ""
        letter = "" if self._is_chosen else reliability_of(self._case, publisher)
        if not self._is_chosen:
            self.box.set_value(letter or None)
        words = f"As {publisher} was graded before: {RELIABILITY[letter]}." if letter else ""
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def _on_box_chosen(self, letter: str) -> None:
        self._is_chosen = True
        self._told.hide()
        self.chosen.emit(letter)


class OriginField(QWidget):
    """Where a report starts: proposed from its document, and those named before are offered."""

    edited = Signal()

    def __init__(self, theme: Theme, case: Case | None) -> None:
        """Nothing is known."""
        super().__init__()
        self._case = case
        self._known = origins_before(case) if case is not None else ()
        self._is_typed = False
        self.line = NameLine(theme, "Origin", self._offers, "Who knew it first")
        self.known = ChoiceBox(
            theme,
            "Origins named before",
            [Choice(origin, origin) for origin in self._known],
            asks="Choose one named before",
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(6))
        rows.addWidget(self.line)
        rows.addWidget(self.known)
        self.known.setVisible(bool(self._known))
        self.line.edited.connect(self._on_line_edited)
        self.known.chosen.connect(self._on_known_chosen)

    def text(self) -> str:
        """The origin as it is typed."""
        return self.line.text()

    def set_text(self, origin: str) -> None:
        """Show an origin that was recorded."""
        self.line.set_text(origin)
        self._is_typed = bool(origin)

    def propose(self, documents: Sequence[Cited]) -> None:
        """Propose where what is read in these documents starts, unless a person typed it."""
        if not self._is_typed:
            self.line.set_text(origin_of(self._case, documents))

    def _offers(self, text: str) -> Sequence[Offer]:
        words = text.strip().casefold()
        found = [origin for origin in self._known if words and words in origin.casefold()]
        return [Offer(origin, origin) for origin in found if origin.casefold() != words]

    def _on_line_edited(self, text: str) -> None:
        self._is_typed = bool(text)
        self.known.set_value(None)
        self.edited.emit()

    def _on_known_chosen(self, origin: str) -> None:
        self.set_text(origin)
        self.edited.emit()


def credibility_box(theme: Theme, *, may_be_open: bool) -> ChoiceBox:
    """1 to 6 with its words; ``may_be_open`` offers that nobody has judged it."""
    name = "Credibility of the information"
    if may_be_open:
        return ChoiceBox(theme, name, (Choice(NOT_JUDGED, "nobody has judged it"), *CREDIBILITIES))
    return ChoiceBox(theme, name, CREDIBILITIES, asks="How credible is what it says?")
