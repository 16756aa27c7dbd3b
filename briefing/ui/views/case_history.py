"""Every assessment of a case, the newest first: nothing that was judged is ever edited away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.brief import Span, Text
from briefing.core.case import Assessment
from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.wording import counted
from briefing.ui.explaining import Explainer
from briefing.ui.theme import Theme
from briefing.ui.views.case_judgement import Judgement, hypothesis_link, opinion_row, version
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.frames import EdgeFrame
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader

_SIZE: Final = (620, 640)
_MOST_OF_THE_SCREEN: Final = 0.86
_NOTHING: Final = "Nobody has recorded an assessment of this incident yet."
_NEVER_EDITED: Final = (
    "A judgement is never edited: a later one takes its place, and the earlier one stays."
)


class HistoryPane(QWidget):
    """All assessments, each with what it superseded, what it changed and what others said."""

    row_chosen = Signal(str)
    """Id of the hypothesis that is to be shown."""

    def __init__(self, theme: Theme) -> None:
        """Without a case; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self.header = SectionHeader(theme, "History of assessments")
        self.told = WrappedLabel(theme, _NEVER_EDITED, "note", "ink_3")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.header)
        self._box.addWidget(self.told)
        self._parts: list[QWidget] = []
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_page(self, page: CasePage) -> None:
        """Show another case, or another state of it."""
        for part in self._parts:
            self._box.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts.clear()
        made = newest_first(page)
        self.header.set_note(counted(len(made), "assessment"))
        self.told.setText(_NEVER_EDITED if made else _NOTHING)
        for one in made:
            self._put_assessment(page, one)

    def _put_assessment(self, page: CasePage, one: Assessment) -> None:
        stands = page.case.assessment is one
        frame = EdgeFrame(self._theme, "assessment" if stands else "info")
        title = f"Version {version(page, one)}"
        note = "stands" if stands else _superseded_words(page, one)
        frame.body.addWidget(SectionHeader(self._theme, title, note))
        judgement = Judgement(self._theme)
        judgement.row_chosen.connect(self.row_chosen)
        frame.body.addWidget(judgement)
        judgement.show_assessment(page, one, tuple(_changes(page, one)))
        said = [opinion_row(page, row) for row in page.case.opinions if row.assessment == one.id]
        if said:
            opinions = ProseRows(self._theme, gap=6)
            opinions.place_activated.connect(self.row_chosen)
            frame.body.addWidget(opinions)
            opinions.ensurePolished()
            opinions.set_rows(said)
        self._box.addWidget(frame)
        self._parts.append(frame)

    def _on_theme_changed(self) -> None:
        self._box.setSpacing(self._theme.px(12))


class HistoryDialog(QDialog):
    """The history in a window of its own; arrow keys scroll, Escape closes."""

    row_chosen = Signal(str)
    """Id of the hypothesis that is to be shown; the dialog is closed then."""

    def __init__(self, theme: Theme, parent: QWidget | None, page: CasePage) -> None:
        """The history of one case."""
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = f"History: {page.case.incident.name}"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.pane = HistoryPane(theme)
        self.page = Scroller(theme, sides=20, top=16)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.page.setAccessibleName("Assessments, the newest first")
        self.page.body.addWidget(self.pane)
        self.leave = normal_button(theme, "Close")
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.leave)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page, 1)
        whole.addLayout(self._buttons)
        self.pane.show_page(page)
        self.pane.row_chosen.connect(self._on_pane_row_chosen)
        self.leave.clicked.connect(self.reject)
        Explainer(theme, self)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_pane_row_chosen(self, row: str) -> None:
        self.row_chosen.emit(row)
        self.accept()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._buttons.setContentsMargins(px(20), px(8), px(20), px(16))

    def showEvent(self, event: QShowEvent) -> None:
        """Take a size that fits on the screen."""
        super().showEvent(event)
        room = self.screen().availableSize() * _MOST_OF_THE_SCREEN
        self.resize(QSize(*map(self._theme.px, _SIZE)).boundedTo(room))
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)


def newest_first(page: CasePage) -> tuple[Assessment, ...]:
    """The one that stands first, then by day; what supersedes stands before what it took over."""
    standing = page.case.assessment
    return tuple(
        sorted(
            page.case.assessments,
            key=lambda one: (one is standing, one.date, version(page, one), one.created),
            reverse=True,
        )
    )


def _superseded_words(page: CasePage, one: Assessment) -> str:
    later = next((row for row in page.case.assessments if row.supersedes == one.id), None)
    if later is None:
        return "stands beside it"
    return f"superseded by version {version(page, later)} on {short_date(later.date)}"


def _changes(page: CasePage, one: Assessment) -> Iterator[ProseRow]:
    """What was otherwise in the assessment that this one superseded; each in a row of its own."""
    if not one.supersedes:
        return
    before = next((row for row in page.case.assessments if row.id == one.supersedes), None)
    if before is None:
        yield ProseRow((Span("a version that is not held here"),), "Supersedes", quiet=True)
        return
    told = f"version {version(page, before)} of {short_date(before.date)}"
    yield ProseRow((Span(told),), "Supersedes")
    for place, text in enumerate(_differences(page, before, one)):
        yield ProseRow(text, "" if place else "Changed")


def _differences(page: CasePage, before: Assessment, one: Assessment) -> Iterator[Text]:
    if before.likelihood is not one.likelihood:
        yield (Span(f"Likelihood was {before.likelihood.term}."),)
    if before.confidence is not one.confidence:
        yield (Span(f"Confidence was {before.confidence.word}."),)
    if before.hypothesis != one.hypothesis:
        yield (Span("It judged "), *hypothesis_link(page, before.hypothesis), Span("."))
