"""Everything known about one actor, on one page that scrolls."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid as is_alive

from briefing.core.actor import ActorProfile
from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.advice import ActionsSection, AdviceSection
from briefing.ui.views.actor_sections.documents import DocumentsSection
from briefing.ui.views.actor_sections.head import HeadSection
from briefing.ui.views.actor_sections.judgements import JudgementsSection
from briefing.ui.views.actor_sections.names import NamesSection
from briefing.ui.views.actor_sections.origin import OriginSection
from briefing.ui.views.actor_sections.related import RelatedSection
from briefing.ui.views.actor_sections.section import SCREEN, Section
from briefing.ui.views.actor_sections.shown import Shown, shown
from briefing.ui.views.actor_sections.software import SoftwareSection
from briefing.ui.views.actor_sections.sources import SourcesSection
from briefing.ui.views.actor_sections.stage_page import StagePage
from briefing.ui.views.actor_sections.stages import StagesSection
from briefing.ui.views.actor_sections.summary import SummarySection
from briefing.ui.views.actor_sections.targets import TargetsSection
from briefing.ui.views.actor_sections.timeline import EventsSection, TimelineSection
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.scroller import Scroller

STAGE = "stage:"
"""Begins the detail of a place that shows every technique of a stage, followed by its code."""
SOURCES = "sources"
"""The detail of a place that shows the sources of a profile."""

_WIDEST = 1280
_LARGE_TEXT = 1.25
_TWO = Arrangement(720, (((0, 2), (1, 1)),))
_TWO_LARGE = Arrangement(960, (((0, 2), (1, 1)),))
_THREE = Arrangement(780, (((0, 8), (1, 13), (2, 8)),))
_TWO_ROWS = Arrangement(520, (((1, 1),), ((0, 1), (2, 1))))
_MARK_MARGIN = 120


class _Band(QWidget):
    """Sections side by side under one line; nothing at all where they show nothing."""

    def __init__(self, theme: Theme, content: QWidget, sections: tuple[Section, ...]) -> None:
        super().__init__()
        self.sections = sections
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Divider(theme, quiet=False, space=6))
        layout.addWidget(content)

    def set_shown(self, found: Shown) -> None:
        for section in self.sections:
            section.set_shown(found)
        self.setVisible(any(not section.isHidden() for section in self.sections))


class ActorProfileView(QStackedWidget):
    """The profile of an actor, one of its stages in full, or why there is nothing to see.

    What can be seen first is built at once, the rest in the turns of the event loop that follow;
    ``finish`` builds it now.
    """

    navigate = Signal(object)
    """A ``Place``; details of this screen are ``STAGE`` with a code, and ``SOURCES``."""
    compare_requested = Signal(str)
    brief_requested = Signal(str)

    def __init__(self, theme: Theme, world: World | None, *, has_map: bool = False) -> None:
        """Nothing is shown yet.

        Args:
            theme: The theme.
            world: The shapes for the small map; without it countries are words only.
            has_map: Whether there is a map screen for links to lead to.
        """
        super().__init__()
        self._theme = theme
        self._world = world
        self._has_map = has_map
        self._shown: Shown | None = None
        self._waiting: list[Callable[[], None]] = []
        self._came_from: tuple[QWidget | None, int] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._page = Scroller(theme)
        self._stage = StagePage(theme)
        self._told = Scroller(theme)
        for page in (self._page, self._stage, self._told):
            self.addWidget(page)
        self._notice: Notice | None = None
        self._bands: list[_Band] = []
        self._build_top()
        self._connect_stage()
        self._add_shortcuts()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.show_empty()

    @property
    def profile(self) -> ActorProfile | None:
        """The actor that is shown, or None."""
        return self._shown.profile if self._shown else None

    def show_profile(self, profile: ActorProfile) -> None:
        """Show an actor from the top of the page; the same one again where it was left."""
        before = self.profile
        is_same = before is not None and before.row.id == profile.row.id
        self._shown = shown(profile)
        self._came_from = None
        self._fill(self._shown)
        if is_same and self.currentWidget() is self._stage:
            return
        self.setCurrentWidget(self._page)
        if not is_same:
            self._page.verticalScrollBar().setValue(0)

    def show_part(self, detail: str) -> None:
        """Show what the detail of a place names: a stage, the sources, or "" for the profile."""
        if self._shown is None:
            return
        if detail.startswith(STAGE):
            self._show_stage(detail.removeprefix(STAGE))
            return
        self.setCurrentWidget(self._page)
        if detail == SOURCES:
            self.finish()
            self._page.ensureWidgetVisible(self.sources, 0, 0)

    def show_empty(self) -> None:
        """Say that no actor is chosen, and how to choose one."""
        self._tell(
            Notice(
                self._theme,
                "empty",
                "No actor is chosen",
                "Choose one in the list, or search for any of its names with Ctrl+K.",
                icon_name="actors",
            )
        )

    def show_error(self, error: BriefingError) -> None:
        """Say why an actor cannot be shown."""
        text = "\n".join(part for part in (error.remedy, error.detail) if part)
        details = "\n".join(part for part in (error.message, error.remedy, error.detail) if part)

        def copy() -> None:
            QApplication.clipboard().setText(details)

        actions = (NoticeAction("Copy details", copy, "copy"),)
        self._tell(Notice(self._theme, "error", error.message, text, actions))

    def finish(self) -> None:
        """Build what has not been built yet."""
        self._timer.stop()
        while self._waiting:
            self._waiting.pop(0)()

    def show_source(self, key: str) -> None:
        """Scroll to a source and mark it; Escape there leads back."""
        self.finish()
        if self.currentWidget() is not self._page:
            self.setCurrentWidget(self._page)
        bar = self._page.verticalScrollBar()
        if not self.sources.isAncestorOf(QApplication.focusWidget() or self):
            self._came_from = (QApplication.focusWidget(), bar.value())
        self._settle()
        rect = self.sources.mark(key)
        if not rect.isNull():
            place = self.sources.mapTo(self._page.content, rect.center())
            self._page.ensureVisible(0, place.y(), 0, self._theme.px(_MARK_MARGIN))

    def _build_top(self) -> None:
        """The sections that are seen first; the others come with the first profile."""
        theme = self._theme
        self.head = HeadSection(theme)
        self.summary = SummarySection(theme)
        self.names = NamesSection(theme)
        self.origin = OriginSection(theme)
        self.targets = TargetsSection(theme, self._world, has_map=self._has_map)
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.addWidget(self.names)
        self._left.addWidget(self.origin)
        self._left.addStretch(1)
        self._two = Columns(theme, (left, self.targets), (_TWO, stacked(2)), 24, 12)
        self.head.compare_requested.connect(self.compare_requested)
        self.head.brief_requested.connect(self.brief_requested)
        for section in (self.head, self.summary):
            self._connect(section)
            self._page.body.addWidget(section)
        self._add_band(self._two, self.names, self.origin, self.targets)

    def _add_band(self, content: QWidget, *sections: Section) -> None:
        for section in sections:
            self._connect(section)
        band = _Band(self._theme, content, sections)
        self._bands.append(band)
        self._page.body.addWidget(band)

    def _build_stages(self) -> None:
        self.stages = StagesSection(self._theme)
        self.stages.stage_requested.connect(self._on_stage_requested)
        self._add_band(self.stages, self.stages)

    def _build_documents(self) -> None:
        theme = self._theme
        self.software = SoftwareSection(theme)
        self.documents = DocumentsSection(theme)
        self.timeline = TimelineSection(theme)
        self.documents.address_requested.connect(open_address)
        self.timeline.year_requested.connect(self.documents.show_year)
        parts = (self.software, self.documents, self.timeline)
        self._add_band(Columns(theme, parts, (_THREE, _TWO_ROWS, stacked(3))), *parts)

    def _build_events(self) -> None:
        self.events = EventsSection(self._theme)
        self._add_band(self.events, self.events)

    def _build_judgements(self) -> None:
        self.judgements = JudgementsSection(self._theme)
        self._add_band(self.judgements, self.judgements)

    def _build_advice(self) -> None:
        self.advice = AdviceSection(self._theme)
        self._add_band(self.advice, self.advice)

    def _build_actions(self) -> None:
        self.actions_to_take = ActionsSection(self._theme)
        self._add_band(self.actions_to_take, self.actions_to_take)

    def _build_related(self) -> None:
        self.related = RelatedSection(self._theme)
        self._add_band(self.related, self.related)

    def _build_sources(self) -> None:
        self.sources = SourcesSection(self._theme)
        self.sources.address_requested.connect(open_address)
        self.sources.left.connect(self._on_sources_left)
        self._add_band(self.sources, self.sources)

    def _connect(self, section: Section) -> None:
        section.navigate.connect(self.navigate)
        section.source_activated.connect(self.show_source)

    def _connect_stage(self) -> None:
        self._stage.navigate.connect(self.navigate)
        self._stage.source_activated.connect(self.show_source)
        self._stage.address_requested.connect(open_address)
        self._stage.left.connect(self._on_stage_left)

    def _add_shortcuts(self) -> None:
        bar = self._page.verticalScrollBar()
        moves = {
            Qt.Key.Key_PageDown: lambda: bar.setValue(bar.value() + bar.pageStep()),
            Qt.Key.Key_PageUp: lambda: bar.setValue(bar.value() - bar.pageStep()),
        }
        for key, move in moves.items():
            shortcut = QShortcut(QKeySequence(key), self._page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(move)

    def _fill(self, found: Shown) -> None:
        """Fill the top now, and put the rest in the queue."""
        self.head.set_shown(found)
        self.summary.set_shown(found)
        builders = (
            self._build_stages,
            self._build_documents,
            self._build_events,
            self._build_judgements,
            self._build_advice,
            self._build_actions,
            self._build_related,
            self._build_sources,
        )
        self._bands[0].set_shown(found)
        self._waiting = []
        for place, build in enumerate(builders, start=1):
            if place < len(self._bands):
                self._bands[place].hide()
            self._waiting.append(lambda place=place, build=build: self._fill_band(place, build))
        self._timer.start(0)

    def _fill_band(self, place: int, build: Callable[[], None]) -> None:
        if place == len(self._bands):
            build()
        if self._shown is not None:
            self._bands[place].set_shown(self._shown)

    def _show_stage(self, code: str) -> None:
        if self._shown is not None and self._stage.show_stage(self._shown, code):
            self.setCurrentWidget(self._stage)
            self._stage.focus_filter()

    def _tell(self, notice: Notice) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self._shown = None
        self._waiting = []
        self._timer.stop()
        self._told.body.addWidget(notice)
        self.setCurrentWidget(self._told)

    def _settle(self) -> None:
        """Give everything its place now, so that scrolling knows where things are."""
        self._page.content.layout().activate()
        self._page.setWidgetResizable(True)
        QApplication.sendPostedEvents(self._page.content)

    def _on_stage_requested(self, code: str) -> None:
        if self._shown is not None:
            self._show_stage(code)
            self.navigate.emit(Place(SCREEN, self._shown.profile.row.id, f"{STAGE}{code}"))

    def _on_stage_left(self) -> None:
        if self._shown is not None:
            self.show_part("")
            self.navigate.emit(Place(SCREEN, self._shown.profile.row.id))

    def _on_sources_left(self) -> None:
        if self._came_from is None:
            return
        widget, value = self._came_from
        self._came_from = None
        if widget is not None and is_alive(widget) and widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.verticalScrollBar().setValue(value)

    def _on_timer_timeout(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
        if self._waiting:
            self._timer.start(0)

    def _on_theme_changed(self) -> None:
        self._left.setSpacing(self._theme.px(8))
        self._page.content.setMaximumWidth(self._theme.px(_WIDEST))
        two = _TWO_LARGE if self._theme.factor > _LARGE_TEXT else _TWO
        self._two.columns.set_arrangements((two, stacked(2)))


def open_address(address: str) -> None:
    """Open a web address in the browser; anything that is not one is left alone."""
    url = QUrl(address)
    if url.scheme() in ("https", "http"):
        QDesktopServices.openUrl(url)
