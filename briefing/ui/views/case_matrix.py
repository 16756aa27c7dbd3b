"""Which answer the evidence speaks against least: the matrix, its legend, and what it shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.errors import BriefingError
from briefing.services.matrix_words import leading
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.views.case_matrix_words import HELP_TOPIC_ACH, sentences
from briefing.ui.views.case_rationale import RationaleDialog
from briefing.ui.widgets.ach_grid import AchGrid
from briefing.ui.widgets.ach_legend import AchLegend
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.section_header import SectionHeader

_NOTE: Final = "edit with C, I, N; twice for strong"
_NO_HYPOTHESIS: Final = (
    "No hypotheses yet",
    "A hypothesis is one answer to the question who did it. Three or more compete here; one of"
    " them supposes an actor nobody has named, or a false flag.",
)
_NO_EVIDENCE: Final = (
    "No evidence yet",
    "Each piece of evidence is a row here. Add evidence above, then say how it agrees with every"
    " hypothesis.",
)


class MatrixPane(QWidget):
    """The analysis of competing hypotheses over one case.

    It has no margins of its own and is as high as its content.
    """

    mark_chosen = Signal(str, str, object)
    """Ids of hypothesis and evidence, and the ``Mark``, or None to take it away."""
    rationale_written = Signal(str, str, object, str)
    """Ids of hypothesis and evidence, the ``Mark``, and why, "" to take the reason away.

    A mark that changes where a reason stands comes with that reason, so that no key loses it.
    """
    add_asked = Signal()
    """A hypothesis is to be added."""
    row_chosen = Signal(str)
    """Id of the evidence or hypothesis that is to be shown."""
    revealed = Signal(QRect)
    """The part of this pane that the keyboard went to, to be scrolled to."""

    def __init__(self, theme: Theme) -> None:
        """Without a case; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self._page: CasePage | None = None
        self.dialog: RationaleDialog | None = None
        self.header = SectionHeader(theme, "Competing hypotheses (ACH)", _NOTE, "Add hypothesis")
        self.grid = AchGrid(theme)
        self.legend = AchLegend(theme)
        self.words = WrappedLabel(theme, "", "table")
        self.told = WrappedLabel(theme, "", "note", "ink_2")
        self.nothing = Notice(theme, "empty", *_NO_HYPOTHESIS, icon_name="attribution")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for part in (
            self.header,
            self.nothing,
            self.grid,
            self.legend,
            self.words,
            self.told,
        ):
            self._box.addWidget(part)
        self._box.addStretch(1)
        self._connect()
        self.setProperty(HELP_TOPIC, HELP_TOPIC_ACH)
        self._on_theme_changed()

    def show_page(self, page: CasePage) -> None:
        """Show another case, or another state of it."""
        self._page = page
        self.grid.show_page(page)
        # The lead last: it names the label for screen readers, with the text that is there.
        self.words.setText(" ".join(sentences(page)))
        self.words.set_lead(leading(page))
        case = page.case
        is_full = bool(case.hypotheses and case.evidence)
        self.nothing.set_words(*(_NO_EVIDENCE if case.hypotheses else _NO_HYPOTHESIS))
        self.nothing.setVisible(not is_full)
        self.header.set_note(_NOTE if is_full else "")
        for part in (self.grid, self.legend, self.words, self.told):
            part.setVisible(is_full)

    def write_again(
        self, hypothesis: str, evidence: str, mark: Mark, rationale: str, error: BriefingError
    ) -> None:
        """Show a reason that was not recorded in the form where it was written, and say why not."""
        if self._page is None or not _has_cell(self._page, hypothesis, evidence):
            return
        dialog = self._ask(self._page, hypothesis, evidence)
        dialog.show_typed(mark, rationale)
        dialog.say_error(error)

    def _connect(self) -> None:
        self.header.link_activated.connect(self.add_asked)
        self.grid.mark_chosen.connect(self._on_grid_mark_chosen)
        self.grid.row_chosen.connect(self.row_chosen)
        self.grid.rationale_asked.connect(self._on_grid_rationale_asked)
        self.grid.current_told.connect(self.told.setText)
        self.grid.current_moved.connect(self._on_grid_current_moved)
        self._theme.changed.connect(self._on_theme_changed)

    def _on_grid_mark_chosen(self, hypothesis: str, evidence: str, mark: Mark | None) -> None:
        rows = self._page.case.hypotheses if self._page else ()
        cell = next((one.cell(evidence) for one in rows if one.id == hypothesis), None)
        if mark is not None and cell is not None and cell.rationale:
            self.rationale_written.emit(hypothesis, evidence, mark, cell.rationale)
        else:
            self.mark_chosen.emit(hypothesis, evidence, mark)

    def _on_grid_rationale_asked(self, hypothesis: str, evidence: str) -> None:
        if self._page is not None:
            self._ask(self._page, hypothesis, evidence)

    def _ask(self, page: CasePage, hypothesis: str, evidence: str) -> RationaleDialog:
        self.dialog = RationaleDialog(self._theme, self, page, hypothesis, evidence)
        self.dialog.written.connect(self._on_dialog_written)
        self.dialog.open()
        return self.dialog

    def _on_dialog_written(
        self, hypothesis: str, evidence: str, mark: Mark, rationale: str
    ) -> None:
        self.rationale_written.emit(hypothesis, evidence, mark, rationale)

    def _on_grid_current_moved(self, rect: QRect) -> None:
        self.revealed.emit(QRect(self.grid.mapTo(self, rect.topLeft()), rect.size()))

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(8))


def _has_cell(page: CasePage, hypothesis: str, evidence: str) -> bool:
    return any(one.id == hypothesis for one in page.case.hypotheses) and any(
        one.id == evidence for one in page.case.evidence
    )
