"""How the Home screen is laid out: a page and a column beside it; all in one where it is narrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import order_tabs

_ASIDE: Final = 360
"""Pixels at 100 %."""
_ASIDE_SHARE: Final = 0.34
"""Of the window at most."""
_LEAST_BESIDE: Final = 700
"""Pixels at 100 % from which on a column fits beside the page; in less, words would be cut."""

_HAS_FONT: Final = Qt.WidgetAttribute.WA_SetFont


class HomePanes(QWidget):
    """A head over a page and a column that scroll apart; in a narrow window one page of all three.

    Attributes:
        page: What scrolls at the left, or all of it.
        aside: What scrolls at the right.
    """

    def __init__(
        self, theme: Theme, head: QWidget, main: Sequence[QWidget], beside: Sequence[QWidget]
    ) -> None:
        """Every part in its order from the top."""
        super().__init__()
        self._theme = theme
        self._head, self._beside = head, tuple(beside)
        self._narrow = False
        self.page, self.aside = Scroller(theme), Scroller(theme, sides=16)
        for pane in (self.page, self.aside):
            pane.setProperty(OWN_FOCUS, True)
        for widget in main:
            self.page.body.addWidget(widget)
        for widget in beside:
            self.aside.body.addWidget(widget)
        self._line = Divider(theme, quiet=False)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.page, self.aside):
            self._splitter.addWidget(pane)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(head)
        self._box.addWidget(self._line)
        self._box.addWidget(self._splitter, 1)
        # After every part has taken the new size: what moves between is dressed in the old one.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fit)
        theme.changed.connect(self._later.start)

    def order_tabs(self) -> None:
        """Let Tab go from the top to the bottom, after parts were made anew."""
        for pane in (self.page, self.aside):
            order_tabs(pane.content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column as wide as it is, as far as there is room for one."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(_LEAST_BESIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self._rearrange()
        total = self._splitter.width()
        aside = min(self._theme.px(_ASIDE), round(total * _ASIDE_SHARE))
        self._splitter.setSizes([max(total - aside, 1), aside])

    def _rearrange(self) -> None:
        """Put the head and the column into the page, or out of it."""
        focus = QApplication.focusWidget()
        dressed = _fonts((self._head, *self._beside))
        whole = cast(QVBoxLayout, self.page.content.layout())
        (whole if self._narrow else self._box).insertWidget(0, self._head)
        # What the page rests on stays its end.
        body, last = (self.page.body, 1) if self._narrow else (self.aside.body, 0)
        for widget in self._beside:
            body.insertWidget(body.count() - last, widget)
        self.aside.setVisible(not self._narrow)
        self._line.setVisible(not self._narrow)
        self.order_tabs()
        for part, font in dressed:
            part.ensurePolished()
            part.setFont(font)
        # What changes its place loses the keyboard.
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)


def _fonts(parts: Iterable[QWidget]) -> list[tuple[QWidget, QFont]]:
    """The fonts that were chosen: a style sheet gives what moves the one it had at first."""
    inside = (one for part in parts for one in (part, *part.findChildren(QWidget)))
    return [(one, one.font()) for one in inside if one.testAttribute(_HAS_FONT)]
