"""The bar over every screen: back, forward, search; whose eyes; how old the data is; the view."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from briefing.core.search import Search
from briefing.settings import TEXT_SIZES
from briefing.ui.icons import IconName, paint_icon
from briefing.ui.navigation import History, Place
from briefing.ui.search_box import SearchBox
from briefing.ui.theme import Scheme, Theme
from briefing.ui.widgets.buttons import IconButton, icon_button
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.tooltips import plain_tooltip

HEIGHT = 48

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SCHEMES: tuple[tuple[Scheme, str], ...] = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)
_ICON = 16
_ARROW = 18
_GAP = 6
_LINE = 24


def day_text(day: date) -> str:
    """A day as it is written on screen ("12 Nov 2026"), whatever the computer's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class DataAge(QAbstractButton):
    """How old the data is; opens the sources. Where room is short it says less, never half."""

    def __init__(self, theme: Theme, day: date | None) -> None:
        """``day`` is that of the newest source; None where there is no data yet."""
        super().__init__()
        self._theme = theme
        self._texts: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_day(day)

    def set_day(self, day: date | None) -> None:
        """Say another day, as after an import."""
        if day is None:
            self._texts = ("no data yet · offline", "no data", "")
            tip = "The database is empty. Import a feed under Sources; no network is needed."
        else:
            self._texts = (f"data as of {day_text(day)} · offline", day_text(day), "")
            tip = (
                f"The newest source in the database is of {day_text(day)}. The program works "
                "without a network and fetches nothing unless you ask for it under Sources."
            )
        self.setText(self._texts[0])
        self.setAccessibleName(self._texts[0])
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tooltip(tip))
        self.updateGeometry()
        self.update()

    def _width(self, text: str) -> int:
        words = round(self._theme.metrics("table").horizontalAdvance(text)) + 2 if text else 0
        return self._theme.px(_ICON) + (self._theme.px(_GAP) + words if words else 0)

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        return QSize(self._width(self._texts[0]), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Room for the icon, which has the rest as its tooltip."""
        return QSize(self._width(""), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the longest form that fits, at the right."""
        theme = self._theme
        painter = QPainter(self)
        text = next(text for text in self._texts if not text or self._width(text) <= self.width())
        left = self.width() - self._width(text)
        side = theme.px(_ICON)
        spot = QRectF(left, (self.height() - side) // 2, side, side)
        paint_icon(painter, spot, theme, "offline", "ink_3")
        painter.setFont(theme.font("table"))
        painter.setPen(theme.colour("ink_2" if self.underMouse() else "ink_3"))
        words = self.rect().adjusted(left + side + theme.px(_GAP), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


class ViewMenu(QMenu):
    """Light or dark, and the size of the text; the theme itself is what it changes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Both choices as submenus with the present one ticked."""
        super().__init__(parent)
        self._theme = theme
        self._schemes: dict[Scheme, QAction] = {}
        self._sizes: dict[int, QAction] = {}
        colours = QActionGroup(self)
        menu = self.addMenu("Colours")
        for scheme, words in _SCHEMES:
            self._schemes[scheme] = colours.addAction(words)
            self._schemes[scheme].setData(scheme)
        menu.addActions(colours.actions())
        sizes = QActionGroup(self)
        menu = self.addMenu("Text size")
        for size in TEXT_SIZES:
            self._sizes[size] = sizes.addAction(f"{size}\N{NO-BREAK SPACE}%")
            self._sizes[size].setData(size)
        menu.addActions(sizes.actions())
        for action in (*colours.actions(), *sizes.actions()):
            action.setCheckable(True)
        colours.triggered.connect(lambda action: theme.set_scheme(action.data()))
        sizes.triggered.connect(lambda action: theme.set_factor(action.data() / 100))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def step(self, way: int) -> None:
        """The next larger (+1) or smaller (-1) text size, as far as there is one."""
        now = round(self._theme.factor * 100)
        sizes = [size for size in TEXT_SIZES if (size - now) * way > 0]
        if sizes:
            self._theme.set_factor((min if way > 0 else max)(sizes) / 100)

    def _on_theme_changed(self) -> None:
        self._schemes[self._theme.scheme].setChecked(True)
        for size, action in self._sizes.items():
            action.setChecked(size == round(self._theme.factor * 100))


class TopBar(QFrame):
    """Everything that is the same on every screen and not a screen."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(
        self,
        theme: Theme,
        history: History,
        search: Search,
        data_as_of: date | None,
        parent: QWidget | None = None,
    ) -> None:
        """Back and forward follow ``history``; search asks ``search``."""
        super().__init__(parent)
        self._theme = theme
        self._history = history
        self.setProperty("look", "bar")
        self._back = _arrow(theme, "back", "Back (Alt+Left)")
        self._forward = _arrow(theme, "forward", "Forward (Alt+Right)")
        self.search = SearchBox(theme, search)
        self.data_age = DataAge(theme, data_as_of)
        self.view_menu = ViewMenu(theme, self)
        self._view = icon_button(theme, "more", "View: colours and text size", quiet=True)
        self._view.setMenu(self.view_menu)
        self._row = QHBoxLayout(self)
        self._last: QWidget = self.search
        self._lay_out()
        self._back.clicked.connect(history.back)
        self._forward.clicked.connect(history.forward)
        self.data_age.clicked.connect(lambda: self.navigate.emit(Place("sources")))
        history.moved.connect(self._on_history_moved)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._on_history_moved()

    def add(self, widget: QWidget) -> None:
        """Put something that holds on every screen before the data's age, as the client chosen."""
        at = self._row.indexOf(self.data_age)
        line = Divider(self._theme, vertical=True, quiet=False, space=0)
        line.setMaximumHeight(self._theme.px(_LINE))
        self._row.insertWidget(at, widget)
        self._row.insertWidget(at + 1, line)
        # Tab goes where the eye goes.
        QWidget.setTabOrder(self._last, widget)
        QWidget.setTabOrder(widget, self.data_age)
        self._last = widget

    def _lay_out(self) -> None:
        self._row.addWidget(self._back)
        self._row.addWidget(self._forward)
        self._row.addWidget(self.search, 100)  # as wide as it may be, before the gap grows
        self._row.addStretch(1)
        self._row.addWidget(self.data_age)
        self._row.addWidget(self._view)

    def _on_history_moved(self) -> None:
        self._back.setEnabled(self._history.can_back)
        self._forward.setEnabled(self._history.can_forward)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(HEIGHT))
        self._row.setContentsMargins(px(16), 0, px(16), 0)
        self._row.setSpacing(px(8))
        for button in (self._back, self._forward):
            button.setIconSize(QSize(px(_ARROW), px(_ARROW)))


def _arrow(theme: Theme, icon_name: IconName, name: str) -> IconButton:
    """A step in the history: strong while there is one, pale while there is none."""
    return IconButton(theme, icon_name, name, quiet=True, colour="ink")
