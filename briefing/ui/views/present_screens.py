"""Which screen the audience looks at, and which one whoever presents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Screens:
    """Two places, or one for both.

    Attributes:
        audience: Where the slides are shown.
        desk: Where the notes are, or None where there is one screen.
    """

    audience: QScreen
    desk: QScreen | None


def shared_out(screens: Sequence[QScreen], home: QPoint, turns: int = 0) -> Screens:
    """Share out the screens: notes where the program's window is, slides on another.

    Args:
        screens: Those there are, at least one; mirrored ones count once.
        home: A point of the program's window; the first screen counts where none has it.
        turns: How often whoever presents has changed the screens over.
    """
    seen = list({screen.geometry().getRect(): screen for screen in reversed(screens)}.values())
    seen.reverse()
    at = next((screen for screen in seen if screen.geometry().contains(home)), seen[0])
    others = [screen for screen in seen if screen is not at]
    if not others:
        return Screens(at, None)
    order = [*others, at]
    audience = order[turns % len(order)]
    return Screens(audience, others[0] if audience is at else at)


def fill(window: QWidget, screen: QScreen) -> None:
    """Show a window on a whole screen, wherever it was."""
    if window.isVisible():
        # Some systems leave a window that fills a screen where it is.
        window.showNormal()
    else:
        window.create()
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
