"""The large map: countries coloured by a number, to point at, choose, zoom and walk with keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from briefing.core.world import SMALL_BELOW, World
from briefing.ui.theme import Theme
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.world_picture import WorldPicture

STEP: Final = 1.5
"""How much one press of + or − changes the zoom."""
_WHEEL_STEP: Final = 1.25
_NOTCH: Final = 120.0
"""What Qt reports for one notch of a wheel, in eighths of a degree."""
_DOT: Final = 5.0
"""Radius of the dot of a small state, in pixels at 100 %."""
_DOTS_ACROSS: Final = 150
"""A map so many dots wide or wider has room for them; on a smaller one they are smaller."""
_LEAST_DOT: Final = 3.0
_ASK: Final = (
    "Arrow keys step through the countries from west to east, Enter chooses one, Ctrl+Enter chooses"
    " several, + and − zoom, 0 shows the whole world, Escape lets go."
)
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_STEPS: Final = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_ZOOMS: Final = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Equal: STEP,
    Qt.Key.Key_Minus: 1 / STEP,
}
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_SEVERAL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class WorldMap(QWidget):
    """The world in the shades of a ramp; what nobody reports about has a ground of its own."""

    selection_changed = Signal(object)
    """The codes a person has chosen, in the order of choosing; () lets go of all."""
    zoom_changed = Signal(float)
    """1 is the whole world."""

    def __init__(self, theme: Theme, world: World) -> None:
        """Nothing is reported about any country yet."""
        super().__init__()
        self._theme = theme
        self._world = world
        self._picture = WorldPicture(world, _DOT, SMALL_BELOW, finds_small=True)
        self._land: QPixmap | None = None
        self._numbers: dict[str, int] = {}
        self._shades: dict[str, int] = {}
        self._noun = ("actor", "actors")
        self._walk: list[str] = []
        self._selected: tuple[str, ...] = ()
        self._current: str | None = None
        self._hovered: str | None = None
        self._pressed: QPointF | None = None
        self._dragged = False
        self._by_key = False
        self.describe: Callable[[str], Sequence[str]] = lambda _code: ()
        """More lines for the tooltip of a country."""
        self.setProperty(OWN_FOCUS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAccessibleDescription(_ASK)
        theme.changed.connect(self._on_theme_changed)
        self.set_numbers({}, {})
        self._on_theme_changed()

    @property
    def selected(self) -> tuple[str, ...]:
        """The chosen countries."""
        return self._selected

    @property
    def current(self) -> str | None:
        """The country the keyboard stands on."""
        return self._current

    @property
    def walk(self) -> tuple[str, ...]:
        """The countries the arrow keys step through: those reported about, from west to east."""
        return tuple(self._walk)

    @property
    def zoom(self) -> float:
        """1 is the whole world."""
        return self._picture.view.zoom

    def set_numbers(
        self,
        numbers: Mapping[str, int],
        shades: Mapping[str, int],
        noun: tuple[str, str] = ("actor", "actors"),
    ) -> None:
        """Colour the map.

        Args:
            numbers: Alpha-2 code to how many; a country without an entry has no reports.
            shades: Alpha-2 code to its step of the ramp, 0 to 4.
            noun: What is counted, for one and for several.
        """
        shapes = self._world.shapes
        self._numbers = {code: number for code, number in numbers.items() if number > 0}
        self._shades = {code: shades[code] for code in self._numbers if code in shapes}
        self._noun = noun
        walked = self._shades or shapes
        self._walk = sorted(walked, key=lambda code: (shapes[code].centroid, code))
        if self._current not in self._walk:
            self._current = None
        self._name()
        self._redraw()

    def set_selected(self, codes: Sequence[str]) -> None:
        """Choose countries without telling anybody; codes that are not on the map are left out."""
        self._selected = tuple(code for code in codes if code in self._world.shapes)
        self._name()
        self.update()

    def text_for(self, code: str) -> str:
        """A country and its number: "Ukraine · 16 actors", "Mongolia · no reports"."""
        shape = self._world.shapes.get(code)
        number = self._numbers.get(code, 0)
        said = f"{number:,} {self._noun[number != 1]}" if number else "no reports"
        return f"{shape.name if shape else code} · {said}"

    def country_at(self, position: QPointF) -> str | None:
        """The country under a point of the widget."""
        return self._fitted().country_at(position, self._dotted())

    def point_of(self, code: str) -> QPointF:
        """Where a country's middle lies in the widget."""
        return self._fitted().point_of(code)

    def zoom_by(self, factor: float) -> None:
        """Zoom around the middle, or around the country the keyboard stands on."""
        view = self._fitted().view
        if self._current:
            changed = view.zoom_at(self.point_of(self._current), factor)
        else:
            changed = view.zoom_in_middle(factor)
        self._moved(changed, zoomed=True)

    def show_world(self) -> None:
        """Show the whole world again."""
        self._moved(self._fitted().view.reset(), zoomed=True)

    def _dotted(self) -> set[str]:
        """Countries that get a dot where they are small: those reported about or chosen."""
        return self._shades.keys() | set(self._selected)

    def _fitted(self) -> WorldPicture:
        """The picture at the present size; a widget not yet shown hears of no new size."""
        if self._picture.fit(self.size()):
            room = self._world.width * self._picture.view.scale / self.zoom / _DOTS_ACROSS
            self._picture.set_dot(min(_DOT * self._theme.factor, max(room, _LEAST_DOT)))
            self._land = None
        return self._picture

    def _fills(self) -> dict[str, str]:
        tokens = self._theme.tokens
        fills = {code: tokens.seq[shade] for code, shade in self._shades.items()}
        small = self._picture.dots([code for code in self._selected if code not in fills])
        return fills | dict.fromkeys(small, tokens.no_data)

    def _name(self) -> None:
        named = len(self._numbers)
        what = "1 country" if named == 1 else f"{named} countries"
        chosen = "; ".join(self.text_for(code) for code in self._selected)
        words = f"World map, {what} with reports."
        self.setAccessibleName(f"{words} Chosen: {chosen}." if chosen else words)

    def _redraw(self) -> None:
        self._land = None
        self.update()

    def _moved(self, changed: bool, *, zoomed: bool = False) -> None:
        if changed:
            self._redraw()
            if zoomed:
                self.zoom_changed.emit(self.zoom)

    def _choose(self, code: str, *, several: bool) -> None:
        if not several:
            chosen: tuple[str, ...] = (code,)
        elif code in self._selected:
            chosen = tuple(other for other in self._selected if other != code)
        else:
            chosen = (*self._selected, code)
        self._tell(chosen)

    def _tell(self, chosen: tuple[str, ...]) -> None:
        if chosen != self._selected:
            if set(chosen) ^ set(self._selected):
                self._land = None
            self.set_selected(chosen)
            self.selection_changed.emit(chosen)

    def _tooltip(self, code: str) -> str:
        rest = "".join(f"<br/>{escape(line)}" for line in self.describe(code) if line)
        title = f"<b>{escape(self.text_for(code))}</b>"
        return f'<p style="white-space:pre">{title}{rest}</p>'

    def _stand_on(self, code: str | None) -> None:
        self._current = code
        self.update()
        if code is None:
            QToolTip.hideText()
            return
        shape = self._world.shapes[code]
        self._moved(self._fitted().view.show(QPointF(*shape.centroid)))
        below = self.point_of(code).toPoint() + QPoint(0, self._theme.px(8))
        QToolTip.showText(self.mapToGlobal(below), self._tooltip(code), self)
        spoken = ", ".join((self.text_for(code), *self.describe(code)))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _step(self, by: int) -> None:
        chosen = next((code for code in self._selected if code in self._walk), None)
        start = self._current or chosen
        first = 0 if by > 0 else -1
        here = first if start is None else self._walk.index(start) + by
        self._stand_on(self._walk[here % len(self._walk)])

    def _let_go(self) -> bool:
        """Let go of the keyboard's country, else of what is chosen; False where there is none."""
        if self._current is not None:
            self._stand_on(None)
        elif self._selected:
            self._tell(())
        else:
            return False
        return True

    def _on_theme_changed(self) -> None:
        self._picture.fit(QSize())
        self.updateGeometry()
        self._redraw()

    def sizeHint(self) -> QSize:
        """Half a window."""
        width = 900
        return QSize(width, round(width * self._world.height / self._world.width))

    def minimumSizeHint(self) -> QSize:
        """Small enough for any window."""
        return QSize(240, 130)

    def event(self, event: QEvent) -> bool:
        """Draw again on a screen of other density."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._redraw()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the land, what is chosen, what is pointed at, and the focus."""
        tokens, picture = self._theme.tokens, self._fitted()
        if self._land is None:
            self._land = picture.draw(tokens, self._fills(), self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._land)
        if self._by_key and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
        for code in self._selected:
            picture.mark(self, tokens, code, "selected")
        if self._hovered and self._hovered not in self._selected:
            picture.mark(self, tokens, self._hovered, "hovered")
        if self._current:
            picture.mark(self, tokens, self._current, "focused")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False
            self._by_key = False
            self._stand_on(None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map, or say at once which country the mouse has come over."""
        place = event.position()
        if self._pressed is not None:
            by = place - self._pressed
            if self._dragged or by.manhattanLength() >= QApplication.startDragDistance():
                self._dragged, self._pressed = True, place
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                QToolTip.hideText()
                self._moved(self._fitted().view.pan(by))
            return
        code = self.country_at(place)
        if code == self._hovered:
            return
        self._hovered = code
        self.update()
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if code else arrow)
        text = self._tooltip(code) if code else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the country that was clicked; a click into the sea lets go of all."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        if self._dragged:
            self._dragged = False
            self.unsetCursor()
            return
        several = bool(event.modifiers() & _SEVERAL)
        code = self.country_at(event.position())
        if code:
            self._choose(code, several=several)
        elif not several:
            self._tell(())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the country under the mouse."""
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        turned = event.angleDelta().y() / _NOTCH
        changed = self._fitted().view.zoom_at(event.position(), _WHEEL_STEP**turned)
        self._moved(changed, zoomed=True)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, choose, zoom, let go; Home and End are the ends of the walk."""
        key = Qt.Key(event.key())
        self._by_key = True
        several = bool(event.modifiers() & _SEVERAL)
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._stand_on(self._walk[0 if key == Qt.Key.Key_Home else -1])
        elif key in _CHOOSING and self._current:
            self._choose(self._current, several=several)
        elif key in _ZOOMS:
            self.zoom_by(_ZOOMS[key])
        elif key == Qt.Key.Key_0:
            self.show_world()
        elif key != Qt.Key.Key_Escape or not self._let_go():
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring where the keyboard brought the focus here."""
        self._by_key = event.reason() in _BY_KEY
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of the keyboard's country."""
        self._stand_on(None)
        super().focusOutEvent(event)
