"""What was written: each file with its size, and the way to its folder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefing.core.wording import counted
from briefing.exports.registry import by_name
from briefing.services.export_brief import ExportedFile
from briefing.ui.theme import Theme
from briefing.ui.widgets.buttons import LinkButton
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import ElidedLabel, WrappedLabel

FEW = 2
"""Files of which each has lines of its own; more are told in one paragraph."""


class Written(QWidget):
    """A heading behind a tick with a link to the folder, and what there is to say under it."""

    def __init__(self, theme: Theme, head: str, words: str, file: Path) -> None:
        """``file`` is one of those in the folder."""
        super().__init__()
        self._theme = theme
        folder = LinkButton(theme, "Open folder", "key", f"Open the folder of {file.name}")
        folder.clicked.connect(partial(open_folder, file))
        self._head = QHBoxLayout()
        self._head.addWidget(IconLabel(theme, "check-circle", 14, "done", "table"))
        self._head.addWidget(ElidedLabel(theme, head, "key"), 1)
        self._head.addWidget(folder)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        rows.addWidget(WrappedLabel(theme, words, "note", "ink_3"))
        self.setAccessibleName(f"Written: {head}, {words}")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _on_theme_changed(self) -> None:
        self._head.setSpacing(self._theme.px(6))


def written(theme: Theme, files: Sequence[ExportedFile]) -> list[QWidget]:
    """What there is to show of files that were written to one folder."""
    if len(files) <= FEW:
        return [Written(theme, file.path.name, file_words(file), file.path) for file in files]
    return [
        Written(theme, f"{counted(len(files), 'file')} written", files_words(files), files[0].path)
    ]


def files_words(files: Sequence[ExportedFile]) -> str:
    """Each format with its size, who may see them, where they are."""
    sizes = (
        f"{by_name(file.format).label}\N{NO-BREAK SPACE}{size_words(file.bytes)}" for file in files
    )
    return " · ".join((*sizes, f"TLP:{files[0].tlp}", f"in {files[0].path.parent}"))


def file_words(file: ExportedFile) -> str:
    """Where it is, how large, how long, who may see it."""
    pages = counted(file.pages, "page") if file.pages else ""
    parts = (size_words(file.bytes), pages, f"TLP:{file.tlp}", f"in {file.path.parent}")
    return " · ".join(part for part in parts if part)


def size_words(size: int) -> str:
    """Bytes as a person reads them: ``686 kB``."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1):,}\N{NO-BREAK SPACE}kB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"


def open_folder(path: Path) -> None:
    """Show the folder of a file in the computer's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
