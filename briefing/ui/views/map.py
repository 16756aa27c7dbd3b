"""The Map screen: who targets whom, on a map, in two matrices and as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.core.world import World
from briefing.exports.map_picture import MapContent
from briefing.services.library import Library
from briefing.services.targeting import TargetingIndex
from briefing.settings import SettingsFile
from briefing.ui.errors import show_error
from briefing.ui.jobs import Job, Jobs
from briefing.ui.main_window import HELP_TOPIC
from briefing.ui.map_places import MAP, MapWish, map_place, read_map_place
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.actors import Remembered
from briefing.ui.views.map_content import Counts
from briefing.ui.views.map_export import MapExport
from briefing.ui.views.map_filters import MapFilters
from briefing.ui.views.map_page import MapPage
from briefing.ui.views.map_pane import WIDTH, MapPane
from briefing.ui.views.map_table import MapTable
from briefing.ui.views.map_tabs import as_targeting_tab
from briefing.ui.views.matrix import MatrixView
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.tab_order import lead
from briefing.ui.widgets.tabs import Tabs

ORIGINS: Final = "origin"
"""Key of the tab with sectors by origin."""
TABLE: Final = "table"
_SIDES: Final = 16
_PANE: Final = "map.pane width"
_MOST_OF_THE_WINDOW: Final = 0.45
_ROOMY: Final = 860
"""A screen narrower than this, in pixels at 100 %, shows no list beside a map without a choice."""
_FEW_ROWS: Final = 9
"""Sectors of the matrix below the map."""
_MOMENT: Final = 200
"""Milliseconds after which waiting is explained."""
_COUNTING: Final = "Counting who targets whom"


class MapView(QWidget):
    """A Screen. Its places say which countries are chosen, what is counted, and on which tab."""

    navigate = Signal(object)
    """The Place that was asked for."""
    counted = Signal()
    """The index of the present database is built, and what was asked for is shown."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        world: Callable[[], World],
        ceiling: Callable[[], Tlp] = lambda: Tlp.RED,
    ) -> None:
        """Nothing is counted before ``show_place``.

        Args:
            theme: Looks.
            jobs: Builds the index, and writes files.
            library: What is read.
            settings: Where the width of the pane is remembered.
            world: Reads the shapes of the map.
            ceiling: The audience's: what is above it is not counted.
        """
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._library = library
        self._ceiling = ceiling
        self._index: TargetingIndex | None = None
        self._job: Job[TargetingIndex] | None = None
        self._wish = self._left = MapWish()
        self._counts: Counts | None = None
        self._told: BriefingError | None = None
        self._remembered = Remembered(settings, self)
        kept = self._remembered.values.get(_PANE, "")
        self._pane_width = int(kept) if kept.isdecimal() else WIDTH
        shapes = self._read(world)
        self.page = MapPage(theme, shapes) if shapes is not None else None
        self.below = MatrixView(theme, "origin", library, few_rows=_FEW_ROWS)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self.table = MapTable(theme)
        self.pane = MapPane(theme)
        self.export = MapExport(theme, jobs, shapes, self._content)
        self.filters = MapFilters(theme, library, self.export)
        self.tabs = Tabs(theme, "Map, matrices, table")
        self._stack = QStackedWidget()
        self._stack.setProperty(OWN_FOCUS, True)
        self._keys: list[str] = []
        self._waiting = Notice(theme, "info", "")
        self._waiting.hide()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self.setProperty(HELP_TOPIC, "data")
        lead(self, self.tabs)
        self._on_theme_changed()

    @property
    def title(self) -> str:
        """What is shown: a country, or the map."""
        if self._counts is not None and self._wish.countries:
            return f"{self.pane.title.text()} on the map"
        return "Map"

    @property
    def wish(self) -> MapWish:
        """What is shown, or waited for."""
        return self._wish

    def add_tab(self, key: str, label: str, widget: QWidget) -> None:
        """Put a tab before the table.

        Args:
            key: What places call it.
            label: What the tab says.
            widget: A TargetingTab; it is told what to count while it is the one that is shown.
        """
        at = len(self._keys) - 1
        self._keys.insert(at, key)
        self._stack.insertWidget(at, widget)
        self.tabs.blockSignals(True)
        self.tabs.insertTab(at, label)
        self.tabs.blockSignals(False)
        tab = as_targeting_tab(widget)
        tab.navigate.connect(self.navigate)
        tab.cell_activated.connect(self._on_tab_cell_activated)
        tab.cell_closed.connect(self._on_tab_cell_closed)

    def show_place(self, place: Place) -> None:
        """Show a place of this screen; where nothing is counted yet, as soon as it is."""
        self._left = self._wish
        self._wish = read_map_place(place)
        if self._wish.tab not in self._keys:
            self._wish = replace(self._wish, tab=MAP if self.page is not None else TABLE)
        if self._index is None:
            self._build()
        self._show()

    def reload(self) -> None:
        """Count anew, after the data changed; ``show_place`` comes after it."""
        self._index = self._counts = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def recount(self) -> None:
        """Count anew, for another audience."""
        self.reload()
        if self.isVisible():
            self._build()
            self._show()

    def _read(self, world: Callable[[], World]) -> World | None:
        """The shapes of the map; without them the table says the same."""
        try:
            return world()
        except BriefingError as error:
            self._told = error
            return None

    def _lay_out(self) -> None:
        left = QWidget()
        self._box = QVBoxLayout(left)
        for widget in (self.filters, self.export.written, self.tabs, self._waiting):
            self._box.addWidget(widget)
        self._box.addWidget(self._stack, 1)
        self._box.addStretch(0)
        if self.page is not None:
            self._add(MAP, "Map", self.page)
            self.page.set_below(self.below)
        self._add(TABLE, "Table", self.table)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self.pane)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._splitter)

    def _add(self, key: str, label: str, widget: QWidget) -> None:
        self._keys.append(key)
        self._stack.addWidget(widget)
        self.tabs.addTab(label)

    def _connect(self) -> None:
        self.filters.changed.connect(self._go)
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        if self.page is not None:
            self.page.countries_chosen.connect(self._on_countries_chosen)
            self.page.years_dragged.connect(self._on_page_years_dragged)
            self.page.years_chosen.connect(lambda years: self._go(self._wish.within(years)))
        self._later.timeout.connect(self._on_later_timeout)
        self.below.navigate.connect(self.navigate)
        self.below.cell_activated.connect(self._on_below_cell_activated)
        self.table.place_chosen.connect(lambda code: self._on_countries_chosen((code,)))
        self.pane.navigate.connect(self.navigate)
        self.pane.closed.connect(lambda: self._on_countries_chosen(()))
        self.pane.place_chosen.connect(lambda code: self._on_countries_chosen((code,)))
        self.pane.sector_chosen.connect(
            lambda code: self._go(self._wish.choosing("sector", (code,)))
        )
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self._theme.changed.connect(self._on_theme_changed)

    def _build(self) -> None:
        if self._job is not None:
            return
        knowledge, ceiling = self._library.knowledge, self._ceiling()
        job = self._jobs.run(
            _COUNTING, lambda _task: TargetingIndex.below(knowledge, ceiling), serial=True
        )
        self._job = job
        job.finished.connect(partial(self._on_job_finished, job))
        job.failed.connect(partial(self._on_job_failed, job))
        self._waiting.set_words(f"{_COUNTING}.", "It takes a moment.")
        QTimer.singleShot(_MOMENT, self, self._on_moment_passed)

    def _show(self) -> None:
        """Show what is asked for with what is counted."""
        index = self._index
        self._stack.setVisible(index is not None)
        if index is not None:
            self._waiting.hide()
        self.filters.set_index(index)
        self.filters.show_wish(self._wish)
        at = self._keys.index(self._wish.tab)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(at)
        self.tabs.blockSignals(False)
        self._stack.setCurrentIndex(at)
        if index is None:
            self.pane.hide()
            return
        self._counts = Counts(index, self._library, self._wish)
        self._show_counts(self._counts, index)
        self._show_pane(self._counts)

    def _show_pane(self, counts: Counts) -> None:
        """Beside the map; beside the table where a row is chosen; a matrix has its own."""
        shown = self._stack.currentWidget()
        has_choice = bool(self._wish.countries)
        is_roomy = self.width() >= self._theme.px(_ROOMY)
        wanted = shown in (self.page, self.table) and (
            has_choice or (shown is self.page and is_roomy)
        )
        if wanted:
            self.pane.show_counts(counts)
        if wanted != self.pane.isVisibleTo(self):
            self.pane.setVisible(wanted)
            self._split()

    def _show_counts(self, counts: Counts, index: TargetingIndex) -> None:
        """Fill the tab that is shown; the others are filled when they are."""
        shown = self._stack.currentWidget()
        if shown is self.page and self.page is not None:
            self.page.show_counts(counts)
            self._later.start()
        elif shown is self.table:
            self.table.show_counts(counts)
        else:
            tab = as_targeting_tab(shown)
            tab.set_targeting(index, counts.wish.filter)
            if counts.wish.cell is not None:
                tab.show_cell(*counts.wish.cell)
            elif self._left.cell is not None:
                tab.close_cell()

    def _content(self) -> MapContent | None:
        off_map = self.page.off_map if self.page is not None else ()
        return self._counts.content(off_map) if self._counts is not None else None

    def _go(self, wish: MapWish) -> None:
        self.navigate.emit(map_place(wish))

    def _on_job_finished(self, job: Job[TargetingIndex], index: TargetingIndex) -> None:
        if job is not self._job:
            return  # of a database that says something else by now
        self._job = None
        self._index = index
        if self.page is not None:
            self.page.set_years(index.years)
        self._show()
        self.counted.emit()

    def _on_job_failed(self, job: Job[TargetingIndex], error: BriefingError) -> None:
        if job is not self._job:
            return
        self._job = None
        self._waiting.set_words(error.message, error.remedy)
        self._waiting.show()
        show_error(self.window(), error, self._theme)

    def _on_moment_passed(self) -> None:
        """Say what is waited for, once it is worth saying."""
        self._waiting.setVisible(self._index is None)

    def _on_tabs_current_changed(self, at: int) -> None:
        self._go(replace(self._wish, tab=self._keys[at], cell=None))

    def _on_countries_chosen(self, codes: tuple[str, ...]) -> None:
        self._go(replace(self._wish, countries=codes, cell=None))

    def _on_tab_cell_activated(self, sector: str, column: str) -> None:
        self._go(replace(self._wish, cell=(sector, column)))

    def _on_tab_cell_closed(self) -> None:
        if self._wish.cell is not None:
            self._go(replace(self._wish, cell=None))

    def _on_below_cell_activated(self, sector: str, column: str) -> None:
        """Statements have no room below the map; the matrix's own tab has."""
        self.below.close_cell()
        if ORIGINS in self._keys:
            self._go(replace(self._wish, tab=ORIGINS, cell=(sector, column)))

    def _on_later_timeout(self) -> None:
        if self._index is not None and self.page is not None and self.page.has_below:
            self.below.set_targeting(self._index, self._wish.filter)

    def _on_page_years_dragged(self, years: tuple[int, int] | None) -> None:
        """Recolour at once; the place changes when the handle is let go of."""
        if self._index is not None and self.page is not None:
            wish = self._wish.within(years)
            self._counts = Counts(self._index, self._library, wish)
            self.page.show_counts(self._counts)
            self.filters.show_wish(wish)

    def _on_splitter_moved(self, position: int, _handle: int) -> None:
        width = (self._splitter.width() - position) / self._theme.factor
        self._pane_width = max(round(width), 1)
        self._remembered.keep({_PANE: str(self._pane_width)})

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(px(_SIDES), px(10), px(_SIDES), 0)
        self._box.setSpacing(px(4))
        self._split()

    def _split(self) -> None:
        total = self._splitter.width()
        wanted = min(self._theme.px(self._pane_width), round(total * _MOST_OF_THE_WINDOW))
        self._splitter.setSizes([max(total - wanted, 1), wanted])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the pane as wide as it is, and give the map what is gained."""
        super().resizeEvent(event)
        if self._counts is not None:
            self._show_pane(self._counts)
            self._later.start()
        self._split()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell why there is no map, now that somebody can see it."""
        super().showEvent(event)
        if self._told is not None:
            error, self._told = self._told, None
            show_error(self.window(), error, self._theme)

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what is to be remembered: the window may be closing."""
        super().hideEvent(event)
        self._remembered.write()
