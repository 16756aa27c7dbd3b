"""One incident: head, claims at the left, evidence at the right, what follows from them below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QVBoxLayout, QWidget

from briefing.core.case import Hypothesis
from briefing.core.case_page import CasePage
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import Stack
from briefing.ui.views.attribution_head import CaseHead
from briefing.ui.views.case_assessment import AssessmentPane
from briefing.ui.views.case_claims import ClaimsRegion
from briefing.ui.views.case_documents import DocumentsRegion
from briefing.ui.views.case_evidence import EvidenceRegion
from briefing.ui.views.case_history import HistoryDialog
from briefing.ui.views.case_matrix import MatrixPane
from briefing.ui.views.case_overlap import OverlapPane
from briefing.ui.views.case_region import CaseRegion, Offer, RowStrip
from briefing.ui.views.case_warnings import WarningsPane
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import order_tabs
from briefing.ui.widgets.written_line import WrittenLine

_WIDE: Final = Arrangement(1060, (((0, 38), (1, 90)), ((2, 72), (3, 56)), ((4, 1),)))
_MIDDLE: Final = Arrangement(820, (((0, 36), (1, 64)), ((2, 1),), ((3, 1),), ((4, 1),)))


class AttributionPage(Scroller):
    """Shows what it is given; a chosen claim lights up its evidence, and the other way round."""

    feature_asked = Signal(str)
    """ATT&CK id of a technique or a piece of software whose page was asked for."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_page``."""
        super().__init__(theme, sides=0, top=0)
        self.page: CasePage | None = None
        self._quiet = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self.head = CaseHead(theme)
        self.claims = ClaimsRegion(theme)
        self.evidence = EvidenceRegion(theme)
        self.matrix = MatrixPane(theme)
        self.assessment = AssessmentPane(theme)
        self.warnings = WarningsPane(theme)
        self.overlap = OverlapPane(theme)
        self.documents = DocumentsRegion(theme)
        self.written = WrittenLine(theme)
        self.strip = RowStrip(theme, self.matrix.grid.cells)
        self.hypothesis_offers: Callable[[Hypothesis], Sequence[Offer]] = lambda _one: ()
        """What can be done with a hypothesis."""
        self.history: HistoryDialog | None = None
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_page(self, page: CasePage) -> None:
        """Show an incident: from its top where it is another one, else where one was."""
        before = self.page
        chosen = (self.claims.list.chosen(), self.evidence.table.chosen())
        self.page = page
        self._quiet = True
        for part in (
            self.head,
            self.claims,
            self.evidence,
            self.matrix,
            self.assessment,
            self.warnings,
            self.overlap,
            self.documents,
        ):
            part.show_page(page)
        self._quiet = False
        self.setAccessibleName(f"Incident {page.case.incident.name}")
        self._show_hypothesis()
        order_tabs(self.content)
        if before is None or before.case.incident.id != page.case.incident.id:
            self.written.hide()
            self.verticalScrollBar().setValue(0)
            return
        for row in chosen:
            if row in page.case.labels():
                self._choose(row)

    def show_row(self, row: str) -> None:
        """Choose a claim or a piece of evidence, or go to a hypothesis, and bring it into view."""
        if self.page is None:
            return
        case = self.page.case
        target = self._choose(row)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal_current(target)
        elif any(one.id == row for one in case.hypotheses):
            self.matrix.grid.select(row, case.evidence[0].id if case.evidence else "")
            self._reveal(self.matrix, self.matrix.rect())
        elif row == case.incident.id:
            self.verticalScrollBar().setValue(0)
        else:
            self._reveal(self.assessment, self.assessment.rect())

    def show_history(self) -> None:
        """Show every assessment there was, in a dialog."""
        if self.page is None:
            return
        self.history = HistoryDialog(self._theme, self.window(), self.page)
        self.history.row_chosen.connect(self.show_row)
        self.history.open()

    def _lay_out(self) -> None:
        theme = self._theme
        matrix, judged = CaseRegion(theme, "none"), CaseRegion(theme, "assessment")
        overlap = CaseRegion(theme, "none")
        matrix.body.addWidget(self.matrix)
        matrix.body.addWidget(self.strip)
        overlap.body.addWidget(self.overlap)
        overlap.body.addStretch(1)
        judged.body.addWidget(self.assessment)
        judged.body.addSpacing(theme.px(8))
        judged.body.addWidget(self.warnings)
        judged.body.addStretch(1)
        regions: tuple[QWidget, ...] = (
            self.claims,
            self.evidence,
            Stack(theme, matrix, overlap, spacing=0),
            judged,
            self.documents,
        )
        arrangements = (_WIDE, _MIDDLE, stacked(len(regions)))
        self.body.addWidget(self.head)
        self._line = QVBoxLayout()
        self._line.addWidget(self.written)
        self.body.addLayout(self._line)
        self.body.addWidget(Columns(theme, regions, arrangements, 0, 0))

    def _connect(self) -> None:
        # What can be done with a row is made when it is chosen, and Tab has to find its way to it.
        self._later.timeout.connect(lambda: order_tabs(self.content))
        self.claims.chosen.connect(self._on_claim_chosen)
        self.evidence.chosen.connect(self._on_evidence_chosen)
        for pane in (self.matrix, self.assessment, self.warnings):
            pane.row_chosen.connect(self.show_row)
        self.matrix.grid.current_told.connect(lambda _words: self._show_hypothesis())
        self.matrix.revealed.connect(lambda rect: self._reveal(self.matrix, rect))
        self.assessment.history_asked.connect(self.show_history)
        self.head.place_activated.connect(self.feature_asked)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_app_focus_changed)

    def _on_app_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Bring into view what gets the keyboard from elsewhere; Tab within the page does that."""
        if new is None or not self.content.isAncestorOf(new):
            return
        if old is not None and self.content.isAncestorOf(old):
            return
        top = new.mapTo(self.viewport(), new.rect().topLeft()).y()
        if top >= self.viewport().height() or top + new.height() <= 0:
            self._reveal(new, new.rect())

    def _choose(self, row: str) -> QAbstractItemView | None:
        """Choose a claim or a piece of evidence; what shows it, or None where it is neither."""
        case = self.page.case if self.page is not None else None
        if case is None:
            return None
        if any(one.id == row for one in case.claims):
            self._light_up_claim(row)
            return self.claims.list
        if any(one.id == row for one in case.evidence):
            self._light_up_evidence(row)
            return self.evidence.table
        return None

    def _on_claim_chosen(self, claim: str) -> None:
        if not self._quiet:
            self._light_up_claim(claim)
            self._reveal_current(self.claims.list)

    def _on_evidence_chosen(self, evidence: str) -> None:
        if not self._quiet:
            self._light_up_evidence(evidence)
            self._reveal_current(self.evidence.table)

    def _reveal_current(self, view: QAbstractItemView) -> None:
        """Once it is laid out: a chosen card takes more room than before."""
        QTimer.singleShot(0, view, lambda: self._reveal(view, view.visualRect(view.currentIndex())))

    def _light_up_claim(self, claim: str) -> None:
        """Choose a claim, "" for none, and show what bears on it."""
        self._quiet = True
        self.claims.choose(claim)
        self.evidence.show_chosen("")
        self.claims.list.relate(frozenset())
        self.claims.show_chosen(claim, self.evidence.show_bearing(claim))
        self._quiet = False
        self._later.start()

    def _light_up_evidence(self, evidence: str) -> None:
        """Choose a piece of evidence, "" for none, and show the claims on which it bears."""
        rows = self.page.case.evidence if self.page is not None else ()
        row = next((one for one in rows if one.id == evidence), None)
        self._quiet = True
        self.evidence.table.choose(evidence)
        self.claims.show_chosen("")
        self.evidence.show_bearing("")
        self.evidence.show_chosen(evidence)
        self.claims.list.relate(frozenset(row.bears_on if row is not None else ()))
        self._quiet = False
        self._later.start()

    def _show_hypothesis(self) -> None:
        """Say the hypothesis of the current cell in full, and what can be done with it."""
        if self.page is None:
            return
        chosen, _evidence = self.matrix.grid.current
        row = next((one for one in self.page.case.hypotheses if one.id == chosen), None)
        if row is None:
            self.strip.show_offers("", ())
            return
        label = self.page.case.labels()[row.id]
        self.strip.show_offers(f"{label}: {row.text}", self.hypothesis_offers(row))
        self._later.start()

    def _reveal(self, part: QWidget, rect: QRect) -> None:
        """Scroll so that a rectangle of a part of this page is to be seen, its top at least."""
        if rect.isEmpty():
            return
        top = part.mapTo(self.content, rect.topLeft()).y()
        room = self._theme.px(8)
        height = min(rect.height(), self.viewport().height() - 2 * room)
        self.ensureVisible(0, top + height // 2, 0, height // 2 + room)

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self.body.setSpacing(0)
        if hasattr(self, "_line"):
            px = self._theme.px
            self._line.setContentsMargins(px(20), 0, px(20), px(8))
