"""What waits to be taken in: counts, warnings, kinds of object, objects with their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.history import SnapshotRow
from briefing.core.preview import ItemChange
from briefing.core.wording import counted
from briefing.ui.icons import IconName
from briefing.ui.models.lazy_table import Cell, LazyTableModel
from briefing.ui.models.plain_table import PlainColumn
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.views.import_digest import Digest
from briefing.ui.views.import_fields import FieldRows
from briefing.ui.views.import_head import PreviewBar, PreviewCounts
from briefing.ui.views.import_history import ImportHistory
from briefing.ui.views.import_kinds import KindTable, Legend
from briefing.ui.views.import_words import ACTIONS, differs_words, kind_words, warning_words
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.row_delegate import CELL_PADDING
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH

_KIND_ROWS = 18
_ITEM_ROWS = 12
_HISTORY_ROWS = 3
_REASONS = 3
_MEASURED = 60
"""Rows by which the width of the last column is chosen."""
_MOST_WORDS = 152
_FIRST = ("intrusion-set", "threat-actor", "report", "vulnerability", "incident")
"""People are read about first, then what was published about them."""
_LOOKS: dict[str, tuple[IconName, Colour, str]] = {
    "added": ("plus", "accent", "added"),
    "changed": ("edit", "ink_2", "changed"),
    "removed": ("minus", "claim", "removed"),
    "older": ("clock", "ink_3", "left out"),
}
_ITEM_COLUMNS = (
    PlainColumn("Change"),
    PlainColumn("Name"),
    PlainColumn("What", "What comes with an object that is new; what differs in one that changes"),
)


class ImportPreview(QWidget):
    """One source's changes; its bar has the buttons by which a person says yes or no."""

    undo_asked = Signal(int)
    all_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nothing waits yet."""
        super().__init__()
        self._theme = theme
        self._digest: Digest | None = None
        self.bar = PreviewBar(theme)
        self.counts = PreviewCounts(theme)
        self._page = Scroller(theme, sides=20, top=0)
        self._warnings = QWidget()
        self._warning_rows = QVBoxLayout(self._warnings)
        self.kinds = KindTable(theme)
        self.items = FittedTable(theme, "Objects that change")
        self.fields = FieldRows(theme)
        self.history = ImportHistory(theme, most=_HISTORY_ROWS, link="All imports")
        self._item_head = SectionHeader(theme, "Objects")
        self._field_head = SectionHeader(theme, "What differs")
        self._item_model = LazyTableModel[ItemChange](
            _ITEM_COLUMNS, self._cell, lambda item: item.native_id, self
        )
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_digest(
        self, digests: Sequence[Digest], place: int, before: str, history: Sequence[SnapshotRow]
    ) -> None:
        """Show one of the sources that wait.

        Args:
            digests: All that wait; one word applies them all.
            place: Which of them.
            before: The version that is held of it.
            history: Imports so far, the newest first.
        """
        digest = digests[place]
        self._digest = digest
        self.bar.show_digest(digests, place, before)
        self.counts.show_digest(digest)
        self._show_warnings(digests, place)
        self.kinds.show_digest(digest)
        self._changes.setVisible(bool(digest.items))
        kind = next((kind for kind in (*_FIRST, *digest.items) if kind in digest.items), "")
        if kind:
            self.kinds.select_row(self.kinds.kinds.row_of(kind))
        else:
            self._show_items("")
        self.history.show_rows(history[:_HISTORY_ROWS])

    def _lay_out(self) -> None:
        body = self._page.body
        body.addWidget(self.counts)
        body.addWidget(self._warnings)
        self._warning_rows.setContentsMargins(0, 0, 0, 0)
        self.items.setModel(self._item_model)
        self.items.horizontalHeader().setSortIndicatorClearable(True)
        self.kinds.fit_rows(_KIND_ROWS)
        self.items.fit_rows(_ITEM_ROWS)
        heading = Columns(
            self._theme,
            (SectionHeader(self._theme, "By kind of object"), Legend(self._theme)),
            (Arrangement(340, (((0, 1), (1, NATURAL)),)), stacked(2)),
            line_gap=0,
        )
        self._field_part = _stack(self._field_head, self.fields)
        self._changes = Columns(
            self._theme,
            (
                _stack(heading, self.kinds),
                _stack(self._item_head, self.items, self._field_part),
            ),
            (Arrangement(800, (((0, 10), (1, 7)),)), stacked(2)),
        )
        body.addWidget(self._changes)
        body.addWidget(self.history)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._page, 1)

    def _connect(self) -> None:
        self.kinds.row_changed.connect(self._on_kinds_row_changed)
        self.items.row_changed.connect(self._on_items_row_changed)
        self.history.undo_asked.connect(self.undo_asked)
        self.history.all_asked.connect(self.all_asked)
        self._page.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        self._theme.changed.connect(self._on_theme_changed)

    def _show_warnings(self, digests: Sequence[Digest], place: int) -> None:
        clear_layout(self._warning_rows)
        for notice in self._notices(digests, place):
            self._warning_rows.addWidget(notice)
        self._warnings.setVisible(self._warning_rows.count() > 0)

    def _notices(self, digests: Sequence[Digest], place: int) -> list[Notice]:
        digest = digests[place]
        preview = digest.preview
        found = [Notice(self._theme, "warning", *words) for words in warning_words(digest)]
        if any(one.preview.source.id == preview.source.id for one in digests[:place]):
            lead = "Another file of this source waits before this one."
            rest = "What is counted here is compared with what you have now, without that file."
            found.append(Notice(self._theme, "info", lead, rest))
        if preview.quarantined:
            reasons = [item.reason for item in preview.quarantined[:_REASONS]]
            more = len(preview.quarantined) - len(reasons)
            rest = " ".join((*reasons, *([f"And {more:,} more."] if more else ())))
            lead = f"{counted(len(preview.quarantined), 'object')} would not be taken."
            found.append(Notice(self._theme, "warning", lead, rest))
        if preview.documents and not preview.items:
            lead = f"{counted(preview.documents, 'document')} would be named or graded anew."
            words = "No record differs. Undo brings the former words back."
            found.append(Notice(self._theme, "info", lead, words))
        if preview.empty:
            words = "What is in it stands in the database already; nothing would be written."
            found.append(Notice(self._theme, "info", "Nothing new.", words))
        return found

    def _show_items(self, kind: str) -> None:
        digest = self._digest
        if digest is None:
            return
        items = digest.items.get(kind, ()) if kind else digest.preview.items
        counts = Counter(item.action for item in items)
        note = ", ".join(f"{number:,} {ACTIONS[action]}" for action, number in counts.items())
        self._item_head.set_title(kind_words(kind) if kind else "All objects")
        self._item_head.set_note(note or "none changes")
        self.items.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._item_model.set_rows(items)
        telling = self._width_of_words(items[:_MEASURED])
        self.items.set_widths((88, STRETCH, telling or 1))
        self.items.set_dispensable((2,), 96 if telling else 4000)
        self.items.setVisible(bool(items))
        if items:
            self.items.select_row(0)
        else:
            self._show_fields(None)

    def _width_of_words(self, items: Sequence[ItemChange]) -> int:
        """How wide the words about these objects are, in pixels at 100 %; 0 without any."""
        metrics, factor = self._theme.metrics("table"), self._theme.factor
        widest = max((metrics.horizontalAdvance(self._words(item)) for item in items), default=0)
        return min(round(widest / factor) + 2 * CELL_PADDING + 2, _MOST_WORDS) if widest else 0

    def _words(self, item: ItemChange) -> str:
        brings = self._digest.brings.get(item.native_id, "") if self._digest else ""
        return differs_words(item) or brings

    def _show_fields(self, item: ItemChange | None) -> None:
        fields = item.fields if item else ()
        self._field_head.set_note(item.name if item else "")
        self.fields.show_fields(fields)
        self._field_part.setVisible(bool(fields))

    def _cell(self, item: ItemChange, column: int) -> Cell:
        icon, colour, words = _LOOKS[item.action]
        if column == 0:
            return Cell(words, spoken=ACTIONS[item.action], colour=colour, icon=icon)
        if column == 1:
            return Cell(item.name, strong=item.action != "changed")
        return Cell(self._words(item) or " ", colour="ink_2")

    def _on_kinds_row_changed(self, index: QModelIndex) -> None:
        self._show_items(str(index.data(KEY_ROLE) or ""))

    def _on_items_row_changed(self, index: QModelIndex) -> None:
        self._show_fields(self._item_model.item(index.row()) if index.isValid() else None)

    def _on_scroll_range_changed(self, least: int, most: int) -> None:
        bar = self._page.verticalScrollBar().sizeHint().width()
        self.bar.set_right_margin(bar if most > least else 0)

    def _on_theme_changed(self) -> None:
        self._warning_rows.setSpacing(self._theme.px(8))


def _stack(*parts: QWidget) -> QWidget:
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(4)
    for part in parts:
        rows.addWidget(part)
    rows.addStretch(1)
    return holder
