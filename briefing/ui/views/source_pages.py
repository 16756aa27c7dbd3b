"""Pages about all sources together: every import, and everything that was not taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefing.core.wording import counted
from briefing.services.source_shelf import Shelf
from briefing.ui.theme import Theme
from briefing.ui.views.import_history import ImportHistory
from briefing.ui.views.left_out_list import LeftOutList
from briefing.ui.widgets.labels import WrappedLabel
from briefing.ui.widgets.notice import Notice

_HOW = (
    "Import brings in files, folders, ZIP archives or a stick, and so does dropping them here. Each"
    " feed is recognised by its content. You see what would change before anything is written."
)
_LEFT_OUT = (
    "A feed is taken in although some of its objects cannot be. These were left out, each with its"
    " reason; what was held of them before still is. Undoing the import takes them off this list."
)


class ImportsPage(QWidget):
    """Every import of every source, with the way back."""

    undo_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_shelf``."""
        super().__init__()
        self._theme = theme
        self.history = ImportHistory(theme)
        self._box = QVBoxLayout(self)
        self._box.addWidget(WrappedLabel(theme, "All imports", "title"))
        self._box.addWidget(WrappedLabel(theme, _HOW, "table", "ink_2"))
        self._box.addWidget(self.history, 1)
        self._box.addStretch(0)
        self.history.undo_asked.connect(self.undo_asked)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the imports of a database."""
        self.history.show_rows(shelf.history)

    def _on_theme_changed(self) -> None:
        _pad(self._box, self._theme)


class QuarantinePage(QWidget):
    """Objects that were not taken, of all sources."""

    def __init__(self, theme: Theme) -> None:
        """Empty; see ``show_shelf``."""
        super().__init__()
        self._theme = theme
        self._title = WrappedLabel(theme, "Quarantine", "title")
        self._words = WrappedLabel(theme, "", "table", "ink_2")
        self._empty = Notice(
            theme,
            "empty",
            "Nothing was left out",
            "Every object of every import was taken.",
            icon_name="check-circle",
        )
        self.left_out = LeftOutList(theme)
        self._box = QVBoxLayout(self)
        for part in (self._title, self._words, self._empty):
            self._box.addWidget(part)
        self._box.addWidget(self.left_out, 1)
        self._box.addStretch(0)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show what a database left out."""
        some = bool(shelf.left_out)
        more = shelf.quarantined - len(shelf.left_out)
        rest = f" The newest {len(shelf.left_out):,} are listed." if more > 0 else ""
        self._words.setText(f"{counted(shelf.quarantined, 'object')}. {_LEFT_OUT}{rest}")
        self._words.setVisible(some)
        self._empty.setVisible(not some)
        self.left_out.show_items(shelf.left_out)
        self.left_out.setVisible(some)

    def _on_theme_changed(self) -> None:
        _pad(self._box, self._theme)


def _pad(box: QVBoxLayout, theme: Theme) -> None:
    box.setContentsMargins(theme.px(20), theme.px(12), theme.px(20), theme.px(12))
    box.setSpacing(theme.px(8))
