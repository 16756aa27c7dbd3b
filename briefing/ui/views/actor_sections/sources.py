"""The sources at the foot: catalogues first, then documents in the order of their citation."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal

from briefing.core.actor import SourceEntry
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section
from briefing.ui.views.actor_sections.shown import Shown, date_words
from briefing.ui.widgets.source_list import SourceItem, SourceList


class SourcesSection(Section):
    """Every number of the page, and what stands behind it."""

    address_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """No sources yet."""
        super().__init__(theme, "Sources")
        self.list = SourceList(theme, "Sources")
        self.list.address_requested.connect(self.address_requested)
        self.list.left.connect(self.left)
        self.body.addWidget(self.list)
        self._on_theme_changed()

    def set_shown(self, shown: Shown) -> None:
        """List the sources of another actor."""
        sources = shown.profile.sources
        self.list.set_sources([_item(shown, entry) for entry in sources])
        if self.header is not None:
            catalogues = sum(entry.catalogue for entry in sources)
            parts = (
                counted(catalogues, "catalogue") if catalogues else "",
                counted(len(sources) - catalogues, "document") if catalogues < len(sources) else "",
            )
            listing = ", ".join(part for part in parts if part)
            self.header.set_note(f"{listing}; grades on the two Admiralty scales")
        self.setVisible(bool(sources))

    def mark(self, key: str) -> QRect:
        """Mark a source; returns where it stands in this section."""
        rect = self.list.mark(key)
        return rect.translated(self.list.pos()) if not rect.isNull() else rect


def _item(shown: Shown, entry: SourceEntry) -> SourceItem:
    taken = "taken " if entry.catalogue else ""
    parts = (
        f"{taken}{date_words(entry.published)}" if entry.published else "not dated",
        f"version {entry.version}" if entry.version else "",
        f"{counted(entry.statements, 'statement')} here" if entry.statements else "",
        entry.publisher,
    )
    return SourceItem(
        key=entry.key,
        number=shown.numbers[entry.key],
        grade=entry.grade,
        title=entry.title or entry.url,
        address=entry.url,
        note=" · ".join(part for part in parts if part),
        warning=f"rests on {entry.rests_on}" if entry.rests_on else "",
    )
