"""The evidence about an incident: what speaks for or against the claims, and where it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Signal

from briefing.core.case import Evidence, origin_key
from briefing.core.case_page import CasePage
from briefing.core.wording import counted, listed
from briefing.ui.theme import Theme
from briefing.ui.views.case_evidence_table import EvidenceTable
from briefing.ui.views.case_region import (
    CaseRegion,
    Offer,
    RegionHead,
    RowStrip,
    open_documents,
)
from briefing.ui.views.case_terms import (
    KIND_MEANINGS,
    KINDS,
    LEVELS,
    RELEVANCES,
    VERTICES,
    documents_words,
)
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.evidence_delegate import EvidenceItem
from briefing.ui.widgets.labels import WrappedLabel

_NOTHING: Final = (
    "No evidence is recorded yet. Evidence is what can be observed: how they worked, which servers"
    " they used, whom they hit, what an authority puts on record. A claim is not evidence."
)
_HINT: Final = "Choose a row to see on which claims it bears."


class EvidenceRegion(CaseRegion):
    """The right side of the page, behind the teal edge."""

    chosen = Signal(str)
    """Id of the evidence that was chosen, or ""."""
    add_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_page``."""
        super().__init__(theme, "evidence")
        self._page: CasePage | None = None
        self.offers: Callable[[Evidence], Sequence[Offer]] = lambda _evidence: ()
        """What can be done with a row besides opening its documents."""
        self.head = RegionHead(theme, "Evidence", "evidence", "evidence")
        self._nothing = WrappedLabel(theme, _NOTHING, "table", "ink_3")
        self.table = EvidenceTable(theme)
        self.table.offers = self._offers
        self.strip = RowStrip(theme, self.table)
        for widget in (self.head, self._nothing, self.strip, self.table):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.head.link_activated.connect(self.add_asked)
        self.table.row_changed.connect(self._on_table_row_changed)
        self.table.row_activated.connect(self._on_table_row_activated)
        self.table.left.connect(lambda: self.chosen.emit(""))

    def show_page(self, page: CasePage) -> None:
        """Show the evidence about another incident, or the same after a change."""
        self._page = page
        rows = page.case.evidence
        self.table.set_items(list(_items(page)))
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        origins = len({origin_key(row.origin) for row in rows})
        note = f"{counted(len(rows), 'piece')} from {counted(origins, 'origin')}"
        self.head.show_note(note if rows else "none recorded")
        self.show_chosen("")

    def show_chosen(self, evidence: str) -> None:
        """Say what the chosen row bears on; "" chooses none."""
        if not evidence:
            self.table.choose("")
        row = self._row(evidence)
        if self._page is None or row is None:
            self.strip.show_offers(_HINT if self._page and self._page.case.evidence else "", ())
            return
        labels = self._page.case.labels()
        letters = [labels[claim] for claim in row.bears_on if claim in labels]
        claims = f"claim{'' if len(letters) == 1 else 's'} {listed(letters)}"
        words = f"{labels[row.id]} bears on {claims if letters else 'no claim'}."
        self.strip.show_offers(f"{words} It starts with: {row.origin}.", self._offers(evidence))

    def show_bearing(self, claim: str) -> tuple[str, ...]:
        """Let the rows stand out that bear on a claim; returns their labels."""
        self.table.relate(claim)
        if self._page is None or not claim:
            return ()
        labels = self._page.case.labels()
        return tuple(labels[row.id] for row in self._page.case.evidence if claim in row.bears_on)

    def _row(self, evidence: str) -> Evidence | None:
        rows = self._page.case.evidence if self._page is not None else ()
        return next((row for row in rows if row.id == evidence), None)

    def _offers(self, evidence: str) -> list[Offer]:
        row = self._row(evidence)
        if row is None:
            return []
        documents: list[Offer] = []
        if row.documents:
            label = counted(len(row.documents), "document")
            documents.append((f"Open {label}", lambda: self._open_documents(evidence)))
        return [*documents, *self.offers(row)]

    def _open_documents(self, evidence: str) -> None:
        row = self._row(evidence)
        if row is not None:
            open_documents(self, self.table.corner(evidence), row.documents)

    def _on_table_row_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data(KEY_ROLE)))

    def _on_table_row_activated(self, index: QModelIndex) -> None:
        self._open_documents(str(index.data(KEY_ROLE)))


def _items(page: CasePage) -> Iterable[EvidenceItem]:
    case = page.case
    labels, origins = case.labels(), case.origins()
    none = "neither" if len(case.claims) == 2 else "none"
    for row in case.evidence:
        claims = tuple((claim, labels[claim]) for claim in row.bears_on if claim in labels)
        yield EvidenceItem(
            key=row.id,
            number=labels[row.id],
            text=row.text,
            documents=_rests_on(row),
            kind=KINDS[row.kind],
            level=row.level.value,
            vertex=VERTICES[row.vertex],
            grade=row.grade,
            relevance=row.relevance.value,
            claims=tuple(sorted(claims, key=lambda one: (len(one[1]), one[1]))),
            none=none,
            origin=origins[origin_key(row.origin)],
            origin_words=row.origin,
            tlp=row.tlp if row.tlp is not case.incident.tlp else None,
            opens=bool(row.documents),
            hints=(KIND_MEANINGS[row.kind], LEVELS[row.level], RELEVANCES[row.relevance]),
        )


def _rests_on(row: Evidence) -> tuple[str, str]:
    """What a row rests on; of what this program computed it says so."""
    name, rest = documents_words(row.documents)
    return (f"Computed from {name}" if row.method else name), rest
