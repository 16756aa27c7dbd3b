"""What every section of a profile is: a heading, a body, and the ways out of it."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.brief import Span, Text
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.tokens import Role
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.widgets.prose_rows import PLACE, ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader

SCREEN = "actors"
"""The screen that shows actors, techniques, software and mitigations."""

_SPACING = 4


class Section(QWidget):
    """A part of the page that fills itself from a profile and hides where it has nothing."""

    navigate = Signal(object)
    """A ``Place`` that was asked for."""
    source_activated = Signal(str)
    """The key of a source whose mark was followed."""
    left = Signal()
    """The keyboard is to go back to where it came from."""

    def __init__(self, theme: Theme, title: str = "") -> None:
        """``title`` "" leaves the heading out."""
        super().__init__()
        self._theme = theme
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.header = SectionHeader(theme, title) if title else None
        if self.header is not None:
            self.header.source_activated.connect(self.source_activated)
            self.body.addWidget(self.header)
        self.body.setSpacing(theme.px(_SPACING))
        theme.changed.connect(self._on_theme_changed)

    def set_shown(self, shown: Shown) -> None:
        """Show another profile."""
        raise NotImplementedError

    def rows(self, *, role: Role = "table", label_width: int = 0, gap: int = 3) -> ProseRows:
        """Prose in rows that leads where the section leads; not yet placed."""
        rows = ProseRows(self._theme, role, label_width=label_width, gap=gap)
        rows.source_activated.connect(self.source_activated)
        rows.place_activated.connect(self.go)
        return rows

    def go(self, subject: str) -> None:
        """Ask for the page of an actor, a technique or a piece of software."""
        self.navigate.emit(Place(SCREEN, subject))

    def _on_theme_changed(self) -> None:
        self.body.setSpacing(self._theme.px(_SPACING))


def fill(rows: ProseRows, shown: Shown, found: list[ProseRow]) -> None:
    """Show rows with the numbers and titles of a profile."""
    rows.set_rows(found, shown.numbers, shown.titles)


def to_place(text: str, subject: str) -> Span:
    """Words that lead to the page of something in the program."""
    return Span(text, href=f"{PLACE}{subject}")


def words(text: str) -> Text:
    """Plain words as a text."""
    return (Span(text),)


def open_address(address: str) -> None:
    """Open a web address in the browser; anything that is not one is left alone."""
    url = QUrl(address)
    if url.scheme() in ("https", "http"):
        QDesktopServices.openUrl(url)
