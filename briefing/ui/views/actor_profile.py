"""Everything known about one actor: the profile, one of its stages in full, or why neither."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from briefing.core.actor import ActorProfile
from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.page import ProfilePage
from briefing.ui.views.actor_sections.section import SCREEN, open_address
from briefing.ui.views.actor_sections.shown import Shown, shown
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from briefing.ui.views.actor_sections.changes import TellsChanges
    from briefing.ui.views.actor_sections.stage_page import StagePage

STAGE = "stage:"
"""Begins the detail of a place that shows every technique of a stage, followed by its code."""
SOURCES = "sources"
"""The detail of a place that shows the sources of a profile."""


class ActorProfileView(QStackedWidget):
    """Shows what it is given, and asks for everything else by signals."""

    navigate = Signal(object)
    """A ``Place``. Of this screen: an actor, with ``STAGE`` and a code for one of its stages."""
    compare_requested = Signal(str)
    brief_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        world: World | None,
        *,
        has_map: bool = False,
        changes: TellsChanges | None = None,
    ) -> None:
        """Nothing is shown yet.

        Args:
            theme: The theme.
            world: The shapes for the small map; without it countries are words only.
            has_map: Whether there is a map screen for links to lead to.
            changes: What is asked for changes; without it they are left out.
        """
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._notice: Notice | None = None
        self.page = ProfilePage(theme, world, has_map=has_map, changes=changes)
        self.setProperty(OWN_FOCUS, True)
        self.addWidget(self.page)
        self.page.navigate.connect(self.navigate)
        self.page.compare_requested.connect(self.compare_requested)
        self.page.brief_requested.connect(self.brief_requested)
        self.page.stage_requested.connect(self._on_page_stage_requested)

    @cached_property
    def stage(self) -> StagePage:
        """The techniques of one stage; built when first shown."""
        from briefing.ui.views.actor_sections.stage_page import (  # noqa: PLC0415 - start time
            StagePage,
        )

        stage = StagePage(self._theme)
        stage.navigate.connect(self.navigate)
        stage.source_activated.connect(self.show_source)
        stage.address_requested.connect(open_address)
        stage.left.connect(self._on_stage_left)
        self.addWidget(stage)
        return stage

    @cached_property
    def _told(self) -> Scroller:
        """Where it is said why nothing is shown; built when first needed."""
        told = Scroller(self._theme)
        self.addWidget(told)
        return told

    @property
    def profile(self) -> ActorProfile | None:
        """The actor that is shown, or None."""
        return self._shown.profile if self._shown else None

    def show_profile(self, profile: ActorProfile) -> None:
        """Show an actor from the top of the page; the same one again where it was left."""
        before = self.profile
        is_same = before is not None and before.row.id == profile.row.id
        value = self.page.verticalScrollBar().value()
        self._shown = shown(profile)
        self.page.set_shown(self._shown)
        self.page.setAccessibleName(f"Profile of {profile.row.name}")
        if is_same:
            self.page.finish()
            self.page.verticalScrollBar().setValue(value)
            return
        self.setCurrentWidget(self.page)
        self.page.to_top()

    def show_part(self, detail: str) -> None:
        """Show what the detail of a place names: a stage, the sources, or "" for the profile."""
        if self._shown is None:
            return
        if detail.startswith(STAGE):
            self._show_stage(detail.removeprefix(STAGE))
            return
        self.setCurrentWidget(self.page)
        if detail == SOURCES:
            self.page.show_sources()

    def show_source(self, key: str) -> None:
        """Scroll to a source of the profile and mark it."""
        if self._shown is not None:
            self.setCurrentWidget(self.page)
            self.page.show_source(key)

    def show_empty(self) -> None:
        """Say that no actor is chosen, and how to choose one."""
        self._tell(
            Notice(
                self._theme,
                "empty",
                "No actor is chosen",
                "Choose one in the list, or search for any of its names with Ctrl+K.",
                icon_name="actors",
            )
        )

    def show_error(self, error: BriefingError) -> None:
        """Say why an actor cannot be shown."""
        rest = [part for part in (error.remedy, error.detail) if part]
        details = "\n".join((error.message, *rest))

        def copy() -> None:
            QApplication.clipboard().setText(details)

        action = NoticeAction("Copy details", copy, "copy")
        self._tell(Notice(self._theme, "error", error.message, "\n".join(rest), (action,)))

    def finish(self) -> None:
        """Fill what has not been filled yet; for printing, pictures and tests."""
        self.page.finish()

    def _tell(self, notice: Notice) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self._shown = None
        self._told.body.addWidget(notice)
        notice.show()
        self.setCurrentWidget(self._told)

    def _show_stage(self, code: str) -> None:
        if self._shown is not None and self.stage.show_stage(self._shown, code):
            self.setCurrentWidget(self.stage)
            self.stage.focus_filter()

    def _on_page_stage_requested(self, code: str) -> None:
        if self._shown is not None:
            self._show_stage(code)
            self.navigate.emit(Place(SCREEN, self._shown.profile.row.id, f"{STAGE}{code}"))

    def _on_stage_left(self) -> None:
        if self._shown is not None:
            self.show_part("")
            self.navigate.emit(Place(SCREEN, self._shown.profile.row.id))
