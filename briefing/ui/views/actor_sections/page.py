"""The page of a profile: its sections in order, filled from the top down while one reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from briefing.core.world import World
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.band import Band, single
from briefing.ui.views.actor_sections.head import HeadSection
from briefing.ui.views.actor_sections.names import NamesSection
from briefing.ui.views.actor_sections.origin import OriginSection
from briefing.ui.views.actor_sections.section import Section
from briefing.ui.views.actor_sections.shown import Shown
from briefing.ui.views.actor_sections.stages import StagesSection
from briefing.ui.views.actor_sections.summary import SummarySection
from briefing.ui.views.actor_sections.targets import TargetsSection
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.tab_order import order_tabs

if TYPE_CHECKING:
    from briefing.ui.views.actor_sections.changes import TellsChanges
    from briefing.ui.views.actor_sections.sources import SourcesSection

_WIDEST = 1280
_LARGE_TEXT = 1.25
_TWO = Arrangement(720, (((0, 2), (1, 1)),))
_TWO_LARGE = Arrangement(960, (((0, 2), (1, 1)),))
_MARGIN = 120

_S = TypeVar("_S", bound=Section)


class ProfilePage(Scroller):
    """All sections of a profile.

    What is seen first is filled at once, the rest in the turns of the event loop that follow;
    ``finish`` fills it now. Widgets are built once and used for every actor.
    """

    navigate = Signal(object)
    stage_requested = Signal(str)
    compare_requested = Signal(str)
    brief_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        world: World | None,
        *,
        has_map: bool,
        changes: TellsChanges | None = None,
    ) -> None:
        """Only the head and the summary exist; see ``ActorProfileView`` for the arguments."""
        super().__init__(theme)
        self._world = world
        self._has_map = has_map
        self._changes = changes
        self._shown: Shown | None = None
        self._came_from: tuple[QWidget | None, int] | None = None
        self._bands: list[Band] = []
        self._aside: list[Band] = []
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.head = HeadSection(theme)
        self.head.compare_requested.connect(self.compare_requested)
        self.head.brief_requested.connect(self.brief_requested)
        self.summary = SummarySection(theme)
        for section in (self.head, self.summary):
            self._connect(section)
            self.body.addWidget(section)
        self._two: Columns | None = None
        self._add_shortcuts()
        theme.changed.connect(self._on_theme_factor_changed)
        self._on_theme_factor_changed()

    def set_shown(self, found: Shown) -> None:
        """Show a profile; where the page stands is kept."""
        self._shown = found
        self._came_from = None
        self.head.set_shown(found)
        self.summary.set_shown(found)
        for band in self._bands[1:]:
            band.hide()
        self._aside.clear()
        self._next = 0
        self._fill_next()
        self._timer.start(0)

    def finish(self) -> None:
        """Fill what has not been filled yet, and give everything its place."""
        self._timer.stop()
        while self._aside:
            self._aside.pop(0).show()
        while self._is_waiting():
            self._fill_next()
        order_tabs(self.content)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def section(self, kind: type[_S]) -> _S:
        """The section of a kind, filled."""
        self.finish()
        for band in self._bands:
            for section in band.sections:
                if isinstance(section, kind):
                    return section
        raise LookupError(kind.__name__)

    def to_top(self) -> None:
        """Go to the beginning of the page."""
        self.verticalScrollBar().setValue(0)

    def show_sources(self) -> None:
        """Scroll to the list of sources."""
        sources = self._sources()
        place = sources.mapTo(self.content, sources.rect().topLeft())
        self.verticalScrollBar().setValue(place.y() - self._theme.px(12))

    def show_source(self, key: str) -> None:
        """Scroll to a source and mark it; Escape there leads back to where one was."""
        sources = self._sources()
        focus = QApplication.focusWidget()
        if focus is None or not sources.isAncestorOf(focus):
            self._came_from = (focus, self.verticalScrollBar().value())
        rect = sources.mark(key)
        if not rect.isNull():
            place = sources.mapTo(self.content, rect.center())
            self.ensureVisible(0, place.y(), 0, self._theme.px(_MARGIN))

    def _identity_band(self) -> Band:
        theme = self._theme
        names, origin = NamesSection(theme), OriginSection(theme)
        targets = TargetsSection(theme, self._world, has_map=self._has_map)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(names)
        column.addWidget(origin)
        column.addStretch(1)
        self._two = Columns(theme, (left, targets), (_TWO, stacked(2)))
        self._on_theme_factor_changed()
        return Band(theme, self._two, names, origin, targets)

    def _stages_band(self) -> Band:
        stages = StagesSection(self._theme)
        stages.stage_requested.connect(self.stage_requested)
        return single(self._theme, stages)

    @cached_property
    def _below(self) -> tuple[Callable[[], Band], ...]:
        """What builds the bands further down."""
        # lazy: loaded after what is seen first.
        from briefing.ui.views.actor_sections.below import builders  # noqa: PLC0415 - start time

        return builders(self._theme, self._changes)

    def _builder(self, place: int) -> Callable[[], Band] | None:
        """What builds the band of a place, counted from the top; None below the last."""
        first = (self._identity_band, self._stages_band)
        if place < len(first):
            return first[place]
        place -= len(first)
        return self._below[place] if place < len(self._below) else None

    def _sources(self) -> SourcesSection:
        # lazy: it stands at the foot of the page.
        from briefing.ui.views.actor_sections.sources import (  # noqa: PLC0415 - start time
            SourcesSection,
        )

        return self.section(SourcesSection)

    def _connect(self, section: Section) -> None:
        section.navigate.connect(self.navigate)
        section.source_activated.connect(self.show_source)
        section.left.connect(self._on_section_left)

    def _is_waiting(self) -> bool:
        return self._shown is not None and self._builder(self._next) is not None

    def _fill_next(self) -> None:
        build = self._builder(self._next)
        if self._shown is None or build is None:
            return
        if self._next == len(self._bands):
            band = build()
            for section in band.sections:
                self._connect(section)
            self._bands.append(band)
            self.body.addWidget(band)
        self._bands[self._next].set_shown(self._shown)
        self._next += 1

    def _add_shortcuts(self) -> None:
        bar = self.verticalScrollBar()
        for key, way in ((Qt.Key.Key_PageDown, +1), (Qt.Key.Key_PageUp, -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(
                lambda way=way: bar.setValue(bar.value() + way * bar.pageStep())
            )

    def _on_timer_timeout(self) -> None:
        if self._aside:
            self._aside.pop(0).show()
        elif self._is_waiting():
            self._fill_next()
        if self._aside or self._is_waiting():
            self._timer.start(0)
        else:
            order_tabs(self.content)

    def _on_section_left(self) -> None:
        if self._came_from is None:
            return
        widget, value = self._came_from
        self._came_from = None
        if widget is not None and isValid(widget) and widget.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(value)

    def _on_theme_factor_changed(self) -> None:
        self.content.setMaximumWidth(self._theme.px(_WIDEST))
        if self._two is not None:
            two = _TWO_LARGE if self._theme.factor > _LARGE_TEXT else _TWO
            self._two.columns.set_arrangements((two, stacked(2)))
        self._put_aside()

    def _put_aside(self) -> None:
        """What lies below the view is laid out anew later, each band in a turn of its own."""
        end = self.verticalScrollBar().value() + self.viewport().height()
        focus = QApplication.focusWidget()
        below = [band for band in self._bands if band.isVisible() and band.y() > end]
        if self._aside or not below or any(focus and band.isAncestorOf(focus) for band in below):
            return
        self._aside = below
        for band in below:
            band.hide()
        self._timer.start(0)
