"""Campaigns that catalogues attribute to the actor, newest first."""

from __future__ import annotations

from briefing.core.brief import Span
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.widgets.prose_rows import ProseRow

_DATES = 124


class CampaignsSection(Section):
    """One line a campaign: when, what it is called, who says that it is the actor's."""

    def __init__(self, theme: Theme) -> None:
        """No campaigns yet."""
        super().__init__(theme, "Campaigns")
        self._rows = self.rows(label_width=_DATES, gap=4)
        self.body.addWidget(self._rows)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """List the campaigns of another actor; nothing at all where none is attributed to it."""
        campaigns = shown.profile.campaigns
        rows = [
            ProseRow(
                (
                    Span(f"{one.name} {one.attack_id}".strip()),
                    *shown.mark(one.basis),
                ),
                _span(one.started, one.ended),
            )
            for one in campaigns
        ]
        fill(self._rows, shown, rows)
        if self.header is not None:
            self.header.set_note(f"{counted(len(campaigns), 'campaign')} attributed to it")
        self.setVisible(bool(campaigns))


def _span(started: str, ended: str) -> str:
    first, last = started[:7], ended[:7]
    if first and last and first != last:
        return f"{first} – {last}"
    return first or last or "not dated"
