"""The Help screen: topics at the left, the page of one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing import paths
from briefing.core.errors import BriefingError
from briefing.services.help_search import KEYBOARD
from briefing.services.help_topics import HelpTopic, help_topics
from briefing.services.library import Library
from briefing.ui.navigation import Place, ScreenEntry
from briefing.ui.theme import Theme
from briefing.ui.views.help_keyboard import SUMMARY, TITLE, keyboard_help
from briefing.ui.views.help_page import HelpPageView
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.tab_order import lead
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

SCREEN = "help"
SECTION = "#"
"""Between a topic and a section of its page: ``reading#tlp``."""

_LIST_WIDTH = 272
_LIST_SHARE = 0.4


def _no_screens() -> Sequence[ScreenEntry]:
    return ()


class HelpView(QWidget):
    """Shows help. ``Place("help", "reading#tlp")`` is a section of a page."""

    navigate = Signal(object)

    def __init__(
        self,
        theme: Theme,
        library: Library,
        screens: Callable[[], Sequence[ScreenEntry]] = _no_screens,
    ) -> None:
        """``screens`` gives the entries of the rail, whose keys the keyboard map lists."""
        super().__init__()
        self._theme = theme
        self._library = library
        self._screens = screens
        self._topics: dict[str, HelpTopic] = {}
        self._seen: object = None
        self._key = ""
        self._title = Label(theme, "Help", "title")
        self._list = TwoLineList(theme, "Help topics")
        self._page = HelpPageView(theme)
        self._left = QWidget()
        self._left_rows = QVBoxLayout(self._left)
        self._lay_out()
        self._list.row_changed.connect(self._on_row_changed)
        self._list.row_activated.connect(self._on_row_changed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        lead(self, self._list)
        for keys, way in (("PgDown", +1), ("PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._page.scroll_by_page, way))

    @property
    def title(self) -> str:
        """What the window is called."""
        page = self._page.page
        return f"Help: {page.title}" if page is not None else "Help"

    @property
    def page(self) -> HelpPageView:
        """The page at the right."""
        return self._page

    def show_place(self, place: Place) -> None:
        """Show a topic, and a section of it; without one, what was shown, or the first.

        Raises:
            BriefingError: when the page cannot be made.
        """
        self._read_topics()
        key, _, section = place.subject.partition(SECTION)
        wanted = key or self._key or next(iter(self._topics))
        topic = self._topics.get(wanted)
        if topic is None:
            raise BriefingError(
                f"There is no help page “{wanted}”.", remedy="Choose a topic from the list."
            )
        is_new, self._key = wanted != self._key, wanted
        self._page.show_page(topic.page())
        self._list.row_changed.disconnect(self._on_row_changed)
        self._list.select_key(wanted)
        self._list.row_changed.connect(self._on_row_changed)
        section = section or place.detail
        # Asking again for the page that is shown leads to its top; another one is as it was left.
        if section or (key and not is_new):
            self._page.go_to(section)

    def _read_topics(self) -> None:
        """Read the list, again only after the data changed."""
        if self._seen is self._library.actors:
            return
        self._seen = self._library.actors
        found = help_topics(self._library, paths.data_folder() / "ATTRIBUTION.md")
        keyboard = HelpTopic(KEYBOARD, TITLE, SUMMARY, lambda: keyboard_help(self._screens()))
        topics = (*found[:-1], keyboard, found[-1])
        self._topics = {topic.key: topic for topic in topics}
        self._list.set_items([TwoLineItem(t.key, t.title, t.summary) for t in topics])

    def _lay_out(self) -> None:
        self._left_rows.addWidget(self._title)
        self._left_rows.addWidget(self._list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(Divider(self._theme, vertical=True))
        row.addWidget(self._page, 1)

    def _on_row_changed(self, key: str) -> None:
        if key != self._key:
            self.navigate.emit(Place(SCREEN, key))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._title.setContentsMargins(px(16), 0, px(16), 0)
        self._left_rows.setContentsMargins(0, px(12), 0, 0)
        self._left_rows.setSpacing(px(8))
        self._arrange()

    def _arrange(self) -> None:
        wanted = self._theme.px(_LIST_WIDTH)
        self._left.setFixedWidth(min(wanted, max(round(self.width() * _LIST_SHARE), 160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list its width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper behind everything."""
        QPainter(self).fillRect(event.rect(), self._theme.colour("paper"))
