"""Every screen that exists. To add one: a view, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from briefing.core.world import World
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.ui.clock import now
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.navigation import ScreenEntry
from briefing.ui.theme import Theme
from briefing.ui.views.actors import ActorsView

if TYPE_CHECKING:
    from briefing.services.clients import Shelved
    from briefing.services.relevance import RelevanceDesk


@dataclass(frozen=True, slots=True)
class Kit:
    """What screens are built with.

    Attributes:
        workspace: Path of workspace.db; opened when first needed.
        world: Reads the map's shapes when first needed.
        changed: Tells the whole window that the database says something else now.
        looking: Through whose eyes, and up to which level.
        desk: Who ranks actors for a client; loaded when first needed.
        clients_changed: Tells the top bar which clients there are now.
    """

    theme: Theme
    jobs: Jobs
    library: Library
    settings: SettingsFile
    workspace: Path
    world: Callable[[], World]
    changed: Callable[[], None]
    looking: Looking
    desk: Callable[[], RelevanceDesk]
    clients_changed: Callable[[Shelved], None]


def screen_entries(kit: Kit) -> tuple[ScreenEntry, ...]:
    """The screens in the order of the rail."""
    return (
        ScreenEntry("home", "Home", "home", "Ctrl+1", lambda: _home(kit)),
        ScreenEntry(
            "actors",
            "Actors",
            "actors",
            "Ctrl+2",
            lambda: ActorsView(kit.theme, kit.library, kit.settings, kit.workspace, kit.world),
            ("actor", "technique", "software", "mitigation"),
        ),
        ScreenEntry("map", "Map", "map", "Ctrl+3", lambda: _map(kit)),
        ScreenEntry(
            "attribution",
            "Attribution",
            "attribution",
            "Ctrl+4",
            lambda: _attribution(kit),
            ("incident",),
        ),
        ScreenEntry(
            "advisories",
            "Advisories",
            "advisories",
            "Ctrl+5",
            lambda: _advisories(kit),
            ("advisory", "vulnerability"),
        ),
        ScreenEntry(
            "briefings",
            "Briefings",
            "briefings",
            "Ctrl+6",
            lambda: _briefings(kit),
        ),
        ScreenEntry("clients", "Clients", "clients", "Ctrl+7", lambda: _clients(kit)),
        ScreenEntry(
            "sources",
            "Sources",
            "sources",
            "Ctrl+8",
            lambda: _sources(kit),
        ),
        ScreenEntry(
            "help",
            "Help",
            "help",
            "F1",
            lambda: _help(kit),
            ("help page",),
        ),
    )


def _home(kit: Kit) -> QWidget:
    from briefing.ui.views.home import HomeView  # noqa: PLC0415 - start time: built when first shown

    return HomeView(
        kit.theme,
        kit.jobs,
        kit.library,
        kit.settings,
        kit.looking,
        kit.desk(),
        kit.workspace,
        kit.world,
        _today,
    )


def _map(kit: Kit) -> QWidget:
    from briefing.ui.views.map import MapView  # noqa: PLC0415 - start time: built when first shown
    from briefing.ui.views.matrix import MatrixView  # noqa: PLC0415 - start time: as above

    view = MapView(
        kit.theme, kit.jobs, kit.library, kit.settings, kit.world, lambda: kit.looking.ceiling
    )
    kit.looking.ceiling_changed.connect(view.recount)
    view.add_tab("origin", "Sector × origin", MatrixView(kit.theme, "origin", kit.library))
    view.add_tab("actor", "Sector × actor", MatrixView(kit.theme, "actor", kit.library))
    return view


def _attribution(kit: Kit) -> QWidget:
    from briefing.ui.views.attribution import (  # noqa: PLC0415 - start time: built when first shown
        AttributionView,
    )

    view = AttributionView(
        kit.theme, kit.jobs, kit.library, kit.settings, lambda: kit.looking.ceiling, now
    )
    kit.looking.ceiling_changed.connect(view.recount)
    view.data_changed.connect(kit.changed)
    return view


def _clients(kit: Kit) -> QWidget:
    from briefing.ui.views.clients import (  # noqa: PLC0415 - start time: built when first shown
        ClientsView,
    )

    view = ClientsView(
        kit.theme, kit.jobs, kit.library, kit.workspace, kit.looking, kit.desk(), _today
    )
    view.clients_changed.connect(kit.clients_changed)
    return view


def _today() -> date:
    return now().date()


def _advisories(kit: Kit) -> QWidget:
    from briefing.ui.views.advisories import (  # noqa: PLC0415 - start time: built when first shown
        AdvisoriesView,
    )

    return AdvisoriesView(
        kit.theme, kit.jobs, kit.library, kit.settings, kit.workspace, has_sources=True
    )


def _briefings(kit: Kit) -> QWidget:
    from briefing.ui.views.briefings import (  # noqa: PLC0415 - start time: built when first shown
        BriefingsView,
    )

    return BriefingsView(
        kit.theme, kit.jobs, kit.library, kit.workspace, kit.world, looking=kit.looking
    )


def _sources(kit: Kit) -> QWidget:
    from briefing.ui.views.sources import (  # noqa: PLC0415 - start time: built when first shown
        SourcesView,
    )

    view = SourcesView(kit.theme, kit.jobs, kit.library, kit.settings, now)
    view.data_changed.connect(kit.changed)
    return view


def _help(kit: Kit) -> QWidget:
    from briefing.ui.views.help import (  # noqa: PLC0415 - start time: built when first shown
        HelpView,
    )

    return HelpView(kit.theme, kit.library, lambda: screen_entries(kit))
