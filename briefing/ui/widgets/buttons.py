"""Buttons: one primary a screen, destructive outlined and never filled, links without a box."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from briefing.ui.icons import IconName, icon
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour, Role
from briefing.ui.widgets.tooltips import plain_tooltip

Look = Literal["primary", "normal", "flat", "destructive", "menu"]
CONTROL_HEIGHT = 28
_BOXED_WIDTH = 36
_QUIET_WIDTH = 28
_BUTTON_ICON = 14
_ICON_GAP = 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ICON_COLOURS: dict[Look, Colour] = {
    "primary": "on_accent",
    "normal": "ink",
    "flat": "accent",
    "destructive": "error",
    "menu": "ink",
}


class Button(QPushButton):
    """A push button in one of our looks; an "&" in its text is an "&", not a shortcut."""

    def __init__(
        self, theme: Theme, text: str, look: Look = "normal", icon_name: IconName | None = None
    ) -> None:
        """Make it; ``clicked`` is Qt's own signal."""
        super().__init__(text.replace("&", "&&"))
        self._theme = theme
        self._look: Look = look
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if icon_name is not None:
            self.set_icon(icon_name)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_text(self, text: str) -> None:
        """Change the words on the button and for screen readers."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well as with the space bar."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.menu() is not None:
            self.showMenu()
        elif not event.isAutoRepeat():
            self.click()

    def set_icon(self, name: IconName) -> None:
        """Show one of our icons before the words."""
        self.setIcon(icon(self._theme, name, _ICON_COLOURS[self._look]))

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("primary" if self._look == "primary" else "button"))
        side = self._theme.px(_BUTTON_ICON)
        self.setIconSize(QSize(side + self._theme.px(_ICON_GAP), side))


class LinkButton(QAbstractButton):
    """Words in the accent colour that do something; underlined under the pointer."""

    def __init__(self, theme: Theme, text: str, role: Role = "key", name: str = "") -> None:
        """Show ``text``; ``name`` says more to a screen reader ("All 30 names")."""
        super().__init__()
        self._theme = theme
        self._role: Role = role
        self.setText(text)
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def baseline(self) -> float:
        """Distance from the top of the button to the baseline of its letters."""
        metrics = QFontMetricsF(self.font())
        return (self._theme.line_height(self._role) - metrics.height()) / 2 + metrics.ascent()

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(self._role))
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the underline."""
        super().enterEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        """The text in the role's line."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(int(width) + 2, self._theme.line_height(self._role))

    def minimumSizeHint(self) -> QSize:
        """A link is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words on their baseline."""
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(self.isEnabled() and self.underMouse())
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent" if self.isEnabled() else "ink_3"))
        painter.drawText(QPointF(0, self.baseline()), self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the link with Enter as well as with the space bar."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def primary_button(theme: Theme, text: str, icon_name: IconName | None = None) -> Button:
    """The one thing to do on a screen: filled with the accent."""
    return Button(theme, text, "primary", icon_name)


def normal_button(theme: Theme, text: str, icon_name: IconName | None = None) -> Button:
    """Anything else worth a box."""
    return Button(theme, text, "normal", icon_name)


def flat_button(theme: Theme, text: str, icon_name: IconName | None = None) -> Button:
    """An action inside a row: no box until the pointer is on it."""
    return Button(theme, text, "flat", icon_name)


def destructive_button(theme: Theme, text: str, icon_name: IconName | None = None) -> Button:
    """Deletes something: outlined in the error colour."""
    return Button(theme, text, "destructive", icon_name)


def menu_button(theme: Theme, text: str, menu: QMenu, icon_name: IconName | None = None) -> Button:
    """Opens a menu, which it owns from now on; the chevron says so."""
    button = Button(theme, text, "menu", icon_name)
    # As the first child of a screen, a menu cuts the Tab order in two once that screen names a
    # focus proxy among its later children.
    menu.setParent(button, menu.windowFlags())
    button.setMenu(menu)
    return button


class IconButton(QToolButton):
    """A square button with an icon; its words are the tooltip and the accessible name."""

    def __init__(
        self,
        theme: Theme,
        icon_name: IconName,
        name: str,
        *,
        quiet: bool = False,
        colour: Colour = "ink_2",
        parent: QWidget | None = None,
    ) -> None:
        """``quiet`` leaves the box out until the pointer is on it."""
        super().__init__(parent)
        self._theme = theme
        self._colour: Colour = colour
        self._quiet = quiet
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("look", "quiet-icon" if quiet else "icon")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_icon(icon_name, name)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def set_icon(self, icon_name: IconName, name: str) -> None:
        """Change what it shows and what it is called."""
        self.setIcon(icon(self._theme, icon_name, self._colour))
        self.setAccessibleName(name)
        self.setToolTip(plain_tooltip(name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well as with the space bar."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.menu() is not None:
            self.showMenu()
        elif not event.isAutoRepeat():
            self.click()

    def _on_theme_changed(self) -> None:
        side = self._theme.px(_BUTTON_ICON)
        self.setIconSize(QSize(side, side))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as any control; with a box a little wider than high."""
        width = _QUIET_WIDTH if self._quiet else _BOXED_WIDTH
        return QSize(self._theme.px(width), self._theme.px(CONTROL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()


def icon_button(theme: Theme, icon_name: IconName, name: str, *, quiet: bool = False) -> IconButton:
    """A button that has only an icon; ``name`` says what it does."""
    return IconButton(theme, icon_name, name, quiet=quiet)
