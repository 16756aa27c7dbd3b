"""Filters a person has given a name: kept in the workspace, chosen from a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from briefing.core.errors import BriefingError
from briefing.store.workspace import SavedFilter, Workspace
from briefing.ui.errors import show_error
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import normal_button, primary_button
from briefing.ui.widgets.labels import Label, WrappedLabel
from briefing.ui.widgets.text_field import TextField

LONGEST_NAME = 60


class FilterStore:
    """The saved filters of one screen. The workspace is opened when they are first asked for."""

    def __init__(self, path: Path, screen: str) -> None:
        """``path`` is that of workspace.db."""
        self._path = path
        self._screen = screen
        self._workspace: Workspace | None = None

    def all(self) -> tuple[SavedFilter, ...]:
        """Those of this screen, by name.

        Raises:
            BriefingError: when the workspace cannot be opened or read.
        """
        return self._open().filters(self._screen)

    def save(self, name: str, values: dict[str, str]) -> None:
        """Keep one; another of the same name is replaced.

        Raises:
            BriefingError: when the workspace cannot be opened or written.
        """
        self._open().save_filter(SavedFilter(name, self._screen, values))

    def delete(self, name: str) -> None:
        """Forget one.

        Raises:
            BriefingError: when the workspace cannot be opened or written.
        """
        self._open().delete_filter(self._screen, name)

    def _open(self) -> Workspace:
        if self._workspace is None:
            self._workspace = Workspace(self._path)
        return self._workspace


class SavedFilterMenu(QMenu):
    """Choose a saved filter, or delete one."""

    chosen = Signal(object)
    """The values of the SavedFilter that was chosen."""

    def __init__(self, theme: Theme, store: FilterStore, parent: QWidget) -> None:
        """It is filled whenever it opens."""
        super().__init__("Saved filters", parent)
        self._theme = theme
        self._store = store
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what is saved now."""
        self.clear()
        try:
            saved = self._store.all()
        except BriefingError as error:
            self._say("The saved filters cannot be read")
            show_error(self.parentWidget(), error, self._theme)
            return
        for one in saved:
            self.addAction(_shown(one.name), partial(self.chosen.emit, dict(one.values)))
        if not saved:
            self._say("No filter is saved yet: choose one, then “Save filter”")
            return
        self.addSeparator()
        delete = self.addMenu("Delete")
        for one in saved:
            delete.addAction(_shown(one.name), partial(self._delete, one.name))

    def _say(self, words: str) -> None:
        self.addAction(words).setEnabled(False)

    def _delete(self, name: str) -> None:
        try:
            self._store.delete(name)
        except BriefingError as error:
            show_error(self.parentWidget(), error, self._theme)


class SavePopup(QFrame):
    """Asks for a name under the words "Save filter". Enter saves, Escape leaves."""

    def __init__(self, theme: Theme, store: FilterStore, parent: QWidget) -> None:
        """It saves into ``store``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._store = store
        self._values: dict[str, str] = {}
        self._taken: frozenset[str] = frozenset()
        self.setProperty("look", "popup")
        self._title = Label(theme, "Save this filter as", "heading")
        self._field = TextField(theme, "Name of the filter")
        self._field.input.setMaxLength(LONGEST_NAME)
        self._note = WrappedLabel(theme, "", "note", "ink_3")
        self._save = primary_button(theme, "Save")
        self._cancel = normal_button(theme, "Cancel")
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(self._cancel)
        self._buttons.addWidget(self._save)
        self._box = QVBoxLayout(self)
        for widget in (self._title, self._field, self._note):
            self._box.addWidget(widget)
        self._box.addLayout(self._buttons)
        self._field.edited.connect(self._on_field_edited)
        self._field.input.returnPressed.connect(self._on_save_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._cancel.clicked.connect(self.hide)

    def ask(self, below: QPoint, suggestion: str, values: dict[str, str]) -> None:
        """Ask for the name of these values, with the right edge at a global position."""
        try:
            self._taken = frozenset(one.name for one in self._store.all())
        except BriefingError as error:
            show_error(self.parentWidget(), error, self._theme)
            return
        self._values = values
        self._field.input.setText(suggestion[:LONGEST_NAME])
        self._field.input.selectAll()
        self._on_field_edited()
        px = self._theme.px
        self._box.setContentsMargins(px(16), px(12), px(16), px(12))
        self._box.setSpacing(px(8))
        self._buttons.setSpacing(px(8))
        self.setFixedWidth(px(288))
        self.adjustSize()
        area = self.screen().availableGeometry()
        left = max(area.left(), min(below.x() - self.width(), area.right() - self.width()))
        self.move(left, max(area.top(), min(below.y(), area.bottom() - self.height())))
        self.show()

    def _name(self) -> str:
        return " ".join(self._field.text().split())

    def _on_field_edited(self) -> None:
        replaces = self._name() in self._taken
        self._field.set_error("")
        self._note.setText(
            "A saved filter has this name; it will be replaced."
            if replaces
            else "It is kept on this computer, in your workspace."
        )
        self._save.set_text("Replace" if replaces else "Save")

    def _on_save_clicked(self) -> None:
        if not self._name():
            self._field.set_error("Type a name first.")
            self.adjustSize()
            return
        self._attempt(partial(self._store.save, self._name(), self._values))

    def _attempt(self, save: Callable[[], None]) -> None:
        try:
            save()
        except BriefingError as error:
            self._field.set_error(str(error))
            self.adjustSize()
        else:
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Type at once."""
        super().showEvent(event)
        self._field.input.setFocus(Qt.FocusReason.PopupFocusReason)


def _shown(name: str) -> str:
    """A name as a menu shows it: "&" is a letter there, not a shortcut."""
    return name.replace("&", "&&")
