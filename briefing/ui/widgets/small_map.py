"""The small world map of a profile: which countries are named, at a glance."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from briefing.core.world import World
from briefing.ui.theme import Theme
from briefing.ui.widgets.world_picture import MARGIN, WorldPicture

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SmallMap(QWidget):
    """The world with the named countries filled; all other land says "no reports".

    Arrow keys step through the named countries from west to east; Enter opens one.
    """

    country_activated = Signal(str)
    """The alpha-2 code of a country that was clicked, or chosen with Enter."""

    def __init__(self, theme: Theme, world: World, parent: QWidget | None = None) -> None:
        """Show a world in which no country is named yet."""
        super().__init__(parent)
        self._theme = theme
        self._world = world
        self._view = WorldPicture(world)
        self._picture: QPixmap | None = None
        self._counts: dict[str, int] = {}
        self._noun = ("statement", "statements")
        self._named: list[str] = []
        self._current: str | None = None
        self._hovered: str | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription("Arrow keys step through the countries, Enter opens one.")
        theme.changed.connect(self._on_theme_changed)
        self.set_countries({})

    @property
    def named(self) -> tuple[str, ...]:
        """Codes of the named countries on the map, from west to east."""
        return tuple(self._named)

    @property
    def off_map(self) -> tuple[str, ...]:
        """Named codes that the map has no shape for, in alphabetical order."""
        return tuple(sorted(self._counts.keys() - self._world.shapes.keys()))

    @property
    def current(self) -> str | None:
        """The country that the keyboard stands on."""
        return self._current

    def set_countries(
        self, counts: Mapping[str, int], noun: tuple[str, str] = ("statement", "statements")
    ) -> None:
        """Name countries.

        Args:
            counts: Alpha-2 code to how often the country is named; a zero does not name it.
            noun: What is counted, for one and for several.
        """
        shapes = self._world.shapes
        self._counts = {code: count for code, count in counts.items() if count > 0}
        self._noun = noun
        self._named = sorted(
            self._counts.keys() & shapes.keys(), key=lambda code: (shapes[code].centroid, code)
        )
        self._current = None
        self._picture = None
        self.setAccessibleName(self._summary())
        self.update()

    def text_for(self, code: str) -> str:
        """What the tooltip says about a country: its name and its count."""
        shape = self._world.shapes.get(code)
        name = shape.name if shape else code
        count = self._counts.get(code, 0)
        if count == 0:
            return f"{name} · no reports"
        return f"{name} · {count:,} {self._noun[count != 1]}"

    def country_at(self, position: QPointF) -> str | None:
        """The country under a point of the widget."""
        return self._fitted().country_at(position, self._named)

    def point_of(self, code: str) -> QPointF:
        """Where a country's middle lies in the widget."""
        return self._fitted().point_of(code)

    def _fitted(self) -> WorldPicture:
        """The view at the present size; a widget not yet shown hears of no new size."""
        if self._view.fit(self.size()):
            self._picture = None
        return self._view

    def _summary(self) -> str:
        if not self._counts:
            return "World map: no country is named."
        ranked = sorted(self._counts, key=lambda code: (-self._counts[code], self.text_for(code)))
        listed = ", ".join(self.text_for(code).replace(" · ", " ") for code in ranked)
        noun = "country" if len(ranked) == 1 else "countries"
        return f"World map, {len(ranked)} {noun} named: {listed}."

    def _select(self, code: str | None) -> None:
        self._current = code
        self.update()
        if code is None:
            QToolTip.hideText()
            return
        below = self.point_of(code).toPoint() + QPoint(0, MARGIN)
        QToolTip.showText(self.mapToGlobal(below), self.text_for(code), self)

    def _step(self, by: int) -> None:
        if self._current is None:
            self._select(self._named[0 if by > 0 else -1])
        else:
            here = self._named.index(self._current)
            self._select(self._named[(here + by) % len(self._named)])

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _on_theme_changed(self) -> None:
        self._redraw()

    def sizeHint(self) -> QSize:
        """As wide as the profile's column."""
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        """Small enough for four actors side by side."""
        return QSize(160, self.heightForWidth(160))

    def heightForWidth(self, width: int) -> int:
        """The height that the whole world needs at a width."""
        inner = (width - 2 * MARGIN) * self._world.height / self._world.width
        return round(inner) + 2 * MARGIN

    def event(self, event: QEvent) -> bool:
        """Answer tooltip requests, and draw again on a screen of other density."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            code = self.country_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.text_for(code) if code else "", self)
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._redraw()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the cached picture, the current country and the focus ring."""
        tokens, view = self._theme.tokens, self._fitted()
        if self._picture is None:
            fills = dict.fromkeys(self._named, tokens.seq_4)
            self._picture = view.draw(tokens, fills, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
        if self._current:
            view.mark(self, tokens, self._current)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say at once which country the mouse has come over."""
        code = self.country_at(event.position())
        if code == self._hovered:
            return
        self._hovered = code
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if code else arrow)
        text = self.text_for(code) if code else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the country under the mouse."""
        self._hovered = None
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the country that was clicked."""
        code = self.country_at(event.position())
        if code and event.button() == Qt.MouseButton.LeftButton:
            self.country_activated.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrow keys, Home and End; open with Enter; let go with Escape."""
        key = event.key()
        if self._named and key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        elif self._named and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._select(self._named[0 if key == Qt.Key.Key_Home else -1])
        elif self._current and key in _OPENING:
            self.country_activated.emit(self._current)
        elif self._current and key == Qt.Key.Key_Escape:
            self._select(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the current country."""
        self._select(None)
        super().focusOutEvent(event)
