"""What sources say of an actor now and did not say on an earlier day, and what they say no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, Literal, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from briefing.core.days import read_day
from briefing.core.history import StatementChange
from briefing.core.wording import counted
from briefing.ui.theme import Theme
from briefing.ui.views.actor_sections.change_rows import change_rows, counts
from briefing.ui.views.actor_sections.section import Section, fill
from briefing.ui.views.actor_sections.shown import Shown, date_words
from briefing.ui.widgets.buttons import LinkButton, normal_button
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.prose_rows import ProseRow, ProseRows
from briefing.ui.widgets.text_field import TextField

Since = Literal["import", "month", "year", "day"]

_LABEL = 96
_FIELD = 280
_DAYS: Final[dict[Since, int]] = {"month": 30, "year": 365}
_MENU: Final[dict[Since, str]] = {
    "import": "The last import",
    "month": "30 days",
    "year": "A year",
    "day": "A date…",
}
_EXAMPLE = "12 Nov 2026"


class TellsChanges(Protocol):
    """What is asked for changes, as the library is."""

    @property
    def last_import(self) -> str:
        """When a source was last taken in again, ISO 8601; "" where none ever was."""

    def changes_since(self, actor: str, since: str) -> tuple[StatementChange, ...]:
        """What changed for an actor from a day on, newest first."""


class ChangesSection(Section):
    """Changes by day and source; one sentence where there are none.

    It hides where every source was taken in once only: nothing can have changed then. The day that
    is looked back to stays chosen from one actor to the next.
    """

    def __init__(self, theme: Theme, changes: TellsChanges, today: Callable[[], date]) -> None:
        """Look back to the last import at first.

        Args:
            theme: Looks.
            changes: What is asked.
            today: The present day.
        """
        super().__init__(theme, "What changed")
        self._changes = changes
        self._today = today
        self._shown: Shown | None = None
        self._found: tuple[StatementChange, ...] = ()
        self._since: Since = "import"
        self._day: date | None = None
        self._all = False
        self.menu = QMenu(self)
        self._group = QActionGroup(self.menu)
        self.day = TextField(theme, "Since", f"Day month year, such as {_EXAMPLE}")
        self._show_button = normal_button(theme, "Show")
        self._day_row = self._make_day_row()
        self._summary = WrappedLabel(theme, "", "table", "ink_2")
        self._groups: list[ProseRows] = []
        self._list = QVBoxLayout()
        self._more = LinkButton(theme, "", "key")
        for part in (self._day_row, self._summary):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        if self.header is not None:
            self.header.set_link("Other day")
        self._connect()
        self._on_theme_changed()

    @property
    def since(self) -> str:
        """The day that is looked back to, ISO 8601; "" before one is typed."""
        return self._day_of(self._since)

    def set_shown(self, shown: Shown) -> None:
        """Show what changed for another actor."""
        self._shown = shown
        self._all = False
        self._fill()

    def look_back(self, since: Since) -> None:
        """Look back to another day; for ``day`` it is asked for first."""
        self._since = since
        self._all = False
        self._day_row.setVisible(since == "day")
        if since == "day":
            self.day.input.setFocus(Qt.FocusReason.OtherFocusReason)
            self.day.input.selectAll()
        self._fill()

    def open_menu(self) -> None:
        """Offer the days to look back to, under the heading's link."""
        self._fill_menu()
        place = self.mapToGlobal(QPoint(self.width() - self.menu.sizeHint().width(), 0))
        self.menu.popup(place + QPoint(0, self.header.height() if self.header else 0))

    def _fill(self) -> None:
        if self._shown is None:
            return
        since = self.since
        self._found = self._ask(self._shown, since)
        self._summary.setText(_summary(self._found, since))
        whole = change_rows(self._shown, self._found, all_items=True)
        first = change_rows(self._shown, self._found, all_items=False)
        self._fill_groups(self._shown, whole if self._all else first)
        words = "Fewer" if self._all else f"All {counted(len(self._found), 'change')}"
        self._more.setText(words)
        self._more.setAccessibleName(f"What changed: {words}")
        self._more.updateGeometry()
        self._more.setVisible(whole != first)
        self.setVisible(bool(self._changes.last_import))

    def _fill_groups(self, shown: Shown, groups: list[list[ProseRow]]) -> None:
        while len(self._groups) < len(groups):
            self._groups.append(self.rows(label_width=_LABEL))
            self._list.addWidget(self._groups[-1])
        for rows in self._groups[len(groups) :]:
            rows.hide()
        for rows, found in zip(self._groups, groups, strict=False):
            fill(rows, shown, found)
            rows.show()

    def _day_of(self, since: Since) -> str:
        if since == "import":
            return self._changes.last_import[:10]
        if since == "day":
            return self._day.isoformat() if self._day is not None else ""
        return (self._today() - timedelta(days=_DAYS[since])).isoformat()

    def _ask(self, shown: Shown, since: str) -> tuple[StatementChange, ...]:
        return self._changes.changes_since(shown.profile.row.id, since) if since else ()

    def _fill_menu(self) -> None:
        self.menu.clear()
        for since, words in _MENU.items():
            day = self._day_of(since)
            text = f"{words} ({date_words(day)})" if day else words
            action = self.menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(since == self._since)
            action.setData(since)
            self._group.addAction(action)

    def _make_day_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.day, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._show_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch()
        holder.hide()
        return holder

    def _connect(self) -> None:
        if self.header is not None:
            self.header.link_activated.connect(self.open_menu)
        self.menu.triggered.connect(lambda action: self.look_back(action.data()))
        self.day.input.returnPressed.connect(self._on_day_given)
        self.day.edited.connect(lambda _text: self.day.set_error(""))
        self._show_button.clicked.connect(self._on_day_given)
        self._more.clicked.connect(self._on_more_clicked)

    def _on_day_given(self) -> None:
        day = read_day(self.day.text())
        if day is None:
            self.day.set_error(f"No such date. Use day month year, such as {_EXAMPLE}.")
        elif day > self._today():
            self.day.set_error("That day is still to come. Use an earlier one.")
        else:
            self.day.set_error("")
            self._day = day
            self._fill()

    def _on_more_clicked(self) -> None:
        self._all = not self._all
        self._fill()

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        if hasattr(self, "day"):
            self.day.input.setFont(self._theme.font("body"))
            self.day.setMaximumWidth(self._theme.px(_FIELD))
            self._list.setSpacing(self._theme.px(8))


def _summary(found: Sequence[StatementChange], since: str) -> str:
    if not since:
        return "Which day should be looked back to?"
    day = date_words(since)
    return f"Since {day}: {counts(found)}." if found else f"Nothing has changed since {day}."
