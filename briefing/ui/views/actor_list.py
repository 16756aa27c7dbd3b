"""The list of actors: filters, how many are left of how many, the rows, what to do with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from briefing.analysis import actor_filter
from briefing.analysis.actor_filter import ActorFilter, read_filter
from briefing.analysis.comparison import FEWEST, MOST
from briefing.core.actor import ActorRow
from briefing.store.labels import Labels
from briefing.ui.models.actor_table import ActorFilterProxy, ActorTableModel
from briefing.ui.theme import Theme
from briefing.ui.views.actor_filters import FilterBar
from briefing.ui.views.actor_result import ResultLine
from briefing.ui.views.actor_rows import WIDTHS, ActorTable
from briefing.ui.views.saved_filters import FilterStore, SavedFilterMenu, SavePopup
from briefing.ui.widgets.buttons import menu_button, normal_button
from briefing.ui.widgets.labels import Label
from briefing.ui.widgets.tab_order import lead
from briefing.ui.widgets.tooltips import plain_tooltip

SETTLING: Final = 150
"""Milliseconds after which a row the keys stopped at is shown: holding a key stays fluid."""

WIDTH: Final = 392
"""Pixels at 100 % that the list takes at first."""

_SIDES = 16
_KEEP_FILTER, _KEEP_SORT, _KEEP_WIDTHS = "actors.filter", "actors.sort", "actors.widths"


class ActorList(QWidget):
    """Tells which actor is to be shown, and which are to be compared."""

    actor_chosen = Signal(str)
    """A row was clicked, or the keys have stopped at it."""
    actor_opened = Signal(str)
    """Enter or a double click: show it, and give it the keyboard."""
    compare_asked = Signal(object)
    """The ids of two to four selected actors, from top to bottom."""
    arranged = Signal()
    """Filter, sorting or widths have changed; see ``kept``."""

    def __init__(self, theme: Theme, labels: Labels, workspace: Path) -> None:
        """Without rows; see ``set_rows``."""
        super().__init__()
        self._theme = theme
        self._model = ActorTableModel(labels, parent=self)
        self._proxy = ActorFilterProxy(self._model, self)
        self.table = ActorTable(theme, self._proxy)
        self._store = FilterStore(workspace, "actors")
        self._saved = SavedFilterMenu(theme, self._store, self)
        self._save_popup: SavePopup | None = None
        self.filters = FilterBar(theme, labels, menu_button(theme, "Saved", self._saved))
        self.filters.count = lambda chosen, field: actor_filter.counts(
            self._model.given, chosen, field
        )
        self.compare = normal_button(theme, "Compare", "compare")
        self.result = ResultLine(theme)
        self._stack = QStackedWidget()
        self._notice: QWidget | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLING)
        self._quiet = False
        self._lay_out()
        self._connect()
        self._on_theme_changed()
        self._show_result()

    @property
    def filter(self) -> ActorFilter:
        """What is filtered for."""
        return self._proxy.filter

    def set_rows(self, rows: Sequence[ActorRow], labels: Labels) -> None:
        """Show these actors under the same filter, with the same rows selected."""
        chosen = self.selected()
        self._proxy.set_rows(rows, labels)
        self.result.set_rows(rows)
        self.filters.set_filter(self.filter, labels)
        self._show_result()
        self.select(chosen)

    def set_filter(self, chosen: ActorFilter) -> None:
        """Filter, as if a person had chosen so."""
        self.filters.set_filter(chosen)
        self._on_filters_changed(chosen)

    def selected(self) -> tuple[str, ...]:
        """The ids of the selected rows, from top to bottom."""
        return tuple(self._proxy.actor(row).id for row in self.table.selected_rows())

    def select(self, actors: Sequence[str]) -> None:
        """Select rows without telling anybody; those the filter leaves out are not selected."""
        self._settle.stop()
        if self.selected() == tuple(actors) and actors:
            return
        rows = [row for row in map(self._proxy.row_of, actors) if row >= 0]
        selection = QItemSelection()
        for row in rows:
            selection.select(self._proxy.index(row, 0), self._proxy.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        self._quiet = True
        model = self.table.selectionModel()
        if rows:
            first = self._proxy.index(rows[0], 0)
            model.setCurrentIndex(first, flags.NoUpdate)
            self.table.scrollTo(first)
        model.select(selection, flags.ClearAndSelect | flags.Rows)
        self._quiet = False

    def kept(self) -> dict[str, str]:
        """What is to be remembered until the next start, by key of the settings."""
        key, falling = self.table.sorting
        values = self.filter.values()
        return {
            _KEEP_FILTER: json.dumps(values, ensure_ascii=False) if values else "",
            _KEEP_SORT: f"{key} {'falling' if falling else 'rising'}" if key else "",
            _KEEP_WIDTHS: " ".join(str(width) for width in self.table.widths()),
        }

    def restore(self, kept: Mapping[str, str]) -> None:
        """Arrange everything as it was; what cannot be read is left as it is."""
        widths = kept.get(_KEEP_WIDTHS, "").split()
        if len(widths) == len(WIDTHS) and all(width.isdecimal() for width in widths):
            self.table.set_widths([int(width) for width in widths])
        key, _, way = kept.get(_KEEP_SORT, "").partition(" ")
        if key:
            self.table.set_sorting(key, falling=way == "falling")
        try:
            values = json.loads(kept.get(_KEEP_FILTER) or "{}")
        except ValueError:
            # A file somebody edited by hand: start without a filter.
            values = {}
        if isinstance(values, dict) and values:
            self.set_filter(read_filter(values))

    def _lay_out(self) -> None:
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(Label(self._theme, "Actors", "title"))
        self._title_row.addStretch(1)
        self._title_row.addWidget(self.compare)
        self._head = QVBoxLayout()
        self._head.addLayout(self._title_row)
        self._head.addWidget(self.filters)
        self._head.addWidget(self.result)
        self._empty = QWidget()
        self._empty_box = QVBoxLayout(self._empty)
        self._empty_box.addStretch(1)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head)
        box.addWidget(self._stack, 1)
        lead(self, self.table)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filters_changed)
        self.table.row_changed.connect(self._on_table_row_changed)
        self.table.clicked.connect(self._on_table_clicked)
        self.table.row_activated.connect(self._on_table_row_activated)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.table.arranged.connect(self.arranged)
        self.compare.clicked.connect(lambda: self.compare_asked.emit(self.selected()))
        self.result.save.clicked.connect(self._on_save_clicked)
        self._saved.chosen.connect(lambda values: self.set_filter(read_filter(values)))
        self._settle.timeout.connect(self._on_settle_timeout)
        self._theme.changed.connect(self._on_theme_changed)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.filters.start_typing)
        self._on_selection_changed()

    def _show_result(self) -> None:
        """How many there are, and the rows or why there are none."""
        left = self._proxy.rowCount()
        self.result.show_result(self.filter, left)
        if self._notice is not None:
            self._empty_box.removeWidget(self._notice)
            self._notice.deleteLater()
            self._notice = None
        if left or not self.filter.chosen:
            self._stack.setCurrentWidget(self.table)
            return
        self._notice = self.result.explain(self.filter, self.filters.words, self.set_filter)
        self._empty_box.insertWidget(0, self._notice)
        self._stack.setCurrentWidget(self._empty)

    def _emit_settled(self) -> None:
        self._settle.stop()
        selected = self.selected()
        if len(selected) == 1:
            self.actor_chosen.emit(selected[0])

    def _on_filters_changed(self, chosen: ActorFilter) -> None:
        kept = self.selected()
        self._quiet = True
        self._proxy.set_filter(chosen)
        self._quiet = False
        self._show_result()
        self.select(kept)
        self.arranged.emit()

    def _on_table_row_changed(self, _index: QModelIndex) -> None:
        if not self._quiet:
            self._settle.start()

    def _on_settle_timeout(self) -> None:
        self._emit_settled()

    def _on_table_clicked(self, _index: QModelIndex) -> None:
        self._emit_settled()

    def _on_table_row_activated(self, index: QModelIndex) -> None:
        self._settle.stop()
        self.actor_opened.emit(self._proxy.actor(index.row()).id)

    def _on_selection_changed(self) -> None:
        number = len(self.table.selected_rows())
        possible = FEWEST <= number <= MOST
        self.compare.setEnabled(possible)
        self.compare.set_text(f"Compare {number}" if possible else "Compare")
        if possible:
            words = f"Show the {number} selected actors side by side."
        elif number > MOST:
            words = f"{number} actors are selected; at most {MOST} fit side by side."
        else:
            words = (
                f"Select {FEWEST} to {MOST} actors first: hold Ctrl while clicking, or Shift with"
                " the arrow keys."
            )
        self.compare.setToolTip(plain_tooltip(words))
        self.compare.setAccessibleDescription(words)

    def _on_save_clicked(self) -> None:
        corner = self.result.save.mapToGlobal(
            QPoint(self.result.save.width(), self.result.save.height() + 4)
        )
        suggestion = ", ".join(self.filters.words(part) for part in self.filter.chosen)
        if self._save_popup is None:
            self._save_popup = SavePopup(self._theme, self._store, self)
        self._save_popup.ask(corner, suggestion, self.filter.values())

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(_SIDES), px(10), px(_SIDES), px(6))
        self._head.setSpacing(px(8))
        self._title_row.setSpacing(px(8))
        self._empty_box.setContentsMargins(px(_SIDES), px(8), px(_SIDES), px(8))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as in the design."""
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())
