"""The wheel of a mouse, turned over one widget."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


def taken(over: QWidget) -> bool:
    """Turn the wheel one notch over a widget; whether it took that, or leaves it to the page."""
    place = QPointF(over.rect().center())
    wheel = QWheelEvent(
        place,
        QPointF(over.mapToGlobal(place)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(over, wheel)
    return wheel.isAccepted()
