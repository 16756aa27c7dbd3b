"""The right side of the Sources screen: one of its pages, by the key of what is to be seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QStackedWidget

from briefing.core.errors import BriefingError
from briefing.services.source_shelf import Shelf
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.identity_queue import IdentityQueue
from briefing.ui.views.import_preview import ImportPreview
from briefing.ui.views.import_work import Pending
from briefing.ui.views.source_list import ALL, IDENTITY, PENDING, QUARANTINE
from briefing.ui.views.source_page import SourcePage
from briefing.ui.views.source_pages import ImportsPage, QuarantinePage
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller


class SourceStack(QStackedWidget):
    """A source, all imports, quarantine, what waits, or the review queue."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        knowledge: KnowledgeFile,
        settings: SettingsFile,
        clock: Callable[[], datetime],
    ) -> None:
        """The sources are still being read."""
        super().__init__()
        self.setProperty(OWN_FOCUS, True)
        self.page = SourcePage(theme)
        self.imports = ImportsPage(theme)
        self.quarantine = QuarantinePage(theme)
        self.preview = ImportPreview(theme)
        self.identity = IdentityQueue(theme, jobs, knowledge, clock, settings)
        reading = Scroller(theme)
        reading.body.addWidget(Notice(theme, "info", "Reading the sources …"))
        parts = (
            reading,
            self.page,
            self.imports,
            self.quarantine,
            self.preview,
            self.identity,
        )
        for part in parts:
            self.addWidget(part)

    def show_key(self, key: str, shelf: Shelf, pending: Pending) -> str:
        """Show something; returns the key of what is shown, since what waited may be gone.

        Raises:
            BriefingError: where there is no such source.
        """
        entry = next((entry for entry in shelf.entries if entry.id == key), None)
        if key.startswith(PENDING):
            return self._show_waiting(key, shelf, pending)
        if key == IDENTITY:
            self.identity.reload()
            self.setCurrentWidget(self.identity)
        elif key == QUARANTINE:
            self.quarantine.show_shelf(shelf)
            self.setCurrentWidget(self.quarantine)
        elif key == ALL:
            self.imports.show_shelf(shelf)
            self.setCurrentWidget(self.imports)
        elif entry is not None:
            self.page.show_source(entry, shelf)
            self.setCurrentWidget(self.page)
        else:
            raise BriefingError(f"There is no source “{key}”.", remedy="Choose one from the list.")
        return key

    def set_ready(self, *, free: bool, pending: Pending) -> None:
        """Whether nothing is under way, and what waits."""
        self.page.set_ready(free)
        self.preview.bar.set_ready(free and not pending.empty, free=free)

    def _show_waiting(self, key: str, shelf: Shelf, pending: Pending) -> str:
        digests = pending.digests
        if not digests:
            return self.show_key(ALL, shelf, pending)
        number = key.removeprefix(PENDING)
        place = min(int(number) if number.isdecimal() else 0, len(digests) - 1)
        source = digests[place].preview.source.id
        before = next((entry.version for entry in shelf.entries if entry.id == source), "")
        self.preview.show_digest(digests, place, before, shelf.history)
        self.setCurrentWidget(self.preview)
        return f"{PENDING}{place}"
