"""The line that says which file was written, and leads to its folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import IconButton, LinkButton
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import ElidedLabel


class WrittenLine(QWidget):
    """``✓ Written: mgm.json · 12 rows · in /home  Open folder  ×``; hidden until there is one."""

    def __init__(self, theme: Theme) -> None:
        """Hidden; see ``show_file``."""
        super().__init__()
        self._theme = theme
        self._path = Path()
        self._words = ElidedLabel(theme, "", "table")
        folder = LinkButton(theme, "Open folder", "key")
        folder.clicked.connect(self._open_folder)
        away = IconButton(theme, "close", "Hide this line", quiet=True)
        away.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(IconLabel(theme, "check-circle", 14, "done", "table"))
        self._row.addWidget(self._words, 0)
        self._row.addWidget(folder, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self._row.addWidget(away)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_file(self, path: Path, what: str) -> None:
        """Say what was written: its name, ``what`` is in it, and in which folder it lies."""
        self._path = path
        words = f"Written: {path.name} · {what} · in {path.parent}"
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))

    def _on_theme_changed(self) -> None:
        self._row.setSpacing(self._theme.px(8))
