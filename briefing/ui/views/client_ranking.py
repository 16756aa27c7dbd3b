"""Works out who would attack a client, beside the window, and shows the newest answer only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer

from briefing.core.client import Client
from briefing.core.errors import BriefingError
from briefing.core.relevance import Relevance
from briefing.services.library import Library
from briefing.services.relevance import Explained, RelevanceDesk
from briefing.ui.jobs import Jobs
from briefing.ui.views.client_relevance import RelevancePane

PAUSE = 400
"""Milliseconds without an edit after which relevance is worked out anew."""


class Ranker(QObject):
    """Feeds a ``RelevancePane``."""

    def __init__(
        self,
        jobs: Jobs,
        library: Library,
        desk: RelevanceDesk,
        clock: Callable[[], date],
        pane: RelevancePane,
    ) -> None:
        """Nothing is asked yet."""
        super().__init__(pane)
        self._jobs, self._library, self._desk, self._clock = jobs, library, desk, clock
        self._pane = pane
        self._client: Client | None = None
        self._next: Client | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._on_pause_timeout)
        pane.asked.connect(self._on_asked)

    @property
    def waits(self) -> bool:
        """Whether an edit has not been answered yet."""
        return self._pause.isActive()

    def forget(self) -> None:
        """Ask anew even for the same client: the database says something else."""
        self._client = None

    def rank_soon(self, client: Client) -> None:
        """Rank once nothing has been edited for a moment."""
        self._next = client
        self._pause.start()

    def rank(self, client: Client) -> None:
        """Rank for a client, unless that is what was asked last."""
        self._pause.stop()
        if client == self._client:
            return
        self._client = client
        self._pane.show_waiting()
        desk, today = self._desk, self._clock()
        job = self._jobs.run("Ranking actors", lambda _task: desk.rank(client, today=today))
        job.failed.connect(partial(self._on_failed, client))
        job.then(partial(self._on_ranked, client))

    def _on_pause_timeout(self) -> None:
        if self._next is not None:
            self.rank(self._next)

    def _on_ranked(self, client: Client, found: Relevance) -> None:
        if client == self._client:
            self._pane.show_relevance(found, self._library.labels)

    def _on_failed(self, client: Client, error: BriefingError) -> None:
        if client == self._client:
            self._client = None
            self._pane.show_error(error)

    def _on_asked(self, actor: str) -> None:
        client, desk, today = self._client, self._desk, self._clock()
        if client is None:
            return
        job = self._jobs.run(
            "Looking an actor up", lambda _task: desk.explain(client, actor, today=today)
        )
        job.failed.connect(lambda error: self._pane.question.say_problem(str(error)))
        job.then(partial(self._on_explained, client))

    def _on_explained(self, client: Client, found: Explained) -> None:
        if client == self._client:
            self._pane.show_answer(found, self._library.labels)
