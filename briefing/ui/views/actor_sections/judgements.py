"""Our judgements: what is likely, how sure we are of the basis, and why; never in one sentence."""

from __future__ import annotations

from briefing.core.actor import JudgementRow
from briefing.core.wording import counted, curly
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import Shown, strong
from briefing.ui.widgets.column_layout import Arrangement, Columns, in_rows, stacked
from briefing.ui.widgets.folding_scale import FoldingConfidence, FoldingLikelihood
from briefing.ui.widgets.frames import EdgeFrame
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows


class JudgementCard(EdgeFrame):
    """One judgement behind the edge of an assessment."""

    def __init__(self, theme: Theme, text: ProseRows, row: JudgementRow) -> None:
        """``text`` is where the judgement and its marks are shown."""
        super().__init__(theme, "assessment")
        self.text = text
        self.likelihood = FoldingLikelihood(theme, row.likelihood)
        self.confidence = FoldingConfidence(theme, row.confidence)
        self.why = WrappedLabel(theme, "", "table", "ink_2")
        for widget in (self.text, self.likelihood, self.confidence, self.why):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def set_judgement(self, shown: Shown, row: JudgementRow) -> None:
        """Show another judgement."""
        text = (strong(curly(row.text)), *shown.mark(row.basis))
        fill(self.text, shown, [ProseRow(text)])
        self.likelihood.set_likelihood(row.likelihood)
        self.confidence.set_confidence(row.confidence, "confidence")
        self.why.setText(curly(row.why))
        self.why.setVisible(bool(row.why))


class JudgementsSection(Section):
    """One card a judgement."""

    def __init__(self, theme: Theme) -> None:
        """No judgement yet."""
        super().__init__(theme, "Our judgements")
        self._cards: list[JudgementCard] = []
        self._columns = Columns(theme, (), _arrangements(1), 16, 12)
        self.body.addWidget(self._columns)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Show the judgements on another actor; nothing at all where we made none."""
        rows = shown.profile.judgements
        self.setVisible(bool(rows))
        for row in rows[len(self._cards) :]:
            card = JudgementCard(self._theme, self.rows(), row)
            self._cards.append(card)
            self._columns.columns.addWidget(card)
        self._columns.columns.set_arrangements(_arrangements(len(self._cards)))
        for place, card in enumerate(self._cards):
            card.setVisible(place < len(rows))
            if place < len(rows):
                card.set_judgement(shown, rows[place])
        if self.header is not None:
            note = f"{counted(len(rows), 'judgement')}; likelihood in the terms of ICD 203"
            self.header.set_note(note)


def _arrangements(count: int) -> tuple[Arrangement, ...]:
    return (in_rows(760, count, 3), in_rows(560, count, 2), stacked(count))
