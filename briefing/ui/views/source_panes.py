"""A list and a page beside it; where the window is narrow, one of the two at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import flat_button
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.tab_order import lead

_LIST_WIDTH = 324
_LIST_SHARE = 0.4
_ONE_PANE = 600
"""Under this width, in pixels at 100 %, there is no room for both."""


class SourcePanes(QWidget):
    """``bring`` says which of the two is wanted in a narrow window; a button leads back."""

    def __init__(
        self, theme: Theme, listed: QWidget, first: QWidget, rows: QWidget, *parts: QWidget
    ) -> None:
        """A list and what stands beside it.

        Args:
            theme: Looks.
            listed: The left side.
            first: What Tab reaches first in it. The keyboard enters there: with a proxy further
                on, Qt would pass over everything before it.
            rows: What takes the keyboard when somebody comes back to the list.
            parts: Stand under each other beside the list; the last takes what is left.
        """
        super().__init__()
        self._theme = theme
        self._list = listed
        self._first = first
        self._list_rows = rows
        self._page_in_front = False
        self._back = flat_button(theme, "All sources", "chevron-left")
        self._back_row = QHBoxLayout()
        self._back_row.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._divider = Divider(theme, vertical=True)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(self._back_row)
        for part in parts:
            right.addWidget(part, int(part is parts[-1]))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(listed)
        row.addWidget(self._divider)
        row.addWidget(self._right, 1)
        self._back.clicked.connect(self._on_back_clicked)
        theme.changed.connect(self._arrange)

    @property
    def one(self) -> bool:
        """Whether there is room for one of the two only."""
        return self.width() < self._theme.px(_ONE_PANE)

    def bring(self, *, page: bool) -> None:
        """Show the page, or the list, where there is no room for both."""
        self._page_in_front = page
        self._arrange()

    def enter_list(self) -> None:
        """Give the keyboard to the rows of the list, or where they are hidden to what is shown."""
        page_only = self.one and self._page_in_front
        (self._back if page_only else self._list_rows).setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        width, one = self.width(), self.one
        page_only = one and self._page_in_front
        focus = QApplication.focusWidget()
        had = focus is not None and self._list.isAncestorOf(focus)
        # What is hidden with the keyboard in it would hand it to whatever comes next.
        self._back.setVisible(one)
        if page_only and had:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        lead(self, self._back if page_only else self._first)
        side = self._theme.px(8) if one else 0
        self._back_row.setContentsMargins(side, side, side, 0)
        wide = min(self._theme.px(_LIST_WIDTH), round(width * _LIST_SHARE))
        self._list.setFixedWidth(width if one else wide)
        self._list.setVisible(not page_only)
        self._right.setVisible(not one or self._page_in_front)
        self._divider.setVisible(not one)

    def _on_back_clicked(self) -> None:
        self.bring(page=False)
        self.enter_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange both anew."""
        super().resizeEvent(event)
        self._arrange()
