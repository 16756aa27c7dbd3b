"""The Advisories screen: what was published and which vulnerabilities; one of them beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefing.analysis.advisory_filter import ANY_ACTOR, Marks, Part
from briefing.core.advisory import AdvisoryRow
from briefing.core.errors import BriefingError
from briefing.services.advisories import AdvisoryDesk, Shelf
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.advisory_statements import sector_words
from briefing.ui.clock import now
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actors import Remembered
from briefing.ui.views.advisory_kinds import ADVISORIES, VULNERABILITIES
from briefing.ui.views.advisory_list import WIDTH, AdvisoryList
from briefing.ui.views.advisory_page import AdvisoryPage
from briefing.ui.views.advisory_vulnerability_list import VulnerabilityList
from briefing.ui.views.advisory_vulnerability_page import VulnerabilityPage
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import enter, lead

SCREEN: Final = "advisories"
_SPLIT: Final = "advisories.list width"
_MOST_OF_THE_WINDOW: Final = 0.46
_VULNERABILITY: Final = ("CVE-", "vulnerability--")
_MARK_WORDS: Final[Mapping[str, str]] = {
    "unread": "unread",
    "read": "read",
    "kept": "kept for briefings",
    "listed": "any due date",
    "due": "due",
    "overdue": "overdue",
    ANY_ACTOR: "names an actor",
}
_HOW: Final = (
    "Advisories come from feeds: CISA’s advisories (CSAF) and its list of exploited vulnerabilities"
    " (KEV), news of national CERTs (RSS), MISP events, STIX reports, lists of reports. {}"
    "bring a file in with “briefing import FILE”. Nothing is fetched unless you ask."
)


class AdvisoriesView(QWidget):
    """A Screen. Its places: an advisory, or a CVE id; without a subject the newest advisory."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        workspace: Path,
        *,
        has_sources: bool = False,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """Nothing is read before ``show_place``.

        Args:
            theme: Looks.
            jobs: Reads the lists in the background.
            library: What is read.
            settings: Where filter, sorting, widths are remembered.
            workspace: Path of workspace.db: what was read, what is kept.
            has_sources: Whether there is a screen “Sources” for the empty screen to lead to.
            clock: The present time, by which due dates are judged.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._has_sources = has_sources
        self._desk = AdvisoryDesk(library.knowledge, workspace, clock)
        self._shelf: Shelf | None = None
        self._marks = Marks(clock().date())
        self._title = "Advisories"
        self._shown = ""
        self._focus_next = False
        self._told_fault = False
        self._remembered = Remembered(settings, self)
        self._list_width = _width(self._remembered.values)
        self.list = AdvisoryList(theme, self._words, workspace)
        self.vulnerabilities = VulnerabilityList(theme)
        self._lists = QStackedWidget()
        self._pages = QStackedWidget()
        for stack in (self._lists, self._pages):
            stack.setProperty(OWN_FOCUS, True)
        self._told = Scroller(theme)
        self._notice: Notice | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.list.restore(self._remembered.values)
        self.setProperty(HELP_TOPIC, "reading")
        lead(self, self._lists)

    @property
    def title(self) -> str:
        """What is shown: an advisory, a vulnerability, or the screen as such."""
        return self._title

    @cached_property
    def page(self) -> AdvisoryPage:
        """The reading pane; built when first shown."""
        view = AdvisoryPage(self._theme)
        view.navigate.connect(self.navigate)
        view.read_asked.connect(self._on_read_asked)
        view.keep_asked.connect(self._on_keep_asked)
        self._pages.addWidget(view)
        return view

    @cached_property
    def vulnerability(self) -> VulnerabilityPage:
        """The page of a vulnerability; built when first shown."""
        view = VulnerabilityPage(self._theme)
        view.navigate.connect(self.navigate)
        self._pages.addWidget(view)
        return view

    def show_place(self, place: Place) -> None:
        """Show a place of this screen; what is not there is told on the page itself."""
        if self._shelf is None:
            self._load()
        self._shown = place.subject
        self._show()

    def reload(self) -> None:
        """Read everything anew, after the data changed."""
        self._load()

    def _lay_out(self) -> None:
        for view in (self.list, self.vulnerabilities):
            self._lists.addWidget(view)
        lead(self._lists, self.list)
        self._pages.addWidget(self._told)
        self._splitter.addWidget(self._lists)
        self._splitter.addWidget(self._pages)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._splitter)

    def _connect(self) -> None:
        self.list.advisory_chosen.connect(lambda one: self.navigate.emit(Place(SCREEN, one)))
        self.list.advisory_opened.connect(self._on_list_advisory_opened)
        self.list.read_asked.connect(self._on_read_asked)
        self.list.keep_asked.connect(self._on_keep_asked)
        self.list.arranged.connect(lambda: self._remembered.keep(self.list.kept()))
        self.vulnerabilities.opened.connect(lambda cve: self.navigate.emit(Place(SCREEN, cve)))
        self.list.kinds.chosen.connect(self._show_list)
        self.vulnerabilities.kinds.chosen.connect(self._show_list)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._theme.changed.connect(self._split)

    def _load(self) -> None:
        """Read the lists in the background: 10,000 advisories take a quarter of a second."""
        if self._shelf is None:
            self.list.show_instead(
                Notice(self._theme, "info", "Reading the advisories …", "It takes a moment.")
            )
        job = self._jobs.run("Reading the advisories", lambda _: self._desk.load(), serial=True)
        job.failed.connect(self._fail)
        job.then(self._on_loaded)

    def _on_loaded(self, shelf: Shelf) -> None:
        self._shelf, self._marks = shelf, shelf.marks
        self.list.set_rows(shelf.rows, shelf.marks)
        self.vulnerabilities.set_rows(shelf.vulnerabilities, shelf.marks.today)
        if not shelf.rows:
            self.list.show_instead(self._nothing_yet())
        if not shelf.rows and shelf.vulnerabilities and not self._shown:
            self._show_list(VULNERABILITIES)
        if shelf.fault is not None and not self._told_fault:
            self._told_fault = True
            show_error(self, shelf.fault, self._theme)
        self._show()

    def _show(self) -> None:
        """Show the place one is at, as far as it is known by now."""
        try:
            if self._shown.startswith(_VULNERABILITY):
                self._show_vulnerability(self._shown)
            elif self._shown or (self._shelf is not None and self._shelf.rows):
                self._show_advisory(self._shown or self._first())
            else:
                self._show_nothing()
        except BriefingError as error:
            self._fail(error)
            return
        page = self._pages.currentWidget()
        if self._focus_next and page is not None:
            enter(page)
        self._focus_next = False

    def _first(self) -> str:
        rows = self.list.model.rows or (self._shelf.rows if self._shelf else ())
        return rows[0].id

    def _show_advisory(self, advisory: str) -> None:
        found = self._desk.advisory(advisory, self._library.labels)
        self.page.show_advisory(found, self._marks)
        self._title = found.row.title
        self._show_list(ADVISORIES)
        self.list.select(advisory)
        self._pages.setCurrentWidget(self.page)

    def _show_vulnerability(self, vulnerability: str) -> None:
        found = self._desk.vulnerability(vulnerability)
        self.vulnerability.show_vulnerability(found, self._marks.today)
        self._title = f"{found.row.id} {found.row.name}".strip()
        self.list.select("")
        self._pages.setCurrentWidget(self.vulnerability)

    def _show_nothing(self) -> None:
        self._title = "Advisories"
        if self._shelf is None:
            words = ("Reading the advisories …", "")
        elif self._shelf.vulnerabilities:
            words = (
                "No vulnerability is chosen",
                "Choose one in the list, or type its CVE id after Ctrl+K.",
            )
        else:
            words = ("Nothing to read yet", "What you bring in is shown here.")
        self._tell(Notice(self._theme, "empty", *words, icon_name="advisories"))

    def _nothing_yet(self) -> Notice:
        actions = []
        if self._has_sources:
            actions.append(
                NoticeAction(
                    "Open Sources", lambda: self.navigate.emit(Place("sources")), "sources"
                )
            )
        return Notice(
            self._theme,
            "empty",
            "No advisory has been brought in yet",
            _HOW.format("Open or update one under Sources, or " if self._has_sources else "You "),
            actions,
            icon_name="import",
        )

    def _fail(self, error: BriefingError) -> None:
        self._title = "Advisories"
        rest = "\n".join(part for part in (error.remedy, error.detail) if part)
        details = f"{error.message}\n{rest}".strip()

        def copy() -> None:
            QApplication.clipboard().setText(details)

        action = NoticeAction("Copy details", copy, "copy")
        self._tell(Notice(self._theme, "error", error.message, rest, (action,)))

    def _tell(self, notice: Notice) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self._told.body.addWidget(notice)
        notice.show()
        self._pages.setCurrentWidget(self._told)

    def _show_list(self, kind: str) -> None:
        view = self.list if kind == ADVISORIES else self.vulnerabilities
        for one, own in ((self.list, ADVISORIES), (self.vulnerabilities, VULNERABILITIES)):
            one.kinds.blockSignals(True)
            one.kinds.set_value(own)
            one.kinds.blockSignals(False)
        if self._lists.currentWidget() is not view:
            had_focus = self._lists.isAncestorOf(QApplication.focusWidget() or self)
            self._lists.setCurrentWidget(view)
            lead(self._lists, view)
            if had_focus:
                view.kinds.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self, part: Part, code: str) -> str:
        """A choice of the filter in words."""
        if part == "sector":
            return sector_words(self._library.labels, code)
        if part == "technology" and self._shelf is not None:
            return self._shelf.products.get(code, code)
        if part == "actor" and code != ANY_ACTOR:
            return next((row.name for row in self._library.actors if row.id == code), code)
        return _MARK_WORDS.get(code, code) if part in ("actor", "kev", "mark") else code

    def _change(self, change: Callable[[], None]) -> None:
        """Change marks, and show them; where that fails, say why."""
        try:
            change()
            self._marks = self._desk.marks()
        except BriefingError as error:
            show_error(self, error, self._theme)
            return
        self.list.set_marks(self._marks)
        self.page.set_marks(self._marks)

    def _on_read_asked(self, rows: tuple[AdvisoryRow, ...], read: bool) -> None:
        mark = self._desk.mark_read if read else self._desk.mark_unread
        self._change(lambda: mark(rows))

    def _on_keep_asked(self, advisory: str, keep: bool) -> None:
        mark = self._desk.keep if keep else self._desk.let_go
        self._change(lambda: mark(advisory))

    def _on_list_advisory_opened(self, advisory: str) -> None:
        self._focus_next = True
        self.navigate.emit(Place(SCREEN, advisory))
        row = self.list.model.row_of(advisory)
        if row >= 0:
            self._on_read_asked((self.list.model.row(row),), True)

    def _split(self) -> None:
        """Give the list its width, and never so much that the page has no room."""
        total = self._splitter.width()
        wanted = min(self._theme.px(self._list_width), round(total * _MOST_OF_THE_WINDOW))
        self._splitter.setSizes([wanted, max(total - wanted, 1)])

    def _on_splitter_moved(self, position: int, _handle: int) -> None:
        self._list_width = max(round(position / self._theme.factor), 1)
        self._remembered.keep({_SPLIT: str(self._list_width)})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list as wide as it is, and give the page what is gained."""
        super().resizeEvent(event)
        self._split()

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what is to be remembered: the window may be closing."""
        super().hideEvent(event)
        self._remembered.write()


def _width(remembered: Mapping[str, str]) -> int:
    width = remembered.get(_SPLIT, "")
    return int(width) if width.isdecimal() and width else WIDTH
