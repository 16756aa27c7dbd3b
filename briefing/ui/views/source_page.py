"""One source, or all imports: what is held, from whom, how old, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.changes import Quarantined
from briefing.core.history import SnapshotRow
from briefing.core.wording import counted
from briefing.services.sources import SourceEntry
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.theme import Theme
from briefing.ui.views.fitted_table import FittedTable
from briefing.ui.views.import_words import version_words
from briefing.ui.widgets.buttons import Button, normal_button
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH

_HISTORY_COLUMNS = (
    PlainColumn("When"),
    PlainColumn("Source"),
    PlainColumn("Version"),
    PlainColumn("Added", numeric=True),
    PlainColumn("Removed", numeric=True),
    PlainColumn("Changed", numeric=True),
    PlainColumn("Not taken", "Objects that were left out, with reasons", numeric=True),
    PlainColumn("Undo"),
)
_QUARANTINE_COLUMNS = (PlainColumn("Object"), PlainColumn("Why it was not taken"))


class SourcePage(QWidget):
    """A source with its imports, or every import where no source is chosen."""

    undo_asked = Signal(int)
    """Number of a snapshot."""
    update_asked = Signal(str)
    """Id of a source."""
    import_chosen = Signal(int)
    """Number of the snapshot whose left-out objects are to be listed."""

    def __init__(self, theme: Theme) -> None:
        """Nothing chosen yet."""
        super().__init__()
        self._theme = theme
        self._entry: SourceEntry | None = None
        self._rows: dict[str, SnapshotRow] = {}
        self.update_button: Button = normal_button(theme, "Update now", "refresh")
        self.undo_button: Button = normal_button(theme, "Undo this import", "undo")
        self._title = WrappedLabel(theme, "", "title")
        self._facts = QWidget()
        self._fact_rows = QVBoxLayout(self._facts)
        self._page = Scroller(theme, sides=20, top=12)
        self.history = FittedTable(theme, "Imports")
        self.quarantine = FittedTable(theme, "Objects that were not taken")
        self._history_head = SectionHeader(theme, "History")
        self._quarantine_head = SectionHeader(theme, "Not taken")
        self._history_model = PlainTableModel(self)
        self._quarantine_model = PlainTableModel(self)
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_source(self, entry: SourceEntry, rows: Sequence[SnapshotRow]) -> None:
        """Show one source and its imports."""
        self._entry = entry
        self._title.setText(entry.title)
        self.update_button.setVisible(bool(entry.address))
        self._fill_facts(_facts(entry))
        self._show_history(rows)

    def show_all(self, rows: Sequence[SnapshotRow], words: str) -> None:
        """Show every import."""
        self._entry = None
        self._title.setText("All imports")
        self.update_button.hide()
        self._fill_facts([("", words)])
        self._show_history(rows)

    def show_quarantine(self, items: Sequence[Quarantined]) -> None:
        """List what the chosen import left out."""
        self._quarantine_model.set_table(
            _QUARANTINE_COLUMNS,
            [
                PlainRow(str(place), (PlainCell(item.native_id or "–"), PlainCell(item.reason)))
                for place, item in enumerate(items)
            ],
        )
        self.quarantine.set_widths((260, STRETCH))
        self._quarantine_head.set_note(counted(len(items), "object") if items else "")
        for part in (self._quarantine_head, self.quarantine):
            part.setVisible(bool(items))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.update_button)
        body = self._page.body
        body.addLayout(head)
        body.addWidget(self._facts)
        self._fact_rows.setContentsMargins(0, 0, 0, 0)
        below = QHBoxLayout()
        below.addWidget(self._history_head, 1)
        below.addWidget(self.undo_button)
        body.addLayout(below)
        body.addWidget(self.history)
        body.addWidget(self._quarantine_head)
        body.addWidget(self.quarantine)
        self.history.setModel(self._history_model)
        self.history.fit_rows(14)
        self.quarantine.setModel(self._quarantine_model)
        self.quarantine.fit_rows(10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        self.show_quarantine(())

    def _connect(self) -> None:
        self.undo_button.clicked.connect(self._on_undo_clicked)
        self.update_button.clicked.connect(self._on_update_clicked)
        self.history.row_changed.connect(self._on_row_changed)
        self._theme.changed.connect(self._on_theme_changed)

    def _fill_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._fact_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._entry is not None and self._entry.stale_days:
            self._fact_rows.addWidget(_stale(self._theme, self._entry))
        for name, value in facts:
            if value:
                self._fact_rows.addWidget(_Fact(self._theme, name, value))

    def _show_history(self, rows: Sequence[SnapshotRow]) -> None:
        self._rows = {str(row.id): row for row in rows}
        self._history_model.set_table(_HISTORY_COLUMNS, [_row(row) for row in rows])
        self.history.set_widths((126, STRETCH, 170, 70, 76, 76, 76, 150))
        self.history.set_dispensable((6, 2, 5), 120)
        self._history_head.set_note(
            "each import is one snapshot; undo restores what stood before it"
            if rows
            else "nothing of it has been taken in yet"
        )
        for part in (self.history, self.undo_button):
            part.setVisible(bool(rows))
        self.show_quarantine(())
        if rows:
            self.history.select_row(0)
            self._choose(str(rows[0].id))

    def _choose(self, key: str) -> None:
        row = self._rows.get(key)
        can = row is not None and row.newest and bool(row.file)
        self.undo_button.setEnabled(can)
        self.undo_button.setAccessibleDescription(_undo_words(row) if row else "")
        if row is not None:
            self.import_chosen.emit(row.id)

    def _on_row_changed(self, index: QModelIndex) -> None:
        self._choose(str(index.data(KEY_ROLE) or ""))

    def _on_undo_clicked(self) -> None:
        key = str(self.history.currentIndex().data(KEY_ROLE) or "")
        if key in self._rows:
            self.undo_asked.emit(self._rows[key].id)

    def _on_update_clicked(self) -> None:
        if self._entry is not None:
            self.update_asked.emit(self._entry.id)

    def _on_theme_changed(self) -> None:
        self._fact_rows.setSpacing(self._theme.px(4))


class _Fact(QWidget):
    """A name in quiet type and what it is."""

    def __init__(self, theme: Theme, name: str, value: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        if name:
            label = Label(theme, name, "table", "ink_3")
            label.setFixedWidth(theme.px(96))
            row.addWidget(label)
        row.addWidget(WrappedLabel(theme, value, "table", "ink"), 1)


def _facts(entry: SourceEntry) -> list[tuple[str, str]]:
    held = counted(entry.records, "record") if entry.records else "Nothing yet."
    if entry.records and entry.taken_at:
        version = f"version {entry.version} · " if entry.version else ""
        held = f"{held} · {version}of {entry.as_of}, taken in {entry.taken_at[:10]}"
    place = f"{entry.address}, asked only when you say so" if entry.address else ""
    if entry.checked_at:
        place += f"; last on {entry.checked_at[:10]}"
    return [
        ("Publisher", entry.publisher),
        ("Held", held),
        ("Reliability", f"{entry.reliability} · {entry.reliability_why}"),
        ("Licence", entry.licence),
        ("Notice", entry.notice),
        ("Home page", entry.url),
        ("Updated from", place or "a file or a stick; no address is known"),
    ]


def _stale(theme: Theme, entry: SourceEntry) -> Notice:
    months = entry.stale_days // 30
    age = counted(months, "month") if months > 2 else counted(entry.stale_days, "day")
    return Notice(
        theme,
        "warning",
        f"What you have is {age} old.",
        "Update it over the network, or import a newer file.",
    )


def _row(row: SnapshotRow) -> PlainRow:
    when = row.applied_at[:16].replace("T", " ") if row.file else row.applied_at[:10]
    return PlainRow(
        str(row.id),
        (
            PlainCell(when),
            PlainCell(row.title, strong=True),
            PlainCell(version_words(row) or "–", colour="ink_2"),
            _count(row.added, "+"),
            _count(row.removed, "−"),
            _count(row.changed, ""),
            _count(row.quarantined, ""),
            PlainCell(_undo_words(row), colour="ink_2"),
        ),
    )


def _undo_words(row: SnapshotRow) -> str:
    if not row.file:
        return "came with the program"
    return "can be undone" if row.newest else "a later one rests on it"


def _count(number: int, sign: str) -> PlainCell:
    if not number:
        return PlainCell("·", 0, "none", colour="ink_3")
    return PlainCell(f"{sign}{number:,}", number)
