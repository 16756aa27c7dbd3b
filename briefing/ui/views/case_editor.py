"""Opens the forms of a case over the window, and records what comes back from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from briefing.core.case import (
    Cell,
    Claim,
    Evidence,
    Hypothesis,
    Opinion,
    Row,
    Subject,
)
from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.ui.errors import show_error
from briefing.ui.jobs import Job, Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.case_actor import ActorNames
from briefing.ui.views.case_drafts import Stamp
from briefing.ui.views.case_extract import ExtractDialog, open_extract
from briefing.ui.views.case_form_assessment import AssessmentPanel
from briefing.ui.views.case_form_claim import ClaimPanel
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_form_hypothesis import HypothesisPanel
from briefing.ui.views.case_form_incident import IncidentPanel
from briefing.ui.views.case_form_opinion import OpinionPanel
from briefing.ui.views.case_forms import Asked, RowDialog
from briefing.ui.views.case_keeper import CaseKeeper
from briefing.ui.views.case_new import NewIncidentDialog
from briefing.ui.views.case_panel import Panel
from briefing.ui.views.case_withdraw import WithdrawDialog


class CaseEditor(QObject):
    """What the Attribution screen has done with the rows of a case."""

    saved = Signal(str)
    """Id of the incident of which something was recorded; the page is to be read anew."""
    created = Signal(str)
    """Id of a new incident that the audience may see."""
    unsaved = Signal()
    """Something was not recorded; what is shown of it already is to be read anew."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        parent: QWidget,
        now: Callable[[], datetime],
        *,
        ceiling: Callable[[], Tlp] = lambda: Tlp.RED,
    ) -> None:
        """Nothing is open.

        Args:
            theme: Looks.
            jobs: Write in the background.
            library: The database that is written to.
            settings: Where the analyst's name is remembered.
            parent: The screen; dialogs stand over its window.
            now: The present time.
            ceiling: The level up to which the pages were read that are given here: what a row says
                of rows above it was not to be seen, and is kept.
        """
        super().__init__(parent)
        self._theme = theme
        self._jobs = jobs
        self._ceiling = ceiling
        self._screen = parent
        self._names = ActorNames(library)
        self._keeper = CaseKeeper(jobs, library, settings, now, ceiling)
        self._keeper.setParent(self)
        self._keeper.kept.connect(self.saved)
        self._keeper.lost.connect(self.unsaved)

    @property
    def is_recording(self) -> bool:
        """Whether rows are on their way; ``saved`` or ``unsaved`` follows, or a dialog stays."""
        return self._keeper.is_recording

    def forget(self) -> None:
        """A page has been read that holds whatever was recorded from here, or it was undone."""
        self._keeper.forget()

    def new_incident(self) -> NewIncidentDialog:
        """Ask for a new incident, in three steps."""
        dialog = NewIncidentDialog(self._theme, self._window, self._keeper)
        dialog.recorded.connect(partial(self._on_recorded, dialog))
        dialog.start()
        return dialog

    def edit_incident(self, page: CasePage) -> RowDialog:
        """Change what is recorded of the incident itself."""
        row = self._keeper.newest(page.case.incident)
        panel = IncidentPanel(self._theme, self._keeper.library.labels, row)
        return self._edit(page, row, "the incident", panel, lambda stamp: (panel.row(stamp),))

    def add_claim(self, page: CasePage) -> RowDialog:
        """Ask for a claim."""
        page = self._current(page)
        panel = ClaimPanel(self._theme, self._names, self._keeper.today, page.case)
        incident = page.case.incident.id
        return self._add(page, "claim", "Add a claim", panel, lambda s: (panel.row(s, incident),))

    def add_evidence(self, page: CasePage) -> RowDialog:
        """Ask for a piece of evidence."""
        page = self._current(page)
        panel = EvidencePanel(self._theme, page.case)
        return self._add(page, "evidence", "Add evidence", panel, lambda s: (panel.row(s),))

    def add_hypothesis(self, page: CasePage) -> RowDialog:
        """Ask for a hypothesis."""
        page = self._current(page)
        panel = HypothesisPanel(self._theme, self._names, page.case)
        return self._add(page, "hypothesis", "Add a hypothesis", panel, lambda s: (panel.row(s),))

    def new_assessment(self, page: CasePage) -> RowDialog | None:
        """Ask for an assessment, which supersedes the one that stands."""
        page = self._current(page)
        if not page.case.hypotheses:
            self._refuse(
                "An assessment judges a hypothesis, and none is recorded yet.",
                "Add a hypothesis first.",
            )
            return None
        panel = AssessmentPanel(self._theme, page, self._keeper.today)
        return self._add(page, "assessment", "New assessment", panel, lambda s: (panel.row(s),))

    def second_opinion(self, page: CasePage) -> RowDialog | None:
        """Ask what a second analyst thinks of the assessment that stands."""
        page = self._current(page)
        standing = page.case.assessment
        if standing is None:
            self._refuse(
                "A second opinion is about an assessment, and none is recorded yet.",
                "Record an assessment first.",
            )
            return None
        panel = OpinionPanel(self._theme, page.case, standing, self._keeper.today)
        return self._add(page, "opinion", "Second opinion", panel, lambda s: (panel.row(s),))

    def add_overlap_evidence(self, page: CasePage, evidence: Evidence) -> RowDialog:
        """Show what was computed, to be looked at and recorded as one piece of evidence.

        Args:
            page: The incident.
            evidence: As ``services.overlap.overlap_evidence`` made it.
        """
        page = self._current(page)
        panel = EvidencePanel(self._theme, page.case, evidence)
        asked = Asked(
            "Add the overlap as evidence",
            "Add it",
            "Recording the evidence",
            page.case.incident.id,
            lambda: self._keeper.next(evidence),
        )
        return self._open(panel, asked, lambda stamp: (panel.row(stamp),))

    def read_report(self, page: CasePage) -> ExtractDialog:
        """Read a pasted report, and record what is chosen of it."""
        page = self._current(page)
        return open_extract(
            self._theme, self._window, self._jobs, self._keeper, page, self._ceiling()
        )

    def edit(self, page: CasePage, row: Row) -> QDialog | None:
        """Change a row: what is recorded is a later version of it.

        An assessment is never changed: a new one supersedes it.
        """
        page, row = self._current(page), self._keeper.newest(row)
        case = page.case
        if isinstance(row, Subject):
            return self.edit_incident(page)
        if isinstance(row, Claim):
            claim = ClaimPanel(self._theme, self._names, self._keeper.today, case, row)
            incident = case.incident.id
            return self._edit(
                page, row, "the claim", claim, lambda stamp: (claim.row(stamp, incident),)
            )
        if isinstance(row, Evidence):
            piece = EvidencePanel(self._theme, case, row)
            return self._edit(page, row, "the evidence", piece, lambda s: (piece.row(s),))
        if isinstance(row, Hypothesis):
            answer = HypothesisPanel(self._theme, self._names, case, row)
            return self._edit(page, row, "the hypothesis", answer, lambda s: (answer.row(s),))
        if isinstance(row, Opinion):
            return self._edit_opinion(page, row)
        return self.new_assessment(page)

    def withdraw(self, page: CasePage, row: Row) -> QDialog | None:
        """Ask once whether a row is to be taken out, and say what goes with it."""
        page = self._current(page)
        try:
            dialog = WithdrawDialog(
                self._theme, self._window, self._keeper, page.case, self._keeper.newest(row)
            )
        except BriefingError as error:
            show_error(self._window, error, self._theme)
            return None
        dialog.start()
        return dialog

    def set_mark(
        self,
        page: CasePage,
        hypothesis_id: str,
        evidence_id: str,
        mark: Mark | None,
        rationale: str | None = None,
        refused: Callable[[BriefingError], object] | None = None,
    ) -> None:
        """Record how a piece of evidence agrees with a hypothesis, at once.

        Only an analyst who has given no name yet is asked for it first.

        Args:
            page: The incident.
            hypothesis_id: Id of the hypothesis.
            evidence_id: Id of the evidence.
            mark: The mark; None takes it away.
            rationale: Why; "" takes the reason away, and None keeps the one that stands there.
            refused: Is told why it was not recorded; without it, that is shown over the window.

        Raises:
            KeyError: when the case has no such hypothesis.
        """
        shown = {one.id: one for one in page.case.hypotheses}[hypothesis_id]
        if self._keeper.author:
            job = self._mark(page, shown, evidence_id, mark, rationale)
            job.failed.connect(refused or self._on_mark_failed)
            return
        asked = Asked(
            "Who are you?",
            "Record the mark",
            "Recording the mark",
            page.case.incident.id,
            lambda: self._keeper.next(shown),
        )
        dialog = self._open(
            Panel(self._theme, shown.tlp),
            asked,
            lambda stamp: (self._marked(shown, stamp, evidence_id, mark, rationale),),
        )
        dialog.rejected.connect(self.unsaved)

    @property
    def _window(self) -> QWidget:
        return self._screen.window()

    def _current(self, page: CasePage) -> CasePage:
        """The page with what was recorded from here since it was read."""
        return replace(page, case=self._keeper.current(page.case))

    def _mark(
        self, page: CasePage, shown: Hypothesis, evidence: str, mark: Mark | None, why: str | None
    ) -> Job[None]:
        row = self._marked(shown, self._keeper.next(shown), evidence, mark, why)
        return self._keeper.keep("Recording the mark", page.case.incident.id, (row,))

    def _marked(
        self, shown: Hypothesis, stamp: Stamp, evidence: str, mark: Mark | None, why: str | None
    ) -> Hypothesis:
        """A version of a hypothesis with one cell set; another that is on its way is kept."""
        before = self._keeper.newest(shown)
        cells = [cell for cell in before.cells if cell.evidence != evidence]
        cell = before.cell(evidence)
        if why is None:
            why = cell.rationale if cell is not None else ""
        if mark is not None:
            cells.append(Cell(evidence, mark, " ".join(why.split())))
        return replace(before, **stamp.fields, cells=tuple(cells))

    def _edit_opinion(self, page: CasePage, row: Opinion) -> RowDialog:
        assessment = {one.id: one for one in page.case.assessments}[row.assessment]
        panel = OpinionPanel(self._theme, page.case, assessment, self._keeper.today, row)
        return self._edit(page, row, "the opinion", panel, lambda stamp: (panel.row(stamp),))

    def _add(
        self,
        page: CasePage,
        kind: str,
        title: str,
        panel: Panel,
        rows: Callable[[Stamp], Sequence[Row]],
    ) -> RowDialog:
        asked = Asked(
            title,
            f"Record the {kind}",
            f"Recording the {kind}",
            page.case.incident.id,
            lambda: self._keeper.first(kind),
        )
        return self._open(panel, asked, rows)

    def _edit(
        self,
        page: CasePage,
        row: Row,
        what: str,
        panel: Panel,
        rows: Callable[[Stamp], Sequence[Row]],
    ) -> RowDialog:
        asked = Asked(
            f"Change {what}",
            "Record the change",
            f"Recording {what}",
            page.case.incident.id,
            lambda: self._keeper.next(row),
        )
        return self._open(panel, asked, rows)

    def _open(
        self, panel: Panel, asked: Asked, rows: Callable[[Stamp], Sequence[Row]]
    ) -> RowDialog:
        dialog = RowDialog(self._theme, self._window, self._keeper, panel, asked, rows)
        dialog.start()
        return dialog

    def _refuse(self, message: str, remedy: str) -> None:
        show_error(self._window, BriefingError(message, remedy=remedy), self._theme)

    def _on_recorded(self, dialog: NewIncidentDialog, incident: str) -> None:
        if dialog.incident.tlp.level <= self._keeper.ceiling:
            self.created.emit(incident)

    def _on_mark_failed(self, error: BriefingError) -> None:
        show_error(self._window, error, self._theme)
