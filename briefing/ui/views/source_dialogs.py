"""Dialogs of the Sources screen: which files, which feed, what to publish."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from briefing.services.feed_setup import own_feed
from briefing.services.source_shelf import Shelf
from briefing.services.sources import SourceEntry
from briefing.store.feeds import FeedState
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.feed_dialog import FeedDialog
from briefing.ui.views.import_work import Desk
from briefing.ui.views.publish_dialog import PublishDialog

_FILTERS = "Feeds (*.json *.gz *.zip *.xml *.rdf *.atom *.rss *.csv *.txt);;All files (*)"


class SourceDialogs(QObject):
    """Opens them over the window; what a person chose comes as a signal."""

    files_chosen = Signal(list)
    """Paths of files, or of one folder."""
    feed_kept = Signal(str)
    """Id of the feed that was set up or changed."""

    def __init__(self, theme: Theme, jobs: Jobs, desk: Desk, screen: QWidget) -> None:
        """``screen`` is what they belong to."""
        super().__init__(screen)
        self._theme = theme
        self._jobs = jobs
        self._desk = desk
        self._screen = screen

    def ask_files(self) -> None:
        """Ask for files or archives."""
        dialog = QFileDialog(self._screen.window(), "Import feeds")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_FILTERS)
        self._open(dialog)

    def ask_folder(self) -> None:
        """Ask for a folder, such as a stick."""
        dialog = QFileDialog(self._screen.window(), "Import a folder or a stick")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog)

    def add_feed(self, shelf: Shelf) -> None:
        """Ask for a feed of one's own."""
        self._feed(shelf, None)

    def edit_feed(self, shelf: Shelf, source: str) -> None:
        """Change one.

        Raises:
            NotFoundError: where nobody set it up.
        """
        self._feed(shelf, own_feed(self._desk.knowledge, source))

    def publish(self, entry: SourceEntry) -> None:
        """Ask for a bundle, and send it to a server that a person set up."""
        window = self._screen.window()
        PublishDialog(self._theme, window, self._jobs, self._desk, entry).open()

    def _feed(self, shelf: Shelf, feed: FeedState | None) -> None:
        held = {entry.id for entry in shelf.entries if entry.records}
        dialog = FeedDialog(
            self._theme,
            self._screen.window(),
            self._jobs,
            self._desk,
            {entry.id for entry in shelf.entries},
            feed,
            is_held=feed is not None and feed.source in held,
        )
        dialog.kept.connect(self.feed_kept)
        dialog.open()

    def _open(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(lambda names: self.files_chosen.emit(list(map(Path, names))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
