"""Who records rows, when, and how they come into the database, away from the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from briefing.core.case import Case, Row, Subject
from briefing.core.moments import after, moment
from briefing.core.tlp import Tlp
from briefing.services.cases import CaseBook, list_cases, new_id
from briefing.services.library import Library
from briefing.settings import SettingsFile
from briefing.store.connection import KnowledgeFile
from briefing.ui.jobs import Job, Jobs
from briefing.ui.views.case_drafts import Stamp, free_slug

_LOG = logging.getLogger(__name__)
_DECIDES = "identity.decided by"
"""Under this name the Sources screen remembers who decides about actors."""

R = TypeVar("R", bound=Row)


class CaseKeeper(QObject):
    """Keeps rows, one snapshot each time; knows the analyst's name and the newest versions."""

    kept = Signal(str)
    """Id of the incident of which something was recorded."""
    lost = Signal()
    """Something that was to be recorded was not."""

    def __init__(
        self,
        jobs: Jobs,
        library: Library,
        settings: SettingsFile,
        now: Callable[[], datetime],
        ceiling: Callable[[], Tlp],
    ) -> None:
        """Nothing is kept yet.

        Args:
            jobs: Write in the background.
            library: The database that is written to.
            settings: Where the analyst's name is remembered.
            now: The present time.
            ceiling: Of the reader by which the rows that are shown were read.
        """
        super().__init__()
        self.library = library
        self._jobs = jobs
        self._settings = settings
        self._now = now
        self._ceiling = ceiling
        self._written: dict[str, Row] = {}
        self._under_way = 0

    @property
    def ceiling(self) -> Tlp:
        """Up to which level the rows were read that are shown."""
        return self._ceiling()

    @property
    def is_recording(self) -> bool:
        """Whether rows are on their way into the database."""
        return self._under_way > 0

    @property
    def author(self) -> str:
        """The analyst's name; "" while nobody has given it."""
        return self._settings.settings.analyst

    @property
    def guessed(self) -> str:
        """A name to begin with: the one under which identities of actors were decided, or ""."""
        return self._settings.settings.remembered.get(_DECIDES, "")

    @property
    def today(self) -> str:
        """The present day, ISO 8601."""
        return self._now().date().isoformat()

    @property
    def moment(self) -> str:
        """The present moment, as STIX writes it."""
        return moment(self._now().isoformat())

    def know(self, author: str) -> None:
        """Remember the analyst's name, now and next time."""
        try:
            self._settings.keep(replace(self._settings.settings, analyst=author))
        except OSError as error:
            # It holds until the program ends, and is asked for again then.
            _LOG.warning("The settings could not be written: %s", error)

    def first(self, kind: str) -> Stamp:
        """The stamp of a row that is recorded for the first time; ``kind`` as ``new_id`` has it."""
        return Stamp(new_id(kind), self.moment, self.moment, self.author)

    def next(self, row: Row) -> Stamp:
        """The stamp of a later version of a row."""
        modified = after(self.newest(row).modified, self.moment)
        return Stamp(row.id, row.created, modified, self.author)

    def newest(self, row: R) -> R:
        """A row as it was recorded last from here, where that is later than what is shown."""
        written = self._written.get(row.id)
        if isinstance(written, type(row)) and written.modified > row.modified:
            return written
        return row

    def current(self, case: Case) -> Case:
        """A case with every row as it was recorded last from here."""

        def those(rows: tuple[R, ...]) -> tuple[R, ...]:
            return tuple(one for one in map(self.newest, rows) if not one.withdrawn)

        return Case(
            self.newest(case.incident),
            those(case.claims),
            those(case.evidence),
            those(case.hypotheses),
            those(case.assessments),
            those(case.opinions),
        )

    def forget(self) -> None:
        """Know nothing newer than what is read now: it may have been undone elsewhere."""
        if not self.is_recording:
            self._written.clear()

    def keep(
        self, label: str, incident: str, rows: Sequence[Row], ceiling: Tlp | None = None
    ) -> Job[None]:
        """Keep rows of an incident as one snapshot; ``kept`` follows, or the job's ``failed``.

        Args:
            label: What is being done, in words.
            incident: Id of the incident.
            rows: The versions to keep.
            ceiling: Up to which level the rows were read from which these were made, where that
                may be another by now.
        """
        for row in rows:
            self._written[row.id] = row
        book = CaseBook(self.library.knowledge.path, self.ceiling if ceiling is None else ceiling)
        return self._run(label, partial(book.save, tuple(rows), now=self.moment), incident, rows)

    def keep_new(self, incident: Subject, rows: Sequence[Row]) -> Job[None]:
        """Keep a new incident with its first rows; its slug is made unique first."""
        book = CaseBook(self.library.knowledge.path, self.ceiling)
        work = partial(_keep_new, book, self.library.knowledge, incident, tuple(rows))
        return self._run("Recording the incident", work, incident.id, rows)

    def _run(
        self, label: str, work: Callable[[], None], incident: str, rows: Sequence[Row]
    ) -> Job[None]:
        self._under_way += 1
        job = self._jobs.run(label, lambda _task: work(), serial=True)
        # What was not kept must not be built upon.
        job.failed.connect(lambda _error: self._drop(rows))
        job.cancelled.connect(lambda: self._drop(rows))
        return job.then(lambda _none: self._on_kept(incident))

    def _on_kept(self, incident: str) -> None:
        self._under_way -= 1
        self.kept.emit(incident)

    def _drop(self, rows: Sequence[Row]) -> None:
        self._under_way -= 1
        for row in rows:
            if self._written.get(row.id) is row:
                del self._written[row.id]
        self.lost.emit()


def _keep_new(
    book: CaseBook, knowledge: KnowledgeFile, incident: Subject, rows: tuple[Row, ...]
) -> None:
    taken = {row.slug for row in list_cases(knowledge.connection)}
    named = replace(incident, slug=free_slug(incident.slug, taken))
    book.save((named, *rows), now=named.modified)
