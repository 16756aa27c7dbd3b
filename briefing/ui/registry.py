"""Every screen that exists. To add one: a view, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from briefing.core.world import World
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.ui.clock import now
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import ScreenEntry
from briefing.ui.theme import Theme
from briefing.ui.views.actors import ActorsView


@dataclass(frozen=True, slots=True)
class Kit:
    """What screens are built with.

    Attributes:
        workspace: Path of workspace.db; opened when first needed.
        world: Reads the map's shapes when first needed.
        changed: Tells the whole window that the database says something else now.
    """

    theme: Theme
    jobs: Jobs
    library: Library
    settings: SettingsFile
    workspace: Path
    world: Callable[[], World]
    changed: Callable[[], None]


def screen_entries(kit: Kit) -> tuple[ScreenEntry, ...]:
    """The screens in the order of the rail."""
    return (
        ScreenEntry(
            "actors",
            "Actors",
            "actors",
            "Ctrl+1",
            lambda: ActorsView(kit.theme, kit.library, kit.settings, kit.workspace, kit.world),
            ("actor", "technique", "software", "mitigation"),
        ),
        ScreenEntry(
            "advisories",
            "Advisories",
            "advisories",
            "Ctrl+2",
            lambda: _advisories(kit),
            ("advisory", "vulnerability"),
        ),
        ScreenEntry(
            "briefings",
            "Briefings",
            "briefings",
            "Ctrl+3",
            lambda: _briefings(kit),
        ),
        ScreenEntry(
            "sources",
            "Sources",
            "sources",
            "Ctrl+4",
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

    return BriefingsView(kit.theme, kit.jobs, kit.library, kit.workspace, kit.world)


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
