"""The pages of a briefing under each other, exactly as they will be printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from briefing.ui.theme import Theme

Zoom = Literal["width", "page", "actual"]
"""Fit the width, fit a whole page, or paper size."""

INCHES_WIDE = 210 / 25.4
"""A4; the pages of a briefing are of one size."""
RATIO = 297 / 210
PIXELS_AN_INCH = 96
"""Of a screen at its own scale, as Qt counts logical pixels: paper size."""

_MARGIN = 20
_GAP = 16
_LEAST_WIDTH = 160
_FINEST = 300.0
"""Pixels an inch; on paper nobody sees more, and memory grows with the square."""


class PageCanvas(QWidget):
    """Draws the pages; those out of sight cost nothing."""

    def __init__(self, theme: Theme) -> None:
        """No pages yet."""
        super().__init__()
        self._theme = theme
        self._pages: tuple[QImage, ...] = ()
        self._width = _LEAST_WIDTH
        theme.changed.connect(self.update)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    def set_pages(self, pages: Sequence[QImage]) -> None:
        """Show other pages."""
        self._pages = tuple(pages)
        self.update()

    def set_page_width(self, width: int) -> None:
        """Draw pages so many logical pixels wide."""
        self._width = width
        self.update()

    def rect_of(self, number: int) -> QRect:
        """Where a page stands, counted from 0."""
        theme = self._theme
        height = round(self._width * RATIO)
        top = theme.px(_MARGIN) + number * (height + theme.px(_GAP))
        left = max((self.width() - self._width) // 2, theme.px(_MARGIN))
        return QRect(left, top, self._width, height)

    def wanted_size(self) -> QSize:
        """All pages and the margin around them."""
        margin = self._theme.px(_MARGIN)
        bottom = self.rect_of(max(self.count - 1, 0)).bottom() + 1
        return QSize(self._width + 2 * margin, bottom + margin)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that can be seen, pixel for pixel where they were made for this size."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("mist"))
        for number, page in enumerate(self._pages):
            rect = self.rect_of(number)
            if not event.rect().intersects(rect.adjusted(-1, -1, 1, 1)):
                continue
            made_for_it = abs(page.width() - rect.width() * self.devicePixelRatio()) < 1.5
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not made_for_it)
            painter.drawImage(rect, page)
            painter.setPen(self._theme.colour("line_2"))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))


class PageView(QScrollArea):
    """Scrolls through the pages. PageUp and PageDown go from page to page, Home and End too."""

    page_changed = Signal(int)
    """Number of the page in view, from 0."""
    size_changed = Signal()
    """Pages are shown in another size than before."""

    def __init__(self, theme: Theme) -> None:
        """No pages; they fit the width."""
        super().__init__()
        self._theme = theme
        self._zoom: Zoom = "width"
        self._current = 0
        self._asked_ppi = 0.0
        self.canvas = PageCanvas(theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self.canvas)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The room for the bar is kept, or pages that fit the width would never come to rest.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._on_bar_value_changed)
        theme.changed.connect(self._arrange)

    @property
    def current(self) -> int:
        """Number of the page in view, from 0."""
        return self._current

    @property
    def ppi(self) -> float:
        """Pixels an inch that make pages sharp at their present size on this screen."""
        wanted = self._page_width() * self.devicePixelRatio() / INCHES_WIDE
        return min(round(wanted, 4), _FINEST)

    def set_zoom(self, zoom: Zoom) -> None:
        """Show the pages in another size, the page in view staying in view."""
        self._zoom = zoom
        self._arrange()

    def set_pages(self, pages: Sequence[QImage]) -> None:
        """Show other pages, at the page that was in view where there still is one."""
        at = self._current
        self.canvas.set_pages(pages)
        self._arrange()
        if at >= len(pages):
            self.go_to(len(pages) - 1)
        self._note_page()

    def show_sharper(self, pages: Sequence[QImage]) -> None:
        """The same pages, drawn for the present size."""
        self.canvas.set_pages(pages)

    def go_to(self, number: int) -> None:
        """Bring a page to the top; outside of them, the first or the last."""
        last = self.canvas.count - 1
        top = self.canvas.rect_of(max(0, min(number, last))).top() - self._theme.px(_GAP) // 2
        at_start = number <= 0
        self.verticalScrollBar().setValue(0 if at_start else top)

    def _page_width(self) -> int:
        theme = self._theme
        room = self.viewport().width() - 2 * theme.px(_MARGIN)
        if self._zoom == "actual":
            return round(INCHES_WIDE * PIXELS_AN_INCH)
        if self._zoom == "page":
            high = self.viewport().height() - 2 * theme.px(_MARGIN)
            room = min(room, round(high / RATIO))
        return max(room, _LEAST_WIDTH)

    def _arrange(self) -> None:
        """Lay the pages out anew; what was at the top stays there."""
        bar = self.verticalScrollBar()
        before = self.canvas.height()
        share = bar.value() / before if before else 0.0
        self.canvas.set_page_width(self._page_width())
        wanted = self.canvas.wanted_size()
        room = self.viewport().size()
        self.canvas.resize(max(wanted.width(), room.width()), wanted.height())
        bar.setSingleStep(self._theme.px(48))
        bar.setValue(round(share * self.canvas.height()))
        self._note_page()
        if self.ppi != self._asked_ppi:
            self._asked_ppi = self.ppi
            self.size_changed.emit()

    def _note_page(self) -> None:
        if not self.canvas.count:
            return
        line = self.verticalScrollBar().value() + self.viewport().height() // 3
        numbers = range(self.canvas.count)
        at = max((n for n in numbers if self.canvas.rect_of(n).top() <= line), default=0)
        if self.verticalScrollBar().value() == self.verticalScrollBar().maximum() > 0:
            seen = (
                self.canvas.rect_of(self.canvas.count - 1).top() - self.verticalScrollBar().value()
            )
            at = self.canvas.count - 1 if seen < self.viewport().height() * 2 // 3 else at
        if at != self._current:
            self._current = at
            self.page_changed.emit(at)

    def _on_bar_value_changed(self) -> None:
        self._note_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From page to page, to the first and to the last; arrows scroll."""
        steps = {
            Qt.Key.Key_PageDown: self._current + 1,
            Qt.Key.Key_PageUp: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.canvas.count - 1,
        }
        to = steps.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        elif to == self._current - 1 and not self._at_top():
            self.go_to(self._current)
        else:
            self.go_to(to)

    def _at_top(self) -> bool:
        """Whether the current page begins in view, so that PageUp means the one before."""
        top = self.canvas.rect_of(self._current).top()
        return top >= self.verticalScrollBar().value()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new room."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Room to recognise a page."""
        side = self._theme.px(_LEAST_WIDTH)
        return QSize(side + 2 * self._theme.px(_MARGIN), side)
