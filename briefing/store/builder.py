"""A database made from nothing: change-sets in, one finished file out."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import orjson

from briefing.core.changes import ChangeSet, Label
from briefing.core.errors import BriefingError
from briefing.store import identity, labels
from briefing.store.apply import Applied, apply_changes
from briefing.store.connection import BUSY_SECONDS, immediate, sentences
from briefing.store.migrate import open_knowledge
from briefing.store.packing import pack
from briefing.store.read_models import rebuild

CURATOR = "Threat Briefing"
"""Who decides about records in what is bundled."""


@dataclass(frozen=True, slots=True)
class CuratedDecision:
    """A bundled decision about two records.

    ``one`` and ``other`` are native ids, or ``attack:G0007``, ``misp:UUID``, ``microsoft:UUID``,
    ``tidal:UUID``.
    """

    one: str
    other: str
    relation: str
    reason: str


class DatabaseBuilder:
    """Writes a new knowledge.db: bulk first, indexes and read models last.

    Attributes:
        content_hash: SHA-256 over everything that is said, set by ``finish``.
    """

    def __init__(self, path: Path) -> None:
        """Make the file at ``path`` (a scratch file; ``write`` puts the result elsewhere)."""
        self._path = path
        self._connection = open_knowledge(path)
        self._source_ids: dict[str, str] = {}
        self.content_hash = ""

    def labels(self, entries: Iterable[Label]) -> None:
        """Write the vocabularies."""
        with immediate(self._connection, self._path):
            labels.write_labels(self._connection, entries)

    def apply(self, changes: ChangeSet, *, taken_at: str) -> Applied:
        """Write one change-set as a snapshot; a bundle is applied when it was taken."""
        with immediate(self._connection, self._path):
            return apply_changes(self._connection, changes, taken_at=taken_at, applied_at=taken_at)

    def decide(self, decisions: Iterable[CuratedDecision], *, decided_at: str) -> None:
        """Write the bundled decisions about records.

        Raises:
            BriefingError: for a reference that leads to no record.
        """
        with immediate(self._connection, self._path):
            for decision in decisions:
                identity.decide(
                    self._connection,
                    self._native(decision.one),
                    self._native(decision.other),
                    decision.relation,
                    reason=decision.reason,
                    decided_by=CURATOR,
                    decided_at=decided_at,
                )

    def finish(self) -> None:
        """Make the read models and compute the content hash."""
        with immediate(self._connection, self._path):
            rebuild(self._connection)
            self.content_hash = content_hash(self._connection)
            self._connection.execute(
                "INSERT OR REPLACE INTO setting VALUES ('content_hash', ?)", (self.content_hash,)
            )
            # The same input gives the same bytes, whenever it is built.
            self._connection.execute(
                "UPDATE _sqlite_migrations SET applied_at ="
                " ifnull((SELECT max(applied_at) FROM snapshot), '')"
            )
            pack(self._connection)
        self._connection.execute("ANALYZE")

    def write(self, target: Path) -> None:
        """Put the finished file in place: complete, or not at all.

        Raises:
            BriefingError: when the folder cannot be written, the disk is full, or another program
                uses the file that is to be replaced.
        """
        scratch = target.with_name(f".{target.name}.new")
        finished = self._path.with_name("finished.db")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            finished.unlink(missing_ok=True)
            with sentences(finished), closing(sqlite3.connect(self._path)) as source:
                source.execute(f"PRAGMA page_size = {_PAGE}")
                source.execute("VACUUM INTO ?", (str(finished),))
            _copy_durably(finished, scratch)
            _close_log(target)
            os.replace(scratch, target)  # noqa: PTH105 - atomic on every system
        except OSError as error:
            raise BriefingError(
                f"The database could not be written to {target}: {error.strerror or error}.",
                detail=str(error),
                remedy="Choose a writable folder with room. What was there is still there.",
            ) from error
        finally:
            # On a read-only medium even this fails, and there is nothing to remove.
            with suppress(OSError):
                scratch.unlink(missing_ok=True)

    def __enter__(self) -> DatabaseBuilder:
        """Use as a context: the scratch connection is closed at the end."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the scratch connection."""
        self._connection.close()

    def _native(self, reference: str) -> str:
        prefix, _, rest = reference.partition(":")
        if prefix == "attack":
            row = self._connection.execute(
                "SELECT native_id FROM record WHERE source = 'mitre-attack' AND kind ="
                " 'intrusion-set' AND to_snapshot IS NULL"
                " AND json_extract(content, '$.meta.external_id') = ?",
                (rest,),
            ).fetchone()
            if row is None:
                raise BriefingError(f"No ATT&CK group {rest} is bundled, but a decision names it.")
            return str(row[0])
        if prefix in {"misp", "microsoft", "tidal"}:
            return f"threat-actor--{rest}"
        return reference


_PAGE = 8192
"""Bytes of a page: most records fill less than that, so that fewer of them spill over."""


def _copy_durably(finished: Path, scratch: Path) -> None:
    """Copy, and wait until it is on the disk: the file it replaces is whole."""
    shutil.copyfile(finished, scratch)
    with scratch.open("r+b") as file:
        os.fsync(file.fileno())


def _close_log(target: Path) -> None:
    """Bring the old file's write-ahead log into it: beside a new file it would bring rows back.

    Raises:
        DatabaseError: when another program has the old file open.
    """
    logs = [target.with_name(target.name + suffix) for suffix in ("-wal", "-shm")]
    if target.is_file() and logs[0].exists():
        with sentences(target), closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as old:
            try:
                old.execute("PRAGMA journal_mode = DELETE").fetchone()
            except sqlite3.DatabaseError as error:
                # What is damaged is about to be replaced; what is in use is not.
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    raise
    for log in logs:
        log.unlink(missing_ok=True)


def content_hash(connection: sqlite3.Connection) -> str:
    """SHA-256 over everything that is said: sources, records, statements, documents, decisions.

    Row ids and the time of the build do not count, so the same input gives the same hash.
    """
    digest = hashlib.sha256()
    for query in (
        "SELECT * FROM source ORDER BY id",
        "SELECT source, native_id, kind, hex(sha256) FROM record WHERE to_snapshot IS NULL"
        " ORDER BY source, native_id",
        "SELECT s.key FROM statement s WHERE s.to_snapshot IS NULL ORDER BY s.key, s.id",
        "SELECT id, title, publisher, url, published, kind, credibility, rests_on FROM document"
        " WHERE id IN (SELECT c.document FROM citation c JOIN statement s ON s.id = c.statement"
        " WHERE s.to_snapshot IS NULL) ORDER BY id",
        "SELECT one, other, relation, reason, decided_by FROM identity WHERE withdrawn_at IS NULL"
        " ORDER BY one, other, relation",
        "SELECT kind, code, label, detail FROM label ORDER BY kind, code",
    ):
        for row in connection.execute(query):
            digest.update(orjson.dumps(list(row)) + b"\n")
        digest.update(b"\n")
    return digest.hexdigest()
