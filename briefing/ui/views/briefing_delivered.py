"""The briefings that were handed over: what, for whom, when, and what has changed since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.core.tlp import parse_tlp
from briefing.core.wording import counted, listed
from briefing.exports.registry import FORMATS
from briefing.services.delivered import ChangedSince, Counted, count_changes
from briefing.services.deliveries import level_of
from briefing.services.recipes.registry import RECIPES
from briefing.services.recipes.since import CHANGES
from briefing.store.connection import KnowledgeFile
from briefing.store.workspace import Delivery
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.top_bar import day_text
from briefing.ui.views.briefing_written import open_folder
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.flow_layout import FlowLayout
from briefing.ui.widgets.frames import Divider
from briefing.ui.widgets.labels import ElidedLabel, WrappedLabel
from briefing.ui.widgets.layouts import clear_layout
from briefing.ui.widgets.section_header import SectionHeader

FEW = 5
"""Rows shown before somebody asks for all."""


class DeliveredRow(QWidget):
    """One briefing: what it is about, what it is, and two links."""

    changes_asked = Signal()
    folder_asked = Signal()

    def __init__(self, theme: Theme, delivery: Delivery, name: str) -> None:
        """``name`` is what it is about; what has changed is not known yet."""
        super().__init__()
        self._theme = theme
        what = f"{name}, {day_words(delivery)}"
        self._words = (name, *delivery_lines(delivery, name))
        self._standing = WrappedLabel(theme, "", "note", "ink_2")
        self._standing.hide()
        self.changes = LinkButton(
            theme, "What has changed", "key", f"What has changed since the briefing on {what}"
        )
        self.changes.setVisible(delivery.kind != CHANGES)
        self.folder = LinkButton(theme, "Open folder", "key", f"Open the folder of {what}")
        links = QWidget()
        self._links = FlowLayout(links)
        self._links.addWidget(self.changes)
        self._links.addWidget(self.folder)
        self._rows = QVBoxLayout(self)
        self._rows.addWidget(Divider(theme))
        self._rows.addWidget(ElidedLabel(theme, name, "table_strong"))
        for line in self._words[1:]:
            self._rows.addWidget(WrappedLabel(theme, line, "note", "ink_3"))
        self._rows.addWidget(self._standing)
        self._rows.addWidget(links)
        self.changes.clicked.connect(self.changes_asked)
        self.folder.clicked.connect(self.folder_asked)
        self.setAccessibleName(", ".join(self._words))
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def standing(self) -> str:
        """What is said of what has changed; "" while it is not known."""
        return self._standing.text()

    def set_standing(self, since: ChangedSince) -> None:
        """Say what has changed."""
        words = standing_words(since)
        strong = bool(since.changed or since.withdrawn)
        self._standing.set_look("note_strong" if strong else "note", "ink" if strong else "ink_2")
        self._standing.setText(words)
        self._standing.show()
        self.changes.setEnabled(not since.problem)
        self.changes.setAccessibleDescription(words)
        self.setAccessibleName(", ".join((*self._words, words)))

    def _on_theme_changed(self) -> None:
        px = self._theme.px
        self._rows.setContentsMargins(0, 0, 0, px(6))
        self._rows.setSpacing(px(2))
        self._links.set_spacing(px(12), px(2))


class DeliveredList(QWidget):
    """Newest first; hidden while nothing was delivered.

    Places are counted from the newest, which is 0, in ``deliveries``.
    """

    failed = Signal(object)
    """The BriefingError of a file that is no longer where it was put."""
    changes_requested = Signal(int)
    """Place of the briefing whose changes are asked for."""

    def __init__(
        self,
        theme: Theme,
        name_of: Callable[[str], str],
        jobs: Jobs,
        knowledge: KnowledgeFile,
    ) -> None:
        """``name_of`` gives the name of what a briefing is about, by its id; "" for none."""
        super().__init__()
        self._theme = theme
        self._name_of = name_of
        self._jobs = jobs
        self._knowledge = knowledge
        self._deliveries: tuple[Delivery, ...] = ()
        self._names: tuple[str, ...] = ()
        self._counted = Counted()
        self._is_whole = False
        self.rows: list[DeliveredRow] = []
        """What is shown, the newest first."""
        self._header = SectionHeader(theme, "Delivered before")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._header)
        rows.addLayout(self._list)
        self.setAccessibleName("Delivered before")
        self._header.link_activated.connect(self._on_link_activated)
        self.hide()

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """All of them, the newest first."""
        return self._deliveries

    def set_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show these, and count what has changed since where that is not known."""
        names = tuple(map(self._name, deliveries))
        if (tuple(deliveries), names) != (self._deliveries, self._names):
            self._deliveries, self._names = tuple(deliveries), names
            self._fill()
        self._count()

    def open_folder_of(self, place: int) -> None:
        """Open the folder of a delivery; ``failed`` where it is gone."""
        files = [Path(name) for name in self._deliveries[place].files]
        standing = [path for path in files if path.exists()]
        if standing:
            open_folder(standing[0])
            return
        names = listed(path.name for path in files)
        gone = "is no longer where it was" if len(files) == 1 else "are no longer where they were"
        self.failed.emit(
            BriefingError(
                f"{names} {gone} put.",
                detail="\n".join(str(path) for path in files),
                remedy="It was moved, renamed or deleted. Export the briefing again.",
            )
        )

    def _shown(self) -> tuple[Delivery, ...]:
        return self._deliveries if self._is_whole else self._deliveries[:FEW]

    def _fill(self) -> None:
        focus = self._focused()
        clear_layout(self._list)
        self.rows = [self._row(place, one) for place, one in enumerate(self._shown())]
        for row in self.rows:
            self._list.addWidget(row)
        self._show_counted()
        number = len(self._deliveries)
        more = number > FEW
        self._header.set_link("" if not more else "Newest" if self._is_whole else f"All {number}")
        self.setVisible(bool(number))
        if 0 <= focus < len(self.rows):
            self.rows[focus].changes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> int:
        """Place of the row that has the keyboard; -1 where none has."""
        focus = self.window().focusWidget()
        return next((n for n, row in enumerate(self.rows) if focus and row.isAncestorOf(focus)), -1)

    def _row(self, place: int, delivery: Delivery) -> DeliveredRow:
        row = DeliveredRow(self._theme, delivery, self._name(delivery))
        row.changes_asked.connect(partial(self.changes_requested.emit, place))
        row.folder_asked.connect(partial(self.open_folder_of, place))
        return row

    def _name(self, delivery: Delivery) -> str:
        return self._name_of(delivery.subject) or delivery.title

    def _count(self) -> None:
        shown, before, knowledge = self._shown(), self._counted, self._knowledge
        if not shown:
            return
        job = self._jobs.run(
            "Looking what has changed since",
            lambda task: count_changes(knowledge, shown, before, task),
            serial=True,
        )
        job.then(self._on_counted)

    def _on_counted(self, found: Counted) -> None:
        self._counted = found
        self._show_counted()

    def _show_counted(self) -> None:
        for delivery, row in zip(self._shown(), self.rows, strict=True):
            if delivery in self._counted.found:
                row.set_standing(self._counted.found[delivery])

    def _on_link_activated(self) -> None:
        self._is_whole = not self._is_whole
        self._fill()
        self._count()


def delivery_lines(delivery: Delivery, name: str) -> tuple[str, ...]:
    """What it is and when; for whom and in which formats: the lines under its name."""
    kinds = {recipe.name: recipe.title for recipe in RECIPES}
    first = (kinds.get(delivery.kind, ""), delivery_words(delivery))
    made_for = level_of(delivery) is None and delivery.audience not in ("", name)
    second = (f"for {delivery.audience}" if made_for else "", format_words(delivery))
    lines = (" · ".join(part for part in line if part) for line in (first, second))
    return tuple(line for line in lines if line)


def delivery_words(delivery: Delivery) -> str:
    """``26 Nov 2026 · TLP:CLEAR``."""
    return f"{day_words(delivery)} · {parse_tlp(delivery.tlp).label}"


def day_words(delivery: Delivery) -> str:
    """``26 Nov 2026``."""
    return day_text(datetime.fromisoformat(delivery.delivered_at).astimezone().date())


def format_words(delivery: Delivery) -> str:
    """The formats of the files by their endings: ``PDF, MD``."""
    return ", ".join(
        known.name.upper() for known in FORMATS if any(map(known.fits, delivery.files))
    )


def standing_words(since: ChangedSince) -> str:
    """``3 of 120 statements changed, 1 was withdrawn``."""
    if since.problem:
        return since.problem
    parts = [
        f"{number:,} {words}"
        for number, words in (
            (since.changed, "changed"),
            (since.withdrawn, "withdrawn"),
            (since.unknown, "not known here"),
        )
        if number
    ]
    of = counted(since.statements, "statement")
    return f"{', '.join(parts)}, of {of}" if parts else f"{of}: none changed"
