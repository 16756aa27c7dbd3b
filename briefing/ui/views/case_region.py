"""A part of an incident's page: its meaning edge, its heading, what can be done with its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from briefing.core.case import Cited
from briefing.ui.icons import IconName
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.actor_sections.section import open_address
from briefing.ui.views.case_terms import cited_words
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import EDGE_WIDTH
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.section_header import SectionHeader

RegionEdge = Literal["claim", "evidence", "assessment", "line", "none"]
_EDGES: Final[dict[RegionEdge, tuple[Colour, int]]] = {
    "claim": ("claim", EDGE_WIDTH),
    "evidence": ("evidence", EDGE_WIDTH),
    "assessment": ("ink", EDGE_WIDTH),
    "line": ("line", 1),
    "none": ("line", 0),
}
_SIDES = 20
_TOP = 8
_BOTTOM = 12

Offer: TypeAlias = tuple[str, Callable[[], object]]
"""Something that can be done with a row: the words, and what does it."""


class CaseRegion(QWidget):
    """A block whose edge runs down all of its left side. ``body`` is its layout."""

    def __init__(self, theme: Theme, edge: RegionEdge) -> None:
        """An empty block."""
        super().__init__()
        self._theme = theme
        self._colour, self._width = _EDGES[edge]
        self.body = QVBoxLayout(self)
        theme.changed.connect(self._on_region_theme_changed)
        self._on_region_theme_changed()

    def _on_region_theme_changed(self) -> None:
        px = self._theme.px
        left = px(_SIDES if self._width <= 1 else _SIDES - EDGE_WIDTH) + self._width
        self.body.setContentsMargins(left, px(_TOP), px(_SIDES), px(_BOTTOM))
        self.body.setSpacing(px(4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge, and the line that parts it from what stands above."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.colour("line_2"))
        edge = QRect(0, 0, self._width, self.height())
        painter.fillRect(edge, self._theme.colour(self._colour))


class RegionHead(QWidget):
    """``❝ Claims  2, contested        Add claim``: an icon, and a heading in its colour."""

    link_activated = Signal()

    def __init__(self, theme: Theme, title: str, icon: IconName, colour: Colour) -> None:
        """Without a note or a link; see ``show_note`` and ``offer``."""
        super().__init__()
        self._theme = theme
        self._header = SectionHeader(theme, title, colour=colour)
        self._header.link_activated.connect(self.link_activated)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(IconLabel(theme, icon, 14, colour))
        self._row.addWidget(self._header, 1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_note(self, note: str) -> None:
        """Say how many there are."""
        self._header.set_note(note)
        self.setAccessibleName(self._header.accessibleName())

    def offer(self, link: str) -> None:
        """Offer a link at the right; "" takes it away."""
        self._header.set_link(link)

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))


class RowStrip(QWidget):
    """What the chosen row has to do with the other side, and what can be done with it."""

    def __init__(self, theme: Theme, rows: QWidget) -> None:
        """Empty; see ``show_offers``. ``rows`` has the keyboard when a link goes that had it."""
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._words = WrappedLabel(theme, "", "note", "ink_3")
        self._flow = FlowLayout(self)
        self._links: list[LinkButton] = []
        self._flow.addWidget(self._words)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_offers(self, words: str, offers: Sequence[Offer]) -> None:
        """Say something about the chosen row, and offer what can be done."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        # Also behind a dialog, such as the form of the row: the window remembers who had it.
        focus = self.window().focusWidget()
        if focus is not None and focus in self._links and self._rows.isVisibleTo(self.window()):
            self._rows.setFocus(Qt.FocusReason.OtherFocusReason)
        for old in self._links:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links.clear()
        for label, run in offers:
            link = LinkButton(self._theme, label, "note_strong", label)
            link.clicked.connect(lambda _=False, run=run: run())
            self._flow.addWidget(link)
            self._links.append(link)
        self.setVisible(bool(words or offers))
        self.updateGeometry()

    def text(self) -> str:
        """What it says, and what it offers."""
        return "\n".join((self._words.text(), *(link.text() for link in self._links)))

    def _on_theme_changed(self) -> None:
        self._flow.set_spacing(self._theme.px(12), self._theme.px(2))


def show_menu(parent: QWidget, place: QPoint, offers: Sequence[Offer]) -> QMenu:
    """Show what can be done as a menu, and return at once."""
    menu = QMenu(parent)
    for label, run in offers:
        action = menu.addAction(label.replace("&", "&&"))
        action.triggered.connect(lambda _=False, run=run: run())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu


def open_documents(parent: QWidget, place: QPoint, documents: Sequence[Cited]) -> QMenu | None:
    """Open the one document that a row cites, or show a menu of several.

    Args:
        parent: What was asked.
        place: Where a menu opens, in global coordinates.
        documents: What the row cites.

    Returns:
        The menu; None where the only document was opened.
    """
    if len(documents) == 1 and documents[0].url:
        open_address(documents[0].url)
        return None
    menu = QMenu(parent)
    for document in documents:
        action = menu.addAction(cited_words(document).replace("&", "&&"))
        action.setEnabled(bool(document.url))
        action.triggered.connect(lambda _=False, url=document.url: open_address(url))
    if not documents:
        menu.addAction("No document is cited").setEnabled(False)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
    return menu
