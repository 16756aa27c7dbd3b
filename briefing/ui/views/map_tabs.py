"""What a tab of the Map screen is that counts for itself."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from briefing.core.targeting import TargetingFilter
from briefing.services.targeting import TargetingIndex

_ASKED = ("navigate", "cell_activated", "cell_closed", "set_targeting", "show_cell", "close_cell")


class TargetingTab(Protocol):
    """What the screen asks of a tab that counts for itself, which is a QWidget besides.

    ``navigate = Signal(object)`` is emitted with a Place, ``cell_activated = Signal(str, str)``
    with the codes of a sector and a column whose statements it shows, ``cell_closed = Signal()``
    when they are put away.
    """

    @property
    def navigate(self) -> SignalInstance:
        """Emitted with the Place that was asked for."""

    @property
    def cell_activated(self) -> SignalInstance:
        """Emitted with the codes of a cell."""

    @property
    def cell_closed(self) -> SignalInstance:
        """Emitted when the statements of a cell were put away."""

    def set_targeting(self, index: TargetingIndex, wanted: TargetingFilter) -> None:
        """Show what is counted for a filter."""

    def show_cell(self, sector: str, column: str) -> None:
        """Show the statements of a cell."""

    def close_cell(self) -> None:
        """Put the statements of a cell away."""


def as_targeting_tab(widget: QWidget | None) -> TargetingTab:
    """The widget as the TargetingTab it is.

    Raises:
        TypeError: when it is none.
    """
    if not all(hasattr(type(widget), name) for name in _ASKED):
        raise TypeError(f"{type(widget).__name__} is not a TargetingTab.")
    return cast(TargetingTab, widget)
