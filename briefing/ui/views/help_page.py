"""One help page: title, sections, sources, and at the right what there is on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.brief import Span
from briefing.core.dates import short_date
from briefing.core.grading import CREDIBILITY
from briefing.core.profile import ProfileSource
from briefing.core.wording import counted, curly
from briefing.services.help_content import HelpPage, HelpSection
from briefing.ui.theme import Theme
from briefing.ui.views.help_blocks import HelpLabel, Marks, SignRows, block_widget, prose
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader

TEXT_WIDTH = 680
"""The widest a line of text gets, in pixels at 100 %: longer lines are hard to read."""
SOURCES = "sources"
"""Key of the list of sources at the end."""

_INDEX_WIDTH = 220
_GAP = 32
_FEWEST_FOR_INDEX = 3
_AT_ONCE = 2
"""Sections that are there at once: a window full. The others follow one by one."""


class _Source(QWidget):
    """A source with its number, and a link to it."""

    def __init__(self, theme: Theme, number: int, source: ProfileSource, marks: Marks) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        figure = Label(theme, f"[{number}]", "table", "accent", tabular=True)
        figure.setFixedWidth(theme.px(28))
        figure.setFixedHeight(theme.line_height("body"))
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()
        cell.setSpacing(0)
        self.link: Prose = prose(theme, ((Span(curly(source.title), href=source.url),),), marks)
        cell.addWidget(self.link)
        cell.addWidget(HelpLabel(theme, source_words(source), "note", "ink_3"))
        row.addLayout(cell, 1)


class HelpPageView(QWidget):
    """Shows a page. The text keeps a readable width; the list of sections stands beside it."""

    def __init__(self, theme: Theme) -> None:
        """No page yet."""
        super().__init__()
        self._theme = theme
        self._page: HelpPage | None = None
        self._places: dict[str, QWidget] = {}
        self._listed: list[SignRows] = []
        self._sources: dict[str, _Source] = {}
        self._waiting: list[Callable[[], None]] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._wanted: Callable[[], int] | None = None
        self._left: dict[str, int] = {}
        self._asked = ""
        self._scrolls_itself = False
        self._text = Scroller(theme, sides=28, top=16)
        bar = self._text.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self._on_value_changed)
        self._text.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text.setAccessibleName("Page")
        self._column = QWidget()
        self._rows = QVBoxLayout(self._column)
        self._rows.setContentsMargins(0, 0, 0, 0)
        side = QHBoxLayout()
        side.addWidget(self._column)
        side.addStretch(1)
        self._text.body.addLayout(side)
        self._index = Scroller(theme, sides=16, top=20)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._text, 1)
        row.addWidget(self._index)
        theme.changed.connect(self._on_theme_changed)

    @property
    def page(self) -> HelpPage | None:
        """The page that is shown."""
        return self._page

    @property
    def is_whole(self) -> bool:
        """Whether every section of the page is there."""
        return not self._waiting

    @property
    def scroller(self) -> Scroller:
        """What scrolls the text."""
        return self._text

    def show_page(self, page: HelpPage) -> None:
        """Show a page where it was left; one that is shown already stays where it is."""
        if page == self._page:
            return
        if self._page is not None:
            self._left[self._page.key] = self._text.verticalScrollBar().value()
        self._page = page
        self._text.setAccessibleName(page.title)
        self._fill(page)
        left = self._left.get(page.key, 0)
        self._bring(lambda: left)

    def go_to(self, section: str) -> None:
        """Bring a section or a row to the top once it is there; an unknown one is the beginning."""
        is_to_come = bool(section and self._waiting and section not in self._places)
        self._asked = section if is_to_come else ""
        if is_to_come:
            return
        for rows in self._listed:
            rows.point_out(section)
        place = self._places.get(section)
        self._bring(partial(self._top_of, place) if place is not None else lambda: 0)

    def scroll_by_page(self, way: int) -> None:
        """A window full further down (+1) or back up (-1)."""
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.value() + way * (bar.pageStep() - self._theme.px(40)))

    def _top_of(self, place: QWidget) -> int:
        top = place.mapTo(self._text.content, QPoint(0, 0)).y()
        return max(top - self._theme.px(12), 0)

    def _bring(self, place: Callable[[], int]) -> None:
        """Scroll to a place, and keep to it until a person scrolls: the page is still growing."""
        self._wanted = place
        self._scroll(place)

    def _scroll(self, place: Callable[[], int]) -> None:
        self._scrolls_itself = True
        self._text.verticalScrollBar().setValue(place())
        self._scrolls_itself = False

    def _on_range_changed(self) -> None:
        """The page has found its height, or another one; its parts get their places after this."""
        if self._wanted is not None:
            QTimer.singleShot(0, self, self._scroll_again)

    def _scroll_again(self) -> None:
        if self._wanted is not None:
            self._scroll(self._wanted)

    def _on_value_changed(self, value: int) -> None:
        """Whoever scrolls wants to be elsewhere; a page that is not long enough yet does not."""
        is_short = value == self._text.verticalScrollBar().maximum()
        is_held = self._wanted is not None and is_short and self._wanted() > value
        if not (self._scrolls_itself or is_held):
            self._wanted = None

    def _fill(self, page: HelpPage) -> None:
        self._clear()
        marks = self._marks(page)
        self._add(HelpLabel(self._theme, page.title, "title"))
        if page.lead:
            self._add(prose(self._theme, page.lead, marks))
        self._waiting = [partial(self._add_section, part, marks) for part in page.sections]
        if page.sources:
            self._waiting.append(partial(self._add_sources, page, marks))
        for _ in range(_AT_ONCE):
            self._add_next()
        self._timer.start()
        self._fill_index(page)
        self._on_theme_changed()

    def _add_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()

    def _on_timer_timeout(self) -> None:
        """One section a turn, so that the window answers in between."""
        self._add_next()
        if self._asked:
            self.go_to(self._asked)
        if self._waiting:
            self._timer.start()

    def _marks(self, page: HelpPage) -> Marks:
        numbers = {source.key: place for place, source in enumerate(page.sources, start=1)}
        titles = {source.key: f"{source.title}. {source_words(source)}" for source in page.sources}
        return Marks(numbers, titles, self._on_source_asked, open_address)

    def _add(self, widget: QWidget) -> None:
        self._rows.addWidget(widget)

    def _add_section(self, section: HelpSection, marks: Marks) -> None:
        self._add(Divider(self._theme, space=4))
        header = SectionHeader(self._theme, section.title, section.note)
        self._places[section.key] = header
        self._add(header)
        for block in section.blocks:
            shown = block_widget(self._theme, block, marks)
            self._add(shown)
            if isinstance(shown, SignRows):
                self._places.update(shown.places)
                self._listed.append(shown)

    def _add_sources(self, page: HelpPage, marks: Marks) -> None:
        self._add(Divider(self._theme, space=4))
        header = SectionHeader(self._theme, "Sources", counted(len(page.sources), "document"))
        self._places[SOURCES] = header
        self._add(header)
        for number, source in enumerate(page.sources, start=1):
            shown = _Source(self._theme, number, source, marks)
            self._sources[source.key] = shown
            self._add(shown)

    def _fill_index(self, page: HelpPage) -> None:
        body = self._index.body
        clear_layout(body)
        entries = [(section.key, section.title) for section in page.sections]
        if page.sources:
            entries.append((SOURCES, "Sources"))
        self._has_index = len(entries) >= _FEWEST_FOR_INDEX
        if self._has_index:
            body.addWidget(Label(self._theme, "On this page", "note", "ink_3"))
        for key, title in entries:
            link = LinkButton(self._theme, _short(title), "table", f"Go to {title}")
            link.clicked.connect(partial(self.go_to, key))
            body.addWidget(link)

    def _clear(self) -> None:
        self._wanted = None
        self._asked = ""
        self._waiting = []
        self._places.clear()
        self._listed.clear()
        self._sources.clear()
        clear_layout(self._rows)

    def _on_source_asked(self, key: str) -> None:
        while self._waiting:
            self._add_next()
        source = self._sources.get(key)
        if source is not None:
            self._bring(partial(self._top_of, source))
            source.link.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_theme_changed(self) -> None:
        self._rows.setSpacing(self._theme.px(8))
        self._arrange()

    def _arrange(self) -> None:
        """As wide as is good to read; the index only where it takes nothing from the text."""
        px = self._theme.px
        bar = self._text.verticalScrollBar().sizeHint().width()
        wanted = px(TEXT_WIDTH) + 2 * px(28) + bar
        has_index = self._page is not None and self._has_index
        beside = has_index and self.width() >= wanted + px(_INDEX_WIDTH)
        self._index.setVisible(beside)
        self._index.setFixedWidth(px(_INDEX_WIDTH))
        room = self.width() - (px(_INDEX_WIDTH) if beside else 0) - 2 * px(28) - bar
        self._column.setFixedWidth(max(min(px(TEXT_WIDTH), room), px(160)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new room."""
        super().resizeEvent(event)
        self._arrange()

    _has_index = False


def source_words(source: ProfileSource) -> str:
    """Publisher, date, credibility and on whom it rests."""
    parts = (
        source.publisher,
        short_date(source.published) or "no date",
        f"credibility {source.credibility}: {CREDIBILITY[source.credibility]}",
        f"rests on {source.rests_on}" if source.rests_on else "",
    )
    return curly(" · ".join(part for part in parts if part))


def open_address(address: str) -> None:
    """Open an address in the person's own browser: only https and mailto, and only when asked."""
    if address.startswith(("https://", "mailto:")):
        QDesktopServices.openUrl(QUrl(address))


def _short(title: str) -> str:
    return title if len(title) <= 34 else title[:32].rstrip() + "…"
