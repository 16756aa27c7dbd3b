"""Why a piece of evidence agrees with a hypothesis, or does not: read, written, changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.errors import BriefingError
from briefing.core.wording import sentence_case
from briefing.ui.theme import Theme
from briefing.ui.views.case_dialog import CaseDialog
from briefing.ui.views.case_drafts import text_fault
from briefing.ui.widgets.ach_words import WORDS, meaning
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.text_area import TextArea

_NO_MARK: Final = "-"


class RationaleDialog(CaseDialog):
    """The mark of one cell, and why it stands there."""

    written = Signal(str, str, object, str)
    """Ids of hypothesis and evidence, the ``Mark``, and why; "" where no reason is given."""

    def __init__(
        self, theme: Theme, parent: QWidget, page: CasePage, hypothesis: str, evidence: str
    ) -> None:
        """For one cell of a case.

        Raises:
            KeyError: when the case has no such row.
        """
        case = page.case
        labels = case.labels()
        self._row, self._column = labels[evidence], labels[hypothesis]
        super().__init__(theme, parent, f"{self._row} × {self._column}", "Keep")
        self._ids = (hypothesis, evidence)
        answer = next(one for one in case.hypotheses if one.id == hypothesis)
        shown = next(one for one in case.evidence if one.id == evidence)
        cell = answer.cell(evidence)
        options = [(mark.value, mark.value) for mark in Mark]
        if cell is None:
            options.insert(0, (_NO_MARK, "–"))
        self.marks = Segments(theme, "Mark", options)
        self.marks.set_value(cell.mark.value if cell else _NO_MARK)
        self.meaning = WrappedLabel(theme, "", "note", "ink_3")
        self.reason = TextArea(theme, "Why", "What makes you say so, in a sentence or two", lines=3)
        self.reason.set_text(cell.rationale if cell else "")
        self._lay_out(shown.text, answer.text)
        self.marks.chosen.connect(self._on_marks_chosen)
        self.marks.chosen.connect(self.note_change)
        self.reason.edited.connect(self.note_change)
        self.do.clicked.connect(self._on_do_clicked)
        self._on_marks_chosen(self.marks.value)
        self.reason.setFocus()

    def show_typed(self, mark: Mark, reason: str) -> None:
        """Show what was typed and not recorded."""
        self.marks.set_value(mark.value)
        self.reason.set_text(reason)
        self.note_change()

    def _lay_out(self, evidence: str, hypothesis: str) -> None:
        theme = self._theme
        self.add(f"Evidence {self._row}", WrappedLabel(theme, evidence, "body"))
        self.add(f"Hypothesis {self._column}", WrappedLabel(theme, hypothesis, "body"))
        self.add("How they agree", self.marks, self.meaning)
        self.add("Why", self.reason)

    def _mark(self) -> Mark | None:
        return None if self.marks.value == _NO_MARK else Mark(self.marks.value)

    def _on_marks_chosen(self, _value: str) -> None:
        mark = self._mark()
        said = meaning(mark, self._row, self._column)
        self.meaning.setText(said)
        self.marks.setAccessibleDescription(f"{sentence_case(WORDS[mark])}. {said}")

    def _on_do_clicked(self) -> None:
        mark = self._mark()
        if mark is None:
            self.say_error(
                BriefingError(
                    "A reason needs a mark.", remedy="Choose how the two agree, then keep it."
                )
            )
            return
        if wrong := text_fault(self.reason.text()):
            self.say_error(BriefingError(wrong, remedy="Change the reason, then keep it."))
            return
        self.written.emit(*self._ids, mark, self.reason.text())
        self.accept()
