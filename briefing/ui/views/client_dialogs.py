"""Dialogs of the Clients screen: which file to read, which to write."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

_FILES = "Client files (*.toml);;All files (*)"


class ClientDialogs(QObject):
    """Opens them over the window; what a person chose comes as a signal."""

    import_chosen = Signal(Path)
    export_chosen = Signal(Path)

    def __init__(self, screen: QWidget) -> None:
        """``screen`` is what they belong to."""
        super().__init__(screen)
        self._screen = screen

    def ask_import(self) -> None:
        """Ask which client file to read."""
        dialog = QFileDialog(self._screen.window(), "Import a client")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_chosen.emit(Path(name)))
        self._open(dialog)

    def ask_export(self, name: str) -> None:
        """Ask where to write a client; ``name`` is suggested."""
        dialog = QFileDialog(self._screen.window(), "Export the client")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.export_chosen.emit(Path(chosen)))
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setNameFilter(_FILES)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
