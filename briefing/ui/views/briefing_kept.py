"""The advisories that were kept for briefings: what somebody wants to bring up next time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.advisory import AdvisoryRow
from briefing.core.wording import counted
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

FEW = 5
"""Rows shown before somebody asks for all."""
_WHAT = "Kept on the Advisories screen. No document holds them yet."
_GONE = "no longer in the database"


class KeptList(QWidget):
    """In the order in which they were kept; hidden while nothing is. A click opens an advisory."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is kept yet."""
        super().__init__()
        self._kept: tuple[tuple[str, AdvisoryRow | None], ...] = ()
        self._is_whole = False
        self._header = SectionHeader(theme, "Kept for briefings")
        self._list = TwoLineList(theme, "Advisories kept for briefings", dense=True, links=True)
        self._list.fit_rows()
        note = WrappedLabel(theme, _WHAT, "note", "ink_3")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for widget in (self._header, self._list, note):
            rows.addWidget(widget)
        self._header.link_activated.connect(self._on_link_activated)
        self._list.row_activated.connect(lambda key: self.navigate.emit(Place("advisories", key)))
        self.hide()

    def set_kept(self, kept: Sequence[tuple[str, AdvisoryRow | None]]) -> None:
        """Show these: id of each advisory and its row, or None where it is gone."""
        self._kept = tuple(kept)
        self._fill()

    def _fill(self) -> None:
        wanted = self._kept if self._is_whole else self._kept[:FEW]
        self._list.set_items([_item(advisory, row) for advisory, row in wanted])
        number = len(self._kept)
        self._header.set_note(counted(number, "advisory"))
        self._header.set_link(
            "" if number <= FEW else "Fewer" if self._is_whole else f"All {number}"
        )
        self.setVisible(bool(self._kept))

    def _on_link_activated(self) -> None:
        self._is_whole = not self._is_whole
        self._fill()


def _item(advisory: str, row: AdvisoryRow | None) -> TwoLineItem:
    if row is None:
        return TwoLineItem(advisory, advisory, _GONE)
    parts = (date_words(row.published), row.issuer)
    return TwoLineItem(advisory, row.title, " · ".join(part for part in parts if part))
