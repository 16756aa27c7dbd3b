"""The Table tab: what the map shows, for keyboard, print and screen readers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.brief import plain
from briefing.core.targeting import TargetCount
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.views.link_table import LinkTable
from briefing.ui.views.map_content import Counts
from briefing.ui.views.map_words import denominator, kind_of, undated_words
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.tab_order import lead
from briefing.ui.widgets.table import STRETCH

_COLUMNS: Final = (
    PlainColumn("Victim"),
    PlainColumn("Kind", "Regions, organisations and companies are targets of their own."),
    PlainColumn("Map class", "The class of the map’s legend that it falls in."),
    PlainColumn("Actors", "How many actors are said to target it.", numeric=True),
    PlainColumn("Statements", "How many statements say so.", numeric=True),
    PlainColumn("Actors with most statements", "At most three; a row opens all of them."),
)
_WIDTHS: Final = (200, 104, 92, 72, 92, STRETCH)
_NAME, _KIND, _CLASS, _ACTORS, _STATEMENTS, _MOST = range(len(_COLUMNS))


class MapTable(QWidget):
    """A row opens the actors behind it."""

    place_chosen = Signal(str)
    """Code of the row that was opened."""

    def __init__(self, theme: Theme) -> None:
        """Without rows."""
        super().__init__()
        self._theme = theme
        self._counts: Counts | None = None
        self._labels: dict[int, tuple[str, int]] = {}
        self.model = LazyTableModel(_COLUMNS, self._cell, lambda one: one.code, self)
        self.table = LinkTable(theme, "Every victim named")
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.table.set_dispensable((_CLASS, _KIND), 160)
        self._words = WrappedLabel(theme, "", "table", "ink_2")
        self._copy = normal_button(theme, "Copy table", "copy")
        self._copy.clicked.connect(self._on_copy_clicked)
        self.table.opened.connect(self.place_chosen)
        self._top = QHBoxLayout()
        self._top.addWidget(self._words, 1)
        self._top.addWidget(self._copy)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._top)
        self._box.addWidget(self.table, 1)
        lead(self, self.table)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_counts(self, counts: Counts) -> None:
        """List every place that is named."""
        self._counts = counts
        self._labels = {row.shade: (row.label, row.low) for row in counts.classes.rows}
        targeting = counts.targeting
        rows = sorted(
            (*targeting.countries, *targeting.places),
            key=lambda one: (-one.actors, -one.statements, counts.labels.target(one.code)),
        )
        head = self.table.horizontalHeader()
        section, order = head.sortIndicatorSection(), head.sortIndicatorOrder()
        self.model.set_rows(rows)
        if section >= 0:
            self.model.sort(section, order)
        words = (
            plain(denominator(targeting, counts.wish)),
            undated_words(targeting.known, counts.wish.years),
        )
        self._words.setText(" ".join(words))
        self._copy.set_text("Copy table")

    def _cell(self, one: TargetCount, column: int) -> Cell:
        counts = self._counts
        if counts is None:
            return Cell("")
        if column == _NAME:
            return Cell(counts.labels.target(one.code))
        if column == _KIND:
            return Cell(kind_of(one.code), colour="ink_2")
        if column in (_ACTORS, _STATEMENTS):
            figure = one.actors if column == _ACTORS else one.statements
            return Cell(f"{figure:,}", figure)
        if column == _CLASS:
            shade = counts.classes.shades.get(one.code)
            label, low = self._labels[shade] if shade is not None else ("not drawn", 0)
            return Cell(label, low, colour=None if shade is not None else "ink_3")
        return Cell(", ".join(counts.most_named(one.code)))

    def _on_copy_clicked(self) -> None:
        self.table.clearSelection()
        self.table.copy_as_csv()
        self._copy.set_text("Copied")

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(0, px(8), 0, 0)
        self._box.setSpacing(px(8))
        self._top.setSpacing(px(12))
