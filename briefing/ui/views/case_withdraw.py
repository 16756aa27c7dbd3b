"""The question before a row is taken out: what goes, what goes with it, what stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from briefing.core.case import (
    Assessment,
    Case,
    Claim,
    Evidence,
    Hypothesis,
    Opinion,
    Row,
    Subject,
)
from briefing.core.dates import short_date
from briefing.core.wording import counted, listed
from briefing.services.cases import withdraw
from briefing.ui.theme import Theme
from briefing.ui.views.case_forms import Asked, RowDialog
from briefing.ui.views.case_keeper import CaseKeeper
from briefing.ui.views.case_panel import Panel
from briefing.ui.widgets.buttons import destructive_button
from briefing.ui.widgets.labels import WrappedLabel

NOUNS: dict[type[Row], str] = {
    Subject: "incident",
    Claim: "claim",
    Evidence: "piece of evidence",
    Hypothesis: "hypothesis",
    Assessment: "assessment",
    Opinion: "opinion",
}
_KEPT = (
    "What was recorded is not erased: a later version says that it was taken out, and that can be"
    " undone under Sources."
)


class WithdrawPanel(Panel):
    """What is withdrawn, in its own words, and what that takes along."""

    def __init__(self, theme: Theme, case: Case, row: Row) -> None:
        """Tell of one row."""
        super().__init__(theme, row.tlp)
        self.add_below(WrappedLabel(theme, _named(case, row), "strong"))
        if words_of(row):
            self.add_below(WrappedLabel(theme, words_of(row), "body"))
        self.told = goes_along(case, row)
        for sentence in (*self.told, _KEPT):
            self.add_below(WrappedLabel(theme, sentence, "table", "ink_2"))


class WithdrawDialog(RowDialog):
    """Asks once."""

    def __init__(
        self, theme: Theme, parent: QWidget | None, keeper: CaseKeeper, case: Case, row: Row
    ) -> None:
        """Ask whether a row of a case is to be withdrawn."""
        noun = NOUNS[type(row)]
        asked = Asked(
            f"Take this {noun} out?",
            "Take it out",
            f"Taking the {noun} out",
            case.incident.id,
            lambda: keeper.next(row),
        )
        super().__init__(
            theme,
            parent,
            keeper,
            WithdrawPanel(theme, case, row),
            asked,
            lambda stamp: withdraw(case, row, stamp.author, stamp.modified),
        )
        self.do.hide()
        self.destroy_it = destructive_button(theme, asked.do)
        self._buttons.addWidget(self.destroy_it)
        self.destroy_it.clicked.connect(self.do.click)
        self.leave.setDefault(True)

    def start(self) -> None:
        """Show it, with the keyboard where nothing is lost."""
        self.open()
        self.leave.setFocus()


def goes_along(case: Case, row: Row) -> tuple[str, ...]:
    """What else changes when a row is withdrawn, in sentences."""
    changed = [one for one in withdraw(case, row, "–", row.modified) if one.id != row.id]
    gone = [one for one in changed if one.withdrawn]
    mended = [one for one in changed if not one.withdrawn]
    sentences = []
    if gone:
        sentences.append(f"With it {'goes' if len(gone) == 1 else 'go'} {_counted_kinds(gone)}.")
    labels = case.labels()
    cells = [labels[one.id] for one in mended if isinstance(one, Hypothesis)]
    if cells:
        sentences.append(f"Its cells in the matrix go too, at {listed(cells)}.")
    bearing = [labels[one.id] for one in mended if isinstance(one, Evidence)]
    if bearing:
        verb = "bears" if len(bearing) == 1 else "bear"
        sentences.append(f"{listed(bearing)} no longer {verb} on it.")
    return tuple(sentences)


def words_of(row: Row) -> str:
    """What a row says, in its own words."""
    if isinstance(row, Subject):
        return row.description
    text: str = getattr(row, "text", "")
    return text


def _named(case: Case, row: Row) -> str:
    label = case.labels().get(row.id, "")
    if isinstance(row, Subject):
        return row.name
    if isinstance(row, Claim):
        return f"Claim {label}: {row.by} says {row.accused}"
    if isinstance(row, Assessment | Opinion):
        return f"{row.author}, {short_date(row.date)}"
    return label


def _counted_kinds(rows: Sequence[Row]) -> str:
    found = Counter(NOUNS[type(row)] for row in rows)
    return listed(counted(number, noun) for noun, number in found.items())
