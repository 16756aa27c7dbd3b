"""Advisories and reports that name the actor, newest first; doubtful ones apart, with the doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefing.core.advisory import AdvisoryRef, LinkBasis
from briefing.core.brief import Inline, Span
from briefing.core.names import normalised
from briefing.core.wording import sentence_case
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section, to_place
from briefing.ui.views.actor_sections.shown import Shown, date_column
from briefing.ui.widgets.marked_row_painter import MarkedRow
from briefing.ui.widgets.marked_rows import MarkedRows
from briefing.ui.widgets.prose_rows import ProseRow

ADVISORIES: Final = "advisories"
"""The screen that shows them."""
_FEW: Final = 8
_TOLERATED: Final = 1
_DATE: Final = 82
_ISSUER_FROM: Final = 420


class AdvisoriesSection(Section):
    """A click opens one. Under a line of their own: those whose title has a name that others bear.

    ``set_advisories`` fills it; a profile without them leaves nothing to see.
    """

    def __init__(self, theme: Theme) -> None:
        """Nothing names the actor yet."""
        super().__init__(theme, "Advisories and reports")
        self._found: tuple[AdvisoryRef, ...] = ()
        self._all = False
        self._rows = self._list("Advisories and reports")
        self._doubt = self.rows(role="note")
        self._doubtful = self._list("Advisories and reports that may be about it")
        for widget in (self._rows, self._doubt, self._doubtful):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        if self.header is not None:
            self.header.link_activated.connect(self._on_link_activated)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """Show those that name another actor."""
        self.set_advisories(shown.profile.advisories)

    def set_advisories(self, found: Sequence[AdvisoryRef]) -> None:
        """Show these, newest first; nothing at all where there are none."""
        self._found, self._all = tuple(found), False
        self._fill()
        self.setVisible(bool(found))

    def _list(self, name: str) -> MarkedRows:
        rows = MarkedRows(
            self._theme, name, links=True, lead_width=_DATE, trailing_from=_ISSUER_FROM
        )
        rows.row_activated.connect(lambda one: self.navigate.emit(Place(ADVISORIES, one)))
        return rows

    def _fill(self) -> None:
        sure = [one for one in self._found if not one.shared_with]
        doubtful = [one for one in self._found if one.shared_with]
        few = len(self._found) <= _FEW + _TOLERATED
        whole = self._all or few
        self._rows.set_rows([_row(one) for one in (sure if whole else sure[:_FEW])])
        self._rows.setVisible(bool(sure))
        room = len(doubtful) if whole else max(_FEW - len(sure), 0)
        shown = doubtful[:room]
        self._doubtful.set_rows([_row(one) for one in shown])
        self._doubt.set_rows([ProseRow(tuple(_doubts(shown)))] if shown else [])
        for widget in (self._doubt, self._doubtful):
            widget.setVisible(bool(shown))
        if self.header is not None:
            self.header.set_note(_counts(sure, len(doubtful)))
            self.header.set_link(
                "" if few else "Newest" if self._all else f"All {len(self._found)}"
            )

    def _on_link_activated(self) -> None:
        self._all = not self._all
        self._fill()


def _row(one: AdvisoryRef) -> MarkedRow:
    reason = f"{sentence_case(one.basis.words)}: {one.words}"
    return MarkedRow(
        key=one.id,
        text=one.title,
        lead=date_column(one.published),
        trailing=one.issuer,
        tooltip=(one.title, one.issuer, reason),
    )


def _counts(sure: Sequence[AdvisoryRef], doubtful: int) -> str:
    cited = sum(1 for one in sure if one.basis is LinkBasis.CITED)
    read = sum(1 for one in sure if one.basis is LinkBasis.READING)
    names = len(sure) - cited - read
    parts = (
        f"{names:,} {'names' if names == 1 else 'name'} it" if names else "",
        f"{cited:,} cited for it" if cited else "",
        f"{read:,} by our reading" if read else "",
        f"{doubtful:,} may mean another" if doubtful else "",
    )
    return ", ".join(part for part in parts if part)


def _doubts(found: Sequence[AdvisoryRef]) -> list[Inline]:
    """Under which names, and who else bears each."""
    words: list[Inline] = []
    for one in {normalised(one.words): one for one in found}.values():
        words.append(Span(f"{' ' if words else ''}“{one.words}” is also a name of "))
        for place, other in enumerate(one.shared_with):
            words.append(Span(", " if place else ""))
            words.append(to_place(other.label, other.code))
        words.append(Span("."))
    return [*words, Span(" Whom these mean is not said:")]
