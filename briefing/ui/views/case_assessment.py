"""What we conclude: the assessment that stands, what others think of it, or what is missing."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.brief import Span
from briefing.core.case import Assessment
from briefing.core.case_page import CasePage
from briefing.core.case_words import Supposes
from briefing.core.dates import short_date
from briefing.core.wording import counted, in_words
from briefing.services.case_phrases import STANCES
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.shown import strong
from briefing.ui.views.case_judgement import Judgement, hypothesis_link, opinion_row
from briefing.ui.views.case_matrix_words import HELP_TOPIC_ACH
from briefing.ui.widgets.buttons import normal_button, primary_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader

_ENOUGH: Final = 3
_ELSEWHERE: Final = (Supposes.UNKNOWN, Supposes.FALSE_FLAG)
_NONE: Final = "No assessment yet"
_SAYS: Final = (
    "An assessment says how likely one hypothesis is, and how far its basis can be trusted."
)


class AssessmentPane(QWidget):
    """The standing assessment of one case; it has no margins of its own."""

    new_asked = Signal()
    """A new assessment is to be recorded; it supersedes the one that stands."""
    opinion_asked = Signal(str)
    """Id of the assessment of which a second analyst is to say what they think."""
    history_asked = Signal()
    row_chosen = Signal(str)
    """Id of the hypothesis that is to be shown."""

    def __init__(self, theme: Theme) -> None:
        """Without a case; see ``show_page``."""
        super().__init__()
        self._theme = theme
        self._standing: Assessment | None = None
        self.header = SectionHeader(theme, "Assessment")
        self.nothing = Notice(theme, "empty", _NONE, icon_name="edit")
        self.judgement = Judgement(theme)
        self.others_head = SectionHeader(theme, "Second opinions")
        self.others = ProseRows(theme, gap=6)
        self.new = primary_button(theme, "New assessment", "edit")
        self.second = normal_button(theme, "Second opinion")
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self._connect()
        self.setProperty(HELP_TOPIC, HELP_TOPIC_ACH)
        self._on_theme_changed()

    def show_page(self, page: CasePage) -> None:
        """Show another case, or another state of it."""
        case = page.case
        self._standing = standing = case.assessment
        self.header.set_note("what we conclude" if standing else "")
        number = len(case.assessments)
        self.header.set_link(f"History ({number})" if number else "")
        if standing is None:
            self._say_what_is_missing(page)
        else:
            self.judgement.show_assessment(page, standing)
        self.nothing.setVisible(standing is None)
        self.judgement.setVisible(standing is not None)
        self._show_others(page)
        self._show_buttons(page)

    def _say_what_is_missing(self, page: CasePage) -> None:
        missing = missing_for_assessment(page)
        rest = "\n".join(f"• {one}" for one in missing)
        told = f"Still missing:\n{rest}" if missing else "Nothing is missing."
        self.nothing.set_words(_NONE, f"{_SAYS} {told}")

    def _show_others(self, page: CasePage) -> None:
        standing, case = self._standing, page.case
        rows, stances = [], Counter[str]()
        if standing is not None:
            for opinion in case.opinions:
                if opinion.assessment == standing.id:
                    rows.append(opinion_row(page, opinion))
                    stances[STANCES[opinion.stance]] += 1
            beside = [_other_assessment(page, one) for one in _also_standing(page, standing)]
            stances["judges otherwise"] += len(beside)
            rows += beside
        self.others.ensurePolished()
        self.others.set_rows(rows)
        self.others_head.set_note(
            ", ".join(f"{number} {stance}" for stance, number in stances.items() if number)
        )
        self.others_head.setVisible(bool(rows))
        self.others.setVisible(bool(rows))

    def _show_buttons(self, page: CasePage) -> None:
        can = bool(page.case.hypotheses)
        self.new.setEnabled(can)
        self.new.setToolTip("" if can else "First add a hypothesis that can be judged.")
        self.second.setVisible(self._standing is not None)

    def _lay_out(self) -> None:
        self._flow.addWidget(self.new)
        self._flow.addWidget(self.second)
        parts = (
            self.header,
            self.nothing,
            self.judgement,
            self.others_head,
            self.others,
            self._buttons,
        )
        for part in parts:
            self._box.addWidget(part)
        self._box.addStretch(1)

    def _connect(self) -> None:
        self.header.link_activated.connect(self.history_asked)
        self.judgement.row_chosen.connect(self.row_chosen)
        self.others.place_activated.connect(self.row_chosen)
        self.new.clicked.connect(lambda _=False: self.new_asked.emit())
        self.second.clicked.connect(self._on_second_clicked)
        self._theme.changed.connect(self._on_theme_changed)

    def _on_second_clicked(self) -> None:
        if self._standing is not None:
            self.opinion_asked.emit(self._standing.id)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setSpacing(px(6))
        self._flow.set_spacing(px(8))
        self._flow.setContentsMargins(0, px(6), 0, 0)


def missing_for_assessment(page: CasePage) -> tuple[str, ...]:
    """What an assessment would rest on and does not find yet, each as a short phrase."""
    case = page.case
    few = _ENOUGH - len(case.hypotheses)
    missing = []
    if not case.hypotheses:
        missing.append("hypotheses: three or more answers to the question who did it")
    elif few > 0:
        more = "one more hypothesis" if few == 1 else f"{in_words(few)} more hypotheses"
        missing.append(f"{more}, so that answers compete")
    if case.hypotheses and not any(one.supposes in _ELSEWHERE for one in case.hypotheses):
        missing.append("a hypothesis of an actor nobody has named, or of a false flag")
    if not case.evidence:
        missing.append("evidence that speaks for or against them")
    unjudged = len(page.weighing.unjudged)
    if unjudged:
        cells = len(case.evidence) * len(case.hypotheses)
        missing.append(f"{unjudged} of {counted(cells, 'cell')} of the matrix")
    return tuple(missing)


def _also_standing(page: CasePage, standing: Assessment) -> list[Assessment]:
    """Assessments that nobody superseded, beside the newest."""
    superseded = {one.supersedes for one in page.case.assessments}
    return [
        one for one in page.case.assessments if one.id not in superseded and one.id != standing.id
    ]


def _other_assessment(page: CasePage, one: Assessment) -> ProseRow:
    """Somebody else’s judgement that stands too: whose, of which hypothesis, how likely."""
    lead = strong(f"{one.author} judges otherwise.")
    text = (lead, Span(f" {one.text} "), *hypothesis_link(page, one.hypothesis))
    return ProseRow((*text, Span(f": {one.likelihood.term}.")), note=(Span(short_date(one.date)),))
