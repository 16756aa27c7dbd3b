"""Which part of the world a picture shows: fitted, zoomed, dragged; geometry without painting."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSize

from briefing.core.world import World

MARGIN: Final = 4
"""Pixels round the map: room for a focus ring and for dots at the edge."""
MOST_ZOOM: Final = 16.0
"""Largest zoom: beyond it the outlines show that they are thinned."""


class Viewport:
    """From map units to pixels and back. At zoom 1 the whole world lies in the middle."""

    def __init__(self, world: World) -> None:
        """Start with no size; ``fit`` comes first."""
        self._world = world
        self._size = QSize()
        self._fitted = 1.0
        self._zoom = 1.0
        self._origin = QPointF()

    @property
    def size(self) -> QSize:
        """The size of the picture in pixels."""
        return self._size

    @property
    def scale(self) -> float:
        """Pixels of one map unit."""
        return self._fitted * self._zoom

    @property
    def zoom(self) -> float:
        """How much larger than the whole world; 1 to ``MOST_ZOOM``."""
        return self._zoom

    @property
    def origin(self) -> QPointF:
        """Where the upper left corner of the world lies, in pixels."""
        return self._origin

    def fit(self, size: QSize) -> bool:
        """Take a size, with the same middle and zoom; say whether that changed anything."""
        if size == self._size:
            return False
        middle = self.to_map(_middle(self._size)) if self._zoom > 1.0 else None
        world = self._world
        across = (size.width() - 2 * MARGIN) / world.width
        down = (size.height() - 2 * MARGIN) / world.height
        self._size = size
        self._fitted = max(min(across, down), 1 / world.width)
        if middle is not None:
            self._origin = _middle(size) - middle * self.scale
        self._keep_inside()
        return True

    def to_pixels(self, point: QPointF) -> QPointF:
        """Where a point of the map lies in the picture."""
        return self._origin + point * self.scale

    def to_map(self, position: QPointF) -> QPointF:
        """Which point of the map lies at a place of the picture."""
        return (position - self._origin) / self.scale

    def zoom_at(self, position: QPointF, factor: float) -> bool:
        """Zoom in or out around a place of the picture; say whether that changed anything."""
        zoom = min(max(self._zoom * factor, 1.0), MOST_ZOOM)
        if zoom == self._zoom:
            return False
        point = self.to_map(position)
        self._zoom = zoom
        self._origin = position - point * self.scale
        self._keep_inside()
        return True

    def zoom_in_middle(self, factor: float) -> bool:
        """Zoom around the middle of the picture; say whether that changed anything."""
        return self.zoom_at(_middle(self._size), factor)

    def pan(self, by: QPointF) -> bool:
        """Move the world in the picture, never out of it; say whether that changed anything."""
        before = QPointF(self._origin)
        self._origin += by
        self._keep_inside()
        return self._origin != before

    def show(self, point: QPointF) -> bool:
        """Bring a point of the map to the middle where it is not in the picture already."""
        place, size = self.to_pixels(point), self._size
        beside = MARGIN <= place.x() <= size.width() - MARGIN
        if beside and MARGIN <= place.y() <= size.height() - MARGIN:
            return False
        return self.pan(_middle(size) - place)

    def reset(self) -> bool:
        """Show the whole world again; say whether that changed anything."""
        if self._zoom == 1.0:
            return False
        self._zoom = 1.0
        self._keep_inside()
        return True

    def _keep_inside(self) -> None:
        across, down = self._world.width * self.scale, self._world.height * self.scale
        self._origin = QPointF(
            _kept(self._origin.x(), across, self._size.width()),
            _kept(self._origin.y(), down, self._size.height()),
        )


def _kept(start: float, length: float, room: int) -> float:
    """In the middle where it fits; otherwise without a gap at either side."""
    if length <= room - 2 * MARGIN:
        return (room - length) / 2
    return min(max(start, room - MARGIN - length), float(MARGIN))


def _middle(size: QSize) -> QPointF:
    return QPointF(size.width() / 2, size.height() / 2)
