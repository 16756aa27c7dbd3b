"""The reading pane: what an advisory says, what to do, what it is about, and where it is from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal

from briefing.analysis.advisory_filter import Marks
from briefing.core.advisory import Advisory, AdvisoryRow
from briefing.core.wording import counted
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.views.advisory_advice import AdviceSection
from briefing.ui.views.advisory_links import (
    ConcernedSection,
    NamesSection,
    ProductsSection,
    ReferencesSection,
    UseSection,
)
from briefing.ui.views.advisory_parts import PageHead, Passage, Sources, Stack
from briefing.ui.views.advisory_vulnerabilities import VulnerabilitySection
from briefing.ui.widgets.buttons import normal_button, primary_button
from briefing.ui.widgets.chips import ChipKind
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import order_tabs
from briefing.ui.widgets.tooltips import plain_tooltip

SCREEN: Final = "advisories"
_SUMMARY: Final = 900
_NO_SUMMARY: Final = "Its source gives a title and a date, and no text."
_ON_ITS_PAGE: Final = " Its own page may say more: open it from the menu above."
_OURS: Final = "in our words"
_DETAILS: Final = 300
_WIDEST: Final = 1100
_READING: Final = (
    "Going through the list leaves advisories unread. Enter, a double click, or this button marks"
    " one as read; when its issuer changes it, it is unread again."
)
_KEEPING: Final = (
    "Puts the advisory on the list “kept for briefings”, in your workspace on this computer."
    " Nothing is written into a document yet."
)
_LETTING_GO: Final = "Takes the advisory off the list “kept for briefings”."
_KEPT: Final = (
    "Kept for briefings: it stands on that list in your workspace. No document holds it yet."
)


class AdvisoryPage(Scroller):
    """Shows what it is given, and asks for everything else by signals."""

    navigate = Signal(object)
    """The Place that was asked for."""
    read_asked = Signal(object, bool)
    """The AdvisoryRow in a tuple, and whether it is to be marked as read."""
    keep_asked = Signal(str, bool)
    """Id of the advisory, and whether it is to be kept for briefings."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_advisory``."""
        super().__init__(theme)
        self._advisory: Advisory | None = None
        self._marks = Marks(date.min)
        self.read = normal_button(theme, "Mark as read", "check")
        self.keep = primary_button(theme, "Keep for briefings", "plus")
        self.let_go = normal_button(theme, "Keep no longer", "minus")
        self.head = PageHead(theme, "advisory", (self.read, self.keep, self.let_go))
        self._dates = WrappedLabel(theme, "", "table", "ink_3")
        self._kept = WrappedLabel(theme, "", "note", "ink_3")
        self.summary = Passage(theme, "Summary", _SUMMARY)
        self.details = Passage(theme, "Details", _DETAILS)
        self.advice = AdviceSection(theme)
        self.vulnerabilities = VulnerabilitySection(theme)
        self.names = NamesSection(theme)
        self.products = ProductsSection(theme)
        self.concerned = ConcernedSection(theme)
        self.use = UseSection(theme)
        self.references = ReferencesSection(theme)
        self.sources = Sources(theme)
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def advisory(self) -> Advisory | None:
        """What is shown."""
        return self._advisory

    def show_advisory(self, advisory: Advisory, marks: Marks) -> None:
        """Show another advisory, from its top."""
        self._advisory = advisory
        row = advisory.row
        self.head.show_head(row.title, "", _chips(advisory), advisory.tlp, row.url)
        self.summary.set_empty(_NO_SUMMARY + (_ON_ITS_PAGE if row.url else ""))
        self.summary.show_text(advisory.summary)
        self.summary.header.set_note(_OURS if advisory.in_our_words else "")
        self.details.show_text(advisory.details)
        # A report without either is none that would have them.
        is_report = row.kind == "report"
        self.advice.show_advice(advisory.advice)
        self.advice.setVisible(bool(advisory.advice) or not is_report)
        self.vulnerabilities.show_vulnerabilities(advisory.vulnerabilities, marks.today)
        self.vulnerabilities.setVisible(bool(advisory.vulnerabilities) or not is_report)
        self.names.show_names(advisory)
        self.products.show_products(advisory.products)
        self.concerned.show_concerned(advisory)
        self.use.show_use(advisory.deployments)
        self.references.show_references(advisory.references, advisory.tags)
        self.sources.show_sources(advisory.sources)
        self.set_marks(marks)
        self.setAccessibleName(f"Advisory {row.title}")
        self.verticalScrollBar().setValue(0)
        order_tabs(self.content)

    def set_marks(self, marks: Marks) -> None:
        """Show whether the advisory is read and kept."""
        self._marks = marks
        if self._advisory is None:
            return
        row = self._advisory.row
        is_read, is_kept = marks.is_read(row), row.id in marks.kept
        self.read.set_text("Mark as unread" if is_read else "Mark as read")
        self.read.set_icon("undo" if is_read else "check")
        had_focus = self.keep.hasFocus() or self.let_go.hasFocus()
        self.keep.setVisible(not is_kept)
        self.let_go.setVisible(is_kept)
        if had_focus:
            (self.let_go if is_kept else self.keep).setFocus(Qt.FocusReason.OtherFocusReason)
        self._dates.setText(_dated(row, marks))
        self._kept.setText(_KEPT)
        self._kept.setVisible(is_kept)

    def _lay_out(self) -> None:
        theme = self._theme
        left = Stack(theme, self.summary, self.advice, self.details, spacing=12)
        right = Stack(
            theme,
            *(self.concerned, self.vulnerabilities, self.names, self.products, self.use),
            self.references,
            spacing=12,
        )
        beside = Arrangement(720, (((0, 1), (1, 1)),))
        self.body.addWidget(self.head)
        self.body.addWidget(self._dates)
        self.body.addWidget(self._kept)
        self.body.addWidget(Divider(theme, quiet=False))
        self.body.addWidget(Columns(theme, (left, right), (beside, stacked(2))))
        self.body.addWidget(Divider(theme, quiet=False))
        self.body.addWidget(self.sources)
        for button, words in (
            (self.read, _READING),
            (self.keep, _KEEPING),
            (self.let_go, _LETTING_GO),
        ):
            button.setToolTip(plain_tooltip(words))
            button.setAccessibleDescription(words)

    def _connect(self) -> None:
        self.read.clicked.connect(self._on_read_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.let_go.clicked.connect(self._on_keep_clicked)
        self.vulnerabilities.opened.connect(lambda cve: self.navigate.emit(Place(SCREEN, cve)))
        self.names.opened.connect(lambda subject: self.navigate.emit(Place("actors", subject)))
        self._theme.changed.connect(self._on_theme_changed)

    def _on_read_clicked(self) -> None:
        if self._advisory is not None:
            row = self._advisory.row
            self.read_asked.emit((row,), not self._marks.is_read(row))

    def _on_keep_clicked(self) -> None:
        if self._advisory is not None:
            row = self._advisory.row
            self.keep_asked.emit(row.id, row.id not in self._marks.kept)

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if hasattr(self, "content"):
            self.content.setMaximumWidth(self._theme.px(_WIDEST))


def _chips(advisory: Advisory) -> Sequence[tuple[str, ChipKind, str]]:
    row = advisory.row
    report = row.kind == "report"
    found: list[tuple[str, ChipKind, str]] = [
        (
            "report" if report else "advisory",
            "tint",
            "A report about attackers or their work."
            if report
            else "A warning by a maker or an authority, about products or dangers.",
        )
    ]
    issuers = dict.fromkeys((row.issuer, *advisory.issuers)) if row.issuer else ()
    found += [(issuer, "plain", f"Issued by {issuer}.") for issuer in issuers]
    if row.number:
        found.append((row.number, "plain", "Its issuer’s own number."))
    return [(words, look, plain_tooltip(tip)) for words, look, tip in found]


def _dated(row: AdvisoryRow, marks: Marks) -> str:
    parts = [
        f"Published {date_words(row.published)}" if row.published else "Not dated",
        f"updated {date_words(row.updated)}" if row.updated[:10] > row.published[:10] else "",
        "changed since you read it" if marks.has_changed(row) else "",
        "read" if marks.is_read(row) else "unread",
        counted(len(row.cves), "CVE") if row.cves else "",
    ]
    return " · ".join(part for part in parts if part)
