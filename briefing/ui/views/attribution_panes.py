"""How the Attribution screen is laid out: the list of incidents, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.views.attribution_list import WIDTH, AttributionList
from briefing.ui.views.attribution_page import AttributionPage
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import first_stop

KEEP_WIDTH: Final = "attribution.list width"
KEEP_SHOWN: Final = "attribution.list shown"
"""Under these names the width of the list is remembered, and whether it is shown."""
_MOST_OF_THE_WINDOW: Final = 0.42
_ROOMY: Final = 1500
"""Width at 100 % from which the list is shown beside a page, unless a person hid it."""
_LEAST_BESIDE: Final = 640
"""Width at 100 % in which the list and a page still fit side by side."""


class AttributionPanes(QWidget):
    """The list, where it is shown; beside it the page of an incident, or a notice instead.

    It takes the keyboard for the screen, and hands it on. Were the list or the claims the screen's
    focus proxy themselves, Tab would go to them at once, past whatever stands before them: a proxy
    counts as a stop. What Tab does not stop at, such as this, does not.
    """

    arranged = Signal(object)
    """What is to be remembered, by key of the settings."""

    def __init__(self, theme: Theme, list_: AttributionList, page: AttributionPage) -> None:
        """The list is hidden until there is something to choose from."""
        super().__init__()
        self._theme = theme
        self._list = list_
        self._page = page
        self._width = WIDTH
        self._wish: bool | None = None
        self._told = Scroller(theme)
        self._notice: Notice | None = None
        self._pages = QStackedWidget()
        for part in (self, self._pages):
            part.setProperty(OWN_FOCUS, True)
        self._pages.addWidget(page)
        self._pages.addWidget(self._told)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(list_)
        self._splitter.addWidget(self._pages)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        list_.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._splitter)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        theme.changed.connect(self._split)

    @property
    def is_list_shown(self) -> bool:
        """Whether the list stands beside the page."""
        return not self._list.isHidden()

    @property
    def is_narrow(self) -> bool:
        """Whether the list takes the place of the page, since both do not fit."""
        return self.width() < self._theme.px(_LEAST_BESIDE)

    def restore(self, kept: Mapping[str, str]) -> None:
        """Arrange everything as it was; what cannot be read is left as it is."""
        width = kept.get(KEEP_WIDTH, "")
        self._width = int(width) if width.isdecimal() and int(width) else WIDTH
        self._wish = {"yes": True, "no": False}.get(kept.get(KEEP_SHOWN, ""))

    def show_list(self, shown: bool) -> None:
        """Show the list or hide it, as a person asked, and remember that."""
        self._wish = shown
        self._set_shown(shown)
        self.arranged.emit({KEEP_SHOWN: "yes" if shown else "no"})

    def make_way(self) -> None:
        """Hide the list where it stands in the place of the page that was opened from it."""
        if self.is_narrow:
            self._set_shown(False)

    def place_list(self, *, any_rows: bool, any_worked: bool) -> None:
        """Show the list or hide it, as was wished or as there is room.

        Args:
            any_rows: Whether there is anything to choose from.
            any_worked: Whether some were worked: then one of them is worth the whole screen.
        """
        roomy = self.width() >= self._theme.px(_ROOMY)
        wish = self._wish if self._wish is not None else (roomy or not any_worked)
        self._set_shown(any_rows and wish)

    def show_page(self) -> None:
        """Show the page of an incident."""
        self._pages.setCurrentWidget(self._page)

    def tell(self, notice: Notice) -> None:
        """Show a notice instead of a page."""
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self._told.body.addWidget(notice)
        notice.show()
        self._pages.setCurrentWidget(self._told)

    def _set_shown(self, shown: bool) -> None:
        self._list.setVisible(shown)
        self._split()

    def _split(self) -> None:
        """Give the list its width, and never so much that the page has no room."""
        self._pages.setVisible(not (self.is_list_shown and self.is_narrow))
        total = self._splitter.width()
        wanted = min(self._theme.px(self._width), round(total * _MOST_OF_THE_WINDOW))
        self._splitter.setSizes([wanted, max(total - wanted, 1)])

    def _on_splitter_moved(self, position: int, _handle: int) -> None:
        self._width = max(round(position / self._theme.factor), 1)
        self.arranged.emit({KEEP_WIDTH: str(self._width)})

    def take_keyboard(
        self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason, *, in_page: bool = False
    ) -> None:
        """Give the keyboard to where one begins: rows or claims, or else the first thing there is.

        Args:
            reason: Why it comes.
            in_page: Whether it goes past the list, where that is shown.
        """
        to_list = self.is_list_shown and not in_page
        part: QWidget = self._list if to_list else self._pages
        begin: QWidget | None = self._list.rows if to_list else self._page.claims.list
        if begin is None or not begin.isVisible():
            begin = first_stop(part)
        if begin is not None:
            begin.setFocus(reason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on."""
        super().focusInEvent(event)
        self.take_keyboard(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list as wide as it is, and give the page what is gained."""
        super().resizeEvent(event)
        self._split()
