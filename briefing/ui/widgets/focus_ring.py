"""One ring for the whole program, around the control that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from briefing.ui.theme import Theme

OWN_FOCUS = "ownFocus"
"""A widget with this property set draws the focus inside itself, as tables and lists do."""

_WIDTH = 2
_DISTANCE = 2


class _RingStyle(QProxyStyle):
    """Tells the frame how far outside the control it reaches; nothing else uses it."""

    def pixelMetric(  # noqa: N802 - Qt's name
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Distance and width of the ring."""
        if metric in (
            QStyle.PixelMetric.PM_FocusFrameHMargin,
            QStyle.PixelMetric.PM_FocusFrameVMargin,
        ):
            return _WIDTH + _DISTANCE
        return super().pixelMetric(metric, option, widget)

    def styleHint(  # noqa: N802 - Qt's name
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's name
    ) -> int:
        """Above its neighbours, so that none of them hides a part of it."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returnData)


class FocusRing(QFocusFrame):
    """Two pixels in the focus colour, two pixels outside the control.

    It stays away from controls that a mouse pressed and that do not take text, and from item
    views, which mark their current row themselves.
    """

    def __init__(self, app: QApplication, theme: Theme) -> None:
        """Follow the focus of the whole application. Keep the object as long as it runs."""
        super().__init__()
        self._theme = theme
        self._style = _RingStyle("Fusion")
        self.setStyle(self._style)
        app.focusChanged.connect(self._on_app_focus_changed)
        theme.changed.connect(self.update)

    def _on_app_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        ringed = new if new is not None and _wants_ring(new) else None
        self.setWidget(ringed)  # type: ignore[arg-type]  # None takes the ring away

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), _WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = _WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)


def _wants_ring(widget: QWidget) -> bool:
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        return True
    if isinstance(widget, QAbstractItemView) or widget.property(OWN_FOCUS) or widget.isWindow():
        return False
    return QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
