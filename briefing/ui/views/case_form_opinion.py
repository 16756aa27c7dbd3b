"""What a second analyst thinks of an assessment: the fields of an opinion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from briefing.core.case import Assessment, Case, Opinion
from briefing.core.case_words import Stance
from briefing.core.dates import short_date
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import Stamp, asked_fault, cited_before
from briefing.ui.views.case_form_assessment import mixed
from briefing.ui.views.case_form_words import STANCES
from briefing.ui.views.case_panel import DayLine, Panel, day_needed
from briefing.ui.widgets.choice_box import Choice, ChoiceBox
from briefing.ui.widgets.frames import EdgeFrame
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.radio_list import RadioList
from briefing.ui.widgets.text_area import TextArea


class OpinionPanel(Panel):
    """How far they agree, why, and what they hold instead."""

    def __init__(
        self,
        theme: Theme,
        case: Case,
        assessment: Assessment,
        today: str,
        opinion: Opinion | None = None,
    ) -> None:
        """Show an opinion on an assessment, or ask for a new one."""
        super().__init__(theme, case.incident.tlp)
        self._case = case
        self._assessment = assessment
        self._shown = opinion
        self.stance = RadioList(theme, "How far you agree", STANCES)
        self.text = TextArea(theme, "Why", lines=3)
        labels = case.labels()
        answers = [
            Choice(one.id, f"{labels[one.id]}  {one.short or one.text}", one.text)
            for one in case.hypotheses
            if one.id != assessment.hypothesis
        ]
        self.instead = ChoiceBox(
            theme, "What you hold instead", (Choice("", "no other hypothesis"), *answers)
        )
        self.date = DayLine(theme, "Day of the opinion")
        self.documents.set_known(cited_before(case))
        self.date.propose(today)
        self._lay_out()
        self._connect()
        if opinion is not None:
            self._show(opinion)

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        text = self.text.text()
        return {
            "stance": "" if self.stance.value else "Choose how far you agree.",
            "text": asked_fault(text, "Say why."),
            "date": day_needed(self.date),
        }

    def objections(self) -> Mapping[str, str]:
        """Likelihood and confidence in one sentence."""
        return {"text": mixed(self.text.text())}

    def author_objection(self, author: str) -> str:
        """What is to be said where somebody judges their own assessment, or ""."""
        if author.casefold() != self._assessment.author.casefold():
            return ""
        return (
            "The assessment bears the same name. A second opinion is worth something where it is"
            " somebody else’s."
        )

    def row(self, stamp: Stamp) -> Opinion:
        """The opinion as it is typed."""
        base = self._shown or Opinion(
            **stamp.fields,
            incident=self._case.incident.id,
            assessment=self._assessment.id,
            **self._asked(),
        )
        return replace(base, **stamp.fields, **self._asked())

    def _asked(self) -> dict[str, Any]:
        return {
            **self.common,
            "stance": Stance(self.stance.value or ""),
            "text": self.text.text(),
            "hypothesis": self.instead.value or "",
            "date": self.date.day,
        }

    def _lay_out(self) -> None:
        one = self._assessment
        frame = EdgeFrame(self._theme, "assessment")
        words = f"{one.text} ({one.author}, {short_date(one.date)})"
        frame.body.addWidget(WrappedLabel(self._theme, words, "body"))
        for told in (
            f"Likelihood: {one.likelihood.term}, {one.likelihood.range}",
            f"Confidence: {one.confidence.word}",
        ):
            frame.body.addWidget(WrappedLabel(self._theme, told, "note", "ink_2"))
        self.add_below(frame)
        self.add("stance", "How far you agree", self.stance)
        self.add("text", "Why", self.text)
        self.add("hypothesis", "What you hold instead", self.instead)
        self.add("date", "Day of the opinion", self.date)
        self.add_documents("What it rests on, if it is not recorded yet.")
        self.add_label()

    def _connect(self) -> None:
        self.stance.chosen.connect(self.changed)
        self.text.edited.connect(self.changed)
        self.instead.chosen.connect(self.changed)
        self.date.edited.connect(self.changed)

    def _show(self, opinion: Opinion) -> None:
        self.stance.set_value(opinion.stance)
        self.text.set_text(opinion.text)
        self.instead.set_value(opinion.hypothesis)
        self.date.input.setText(opinion.date)
        self.show_common(opinion.tlp, opinion.documents)
