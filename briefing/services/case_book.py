"""The book of what is recorded in this program's window: rows of cases, checked before they count.

The book is the source ``local-analyst``. Each save is one snapshot of it, so that it can be undone
like any import, and nothing that was recorded is lost.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from briefing.core.case import Assessment, Evidence, Hypothesis, Row, Subject
from briefing.core.case_checks import check_row, check_rows
from briefing.core.case_stix import KINDS, STIX_TYPES, from_stix
from briefing.core.changes import RECORDED_HERE, ChangeSet, SourceInfo
from briefing.core.errors import BriefingError
from briefing.core.moments import after, moment
from briefing.core.row_fields import RowError
from briefing.core.tlp import Tlp
from briefing.feeds.case_rows import row_records
from briefing.store.cases import incident_ids
from briefing.store.connection import KnowledgeFile
from briefing.store.importing import Part, take_in
from briefing.store.row_versions import held_rows

HERE: Final = SourceInfo(
    id=RECORDED_HERE,
    title="Recorded here",
    publisher="Recorded here",
    kind="analyst",
    licence="Your own",
    notice="",
    url="",
    reliability="F",
    reliability_why="Each row names its own source and grades it.",
    # Rows bear labels of their own; what is above a ceiling is hidden row by row.
    tlp="CLEAR",
)
"""Who records rows in this window."""
_FILE = "recorded in this window"
_WORDS = {
    "incident": "incident",
    "claim": "claim",
    "evidence": "piece of evidence",
    "hypothesis": "hypothesis",
    "assessment": "assessment",
    "opinion": "opinion",
}


class CaseBook:
    """Records rows in a database.

    Attributes:
        path: The database.
        ceiling: Of the reader from which the rows come. What is above it was not to be seen there,
            so what a row says of it is kept.
    """

    def __init__(self, path: Path, ceiling: Tlp = Tlp.RED) -> None:
        """Record into a database."""
        self.path = path
        self.ceiling = ceiling

    def save(self, rows: Sequence[Row], *, now: str) -> None:
        """Record versions of rows as one snapshot; everything else is kept.

        A version that is no later than the one that is held becomes one of now, and one that says
        nothing else than what is held is left.

        Args:
            rows: What is to hold from now on, each row once.
            now: The present moment, ISO 8601.

        Raises:
            BriefingError: for a row that cannot be kept, with the reason; nothing is kept then.
            DatabaseError: where the database cannot be written.
        """
        present = moment(now)
        with closing(KnowledgeFile(self.path)) as knowledge:
            held = {
                row.id: from_stix(row.value, row.source) for row in held_rows(knowledge.connection)
            }
            known = incident_ids(knowledge.connection)
        versions = self._versions(rows, held, present)
        _refuse_unfit(versions, held, known)
        if versions:
            self._write(versions, present)

    def _versions(self, rows: Sequence[Row], held: Mapping[str, Row], now: str) -> list[Row]:
        """What there is to write: each row dated, and with what its editor was not to see."""
        found = []
        for given in rows:
            row = replace(given, created=given.created or now, modified=given.modified or now)
            before = held.get(row.id)
            if type(before) is type(row) and before is not None:
                row = self._with_unseen(row, before, held)
                if replace(row, modified=before.modified, author=before.author) == before:
                    continue
                modified = row.modified if row.modified > before.modified else ""
                row = replace(
                    row,
                    created=before.created,
                    modified=modified or after(before.modified, now),
                )
            elif row.withdrawn:
                # Nobody recorded it, so there is nothing to take out: an incident of a feed.
                continue
            found.append(row)
        return found

    def _with_unseen(self, row: Row, before: Row, held: Mapping[str, Row]) -> Row:
        """A row with what its former version says of rows above the ceiling."""

        def unseen(other: str) -> bool:
            return other in held and held[other].tlp > self.ceiling

        if isinstance(row, Hypothesis) and isinstance(before, Hypothesis):
            kept = tuple(cell for cell in before.cells if unseen(cell.evidence))
            return replace(row, cells=(*(c for c in row.cells if c not in kept), *kept))
        if isinstance(row, Evidence) and isinstance(before, Evidence):
            claims = tuple(claim for claim in before.bears_on if unseen(claim))
            return replace(row, bears_on=tuple(dict.fromkeys((*row.bears_on, *claims))))
        return row

    def _write(self, versions: Sequence[Row], now: str) -> None:
        records, documents = row_records(versions)
        content = b"\n".join(record.content for record in records)
        changes = ChangeSet(
            source=HERE,
            version=now[:10],
            sha256=hashlib.sha256(content).hexdigest(),
            full=False,
            records=records,
            documents=documents,
            recognisable=False,
        )
        (outcome,) = take_in(
            self.path,
            [Part(changes, _FILE, lambda _done, _total: None)],
            now=now,
            older=True,
            removals=True,
            before_lists=lambda: None,
        )
        if outcome.error is not None:
            raise outcome.error


def _refuse_unfit(
    versions: Sequence[Row], held: Mapping[str, Row], incidents: frozenset[str]
) -> None:
    """Refuse what could not be shown, weighed or traced.

    Raises:
        BriefingError: for the first row that does not fit.
    """
    for row in versions:
        try:
            check_row(row)
            _check_place(row, versions, held, incidents)
        except RowError as error:
            raise _refused(row, error.message) from error
    touched = {_about(row) for row in versions}
    now = {row.id: row for row in held.values() if _about(row) in touched}
    now.update((row.id, row) for row in versions)
    for row, fault in check_rows(now.values()):
        raise _refused(row, fault)


def _check_place(
    row: Row, versions: Sequence[Row], held: Mapping[str, Row], incidents: frozenset[str]
) -> None:
    """See whether a row may stand under its id and with its incident.

    Raises:
        RowError: where it may not.
    """
    before = held.get(row.id)
    if before is not None and type(before) is not type(row):
        raise RowError(f"its id is that of a {_word(before)}.")
    if not row.id.startswith(f"{STIX_TYPES[KINDS[type(row)]]}--"):
        raise RowError(f"its id {row.id} is not that of a {_word(row)}.")
    if sum(other.id == row.id for other in versions) > 1:
        raise RowError("it is there twice.")
    if isinstance(row, Assessment) and isinstance(before, Assessment) and not row.withdrawn:
        raise RowError("an assessment is never changed; record a later one that supersedes it.")
    if isinstance(row, Subject):
        _check_slug(row, (*held.values(), *versions))
    elif _about(row) not in incidents | {r.id for r in versions} and not row.withdrawn:
        raise RowError(f"there is no incident {_about(row)} in this database.")


def _check_slug(row: Subject, others: Iterable[Row]) -> None:
    for other in others:
        if (
            isinstance(other, Subject)
            and other.id != row.id
            and other.slug == row.slug != ""
            and not other.withdrawn
        ):
            raise RowError(f"another incident bears the readable id “{row.slug}”: {other.name}.")


def _about(row: Row) -> str:
    about: str = getattr(row, "incident", row.id)
    return about


def _word(row: Row) -> str:
    return _WORDS[KINDS[type(row)]]


def _refused(row: Row, fault: str) -> BriefingError:
    return BriefingError(
        f"The {_word(row)} was not saved: {fault}",
        detail=row.id,
        remedy="Nothing was changed.",
    )
