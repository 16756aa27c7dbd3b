"""The world at a glance, for whoever has not chosen a client yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent

from briefing.analysis.map_classes import actor_classes
from briefing.core.targeting import Targeting
from briefing.core.wording import counted
from briefing.core.world import BOUNDARY_NOTE, World
from briefing.ui.map_places import MapWish, map_place
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_parts import Stack
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.map_legend import MapLegend
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.world_map import WorldMap

_HEIGHT: Final = 380
"""Pixels at 100 %: higher, the map would push everything else out of sight."""


class _QuietMap(WorldMap):
    """The map in a page that scrolls: the wheel is the page's."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


class Glance(Stack):
    """An invitation to set up a client, and a map of who is said to be targeted."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(self, theme: Theme, world: Callable[[], World]) -> None:
        """``world`` reads the map's shapes when it is first shown."""
        self._world = cache(world)
        self.map: WorldMap | None = None
        self.legend = MapLegend(theme)
        self.invitation = Notice(
            theme,
            "info",
            "Who would attack an organisation like yours?",
            "Name the sector and the countries of a client, and this page says which actors matter"
            " to it, why, and what to do first. It stays on this computer.",
            (NoticeAction("Set up a client", self._on_set_up, "plus"),),
        )
        self.header = SectionHeader(theme, "Who is said to be targeted", link="Open the map")
        self._under = WrappedLabel(theme, "", "note", "ink_3")
        super().__init__(theme, self.invitation, self.header, self.legend, self._under, spacing=8)
        self.header.link_activated.connect(lambda: self.navigate.emit(Place("map")))

    @property
    def told(self) -> str:
        """What stands under the map: of how many actors anything is known."""
        return self._under.text()

    def show_targeting(self, found: Targeting) -> None:
        """Show how many actors are said to target each country, as the Map screen counts them."""
        countries = {one.code: one.actors for one in found.countries}
        known = found.known
        if self.map is None:
            self.map = _QuietMap(self._theme, self._world())
            self.map.selection_changed.connect(self._on_selected)
            self._box.insertWidget(2, self.map)
            self._on_theme_changed()
        classes = actor_classes(countries)
        self.map.set_numbers(countries, classes.shades)
        silent = sum(code not in countries for code in self._world().shapes)
        self.legend.set_classes("Actors per victim country", classes.rows, silent)
        named = counted(len(countries), "country")
        self.header.set_note(f"{named} named by any source; every other one has no report")
        self._under.setText(
            f"Victim countries are known for {known.with_country:,} of {known.actors:,} actors. A"
            f" missing report says nothing about a missing attack. {BOUNDARY_NOTE}"
        )

    def _on_set_up(self) -> None:
        self.navigate.emit(Place("clients", "", "new"))

    def _on_selected(self, codes: tuple[str, ...]) -> None:
        if codes and self.map is not None:
            self.map.set_selected(())
            self.navigate.emit(map_place(MapWish(countries=codes)))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if self.map is not None:
            self.map.setFixedHeight(self._theme.px(_HEIGHT))
