"""The list of sources: what waits, what is held, what could be; and below it what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from briefing.core.wording import counted
from briefing.services.source_shelf import Shelf
from briefing.services.sources import SourceEntry
from briefing.ui.theme import Theme
from briefing.ui.views.import_digest import Digest
from briefing.ui.views.import_words import (
    age_words,
    licence_words,
    records_words,
    shown_version,
)
from briefing.ui.views.quiet_row import QuietRow
from briefing.ui.widgets.buttons import LinkButton, menu_button
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.two_line_list import TwoLineItem, TwoLineList

ALL = "all-imports"
IDENTITY = "identity"
QUARANTINE = "quarantine"
PENDING = "waiting:"
_LONGEST_VERSION = 18
"""Characters."""


class SourceList(QWidget):
    """Everything one can go to on the Sources screen."""

    chosen = Signal(str)
    """Key of a row: a source, ``waiting:0``, or one of the names above."""
    opened = Signal()
    """The chosen row is to be seen: it was clicked, or Enter was pressed on it."""
    files_asked = Signal()
    folder_asked = Signal()
    feed_asked = Signal()
    update_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_shelf``."""
        super().__init__()
        self._theme = theme
        self._title = Label(theme, "Sources", "title")
        menu = QMenu(self)
        menu.addAction("Files or archives…", self.files_asked.emit)
        menu.addAction("A folder or a stick…", self.folder_asked.emit)
        menu.addSeparator()
        menu.addAction("Add a feed…", self.feed_asked.emit)
        self.import_button = menu_button(theme, "Import", menu, "import")
        self.menu = menu
        self._summary = WrappedLabel(theme, "", "table", "ink_2")
        self.update_all = LinkButton(
            theme, "Update all", "key", "Update all sources over the network"
        )
        self.rows = TwoLineList(theme, "Sources")
        self.quiet = {
            ALL: QuietRow(theme, "All imports", "clock"),
            IDENTITY: QuietRow(theme, "Actor identity", "actors"),
            QUARANTINE: QuietRow(theme, "Quarantine", "info"),
        }
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_shelf(self, shelf: Shelf, waiting: Sequence[Digest]) -> None:
        """List what waits, what is held, and what could be."""
        with QSignalBlocker(self.rows):
            self.rows.set_items(
                [
                    *(_waiting(place, digest) for place, digest in enumerate(waiting)),
                    *map(_item, sorted(shelf.entries, key=_is_offer)),
                ]
            )
        held = sum(1 for entry in shelf.entries if entry.records)
        asked = max((entry.checked_at[:10] for entry in shelf.entries), default="")
        online = f"last online {asked}, on request" if asked else "never online"
        self._summary.setText(f"{counted(held, 'source')} held · {online}")
        self.quiet[ALL].set_state(f"{len(shelf.history):,}, with undo", "Show")
        open_questions = counted(shelf.questions, "open question")
        self.quiet[IDENTITY].set_state(
            open_questions if shelf.questions else "nothing to decide",
            "Review" if shelf.questions else "",
        )
        self.quiet[QUARANTINE].set_state(
            f"{counted(shelf.quarantined, 'object')} not taken" if shelf.quarantined else "empty",
            "Show" if shelf.quarantined else "",
        )

    def select(self, key: str) -> None:
        """Mark the row that is shown."""
        for name, row in self.quiet.items():
            row.setChecked(name == key)
        with QSignalBlocker(self.rows):
            self.rows.select_key(key)
            if key in self.quiet:
                # A row stays current, or Tab would choose the first and leave what is shown.
                first = self.rows.model().index(0, 0)
                kept = self.rows.currentIndex() if self.rows.currentIndex().isValid() else first
                keep = QItemSelectionModel.SelectionFlag.NoUpdate
                self.rows.selectionModel().setCurrentIndex(kept, keep)
                self.rows.clearSelection()

    def set_ready(self, ready: bool) -> None:
        """Whether something can be started now."""
        self.import_button.setEnabled(ready)
        self.update_all.setEnabled(ready)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self.import_button)
        self._line = QHBoxLayout()
        self._line.addWidget(self._summary, 1)
        self._line.addWidget(self.update_all)
        whole = QVBoxLayout(self)
        whole.addLayout(self._head)
        whole.addLayout(self._line)
        whole.addWidget(self.rows, 1)
        below = QVBoxLayout()
        below.setSpacing(0)
        for row in self.quiet.values():
            below.addWidget(row)
        whole.addLayout(below)
        self._whole = whole

    def _connect(self) -> None:
        self.rows.row_changed.connect(self.chosen)
        self.rows.row_activated.connect(self._on_row_opened)
        self.rows.clicked.connect(self._on_row_opened)
        self.update_all.clicked.connect(self.update_asked)
        for name, row in self.quiet.items():
            row.clicked.connect(partial(self._on_quiet_clicked, name))
        self._theme.changed.connect(self._on_theme_changed)

    def _on_row_opened(self) -> None:
        self.chosen.emit(str(self.rows.currentIndex().data(KEY_ROLE) or ""))
        self.opened.emit()

    def _on_quiet_clicked(self, key: str) -> None:
        self.chosen.emit(key)
        self.opened.emit()

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        for row in (self._head, self._line):
            row.setContentsMargins(px(16), 0, px(16), 0)
            row.setSpacing(px(8))
        self._whole.setContentsMargins(0, px(12), 0, 0)
        self._whole.setSpacing(px(8))


def _is_offer(entry: SourceEntry) -> bool:
    """Whether it could be taken in, but nobody has done so or set it up."""
    return not entry.records and not (entry.own and entry.address)


def _waiting(place: int, digest: Digest) -> TwoLineItem:
    total = digest.total
    counts = ((total.added, "new"), (total.removed, "gone"), (total.changed, "changed"))
    return TwoLineItem(
        f"{PENDING}{place}",
        digest.preview.source.title,
        ", ".join(f"{number:,} {word}" for number, word in counts if number) or "nothing new",
        _short(shown_version(digest.preview.version)),
        "waiting",
        "accent",
    )


def _item(entry: SourceEntry) -> TwoLineItem:
    licence = licence_words(entry.licence)
    if not entry.records:
        return TwoLineItem(entry.id, entry.title, licence, "", "not taken in yet")
    stale = bool(entry.stale_days)
    return TwoLineItem(
        entry.id,
        entry.title,
        licence,
        _short(shown_version(entry.version)),
        age_words(entry.stale_days) if stale else records_words(entry.records),
        "claim" if stale else "ink_3",
    )


def _short(version: str) -> str:
    """A version as it stands beside a title, which it must leave room for."""
    if len(version) <= _LONGEST_VERSION:
        return version
    return version[:_LONGEST_VERSION].rpartition(",")[0] or version[: _LONGEST_VERSION - 1] + "…"
