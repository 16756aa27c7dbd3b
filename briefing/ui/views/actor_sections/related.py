"""Other actors that may be the same, overlap, or were kept apart, and why."""

from __future__ import annotations

from briefing.core.brief import Span
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill, to_place
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.widgets.prose_rows import ProseRow

_LABEL = 124
_RELATIONS = {
    "may be the same": "May be the same as",
    "overlaps-with": "Overlaps with",
    "disputed-with": "Disputed with",
    "apart": "Kept apart from",
    "same-as": "The same as",
}


class RelatedSection(Section):
    """One line an actor; the name leads to its profile."""

    def __init__(self, theme: Theme) -> None:
        """No relations yet."""
        super().__init__(theme, "Related actors")
        self._rows = self.rows(label_width=_LABEL, gap=4)
        self.body.addWidget(self._rows)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """List who is related to another actor; nothing at all where nobody is."""
        related = shown.profile.related
        rows, before = [], ""
        for other in related:
            label = _RELATIONS.get(other.relation, other.relation)
            text = (
                to_place(other.name, other.id),
                Span(f". {other.reason}" if other.reason else ""),
            )
            rows.append(ProseRow(text, "" if label == before else label))
            before = label
        fill(self._rows, shown, rows)
        if self.header is not None:
            self.header.set_note(
                f"{counted(len(related), 'actor')}; none of them merged with this one"
            )
        self.setVisible(bool(related))
