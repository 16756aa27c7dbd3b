"""Documents about the actor, newest first: what catalogues refer to, and what we cite."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from briefing.core.actor import ActorProfile, SourceEntry
from briefing.core.quoted import address_words
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, words
from briefing.ui.views.actor_sections.shown import Shown, date_column
from briefing.ui.widgets.marked_row_painter import MarkedRow
from briefing.ui.widgets.marked_rows import MarkedRows
from briefing.ui.widgets.prose_rows import ProseRow

_FEW = 8
_TOLERATED = 1
_DATE = 82
_PUBLISHER_FROM = 520


class DocumentsSection(Section):
    """The newest documents, all of them or those of one year; a click opens the browser."""

    address_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """No documents yet."""
        super().__init__(theme, "Documents")
        self._shown: Shown | None = None
        self._all = False
        self._year = 0
        self._rows = MarkedRows(
            theme, "Documents", links=True, lead_width=_DATE, trailing_from=_PUBLISHER_FROM
        )
        self._rows.row_activated.connect(self.address_requested)
        self._rows.source_activated.connect(self.source_activated)
        self._note = self.rows()
        self.body.addWidget(self._rows)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        if self.header is not None:
            self.header.link_activated.connect(self._on_link_activated)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """List the documents about another actor; nothing at all where there is none."""
        self._shown = shown
        self._all, self._year = False, 0
        self._fill()
        self.setVisible(bool(documents(shown.profile)))

    def show_year(self, year: int) -> None:
        """List the documents of one year."""
        self._year = year
        self._all = True
        self._fill()

    def _fill(self) -> None:
        if self._shown is None or self.header is None:
            return
        found = documents(self._shown.profile)
        of_year = [entry for entry in found if entry.published.startswith(str(self._year))]
        chosen = of_year if self._year else found
        few = len(found) <= _FEW + _TOLERATED
        wanted = chosen if few or self._all else chosen[:_FEW]
        self._rows.set_rows([_row(self._shown, entry) for entry in wanted], self._shown.titles)
        note = f"{len(of_year)} of {counted(len(found), 'document')}, {self._year}"
        self.header.set_note(note if self._year else _count(found))
        self.header.set_link("" if few else "Newest" if self._all else f"All {len(found)}")
        rows = [ProseRow((), note=words(text)) for text in _explained(wanted)]
        self._note.set_rows(rows)
        self._note.setVisible(bool(rows))

    def _on_link_activated(self) -> None:
        self._all, self._year = not self._all, 0
        self._fill()


def documents(profile: ActorProfile) -> list[SourceEntry]:
    """What catalogues refer to and what our profile cites, newest first, undated last."""
    cited = [entry for entry in profile.sources if not entry.catalogue]
    known = {entry.key for entry in cited}
    found = [*cited, *(entry for entry in profile.documents if entry.key not in known)]
    return sorted(found, key=lambda entry: entry.published, reverse=True)


def _row(shown: Shown, entry: SourceEntry) -> MarkedRow:
    title = entry.title or address_words(entry.url) or entry.publisher
    title = title[:1].upper() + title[1:]
    number = shown.numbers.get(entry.key)
    dated = "" if entry.title or not entry.published else "; dated by its address"
    return MarkedRow(
        key=entry.url,
        text=title,
        lead=date_column(entry.published),
        trailing=entry.publisher if entry.publisher.casefold() != title.casefold() else "",
        marks=((entry.key, number),) if number else (),
        tooltip=(entry.title, f"{entry.publisher}{dated}", entry.url),
    )


def _count(found: Sequence[SourceEntry]) -> str:
    dated = sum(bool(entry.published) for entry in found)
    return f"{counted(len(found), 'document')}, {dated or 'none'} dated"


def _explained(wanted: Sequence[SourceEntry]) -> list[str]:
    if all(entry.title for entry in wanted):
        return []
    return ["Where a catalogue gives no title or date, both are read from the address."]
