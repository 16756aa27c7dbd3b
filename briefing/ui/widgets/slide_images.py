"""Pictures of slides, drawn in the background: those that are wanted now, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from briefing.core.errors import BriefingError
from briefing.exports.slides import Slide
from briefing.ui.jobs import Job, Jobs
from briefing.ui.widgets.slide_fonts import load_faces
from briefing.ui.widgets.slide_painter import slide_image

Wanted: TypeAlias = tuple[int, QSize]
"""Index of a slide from 0, and the size of its picture in device pixels."""
_Key: TypeAlias = tuple[int, int, int]


class SlideImages(QObject):
    """Keeps exactly the pictures that were last asked for, so memory stays what a screen needs.

    One is drawn at a time, the most wanted first.
    """

    arrived = Signal()
    """Another of the wanted pictures is there."""
    failed = Signal(object)
    """The BriefingError that kept a slide from being drawn."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        """No slides yet.

        Raises:
            BriefingError: when a typeface of the program is missing.
        """
        super().__init__(parent)
        load_faces()
        self._jobs = jobs
        self._slides: tuple[Slide, ...] = ()
        self._wanted: tuple[_Key, ...] = ()
        self._kept: dict[_Key, QImage] = {}
        self._job: Job[QImage] | None = None
        self._drawn: _Key = (0, 0, 0)

    @property
    def busy(self) -> bool:
        """Whether a picture is being drawn."""
        return self._job is not None

    @property
    def kept(self) -> int:
        """How many pictures are in memory."""
        return len(self._kept)

    def set_slides(self, slides: Sequence[Slide]) -> None:
        """Draw these from now on."""
        self._slides = tuple(slides)
        self._wanted, self._kept = (), {}

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Draw these, the first first, and let go of all others; slides that are not there too."""
        keys = [
            _key(index, size)
            for index, size in wanted
            if 0 <= index < len(self._slides) and not size.isEmpty()
        ]
        self._wanted = tuple(dict.fromkeys(keys))
        self._kept = {key: self._kept[key] for key in self._wanted if key in self._kept}
        self._draw_next()

    def image(self, index: int, size: QSize) -> QImage | None:
        """The picture of a slide in a size, where it has been drawn."""
        return self._kept.get(_key(index, size))

    def stop(self) -> None:
        """Draw nothing more, and let go of everything."""
        self._wanted, self._kept = (), {}
        if self._job is not None:
            self._job.cancel()

    def _draw_next(self) -> None:
        if self._job is not None:
            return
        key = next((key for key in self._wanted if key not in self._kept), None)
        if key is None:
            return
        self._drawn = index, width, height = key
        slide, size = self._slides[index], QSize(width, height)
        job = self._jobs.run("Drawing a slide", lambda _task: slide_image(slide, size))
        self._job = job
        job.finished.connect(self._on_job_finished)
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)

    def _on_job_finished(self, image: QImage) -> None:
        self._job = None
        wanted = self._drawn in self._wanted
        if wanted:
            self._kept[self._drawn] = image
        self._draw_next()
        if wanted:
            self.arrived.emit()

    def _on_job_failed(self, error: BriefingError) -> None:
        self._job = None
        self._wanted = tuple(key for key in self._wanted if key[0] != self._drawn[0])
        self._draw_next()
        self.failed.emit(error)

    def _on_job_cancelled(self) -> None:
        self._job = None


def _key(index: int, size: QSize) -> _Key:
    return index, size.width(), size.height()
