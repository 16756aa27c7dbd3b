"""Whom a batch is for: clients of the workspace or of files, also such as cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefing.core.client import Client
from briefing.core.errors import BriefingError, WrongCallError
from briefing.core.wording import listed
from briefing.services.clients import ClientShelf, read_client_file
from briefing.store.labels import Labels

CLIENT_FILE = ".toml"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a briefing is wanted for.

    Attributes:
        name: The client's, or that of the file in which it could not be read.
        client: None where it could not be read.
        problem: Why it could not.
        file: From where it was read; None for a client of the workspace.
    """

    name: str
    client: Client | None
    problem: BriefingError | None = None
    file: Path | None = None


def of_workspace(workspace: Path) -> tuple[Candidate, ...]:
    """Every client of the workspace, by name.

    Raises:
        BriefingError: when the workspace cannot be read.
    """
    with ClientShelf(workspace) as shelf:
        return tuple(Candidate(client.name, client) for client in shelf.all())


def of_files(files: Iterable[Path], labels: Labels) -> tuple[Candidate, ...]:
    """The clients of these files, in their order.

    Args:
        files: TOML files as ``briefing clients export`` writes them; each once.
        labels: The words of the database.
    """
    return tuple(_read(path, labels) for path in dict.fromkeys(files))


def of_folder(folder: Path, labels: Labels) -> tuple[Candidate, ...]:
    """The clients of the TOML files that lie in a folder, by the names of the files.

    Raises:
        WrongCallError: when there are none.
        BriefingError: when the folder cannot be read.
    """
    try:
        lying = [path for path in folder.iterdir() if path.suffix.lower() == CLIENT_FILE]
    except OSError as error:
        raise BriefingError(
            f"The folder {folder} cannot be read: {error.strerror or error}.", detail=str(error)
        ) from error
    if not lying:
        raise WrongCallError(
            f"There is no client file in {folder}.",
            remedy="A client file ends in .toml; “briefing clients export” writes one.",
        )
    return of_files(sorted(lying, key=lambda path: (path.name.casefold(), path.name)), labels)


def names_of(candidates: Iterable[Candidate]) -> str:
    """Their names in a sentence."""
    return listed(one.name for one in candidates)


def _read(path: Path, labels: Labels) -> Candidate:
    try:
        client = read_client_file(path, labels)
    except BriefingError as error:
        return Candidate(path.name, None, error, path)
    return Candidate(client.name, client, file=path)
