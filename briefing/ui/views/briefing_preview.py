"""The preview: the pages themselves, how to move among them, and what stands in their way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from briefing.core.brief import Brief
from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_pages import PageView, Zoom
from briefing.ui.views.briefing_thumbnails import Thumbnails
from briefing.ui.views.briefing_wish import Wish
from briefing.ui.views.briefing_work import Drawn, Held, Preview
from briefing.ui.widgets.buttons import icon_button
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import ElidedLabel, Label
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.segments import Segments

WIDE = 480
"""From this width on there is room for thumbnails beside the pages, in pixels at 100 %."""

_SIDES = 36
_NO_LIMIT = 16_777_215
"""QWIDGETSIZE_MAX: how wide Qt lets a widget be that nobody has limited."""

_ZOOMS: tuple[tuple[Zoom, str], ...] = (
    ("width", "Width"),
    ("page", "Page"),
    ("actual", "100\N{NO-BREAK SPACE}%"),
)


class _Head(QWidget):
    """Title and note at the left; at the right the page in view, and the zoom.

    What does not fit one line goes to the next; the title goes before the page in view is cut.
    """

    step_asked = Signal(int)
    zoom_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = Label(theme, "Preview", "heading")
        self.note = ElidedLabel(theme, "", "note", "ink_3")
        self.place = Label(theme, "", "table", "ink", tabular=True)
        self._back = icon_button(theme, "chevron-left", "Page before (PageUp)", quiet=True)
        self._on = icon_button(theme, "chevron-right", "Next page (PageDown)", quiet=True)
        self.zoom = Segments(theme, "Zoom", _ZOOMS)
        self._pager: tuple[QWidget, ...] = (self._back, self.place, self._on)
        self._lines = (QHBoxLayout(), QHBoxLayout())
        self._rows = QVBoxLayout(self)
        for line in self._lines:
            self._rows.addLayout(line)
        self._lines[0].addWidget(self._title)
        self._lines[0].addWidget(self.note, 1)
        for widget in self._pager:
            self._lines[0].addWidget(widget)
        self._lines[0].addWidget(self.zoom)
        self._lines[1].addStretch(1)
        self._back.clicked.connect(lambda: self.step_asked.emit(-1))
        self._on.clicked.connect(lambda: self.step_asked.emit(1))
        self.zoom.chosen.connect(self.zoom_chosen)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_place(self, number: int, count: int) -> None:
        """Say which page is in view; nothing at all without pages."""
        self.place.setText(f"Page {number + 1} of {count}" if count else "")
        self._back.setEnabled(count > 0 and number > 0)
        self._on.setEnabled(count > 0 and number < count - 1)
        for widget in (*self._pager, self.zoom):
            widget.setVisible(count > 0)
        self._arrange()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(px(20), px(7), px(16), px(7))
        self._rows.setSpacing(px(6))
        for line in self._lines:
            line.setSpacing(px(8))
        self.zoom.setMinimumWidth(self.zoom.sizeHint().width())
        self.setMinimumHeight(px(42))
        self._arrange()

    def _arrange(self) -> None:
        """The zoom on a line of its own where one line is too short for everything."""
        room = self.width() - self._theme.px(_SIDES)
        title, pager = self._taken(self._title), self._taken(*self._pager)
        zoom = self._taken(self.zoom)
        narrow = title + pager + zoom > room
        line = self._lines[1 if narrow else 0]
        if line.indexOf(self.zoom) < 0:
            was_hidden = self.zoom.isHidden()
            line.addWidget(self.zoom)
            self.zoom.setHidden(was_hidden)
        self._title.setVisible(title + pager <= room)
        # Half a remark says nothing: it is there whole, or not at all.
        has_room = title + pager + (0 if narrow else zoom) + self._taken(self.note) <= room
        self.note.setMaximumWidth(_NO_LIMIT if has_room else 0)

    def _taken(self, *widgets: QWidget) -> int:
        """Pixels of some widgets beside each other, with a gap behind each."""
        return sum(widget.sizeHint().width() + self._theme.px(8) for widget in widgets)

    def minimumSizeHint(self) -> QSize:
        """What has to stand beside each other when there are two lines."""
        width = max(self._taken(*self._pager), self._taken(self.zoom))
        return QSize(width + self._theme.px(_SIDES), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything where there is room."""
        super().resizeEvent(event)
        self._arrange()


class BriefingPreview(QWidget):
    """Pages in the middle, thumbnails beside them where there is room, a notice over them."""

    size_changed = Signal()
    """Pages are shown in another size and should be drawn for it."""

    def __init__(self, theme: Theme, retry: Callable[[], None]) -> None:
        """No pages; ``retry`` tries once more."""
        super().__init__()
        self._theme = theme
        self._retry = retry
        self._head = _Head(theme)
        self._pages = PageView(theme)
        self._thumbnails = Thumbnails(theme)
        self._notice: Notice | None = None
        self._shown: Wish | None = None
        self._over = QWidget()
        self._over_rows = QVBoxLayout(self._over)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._lay_out()
        self._connect()
        self._head.show_place(0, 0)
        self._show_notice(None)
        self._on_theme_changed()

    @property
    def ppi(self) -> float:
        """Pixels an inch that make pages sharp at their present size."""
        return self._pages.ppi

    @property
    def zoom(self) -> Segments:
        """How large pages are shown."""
        return self._head.zoom

    @property
    def thumbnails(self) -> Thumbnails:
        """The small pages beside the large ones."""
        return self._thumbnails

    @property
    def pages(self) -> PageView:
        """The view that scrolls."""
        return self._pages

    def show_working(self) -> None:
        """Say that something newer is on its way; what is shown stays until then."""
        waiting = self._pages.canvas.count > 0
        self._head.note.setText("updating…" if waiting else "setting the pages…")
        if not waiting:
            self._stack.setCurrentWidget(self._blank)

    def show_preview(self, preview: Preview) -> None:
        """Show pages."""
        self._shown = preview.wish
        self._show_notice(None)
        self._head.note.setText("this is the PDF itself")
        self._pages.set_pages(preview.drawn.pages)
        self._thumbnails.set_pages(preview.drawn.thumbnails)
        self._stack.setCurrentIndex(0)
        self._show_place()
        self._name(preview.brief)

    def show_drawn(self, drawn: Drawn) -> None:
        """The same pages for the present size."""
        self._pages.show_sharper(drawn.pages)

    def show_too_long(self, sections: Sequence[str]) -> None:
        """Say that the executive page runs over, and what takes the room."""
        if sections:
            longest = "; ".join(sections).replace(" mm", "\N{NO-BREAK SPACE}mm")
            text = f"Its longest sections are {longest}. Switch one of them off."
            self._show_notice(
                Notice(self._theme, "warning", "The first page needs a second one.", text)
            )

    def show_error(self, error: BriefingError) -> None:
        """Say why there is no preview; the pages of before go, they are of something else."""
        self._clear()
        self._stack.setCurrentWidget(self._blank)
        words = "\n".join(part for part in (error.detail, error.remedy) if part)
        actions = [("Try again", self._retry)]
        self._show_notice(Notice(self._theme, "error", error.message, words, actions))

    def show_held(self, held: Held, open_note: Callable[[], None]) -> None:
        """Say which note cannot be printed.

        Pages of before it was changed stay, unless they are of something else.
        """
        shown = self._shown
        if shown is None or not shown.offers_same_as(held.wish):
            self._clear()
            self._stack.setCurrentWidget(self._blank)
        self._head.note.setText("not up to date" if self._shown else "")
        self._show_place()
        title = f"The note on “{held.faulty.title}” cannot be printed."
        text = "These pages are from before it was changed." if self._shown else ""
        text = f"{text} The reason stands at the note.".strip()
        actions = [("Show the note", open_note)]
        self._show_notice(Notice(self._theme, "warning", title, text, actions))

    def show_empty(self, empty: Notice) -> None:
        """Say what is asked still; the pages of before go, they are of something else."""
        self._clear()
        self._show_notice(None)
        clear_layout(self._nobody)
        self._nobody.addWidget(empty)
        self._nobody.addStretch(1)
        self._stack.setCurrentIndex(1)

    def _lay_out(self) -> None:
        pages = QWidget()
        row = QHBoxLayout(pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._thumbnails)
        row.addWidget(self._pages, 1)
        nobody = QWidget()
        self._nobody = QVBoxLayout(nobody)
        for page in (pages, nobody, self._blank):
            self._stack.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._head)
        rows.addWidget(Divider(self._theme))
        rows.addWidget(self._over)
        rows.addWidget(self._stack, 1)

    def _clear(self) -> None:
        self._shown = None
        self._pages.set_pages(())
        self._thumbnails.set_pages(())
        self._head.show_place(0, 0)
        self._head.note.setText("")

    def _connect(self) -> None:
        self._head.step_asked.connect(self._on_step_asked)
        self._head.zoom_chosen.connect(self._pages.set_zoom)
        self._pages.page_changed.connect(self._on_page_changed)
        self._pages.size_changed.connect(self.size_changed)
        self._thumbnails.page_chosen.connect(self._pages.go_to)
        self._theme.changed.connect(self._on_theme_changed)

    def _show_notice(self, notice: Notice | None) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        if notice is not None:
            self._over_rows.addWidget(notice)
        self._over.setVisible(notice is not None)

    def _name(self, brief: Brief) -> None:
        count = counted(self._pages.canvas.count, "page")
        titles = "; ".join(section.title for part in brief.parts for section in part.sections)
        self._pages.setAccessibleName(f"Preview of {brief.title}, {count}")
        self._pages.setAccessibleDescription(f"Sections: {titles}.")

    def _show_place(self) -> None:
        self._head.show_place(self._pages.current, self._pages.canvas.count)
        self._thumbnails.follow(self._pages.current)

    def _on_page_changed(self) -> None:
        self._show_place()

    def _on_step_asked(self, way: int) -> None:
        self._pages.go_to(self._pages.current + way)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._over_rows.setContentsMargins(px(20), px(12), px(20), px(12))
        self._nobody.setContentsMargins(px(20), px(20), px(20), px(20))
        self._show_thumbnails()
        self.update()

    def _show_thumbnails(self) -> None:
        self._thumbnails.setVisible(self.width() >= self._theme.px(WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Thumbnails only where they take no room from the pages."""
        self._show_thumbnails()

    def minimumSizeHint(self) -> QSize:
        """The head and a small page."""
        return QSize(self._head.minimumSizeHint().width(), self._theme.px(240))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mist behind the pages, paper behind the head."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("mist"))
        head = self.rect()
        head.setHeight(self._head.height())
        painter.fillRect(head, self._theme.colour("paper"))
