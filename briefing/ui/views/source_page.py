"""One source: what is held of it, from whom, how old it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.wording import counted
from briefing.services.source_shelf import LeftOut, Shelf
from briefing.services.sources import SourceEntry
from briefing.ui.theme import Theme
from briefing.ui.views.import_history import ImportHistory
from briefing.ui.views.import_words import age_words, kind_words, shown_version
from briefing.ui.views.left_out_list import LeftOutList
from briefing.ui.widgets.bar_rows import BarRows
from briefing.ui.widgets.buttons import Button, destructive_button, normal_button
from briefing.ui.widgets.column_layout import NATURAL, Arrangement, Columns, stacked
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.notice import Notice, NoticeAction
from briefing.ui.widgets.scroller import Scroller
from briefing.ui.widgets.section_header import SectionHeader
from briefing.ui.widgets.tab_order import order_tabs

_HISTORY_ROWS = 10
_LEFT_OUT_ROWS = 8
_KINDS = 10
"""Kinds of record with a bar of their own; the rest is one bar."""
_NAME_WIDTH = 92
_TAXII = "taxii"
FETCHED_AS = {
    "file": "one file",
    "feed": "an RSS or Atom feed",
    "rolie": "a list of security advisories (CSAF)",
    "misp": "a MISP feed",
    "taxii": "a TAXII 2.1 server",
}


class SourcePage(QWidget):
    """A source with its imports. Signals carry its id, ``undo_asked`` the number of a snapshot."""

    undo_asked = Signal(int)
    update_asked = Signal(str)
    edit_asked = Signal(str)
    remove_asked = Signal(str)
    publish_asked = Signal(str)
    import_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        """Nothing chosen yet."""
        super().__init__()
        self._theme = theme
        self._entry: SourceEntry | None = None
        self.update_button: Button = normal_button(theme, "Update now", "refresh")
        self.publish_button: Button = normal_button(theme, "Publish a bundle…", "export")
        self.edit_button: Button = normal_button(theme, "Edit…", "edit")
        self.remove_button: Button = destructive_button(theme, "Remove…", "delete")
        self._title = WrappedLabel(theme, "", "title")
        self._told = QWidget()
        self._told_rows = QVBoxLayout(self._told)
        self._facts = _Facts(theme)
        self._kinds = BarRows(theme)
        self._kinds.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._held = _column(SectionHeader(theme, "Held"), self._kinds)
        self.history = ImportHistory(theme, most=_HISTORY_ROWS, of_one=True)
        self.left_out = LeftOutList(theme, most=_LEFT_OUT_ROWS)
        self._left_out_head = SectionHeader(theme, "Not taken")
        self._page = Scroller(theme, sides=20, top=12)
        self._lay_out()
        self._connect()
        self._on_theme_changed()

    def show_source(self, entry: SourceEntry, shelf: Shelf) -> None:
        """Show one source and its imports."""
        self._entry = entry
        own = entry.own and bool(entry.address)
        self._title.setText(entry.title)
        self.update_button.setVisible(bool(entry.address))
        self.publish_button.setVisible(own and entry.fetched_as == _TAXII)
        self.edit_button.setVisible(own)
        self.remove_button.setVisible(own)
        self._tell(entry)
        self._facts.show_facts(_facts(entry))
        self._show_kinds(shelf.kinds.get(entry.id, {}))
        rows = [row for row in shelf.history if row.source == entry.id]
        self.history.show_rows(rows)
        self.history.setVisible(bool(rows))
        self._show_left_out([one for one in shelf.left_out if one.snapshot.source == entry.id])

    def set_ready(self, ready: bool) -> None:
        """Whether something can be started now."""
        buttons = (self.update_button, self.edit_button, self.publish_button, self.remove_button)
        for part in (*buttons, self._told):
            part.setEnabled(ready)

    def _lay_out(self) -> None:
        buttons = QWidget()
        self._buttons = FlowLayout(buttons)
        for button in (
            self.update_button,
            self.publish_button,
            self.edit_button,
            self.remove_button,
        ):
            self._buttons.addWidget(button)
        self._told_rows.setContentsMargins(0, 0, 0, 0)
        body = self._page.body
        body.addWidget(
            Columns(
                self._theme,
                (self._title, buttons),
                (Arrangement(720, (((0, 1), (1, NATURAL)),)), stacked(2)),
                gap=12,
                line_gap=8,
            )
        )
        body.addWidget(self._told)
        body.addWidget(
            Columns(
                self._theme,
                (self._facts, self._held),
                (Arrangement(720, (((0, 8), (1, 5)),)), stacked(2)),
            )
        )
        body.addWidget(self.history)
        body.addWidget(self._left_out_head)
        body.addWidget(self.left_out)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def _connect(self) -> None:
        for button, signal in (
            (self.update_button, self.update_asked),
            (self.edit_button, self.edit_asked),
            (self.remove_button, self.remove_asked),
            (self.publish_button, self.publish_asked),
        ):
            button.clicked.connect(lambda _=False, asked=signal: self._emit(asked))
        self.history.undo_asked.connect(self.undo_asked)
        self._theme.changed.connect(self._on_theme_changed)

    def _emit(self, signal: Signal) -> None:
        if self._entry is not None:
            signal.emit(self._entry.id)  # type: ignore[attr-defined]  # bound to this object

    def _tell(self, entry: SourceEntry) -> None:
        clear_layout(self._told_rows)
        if not entry.records:
            self._told_rows.addWidget(self._nothing_held(entry))
        elif entry.stale_days:
            words = "Import a newer file."
            if entry.address:
                words = "Update it over the network, or import a newer file."
            title = f"What you have is {age_words(entry.stale_days)}."
            self._told_rows.addWidget(Notice(self._theme, "warning", title, words))
        self._told.setVisible(self._told_rows.count() > 0)
        order_tabs(self)

    def _nothing_held(self, entry: SourceEntry) -> Notice:
        words = "Bring it in from a file or a stick."
        if entry.address:
            words = "Update asks its server, once, now. Or bring it in from a file or a stick."
        action = NoticeAction("Import files…", self.import_asked.emit, "import")
        return Notice(
            self._theme,
            "empty",
            "Nothing of it has been taken in yet",
            words,
            (action,),
            icon_name="sources",
        )

    def _show_kinds(self, kinds: Mapping[str, int]) -> None:
        rows = [(kind_words(kind), number) for kind, number in kinds.items()]
        if len(rows) > _KINDS:
            rest = rows[_KINDS - 1 :]
            rows = [*rows[: _KINDS - 1], (f"{len(rest)} more kinds", sum(n for _, n in rest))]
        self._kinds.set_rows(rows, "records")
        self._held.setVisible(bool(rows))

    def _show_left_out(self, items: Sequence[LeftOut]) -> None:
        self._left_out_head.set_note(counted(len(items), "object"))
        self.left_out.show_items(items)
        for part in (self._left_out_head, self.left_out):
            part.setVisible(bool(items))

    def _on_theme_changed(self) -> None:
        self._buttons.set_spacing(self._theme.px(8))
        self._told_rows.setSpacing(self._theme.px(8))


class _Facts(QWidget):
    """Names in quiet type, each with what it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._rows: list[tuple[QWidget, Label, WrappedLabel]] = []
        theme.changed.connect(self._on_theme_changed)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        shown = [fact for fact in facts if fact[1]]
        while len(self._rows) < len(shown):
            self._rows.append(self._row())
        for (row, name, value), fact in zip(self._rows, shown, strict=False):
            name.setText(fact[0])
            value.setText(fact[1])
            row.setAccessibleName(": ".join(fact))
        for place, (row, _, _) in enumerate(self._rows):
            row.setVisible(place < len(shown))
        self._on_theme_changed()

    def _row(self) -> tuple[QWidget, Label, WrappedLabel]:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        name = Label(self._theme, "", "table", "ink_3")
        value = WrappedLabel(self._theme, "", "table", "ink")
        line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(value, 1)
        self._box.addWidget(row)
        return row, name, value

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._box.setSpacing(px(4))
        for row, name, _ in self._rows:
            name.setFixedWidth(px(_NAME_WIDTH))
            layout = row.layout()
            if layout is not None:
                layout.setSpacing(px(8))


def _column(*parts: QWidget) -> QWidget:
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(4)
    for part in parts:
        rows.addWidget(part)
    rows.addStretch(1)
    return holder


def _facts(entry: SourceEntry) -> list[tuple[str, str]]:
    held = ""
    if entry.records:
        held = _held(entry)
    return [
        ("Publisher", entry.publisher),
        ("Held", held),
        ("Reliability", f"{entry.reliability} · {entry.reliability_why}"),
        ("Licence", entry.licence),
        ("Notice", entry.notice),
        ("Home page", entry.url),
        ("Updated from", _place(entry)),
        ("Last asked", entry.checked_at[:16].replace("T", " ") if entry.address else ""),
        ("Id", entry.id),
    ]


def _held(entry: SourceEntry) -> str:
    version, as_of = shown_version(entry.version), entry.as_of
    taken = f"taken in {entry.taken_at[:10]}" if entry.taken_at else ""
    parts = (
        counted(entry.records, "record"),
        f"version {version}" if version and version != as_of else "",
        f"of {as_of}" if as_of and not entry.taken_at.startswith(as_of) else "",
        taken,
    )
    return " · ".join(part for part in parts if part)


def _place(entry: SourceEntry) -> str:
    if not entry.address:
        return "a file or a stick; no address is known"
    inside = ", inside your network" if entry.inside else ""
    way = FETCHED_AS.get(entry.fetched_as, entry.fetched_as)
    return f"{entry.address} ({way}{inside}), asked only when you say so"
