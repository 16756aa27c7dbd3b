"""Clients as they are kept, and with the edits that were not saved: moving on loses none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefing.core.client import Client
from briefing.services.clients import Shelved
from briefing.ui.views.client_list import NEW


class Drafts:
    """Which client is shown, and which of them have edits that were not saved.

    Attributes:
        shelved: The clients as they are kept.
        current: Id of the one that is shown, ``NEW`` for one that was never kept, "" for none.
        edits: Id or ``NEW`` → the client with its edits.
    """

    def __init__(self) -> None:
        """Nobody."""
        self.shelved = Shelved()
        self.current = ""
        self.edits: dict[str, Client] = {}

    @property
    def saved(self) -> Client | None:
        """The shown client as it is kept; None where it never was."""
        return self.kept(self.current)

    @property
    def client(self) -> Client | None:
        """The shown client with its edits; None where none is shown."""
        return self.edits.get(self.current) or self.saved

    @property
    def edited(self) -> bool:
        """Whether the shown client has edits that were not saved."""
        return self.current in self.edits

    @property
    def worth_asking(self) -> dict[str, Client]:
        """Edits that somebody would miss: not a new client of which nothing was said yet."""
        return {key: one for key, one in self.edits.items() if one != Client("")}

    def kept(self, key: str) -> Client | None:
        """A client as it is kept."""
        return next((one for one in self.shelved.clients if one.id == key), None)

    def take(self, shelved: Shelved) -> None:
        """Know other kept clients; edits of one that is gone become those of a new one."""
        self.shelved = shelved
        known = {one.id for one in shelved.clients}
        for key in [key for key in self.edits if key not in known and key != NEW]:
            edited = self.edits.pop(key)
            self.edits.setdefault(NEW, replace(edited, id=""))
            if self.current == key:
                self.current = NEW
        if self.current not in known and self.current not in self.edits:
            self.current = self.first

    @property
    def first(self) -> str:
        """Whom to begin with: the one looked through, else the first, else one that is new."""
        if self.shelved.chosen is not None:
            return self.shelved.chosen.id
        if self.shelved.clients:
            return self.shelved.clients[0].id
        return next(iter(self.edits), "")

    def begin(self) -> None:
        """Show a client that was never kept, as it was left."""
        self.edits.setdefault(NEW, Client(""))
        self.current = NEW

    def edit(self, client: Client) -> None:
        """Note what the shown client has become."""
        if client == self.saved:
            self.edits.pop(self.current, None)
        else:
            self.edits[self.current] = client

    def discard(self) -> None:
        """Forget the edits of the shown client; one that was never kept is gone with them."""
        self.edits.pop(self.current, None)
        if self.saved is None:
            self.current = self.first

    def settle(self, client: Client, shelved: Shelved) -> None:
        """Note that the shown client, or another one, was kept as it is."""
        self.edits.pop(self.current if self.saved is None else client.id, None)
        self.edits.pop(client.id, None)
        self.current = client.id
        self.take(shelved)

    def settle_all(self, kept: Mapping[str, tuple[Client, Client]], shelved: Shelved) -> None:
        """Note that several were kept; what was edited since waits on.

        Args:
            kept: Key of an edit → the client as it was edited, and as it is kept.
            shelved: All clients since.
        """
        for key, (edited, client) in kept.items():
            left = self.edits.pop(key, edited)
            if left != edited:
                self.edits[client.id] = replace(left, id=client.id)
            if self.current == key:
                self.current = client.id
        self.take(shelved)

    def remove(self, client: str, shelved: Shelved) -> None:
        """Note that a client was deleted, with its edits."""
        self.edits.pop(client, None)
        self.take(shelved)
