"""Through whose eyes the program is looked, and up to which level: one object for every screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from briefing.core.client import Client
from briefing.core.tlp import Tlp


class Looking(QObject):
    """The chosen client and the audience's ceiling.

    Choosing a client takes its ceiling, and nobody's is CLEAR; the ceiling may be set lower or
    higher afterwards, for this run of the program only.
    """

    client_changed = Signal()
    ceiling_changed = Signal()

    def __init__(self, client: Client | None = None, ceiling: Tlp = Tlp.CLEAR) -> None:
        """Nobody's eyes unless a client is given."""
        super().__init__()
        self._client = client
        self._ceiling = client.tlp if client is not None else ceiling

    @property
    def client(self) -> Client | None:
        """The chosen client; None for nobody."""
        return self._client

    @property
    def ceiling(self) -> Tlp:
        """The highest level that may be shown to the audience."""
        return self._ceiling

    def set_client(self, client: Client | None) -> None:
        """Look through other eyes, or through the same ones after they were changed."""
        if client == self._client:
            return
        self._client = client
        self.set_ceiling(client.tlp if client is not None else Tlp.CLEAR)
        self.client_changed.emit()

    def set_ceiling(self, ceiling: Tlp) -> None:
        """Show up to another level."""
        if ceiling != self._ceiling:
            self._ceiling = ceiling
            self.ceiling_changed.emit()
