"""The briefings that were handed over: when, about whom, for whom, and where the files lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.core.tlp import parse_tlp
from briefing.core.wording import listed
from briefing.exports.registry import FORMATS
from briefing.store.workspace import Delivery
from briefing.ui.theme import Theme
from briefing.ui.top_bar import day_text
from briefing.ui.views.briefing_export import open_folder
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

FEW = 5
"""Rows shown before somebody asks for all."""


class DeliveredList(QWidget):
    """Newest first; hidden while nothing was delivered. A click opens the folder of the files."""

    failed = Signal(object)
    """The BriefingError of a file that is no longer where it was put."""

    def __init__(self, theme: Theme, name_of: Callable[[str], str]) -> None:
        """``name_of`` gives the name of an actor by its id."""
        super().__init__()
        self._theme = theme
        self._name_of = name_of
        self._deliveries: tuple[Delivery, ...] = ()
        self._is_whole = False
        self._header = SectionHeader(theme, "Delivered before")
        self._list = TwoLineList(theme, "Delivered before", dense=True, links=True)
        self._list.fit_rows()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._header)
        rows.addWidget(self._list)
        self._header.link_activated.connect(self._on_link_activated)
        self._list.row_activated.connect(lambda key: self.open_folder_of(int(key)))
        self.hide()

    def set_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show these."""
        self._deliveries = tuple(deliveries)
        self._fill()

    def _fill(self) -> None:
        found = self._deliveries
        wanted = found if self._is_whole else found[:FEW]
        self._list.set_items([self._item(place, item) for place, item in enumerate(wanted)])
        more = len(found) > FEW
        self._header.set_link(
            "" if not more else "Newest" if self._is_whole else f"All {len(found)}"
        )
        self.setVisible(bool(found))

    def _item(self, place: int, delivery: Delivery) -> TwoLineItem:
        name = self._name_of(delivery.subject) or delivery.title
        formats = format_words(delivery)
        return TwoLineItem(str(place), name, delivery_words(delivery), trailing_second=formats)

    def _on_link_activated(self) -> None:
        self._is_whole = not self._is_whole
        self._fill()

    def open_folder_of(self, place: int) -> None:
        """Open the folder of a delivery, counted from the newest; ``failed`` where it is gone."""
        files = [Path(name) for name in self._deliveries[place].files]
        standing = [path for path in files if path.exists()]
        if standing:
            open_folder(standing[0])
            return
        names = listed(path.name for path in files)
        self.failed.emit(
            BriefingError(
                f"{names} is no longer where it was put.",
                detail="\n".join(str(path) for path in files),
                remedy="It was moved, renamed or deleted. Export the briefing again.",
            )
        )


def delivery_words(delivery: Delivery) -> str:
    """``26 Nov 2026 · TLP:CLEAR``."""
    when = datetime.fromisoformat(delivery.delivered_at).astimezone()
    return f"{day_text(when.date())} · {parse_tlp(delivery.tlp).label}"


def format_words(delivery: Delivery) -> str:
    """The formats of the files by their endings: ``PDF, MD``."""
    return ", ".join(
        known.name.upper() for known in FORMATS if any(map(known.fits, delivery.files))
    )
