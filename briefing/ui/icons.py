"""Our own line icons, tinted with a token, crisp at every scale, read when first shown."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from briefing import paths
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour

IconName = Literal[
    "actors",
    "advisories",
    "attribution",
    "back",
    "briefings",
    "building",
    "check",
    "check-circle",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "clients",
    "clock",
    "close",
    "compare",
    "copy",
    "delete",
    "document",
    "edit",
    "error",
    "evidence",
    "export",
    "external-link",
    "filter",
    "folder",
    "forward",
    "grip",
    "help",
    "home",
    "import",
    "info",
    "map",
    "minus",
    "moon",
    "more",
    "offline",
    "pdf",
    "plus",
    "present",
    "print",
    "quote",
    "refresh",
    "search",
    "sort",
    "sources",
    "sun",
    "undo",
    "warning",
]
"""One file each in ``resources/icons``."""


def icon(theme: Theme, name: IconName, colour: Colour = "ink_2") -> QIcon:
    """An icon that follows the theme by itself; disabled it is drawn in ``ink_3``."""
    return QIcon(_ThemedEngine(theme, name, colour))


def pixmap(
    theme: Theme, name: IconName, size: int, colour: Colour = "ink_2", ratio: float = 1.0
) -> QPixmap:
    """One picture of an icon: ``size`` logical pixels for a screen of that pixel ratio."""
    image = _tinted(name, round(size * ratio), theme.colour(colour).name())
    picture = QPixmap.fromImage(image)
    picture.setDevicePixelRatio(ratio)
    return picture


def paint_icon(
    painter: QPainter, rect: QRectF, theme: Theme, name: IconName, colour: Colour = "ink_2"
) -> None:
    """Draw an icon inside a square, on whole device pixels so that its lines stay sharp."""
    transform = painter.deviceTransform()
    ratio = transform.m11()
    origin = transform.map(rect.topLeft())
    shift = QPointF(round(origin.x()) - origin.x(), round(origin.y()) - origin.y()) / ratio
    image = _tinted(name, round(rect.width() * ratio), theme.colour(colour).name())
    size = image.width() / ratio
    painter.drawImage(QRectF(rect.topLeft() + shift, QSize(1, 1).toSizeF() * size), image)


@lru_cache(maxsize=512)
def _tinted(name: str, pixels: int, colour: str) -> QImage:
    path = paths.resources_folder() / "icons" / f"{name}.svg"
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(path.read_bytes()).render(painter, QRectF(0, 0, pixels, pixels))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), QColor(colour))
    painter.end()
    return image


class _ThemedEngine(QIconEngine):
    """Draws at whatever size and pixel ratio Qt asks for, in the colour of this moment."""

    def __init__(self, theme: Theme, name: IconName, colour: Colour) -> None:
        super().__init__()
        self._theme = theme
        self._name: IconName = name
        self._colour: Colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour: Colour = "ink_3" if mode == QIcon.Mode.Disabled else self._colour
        # A square at the left: what is wider than high has asked for a gap before its words.
        side = min(rect.width(), rect.height())
        top = rect.top() + (rect.height() - side) / 2
        box = QRectF(rect.left(), top, side, side)
        paint_icon(painter, box, self._theme, self._name, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._theme, self._name, self._colour)
