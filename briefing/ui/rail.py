"""The rail at the left: one button for every screen that exists, and Help at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from briefing.ui.icons import paint_icon
from briefing.ui.navigation import ScreenEntry
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.frames import EDGE_WIDTH
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.tooltips import plain_tooltip

HELP = "help"
"""Key of the screen that stands at the bottom."""

WIDTH = 136
NARROW_WIDTH = 52
WIDEST_FACTOR_WITH_WORDS = 1.25
"""Text size above which the rail shows icons only."""

_ROW = 36
_ICON = 18
_RADIUS = 4


def key_cap_width(theme: Theme, keys: str) -> int:
    """How wide the cap of a key is drawn."""
    return round(theme.metrics("note").horizontalAdvance(keys)) + 2 * theme.px(6)


def paint_key_cap(painter: QPainter, theme: Theme, rect: QRect, keys: str) -> None:
    """Draw a key as a little cap at the right of a control: shortcuts worth showing always."""
    width, height = key_cap_width(theme, keys), theme.px(18)
    left = rect.right() + 1 - width - theme.px(8)
    cap = QRectF(left, rect.y() + (rect.height() - height) // 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line_2"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    painter.setFont(theme.font("note"))
    painter.setPen(theme.colour("ink_3"))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, keys)


class RailButton(QAbstractButton):
    """One screen: icon and name, or the icon alone with the name as its tooltip."""

    stepped = Signal(int)
    """The next button (+1) or the one before (-1) was asked for."""

    def __init__(self, theme: Theme, entry: ScreenEntry) -> None:
        """Make it checkable; the rail's group keeps one checked."""
        super().__init__()
        self._theme = theme
        self._entry = entry
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keys = entry.keys
        self.setAccessibleName(entry.label)
        self.setAccessibleDescription(keys)
        self.setToolTip(plain_tooltip(f"{entry.label} ({keys})" if keys else entry.label))

    @property
    def key(self) -> str:
        """Key of its screen."""
        return self._entry.key

    def _role(self) -> Role:
        return "rail_current" if self.isChecked() else "rail"

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("paper"))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)
            edge = QRect(0, theme.px(8), EDGE_WIDTH, self.height() - 2 * theme.px(8))
            painter.fillRect(edge, theme.colour("accent"))
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("line"))
            painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def sizeHint(self) -> QSize:
        """As wide as its name asks for, one row high."""
        theme = self._theme
        if theme.factor > WIDEST_FACTOR_WITH_WORDS:
            return QSize(theme.px(_ICON + 10), theme.px(_ROW))
        words = round(theme.metrics("rail_current").horizontalAdvance(self._entry.label))
        return QSize(theme.px(8 + _ICON + 8 + 8) + words, theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """A name is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between screens without opening them; Enter and the space bar open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the icon and, while there is room, the name."""
        theme = self._theme
        painter = QPainter(self)
        self._paint_ground(painter)
        colour: Colour = "accent" if self.isChecked() else "ink_2"
        side = theme.px(_ICON)
        words = theme.factor <= WIDEST_FACTOR_WITH_WORDS
        left = theme.px(8) if words else (self.width() - side) // 2
        spot = QRectF(left, (self.height() - side) // 2, side, side)
        paint_icon(painter, spot, theme, self._entry.icon, colour)
        if not words:
            return
        painter.setFont(theme.font(self._role()))
        painter.setPen(theme.colour(colour))
        text = self.rect().adjusted(theme.px(8 + _ICON + 8), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self._entry.label)
        if self._entry.key == HELP:
            paint_key_cap(painter, theme, self.rect(), self._entry.keys)


class Rail(QFrame):
    """Where one can go. It scrolls where the window is too low for all of it."""

    activated = Signal(str)
    """Key of the screen that was asked for."""

    def __init__(
        self, theme: Theme, entries: Sequence[ScreenEntry], parent: QWidget | None = None
    ) -> None:
        """Show these screens in this order, Help last."""
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "rail")
        self.setAccessibleName("Screens")
        self._brand = Label(theme, "Threat\nBriefing", "heading", "accent")
        # No QButtonGroup: it takes all buttons but the current one out of the Tab order.
        self._buttons: list[RailButton] = []
        self._current = ""
        self._gap = QSpacerItem(0, 0)
        self._rows = QVBoxLayout()
        self._lay_out(entries)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_current(self, key: str) -> None:
        """Mark the screen that is shown."""
        self._current = key
        for button in self._buttons:
            button.setChecked(button.key == key)

    def give_keyboard(self) -> None:
        """The keyboard to the button of the screen that is shown, or to the first."""
        at = next((button for button in self._buttons if button.isChecked()), self._buttons[0])
        at.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self, entries: Sequence[ScreenEntry]) -> None:
        content = QWidget()
        content.setLayout(self._rows)
        self._rows.addWidget(self._brand)
        self._rows.addItem(self._gap)
        shown = [entry for entry in entries if entry.in_rail]
        for entry in sorted(shown, key=lambda entry: entry.key == HELP):
            if entry.key == HELP:
                self._rows.addStretch(1)
            self._rows.addWidget(self._button(entry))
        if not any(entry.key == HELP for entry in shown):
            self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.addWidget(area)

    def _button(self, entry: ScreenEntry) -> RailButton:
        button = RailButton(self._theme, entry)
        button.clicked.connect(partial(self._on_button_clicked, entry.key))
        button.stepped.connect(partial(self._on_button_stepped, len(self._buttons)))
        self._buttons.append(button)
        return button

    def _on_button_clicked(self, key: str) -> None:
        self.set_current(self._current)  # Where one is decides, not what was clicked.
        self.activated.emit(key)

    def _on_button_stepped(self, number: int, way: int) -> None:
        at = max(0, min(number + way, len(self._buttons) - 1))
        self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        words = self._theme.factor <= WIDEST_FACTOR_WITH_WORDS
        self.setFixedWidth(px(WIDTH if words else NARROW_WIDTH))
        self._brand.setVisible(words)
        self._brand.setContentsMargins(px(8), 0, 0, 0)
        self._gap.changeSize(0, px(10 if words else 4))
        side = px(8 if words else 4)  # narrow enough that a scroll bar covers nothing
        self._rows.setContentsMargins(side, px(4), side, px(8))
        self._rows.setSpacing(px(2))
        self._rows.invalidate()
        for button in self._buttons:
            button.updateGeometry()
            button.update()
