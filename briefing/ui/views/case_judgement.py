"""One assessment as it is read: the judgement, how likely, how far to trust it, and on what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.brief import Span, Text, spans
from briefing.core.case import Assessment, Cited, Opinion
from briefing.core.case_page import CasePage
from briefing.core.dates import short_date
from briefing.core.estimates import Confidence
from briefing.core.tlp import Tlp
from briefing.services import matrix_words
from briefing.services.case_phrases import STANCES
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.shown import spread, strong
from briefing.ui.views.advisory_parts import open_address
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.folding_scale import FoldingConfidence, FoldingLikelihood
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.prose_rows import PLACE, ProseRow, ProseRows

LABEL_WIDTH: Final = 84
TAKEN_OUT: Final = "a hypothesis that was taken out"


class Judgement(QWidget):
    """An assessment; likelihood and confidence stand on lines of their own."""

    row_chosen = Signal(str)
    """Id of the hypothesis that is to be shown."""

    def __init__(self, theme: Theme) -> None:
        """Without an assessment; see ``show_assessment``."""
        super().__init__()
        self._theme = theme
        self.text = Prose(theme, "body")
        self.likelihood = FoldingLikelihood(theme, None)
        self.confidence = FoldingConfidence(theme, Confidence.NOT_STATED)
        self.recorded = WrappedLabel(theme, "", "table", tabular=True)
        self.tlp = TlpBadge(theme, Tlp.CLEAR)
        self.rows = ProseRows(theme, label_width=LABEL_WIDTH, gap=4)
        self._grid = QGridLayout()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self.rows.place_activated.connect(self.row_chosen)
        self.rows.link_activated.connect(open_address)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_assessment(
        self, page: CasePage, one: Assessment, more: tuple[ProseRow, ...] = ()
    ) -> None:
        """Show an assessment of a case; ``more`` are rows that stand above its basis."""
        label = page.case.labels().get(one.hypothesis, "")
        self.text.set_text(spans(_named(one.text.strip(), label)))
        self.likelihood.set_likelihood(one.likelihood)
        self.confidence.set_confidence(one.confidence)
        parts = (short_date(one.date), one.author, f"version {version(page, one)}")
        self.recorded.setText(", ".join(part for part in parts if part))
        self.tlp.set_tlp(one.tlp)
        self.rows.ensurePolished()
        self.rows.set_rows((*more, *_rows(page, one)))

    def _lay_out(self) -> None:
        theme = self._theme
        recorded = QWidget()
        self._recorded = QHBoxLayout(recorded)
        self._recorded.setContentsMargins(0, 0, 0, 0)
        self._recorded.addWidget(self.recorded, 1)
        self._recorded.addWidget(self.tlp, 0, Qt.AlignmentFlag.AlignTop)
        lines = (
            ("Likelihood", self.likelihood),
            ("Confidence", self.confidence),
            ("Recorded", recorded),
        )
        for place, (title, widget) in enumerate(lines):
            label = Label(theme, title, "table", "ink_3")
            self._grid.addWidget(Divider(theme), 2 * place, 0, 1, 2)
            side = (
                Qt.AlignmentFlag.AlignTop if widget is recorded else Qt.AlignmentFlag.AlignVCenter
            )
            self._grid.addWidget(label, 2 * place + 1, 0, side)
            self._grid.addWidget(widget, 2 * place + 1, 1)
        self._grid.addWidget(Divider(theme), 2 * len(lines), 0, 1, 2)
        self._grid.setColumnStretch(1, 1)
        self._box.addWidget(self.text)
        self._box.addLayout(self._grid)
        self._box.addWidget(self.rows)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(px(4))
        self._grid.setColumnMinimumWidth(0, px(LABEL_WIDTH))
        self._recorded.setSpacing(px(8))
        self._box.setSpacing(px(8))


def version(page: CasePage, one: Assessment) -> int:
    """1 for the first judgement, 2 for the one that supersedes it, and so on."""
    known = {row.id: row for row in page.case.assessments}
    seen = {one.id}
    before = known.get(one.supersedes)
    while before is not None and before.id not in seen:
        seen.add(before.id)
        before = known.get(before.supersedes)
    return len(seen)


def hypothesis_link(page: CasePage, hypothesis: str) -> Text:
    """``H3 Heron for Egret`` as a link to its row."""
    for one in page.case.hypotheses:
        if one.id == hypothesis:
            words = f"{page.case.labels()[one.id]} {one.short or one.text}"
            return (Span(words, href=f"{PLACE}{one.id}"),)
    return (Span(TAKEN_OUT),)


def opinion_row(page: CasePage, one: Opinion) -> ProseRow:
    """``Second desk disagrees. Why … Holds H4 instead.``, with its day under it."""
    text: tuple[Span, ...] = (strong(f"{one.author} {STANCES[one.stance]}."), Span(f" {one.text}"))
    if one.hypothesis:
        link = hypothesis_link(page, one.hypothesis)
        return ProseRow((*text, Span(" Holds "), *link, Span(" instead.")), note=_dated(one))
    return ProseRow(text, note=_dated(one))


def _named(text: str, label: str) -> str:
    """A judgement of one sentence with the label of its hypothesis; longer ones as they are."""
    if not label or ". " in text:
        return text
    return f"{text.removesuffix('.')} ({label})."


def _dated(one: Opinion) -> Text:
    return (Span(f"{short_date(one.date)} · {one.tlp.label}"),)


def _rows(page: CasePage, one: Assessment) -> Iterator[ProseRow]:
    yield ProseRow(hypothesis_link(page, one.hypothesis), "Hypothesis")
    if beside := matrix_words.beside(page, one):
        yield ProseRow((Span(beside),), "Matrix")
    if one.basis:
        yield ProseRow((Span(one.basis),), "Basis")
    for title, said in (("Gaps", one.gaps), ("Assumes", one.assumptions)):
        if said:
            yield ProseRow((Span(" ".join(map(_stopped, said))),), title)
    if one.documents:
        yield ProseRow(spread(map(_cited, one.documents)), "Rests on")


def _stopped(text: str) -> str:
    """A sentence with its full stop, so that several can follow each other."""
    words = text.strip()
    return words if words.endswith((".", "?", "…")) else f"{words}."


def _cited(document: Cited) -> Text:
    """Who published it, as a link, and when; the title where nobody is named."""
    name = document.publisher or document.title or document.url
    dated = f" ({short_date(document.published)})" if document.published else ""
    return (Span(name, href=document.url), Span(dated))
