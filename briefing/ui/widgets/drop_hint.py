"""What lies over a page while files are dragged across it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from briefing.ui.theme import Theme

_EDGE = 2
_INSET = 12


class DropHint(QWidget):
    """A frame and a sentence; it takes no part in the dragging itself."""

    def __init__(self, theme: Theme, parent: QWidget, title: str, text: str) -> None:
        """Hidden over ``parent`` until it is shown."""
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._title = title
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(f"{title} {text}")
        self.hide()

    def cover(self) -> None:
        """Show it over all of its parent."""
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, frame and words."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.colour("tint_2")
        ground.setAlphaF(0.94)
        painter.fillRect(self.rect(), ground)
        inset = theme.px(_INSET)
        painter.setPen(QPen(theme.colour("accent"), _EDGE, Qt.PenStyle.DashLine))
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, 4, 4)
        middle = self.rect().center().y()
        for text, role, top in (
            (self._title, "call", middle - theme.px(24)),
            (self._text, "body", middle + theme.px(4)),
        ):
            painter.setFont(theme.font(role))  # type: ignore[arg-type]  # both are roles
            painter.setPen(theme.colour("ink"))
            box = QRectF(frame.left(), top, frame.width(), theme.px(28))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
