"""A briefing being presented, for pictures of the screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from briefing import paths
from briefing.services.compose_brief import BriefRequest, compose_brief
from briefing.services.library import Library
from briefing.services.world_map import read_world
from briefing.ui.program import Program
from briefing.ui.views.present import PresentWindow

_ACTOR = "Gamaredon Group"
_INCIDENT = "mgm-resorts-2023"
_NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
_SO_FAR = 425.0
"""Seconds since the talk began."""


def presenting(size: QSize) -> Callable[[Program, Library], None]:
    """The judgements on an actor, as the audience sees them."""

    def go(program: Program, library: Library) -> None:
        found = (row.id for row in library.actors if row.name == _ACTOR)
        actor = next(found, library.actors[0].id)
        _present(program, library, BriefRequest("actor", actor), 2, size)

    return go


def at_the_desk(size: QSize) -> Callable[[Program, Library], None]:
    """Claims beside evidence, as whoever presents sees them."""

    def go(program: Program, library: Library) -> None:
        window = _present(program, library, BriefRequest("incident", _INCIDENT), 3, size)
        window.do("notes")

    return go


def picture(program: Program) -> QPixmap:
    """What is being presented; that ends with it."""
    [window] = program.window.findChildren(PresentWindow)
    taken = window.grab()
    window.close()
    return taken


def _present(
    program: Program, library: Library, request: BriefRequest, number: int, size: QSize
) -> PresentWindow:
    world = read_world(paths.resources_folder() / "map" / "world.json")
    brief = compose_brief(library.knowledge, request, world)
    # Two pictures of one state are the same whenever they are taken.
    window = PresentWindow(
        program.theme,
        brief,
        program.window,
        jobs=program.jobs,
        now=lambda: _NOW,
        seconds=lambda: 0.0,
    )
    window.stopwatch.elapsed = _SO_FAR
    window.start(number)
    # The screen that pictures are drawn on is smaller than they are.
    window.showNormal()
    window.resize(size)
    return window
