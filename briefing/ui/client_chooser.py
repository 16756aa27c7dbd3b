"""Whose eyes, and up to which level: two quiet widgets of the top bar, and what moves them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from briefing.core.client import Client
from briefing.core.tlp import Tlp
from briefing.core.wording import curly
from briefing.ui.icons import paint_icon
from briefing.ui.jobs import Jobs
from briefing.ui.looking import Looking
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.widgets.badges import BADGE_HEIGHT, paint_tlp, tlp_width
from briefing.ui.widgets.tooltips import plain_tooltip

if TYPE_CHECKING:
    from briefing.services.clients import Shelved

NOBODY = "nobody"
LARGE_TEXT = 1.25
"""From this text size on there is no room for words that an icon or a badge says too."""
_HEIGHT, _GAP, _CHEVRON, _ICON = 28, 6, 12, 16
_LONGEST_NAME = 200
"""Pixels at 100 %; a longer name ends in "…"."""
_LEAST_NAME = 48
_OPENING = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _BarButton(QAbstractButton):
    """Words without a box that open a menu; where room is short they say less, never half."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.menu = QMenu(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        theme.changed.connect(self.refresh)

    def open(self) -> None:
        """Show the menu under the words."""
        self.menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def refresh(self) -> None:
        """Say something else, in another size or colour."""
        self.updateGeometry()
        self.update()

    def _paint_chevron(self, painter: QPainter, left: float) -> None:
        side = self._theme.px(_CHEVRON)
        box = QRectF(left, (self.height() - side) / 2, side, side)
        paint_icon(painter, box, self._theme, "chevron-down", "ink_2")

    def _paint_words(self, painter: QPainter, left: float, words: str) -> float:
        """Draw quiet words; returns where the next thing begins."""
        if not words:
            return left
        metrics = self._theme.metrics("table")
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(self._theme.font("table"))
        painter.setPen(self._theme.colour("ink_2" if self.underMouse() else "ink_3"))
        painter.drawText(QPointF(left, base), words)
        return left + metrics.horizontalAdvance(words) + self._theme.px(_GAP)

    def _words_width(self, words: str) -> float:
        if not words:
            return 0
        return self._theme.metrics("table").horizontalAdvance(words) + self._theme.px(_GAP)

    def _end_width(self) -> float:
        return self._theme.px(_GAP + _CHEVRON) + 2

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Down, Enter or the space bar."""
        if event.key() in _OPENING:
            self.open()
            return
        super().keyPressEvent(event)


class ClientButton(_BarButton):
    """``as Harbour Dental Group ⌄``; a menu of nobody, every client, and a way to set one up."""

    chosen = Signal(object)
    """The Client, or None for nobody."""
    set_up_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nobody."""
        super().__init__(theme)
        self._name = NOBODY
        self.show_clients((), None)

    def show_clients(self, clients: Sequence[Client], looked: Client | None) -> None:
        """Offer other clients, and say which of them is looked through."""
        self._name = looked.name if looked is not None else NOBODY
        self.menu.clear()
        group = QActionGroup(self.menu)
        for client in (None, *clients):
            name = client.name if client is not None else "Nobody in particular"
            mark = " (example)" if client is not None and client.example else ""
            action = self.menu.addAction(f"{name}{mark}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(
                (client.id if client is not None else "") == (looked.id if looked else "")
            )
            group.addAction(action)
            action.triggered.connect(partial(self._on_chosen, client))
        self.menu.addSeparator()
        self.menu.addAction("Set up a client…", self.set_up_asked.emit)
        self.setText(f"as {self._name}")
        self.setAccessibleName(f"Looked at as {self._name}")
        self.setAccessibleDescription("Opens a menu of clients.")
        self.setToolTip(plain_tooltip(f"The program is looked at as {self._name}."))
        self.refresh()

    def _on_chosen(self, client: Client | None, _checked: bool = False) -> None:
        self.chosen.emit(client)

    def _name_width(self) -> float:
        return self._theme.metrics("table_strong").horizontalAdvance(self._name) + 2

    def sizeHint(self) -> QSize:
        """The whole name, as far as a bar has room for one."""
        name = min(self._name_width(), self._theme.px(_LONGEST_NAME))
        width = self._words_width("as") + name + self._end_width()
        return QSize(round(width) + 1, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The icon alone, which has the rest as its tooltip."""
        return QSize(round(self._theme.px(_ICON) + self._end_width()), self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words and as much of the name as fits, or an icon where none does."""
        theme, painter = self._theme, QPainter(self)
        end = self.width() - self._end_width()
        least = min(theme.px(_LEAST_NAME), self._name_width())
        words = "as" if end - self._words_width("as") >= least else ""
        room = end - self._words_width(words)
        metrics = theme.metrics("table_strong")
        if room < least:
            side = theme.px(_ICON)
            box = QRectF(0, (self.height() - side) / 2, side, side)
            paint_icon(painter, box, theme, "clients", "ink_2")
            self._paint_chevron(painter, side + theme.px(_GAP))
            return
        left = self._paint_words(painter, 0, words)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        base = (self.height() - metrics.height()) / 2 + metrics.ascent()
        painter.setFont(theme.font("table_strong"))
        painter.setPen(theme.colour("ink" if self._name != NOBODY else "ink_2"))
        painter.drawText(QPointF(left, base), name)
        self._paint_chevron(painter, left + metrics.horizontalAdvance(name) + theme.px(_GAP))


class AudienceButton(_BarButton):
    """``audience up to TLP:AMBER ⌄``; a menu of the five levels with what each means."""

    chosen = Signal(object)
    """The Tlp."""
    WORDS = "audience up to"

    def __init__(self, theme: Theme) -> None:
        """AMBER."""
        super().__init__(theme)
        self._level = Tlp.AMBER
        group = QActionGroup(self.menu)
        self._actions = {level: self.menu.addAction(_level_words(level)) for level in Tlp}
        for level, action in self._actions.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(partial(self._on_chosen, level))
        self.set_level(Tlp.AMBER)

    def set_level(self, level: Tlp) -> None:
        """Say another level."""
        self._level = level
        self._actions[level].setChecked(True)
        self.setText(f"{self.WORDS} {level.label}")
        self.setAccessibleName(f"Audience up to {level.label}")
        self.setAccessibleDescription(curly(level.meaning))
        self.setToolTip(plain_tooltip(f"Audience up to {level.label}. {curly(level.meaning)}"))
        self.refresh()

    def _on_chosen(self, level: Tlp, _checked: bool = False) -> None:
        self.chosen.emit(level)

    def sizeHint(self) -> QSize:
        """The words and the badge; in large text the badge alone."""
        words = "" if self._theme.factor > LARGE_TEXT else self.WORDS
        return QSize(round(self._words_width(words) + self._badge()) + 1, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The badge, which is never cut."""
        return QSize(round(self._badge()) + 1, self._theme.px(_HEIGHT))

    def _badge(self) -> float:
        return tlp_width(self._theme, self._level) + self._end_width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words where there is room, and the badge in any case."""
        theme, painter = self._theme, QPainter(self)
        fits = self._words_width(self.WORDS) + self._badge() <= self.width()
        left = self._paint_words(painter, 0, self.WORDS if fits else "")
        height = theme.px(BADGE_HEIGHT)
        box = QRectF(left, (self.height() - height) / 2, tlp_width(theme, self._level), height)
        paint_tlp(painter, box, theme, self._level)
        self._paint_chevron(painter, box.right() + theme.px(_GAP))


class ClientChooser(QObject):
    """Owns both widgets, keeps ``Looking`` and the workspace in step with what is chosen there.

    Attributes:
        client: For the top bar.
        audience: For the top bar.
    """

    client_changed = Signal(object)
    """The Client that is looked through now, or None."""
    tlp_changed = Signal(object)
    """The Tlp up to which is shown now."""
    navigate = Signal(object)
    """The Place where a client is set up."""

    def __init__(self, theme: Theme, jobs: Jobs, workspace: Path, looking: Looking) -> None:
        """Nothing is read before ``read``."""
        super().__init__()
        self._jobs, self._workspace, self._looking = jobs, workspace, looking
        self._clients: tuple[Client, ...] = ()
        self.client = ClientButton(theme)
        self.audience = AudienceButton(theme)
        self.client.chosen.connect(self._on_client_chosen)
        self.client.set_up_asked.connect(self._on_set_up_asked)
        self.audience.chosen.connect(looking.set_ceiling)
        looking.client_changed.connect(self._on_looking_client_changed)
        looking.ceiling_changed.connect(self._on_looking_ceiling_changed)
        self._show()

    def read(self) -> None:
        """Read the clients, and look through the one that was chosen last."""
        workspace = self._workspace
        job = self._jobs.run("Reading your clients", lambda _task: _read(workspace), serial=True)
        job.then(self._on_read)

    def show_shelved(self, shelved: Shelved) -> None:
        """Know other clients, as after one was kept or deleted."""
        self._clients = shelved.clients
        self._show()

    def _on_read(self, shelved: Shelved) -> None:
        self._clients = shelved.clients
        self._looking.set_client(shelved.chosen)
        self._show()

    def _on_client_chosen(self, client: Client | None) -> None:
        self._looking.set_client(client)
        workspace, key = self._workspace, client.id if client is not None else ""
        # What cannot be remembered is said by the window; it is looked through all the same.
        self._jobs.run("Remembering the client", lambda _task: _choose(workspace, key), serial=True)

    def _on_set_up_asked(self) -> None:
        self.navigate.emit(Place("clients", "", "new"))

    def _on_looking_client_changed(self) -> None:
        self._show()
        self.client_changed.emit(self._looking.client)

    def _on_looking_ceiling_changed(self) -> None:
        self._show()
        self.tlp_changed.emit(self._looking.ceiling)

    def _show(self) -> None:
        self.client.show_clients(self._clients, self._looking.client)
        self.audience.set_level(self._looking.ceiling)


def _level_words(level: Tlp) -> str:
    return f"{level.label}: {curly(level.meaning)}"


def _read(workspace: Path) -> Shelved:
    # lazy: 0.1 s of checks and migrations; the window stands before its clients are read.
    from briefing.services.clients import ClientShelf  # noqa: PLC0415 - start time

    with ClientShelf(workspace) as shelf:
        return shelf.read()


def _choose(workspace: Path, client: str) -> None:
    # lazy: as above.
    from briefing.services.clients import ClientShelf  # noqa: PLC0415 - start time

    with ClientShelf(workspace) as shelf:
        shelf.choose(client)
