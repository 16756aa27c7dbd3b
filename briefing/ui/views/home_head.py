"""The head of the Home screen: the client in a few chips, and the two things to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.client import Client
from briefing.core.wording import plural
from briefing.store.labels import Labels
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button, primary_button
from briefing.ui.widgets.chips import Chip, ChipKind
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import ElidedLabel, WrappedLabel
from briefing.ui.widgets.tab_order import lead

_BESIDE: Final = Arrangement(640, (((0, 1), (1, NATURAL)),))
_FEW: Final = 3
"""Sectors or countries that are named; of more, the rest is counted."""
SIZES: Final = {
    "micro": "fewer than 10 people",
    "small": "10 to 49 people",
    "medium": "50 to 249 people",
    "large": "250 people or more",
}


class HomeHead(QWidget):
    """Name and chips at the left, buttons at the right or under them."""

    navigate = Signal(object)
    """The Place that was asked for."""

    def __init__(self, theme: Theme) -> None:
        """Nobody yet."""
        super().__init__()
        self._theme = theme
        self._client: Client | None = None
        self._name = ElidedLabel(theme, "", "title")
        titles = QWidget()
        self._flow = FlowLayout(titles)
        self._flow.addWidget(self._name)
        self._chips: list[Chip] = []
        self._under = WrappedLabel(theme, "", "body", "ink_2")
        self.edit = normal_button(theme, "Edit client", "edit")
        self.brief = primary_button(theme, "Make a briefing", "document")
        self.set_up = primary_button(theme, "Set up a client", "plus")
        buttons = QWidget()
        self._buttons = FlowLayout(buttons)
        for button in (self.edit, self.brief, self.set_up):
            self._buttons.addWidget(button)
        self._box = QVBoxLayout(self)
        self._box.addWidget(Columns(theme, (titles, buttons), (_BESIDE, stacked(2)), 16, 8))
        self._box.addWidget(self._under)
        self.edit.clicked.connect(self._on_edit)
        self.brief.clicked.connect(lambda: self.navigate.emit(Place("briefings")))
        self.set_up.clicked.connect(lambda: self.navigate.emit(Place("clients", "", "new")))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_client(self, client: Client | None, labels: Labels, under: str) -> None:
        """Name another client, or nobody."""
        self._client = client
        name = client.name if client is not None else "Home"
        self._name.setText(name)
        self._name.setAccessibleName(name)
        self._under.setText(under)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        wanted = client_chips(client, labels) if client is not None else ()
        self._chips = [Chip(self._theme, words, look) for words, look in wanted]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        known = client is not None
        shown = (self.edit, self.brief) if known else (self.set_up,)
        hidden = (self.set_up,) if known else (self.edit, self.brief)
        for button in shown:
            button.show()
        lead(self, shown[-1])
        # What is hidden would leave the keyboard to whatever comes next, far down the page.
        if any(button.hasFocus() for button in hidden):
            shown[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        for button in hidden:
            button.hide()
        self._on_theme_changed()

    def _on_edit(self) -> None:
        if self._client is not None:
            self.navigate.emit(Place("clients", self._client.id))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(px(20), px(12), px(20), px(12))
        self._box.setSpacing(px(4))
        self._flow.set_spacing(px(8))
        self._buttons.set_spacing(px(8))
        self.updateGeometry()


def client_chips(client: Client, labels: Labels) -> Iterator[tuple[str, ChipKind]]:
    """A client in a few words each."""
    if client.example:
        yield "example client", "contested"
    sectors = [labels.label("sector", code) for code in client.sectors]
    countries = [labels.target(code) for code in client.countries]
    for names, noun in ((sectors, "sector"), (countries, "country")):
        for name in names[:_FEW]:
            yield name, "plain"
        if rest := len(names) - _FEW if len(names) > _FEW else 0:
            yield f"and {rest} more {noun if rest == 1 else plural(noun)}", "quiet"
    if client.size:
        yield SIZES[client.size], "plain"
    if client.uses_msp:
        yield "uses an IT provider (MSP)", "plain"
