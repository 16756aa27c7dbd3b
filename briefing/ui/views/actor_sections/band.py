"""Sections of a profile side by side under one line."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.section import Section
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.widgets.frames import Divider


class Band(QWidget):
    """Sections in whatever holds them; nothing at all where they show nothing.

    Attributes:
        sections: From left to right.
    """

    def __init__(self, theme: Theme, content: QWidget, *sections: Section) -> None:
        """``content`` is a widget that holds the sections, or the only one."""
        super().__init__()
        self.sections = sections
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Divider(theme, quiet=False, space=6))
        layout.addWidget(content)

    def set_shown(self, found: Shown) -> None:
        """Show another profile."""
        for section in self.sections:
            section.set_shown(found)
        self.setVisible(any(not section.isHidden() for section in self.sections))


def single(theme: Theme, section: Section) -> Band:
    """A band of one section."""
    return Band(theme, section, section)
