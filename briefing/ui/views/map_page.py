"""The Map tab: the map, its legend, the years, and of how many all that is known."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from briefing.core.world import World
from briefing.ui.theme import Theme
from briefing.ui.views.map_content import Counts
from briefing.ui.views.map_words import NOUNS, TITLES, denominator, notes, undated_words
from briefing.ui.widgets.buttons import IconButton
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.map_legend import MapLegend
from briefing.ui.widgets.prose import Prose
from briefing.ui.widgets.tab_order import lead
from briefing.ui.widgets.world_map import STEP, WorldMap
from briefing.ui.widgets.year_slider import YearSlider

_HINT: Final = "Ctrl+click chooses several countries; the wheel zooms, dragging moves the map."
_LEAST_MAP: Final = 190
_LEAST_MAP_ABOVE: Final = 280
"""Height of the map where something stands below it, in pixels at 100 %, at least."""
_LEAST_BELOW: Final = 300
_BELOW: Final = 310
_AROUND: Final = 48
"""Margins, gaps and the line, in pixels at 100 %."""


class _MapHolder(QWidget):
    """The map with its zoom buttons in the corner."""

    def __init__(self, theme: Theme, world_map: WorldMap) -> None:
        super().__init__()
        self._theme = theme
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(world_map)
        self._closer = IconButton(theme, "plus", "Zoom in (+)", quiet=True, parent=self)
        self._further = IconButton(theme, "minus", "Zoom out (−)", quiet=True, parent=self)
        self._whole = IconButton(theme, "map", "Show the whole world (0)", quiet=True, parent=self)
        self._closer.clicked.connect(lambda: world_map.zoom_by(STEP))
        self._further.clicked.connect(lambda: world_map.zoom_by(1 / STEP))
        self._whole.clicked.connect(world_map.show_world)
        world_map.zoom_changed.connect(self._on_map_zoom_changed)
        theme.changed.connect(self._place)
        self._on_map_zoom_changed(1.0)

    def _place(self) -> None:
        """Side by side in the lower left corner, where the map has only sea."""
        left = 0
        for button in (self._closer, self._further, self._whole):
            button.resize(button.sizeHint())
            button.move(left, self.height() - button.height())
            button.raise_()
            left += button.width()

    def _on_map_zoom_changed(self, zoom: float) -> None:
        for button in (self._further, self._whole):
            button.setEnabled(zoom > 1.0)

    def sizeHint(self) -> QSize:
        """No more than is needed: the map takes what is left, and asks for nothing."""
        return QSize(self._theme.px(600), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons keep to their corner."""
        super().resizeEvent(event)
        self._place()


class MapPage(QScrollArea):
    """Shows counts; tells which countries and years a person has chosen.

    It scrolls only where the window is too low for a map and the lines under it. Where it is high,
    there is room for one thing more below (see ``set_below``).
    """

    countries_chosen = Signal(object)
    """Codes, in the order of choosing."""
    years_dragged = Signal(object)
    """First and last year while a handle is dragged; None for all."""
    years_chosen = Signal(object)
    """First and last year once it is let go of; None for all."""

    def __init__(self, theme: Theme, world: World) -> None:
        """Without counts."""
        super().__init__()
        self._theme = theme
        self._world = world
        self._counts: Counts | None = None
        self._bounds: tuple[int, int] | None = None
        self._below: QWidget | None = None
        self.map = WorldMap(theme, world)
        self.map.describe = self._describe
        self.map.selection_changed.connect(self.countries_chosen)
        self._holder = _MapHolder(theme, self.map)
        self.slider = YearSlider(theme, "Dated")
        self.legend = MapLegend(theme)
        self.known = Prose(theme, "table", "ink_2")
        self.left_out = WrappedLabel(theme, "", "note", "ink_3")
        self.notes = WrappedLabel(theme, "", "note", "ink_3")
        self._lay_out()
        self.slider.changed.connect(self._on_slider_changed)
        self.slider.settled.connect(self._on_slider_settled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def off_map(self) -> tuple[str, ...]:
        """Countries that are named and have no shape."""
        numbers = self._counts.numbers if self._counts else {}
        return tuple(sorted(numbers.keys() - self._world.shapes.keys()))

    @property
    def has_below(self) -> bool:
        """Whether there is room for what stands below."""
        return self._below is not None and not self._below.isHidden()

    def set_below(self, widget: QWidget) -> None:
        """Put a widget under everything; it is shown where the window is high enough."""
        self._below = widget
        widget.hide()
        self._box.addWidget(self._line)
        self._box.addWidget(widget)
        self._share_room()

    def set_years(self, bounds: tuple[int, int] | None) -> None:
        """The years of which anything dated speaks; None where nothing is dated."""
        self._bounds = bounds
        self.slider.set_years(*(bounds or (0, 0)))

    def show_counts(self, counts: Counts) -> None:
        """Colour the map and say of how many."""
        self._counts = counts
        wish, targeting = counts.wish, counts.targeting
        self.map.set_numbers(counts.numbers, counts.classes.shades, NOUNS[wish.measure])
        self.map.set_selected(wish.countries)
        if self._bounds:
            self.slider.set_range(*(wish.years or self._bounds))
        silent = len(self._world.shapes.keys() - counts.numbers.keys())
        self.legend.set_classes(TITLES[wish.measure], counts.classes.rows, silent)
        self.known.set_text(denominator(targeting, wish))
        self.left_out.setText(undated_words(targeting.known, wish.years))
        under = notes(targeting.places, counts.labels, wish.measure, self.off_map)
        self.notes.setText(" ".join((*under, _HINT)))
        self._share_room()

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QHBoxLayout()
        label = Label(self._theme, "Dated", "table_strong")
        self._row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.slider, 1)
        self._row.addWidget(self.left_out, 1)
        content = QWidget()
        self._line = Divider(self._theme)
        self._line.hide()
        self._box = QVBoxLayout(content)
        self._box.addWidget(self._holder, 1)
        self._box.addWidget(self.legend)
        self._box.addLayout(self._row)
        self._box.addWidget(self.known)
        self._box.addWidget(self.notes)
        self.setWidget(content)
        lead(self, self.map)

    def _share_room(self) -> None:
        """The map has what its width asks for; what is below has the rest, if that is enough."""
        below, px = self._below, self._theme.px
        if below is None:
            return
        width = self.viewport().width()
        words = (self.legend, self.known, self.notes)
        lines = sum(widget.heightForWidth(width) for widget in words)
        lines += self.slider.sizeHint().height() + px(_AROUND)
        room = self.viewport().height() - lines
        whole = round(width * self._world.height / self._world.width)
        left = room - max(min(whole, room - px(_BELOW)), px(_LEAST_MAP_ABOVE))
        fits = left >= px(_LEAST_BELOW)
        if fits:
            below.setFixedHeight(left)
        below.setVisible(fits)
        self._line.setVisible(fits)

    def _describe(self, code: str) -> tuple[str, ...]:
        return (", ".join(self._counts.most_named(code)),) if self._counts else ()

    def _span(self, first: int, last: int) -> tuple[int, int] | None:
        """Both handles at the ends is no choice: what bears no date counts too."""
        return None if (first, last) == self._bounds else (first, last)

    def _on_slider_changed(self, first: int, last: int) -> None:
        self.years_dragged.emit(self._span(first, last))

    def _on_slider_settled(self, first: int, last: int) -> None:
        self.years_chosen.emit(self._span(first, last))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(0, px(4), 0, px(8))
        self._box.setSpacing(px(4))
        self._row.setSpacing(px(12))
        self._holder.setMinimumHeight(px(_LEAST_MAP))
        self._share_room()

    def minimumSizeHint(self) -> QSize:
        """A map that can still be read."""
        return QSize(self._theme.px(240), self._theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share_room()
