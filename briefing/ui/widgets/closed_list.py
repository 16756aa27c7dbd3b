"""A list that folds out, as every form of the program has it."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class ClosedList(QComboBox):
    """The wheel scrolls the page around it, and never changes what was chosen.

    Qt turns a closed list with the wheel as soon as the pointer lies over it, also while the
    keyboard is elsewhere; whoever scrolls past it would change it without seeing so.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to whatever scrolls."""
        event.ignore()
