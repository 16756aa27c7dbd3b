"""When: dated documents by year, and what happened in our own words."""

from __future__ import annotations

from PySide6.QtCore import Signal

from briefing.core.actor import ActorProfile
from briefing.core.brief import Span
from briefing.core.wording import counted, curly
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, fill, words
from briefing.ui.views.actor_sections.shown import Shown, date_column
from briefing.ui.widgets.column_layout import Columns, in_rows, stacked
from briefing.ui.widgets.prose_rows import ProseRow
from briefing.ui.widgets.year_bars import YearBars

_DATE = 76
_FEWEST_FOR_TWO = 4
_FEWEST_YEARS = 2
"""A single bar would say no more than the list of documents does."""


class TimelineSection(Section):
    """Documents by year; a year lists its documents."""

    year_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """No years yet."""
        super().__init__(theme, "Timeline")
        self._bars = YearBars(theme, "documents")
        self._note = self.rows()
        self._bars.year_activated.connect(self.year_requested)
        self.body.addWidget(self._bars)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Show the years of another actor; nothing at all where fewer than two are known."""
        profile = shown.profile
        since = _since(profile)
        self._bars.set_counts(dict(profile.years), since=since)
        rows = []
        if since and profile.active_since is not None:
            text = (Span(f"active since {profile.active_since.text}"),)
            rows.append(ProseRow((), note=(*text, *shown.mark(profile.active_since.basis))))
        fill(self._note, shown, rows)
        self._note.setVisible(bool(rows))
        if self.header is not None:
            number = sum(count for _, count in profile.years)
            self.header.set_note(
                f"{number} dated {counted(number, 'document').split()[1]}, by year"
            )
        self.setVisible(len(profile.years) >= _FEWEST_YEARS)


class EventsSection(Section):
    """What happened, a dated line each, in two columns where there is room."""

    def __init__(self, theme: Theme) -> None:
        """No events yet."""
        super().__init__(theme, "What happened")
        self._halves = (self.rows(label_width=_DATE), self.rows(label_width=_DATE))
        self.body.addWidget(Columns(theme, self._halves, (in_rows(640, 2, 2), stacked(2)), 24, 3))
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Show the events of another actor; nothing at all where none is written down."""
        events = shown.profile.events
        rows = [
            ProseRow((*words(curly(event.text)), *shown.mark(event.basis)), date_column(event.date))
            for event in events
        ]
        half = -(-len(rows) // 2) if len(rows) >= _FEWEST_FOR_TWO else len(rows)
        for part, found in zip(self._halves, (rows[:half], rows[half:]), strict=True):
            fill(part, shown, found)
            part.setVisible(bool(found))
        if self.header is not None:
            self.header.set_note(f"{counted(len(events), 'event')}, oldest first")
        self.setVisible(bool(events))


def _since(profile: ActorProfile) -> int | None:
    since = profile.active_since
    year = since.text[:4] if since is not None else ""
    return int(year) if year.isdigit() else None
