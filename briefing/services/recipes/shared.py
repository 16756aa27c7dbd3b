"""What several briefings of one run have in common, read once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from briefing.core.tlp import Tlp

T = TypeVar("T")


class Shared:
    """Readings of a database as it stands; whoever sees it change makes another.

    Each audience has its own, and nothing of a request or a client is put in here: what is in one
    briefing cannot come into the next.
    """

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._kept: dict[tuple[Tlp, Hashable], Any] = {}

    def once(self, ceiling: Tlp, what: Hashable, read: Callable[[], T]) -> T:
        """What was read for an audience before, or is read now.

        Args:
            ceiling: The audience's; nothing above it may be in what is read.
            what: The name of the reading.
            read: Reads it.
        """
        key = (ceiling, what)
        if key not in self._kept:
            self._kept[key] = read()
        found: T = self._kept[key]
        return found
