"""What can be done with an incident: forms over the window, overlap, export; and the way there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from briefing.core.case import Case, Claim, Evidence, Hypothesis, Row
from briefing.core.case_page import CasePage
from briefing.core.case_words import Mark
from briefing.core.errors import BriefingError
from briefing.core.moments import moment
from briefing.core.tlp import Tlp
from briefing.core.weighing import Overlap
from briefing.core.wording import counted
from briefing.services.export_case import ExportedCase, export_case
from briefing.services.library import Library
from briefing.services.overlap import overlap_evidence, overlap_with_groups
from briefing.services.overlap_beside import BesideOverlap, beside_overlap
from briefing.settings import SettingsFile
from briefing.store.ceilings import open_below
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.attribution_page import AttributionPage
from briefing.ui.views.case_editor import CaseEditor
from briefing.ui.views.case_region import Offer


class CaseWork(QObject):
    """Does what is asked for on a page, with the page's own rows."""

    navigate = Signal(object)
    """The Place that was asked for."""
    saved = Signal(str)
    """Id of the incident of which something was recorded."""
    created = Signal(str)
    """Id of a new incident that was recorded."""
    unsaved = Signal()
    """Something was not recorded; what is shown of it already is to be read anew."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        screen: QWidget,
        page: AttributionPage,
        ceiling: Callable[[], Tlp],
        now: Callable[[], datetime],
    ) -> None:
        """See ``AttributionView``.

        Args:
            theme: Looks.
            jobs: Reads and writes in the background.
            library: What is read.
            settings: Where the analyst's name is remembered.
            screen: What dialogs stand over.
            page: What is shown.
            ceiling: The audience's.
            now: The present time.
        """
        super().__init__(screen)
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._settings = settings
        self._screen = screen
        self._page = page
        self._ceiling = ceiling
        self._now = now
        self._read_at: Tlp | None = None
        self._overlap: Overlap | None = None
        self._asked = 0
        self._folder = ""
        self.editor = CaseEditor(
            theme, jobs, library, settings, screen, now, ceiling=lambda: self._level
        )
        self.editor.saved.connect(self.saved)
        self.editor.created.connect(self.created)
        self.editor.unsaved.connect(self.unsaved)
        self._offer()
        self._connect()

    def show_page(self, page: CasePage, ceiling: Tlp) -> None:
        """Compare the incident with known groups, and offer what can be done with it.

        Args:
            page: The incident as it is recorded now.
            ceiling: Up to which level it was read; the audience's may be another meanwhile.
        """
        self._read_at = ceiling
        self.editor.forget()
        self._fill_menu(page)
        self._compare(page)

    def ask_export(self) -> None:
        """Ask where to, and write the incident there as STIX."""
        page = self._page.page
        if page is None:
            return
        folder = Path(self._folder or _documents())
        dialog = QFileDialog(self._screen.window(), "Export the incident", str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["STIX 2.1 bundle (*.json)"])
        dialog.setDefaultSuffix("json")
        dialog.selectFile(f"{page.case.incident.slug or 'incident'}.json")
        dialog.fileSelected.connect(lambda path: self.export(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, target: Path) -> None:
        """Write the incident as a STIX bundle, with nothing above the audience's level.

        What stands at the path gives way: the dialog has asked.
        """
        page = self._page.page
        if page is None:
            return
        self._folder = str(target.parent)
        path, ceiling, incident = self._path, self._ceiling(), page.case.incident.id
        job = self._jobs.run(
            f"Writing {target.name}", lambda _: _export(path, ceiling, incident, target)
        )
        job.failed.connect(self._fail)
        job.then(self._on_exported)

    @property
    def _level(self) -> Tlp:
        """Up to which level rows are shown."""
        return self._ceiling() if self._read_at is None else self._read_at

    @property
    def _path(self) -> Path:
        return self._library.knowledge.path

    def _offer(self) -> None:
        page = self._page
        page.claims.head.offer("Add claim")
        page.evidence.head.offer("Add evidence")
        page.claims.offers = self._claim_offers
        page.evidence.offers = self._row_offers
        page.hypothesis_offers = self._hypothesis_offers

    def _connect(self) -> None:
        page, editor = self._page, self.editor
        for asked, form in (
            (page.claims.add_asked, editor.add_claim),
            (page.evidence.add_asked, editor.add_evidence),
            (page.matrix.add_asked, editor.add_hypothesis),
            (page.assessment.new_asked, editor.new_assessment),
        ):
            asked.connect(partial(self._with_page, form))
        page.assessment.opinion_asked.connect(lambda _one: self._with_page(editor.second_opinion))
        page.matrix.mark_chosen.connect(self._on_mark_chosen)
        page.matrix.rationale_written.connect(self._on_mark_chosen)
        page.overlap.evidence_asked.connect(self._on_overlap_evidence_asked)
        page.overlap.actor_chosen.connect(lambda one: self.navigate.emit(Place("actors", one)))
        page.head.new.clicked.connect(lambda _=False: editor.new_incident())

    def _with_page(self, form: Callable[[CasePage], object]) -> None:
        if self._page.page is not None:
            form(self._page.page)

    def _change(self, row: Row) -> None:
        self._with_page(lambda page: self.editor.edit(page, row))

    def _take_out(self, row: Row) -> None:
        self._with_page(lambda page: self.editor.withdraw(page, row))

    def _claim_offers(self, claim: Claim) -> list[Offer]:
        # A feed's claim has no words of ours; it stays as the feed makes it.
        return [*self._actors((claim.actor,)), *(self._row_offers(claim) if claim.text else ())]

    def _hypothesis_offers(self, hypothesis: Hypothesis) -> list[Offer]:
        return [*self._actors(hypothesis.actors), *self._row_offers(hypothesis)]

    def _row_offers(self, row: Claim | Evidence | Hypothesis) -> list[Offer]:
        page = self._page.page
        label = page.case.labels().get(row.id, "") if page is not None else ""
        return [
            (f"Change {label}", lambda: self._change(row)),
            (f"Take {label} out", lambda: self._take_out(row)),
        ]

    def _actors(self, actors: tuple[str, ...]) -> list[Offer]:
        page = self._page.page
        known = page.actors if page is not None else {}
        return [
            (f"Show {known[one].name}", partial(self.navigate.emit, Place("actors", one)))
            for one in actors
            if one in known
        ]

    def _fill_menu(self, page: CasePage) -> None:
        """What can be done with the incident and with judgements, which have no rows to choose."""
        menu, incident = self._page.head.menu, page.case.incident
        menu.clear()
        place = Place("briefings", incident.id, "incident")
        menu.addAction("Make briefing", partial(self.navigate.emit, place))
        menu.addAction("Export as STIX 2.1 …", self.ask_export)
        menu.addSeparator()
        menu.addAction("Read a report …", partial(self._with_page, self.editor.read_report))
        menu.addAction("Change the incident …", partial(self._change, incident))
        for opinion in page.case.opinions:
            name = opinion.author.replace("&", "&&")
            menu.addAction(f"Change the opinion of {name} …", partial(self._change, opinion))
            menu.addAction(f"Take the opinion of {name} out …", partial(self._take_out, opinion))
        if page.case.assessment is not None:
            words = "Take the assessment out …"
            menu.addAction(words, partial(self._take_out, page.case.assessment))
        if incident.slug:
            menu.addAction("Take the incident out …", partial(self._take_out, incident))

    def _compare(self, page: CasePage) -> None:
        self._asked += 1
        self._overlap = None
        self._page.overlap.show_waiting()
        path, ceiling, case = self._path, self._ceiling(), page.case
        job = self._jobs.run("Comparing with known groups", lambda _: _compare(path, ceiling, case))
        job.failed.connect(partial(self._on_compare_failed, self._asked))
        job.then(partial(self._on_compared, self._asked))

    def _on_compared(self, asked: int, found: tuple[Overlap, BesideOverlap]) -> None:
        if asked == self._asked:
            self._overlap = found[0]
            self._page.overlap.show_overlap(*found)

    def _on_compare_failed(self, asked: int, error: BriefingError) -> None:
        if asked == self._asked:
            self._page.overlap.show_error(error)

    def _on_mark_chosen(
        self, hypothesis: str, evidence: str, mark: Mark | None, rationale: str | None = None
    ) -> None:
        def record(page: CasePage) -> None:
            refused: Callable[[BriefingError], object] | None = None
            if mark and rationale and rationale != _reason(page, hypothesis, evidence):
                again = self._page.matrix.write_again
                refused = partial(again, hypothesis, evidence, mark, rationale)
            self.editor.set_mark(page, hypothesis, evidence, mark, rationale, refused)

        self._with_page(record)

    def _on_overlap_evidence_asked(self, actor: str) -> None:
        page, overlap = self._page.page, self._overlap
        if page is None or overlap is None:
            return
        path, ceiling, case = self._path, self._ceiling(), page.case
        author, now = self._settings.settings.analyst, moment(self._now().isoformat())
        job = self._jobs.run(
            "Looking up what is shared",
            lambda _: _evidence(path, ceiling, case, overlap, (author, now, actor)),
        )
        job.failed.connect(self._fail)
        job.then(lambda found: self._show_form(page, found))

    def _show_form(self, page: CasePage, found: Evidence) -> None:
        self.editor.add_overlap_evidence(page, found)

    def _on_exported(self, written: ExportedCase) -> None:
        parts = (
            counted(written.rows, "row"),
            written.tlp.label,
            f"{written.withheld} above the audience’s level left out" if written.withheld else "",
            f"{counted(written.left, 'claim')} of feeds left out" if written.left else "",
        )
        self._page.written.show_file(written.path, ", ".join(part for part in parts if part))

    def _fail(self, error: BriefingError) -> None:
        show_error(self._screen.window(), error, self._theme)


def _reason(page: CasePage, hypothesis: str, evidence: str) -> str:
    """Why a mark stands, as it is recorded; "" where no reason is."""
    answer = next((one for one in page.case.hypotheses if one.id == hypothesis), None)
    cell = answer.cell(evidence) if answer is not None else None
    return cell.rationale if cell is not None else ""


def _export(path: Path, ceiling: Tlp, incident: str, target: Path) -> ExportedCase:
    reader = open_below(path, ceiling)
    try:
        return export_case(reader.connection, incident, target, ceiling, replace=True)
    finally:
        reader.close()


def _compare(path: Path, ceiling: Tlp, case: Case) -> tuple[Overlap, BesideOverlap]:
    reader = open_below(path, ceiling)
    try:
        overlap = overlap_with_groups(reader.connection, case.incident.features)
        return overlap, beside_overlap(reader.connection, case, overlap)
    finally:
        reader.close()


def _evidence(
    path: Path, ceiling: Tlp, case: Case, overlap: Overlap, recorded: tuple[str, str, str]
) -> Evidence:
    author, now, actor = recorded
    reader = open_below(path, ceiling)
    try:
        return overlap_evidence(reader.connection, case, overlap, author, now, actor=actor)
    finally:
        reader.close()


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place) or str(Path.home())
