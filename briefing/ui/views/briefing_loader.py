"""Keeps the preview up to date: waits until typing pauses, and only the newest wish counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from briefing.core.errors import BriefingError
from briefing.core.world import World
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Job, Jobs
from briefing.ui.views.briefing_composing import Composer
from briefing.ui.views.briefing_wish import Offer, Wish
from briefing.ui.views.briefing_work import (
    Drawn,
    Held,
    Preview,
    Refused,
    draw_pages,
    make_preview,
    too_long,
)

PAUSE = 120
"""Milliseconds without a change before work starts: shorter than a person waits to look up."""

CHECK_PAUSE = 600
"""Milliseconds before the page check, which costs as much as setting the pages once more."""


class PreviewLoader(QObject):
    """Turns wishes into previews in the background.

    Every signal is about the newest wish: what an older one brings is dropped.
    """

    started = Signal()
    loaded = Signal(object)
    """The Preview."""
    redrawn = Signal(object)
    """The Drawn of the present preview, in another size."""
    checked = Signal(object)
    """The longest sections of an executive page that is too long (a tuple of str), or ()."""
    offered = Signal(object)
    """The Offers of a briefing that cannot be printed as it is; ``failed`` follows."""
    failed = Signal(object)
    """The BriefingError."""
    remarked = Signal(object)
    """What there is to say of the notes (a ``Remarks``), before any of the others."""
    held = Signal(object)
    """The Held of a briefing of which a note cannot be printed."""

    def __init__(
        self,
        jobs: Jobs,
        knowledge: KnowledgeFile,
        world: Callable[[], World],
        ppi: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        """``ppi`` says how finely pages are to be drawn at the moment."""
        super().__init__(parent)
        self._jobs = jobs
        self._composer = Composer(knowledge, world)
        self._ppi = ppi
        self._wish: Wish | None = None
        self._preview: Preview | None = None
        self._offers: tuple[Offer, ...] = ()
        self._job: Job[Preview | Refused | Held] | None = None
        self._drawing: Job[Drawn] | None = None
        self._checking: Job[tuple[str, ...]] | None = None
        self._pause = self._timer(PAUSE, self._start)
        self._size_pause = self._timer(PAUSE, self._start_drawing)
        self._check_pause = self._timer(CHECK_PAUSE, self._start_check)

    @property
    def busy(self) -> bool:
        """Whether something newer than what was last told is under way."""
        timers = (self._pause, self._size_pause, self._check_pause)
        jobs = (self._job, self._drawing, self._checking)
        return any(timer.isActive() for timer in timers) or any(job is not None for job in jobs)

    @property
    def current(self) -> Preview | None:
        """The preview, if it is what was last wished for."""
        preview = self._preview
        return preview if preview is not None and preview.wish == self._wish else None

    def ask(self, wish: Wish, *, again: bool = False) -> None:
        """Have a wish fulfilled; one that is fulfilled already only where ``again``."""
        if wish == self._wish and not again:
            return
        self._cancel()
        if again:
            self._composer.forget()
        if again or self._wish is None or not wish.offers_same_as(self._wish):
            self._offers = ()
        self._wish = wish
        self._pause.start()
        self.started.emit()

    def stop(self) -> None:
        """Nothing is wished for: what is under way is for nobody."""
        self._cancel()
        self._pause.stop()
        self._wish = None
        self._offers = ()

    def size_changed(self) -> None:
        """Draw the present preview anew, once the size has come to rest."""
        if self.current is not None:
            self._size_pause.start()

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    def _cancel(self) -> None:
        """What is under way is for an older wish."""
        for timer in (self._size_pause, self._check_pause):
            timer.stop()
        for job in (self._job, self._drawing, self._checking):
            if job is not None:
                job.cancel()
        self._job = self._drawing = self._checking = None

    def _start(self) -> None:
        wish = self._wish
        if wish is None:
            return
        composer, ppi, offers = self._composer, self._ppi(), self._offers
        job = self._jobs.run(
            "Making the preview", lambda task: make_preview(composer, wish, ppi, task, offers)
        )
        self._job = job
        job.finished.connect(partial(self._on_job_finished, job))
        job.failed.connect(partial(self._on_job_failed, job))
        job.cancelled.connect(partial(self._on_job_cancelled, job))

    def _start_drawing(self) -> None:
        preview, ppi = self.current, self._ppi()
        if preview is None or preview.drawn.ppi == ppi:
            return
        brief = preview.brief
        job = self._jobs.run("Drawing the pages", lambda task: draw_pages(brief, ppi, task))
        self._drawing = job
        job.finished.connect(partial(self._on_drawing_finished, job, preview))
        job.failed.connect(partial(self._on_job_failed, job))
        job.cancelled.connect(partial(self._on_job_cancelled, job))

    def _start_check(self) -> None:
        preview = self.current
        if preview is None:
            return
        brief, pages = preview.brief, len(preview.drawn.pages)
        job = self._jobs.run("Measuring the pages", lambda _task: too_long(brief, pages))
        self._checking = job
        job.finished.connect(partial(self._on_check_finished, job))
        job.failed.connect(partial(self._on_job_failed, job))
        job.cancelled.connect(partial(self._on_job_cancelled, job))

    def _forget(self, job: object) -> bool:
        """Let a job go; False where it was an older one."""
        for name in ("_job", "_drawing", "_checking"):
            if getattr(self, name) is job:
                setattr(self, name, None)
                return True
        return False

    def _on_job_finished(self, job: object, preview: Preview | Refused | Held) -> None:
        if not self._forget(job):
            return
        self._offers = preview.offers
        self.remarked.emit(preview.remarks)
        if isinstance(preview, Held):
            self.held.emit(preview)
            return
        if isinstance(preview, Refused):
            self.offered.emit(preview.offers)
            self.failed.emit(preview.error)
            return
        self._preview = preview
        self.loaded.emit(preview)
        self._check_pause.start()
        if preview.drawn.ppi != self._ppi():
            self.size_changed()

    def _on_drawing_finished(self, job: object, preview: Preview, drawn: Drawn) -> None:
        if self._forget(job) and preview is self._preview:
            self._preview = replace(preview, drawn=drawn)
            self.redrawn.emit(drawn)

    def _on_check_finished(self, job: object, sections: tuple[str, ...]) -> None:
        if self._forget(job):
            self.checked.emit(sections)

    def _on_job_failed(self, job: object, error: BriefingError) -> None:
        if self._forget(job):
            self.failed.emit(error)

    def _on_job_cancelled(self, job: object) -> None:
        self._forget(job)
