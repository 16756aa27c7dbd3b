"""What was chosen of a report is recorded: its document is asked for, and evidence offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefing.core.case import Case, Cited, Row
from briefing.core.proposal import Proposal
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import Stamp
from briefing.ui.views.case_extract_form import ReportPanel, evidence_panel, with_report
from briefing.ui.views.case_forms import Asked, RowDialog
from briefing.ui.views.case_keeper import CaseKeeper
from briefing.ui.views.case_panel import Panel


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded, for the piece of evidence that can be made of it.

    Attributes:
        chosen: What the incident has got.
        documents: Where it was read.
        tlp: The label of the report.
    """

    chosen: tuple[Proposal, ...]
    documents: tuple[Cited, ...]
    tlp: Tlp


class ReportRecorder(QObject):
    """Opens the two forms over a dialog.

    Attributes:
        form: The form that was opened last.
    """

    added = Signal(object)
    """The incident has got what was chosen: a Recorded."""
    evidence_added = Signal()
    """A piece of evidence was made of it."""

    def __init__(self, theme: Theme, dialog: QWidget, keeper: CaseKeeper) -> None:
        """Nothing is asked yet."""
        super().__init__(dialog)
        self._theme = theme
        self._dialog = dialog
        self._keeper = keeper
        self.form: RowDialog | None = None

    def add(self, case: Case, chosen: tuple[Proposal, ...]) -> None:
        """Ask in which document it was read; the incident gets a later version then."""
        incident = case.incident
        panel = ReportPanel(self._theme, case, chosen)
        asked = Asked(
            "Where was it read?",
            "Add to the incident",
            "Recording what the report names",
            incident.id,
            lambda: self._keeper.next(incident),
        )

        def rows(stamp: Stamp) -> Sequence[Row]:
            before = self._keeper.newest(incident)
            documents, tlp = panel.documents.documents, panel.tlp.level
            return (with_report(before, stamp, chosen, documents, tlp),)

        def told() -> None:
            self.added.emit(Recorded(chosen, panel.documents.documents, panel.tlp.level))

        self._open(panel, asked, rows, told)
        panel.take_keyboard()

    def add_evidence(self, case: Case, recorded: Recorded) -> None:
        """Show the form of a piece of evidence, with what the report tells filled in."""
        panel = evidence_panel(self._theme, case, recorded.chosen, recorded.documents, recorded.tlp)
        asked = Asked(
            "Add evidence",
            "Record the evidence",
            "Recording the evidence",
            case.incident.id,
            lambda: self._keeper.first("evidence"),
        )
        self._open(panel, asked, lambda stamp: (panel.row(stamp),), self.evidence_added.emit)

    def _open(
        self,
        panel: Panel,
        asked: Asked,
        rows: Callable[[Stamp], Sequence[Row]],
        then: Callable[[], None],
    ) -> None:
        form = RowDialog(self._theme, self._dialog, self._keeper, panel, asked, rows)
        form.accepted.connect(then)
        self.form = form
        form.start()
