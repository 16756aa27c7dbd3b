"""The list of advisories: filters, how many are left of how many, the rows, marks on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from briefing.analysis import advisory_filter
from briefing.analysis.advisory_filter import AdvisoryFilter, Marks, Part, matching, read_filter
from briefing.core.advisory import AdvisoryRow
from briefing.core.wording import counted
from briefing.ui.models.advisory_table import AdvisoryTableModel
from briefing.ui.theme import Theme
from briefing.ui.views.advisory_filters import AdvisoryFilterBar
from briefing.ui.views.advisory_kinds import ADVISORIES, kind_head, kind_segments
from briefing.ui.views.advisory_result import AdvisoryResult
from briefing.ui.views.advisory_rows import WIDTHS, AdvisoryTable
from briefing.ui.views.saved_filters import FilterStore, SavedFilterMenu, SavePopup
from briefing.ui.widgets.buttons import IconButton, menu_button
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.tab_order import lead

SETTLING: Final = 150
"""Milliseconds after which a row the keys stopped at is shown: holding a key stays fluid."""
WIDTH: Final = 500
"""Pixels at 100 % that the list takes at first."""

_SIDES = 16
_KEEP = ("advisories.filter", "advisories.sort", "advisories.widths")


class AdvisoryList(QWidget):
    """Tells which advisory is to be shown, and which are to be marked."""

    advisory_chosen = Signal(str)
    """A row was clicked, or the keys have stopped at it: show it, and leave it unread."""
    advisory_opened = Signal(str)
    """Enter or a double click: show it, give it the keyboard, mark it as read."""
    read_asked = Signal(object, bool)
    """AdvisoryRows, and whether they are to be marked as read or as unread."""
    keep_asked = Signal(str, bool)
    """Id of an advisory, and whether it is to be kept for briefings."""
    arranged = Signal()
    """Filter, sorting or widths have changed; see ``kept``."""

    def __init__(self, theme: Theme, words: Callable[[Part, str], str], workspace: Path) -> None:
        """Without rows; see ``set_rows``. ``words`` says a choice of the filter."""
        super().__init__()
        self._theme = theme
        self._rows: Sequence[AdvisoryRow] = ()
        self._marks = Marks(date.min)
        self.model = AdvisoryTableModel(self)
        self.table = AdvisoryTable(theme, self.model, self._offered)
        self._store = FilterStore(workspace, "advisories")
        self._saved = SavedFilterMenu(theme, self._store, self)
        self._save_popup: SavePopup | None = None
        self.filters = AdvisoryFilterBar(theme, words, menu_button(theme, "Saved", self._saved))
        self.filters.count = lambda chosen, field: advisory_filter.counts(
            self._rows, chosen, field, self._marks
        )
        self.kinds = kind_segments(theme, ADVISORIES)
        self.more = IconButton(theme, "more", "Mark advisories")
        self.result = AdvisoryResult(theme)
        self._stack = QStackedWidget()
        self._notice: QWidget | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLING)
        self._quiet = False
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    @property
    def filter(self) -> AdvisoryFilter:
        """What is filtered for."""
        return self.filters.filter

    def set_rows(self, rows: Sequence[AdvisoryRow], marks: Marks) -> None:
        """Show these advisories under the same filter, with the same rows selected."""
        self._rows, self._marks = rows, marks
        for widget in (self.filters, self.result, self.more):
            widget.setVisible(bool(rows))
        self.result.set_rows(rows)
        self.filters.set_filter(self.filter)
        self._show_rows()

    def set_marks(self, marks: Marks) -> None:
        """Show other marks. What is shown stays, even where the filter asks for unread ones."""
        self._marks = marks
        self.model.set_marks(marks)
        self._show_result()

    def set_filter(self, chosen: AdvisoryFilter) -> None:
        """Filter, as if a person had chosen so."""
        self.filters.set_filter(chosen)
        self._on_filters_changed(chosen)

    def selected(self) -> tuple[AdvisoryRow, ...]:
        """The selected advisories, from top to bottom."""
        return tuple(self.model.row(row) for row in self.table.selected_rows())

    def select(self, advisory: str) -> None:
        """Select a row without telling anybody; nothing is where the filter leaves it out."""
        self._settle.stop()
        row = self.model.row_of(advisory)
        if [one.id for one in self.selected()] == [advisory]:
            return
        self._quiet = True
        if row < 0:
            self.table.clearSelection()
        else:
            self.table.select_row(row)
        self._quiet = False

    def show_instead(self, notice: QWidget) -> None:
        """Show a notice where the rows would be, until there are some."""
        self._tell(notice)

    def kept(self) -> dict[str, str]:
        """What is to be remembered until the next start, by key of the settings."""
        key, falling = self.table.sorting
        values = self.filter.values()
        found = (
            json.dumps(values, ensure_ascii=False) if values else "",
            f"{key} {'falling' if falling else 'rising'}" if key else "",
            " ".join(str(width) for width in self.table.widths()),
        )
        return dict(zip(_KEEP, found, strict=True))

    def restore(self, kept: Mapping[str, str]) -> None:
        """Arrange everything as it was; what cannot be read is left as it is."""
        chosen, sorting, widths = (kept.get(key, "") for key in _KEEP)
        found = widths.split()
        if len(found) == len(WIDTHS) and all(width.isdecimal() for width in found):
            self.table.set_widths([int(width) for width in found])
        key, _, way = sorting.partition(" ")
        if key:
            self.table.set_sorting(key, falling=way == "falling")
        try:
            values = json.loads(chosen or "{}")
        except ValueError:
            # A file somebody edited by hand: start without a filter.
            values = {}
        if isinstance(values, dict) and values:
            self.filters.set_filter(read_filter(values))
            self._show_rows()

    def _lay_out(self) -> None:
        self._title_row = kind_head(self._theme, "Advisories", self.kinds, self.more)
        self._mark_menu = QMenu(self.more)
        self.more.setMenu(self._mark_menu)
        self._head = QVBoxLayout()
        self._head.addWidget(self._title_row)
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
        # Where there are no rows, a ring around everything would say nothing.
        for holder in (self, self._stack):
            holder.setProperty(OWN_FOCUS, True)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filters_changed)
        self.table.row_changed.connect(self._on_table_row_changed)
        self.table.clicked.connect(self._on_table_clicked)
        self.table.row_activated.connect(self._on_table_row_activated)
        self.table.arranged.connect(self.arranged)
        self.result.save.clicked.connect(self._on_save_clicked)
        self._saved.chosen.connect(lambda values: self.set_filter(read_filter(values)))
        self._settle.timeout.connect(self._emit_settled)
        self._mark_menu.aboutToShow.connect(self._fill_mark_menu)
        self._theme.changed.connect(self._on_theme_changed)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.filters.start_typing)

    def _show_rows(self) -> None:
        chosen = [row.id for row in self.selected()]
        self._quiet = True
        self.model.set_rows(matching(self._rows, self.filter, self._marks), self._marks)
        self._quiet = False
        self._show_result()
        if chosen:
            self.select(chosen[0])

    def _show_result(self) -> None:
        """How many there are, and the rows or why there are none."""
        rows = self.model.rows
        unread = sum(not self._marks.is_read(row) for row in rows)
        self.result.show_result(self.filter, len(rows), unread)
        if rows or not self.filter.chosen or not self._rows:
            if self._rows:
                self._stack.setCurrentWidget(self.table)
            return
        self._tell(
            self.result.explain(self.filter, self._marks, self.filters.words, self.set_filter)
        )

    def _tell(self, notice: QWidget) -> None:
        if self._notice is not None:
            self._empty_box.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self._empty_box.insertWidget(0, notice)
        self._stack.setCurrentWidget(self._empty)

    def _offered(self) -> list[tuple[str, Callable[[], None]]]:
        """What the menu of the table does to the selected rows."""
        rows = self.selected()
        if not rows:
            return []
        unread = [row for row in rows if not self._marks.is_read(row)]
        marked = unread or rows
        word = "read" if unread else "unread"
        many = "" if len(marked) == 1 else f" {len(marked)} advisories"
        offered = [
            (f"Mark{many} as {word}", lambda: self.read_asked.emit(tuple(marked), bool(unread)))
        ]
        if len(rows) == 1:
            kept = rows[0].id in self._marks.kept
            label = "Keep for briefings no longer" if kept else "Keep for briefings"
            offered.append((label, lambda: self.keep_asked.emit(rows[0].id, not kept)))
        return offered

    def _fill_mark_menu(self) -> None:
        self._mark_menu.clear()
        rows = tuple(self.model.rows)
        unread = tuple(row for row in rows if not self._marks.is_read(row))
        shown = " shown" if self.filter.chosen else ""
        for words, found, read in (
            (f"Mark all {counted(len(unread), 'advisory')}{shown} as read", unread, True),
            (f"Mark all {counted(len(rows), 'advisory')}{shown} as unread", rows, False),
        ):
            action = self._mark_menu.addAction(words)
            action.setEnabled(bool(found))
            action.triggered.connect(
                lambda _=False, found=found, read=read: self.read_asked.emit(found, read)
            )

    def _emit_settled(self) -> None:
        self._settle.stop()
        selected = self.selected()
        if len(selected) == 1:
            self.advisory_chosen.emit(selected[0].id)

    def _on_filters_changed(self, _chosen: AdvisoryFilter) -> None:
        self._show_rows()
        self.arranged.emit()

    def _on_table_row_changed(self, _index: QModelIndex) -> None:
        if not self._quiet:
            self._settle.start()

    def _on_table_clicked(self, _index: QModelIndex) -> None:
        self._emit_settled()

    def _on_table_row_activated(self, index: QModelIndex) -> None:
        self._settle.stop()
        self.advisory_opened.emit(self.model.row(index.row()).id)

    def _on_save_clicked(self) -> None:
        save = self.result.save
        corner = save.mapToGlobal(QPoint(save.width(), save.height() + 4))
        suggestion = ", ".join(self.filters.words(part) for part in self.filter.chosen)
        if self._save_popup is None:
            self._save_popup = SavePopup(self._theme, self._store, self)
        self._save_popup.ask(corner, suggestion, self.filter.values())

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(_SIDES), px(10), px(_SIDES), px(6))
        self._head.setSpacing(px(8))
        self._empty_box.setContentsMargins(px(_SIDES), px(8), px(_SIDES), px(8))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide enough for titles that can be told apart."""
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())
