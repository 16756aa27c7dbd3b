"""What we conclude: the fields of an assessment, likelihood and confidence apart."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from briefing.analysis.estimative_words import mixed_words
from briefing.core.case import Assessment
from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.estimates import parse_confidence, parse_likelihood
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import Stamp, asked_fault, cited_before, text_fault
from briefing.ui.views.case_form_words import CONFIDENCES, LIKELIHOODS
from briefing.ui.views.case_panel import DayLine, Panel, day_needed
from briefing.ui.widgets.choice_box import Choice
from briefing.ui.widgets.frames import EdgeFrame
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.radio_list import RadioList
from briefing.ui.widgets.text_area import TextArea

_LIKELIHOOD = (
    "How likely it is that the judgement is true: a term of ICD 203 with its range. It is about the"
    " world."
)
_CONFIDENCE = (
    "How far the basis can be trusted: how many reports, how good, how independent. It is about"
    " what we know."
)
_TEXT = "Without its confidence: that has its own lines below."


class AssessmentPanel(Panel):
    """Which hypothesis, how likely, how sure, and why."""

    def __init__(self, theme: Theme, page: CasePage, today: str) -> None:
        """Ask for a new assessment; it takes the place of the one that stands."""
        case = page.case
        super().__init__(theme, case.incident.tlp)
        self._page = page
        self._standing = case.assessment
        self.hypothesis = RadioList(theme, "Hypothesis", _hypotheses(page))
        self.text = TextArea(theme, "The judgement in a sentence")
        self.likelihood = RadioList(theme, "Likelihood", LIKELIHOODS, beside=True)
        self.confidence = RadioList(theme, "Confidence", CONFIDENCES)
        self.basis = TextArea(theme, "Why the confidence is what it is")
        self.gaps = TextArea(theme, "Gaps", "One on each line.")
        self.assumptions = TextArea(theme, "Assumptions", "One on each line.")
        self.date = DayLine(theme, "Day of the judgement")
        self.documents.set_known(cited_before(case))
        self.date.propose(today)
        self._lay_out()
        self._connect()
        self._propose()

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        text, basis = self.text.text(), self.basis.text()
        return {
            "hypothesis": "" if self.hypothesis.value else "Choose the hypothesis that is judged.",
            "text": asked_fault(text, "Say in a sentence what you conclude."),
            "likelihood": "" if self.likelihood.value else "Choose how likely it is.",
            "confidence": "" if self.confidence.value else "Choose low, medium or high.",
            "basis": text_fault(basis),
            "gaps": text_fault(self.gaps.text()),
            "assumptions": text_fault(self.assumptions.text()),
            "date": day_needed(self.date),
        }

    def objections(self) -> Mapping[str, str]:
        """Likelihood and confidence in one sentence."""
        return {"text": mixed(self.text.text()), "basis": mixed(self.basis.text())}

    def row(self, stamp: Stamp) -> Assessment:
        """The assessment as it is typed."""
        return Assessment(
            **stamp.fields,
            **self.common,
            incident=self._page.case.incident.id,
            hypothesis=self.hypothesis.value or "",
            text=self.text.text(),
            likelihood=parse_likelihood(self.likelihood.value or ""),
            confidence=parse_confidence(self.confidence.value),
            basis=self.basis.text(),
            date=self.date.day,
            supersedes=self._standing.id if self._standing is not None else "",
            gaps=self.gaps.lines(),
            assumptions=self.assumptions.lines(),
        )

    def _lay_out(self) -> None:
        if self._standing is not None:
            self.add_below(_superseded(self._theme, self._standing))
        self.add("hypothesis", "Hypothesis that is judged", self.hypothesis)
        self.add("text", "The judgement in a sentence", self.text, _TEXT)
        self.add_section("Likelihood")
        self.add_below(WrappedLabel(self._theme, _LIKELIHOOD, "table", "ink_2"))
        self.add("likelihood", "", self.likelihood)
        self.add_section("Confidence")
        self.add_below(WrappedLabel(self._theme, _CONFIDENCE, "table", "ink_2"))
        self.add("confidence", "", self.confidence)
        self.add("basis", "Why the confidence is what it is", self.basis)
        self.add_section("What it leaves open")
        self.add("gaps", "What is not known", self.gaps)
        self.add("assumptions", "What is taken for granted", self.assumptions)
        self.add("date", "Day of the judgement", self.date)
        self.add_documents("What it rests on beside the evidence, if anything.")
        self.add_label()

    def _connect(self) -> None:
        for choice in (self.hypothesis, self.likelihood, self.confidence):
            choice.chosen.connect(self.changed)
        for area in (self.text, self.basis, self.gaps, self.assumptions):
            area.edited.connect(self.changed)
        self.date.edited.connect(self.changed)

    def _propose(self) -> None:
        """The one that leads alone; gaps and assumptions of the assessment that stands."""
        leaders = self._page.weighing.leaders
        if len(leaders) == 1:
            self.hypothesis.set_value(leaders[0])
        if self._standing is not None:
            self.gaps.set_text("\n".join(self._standing.gaps))
            self.assumptions.set_text("\n".join(self._standing.assumptions))


def mixed(text: str) -> str:
    """What a careful reader would object to where likelihood and confidence share a sentence."""
    words = mixed_words(text)
    if words is None:
        return ""
    return (
        f"“{words[0]}” is a likelihood and “{words[1]}” a confidence, and both stand in one"
        " sentence. Readers then take one for the other: write two sentences."
    )


def _hypotheses(page: CasePage) -> list[Choice]:
    labels = page.case.labels()
    leaders = page.weighing.leaders
    return [
        Choice(
            one.id,
            f"{labels[one.id]}  {one.short or one.text}",
            " ".join((one.text, "It leads in the matrix.")) if one.id in leaders else one.text,
        )
        for one in page.case.hypotheses
    ]


def _superseded(theme: Theme, standing: Assessment) -> QWidget:
    """The assessment in whose place the new one stands."""
    frame = EdgeFrame(theme, "info")
    head = f"It supersedes that of {standing.author}, {short_date(standing.date)}"
    frame.body.addWidget(WrappedLabel(theme, head, "table_strong"))
    frame.body.addWidget(WrappedLabel(theme, standing.text, "table"))
    scale = f"Likelihood: {standing.likelihood.term}, {standing.likelihood.range}"
    frame.body.addWidget(WrappedLabel(theme, scale, "note", "ink_2"))
    sure = f"Confidence: {standing.confidence.word}"
    frame.body.addWidget(WrappedLabel(theme, sure, "note", "ink_2"))
    return frame
