"""One answer to the question who did it: the fields of a hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from briefing.core.case import Case, Hypothesis
from briefing.core.case_words import Supposes
from briefing.core.wording import listed
from briefing.ui.theme import Theme
from briefing.ui.views.case_actor import ActorNames, ActorsField
from briefing.ui.views.case_drafts import Stamp, asked_fault, cited_before, next_place, text_fault
from briefing.ui.views.case_form_words import HYPOTHESIS_KINDS
from briefing.ui.views.case_panel import Panel
from briefing.ui.widgets.radio_list import RadioList
from briefing.ui.widgets.text_area import TextArea
from briefing.ui.widgets.text_field import TextField

LONGEST_SHORT = 40
"""Characters of what stands over a column of the matrix."""
PROPOSED: Mapping[Supposes, tuple[str, str]] = {
    Supposes.UNKNOWN: ("An actor nobody has named", "An actor that nobody has named did it."),
    Supposes.FALSE_FLAG: (
        "A false flag",
        "Somebody did it who wanted it to look like another: a false flag.",
    ),
}
"""What it supposes → a column's head and a sentence, for the answers that are always possible."""


class HypothesisPanel(Panel):
    """What is supposed, of whom, in a sentence and in a few words."""

    def __init__(
        self,
        theme: Theme,
        names: ActorNames,
        case: Case,
        hypothesis: Hypothesis | None = None,
    ) -> None:
        """Show a hypothesis, or ask for a new one."""
        super().__init__(theme, case.incident.tlp)
        self._case = case
        self._shown = hypothesis
        self._proposed = ("", "")
        self.supposes = RadioList(theme, "What it supposes", HYPOTHESIS_KINDS)
        self.actors = ActorsField(theme, names)
        self.text = TextArea(theme, "The answer in a sentence")
        self.short = TextField(theme, "In a few words", "Over its column in the matrix")
        self.short.input.setMaxLength(LONGEST_SHORT)
        self.documents.set_known(cited_before(case))
        self._lay_out()
        self.supposes.chosen.connect(self._on_supposes_chosen)
        self.actors.changed.connect(self._on_actors_changed)
        self.text.edited.connect(self.changed)
        self.short.edited.connect(self.changed)
        if hypothesis is not None:
            self._show(hypothesis)
        self._show_actors()

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        text = self.text.text()
        return {
            "supposes": "" if self.supposes.value else "Choose what it supposes.",
            "actors": "" if self._is_named_well() else "See what is said at the name.",
            "text": asked_fault(text, "Say in a sentence who did it, if this is right."),
            "short": text_fault(self.short.text()),
        }

    def row(self, stamp: Stamp) -> Hypothesis:
        """The hypothesis as it is typed."""
        base = self._shown or Hypothesis(
            **stamp.fields,
            incident=self._case.incident.id,
            place=next_place(self._case.hypotheses),
            **self._asked(),
        )
        return replace(base, **stamp.fields, **self._asked())

    def _asked(self) -> dict[str, Any]:
        return {
            **self.common,
            "supposes": Supposes(self.supposes.value or ""),
            "actors": self.actors.actors if self._names_actors else (),
            "text": self.text.text(),
            "short": " ".join(self.short.text().split()),
        }

    @property
    def _names_actors(self) -> bool:
        """Whether actors can be named: nobody knows an unknown one."""
        return self.supposes.value != Supposes.UNKNOWN

    def _is_named_well(self) -> bool:
        return not self._names_actors or self.actors.enter()

    def _lay_out(self) -> None:
        self.add("supposes", "What it supposes", self.supposes)
        self.add(
            "actors",
            "Actors it names",
            self.actors,
            "Of the catalogue, so that their profiles can be opened. Of a false flag: who is to be"
            " blamed, or who may be behind it.",
        )
        self.add("text", "The answer in a sentence", self.text)
        self.add("short", "In a few words", self.short)
        self.add_documents("Who has proposed this answer, if anybody has.")
        self.add_label()

    def _show(self, hypothesis: Hypothesis) -> None:
        self.supposes.set_value(hypothesis.supposes)
        self.actors.set_actors(hypothesis.actors)
        self.text.set_text(hypothesis.text)
        self.short.input.setText(hypothesis.short)
        self.show_common(hypothesis.tlp, hypothesis.documents)

    def _show_actors(self) -> None:
        self.fields["actors"].setVisible(self._names_actors)

    def _propose(self) -> None:
        """Propose words, unless a person has typed others."""
        supposes = self.supposes.value
        names = self.actors.labels
        words = PROPOSED.get(Supposes(supposes), ("", "")) if supposes else ("", "")
        if names and supposes in (Supposes.ACTOR, Supposes.SEVERAL):
            alone = " alone" if len(names) == 1 else ""
            words = (f"{listed(names)}{alone}"[:LONGEST_SHORT], f"{listed(names)} did it{alone}.")
        if self.short.text() == self._proposed[0]:
            self.short.input.setText(words[0])
        if self.text.text() == self._proposed[1]:
            self.text.set_text(words[1])
        self._proposed = words

    def _on_supposes_chosen(self) -> None:
        self._show_actors()
        self._propose()
        self.changed.emit()

    def _on_actors_changed(self) -> None:
        self._propose()
        self.changed.emit()
