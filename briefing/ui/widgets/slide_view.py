"""A slide as large as there is room for, or nothing but black or white."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from briefing.exports.slide_shapes import HEIGHT, WIDTH
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.focus_ring import OWN_FOCUS

Blank = Literal["", "black", "white"]
"""Whether a slide is covered, and with what."""

POINTER_REST = 3000
"""Milliseconds without a movement after which the pointer is hidden."""
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_BLANKS = {"black": "#000000", "white": "#ffffff"}
_HINT_GROUND, _HINT_INK = "#16202c", "#ffffff"


class SlideView(QWidget):
    """Shows one picture of a slide, pixel for pixel where it was drawn for this size.

    A click asks for the next slide, the right button for the one before.
    """

    next_asked = Signal()
    previous_asked = Signal()
    resized = Signal()
    """Its picture is wanted in another size."""

    def __init__(
        self, theme: Theme, *, ground: Colour | None = None, hides_pointer: bool = False
    ) -> None:
        """Nothing yet.

        Args:
            theme: Looks of what is not slide.
            ground: What the slide lies on, at its top left; None is black, with the slide in its
                middle, as a projector shows it.
            hides_pointer: Whether the pointer goes when it is not moved.
        """
        super().__init__()
        self._theme = theme
        self._ground: Colour | None = ground
        self._image: QImage | None = None
        self._blank: Blank = ""
        self._hint = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(OWN_FOCUS, True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._rest = QTimer(self, singleShot=True, interval=POINTER_REST)
        self._rest.timeout.connect(self._on_rest_timeout)
        if hides_pointer:
            self.setMouseTracking(True)
            self._rest.start()
        self._hides_pointer = hides_pointer
        self._ringed = False
        theme.changed.connect(self.update)

    @property
    def blank(self) -> Blank:
        """What covers the slide."""
        return self._blank

    @property
    def hint(self) -> str:
        """What stands over the slide."""
        return self._hint

    @property
    def image(self) -> QImage | None:
        """What is shown, where it is not covered."""
        return self._image

    def pixels(self) -> QSize:
        """The largest slide that has room, in device pixels."""
        return self._fitted(self.size() * self.devicePixelRatio())

    def show_image(self, image: QImage | None, blank: Blank = "", hint: str = "") -> None:
        """Show a picture; None leaves nothing but the ground."""
        self._image, self._blank, self._hint = image, blank, hint
        self.update()

    def sizeHint(self) -> QSize:
        """A third of its full size, at the text size of the program."""
        return QSize(self._theme.px(WIDTH / 3), self._theme.px(HEIGHT / 3))

    def minimumSizeHint(self) -> QSize:
        """Small enough for any window."""
        return QSize(160, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slide, or what covers it."""
        painter = QPainter(self)
        if self._blank:
            painter.fillRect(self.rect(), QColor(_BLANKS[self._blank]))
        else:
            ground = QColor("#000000") if self._ground is None else self._theme.colour(self._ground)
            painter.fillRect(self.rect(), ground)
            if self._image is not None:
                self._draw(painter, self._image)
        if self._hint:
            self._draw_hint(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def changeEvent(self, event: QEvent) -> None:
        """A screen of another pixel ratio needs another picture."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go on, or back."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.next_asked.emit()
        elif event.button() == Qt.MouseButton.RightButton:
            self.previous_asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the pointer again while it moves."""
        if self._hides_pointer:
            self.unsetCursor()
            self._rest.start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard came here by the Tab key."""
        super().focusInEvent(event)
        self._ringed = event.reason() in _BY_TAB
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self._ringed = False
        self.update()

    def _fitted(self, room: QSize) -> QSize:
        width = min(room.width(), round(room.height() * WIDTH / HEIGHT))
        return QSize(width, round(width * HEIGHT / WIDTH))

    def _draw(self, painter: QPainter, image: QImage) -> None:
        made_for_it = image.size() == self.pixels()
        size = self._fitted(self.size())
        left = top = 0
        if self._ground is None:
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not made_for_it)
        painter.drawImage(QRect(left, top, size.width(), size.height()), image)
        if self._ground is not None:
            painter.setPen(self._theme.colour("line_2"))
            painter.drawRect(left, top, size.width() - 1, size.height() - 1)
            if self._ringed:
                painter.setPen(QPen(self._theme.colour("focus"), 2))
                painter.drawRect(1, 1, size.width() - 2, size.height() - 2)

    def _draw_hint(self, painter: QPainter) -> None:
        """Words at the foot, on a ground of their own: the slide may be light or dark."""
        painter.setFont(self._theme.font("call"))
        room = painter.fontMetrics().size(0, self._hint)
        pad = self._theme.px(12)
        wide, high = room.width() + 2 * pad, room.height() + pad
        left = (self.width() - wide) / 2
        box = QRectF(left, self.height() - high - 2 * pad, wide, high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(_HINT_INK))
        painter.setBrush(QColor(_HINT_GROUND))
        painter.drawRoundedRect(box, 4, 4)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _on_rest_timeout(self) -> None:
        self.setCursor(Qt.CursorShape.BlankCursor)
