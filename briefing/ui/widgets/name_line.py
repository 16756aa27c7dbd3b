"""A line for a name, completed from what somebody knows; anything else may be typed as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QVBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.text_field import TextField


class Offer(NamedTuple):
    """A completion: what is then in the line, how it is listed, and what it stands for."""

    name: str
    label: str
    code: str = ""


Offers = Callable[[str], Sequence[Offer]]
"""Completions of what was typed so far, best first."""

_NAME = int(Qt.ItemDataRole.UserRole)
_CODE = _NAME + 1
_MOST_SHOWN = 10
_ROW = 28


class NameLine(QWidget):
    """A text field with a list under it while a person types."""

    edited = Signal(str)
    """A person has typed, or taken a completion: what is in the line now."""
    taken = Signal(str, str)
    """A person has taken a completion: its name and its code."""

    def __init__(self, theme: Theme, name: str, offers: Offers, placeholder: str = "") -> None:
        """``name`` is the accessible name."""
        super().__init__()
        self._theme = theme
        self._offers = offers
        self._told = ""
        self.line = TextField(theme, name, placeholder)
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setProperty("look", "popup")
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionRole(_NAME)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_MOST_SHOWN)
        self._completer.setPopup(self._list)
        self.line.input.setCompleter(self._completer)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.line)
        self.line.edited.connect(self._on_line_edited)
        # A completion that is walked over stands in the line, and nobody has typed it.
        self.line.input.textChanged.connect(self._on_input_text_changed)
        # By the place in the list: two actors may be offered under one name.
        activated = self._completer.activated[QModelIndex]  # type: ignore[index]  # an overload
        activated.connect(self._on_completer_activated)

    def text(self) -> str:
        """What is in the line, without needless blanks."""
        return " ".join(self.line.text().split())

    def set_text(self, text: str) -> None:
        """Put something into the line; nothing is emitted."""
        self._told = text
        self.line.input.setText(text)

    def close_list(self) -> None:
        """Put the completions away."""
        self._list.hide()

    def _on_line_edited(self, text: str) -> None:
        self._model.clear()
        for offer in self._offers(text):
            item = QStandardItem(offer.label)
            item.setData(offer.name, _NAME)
            item.setData(offer.code, _CODE)
            item.setSizeHint(QSize(0, self._theme.px(_ROW)))
            self._model.appendRow(item)
        self._list.setFont(self._theme.font("table"))
        if self._model.rowCount():
            self._completer.complete()
        else:
            self._list.hide()
        self._tell(text)

    def _tell(self, text: str) -> None:
        self._told = text
        self.edited.emit(self.text())

    def _on_input_text_changed(self, text: str) -> None:
        if text != self._told:
            self._tell(text)

    def _on_completer_activated(self, index: QModelIndex) -> None:
        name, code = str(index.data(_NAME)), str(index.data(_CODE))
        self.line.input.setText(name)
        self.taken.emit(name, code)
