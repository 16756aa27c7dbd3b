"""The map as a file: which format, where to, and what came of it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QByteArray, QStandardPaths, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.exports.map_picture import MapContent, map_csv, map_svg
from briefing.services.export_brief import write_whole
from briefing.services.task import Task
from briefing.ui.errors import show_error
from briefing.ui.jobs import Jobs
from briefing.ui.theme import Theme
from briefing.ui.views.briefing_written import open_folder, size_words
from briefing.ui.widgets.buttons import IconButton, LinkButton, menu_button
from briefing.ui.widgets.icon_label import IconLabel
from briefing.ui.widgets.labels import ElidedLabel

Format = Literal["svg", "png", "csv"]

LABELS: Final[dict[Format, str]] = {
    "svg": "Picture to scale (SVG)",
    "png": "Picture (PNG)",
    "csv": "Table for a spreadsheet (CSV)",
}
_SCALE: Final = 2
"""Pixels of a PNG for one of the picture, so that it stays sharp on paper."""
_FORBIDDEN: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME: Final = 80


class MapExport(QWidget):
    """The Export button; ``written`` is the line that says what was written."""

    exported = Signal(object)
    """The Path of a file that was written."""

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        world: World | None,
        content: Callable[[], MapContent | None],
    ) -> None:
        """``content`` answers what is to be exported now; None while nothing is counted yet."""
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._world = world
        self._content = content
        self._folder = ""
        menu = QMenu(self)
        for name, label in LABELS.items():
            action = menu.addAction(f"{label} …")
            action.setEnabled(name == "csv" or world is not None)
            action.triggered.connect(partial(self.ask, name))
        self.button = menu_button(theme, "Export", menu, "export")
        self.written = _Written(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)

    def ask(self, wanted: Format) -> None:
        """Ask where to, and write there."""
        content = self._content()
        if content is None:
            return
        folder = Path(self._folder or _documents())
        dialog = QFileDialog(self.window(), f"Export {content.title.lower()}", str(folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{LABELS[wanted]} (*.{wanted})"])
        dialog.setDefaultSuffix(wanted)
        dialog.selectFile(f"{file_stem(content)}.{wanted}")
        dialog.fileSelected.connect(lambda path: self.write(wanted, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, wanted: Format, path: Path) -> None:
        """Write the map as it is shown now; what stands at the path is replaced whole or kept."""
        content = self._content()
        if content is None:
            return
        self._folder = str(path.parent)
        image = self._image(content) if wanted == "png" else None
        world = self._world

        def work(_task: Task) -> int:
            if image is not None:
                data = png(image)
            elif wanted == "svg" and world is not None:
                data = map_svg(content, world)
            else:
                data = map_csv(content)
            write_whole(path, data)
            return len(data)

        job = self._jobs.run(f"Writing {path.name}", work)
        job.finished.connect(partial(self._on_job_finished, path))
        job.failed.connect(self._on_job_failed)

    def _image(self, content: MapContent) -> QImage | None:
        if self._world is None:
            return None
        family = self._theme.font("body").family()  # Qt's SVG knows no list of typefaces
        return draw(map_svg(content, self._world, family))

    def _on_job_finished(self, path: Path, size: int) -> None:
        self.written.show_file(path, size)
        self.exported.emit(path)

    def _on_job_failed(self, error: BriefingError) -> None:
        show_error(self.window(), error, self._theme)


class _Written(QWidget):
    """``✓ map.svg · 210 kB  Open folder  ×``; hidden until there is something to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._path = Path()
        self._words = ElidedLabel(theme, "", "table")
        folder = LinkButton(theme, "Open folder", "key")
        folder.clicked.connect(lambda: open_folder(self._path))
        away = IconButton(theme, "close", "Hide this line", quiet=True)
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(IconLabel(theme, "check-circle", 14, "done", "table"))
        row.addWidget(self._words, 0)
        row.addWidget(folder, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(away)
        self.hide()

    def show_file(self, path: Path, size: int) -> None:
        """Say what was written."""
        self._path = path
        words = f"Written: {path.name} · {size_words(size)} · in {path.parent}"
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()


def draw(svg: bytes) -> QImage:
    """An SVG of ours as pixels, twice as many as it says.

    Drawn on the window's thread, since what reads an SVG is an object of the window's kind; it
    takes some hundredths of a second.
    """
    renderer = QSvgRenderer(QByteArray(svg))
    image = QImage(renderer.defaultSize() * _SCALE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The pixels as a PNG file; may be called on any thread.

    Raises:
        BriefingError: when it cannot be made, as where memory or disk is short.
    """
    with tempfile.TemporaryDirectory(prefix="briefing-map-") as folder:
        file = Path(folder) / "map.png"
        if not image.save(str(file)):
            raise BriefingError(
                "The map could not be drawn as a PNG.", remedy="Export it as an SVG instead."
            )
        return file.read_bytes()


def file_stem(content: MapContent) -> str:
    """A name for the file: what it shows, and who may see it."""
    words = f"{content.title} - {content.tlp.label.replace(':', '-')}"
    return _FORBIDDEN.sub("_", words).strip(" .")[:_LONGEST_NAME]


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return QStandardPaths.writableLocation(place) or str(Path.home())
