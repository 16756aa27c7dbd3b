"""What a pasted report seems to name, as proposals that a person confirms or leaves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a proposal is, in the order in which proposals are shown."""

    TECHNIQUE = "technique"
    SOFTWARE = "software"
    GROUP = "group"
    VULNERABILITY = "vulnerability"
    HASH = "hash"
    DOMAIN = "domain"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text says something.

    Attributes:
        start: Place of the first character in the text as it was given, from 0.
        end: Place after the last.
        line: Number of the line, from 1.
        written: As the text writes it, such as ``evil[.]example[.]net``.
        excerpt: The words around it in that line.
    """

    start: int
    end: int
    line: int
    written: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that a text names.

    Attributes:
        kind: What it is.
        value: In its one spelling: an ATT&CK id, a CVE id, a hash in small letters, a domain or an
            address as computers write it.
        places: Where the text names it, in order; the first ones where it does so very often.
        times: How often the text names it.
        name: What the catalogue calls an id; of a hash the algorithm; else "".
        note: What a person should know before taking it over, such as ``private address``, or "".
        is_linked: Whether it stands in links alone that can be followed: reports defang what is
            hostile, so most of these are what a report cites.
    """

    kind: Kind
    value: str
    places: tuple[Place, ...]
    times: int
    name: str = ""
    note: str = ""
    is_linked: bool = False

    @property
    def first(self) -> Place:
        """Where the text names it first."""
        return self.places[0]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that a text names.

    Attributes:
        proposals: Each once, in the order of their first places.
        remarks: Sentences about what was left out because there is too much of it.
    """

    proposals: tuple[Proposal, ...]
    remarks: tuple[str, ...] = ()
