"""The right side of the Map screen: who is behind a country, or every place that is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from briefing.core.brief import Mark, Span, Text
from briefing.core.targeting import TargetCount, TargetingActor
from briefing.core.tlp import Tlp
from briefing.core.wording import counted
from briefing.ui.actor_places import filter_place
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.navigation import Place
from briefing.ui.theme import Theme
from briefing.ui.views.link_table import LinkTable
from briefing.ui.views.map_content import Behind, Counts
from briefing.ui.views.map_sources import MapSources
from briefing.ui.views.map_words import MISSING_REPORT, kind_of
from briefing.ui.widgets.badges import TlpBadge
from briefing.ui.widgets.bar_rows import BarRows
from briefing.ui.widgets.buttons import IconButton, LinkButton, normal_button
from briefing.ui.widgets.cells import NOT_STATED
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH
from briefing.ui.widgets.table_text import rows_as_text
from briefing.ui.widgets.tooltip_lines import tooltip_of
from briefing.ui.widgets.tooltips import plain_tooltip

WIDTH: Final = 380
"""Pixels at 100 % that the pane takes at first."""

_LET_GO: Final = "Let go of the choice"
_FEW_BARS: Final = 6
_FEW_MARKS: Final = 3
_ROW_MARKS: Final = 2
_LEAST_ROWS: Final = 6
_ROW: Final = 28
_MOST_ROOM: Final = 100
"""Share of the height that a table gets of what is left, beside 1 for the gap under the bars."""
_SIDES: Final = 20
_ACTOR_COLUMNS: Final = (
    PlainColumn("Actor"),
    PlainColumn("Origin", "Where some source says that the actor comes from."),
    PlainColumn("Said", "How many statements say so.", numeric=True),
    PlainColumn("Refs", "How many documents are cited about the actor at all.", numeric=True),
    PlainColumn("By", "Numbers of the sources below that say so."),
)
_ACTOR_WIDTHS: Final = (STRETCH, 88, 44, 44, 70)
_REFS, _BY = 3, 4
_PLACE_COLUMNS: Final = (
    PlainColumn("Victim"),
    PlainColumn("Kind"),
    PlainColumn("Actors", "How many actors are said to target it.", numeric=True),
    PlainColumn("Statements", "How many statements say so.", numeric=True),
)
_PLACE_WIDTHS: Final = (STRETCH, 84, 54, 78)
_KIND = 1


class MapPane(QScrollArea):
    """Asks for places; it shows what it is given."""

    navigate = Signal(object)
    """The Place that was asked for."""
    closed = Signal()
    """The chosen countries are to be let go of."""
    place_chosen = Signal(str)
    """The code of a place whose actors are to be listed."""
    sector_chosen = Signal(str)
    """The code of a sector to filter for."""

    def __init__(self, theme: Theme) -> None:
        """Without counts."""
        super().__init__()
        self._theme = theme
        self._behind: Behind | None = None
        self._counts: Counts | None = None
        self._sectors: tuple[TargetCount, ...] = ()
        self._all_sectors = False
        self._content = QWidget()
        self.title = WrappedLabel(theme, "", "title")
        self._close = IconButton(
            theme, "close", "Let go of the choice", quiet=True, colour="accent"
        )
        self.summary = ProseRows(theme, "table", "ink_2")
        self._badge = TlpBadge(theme, Tlp.CLEAR)
        self._actors = LazyTableModel(_ACTOR_COLUMNS, self._actor_cell, _actor_key, self)
        self._places = LazyTableModel(_PLACE_COLUMNS, self._place_cell, _place_key, self)
        self.actor_table = self._table("Actors", self._actors, _ACTOR_WIDTHS, (_REFS, _BY))
        self.place_table = self._table("Victims", self._places, _PLACE_WIDTHS, (_KIND,))
        self.filter = normal_button(theme, "", "filter")
        self.copy = normal_button(theme, "Copy table", "copy")
        self.header = SectionHeader(theme, "Their sectors")
        self.bars = BarRows(theme)
        self._more = LinkButton(theme, "", "head")
        self.sources = MapSources(theme)
        self._missing = WrappedLabel(theme, MISSING_REPORT, "note", "ink_3")
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_counts(self, counts: Counts) -> None:
        """List the actors of what is chosen, or every place where nothing is."""
        self._counts = counts
        self._behind = counts.behind()
        self._all_sectors = False
        if self._behind is None:
            self._show_places(counts)
        else:
            self._show_behind(self._behind)
        has_actors = self._behind is not None
        for widget, shown in (
            (self.actor_table, has_actors),
            (self.place_table, not has_actors),
            (self._close, has_actors),
            (self.sources, bool(self._behind and self._behind.sources)),
        ):
            widget.setVisible(shown)
        self.copy.set_text("Copy table")
        self._fit_tables()
        self._fill_bars()

    def _show_behind(self, behind: Behind) -> None:
        self._actors.set_rows(behind.actors)
        self._head(behind.title, behind.tlp)
        keys = tuple(entry.key for entry in behind.sources)
        numbers = {key: number for number, key in enumerate(keys, start=1)}
        titles = {entry.key: entry.title or entry.url for entry in behind.sources}
        marks = (Mark(keys[:_FEW_MARKS]),) if keys else ()
        words: Text = (Span(behind.summary), *marks)
        self.summary.set_rows([ProseRow(words)], numbers, titles)
        self._sectors = behind.sectors
        self.header.set_title("Their sectors")
        self.header.set_note(f"known for {behind.with_sector:,} of {len(behind.actors):,}")
        self.sources.show_sources(behind.sources)
        is_one = self._counts is not None and len(self._counts.wish.countries) == 1
        self.filter.setVisible(is_one and bool(behind.actors))
        self.filter.set_text(f"Filter Actors by {behind.title}")
        self._explain_filter(behind)

    def _explain_filter(self, behind: Behind) -> None:
        """Say how many the list of actors has: it does not look into incidents."""
        code = self._counts.wish.countries[0] if self._counts else ""
        found, listed = len(behind.actors), sum(code in a.actor.countries for a in behind.actors)
        words = f"Opens the list of actors; all {found:,} are in it."
        if listed < found:
            words = (
                f"Opens the list of actors with {listed:,} of these {found:,}: it goes by what is"
                " said of actors, and does not look into dated incidents."
            )
        self.filter.setToolTip(plain_tooltip(words))
        self.filter.setAccessibleDescription(words)

    def _show_places(self, counts: Counts) -> None:
        targeting = counts.targeting
        ranked = sorted(
            (*targeting.countries, *targeting.places),
            key=lambda one: (-one.actors, -one.statements, counts.labels.target(one.code)),
        )
        self._places.set_rows(ranked)
        countries, others = len(targeting.countries), len(targeting.places)
        summary = f"{counted(countries, 'country')}, {counted(others, 'body or region')}"
        self._head("Every victim named", None)
        words: Text = (Span(f"{summary}; choose one to see who is behind it"),)
        self.summary.set_rows([ProseRow(words)])
        self._sectors = targeting.sectors
        known = targeting.known
        self.header.set_title("Sectors")
        self.header.set_note(f"known for {known.with_sector:,} of {known.actors:,}")
        self.filter.hide()

    def _head(self, title: str, tlp: Tlp | None) -> None:
        self.title.setText(title)
        self.title.setAccessibleName(title)
        self._badge.setVisible(tlp is not None and tlp is not Tlp.CLEAR)
        if tlp is not None:
            self._badge.set_tlp(tlp)

    def _fit_tables(self) -> None:
        """As high as the rows at most, and never less than some of them."""
        row = self._theme.px(_ROW)
        for table in (self.actor_table, self.place_table):
            rows = table.model().rowCount()
            table.setMinimumHeight(row * (min(rows, _LEAST_ROWS) + 1))
            table.setMaximumHeight(row * (max(rows, 1) + 1) + 1)

    def _fill_bars(self) -> None:
        counts = self._counts
        if counts is None:
            return
        few = len(self._sectors) <= _FEW_BARS + 1
        shown = self._sectors if few or self._all_sectors else self._sectors[:_FEW_BARS]
        rows = [(counts.labels.label("sector", one.code), one.actors) for one in shown]
        self.bars.set_rows(rows, "actors")
        lines = [f"{label}: {counted(actors, 'actor')}" for label, actors in rows]
        self.bars.setToolTip(tooltip_of([*lines, "A click filters the map."]) if rows else "")
        self.bars.setVisible(bool(rows))
        self.header.setVisible(bool(rows))
        words = "fewer sectors" if self._all_sectors else f"all {len(self._sectors)} sectors"
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._more.setVisible(not few)
        self._more.updateGeometry()

    def _actor_cell(self, one: TargetingActor, column: int) -> Cell:
        row = one.actor
        if column == 0:
            return Cell(row.name)
        if column == 1:
            words = ", ".join(map(self._origin, row.origins))
            return Cell(words) if words else Cell(NOT_STATED, colour="ink_3")
        if column == _BY:
            marks = self._behind.marks(one.basis) if self._behind else ()
            titles = [self._behind.sources[n - 1].title for n in marks] if self._behind else []
            return Cell(_mark_words(marks), marks[0] if marks else 0, "; ".join(titles))
        figure = one.statements if column == _REFS - 1 else row.documents
        return Cell(f"{figure:,}", figure)

    def _origin(self, code: str) -> str:
        return self._counts.labels.target(code) if self._counts else code

    def _place_cell(self, one: TargetCount, column: int) -> Cell:
        if column == 0:
            return Cell(self._origin(one.code))
        if column == _KIND:
            return Cell(kind_of(one.code), colour="ink_3")
        figure = one.actors if column == _KIND + 1 else one.statements
        return Cell(f"{figure:,}", figure)

    def _table(
        self,
        name: str,
        model: LazyTableModel[TargetingActor] | LazyTableModel[TargetCount],
        widths: Sequence[int],
        dispensable: Sequence[int],
    ) -> LinkTable:
        table = LinkTable(self._theme, name)
        table.setModel(model)
        table.set_widths(widths)
        table.set_dispensable(dispensable, 112)
        return table

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        for button in (self.filter, self.copy):
            self._flow.addWidget(button)
        self._body = QVBoxLayout(self._content)
        self._body.addLayout(top)
        self._body.addWidget(self.summary)
        for widget, stretch in (
            (self.actor_table, _MOST_ROOM),
            (self.place_table, _MOST_ROOM),
            (self._buttons, 0),
            (self.header, 0),
            (self.bars, 0),
        ):
            self._body.addWidget(widget, stretch)
        self._body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._body.addStretch(1)
        for widget in (Divider(self._theme), self.sources, self._missing):
            self._body.addWidget(widget)
        self.setWidget(self._content)

    def _connect(self) -> None:
        self._close.clicked.connect(self.closed)
        self.actor_table.opened.connect(lambda key: self.navigate.emit(Place("actors", key)))
        self.place_table.opened.connect(self.place_chosen)
        self.filter.clicked.connect(self._on_filter_clicked)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.bars.row_activated.connect(
            lambda row: self.sector_chosen.emit(self._sectors[row].code)
        )
        self._more.clicked.connect(self._on_more_clicked)
        self.summary.source_activated.connect(self._on_summary_source_activated)
        self._theme.changed.connect(self._on_theme_changed)

    def _on_filter_clicked(self) -> None:
        if self._counts is not None:
            [country] = self._counts.wish.countries
            self.navigate.emit(filter_place({"country": country}))

    def _on_copy_clicked(self) -> None:
        table = self.actor_table if self._behind is not None else self.place_table
        model = table.model()
        columns = range(model.columnCount())
        heads = "\t".join(
            str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns
        )
        text = rows_as_text(model, range(model.rowCount()), columns)
        QGuiApplication.clipboard().setText(f"{heads}\n{text}")
        self.copy.set_text("Copied")

    def _on_bars_row_activated(self, row: int) -> None:
        self.sector_chosen.emit(self._sectors[row].code)

    def _on_more_clicked(self) -> None:
        self._all_sectors = not self._all_sectors
        self._fill_bars()

    def _on_summary_source_activated(self, key: str) -> None:
        rect = self.sources.mark(key)
        place = self.sources.mapTo(self._content, rect.center())
        self.ensureVisible(place.x(), place.y())

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._body.setContentsMargins(px(_SIDES), px(10), px(_SIDES), px(12))
        self._body.setSpacing(px(8))
        self._flow.set_spacing(px(8))
        self._fit_tables()

    def sizeHint(self) -> QSize:
        """As wide as in the design."""
        return QSize(self._theme.px(WIDTH), self._theme.px(600))

    def minimumSizeHint(self) -> QSize:
        """Room for names and a number."""
        return QSize(self._theme.px(220), self._theme.px(120))


def _actor_key(one: TargetingActor) -> str:
    return one.actor.id


def _place_key(one: TargetCount) -> str:
    return one.code


def _mark_words(marks: Sequence[int]) -> str:
    """``[1][3]``; from the third on only that there are more."""
    words = "".join(f"[{number}]" for number in marks[:_ROW_MARKS])
    return f"{words}…" if len(marks) > _ROW_MARKS else words
