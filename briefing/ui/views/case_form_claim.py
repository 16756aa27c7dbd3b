"""Who says that whom did it: the fields of a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.case import Case, Cited, Claim, Suspected
from briefing.core.case_words import Claimant, ClaimStatus, Purpose
from briefing.core.estimates import parse_confidence
from briefing.core.tlp import Tlp
from briefing.ui.theme import Theme
from briefing.ui.views.case_actor import AccusedField, ActorNames
from briefing.ui.views.case_drafts import (
    Stamp,
    asked_fault,
    cited_before,
    fault,
    next_place,
    text_fault,
)
from briefing.ui.views.case_form_words import (
    BASES,
    CHANNELS,
    CLAIMANTS,
    NOT_JUDGED,
    PURPOSES,
    STATED,
    STATUSES,
    TYPES,
    basis_of,
)
from briefing.ui.views.case_grades import OriginField, ReliabilityField, credibility_box
from briefing.ui.views.case_panel import DayLine, Panel
from briefing.ui.widgets.choice_box import ChoiceBox
from briefing.ui.widgets.explained_box import ExplainedBox
from briefing.ui.widgets.name_line import NameLine, Offer
from briefing.ui.widgets.segments import Segments
from briefing.ui.widgets.text_area import TextArea
from briefing.ui.widgets.text_field import TextField

_RELIABILITY = "Of whoever makes the claim, in this matter. F where nobody can judge."
_CREDIBILITY = "Of what is claimed. The two scales stand side by side and are never averaged."
_ORIGIN = "Who knew it first. What starts at one place counts once, however often it is repeated."


class PurposesField(QWidget):
    """Purposes that somebody suspects behind a claim, each with why."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nothing is suspected."""
        super().__init__()
        self._theme = theme
        self.boxes: dict[Purpose, ExplainedBox] = {}
        self.whys: dict[Purpose, TextField] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for choice in PURPOSES:
            self._add(Purpose(choice.code), choice.label, choice.meaning)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def suspected(self) -> tuple[Suspected, ...]:
        """What is ticked, with why."""
        return tuple(
            Suspected(purpose, " ".join(self.whys[purpose].text().split()))
            for purpose, box in self.boxes.items()
            if box.is_ticked
        )

    def set_suspected(self, suspected: tuple[Suspected, ...]) -> None:
        """Show what was recorded."""
        for one in suspected:
            self.boxes[one.purpose].tick()
            self.whys[one.purpose].input.setText(one.why)

    def _add(self, purpose: Purpose, label: str, meaning: str) -> None:
        box = ExplainedBox(self._theme, label, meaning)
        why = TextField(self._theme, f"Why somebody suspects: {label}", "Why?")
        box.add_below(why)
        why.hide()
        box.box.toggled.connect(why.setVisible)
        box.clicked.connect(self.changed)
        why.edited.connect(self.changed)
        self.boxes[purpose], self.whys[purpose] = box, why
        self._rows.addWidget(box)

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(4))


class ClaimPanel(Panel):
    """Claimant, accused, words, source, why, and how far to trust it."""

    def __init__(
        self,
        theme: Theme,
        names: ActorNames,
        today: str,
        case: Case | None = None,
        claim: Claim | None = None,
    ) -> None:
        """Show a claim, or ask for a new one.

        Args:
            theme: Looks.
            names: Names of actors.
            today: The date that is proposed.
            case: What is known already; None where the incident is new.
            claim: The claim that is to be changed.
        """
        super().__init__(theme, case.incident.tlp if case is not None else Tlp.CLEAR)
        self._case = case
        self._shown = claim
        self._has_basis = claim is not None
        self._has_label = claim is not None
        self.claimant = ChoiceBox(theme, "Who says it", CLAIMANTS, asks="Choose who says it")
        self.by = NameLine(theme, "Name of the claimant", names.offers)
        self.accused = AccusedField(theme, names)
        self.text = TextArea(theme, "What is said", "In a sentence of your own.")
        self.date = DayLine(theme, "Said on")
        self.channel = NameLine(theme, "Channel", _channels, "Such as leak site, press, filing")
        self.basis = ChoiceBox(theme, "Basis", BASES)
        self.type = ChoiceBox(theme, "How it was made", TYPES)
        self.stated_motive = TextField(theme, "Motive as stated")
        self.purposes = PurposesField(theme)
        self.status = ChoiceBox(theme, "Status", STATUSES)
        self.reliability = ReliabilityField(theme, case)
        self.credibility = credibility_box(theme, may_be_open=True)
        self.origin = OriginField(theme, case)
        self.confidence = Segments(theme, "Confidence as the claimant states it", STATED)
        if case is not None:
            self.documents.set_known(cited_before(case))
        self._lay_out()
        self.date.propose(today)
        self._connect()
        if claim is not None:
            self._show(claim)

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        by, accused, text = self.by.text(), self.accused.accused, self.text.text()
        day = self.date.day
        return {
            "claimant": "" if self.claimant.value else "Say what kind of party makes the claim.",
            "by": asked_fault(by, "Name whoever makes the claim, such as ALPHV."),
            "accused": self._accused_fault(accused),
            "text": asked_fault(text, "Say in a sentence what is claimed."),
            "date": self.date.fault if day else "Say when the claim was made.",
            "documents": ""
            if not fault(Claim, documents=self.documents.documents)
            else "A claim needs a source: name a document in which it can be read.",
            "reliability": "" if self.reliability.value else "Choose a letter; F where none can.",
            "channel": text_fault(self.channel.text()),
            "stated_motive": text_fault(self.stated_motive.text()),
            "suspected": text_fault(" ".join(one.why for one in self.purposes.suspected)),
            "origin": text_fault(self.origin.text()),
        }

    def row(self, stamp: Stamp, incident: str) -> Claim:
        """The claim as it is typed."""
        base = self._shown or Claim(
            **stamp.fields,
            incident=incident,
            place=next_place(self._case.claims) if self._case is not None else 0,
            **self._asked(),
        )
        return replace(base, **stamp.fields, **self._asked())

    def follow(self, documents: Sequence[Cited], tlp: Tlp) -> None:
        """Take over what was said of the incident: its documents and its label are proposed."""
        before = self.documents.documents
        self.documents.set_known(documents)
        if not before and len(documents) == 1:
            self.documents.set_documents(documents)
            self._on_documents_changed()
        if not self._has_label:
            self.tlp.setCurrentIndex(tlp.value)

    def _asked(self) -> dict[str, Any]:
        graded = self.credibility.value
        return {
            **self.common,
            "claimant": Claimant(self.claimant.value or ""),
            "by": self.by.text(),
            "accused": self.accused.accused,
            "actor": self.accused.actor,
            "text": self.text.text(),
            "date": self.date.day,
            "channel": self.channel.text(),
            "basis": self.basis.value or "",
            "type": self.type.value or "",
            "stated_motive": " ".join(self.stated_motive.text().split()),
            "suspected": self.purposes.suspected,
            "status": ClaimStatus(self.status.value or ""),
            "reliability": self.reliability.value or "F",
            "credibility": None if graded in (None, NOT_JUDGED) else int(str(graded)),
            "origin": self.origin.text(),
            "confidence": parse_confidence(self._stated),
        }

    @property
    def _stated(self) -> str:
        """Low, medium or high; "" where the claimant does not say how sure they are."""
        return "" if self.confidence.value == STATED[0][0] else self.confidence.value

    def _accused_fault(self, accused: str) -> str:
        if self.accused.is_open:
            return "Say which of them is meant, or that nobody can say."
        return asked_fault(accused, "Name whoever is said to have done it.")

    def _lay_out(self) -> None:
        self.add("claimant", "Who says it", self.claimant)
        self.add("by", "Name of the claimant", self.by)
        self.add("accused", "Who is said to have done it", self.accused)
        self.add("text", "What is said", self.text)
        self.add("date", "Said on", self.date)
        self.add("channel", "How it came out, if known", self.channel)
        self.add_documents("Where the claim can be read.")
        self.add_section("Why they may say so")
        self.add("stated_motive", "Motive as the claimant states it, if any", self.stated_motive)
        self.add("suspected", "What may be behind the claim", self.purposes)
        self.add_section("How far to trust it")
        self.add("status", "Where it stands", self.status)
        self.add("reliability", "Reliability of the source", self.reliability, _RELIABILITY)
        self.add("credibility", "Credibility of the information", self.credibility, _CREDIBILITY)
        self.add("origin", "Origin", self.origin, _ORIGIN)
        self.add(
            "confidence",
            "Confidence",
            self.confidence,
            "How sure the claimant says to be, not how sure you are.",
            wide=False,
        )
        self.add_section("In EuRepoC’s terms", "so that lists can be filtered by them")
        self.add("basis", "On what it rests", self.basis)
        self.add("type", "How it was made", self.type)
        self.add_label()

    def _connect(self) -> None:
        self.claimant.chosen.connect(self._on_claimant_chosen)
        self.basis.chosen.connect(self._on_basis_chosen)
        self.documents.changed.connect(self._on_documents_changed)
        for line in (self.by, self.channel, self.date, self.stated_motive):
            line.edited.connect(self.changed)
        for box in (self.status, self.type, self.credibility):
            box.chosen.connect(self.changed)
        self.accused.changed.connect(self.changed)
        self.text.edited.connect(self.changed)
        self.purposes.changed.connect(self.changed)
        self.origin.edited.connect(self.changed)
        self.reliability.chosen.connect(self.changed)
        self.confidence.chosen.connect(self.changed)
        self.tlp.activated.connect(self._on_tlp_activated)

    def _show(self, claim: Claim) -> None:
        self.claimant.set_value(claim.claimant or None)
        self.by.set_text(claim.by)
        self.accused.set_accused(claim.accused, claim.actor)
        self.text.set_text(claim.text)
        self.date.input.setText(claim.date)
        self.channel.set_text(claim.channel)
        self.basis.set_value(claim.basis)
        self.type.set_value(claim.type)
        self.stated_motive.input.setText(claim.stated_motive)
        self.purposes.set_suspected(claim.suspected)
        self.status.set_value(claim.status)
        self.reliability.set_value(claim.reliability)
        self.credibility.set_value(
            NOT_JUDGED if claim.credibility is None else str(claim.credibility)
        )
        self.origin.set_text(claim.origin)
        self.confidence.set_value(claim.confidence.word)
        self.show_common(claim.tlp, claim.documents)

    def _on_claimant_chosen(self, claimant: str) -> None:
        if not self._has_basis:
            self.basis.set_value(basis_of(Claimant(claimant)))
        self.changed.emit()

    def _on_basis_chosen(self) -> None:
        self._has_basis = True
        self.changed.emit()

    def _on_tlp_activated(self) -> None:
        self._has_label = True

    def _on_documents_changed(self) -> None:
        documents = self.documents.documents
        self.reliability.propose(documents)
        self.origin.propose(documents)
        if self._shown is None and documents and documents[0].published:
            self.date.propose(documents[0].published)


def _channels(text: str) -> list[Offer]:
    words = text.strip().casefold()
    return [Offer(one, one) for one in CHANNELS if words and words in one and words != one]
