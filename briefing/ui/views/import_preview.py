"""What waits to be taken in: counts, warnings, kinds of object, objects with their fields."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.preview import ItemChange, Preview
from briefing.core.wording import counted
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.theme import Theme
from briefing.ui.tokens import Colour
from briefing.ui.views.import_words import (
    action_words,
    kind_words,
    preview_title,
    unchanged_dates,
    what_changed,
)
from briefing.ui.views.link_table import LinkTable
from briefing.ui.widgets.buttons import Button, normal_button, primary_button
from briefing.ui.widgets.cells import KEY_ROLE
from briefing.ui.widgets.column_layout import Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Card
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.notice import Notice
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.table import STRETCH, Table

_KIND_ROWS = 16
_ITEM_ROWS = 16
_FIRST = ("intrusion-set", "threat-actor", "advisory", "incident")
_MOST_ITEMS = 2000
"""Rows of one kind that are shown; the rest is counted in the heading."""
_COLOURS: dict[str, Colour] = {
    "added": "accent",
    "changed": "ink_2",
    "removed": "claim",
    "older": "ink_3",
}
_KIND_COLUMNS = (
    PlainColumn("Kind"),
    PlainColumn("You have", "Records of this kind that are held now", numeric=True),
    PlainColumn("Added", numeric=True),
    PlainColumn("Removed", "The source no longer has them", numeric=True),
    PlainColumn("Changed", "Their content differs, whatever date they bear", numeric=True),
)
_ITEM_COLUMNS = (PlainColumn("Change"), PlainColumn("Name"), PlainColumn("What differs"))
_FIELD_COLUMNS = (PlainColumn("Field"), PlainColumn("Before"), PlainColumn("After"))


class ImportPreview(QWidget):
    """One source's changes. ``apply_asked`` and ``cancel_asked`` are the person's word."""

    apply_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nothing waits yet."""
        super().__init__()
        self._theme = theme
        self._preview: Preview | None = None
        self._items: dict[str, ItemChange] = {}
        self.apply: Button = primary_button(theme, "Apply", "check")
        self.cancel: Button = normal_button(theme, "Cancel")
        self._title = WrappedLabel(theme, "", "title")
        self._note = WrappedLabel(theme, "", "table", "ink_2")
        self._page = Scroller(theme, sides=20, top=12)
        self._counts = Card(theme)
        self._warnings = QWidget()
        self._warning_rows = QVBoxLayout(self._warnings)
        self.kinds = LinkTable(theme, "Changes by kind of object")
        self.items = LinkTable(theme, "Objects that change")
        self.fields = Table(theme, "Fields that differ", "normal")
        self._kind_head = SectionHeader(theme, "By kind of object")
        self._item_head = SectionHeader(theme, "Objects")
        self._field_head = SectionHeader(theme, "What differs")
        self._models = [PlainTableModel(self) for _ in range(3)]
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_preview(self, preview: Preview, before: str, waiting: int) -> None:
        """Show one of the sources that wait.

        Args:
            preview: Its changes.
            before: The version that is held.
            waiting: How many sources wait in all; one word applies them all.
        """
        self._preview = preview
        self._title.setText(f"Preview: {preview_title(preview, before)}")
        self._note.setText(_about(preview))
        self.apply.set_text("Apply as one snapshot" if waiting == 1 else f"Apply all {waiting}")
        self._show_counts(preview)
        self._show_warnings(preview)
        self._show_kinds(preview)

    def set_ready(self, ready: bool) -> None:
        """Whether there is anything to apply and nothing under way."""
        self.apply.setEnabled(ready)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.cancel)
        head.addWidget(self.apply)
        self._head = head
        body = self._page.body
        body.addLayout(head)
        body.addWidget(self._note)
        body.addWidget(self._counts)
        holder = QWidget()
        self._count_row = FlowLayout(holder)
        self._counts.body.addWidget(holder)
        body.addWidget(self._warnings)
        self._warning_rows.setContentsMargins(0, 0, 0, 0)
        for table, model in zip((self.kinds, self.items, self.fields), self._models, strict=True):
            table.setModel(model)
        self.kinds.fit_rows(_KIND_ROWS)
        self.items.fit_rows(_ITEM_ROWS)
        self.fields.fit_rows(12)
        left = _stack(self._kind_head, self.kinds)
        right = _stack(self._item_head, self.items)
        body.addWidget(
            Columns(
                self._theme,
                (left, right),
                (Arrangement(760, (((0, 1), (1, 1)),)), stacked(2)),
            )
        )
        self._field_part = _stack(self._field_head, self.fields)
        body.addWidget(self._field_part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def _connect(self) -> None:
        self.apply.clicked.connect(self.apply_asked)
        self.cancel.clicked.connect(self.cancel_asked)
        self.kinds.row_changed.connect(lambda index: self._show_items(_key(index)))
        self.items.row_changed.connect(lambda index: self._show_fields(_key(index)))
        self._theme.changed.connect(self._on_theme_changed)

    def _show_counts(self, preview: Preview) -> None:
        self._count_row.clear()
        still = unchanged_dates(preview)
        dated = f", {still:,} with an unchanged date" if still else ""
        counts = [
            (_signed("+", preview.count("added")), "added"),
            (_signed("−", preview.count("removed")), "removed"),
            (f"{preview.count('changed'):,}", f"changed{dated}"),
            (f"{preview.unchanged:,}", "as they are"),
            (f"{len(preview.quarantined):,}", "not taken"),
        ]
        if preview.count("older"):
            counts.append((f"{preview.count('older'):,}", "left out as older"))
        for number, words in counts:
            self._count_row.addWidget(_Count(self._theme, number, words))

    def _show_warnings(self, preview: Preview) -> None:
        while (item := self._warning_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for warning in preview.warnings:
            lead, _, rest = warning.partition(". ")
            self._warning_rows.addWidget(Notice(self._theme, "warning", f"{lead}.", rest))
        if preview.quarantined:
            shown = " ".join(item.reason for item in preview.quarantined[:3])
            more = len(preview.quarantined) - 3
            rest = f"{shown} And {more:,} more." if more > 0 else shown
            lead = f"{counted(len(preview.quarantined), 'object')} would not be taken."
            self._warning_rows.addWidget(Notice(self._theme, "warning", lead, rest))
        if preview.empty:
            words = "Everything in it stands in the database already; nothing would be written."
            self._warning_rows.addWidget(Notice(self._theme, "info", "Nothing new.", words))
        self._warnings.setVisible(self._warning_rows.count() > 0)

    def _show_kinds(self, preview: Preview) -> None:
        counted_by: dict[str, Counter[str]] = {}
        for item in preview.items:
            counted_by.setdefault(item.kind, Counter())[item.action] += 1
        kinds = sorted(counted_by, key=lambda kind: -counted_by[kind].total())
        rows = [
            PlainRow(
                kind,
                (
                    PlainCell(kind_words(kind)),
                    _number(preview.held.get(kind, 0)),
                    _number(counted_by[kind]["added"], "+", "accent"),
                    _number(counted_by[kind]["removed"], "−", "claim"),
                    _number(counted_by[kind]["changed"]),
                ),
            )
            for kind in kinds
        ]
        self._models[0].set_table(_KIND_COLUMNS, rows)
        self.kinds.set_widths((STRETCH, 76, 72, 80, 80))
        self.kinds.set_dispensable((1,), 140)
        self.kinds.setVisible(bool(rows))
        self._kind_head.setVisible(bool(rows))
        # People are read about first: actors where any change, else the most frequent kind.
        first = next((kind for kind in _FIRST if kind in counted_by), kinds[0] if kinds else "")
        if rows:
            self.kinds.select_row(kinds.index(first))
        self._show_items(first)

    def _show_items(self, kind: str) -> None:
        preview = self._preview
        items = [item for item in preview.items if item.kind == kind] if preview else []
        self._items = {item.native_id: item for item in items}
        counts = Counter(item.action for item in items)
        note = ", ".join(f"{number:,} {action_words(action)}" for action, number in counts.items())
        if len(items) > _MOST_ITEMS:
            note += f"; the first {_MOST_ITEMS:,} are listed"
        self._item_head.set_title(kind_words(kind) if kind else "Objects")
        self._item_head.set_note(note)
        rows = [
            PlainRow(
                item.native_id,
                (
                    PlainCell(item.action, colour=_COLOURS[item.action]),
                    PlainCell(item.name, strong=item.action != "changed"),
                    PlainCell(what_changed(item), colour="ink_2"),
                ),
            )
            for item in items[:_MOST_ITEMS]
        ]
        self._models[1].set_table(_ITEM_COLUMNS, rows)
        differing = any(item.fields for item in items)
        self.items.set_widths((76, STRETCH, 180 if differing else 1))
        self.items.set_dispensable((2,), 140 if differing else 4000)
        for part in (self.items, self._item_head):
            part.setVisible(bool(rows))
        self._show_fields(rows[0].key if rows else "")
        if rows:
            self.items.select_row(0)

    def _show_fields(self, native: str) -> None:
        item = self._items.get(native)
        fields = item.fields if item else ()
        rows = [
            PlainRow(
                field.name,
                (
                    PlainCell(field.name),
                    PlainCell(field.before or "–"),
                    PlainCell(field.after or "–"),
                ),
            )
            for field in fields
        ]
        self._models[2].set_table(_FIELD_COLUMNS, rows)
        self.fields.set_widths((160, STRETCH, STRETCH))
        self._field_head.set_note(item.name if item else "")
        self._field_part.setVisible(bool(rows))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._head.setSpacing(px(8))
        self._count_row.set_spacing(px(24))
        self._warning_rows.setSpacing(px(8))


class _Count(QWidget):
    """``+4,241 added``: a big number with its noun."""

    def __init__(self, theme: Theme, number: str, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(Label(theme, number, "title", tabular=True))
        row.addWidget(Label(theme, words, "table", "ink_2"))
        self.setAccessibleName(f"{number} {words}")


def _stack(head: QWidget, table: QWidget) -> QWidget:
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(4)
    rows.addWidget(head)
    rows.addWidget(table)
    rows.addStretch(1)
    return holder


def _key(index: QModelIndex) -> str:
    return str(index.data(KEY_ROLE) or "")


def _signed(sign: str, number: int) -> str:
    return f"{sign}{number:,}" if number else "0"


def _number(number: int, sign: str = "", colour: Colour | None = None) -> PlainCell:
    if not number:
        return PlainCell("·", 0, "none", colour="ink_3")
    return PlainCell(f"{sign}{number:,}", number, colour=colour)


def _about(preview: Preview) -> str:
    parts = [preview.file, preview.source.licence, preview.source.notice]
    return " · ".join(part for part in parts if part)
