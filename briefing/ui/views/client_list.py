"""The clients at the left of their screen: whose edits wait, who is looked through, who is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.wording import counted
from briefing.store.labels import Labels
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

NEW = "new"
"""Stands for the client that has not been kept yet, in lists and in places."""


class ClientList(QWidget):
    """A heading, a row for each client, and two buttons."""

    chosen = Signal(str)
    """Id of the client whose row a person moved to, or ``NEW``."""

    def __init__(self, theme: Theme) -> None:
        """Nobody yet."""
        super().__init__()
        self._theme = theme
        self._head = WrappedLabel(theme, "Clients", "title")
        self._count = WrappedLabel(theme, "", "note", "ink_3")
        self.new = normal_button(theme, "New", "plus")
        self.new.setAccessibleName("New client")
        self.take = normal_button(theme, "Import…", "import")
        self.take.setAccessibleName("Import a client file")
        self.rows = TwoLineList(theme, "Clients")
        buttons = QWidget()
        self._flow = FlowLayout(buttons)
        for button in (self.new, self.take):
            self._flow.addWidget(button)
        self._top = QVBoxLayout()
        for widget in (self._head, self._count):
            self._top.addWidget(widget)
        self._bottom = QVBoxLayout()
        self._bottom.addWidget(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._top)
        box.addWidget(self.rows, 1)
        box.addWidget(Divider(theme))
        box.addLayout(self._bottom)
        self.rows.row_changed.connect(self.chosen)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_clients(
        self,
        clients: Sequence[Client],
        drafts: Mapping[str, Client],
        looked: str,
        current: str,
        labels: Labels,
    ) -> None:
        """Show other rows.

        Args:
            clients: Those that are kept.
            drafts: Id, or ``NEW`` → a client as it was edited and not kept.
            looked: Id of the one the program is looked at through.
            current: The row that is the current one.
            labels: Words of codes.
        """
        items = [_item(one, one.id, drafts, looked, labels) for one in clients]
        if NEW in drafts:
            items.insert(0, _item(drafts[NEW], NEW, drafts, looked, labels))
        waiting = f", {len(drafts)} with edits not saved" if drafts else ""
        self._count.setText(f"{counted(len(clients), 'client')}{waiting}; only on this computer")
        with QSignalBlocker(self.rows):
            self.rows.set_items(items)
            self.rows.select_key(current)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._top.setContentsMargins(px(16), px(12), px(16), px(8))
        self._top.setSpacing(px(4))
        self._bottom.setContentsMargins(px(16), px(8), px(16), px(12))
        self._flow.set_spacing(px(8))


def _item(
    client: Client, key: str, drafts: Mapping[str, Client], looked: str, labels: Labels
) -> TwoLineItem:
    shown = drafts.get(key, client)
    words = [labels.label("sector", code) for code in shown.sectors[:1]]
    words += [labels.label("country", code) for code in shown.countries[:1]]
    marks: tuple[tuple[bool, str, Colour], ...] = (
        (key in drafts, "not saved", "claim"),
        (key == looked, "looked through", "accent"),
        (shown.example, "example", "claim"),
    )
    mark, colour = next(((text, hue) for on, text, hue in marks if on), ("", "ink_3"))
    name = shown.name or "New client"
    return TwoLineItem(
        key, name, " · ".join(words) or "nothing stated", "", mark, trailing_colour=colour
    )
