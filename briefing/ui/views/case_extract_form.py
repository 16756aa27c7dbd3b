"""Where what was chosen of a report was read: the document, and who may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt

from briefing.core.case import Case, Cited, Subject
from briefing.core.case_words import EvidenceKind
from briefing.core.proposal import Kind, Proposal
from briefing.core.tlp import Tlp
from briefing.core.wording import counted, first_of, listed
from briefing.services.extract import with_chosen
from briefing.ui.theme import Theme
from briefing.ui.views.case_drafts import Stamp, cited_before
from briefing.ui.views.case_form_evidence import EvidencePanel
from briefing.ui.views.case_form_words import VERTEX_OF
from briefing.ui.views.case_panel import Panel
from briefing.ui.widgets.labels import WrappedLabel

_NOUNS: Final = {
    Kind.TECHNIQUE: "technique",
    Kind.SOFTWARE: "piece of software",
    Kind.GROUP: "group",
    Kind.VULNERABILITY: "vulnerability",
    Kind.HASH: "hash",
    Kind.DOMAIN: "domain",
    Kind.ADDRESS: "address",
}
_PLURALS: Final = {Kind.HASH: "hashes", Kind.ADDRESS: "addresses"}
_NAMED: Final = 6
"""How many things the sentence of a piece of evidence names."""


class ReportPanel(Panel):
    """Which document, and which label."""

    def __init__(self, theme: Theme, case: Case, chosen: Sequence[Proposal]) -> None:
        """Ask for what is chosen; documents of the case can be chosen again."""
        super().__init__(theme, case.incident.tlp)
        self._incident = case.incident
        self.documents.set_known(cited_before(case))
        self.add_below(WrappedLabel(theme, f"To be added: {chosen_words(chosen)}.", "body"))
        self.add_documents("The incident cites it from then on.", "Which document is it?")
        self.add_label()
        self.tlp.level_chosen.connect(lambda _level: self.changed.emit())

    def take_keyboard(self) -> None:
        """Begin with the documents of the case, or with the lines for another."""
        if self.documents.again.isVisibleTo(self):
            self.documents.again.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.documents.entry.link.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def faults(self) -> Mapping[str, str]:
        """See ``Panel``."""
        named = bool(self.documents.documents)
        return {"documents": "" if named else "Name the document, so that others can read it."}

    def objections(self) -> Mapping[str, str]:
        """See ``Panel``."""
        before, after = self._incident.tlp, self.tlp.level
        if after <= before:
            return {}
        return {
            "tlp": f"The incident itself is {before.label} so far. All of it becomes {after.label},"
            " so whoever may see less no longer sees it."
        }


def with_report(
    incident: Subject,
    stamp: Stamp,
    chosen: Sequence[Proposal],
    documents: Sequence[Cited],
    tlp: Tlp,
) -> Subject:
    """A later version of an incident, with what was chosen of a report.

    It bears the higher of both labels.
    """
    made = with_chosen(incident, chosen, documents)
    return replace(made, **stamp.fields, tlp=max(incident.tlp, tlp))


def evidence_panel(
    theme: Theme,
    case: Case,
    chosen: Sequence[Proposal],
    documents: Sequence[Cited],
    tlp: Tlp,
) -> EvidencePanel:
    """The form of a piece of evidence, with what the report tells filled in."""
    panel = EvidencePanel(theme, case)
    kinds = {one.kind for one in chosen}
    is_ttp = bool(kinds & {Kind.TECHNIQUE, Kind.SOFTWARE})
    kind = EvidenceKind.TTP if is_ttp else EvidenceKind.INFRASTRUCTURE
    panel.text.set_text(_sentence(chosen))
    panel.kind.set_value(kind)
    panel.vertex.set_value(VERTEX_OF[kind])
    panel.documents.set_documents(documents)
    panel.reliability.propose(panel.documents.documents)
    panel.origin.propose(panel.documents.documents)
    panel.tlp.setCurrentIndex(tlp.value)
    return panel


def chosen_words(chosen: Sequence[Proposal]) -> str:
    """``3 techniques, 1 domain and 2 hashes``; "nothing" where nothing is chosen."""
    numbers = Counter(one.kind for one in chosen)
    return listed(_counted(numbers[kind], kind) for kind in Kind if numbers[kind]) or "nothing"


def _counted(number: int, kind: Kind) -> str:
    if number != 1 and kind in _PLURALS:
        return f"{number:,} {_PLURALS[kind]}"
    return counted(number, _NOUNS[kind])


def _sentence(chosen: Sequence[Proposal]) -> str:
    words = [f"{one.name} ({one.value})" if _is_named(one) else one.value for one in chosen]
    return f"The report names {first_of(words, _NAMED)}." if words else ""


def _is_named(one: Proposal) -> bool:
    return bool(one.name) and one.kind in (Kind.TECHNIQUE, Kind.SOFTWARE)
