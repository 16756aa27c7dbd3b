"""Which knowledge.db is opened: the one that was named, else the user's copy of the bundled one."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from briefing.core.errors import BriefingError
from briefing.store.connection import (
    DatabaseError,
    KnowledgeFile,
    MissingDatabaseError,
    OlderDatabaseError,
)
from briefing.store.overview import bundle_is_new

ENVIRONMENT = "BRIEFING_DATABASE"
"""Names another database; ``--database`` goes before it."""


def open_knowledge(named: Path | None, bundled: Path, user_folder: Path) -> KnowledgeFile:
    """Open the knowledge database for reading.

    A database that was named is opened as it is. Otherwise the user's copy is, made from the
    bundled file on first start. Where the user's folder cannot be written, the bundled file itself
    is read. ``take_bundle`` gives the copy what a newer bundle says.

    Args:
        named: From ``--database`` or the environment; None for the user's copy.
        bundled: The file that ships with the program.
        user_folder: Where the user's copy is kept.

    Raises:
        BriefingError: when there is nothing to open, or it cannot be opened.
    """
    if named is not None:
        return _brought_up(named)
    copy = user_folder / "knowledge.db"
    if not copy.exists():
        if not bundled.is_file():
            raise MissingDatabaseError(
                "The bundled database has not been built yet.",
                detail=str(bundled),
                remedy="Build it with “briefing database build”, or name one with --database.",
            )
        if not _copied(bundled, copy):
            return KnowledgeFile(bundled)
    return _brought_up(copy)


def _brought_up(path: Path) -> KnowledgeFile:
    """Open a file; one of an older program comes to this schema first, with a copy kept beside.

    Raises:
        DatabaseError: with the reason; a file that cannot be written to is left as it is.
    """
    try:
        return KnowledgeFile(path)
    except OlderDatabaseError:
        # lazy: 0.1 s, needed once after an update of the program.
        from briefing.services.rebuild_database import (  # noqa: PLC0415 - start time
            rebuild_database,
        )

        with suppress(DatabaseError):
            rebuild_database(path)
        return KnowledgeFile(path)


def waits_for_bundle(knowledge: KnowledgeFile, bundled: Path) -> bool:
    """Whether the open database is the user's copy and the program brings a newer bundle."""
    if not bundled.is_file() or knowledge.path.name != "knowledge.db":
        return False
    if knowledge.path.samefile(bundled):
        return False
    bundle = KnowledgeFile(bundled)
    try:
        return bundle_is_new(bundle.connection, knowledge.connection)
    finally:
        bundle.close()


def _copied(bundled: Path, copy: Path) -> bool:
    """Copy the bundled file to the user's folder, whole or not at all."""
    scratch = copy.with_name(f".{copy.name}.{os.getpid()}")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(bundled, scratch)
        for suffix in ("-wal", "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        os.replace(scratch, copy)  # noqa: PTH105 - atomic on every system
    except OSError:
        # A read-only home or a full disk must not keep a person from reading.
        scratch.unlink(missing_ok=True)
        return False
    return True


def workspace_path(named: Path | None, user_folder: Path) -> Path:
    """Where workspace.db is, with its folder made.

    Raises:
        BriefingError: when the folder cannot be made.
    """
    path = named or user_folder / "workspace.db"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BriefingError(
            f"The folder for your workspace cannot be made: {path.parent}.",
            detail=str(error),
            remedy="Name another place with --workspace.",
        ) from error
    return path
