"""Chips: one fact in a few words."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from briefing.ui.icons import paint_icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour

ChipKind = Literal["plain", "tint", "quiet", "contested", "withdrawn", "evidence", "done"]
CHIP_HEIGHT = 20
_PADDING = 6
_CROSS = 10
_COLOURS: dict[ChipKind, tuple[Colour, Colour | None, Colour | None]] = {
    # text, ground, border
    "plain": ("ink_2", None, "line_2"),
    "tint": ("accent", "tint", None),
    "quiet": ("ink_2", "mist", None),
    "contested": ("claim", "claim_ground", None),
    "withdrawn": ("error", "error_ground", None),
    "evidence": ("evidence", "evidence_ground", None),
    "done": ("done", None, "done"),
}
_REMOVING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return)


def chip_width(theme: Theme, text: str) -> int:
    """How wide a chip with this text is; for delegates."""
    return round(theme.metrics("chip").horizontalAdvance(text)) + 2 * theme.px(_PADDING)


def paint_chip(
    painter: QPainter, rect: QRectF, theme: Theme, text: str, kind: ChipKind = "plain"
) -> None:
    """Draw a chip; delegates use it too."""
    text_colour, ground, border = _COLOURS[kind]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(Qt.PenStyle.NoPen) if border is None else QPen(theme.colour(border), 1)
    painter.setPen(pen)
    painter.setBrush(QColor(Qt.GlobalColor.transparent) if ground is None else theme.colour(ground))
    inset = 0.0 if border is None else 0.5
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 2, 2)
    painter.setFont(theme.font("chip"))
    painter.setPen(theme.colour(text_colour))
    inner = rect.adjusted(theme.px(_PADDING), 0, 0, 0)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text)
    painter.restore()


class Chip(QWidget):
    """A chip. With ``removable`` it has a cross and takes Delete, the space bar or a click."""

    removed = Signal()

    def __init__(
        self, theme: Theme, text: str, kind: ChipKind = "plain", *, removable: bool = False
    ) -> None:
        """The text is the accessible name."""
        super().__init__()
        self._theme = theme
        self._kind: ChipKind = kind
        self._removable = removable
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if removable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_text(text)
        theme.changed.connect(self._on_theme_changed)

    def set_text(self, text: str, kind: ChipKind | None = None) -> None:
        """Change what it says."""
        self._text = text
        self._kind = kind or self._kind
        self.setAccessibleName(f"Remove {text}" if self._removable else text)
        self._on_theme_changed()

    def text(self) -> str:
        """What it says."""
        return self._text

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The text and its padding."""
        width = chip_width(self._theme, self._text)
        if self._removable:
            width += self._theme.px(_CROSS + 4)
        return QSize(width, self._theme.px(CHIP_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, with its cross."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_chip(painter, rect, self._theme, self._text, self._kind)
        if self._removable:
            side = self._theme.px(_CROSS)
            left = rect.right() - side - self._theme.px(_PADDING - 1)
            cross = QRectF(QPointF(left, (rect.height() - side) / 2), QSize(side, side).toSizeF())
            paint_icon(painter, cross, self._theme, "close", _COLOURS[self._kind][0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remove it."""
        if self._removable and self.rect().contains(event.position().toPoint()):
            self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove it by keyboard."""
        if self._removable and event.key() in _REMOVING_KEYS:
            self.removed.emit()
            return
        super().keyPressEvent(event)
