"""The list of incidents: filters, how many are left of how many, the rows or why there are none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from briefing.analysis import case_filter
from briefing.analysis.case_filter import CaseFilter, Part, loosen, matching, read_filter, stated
from briefing.core.case_page import CaseRow
from briefing.core.wording import counted, inside, listed
from briefing.ui.models.incident_rows import IncidentRows
from briefing.ui.theme import Theme
from briefing.ui.views.attribution_filters import TITLES, CaseFilterBar, Words
from briefing.ui.views.attribution_rows import IncidentList
from briefing.ui.widgets.buttons import IconButton
from briefing.ui.widgets.focus_ring import OWN_FOCUS
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice, NoticeAction

SETTLING: Final = 150
"""Milliseconds after which a row the keys stopped at is shown: holding a key stays fluid."""
WIDTH: Final = 340
"""Pixels at 100 % that the list takes at first."""
KEEP: Final = "attribution.filter"
"""Under this name the filter is remembered."""

_SIDES: Final = 16
_STATED: Final[Mapping[Part, str]] = {
    "basis": "a claim with a basis in {}",
    "sector": "sector stated for {}",
    "country": "country stated for {}",
}
_REASONS: Final[Mapping[Part, str]] = {
    "basis": "A claim with a basis is held for {} only.",
    "work": "What was worked is what somebody laid evidence or hypotheses beside; {} could be.",
    "sector": "Sectors are stated for {} only.",
    "country": "Countries are stated for {} only.",
    "text": "Only names of incidents and of those accused are looked through; Ctrl+K looks further"
    " than these {}.",
}


class AttributionList(QWidget):
    """Tells which incident is to be shown."""

    incident_chosen = Signal(str)
    """A row was clicked, or the keys have stopped at it."""
    incident_opened = Signal(str)
    """Enter or a double click: show it, and give it the keyboard."""
    closed = Signal()
    """The list is to go out of the way."""
    arranged = Signal()
    """The filter has changed; see ``kept``."""

    def __init__(self, theme: Theme, words: Words) -> None:
        """Without rows; see ``set_rows``. ``words`` says a choice of the filter."""
        super().__init__()
        self._theme = theme
        self._rows: Sequence[CaseRow] = ()
        self._shown = ""
        self.model = IncidentRows(self)
        self.rows = IncidentList(theme, self.model)
        self.filters = CaseFilterBar(theme, words)
        self.filters.count = lambda chosen, field: case_filter.counts(self._rows, chosen, field)
        self.result = WrappedLabel(theme, "", "table", "ink_3")
        self.close_button = IconButton(theme, "close", "Hide the list", quiet=True)
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
    def filter(self) -> CaseFilter:
        """What is filtered for."""
        return self.filters.filter

    def set_rows(self, rows: Sequence[CaseRow]) -> None:
        """Show these incidents under the same filter, with the same one selected."""
        self._rows = rows
        for widget in (self.filters, self.result):
            widget.setVisible(bool(rows))
        self.filters.set_filter(self.filter)
        self._show_rows()

    def set_filter(self, chosen: CaseFilter) -> None:
        """Filter, as if a person had chosen so."""
        self.filters.set_filter(chosen)
        self._on_filters_changed(chosen)

    def select(self, incident: str) -> None:
        """Select a row without telling anybody; none is where the filter leaves it out."""
        self._settle.stop()
        self._shown = incident
        self._quiet = True
        self.rows.select(incident)
        self._quiet = False

    def show_instead(self, notice: QWidget) -> None:
        """Show a notice where the rows would be, until there are some."""
        self._tell(notice)

    def kept(self) -> dict[str, str]:
        """What is to be remembered until the next start, by key of the settings."""
        values = self.filter.values()
        return {KEEP: json.dumps(values, ensure_ascii=False) if values else ""}

    def restore(self, kept: Mapping[str, str]) -> None:
        """Filter as before; what cannot be read is left as it is."""
        try:
            values = json.loads(kept.get(KEEP) or "{}")
        except ValueError:
            # A file somebody edited by hand: start without a filter.
            values = {}
        if isinstance(values, dict) and values:
            self.filters.set_filter(read_filter(values))
            self._show_rows()

    def _lay_out(self) -> None:
        self._title_row = QHBoxLayout()
        self._title_row.addWidget(Label(self._theme, "Incidents", "title"))
        self._title_row.addStretch(1)
        self._title_row.addWidget(self.close_button)
        self._head = QVBoxLayout()
        self._head.addLayout(self._title_row)
        self._head.addWidget(self.filters)
        self._head.addWidget(self.result)
        self._empty = QWidget()
        self._empty_box = QVBoxLayout(self._empty)
        self._empty_box.addStretch(1)
        self._stack.addWidget(self.rows)
        self._stack.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head)
        box.addWidget(self._stack, 1)
        # Where there are no rows, a ring around everything would say nothing.
        for holder in (self, self._stack):
            holder.setProperty(OWN_FOCUS, True)

    def _connect(self) -> None:
        self.filters.changed.connect(self._on_filters_changed)
        self.rows.row_changed.connect(self._on_rows_row_changed)
        self.rows.clicked.connect(lambda _index: self._emit_settled())
        self.rows.row_activated.connect(self._on_rows_row_activated)
        self.rows.left.connect(self.closed)
        self.close_button.clicked.connect(self.closed)
        self._settle.timeout.connect(self._emit_settled)
        self._theme.changed.connect(self._on_theme_changed)

    def _show_rows(self) -> None:
        self._quiet = True
        self.model.set_rows(matching(self._rows, self.filter))
        self.rows.select(self._shown)
        self._quiet = False
        self._show_result()

    def _show_result(self) -> None:
        """How many there are and of how many anything is stated, and the rows or why none."""
        left, chosen, total = len(self.model.rows), self.filter, len(self._rows)
        number = f"{left:,} of {counted(total, 'incident')}"
        notes = [
            _STATED[part].format(f"{stated(self._rows, part):,}")
            for part in chosen.chosen
            if part in _STATED
        ]
        worked = sum(row.is_worked for row in self._rows)
        self.result.setText(f"· {listed(notes) if notes else f'{worked:,} worked'}")
        self.result.set_lead(number if chosen.chosen else counted(total, "incident"))
        if left:
            self._stack.setCurrentWidget(self.rows)
        elif self._rows:
            self._tell(self._explained())

    def _explained(self) -> Notice:
        """Why nothing is left, and a button that helps."""
        chosen = self.filter
        what = listed(
            f"{inside(TITLES[part])} {self.filters.words(part)}" for part in chosen.chosen
        )
        title = f"No incident matches {what}"
        way = loosen(self._rows, chosen)
        if way.part is None:
            text = f"No single filter is the reason. Without any: {counted(way.left, 'incident')}."
            action = NoticeAction("Clear all", partial(self.set_filter, CaseFilter()), "close")
            return Notice(self._theme, "empty", title, text, [action])
        name, left = TITLES[way.part], counted(way.left, "incident")
        of = f"{stated(self._rows, way.part):,} of {counted(len(self._rows), 'incident')}"
        text = f"{_REASONS[way.part].format(of)} Without the filter “{name}”: {left}."
        less = chosen.choosing(way.part, "")
        action = NoticeAction(f"Remove filter “{name}”", partial(self.set_filter, less), "close")
        return Notice(self._theme, "empty", title, text, [action])

    def _tell(self, notice: QWidget) -> None:
        if self._notice is not None:
            self._empty_box.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = notice
        self._empty_box.insertWidget(0, notice)
        self._stack.setCurrentWidget(self._empty)

    def _emit_settled(self) -> None:
        self._settle.stop()
        index = self.rows.currentIndex()
        if index.isValid():
            self._shown = self.model.rows[index.row()].id
            self.incident_chosen.emit(self._shown)

    def _on_filters_changed(self, _chosen: CaseFilter) -> None:
        self._show_rows()
        self.arranged.emit()

    def _on_rows_row_changed(self, _incident: str) -> None:
        if not self._quiet:
            self._settle.start()

    def _on_rows_row_activated(self, incident: str) -> None:
        self._settle.stop()
        self._shown = incident
        self.incident_opened.emit(incident)

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(_SIDES), px(10), px(_SIDES), px(6))
        self._head.setSpacing(px(8))
        self._empty_box.setContentsMargins(px(_SIDES), px(8), px(_SIDES), px(8))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Wide enough for names that can be told apart."""
        return QSize(self._theme.px(WIDTH), super().sizeHint().height())
