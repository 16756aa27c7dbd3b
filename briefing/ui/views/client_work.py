"""What the Clients screen has done by a worker: each opens the workspace, and closes it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QImage

from briefing.core.client import Brand, Client
from briefing.core.tlp import Tlp
from briefing.services.client_checks import Problem
from briefing.services.client_logo import LogoError, read_logo
from briefing.services.client_writing import write_client_file
from briefing.services.clients import (
    ClientError,
    ClientShelf,
    Shelved,
    free_name,
    read_client_file,
)
from briefing.services.technology import KnownTechnology, known_technology
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels

EXAMPLE = Client(
    name="Harbour Dental Group",
    sectors=("healthcare",),
    countries=("US",),
    size="small",
    customer_sectors=("government",),
    supplier_sectors=("technology",),
    uses_msp=True,
    technology=("microsoft:exchange_server", "fortinet:fortios"),
    tlp=Tlp.AMBER,
    brand=Brand(b"", "#0b3c78", "#4f94c9", "Prepared for Harbour Dental Group"),
    example=True,
)
"""A dental group that does not exist, to try the program with."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the screen begins with."""

    shelved: Shelved
    technology: KnownTechnology


@dataclass(frozen=True, slots=True)
class Kept:
    """A client that was kept, and all of them since."""

    client: Client
    shelved: Shelved


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a client was not kept, each reason with its field."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KeptAll:
    """What became of the edits of several clients.

    Attributes:
        kept: Key of an edit → the client as it was edited, and as it is kept now.
        shelved: All clients since.
        refused: Key of the edit that was not kept, and why; those after it were not tried.
    """

    kept: Mapping[str, tuple[Client, Client]]
    shelved: Shelved
    refused: tuple[str, Refused] | None


@dataclass(frozen=True, slots=True)
class Clash:
    """A client of a file that was not kept, since another has its name."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    """All clients since one was removed, and whether no byte of it is left."""

    shelved: Shelved
    wiped: bool


def load(workspace: Path, knowledge: KnowledgeFile) -> Loaded:
    """The clients, and what the database knows of technology."""
    with ClientShelf(workspace) as shelf:
        return Loaded(shelf.read(), known_technology(knowledge))


def keep(workspace: Path, client: Client) -> Kept | Refused:
    """Keep a new client, or a changed one."""
    with ClientShelf(workspace) as shelf:
        try:
            if client.id:
                shelf.change(client)
            else:
                client = shelf.add(client)
        except ClientError as error:
            return Refused(error.problems)
        return Kept(client, shelf.read())


def keep_all(workspace: Path, edits: Mapping[str, Client]) -> KeptAll:
    """Keep several clients; the first that is refused ends it, with what was kept before it."""
    kept: dict[str, tuple[Client, Client]] = {}
    refused = None
    for key, edited in edits.items():
        answer = keep(workspace, edited)
        if isinstance(answer, Refused):
            refused = (key, answer)
            break
        kept[key] = (edited, answer.client)
    with ClientShelf(workspace) as shelf:
        return KeptAll(kept, shelf.read(), refused)


def duplicate(workspace: Path, client: Client) -> Kept:
    """Keep another client that is the same but for its name."""
    with ClientShelf(workspace) as shelf:
        taken = tuple(one.name for one in shelf.all())
        kept = shelf.add(replace(client, name=free_name(client.name, taken)))
        return Kept(kept, shelf.read())


def remove(workspace: Path, client: str) -> Removed:
    """Remove a client."""
    with ClientShelf(workspace) as shelf:
        wiped = shelf.delete(client)
        return Removed(shelf.read(), wiped)


def choose(workspace: Path, client: str) -> Shelved:
    """Look through a client's eyes; "" for nobody's."""
    with ClientShelf(workspace) as shelf:
        shelf.choose(client)
        return shelf.read()


def take_file(workspace: Path, path: Path, labels: Labels, *, again: bool) -> Kept | Clash:
    """Keep the client of a file; ``again`` lets it replace the one of its name."""
    client = read_client_file(path, labels)
    with ClientShelf(workspace) as shelf:
        if free_name(client.name, tuple(one.name for one in shelf.all())) != client.name:
            if not again:
                return Clash(path, client.name)
            return Kept(shelf.take(client), shelf.read())
        return Kept(shelf.add(client), shelf.read())


def write_file(client: Client, path: Path) -> tuple[Path, ...]:
    """Write a client to a file, with its logo beside it."""
    named = path if path.suffix else path.with_suffix(".toml")
    return write_client_file(client, named)


def load_logo(path: Path) -> bytes:
    """Read a logo, and see that it can be drawn.

    Raises:
        LogoError: with the reason.
    """
    logo = read_logo(path)
    if QImage.fromData(logo).isNull():
        raise LogoError(
            f"The logo {path.name} cannot be drawn.",
            remedy="Save it anew as PNG or JPEG, and use that.",
        )
    return logo


def file_name(client: Client) -> str:
    """What the file of a client is called unless somebody wants another name."""
    letters = (sign if sign.isalnum() else "-" for sign in client.name.casefold())
    return "-".join(part for part in "".join(letters).split("-") if part)[:60] + ".toml"
