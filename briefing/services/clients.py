"""Clients: read from a file, kept in the workspace, changed, removed, and one of them chosen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from briefing.core.client import Client
from briefing.core.errors import BriefingError, NotFoundError
from briefing.core.vocabulary import fold
from briefing.services.client_checks import Problem, problems
from briefing.services.client_reading import ClientFileError, read_client_file
from briefing.services.client_words import nearest
from briefing.store.clients import ClientStore


class ClientError(BriefingError):
    """A client that cannot be kept as it is.

    Attributes:
        problems: What is wrong with it, each with the key of its field.
    """

    def __init__(self, message: str, found: tuple[Problem, ...], remedy: str = "") -> None:
        """Keep the problems apart, so that a form can show each at its field."""
        super().__init__(message, remedy=remedy)
        self.problems = found


@dataclass(frozen=True, slots=True)
class Shelved:
    """The clients as they stand.

    Attributes:
        clients: All of them, by name.
        chosen: Whom the program is looked at through; None for nobody.
    """

    clients: tuple[Client, ...] = ()
    chosen: Client | None = None


class ClientShelf:
    """The clients in a workspace; used on the thread that made it, and closed afterwards."""

    def __init__(self, workspace: Path) -> None:
        """Open the workspace, made where there is none.

        Raises:
            BriefingError: with the reason; a newer or foreign file is left as it is.
        """
        self._store = ClientStore(workspace)

    def __enter__(self) -> ClientShelf:
        """The shelf itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the workspace."""
        self._store.close()

    def read(self) -> Shelved:
        """Everything at once, as a screen needs it."""
        clients = self._store.all()
        chosen = self._store.chosen
        return Shelved(clients, next((one for one in clients if one.id == chosen), None))

    def all(self) -> tuple[Client, ...]:
        """Every client, by name."""
        return self._store.all()

    def named(self, name: str) -> Client:
        """The client that bears a name, whatever its case, or has this id.

        Raises:
            NotFoundError: when there is none, with the names that are near.
        """
        clients = self._store.all()
        found = next((one for one in clients if name == one.id or _same(name, one.name)), None)
        if found is None:
            near = nearest(name, [one.name for one in clients])
            meant = f" The nearest name is “{near}”." if near else ""
            raise NotFoundError(
                f"No client here is called “{name}”.{meant}", near=(near,) if near else ()
            )
        return found

    def add(self, client: Client) -> Client:
        """Keep a new client; returns it with the id it was given.

        Raises:
            ClientError: where it cannot be kept as it is.
            BriefingError: when the workspace cannot be written.
        """
        kept = replace(client, id=str(uuid.uuid4()))
        self._put(kept)
        return kept

    def take(self, client: Client) -> Client:
        """Keep a client in the place of the one that bears its name, or as a new one.

        Raises:
            ClientError: where it cannot be kept as it is.
            BriefingError: when the workspace cannot be written.
        """
        kept = replace(client, id=self._store.bearer(client.name) or str(uuid.uuid4()))
        self._put(kept)
        return kept

    def change(self, client: Client) -> None:
        """Keep a client as it is now, under the id it has.

        Raises:
            NotFoundError: when there is no client of this id any more.
            ClientError: where it cannot be kept as it is.
            BriefingError: when the workspace cannot be written.
        """
        if not any(one.id == client.id for one in self._store.all()):
            raise NotFoundError(
                f"The client “{client.name}” is not in the workspace any more.",
                remedy="Add it anew, if it is still needed.",
            )
        self._put(client)

    def delete(self, client: str) -> bool:
        """Remove a client by its id, whether it is there or not.

        Returns:
            Whether no byte of it is left in the file; otherwise the rest goes when the last program
            that has the workspace open is closed.

        Raises:
            BriefingError: when the workspace cannot be written.
        """
        return self._store.delete(client)

    @property
    def chosen(self) -> Client | None:
        """Whom the program is looked at through; None for nobody."""
        return self.read().chosen

    def choose(self, client: str) -> None:
        """Look through the eyes of the client with this id; "" for nobody's.

        Raises:
            BriefingError: when the workspace cannot be written.
        """
        self._store.choose(client)

    def _put(self, client: Client) -> None:
        found = problems(client)
        bearer = self._store.bearer(client.name)
        if bearer not in ("", client.id):
            found += (Problem("name", f"There is a client called “{client.name}” already."),)
        if found:
            name = f"The client “{client.name}”" if client.name.strip() else "The client"
            said = " ".join(problem.text for problem in found)
            raise ClientError(f"{name} was not kept. {said}", found)
        self._store.put(client)


def free_name(name: str, taken: tuple[str, ...]) -> str:
    """A name that no client bears yet: the name itself, or with a number behind it."""
    used = {fold(one) for one in taken}
    number, free = 2, name
    while fold(free) in used:
        free = f"{name} ({number})"
        number += 1
    return free


def _same(name: str, other: str) -> bool:
    return fold(name) == fold(other)


__all__ = [
    "ClientError",
    "ClientFileError",
    "ClientShelf",
    "Shelved",
    "free_name",
    "read_client_file",
]
