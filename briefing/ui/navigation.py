"""Where a person is in the program, and how to get back: places, history, what a screen is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from briefing.ui.icons import IconName

LONGEST_HISTORY = 200
"""Places that are kept; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something that can be gone to, and gone back to.

    Attributes:
        screen: Key of the screen ("actors").
        subject: Id of what it shows ("" for the screen as such).
        detail: Where in it: a tab, a section, a filter; each screen's own words.
    """

    screen: str
    subject: str = ""
    detail: str = ""


class Screen(Protocol):
    """What the window asks of a screen, which is a QWidget besides.

    ``navigate = Signal(object)`` is emitted with the Place a person wants to go to, within the
    screen too: the screen then shows it when ``show_place`` comes back.
    """

    @property
    def navigate(self) -> SignalInstance:
        """Emitted with the Place that was asked for."""

    @property
    def title(self) -> str:
        """What the window is called once the screen has shown a place ("APT28")."""

    def show_place(self, place: Place) -> None:
        """Show ``place``; again, too, when it is shown already."""


def as_screen(widget: QWidget) -> Screen:
    """The widget as the Screen it is.

    Raises:
        TypeError: when it is none. ``isinstance`` would ask for the title too early.
    """
    if not all(hasattr(type(widget), name) for name in ("navigate", "show_place")):
        raise TypeError(f"{type(widget).__name__} is not a Screen.")
    return cast(Screen, widget)


def may_close(screen: QWidget, then: Callable[[], object]) -> bool:
    """Whether a screen lets the window close; where it has to ask first, ``then`` may follow.

    Screens that hold what would be lost have ``may_close(then)``. It returns at once, and calls
    ``then`` where the person agrees; where the person stays, nothing follows.
    """
    asked = getattr(screen, "may_close", None)
    return asked is None or bool(asked(then))


@dataclass(frozen=True, slots=True)
class ScreenEntry:
    """A screen that exists: how the rail names it and how it is built when first shown.

    Attributes:
        key: What Place.screen calls it.
        label: Its name in the rail.
        icon: Its icon in the rail.
        shortcut: Key sequence that opens it ("Ctrl+2"), or "".
        factory: Builds the widget, which must also be a Screen.
        kinds: Kinds of search hit that it shows ("actor"); the hit's id becomes Place.subject.
        in_rail: Whether it has a button of its own; a technique is only ever followed to.
    """

    key: str
    label: str
    icon: IconName
    shortcut: str
    factory: Callable[[], QWidget]
    kinds: tuple[str, ...] = ()
    in_rail: bool = True

    @property
    def keys(self) -> str:
        """The shortcut as this computer's keyboards print it, or ""."""
        return QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText)


class History(QObject):
    """Places in the order they were gone to, with one of them current, like a browser's."""

    moved = Signal(object)
    """The current Place, after every step."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start nowhere."""
        super().__init__(parent)
        self._places: list[Place] = []
        self._at = -1

    @property
    def current(self) -> Place | None:
        """Where the person is; None before the first step."""
        return self._places[self._at] if self._places else None

    @property
    def can_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        """Whether a step back can be undone."""
        return self._at < len(self._places) - 1

    def go(self, place: Place) -> None:
        """Go to a place; what lay ahead is forgotten. Going where one is shows it once more."""
        if place != self.current:
            del self._places[self._at + 1 :]
            self._places.append(place)
            del self._places[:-LONGEST_HISTORY]
            self._at = len(self._places) - 1
        self.moved.emit(place)

    def back(self) -> None:
        """One step back; at the beginning nothing happens."""
        self._step(-1)

    def forward(self) -> None:
        """One step forward; at the end nothing happens."""
        self._step(+1)

    def _step(self, way: int) -> None:
        if 0 <= self._at + way < len(self._places):
            self._at += way
            self.moved.emit(self._places[self._at])
