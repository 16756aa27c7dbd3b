"""The Attribution screen: incidents, and one of them with claims, evidence and what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from briefing.analysis.case_filter import Part
from briefing.core.case_page import CasePage, CaseRow
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.tlp import Tlp
from briefing.core.wording import inside, listed
from briefing.services.cases import list_cases, open_case
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.advisory_statements import sector_words
from briefing.store.ceilings import open_below
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.main_window import HELP_TOPIC, MainWindow
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actors import Remembered
from briefing.ui.views.attribution_filters import OWN_WORDS
from briefing.ui.views.attribution_list import AttributionList
from briefing.ui.views.attribution_page import AttributionPage
from briefing.ui.views.attribution_panes import AttributionPanes
from briefing.ui.views.attribution_work import CaseWork
from briefing.ui.views.case_matrix_words import HELP_TOPIC_ACH
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.tab_order import lead

SCREEN: Final = "attribution"
LIST: Final = "list"
"""As ``Place.detail``: with the list of incidents beside the page."""
_WHAT: Final = (
    "An incident is one attack: who was hit, when, how. Here what people say about who did it is"
    " kept apart from what speaks for or against it, and from what we conclude. Bring incidents in"
    " under Sources: EuRepoC’s tables, or a STIX bundle that somebody hands you."
)


class AttributionView(QWidget):
    """A Screen. Its places: an incident by its id or readable id; without one the first."""

    navigate = Signal(object)
    """The Place that was asked for."""
    data_changed = Signal()
    """The database says something else now: told once the screen is left, not at every mark."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        ceiling: Callable[[], Tlp],
        now: Callable[[], datetime],
    ) -> None:
        """Nothing is read before ``show_place``.

        Args:
            theme: Looks.
            jobs: Reads and writes in the background.
            library: What is read.
            settings: Where filter, width of the list and the analyst's name are remembered.
            ceiling: The audience's: what is above it is not shown.
            now: The present time, by which rows are dated.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._ceiling = ceiling
        self._rows: tuple[CaseRow, ...] | None = None
        self._wanted = ""
        self._asked = 0
        self._focus_next = False
        self._has_recorded = False
        self._remembered = Remembered(settings, self)
        self.list = AttributionList(theme, self._words)
        self.page = AttributionPage(theme)
        self.panes = AttributionPanes(theme, self.list, self.page)
        self.work = CaseWork(theme, jobs, library, settings, self, self.page, ceiling, now)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panes)
        self._connect()
        self.list.restore(self._remembered.values)
        self.panes.restore(self._remembered.values)
        lead(self, self.panes)
        self.setProperty(HELP_TOPIC, HELP_TOPIC_ACH)

    @property
    def title(self) -> str:
        """What is shown: an incident, or the screen as such."""
        page = self.page.page
        return page.case.incident.name if page is not None and self._wanted else "Attribution"

    def show_place(self, place: Place) -> None:
        """Show a place of this screen as soon as it is read; what is not there is told there."""
        self._wanted = place.subject or self._wanted
        if self._rows is None:
            self._load(with_list=place.detail == LIST)
            return
        if place.detail == LIST:
            self.panes.show_list(True)
        self._open()

    def reload(self) -> None:
        """Read everything anew, after the data changed; ``show_place`` comes after it."""
        self._rows = None

    def recount(self) -> None:
        """Read everything anew, for another audience."""
        self.reload()
        if self.isVisible():
            self._load(lenient=True)

    def _connect(self) -> None:
        self.list.incident_chosen.connect(lambda one: self.navigate.emit(Place(SCREEN, one)))
        self.list.incident_opened.connect(self._on_list_incident_opened)
        self.list.closed.connect(self._on_list_closed)
        self.list.arranged.connect(lambda: self._remembered.keep(self.list.kept()))
        self.panes.arranged.connect(self._remembered.keep)
        self.page.head.chooser.asked.connect(self._on_chooser_asked)
        self.page.feature_asked.connect(self._on_feature_asked)
        self.work.navigate.connect(self.navigate)
        self.work.saved.connect(self._on_work_saved)
        self.work.created.connect(lambda one: self.navigate.emit(Place(SCREEN, one)))
        self.work.unsaved.connect(self._on_work_unsaved)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._on_find_activated)

    def _load(self, *, with_list: bool = False, lenient: bool = False) -> None:
        """Read the list, then the page that is wanted.

        Args:
            with_list: Whether the list is to stand beside it.
            lenient: Whether another page may be shown where that one is not there any more.
        """
        self._asked += 1
        if self.page.page is None:
            self.panes.tell(
                Notice(self._theme, "info", "Reading the incidents …", "It takes a moment.")
            )
        path, ceiling = self._library.knowledge.path, self._ceiling()
        job = self._jobs.run("Reading the incidents", lambda _: _read_rows(path, ceiling))
        job.failed.connect(partial(self._on_failed, self._asked))
        job.then(partial(self._on_rows_read, self._asked, with_list, lenient))

    def _on_rows_read(
        self, asked: int, with_list: bool, lenient: bool, rows: tuple[CaseRow, ...]
    ) -> None:
        if asked != self._asked:
            return
        self._rows = rows
        if lenient and all(row.id != self._wanted for row in rows):
            self._wanted = ""
        self.list.set_rows(rows)
        if self.page.page is None or not rows:
            worked = any(row.is_worked for row in rows)
            self.panes.place_list(any_rows=bool(rows), any_worked=worked)
        if with_list and rows:
            self.panes.show_list(True)
        self._open()

    def _open(self) -> None:
        """Read the page of the incident that is wanted, or of the first."""
        shown = self.list.model.rows or self._rows or ()
        wanted = self._wanted or (shown[0].id if shown else "")
        if not wanted:
            self.panes.tell(self._nothing_yet())
            return
        self._asked += 1
        path, ceiling = self._library.knowledge.path, self._ceiling()
        job = self._jobs.run("Reading the incident", lambda _: _read_page(path, ceiling, wanted))
        job.failed.connect(partial(self._on_failed, self._asked))
        job.then(partial(self._on_page_read, self._asked, ceiling))

    def _on_page_read(self, asked: int, ceiling: Tlp, page: CasePage) -> None:
        same = (
            self.page.page is not None and self.page.page.case.incident.id == page.case.incident.id
        )
        # What is on its way is shown already and not read yet; it is read when it has arrived.
        if asked != self._asked or (same and self.work.editor.is_recording):
            return
        incident = page.case.incident.id
        self._wanted = incident
        self.page.show_page(page)
        self.work.show_page(page, ceiling)
        self.panes.show_page()
        self.list.select(incident)
        rows = self._rows or ()
        place = next((at for at, row in enumerate(rows, start=1) if row.id == incident), 0)
        self.page.head.chooser.show_place(place, len(rows))
        self._place_focus()
        window = self.window()
        if isinstance(window, MainWindow) and self.isVisible():
            window.tell_title()

    def _place_focus(self) -> None:
        """Give the keyboard where it was asked for, or where it waits for what was to be read."""
        has_none = self.focusWidget() is None and QApplication.focusWidget() in (
            None,
            self.window(),
        )
        if self._focus_next:
            self.panes.take_keyboard(Qt.FocusReason.TabFocusReason, in_page=True)
        elif has_none or self.panes.hasFocus():
            self.panes.take_keyboard()
        self._focus_next = False

    def _on_failed(self, asked: int, error: BriefingError) -> None:
        if asked != self._asked:
            return
        near = (
            f"Near to it: {listed(error.near)}."
            if isinstance(error, NotFoundError) and error.near
            else ""
        )
        rest = "\n".join(part for part in (near, error.remedy, error.detail) if part)
        details = f"{error.message}\n{rest}".strip()
        actions = [
            NoticeAction("Try again", lambda: self._load(), "refresh"),
            NoticeAction("Copy details", lambda: QApplication.clipboard().setText(details), "copy"),
        ]
        if self._rows:
            choose = NoticeAction("Choose an incident", self._on_chooser_asked, "attribution")
            actions.insert(0, choose)
        self.panes.tell(Notice(self._theme, "error", error.message, rest, actions))

    def _nothing_yet(self) -> Notice:
        new = NoticeAction("New incident", self.work.editor.new_incident, "plus")
        sources = NoticeAction(
            "Open Sources", lambda: self.navigate.emit(Place("sources")), "sources"
        )
        return Notice(
            self._theme,
            "empty",
            "No incident is held yet",
            _WHAT,
            [new, sources],
            icon_name="attribution",
        )

    def _words(self, part: Part, code: str) -> str:
        """A choice of the filter in words."""
        labels = self._library.labels
        if part == "sector":
            return sector_words(labels, code)
        if part == "country":
            return labels.target(code)
        return OWN_WORDS.get(code) or inside(code)

    def _on_list_incident_opened(self, incident: str) -> None:
        self._focus_next = True
        self.panes.make_way()
        self.navigate.emit(Place(SCREEN, incident))

    def _on_list_closed(self) -> None:
        self.panes.show_list(False)
        self.page.head.chooser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_work_saved(self, _incident: str) -> None:
        """Read anew what was changed; whoever has gone on to another incident stays there."""
        self._has_recorded = True
        self._tell_if_left()
        self.recount()

    def _on_work_unsaved(self) -> None:
        """Show again what is recorded."""
        if self.isVisible():
            self._open()

    def _on_chooser_asked(self) -> None:
        shown = not self.panes.is_list_shown
        self.panes.show_list(shown)
        self._place_focus()
        if shown:
            self.list.rows.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_find_activated(self) -> None:
        if self._rows and not self.panes.is_list_shown:
            self.panes.show_list(True)
        self.list.filters.start_typing()

    def _on_feature_asked(self, attack_id: str) -> None:
        """Go to the page of a technique or a piece of software, where the catalogue has it."""
        for hit in self._library.search(attack_id):
            if hit.kind in ("technique", "software"):
                self.navigate.emit(Place("actors", hit.id))
                return
        error = BriefingError(
            f"{attack_id} is in no catalogue that is held here.",
            remedy="Bring a release of ATT&CK in that has it, under Sources.",
        )
        show_error(self.window(), error, self._theme)

    def _tell_if_left(self) -> None:
        # Hidden itself, and not because the window closes.
        if self._has_recorded and self.isHidden():
            self._has_recorded = False
            self.data_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what is to be remembered: the window may be closing. Tell what was recorded."""
        super().hideEvent(event)
        self._remembered.write()
        # Not before the other screen stands: it may read anew then.
        QTimer.singleShot(0, self, self._tell_if_left)


def _read_rows(path: Path, ceiling: Tlp) -> tuple[CaseRow, ...]:
    reader = open_below(path, ceiling)
    try:
        return list_cases(reader.connection)
    finally:
        reader.close()


def _read_page(path: Path, ceiling: Tlp, wanted: str) -> CasePage:
    reader = open_below(path, ceiling)
    try:
        return open_case(reader.connection, wanted)
    finally:
        reader.close()
