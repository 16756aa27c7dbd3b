"""What speaks for or against a hypothesis: the fields of a piece of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from briefing.core.case import Case, Claim, Evidence
from briefing.core.case_words import EvidenceKind, Level, Relevance, Vertex
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import Stamp, asked_fault, cited_before, fault, next_place
from briefing.ui.views.case_form_words import (
    EVIDENCE_KINDS,
    LEVELS,
    RELEVANCES,
    VERTEX_OF,
    VERTICES,
)
from briefing.ui.views.case_grades import OriginField, ReliabilityField, credibility_box
from briefing.ui.views.case_panel import DayLine, Panel
from briefing.ui.widgets.choice_box import ChoiceBox
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.text_area import TextArea

_RELIABILITY = "Of whoever reports it. F where nobody can judge."
_CREDIBILITY = "Of what is reported. The two scales stand side by side and are never averaged."
_ORIGIN = "Who knew it first. Evidence of one origin has one vote, however often it is repeated."
_RELEVANCE = "How far it bears on the question who did it; it weighs in the matrix."
_BEARS_ON = "Claims that it speaks for or against. Which of the two, the matrix says."


class ClaimsField(QWidget):
    """The claims of the case, each with a box."""

    changed = Signal()

    def __init__(self, theme: Theme, case: Case) -> None:
        """No box is ticked."""
        super().__init__()
        self._theme = theme
        self.boxes: dict[str, QCheckBox] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        labels = case.labels()
        for claim in case.claims:
            self._add(claim, labels[claim.id])
        if not case.claims:
            none = "No claim is recorded yet; it can be added later."
            self._rows.addWidget(WrappedLabel(theme, none, "table", "ink_3"))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that are ticked."""
        return tuple(claim for claim, box in self.boxes.items() if box.isChecked())

    def set_claims(self, claims: tuple[str, ...]) -> None:
        """Tick the boxes of these."""
        for claim, box in self.boxes.items():
            box.setChecked(claim in claims)

    def _add(self, claim: Claim, letter: str) -> None:
        box = QCheckBox(f"{letter}  {claim.by}: {claim.accused}".replace("&", "&&"))
        box.setAccessibleName(f"Claim {letter}, {claim.by} says {claim.accused}")
        box.clicked.connect(self.changed)
        self.boxes[claim.id] = box
        self._rows.addWidget(box)

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(2))
        for box in self.boxes.values():
            box.setFont(self._theme.font("body"))


class EvidencePanel(Panel):
    """What it shows, where it was read, how far to trust it, and what it bears on."""

    def __init__(self, theme: Theme, case: Case, evidence: Evidence | None = None) -> None:
        """Show a piece of evidence, or ask for a new one."""
        super().__init__(theme, case.incident.tlp)
        self._case = case
        self._shown = evidence
        self._has_vertex = evidence is not None
        self.text = TextArea(theme, "What it shows", "One sentence, such as: Entry by a call.")
        self.kind = ChoiceBox(theme, "Kind", EVIDENCE_KINDS, asks="What is it about?")
        self.vertex = ChoiceBox(theme, "Diamond vertex", VERTICES, asks="Which vertex is it about?")
        self.level = ChoiceBox(theme, "Level", LEVELS, asks="On which level does it speak?")
        self.relevance = Segments(theme, "Relevance", RELEVANCES)
        self.reliability = ReliabilityField(theme, case)
        self.credibility = credibility_box(theme, may_be_open=False)
        self.origin = OriginField(theme, case)
        self.observed = DayLine(theme, "Observed")
        self.claims = ClaimsField(theme, case)
        self.documents.set_known(cited_before(case))
        self.relevance.set_value(Relevance.MEDIUM)
        self._lay_out()
        self._connect()
        if evidence is not None:
            self.show_evidence(evidence)

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        text, origin = self.text.text(), self.origin.text()
        return {
            "text": asked_fault(text, "Say in a sentence what it shows."),
            "kind": "" if self.kind.value else "Choose what it is about.",
            "vertex": "" if self.vertex.value else "Choose one of the four vertices.",
            "level": "" if self.level.value else "Choose one of the three levels.",
            "documents": ""
            if not fault(Evidence, documents=self.documents.documents)
            else "Evidence needs a source: name a document in which it can be read.",
            "reliability": ""
            if self.reliability.value
            else "Choose how reliable the source is; F where nobody can judge.",
            "credibility": ""
            if self.credibility.value
            else "Choose how credible it is; 6 where nobody can judge.",
            "origin": asked_fault(
                origin, "Say where it starts, so that what comes from one place has one vote."
            ),
            "observed": self.observed.fault,
        }

    def row(self, stamp: Stamp) -> Evidence:
        """The evidence as it is typed."""
        base = self._shown or Evidence(
            **stamp.fields,
            incident=self._case.incident.id,
            place=next_place(self._case.evidence),
            **self._asked(),
        )
        return replace(base, **stamp.fields, **self._asked())

    def show_evidence(self, evidence: Evidence) -> None:
        """Show what was recorded, or what was computed and is to be recorded."""
        self.text.set_text(evidence.text)
        self.kind.set_value(evidence.kind)
        self.vertex.set_value(evidence.vertex)
        self.level.set_value(evidence.level)
        self.relevance.set_value(evidence.relevance)
        self.reliability.set_value(evidence.reliability)
        self.credibility.set_value(str(evidence.credibility))
        self.origin.set_text(evidence.origin)
        self.observed.input.setText(evidence.observed)
        self.claims.set_claims(evidence.bears_on)
        self.show_common(evidence.tlp, evidence.documents)

    def _asked(self) -> dict[str, Any]:
        return {
            **self.common,
            "text": self.text.text(),
            "kind": EvidenceKind(self.kind.value or ""),
            "vertex": Vertex(self.vertex.value or ""),
            "level": Level(self.level.value or ""),
            "relevance": Relevance(self.relevance.value),
            "reliability": self.reliability.value or "F",
            "credibility": int(self.credibility.value or 0),
            "origin": self.origin.text(),
            "observed": self.observed.day,
            "bears_on": self.claims.claims,
        }

    def _lay_out(self) -> None:
        self.add("text", "What it shows", self.text)
        self.add_documents("Where it can be read.")
        self.add("kind", "Kind", self.kind)
        self.add("vertex", "Vertex of the Diamond Model", self.vertex)
        self.add("level", "Level", self.level)
        self.add("relevance", "Relevance", self.relevance, _RELEVANCE, wide=False)
        self.add_section("How far to trust it")
        self.add("reliability", "Reliability of the source", self.reliability, _RELIABILITY)
        self.add("credibility", "Credibility of the information", self.credibility, _CREDIBILITY)
        self.add("origin", "Origin", self.origin, _ORIGIN)
        self.add_section("What it belongs to")
        self.add("bears_on", "Bears on", self.claims, _BEARS_ON)
        self.add("observed", "Observed", self.observed, "When it was seen, where that is known.")
        self.add_label()

    def _connect(self) -> None:
        self.kind.chosen.connect(self._on_kind_chosen)
        self.vertex.chosen.connect(self._on_vertex_chosen)
        self.documents.changed.connect(self._on_documents_changed)
        for box in (self.level, self.credibility):
            box.chosen.connect(self.changed)
        self.relevance.chosen.connect(self.changed)
        self.reliability.chosen.connect(self.changed)
        self.text.edited.connect(self.changed)
        self.origin.edited.connect(self.changed)
        self.observed.edited.connect(self.changed)
        self.claims.changed.connect(self.changed)

    def _on_kind_chosen(self, kind: str) -> None:
        if not self._has_vertex:
            self.vertex.set_value(VERTEX_OF[EvidenceKind(kind)])
        self.changed.emit()

    def _on_vertex_chosen(self) -> None:
        self._has_vertex = True
        self.changed.emit()

    def _on_documents_changed(self) -> None:
        documents = self.documents.documents
        self.reliability.propose(documents)
        self.origin.propose(documents)
