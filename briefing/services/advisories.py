"""What the Advisories screen asks: the list, one advisory, what was read, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from briefing.analysis.advisory_filter import Marks
from briefing.core.advisory import (
    Advisory,
    AdvisoryRef,
    AdvisoryRow,
    Vulnerability,
    VulnerabilityRow,
)
from briefing.core.errors import BriefingError
from briefing.store.advisories import (
    advisories_of,
    list_advisories,
    open_advisory,
    product_words,
)
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels
from briefing.store.vulnerabilities import list_vulnerabilities, open_vulnerability
from briefing.store.workspace import Bookmark, Workspace

KEPT: Final = "advisory"
"""Kind of bookmark under which advisories are kept for briefings."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the lists of the screen need.

    Attributes:
        rows: Every advisory and report, newest first.
        vulnerabilities: Every vulnerability, those that CISA lists as exploited first.
        products: Code of every product that advisories name → maker and product in words.
        marks: What was read and kept.
        fault: Why there are no marks, where the workspace cannot be used; the lists stand anyway.
    """

    rows: tuple[AdvisoryRow, ...]
    vulnerabilities: tuple[VulnerabilityRow, ...]
    products: Mapping[str, str]
    marks: Marks
    fault: BriefingError | None = None


class AdvisoryDesk:
    """Advisories of one knowledge database, with one person's marks on them.

    May be used on any thread: the workspace is opened for each question, which takes a millisecond.
    """

    def __init__(
        self, knowledge: KnowledgeFile, workspace: Path, now: Callable[[], datetime]
    ) -> None:
        """Nothing is read yet.

        Args:
            knowledge: The file that is read.
            workspace: Path of workspace.db.
            now: The present time.
        """
        self._knowledge = knowledge
        self._path = workspace
        self._now = now

    def load(self) -> Shelf:
        """Everything the lists need: a quarter of a second for 10,000 advisories.

        Raises:
            BriefingError: when the knowledge database cannot be read.
        """
        connection = self._knowledge.connection
        rows = list_advisories(connection)
        codes = {code for row in rows for code in row.products}
        fault = None
        try:
            marks = self.marks()
        except BriefingError as error:
            marks, fault = Marks(self._now().date()), error
        return Shelf(
            rows, list_vulnerabilities(connection), product_words(connection, codes), marks, fault
        )

    def advisory(self, advisory: str, labels: Labels) -> Advisory:
        """Everything an advisory says.

        Raises:
            NotFoundError: when there is no such advisory.
        """
        return open_advisory(self._knowledge.connection, labels, advisory)

    def vulnerability(self, vulnerability: str) -> Vulnerability:
        """Everything known about a vulnerability.

        Raises:
            NotFoundError: when nothing names it.
        """
        return open_vulnerability(self._knowledge.connection, vulnerability)

    def naming(self, entity: str) -> tuple[AdvisoryRef, ...]:
        """The advisories that name an actor, a technique, a program or a vulnerability."""
        return advisories_of(self._knowledge.connection, entity)

    def kept(self) -> tuple[tuple[str, AdvisoryRow | None], ...]:
        """Id of every advisory that is kept for briefings, and its row; None where it is gone.

        Raises:
            BriefingError: when either database cannot be read.
        """
        with self._workspace() as workspace:
            ids = [bookmark.ref for bookmark in workspace.bookmarks(KEPT)]
        if not ids:
            return ()
        rows = {row.id: row for row in list_advisories(self._knowledge.connection)}
        return tuple((one, rows.get(one)) for one in ids)

    def marks(self) -> Marks:
        """What was read and what is kept, as of today.

        Raises:
            BriefingError: when the workspace cannot be opened or read.
        """
        with self._workspace() as workspace:
            kept = frozenset(bookmark.ref for bookmark in workspace.bookmarks(KEPT))
            return Marks(self._now().date(), workspace.read_marks(), kept)

    def mark_read(self, rows: Iterable[AdvisoryRow]) -> None:
        """Note that advisories were read as they are now.

        Raises:
            BriefingError: when the workspace cannot be opened or written.
        """
        with self._workspace() as workspace:
            workspace.mark_read({row.id: row.content_key for row in rows}, self._stamp())

    def mark_unread(self, rows: Iterable[AdvisoryRow]) -> None:
        """Forget that advisories were read.

        Raises:
            BriefingError: when the workspace cannot be opened or written.
        """
        with self._workspace() as workspace:
            workspace.mark_unread([row.id for row in rows])

    def keep(self, advisory: str) -> None:
        """Keep an advisory for briefings.

        Raises:
            BriefingError: when the workspace cannot be opened or written.
        """
        with self._workspace() as workspace:
            workspace.keep(Bookmark(KEPT, advisory, self._stamp()))

    def let_go(self, advisory: str) -> None:
        """Keep an advisory no longer.

        Raises:
            BriefingError: when the workspace cannot be opened or written.
        """
        with self._workspace() as workspace:
            workspace.let_go(KEPT, advisory)

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")

    @contextmanager
    def _workspace(self) -> Iterator[Workspace]:
        workspace = Workspace(self._path)
        try:
            yield workspace
        finally:
            workspace.close()
