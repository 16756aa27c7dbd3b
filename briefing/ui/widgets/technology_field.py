"""What a client runs: typed with completion from what the database knows, a chip for each entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QListView, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button
from briefing.ui.widgets.multi_choice import ChipFlow
from briefing.ui.widgets.text_field import TextField

Find = Callable[[str], Sequence[str]]
"""Codes that complete what was typed so far, best first."""
Judge = Callable[[str], tuple[str, str]]
"""The code that a text means and "", or "" and the sentence why it means none."""

_MOST_SHOWN = 10


class _Completer(QCompleter):
    """Offers what ``find`` gives, without a filter of its own."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offered = QStringListModel(self)
        self.setModel(self._offered)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self.list = QListView()
        self.list.setProperty("look", "popup")
        self.setPopup(self.list)

    def offer(self, codes: Sequence[str]) -> None:
        """Show other completions; none hides the list."""
        self._offered.setStringList(list(codes))
        self.list.setFont(self._theme.font("table"))
        if codes:
            self.complete()
        else:
            self.list.hide()


class TechnologyField(QWidget):
    """A line to type in, and under it what was entered."""

    changed = Signal()
    """A person has added or removed an entry."""

    def __init__(self, theme: Theme, find: Find, judge: Judge) -> None:
        """Nothing is entered."""
        super().__init__()
        self._theme = theme
        self._find = find
        self._judge = judge
        self._codes: list[str] = []
        self._warned: frozenset[str] = frozenset()
        self.line = TextField(theme, "Technology, as vendor:product", "vendor:product")
        self.add = normal_button(theme, "Add")
        self.add.setAccessibleName("Add this technology")
        self.chips = ChipFlow(theme)
        self._completer = _Completer(theme, self)
        self.line.input.setCompleter(self._completer)
        self._row = QHBoxLayout()
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addLayout(self._row)
        self._box.addWidget(self.chips)
        self.line.edited.connect(self._on_line_edited)
        self.line.input.returnPressed.connect(self.enter)
        self._completer.activated.connect(self._on_completer_activated)
        self.add.clicked.connect(self.enter)
        self.chips.removed.connect(self._on_chip_removed)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._show()

    @property
    def codes(self) -> tuple[str, ...]:
        """What was entered."""
        return tuple(self._codes)

    def set_codes(self, codes: Sequence[str], warned: frozenset[str] = frozenset()) -> None:
        """Show other entries; of those that are ``warned`` nothing is known."""
        self._codes = list(dict.fromkeys(codes))
        self._warned = warned
        self._show()

    def enter(self) -> None:
        """Take what was typed; what cannot be taken stays, with the reason."""
        text = self.line.text().strip()
        if not text:
            return
        code, why = self._judge(text)
        self.line.set_error(why)
        if not code:
            return
        self.line.input.clear()
        self._completer.list.hide()
        if code not in self._codes:
            self._codes.append(code)
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        self.chips.show_chips({code: code for code in self._codes}, self._warned)
        entered = ", ".join(self._codes) or "nothing"
        self.line.input.setAccessibleDescription(f"Entered: {entered}.")

    def _on_line_edited(self, text: str) -> None:
        self.line.set_error("")
        found = [code for code in self._find(text) if code not in self._codes]
        self._completer.offer(found)

    def _on_completer_activated(self, code: str) -> None:
        self.line.input.setText(code)
        self.enter()

    def _on_chip_removed(self, code: str) -> None:
        self._codes.remove(code)
        self._show()
        self.changed.emit()
        if not self._codes:
            self.line.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))
        self._box.setSpacing(self._theme.px(6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed; it must not press a button further out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)
