"""One ring for the whole program, around the control that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
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
from shiboken6 import isValid

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


class _Frame(QFocusFrame):
    """The ring itself."""

    def __init__(self, theme: Theme, style: QStyle) -> None:
        super().__init__()
        self._theme = theme
        self.setStyle(style)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), _WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = _WIDTH / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)


class FocusRing(QObject):
    """Two pixels in the focus colour, two pixels outside the control that has the keyboard.

    One is enough for the application. It stays away from controls that a mouse pressed and that
    do not take text, and from item views, which mark their current row themselves.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        """Follow the focus of the whole application as long as this object lives."""
        super().__init__(parent)
        self._theme = theme
        self._style = _RingStyle("Fusion")
        self._frame = _Frame(theme, self._style)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_app_focus_changed)

    def widget(self) -> QWidget | None:
        """The control that has the ring now."""
        return self._frame.widget() if isValid(self._frame) else None

    def _on_app_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        # Qt puts the frame beside the control, so it goes when that part of a screen goes.
        if not isValid(self._frame):
            self._frame = _Frame(self._theme, self._style)
        ringed = new if new is not None and _wants_ring(new) else None
        self._frame.setWidget(ringed)  # type: ignore[arg-type]  # None takes the ring away


def _wants_ring(widget: QWidget) -> bool:
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        return True
    if isinstance(widget, QAbstractItemView) or widget.property(OWN_FOCUS) or widget.isWindow():
        return False
    return QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton
