"""Traffic Light Protocol 2.0 (FIRST, August 2022): who may see a thing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache


class Tlp(IntEnum):
    """The five labels of TLP 2.0, ordered from the widest audience to the narrowest."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4

    @property
    def label(self) -> str:
        """The label as FIRST prints it, such as ``TLP:AMBER+STRICT``."""
        return "TLP:" + self.name.replace("_", "+")

    @property
    def code(self) -> str:
        """The label without its prefix, such as ``AMBER+STRICT``; what is stored."""
        return self.name.replace("_", "+")

    @property
    def meaning(self) -> str:
        """One sentence for a tooltip: who may receive it."""
        return _MEANINGS[self]


_MEANINGS = {
    Tlp.CLEAR: "May be shared with anybody.",
    Tlp.GREEN: "May be shared within the reader's community, not in public.",
    Tlp.AMBER: "May be shared with the reader's organisation and its clients who need to know.",
    Tlp.AMBER_STRICT: "May be shared with those in the reader's organisation who need to know.",
    Tlp.RED: "For the eyes and ears of the individual recipients only.",
}


@lru_cache(maxsize=256)
def parse_tlp(text: str | None) -> Tlp:
    """Read a label in any usual spelling; unknown or missing fails closed to RED.

    ``WHITE`` is TLP 1.0's name for CLEAR.
    """
    word = (text or "").upper().removeprefix("TLP:").strip().replace(" ", "").replace("_", "+")
    if word == "WHITE":
        return Tlp.CLEAR
    return next((level for level in Tlp if level.code == word), Tlp.RED)


def highest(levels: Iterable[Tlp]) -> Tlp:
    """The effective level of anything derived: the highest of what it came from.

    Nothing at all came from nothing anyone marked, which is RED.
    """
    return max(levels, default=Tlp.RED)
