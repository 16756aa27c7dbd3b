"""What one update may do on the network, asked by every wait and every new connection."""

from __future__ import annotations

import time
from collections.abc import Callable

from briefing.feeds import refusals
from briefing.feeds.reachable import Place, place_of
from briefing.feeds.remote import Limits


class Watch:
    """Where an update may connect to, how long it may wait, and whether anybody still wants it.

    Attributes:
        home: Host of the first address asked for: the source itself.
        host: Host of the current request.
        limits: What one request may cost.
    """

    def __init__(self, inside: bool, limits: Limits, check: Callable[[], None]) -> None:
        """Start with no home and no request.

        Args:
            inside: Whether the source is marked as inside our network.
            limits: What one request may cost.
            check: Raises to cancel.
        """
        self.home = ""
        self.limits = limits
        self._inside = inside
        self._check = check
        self.host = ""
        self._ends = 0.0

    def start(self, host: str) -> None:
        """A new request: its deadline runs from now."""
        self.home = self.home or host
        self.host = host
        self._ends = time.monotonic() + self.limits.deadline

    def allows(self, host: str, address: str) -> bool:
        """Whether a host may be connected to at an address.

        A source inside our network may lie anywhere, even on this computer; another host that it
        leads to may lie in the network as well, and never on this computer.
        """
        if not self._inside:
            return place_of(address) is Place.PUBLIC
        return host == self.home or place_of(address) is not Place.SELF

    def left(self, most: float) -> float:
        """Seconds that may still be waited, at most ``most``.

        Raises:
            CancelledError: when the person cancelled.
            TransportError: when the deadline has passed.
        """
        self._check()
        rest = self._ends - time.monotonic()
        if rest <= 0:
            raise refusals.too_slow(self.host, self.limits.deadline)
        return min(most, rest)

    def pause(self, seconds: float, piece: float) -> None:
        """Wait that long in pieces, unless the person cancels meanwhile."""
        ends = time.monotonic() + seconds
        while (rest := ends - time.monotonic()) > 0:
            self._check()
            time.sleep(min(piece, rest))
