"""The text of a report as it was pasted, with the places of what is looked at marked in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from briefing.analysis.extraction import LONGEST
from briefing.core.proposal import Place
from briefing.ui.theme import Theme

_LONGEST_LINE: Final = 4_000
_LONG_LINE: Final = re.compile(rf"[^\n]{{{_LONGEST_LINE},}}")
_ROOM: Final = re.compile(rf"(.{{1,{_LONGEST_LINE}}})(?:[ \t]|$)|(.{{{_LONGEST_LINE}}})")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_HINT: Final = (
    "Paste the text of a report here.\n\nIt is read on this computer. Nothing is fetched, no link"
    " in it is opened, and it is not kept: only what you choose is recorded."
)


class ReportText(QPlainTextEdit):
    """Plain text to paste into; Tab leaves it. Pictures, links and formats do not come along."""

    edited = Signal()
    """A person has changed the text."""

    def __init__(self, theme: Theme) -> None:
        """Nothing is pasted."""
        super().__init__(tabChangesFocus=True)
        self._theme = theme
        self._astral: list[int] = []
        self._places: Sequence[Place] = ()
        self._current = 0
        self.setAccessibleName("Text of the report")
        self.setPlaceholderText(_HINT)
        self.textChanged.connect(self.edited)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def text(self) -> str:
        """What stands there; places that are shown from now on are places in this."""
        text = self.toPlainText()
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        return text

    def put(self, text: str) -> None:
        """Write a text in the place of what is selected, as pasting does."""
        self.textCursor().insertText(_bounded(text))

    def show_places(self, places: Sequence[Place], current: int) -> None:
        """Mark places, and go to one of them."""
        self._places, self._current = places, current
        self._mark()
        if places:
            self.setTextCursor(self._cursor(places[current], is_selected=False))
            self.centerCursor()

    def marked(self) -> str:
        """The text of the place that is gone to; "" where nothing is marked."""
        if not self._places:
            return ""
        return self._cursor(self._places[self._current]).selectedText()

    def _mark(self) -> None:
        theme = self._theme
        looks = []
        for at, place in enumerate(self._places):
            is_current = at == self._current
            look = QTextCharFormat()
            look.setBackground(theme.colour("accent" if is_current else "tint"))
            look.setForeground(theme.colour("on_accent" if is_current else "ink"))
            look.setFontUnderline(not is_current)
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(place)
            selection.format = look
            looks.append(selection)
        self.setExtraSelections(looks)

    def _cursor(self, place: Place, *, is_selected: bool = True) -> QTextCursor:
        """A cursor at a place; Qt counts letters beyond the basic plane twice."""
        start, end = (at + bisect_left(self._astral, at) for at in (place.start, place.end))
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        if is_selected:
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font("body"))
        self._mark()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Text alone."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Paste the text; a line that no screen can show is broken where it has a blank."""
        self.put(source.text())

    def minimumSizeHint(self) -> QSize:
        """A few lines of a column."""
        return QSize(self._theme.px(200), self._theme.px(80))


def _bounded(text: str) -> str:
    """A text of which no line takes seconds to lay out, and that is hardly longer than is read."""
    return _LONG_LINE.sub(_broken, text[: LONGEST + 1])


def _broken(line: re.Match[str]) -> str:
    return "\n".join(match[1] or match[2] or "" for match in _ROOM.finditer(line[0]))
