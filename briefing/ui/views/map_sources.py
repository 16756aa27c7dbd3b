"""What the actors of a country rest on: the first sources, and all of them when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.actor import SourceEntry
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import open_address
from briefing.ui.views.actor_sections.shown import date_words
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.source_list import SourceItem, SourceList

_FEW: Final = 2


class MapSources(QWidget):
    """``Sources  8                 All 8``; a click on a title opens the browser."""

    def __init__(self, theme: Theme) -> None:
        """No sources yet."""
        super().__init__()
        self._entries: tuple[SourceEntry, ...] = ()
        self._all = False
        self.header = SectionHeader(theme, "Sources")
        self.list = SourceList(theme, "Sources")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(4))
        box.addWidget(self.header)
        box.addWidget(self.list)
        self.header.link_activated.connect(self._on_header_link_activated)
        self.list.address_requested.connect(open_address)

    def show_sources(self, entries: Sequence[SourceEntry]) -> None:
        """Show the first of other sources."""
        self._entries = tuple(entries)
        self._all = False
        self._fill()

    def mark(self, key: str) -> QRect:
        """Mark a source, and show all where it is none of the first; where it stands here."""
        if key not in [entry.key for entry in self._entries[:_FEW]]:
            self._all = True
            self._fill()
        rect = self.list.mark(key)
        return rect.translated(self.list.pos())

    def _fill(self) -> None:
        few = len(self._entries) <= _FEW + 1
        shown = self._entries if few or self._all else self._entries[:_FEW]
        self.list.set_sources([_item(number, one) for number, one in enumerate(shown, start=1)])
        self.header.set_title("Source" if len(self._entries) == 1 else "Sources")
        self.header.set_note("grades on the two Admiralty scales")
        rest = "" if few else f"All {len(self._entries)}"
        self.header.set_link("Fewer" if self._all and not few else rest)

    def _on_header_link_activated(self) -> None:
        self._all = not self._all
        self._fill()


def _item(number: int, entry: SourceEntry) -> SourceItem:
    taken = "taken " if entry.catalogue else ""
    parts = (
        counted(entry.statements, "actor"),
        f"{taken}{date_words(entry.published)}" if entry.published else "not dated",
        f"version {entry.version}" if entry.version else "",
        entry.publisher,
    )
    return SourceItem(
        key=entry.key,
        number=number,
        grade=entry.grade,
        title=entry.title or entry.url or "No title",
        address=entry.url,
        note=" · ".join(part for part in parts if part),
    )
