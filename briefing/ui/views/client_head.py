"""The head of a client: its name, what state it is in, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import IconButton, normal_button, primary_button
from briefing.ui.widgets.chips import Chip
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import ElidedLabel

_BESIDE = Arrangement(560, (((0, 1), (1, NATURAL)),))


class ClientHead(QWidget):
    """Name and chips at the left, buttons at the right or under them."""

    saved = Signal()
    discarded = Signal()
    looked = Signal()
    """Look through this client's eyes, or through nobody's where it is looked through already."""
    briefed = Signal()
    """Write a briefing for this client."""
    duplicated = Signal()
    exported = Signal()
    deleted = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nobody yet."""
        super().__init__()
        self._theme = theme
        self.name = ElidedLabel(theme, "", "title")
        self._chips = (
            Chip(theme, "example, nobody’s client", "contested"),
            Chip(theme, "looked through", "tint"),
            Chip(theme, "edits not saved", "contested"),
        )
        titles = QWidget()
        self._flow = FlowLayout(titles)
        for widget in (self.name, *self._chips):
            self._flow.addWidget(widget)
        self.save = primary_button(theme, "Save")
        self.discard = normal_button(theme, "Discard edits")
        self.look = normal_button(theme, "Look as this client")
        self.brief = normal_button(theme, "Make briefing")
        self.more = IconButton(theme, "more", "More about this client")
        self._menu = QMenu(self.more)
        self._actions = (
            self._menu.addAction("Duplicate", self.duplicated.emit),
            self._menu.addAction("Export as a file…", self.exported.emit),
        )
        self._menu.addSeparator()
        self._delete = self._menu.addAction("Delete…", self.deleted.emit)
        self.more.setMenu(self._menu)
        buttons = QWidget()
        self._buttons = FlowLayout(buttons)
        for button in (self.look, self.brief, self.discard, self.save, self.more):
            self._buttons.addWidget(button)
        self._box = QVBoxLayout(self)
        self._box.addWidget(Columns(theme, (titles, buttons), (_BESIDE, stacked(2)), 16, 8))
        self.save.clicked.connect(self.saved)
        self.discard.clicked.connect(self.discarded)
        self.look.clicked.connect(self.looked)
        self.brief.clicked.connect(self.briefed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_client(self, client: Client, *, edited: bool, looked: bool, busy: bool) -> None:
        """Name another client, or the same in another state."""
        new = not client.id
        self.name.setText(client.name or "New client")
        self.name.setAccessibleName(self.name.text())
        for chip, on in zip(self._chips, (client.example, looked, edited), strict=True):
            chip.setVisible(on)
        self.save.setEnabled(edited and not busy)
        self.discard.setVisible(edited)
        self.discard.setEnabled(not busy)
        self.look.setVisible(not new)
        self.look.setEnabled(not busy)
        self.look.set_text("Look as nobody" if looked else "Look as this client")
        self.brief.setVisible(not new)
        self.brief.setEnabled(not busy)
        self.more.setVisible(not new)
        self.more.setEnabled(not busy)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(px(20), px(12), px(20), px(12))
        self._flow.set_spacing(px(8))
        self._buttons.set_spacing(px(8))
        self.updateGeometry()
