"""Every screen that exists. To add one: a view, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from briefing.core.world import World
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.ui.jobs import Jobs
from briefing.ui.navigation import ScreenEntry
from briefing.ui.theme import Theme
from briefing.ui.views.actors import ActorsView
from briefing.ui.views.briefings import BriefingsView
from briefing.ui.views.help import HelpView


@dataclass(frozen=True, slots=True)
class Kit:
    """What screens are built with.

    Attributes:
        workspace: Path of workspace.db; opened when first needed.
        world: Reads the map's shapes when first needed.
    """

    theme: Theme
    jobs: Jobs
    library: Library
    settings: SettingsFile
    workspace: Path
    world: Callable[[], World]


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
            "briefings",
            "Briefings",
            "briefings",
            "Ctrl+2",
            lambda: BriefingsView(kit.theme, kit.jobs, kit.library, kit.workspace, kit.world),
        ),
        ScreenEntry(
            "help",
            "Help",
            "help",
            "F1",
            lambda: HelpView(kit.theme, kit.library, lambda: screen_entries(kit)),
            ("help page",),
        ),
    )
