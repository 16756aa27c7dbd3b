"""Sets of numbered things as whole numbers, one bit each, so that thousands are counted at once.

A number of many digits is combined with another and counted in C; no library is needed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import compress

_FIGURES = bytes.maketrans(b"01", b"\x00\x01")
_WRITTEN = bytes.maketrans(b"\x00\x01", b"01")
_FEW = 16
"""A set is small where less than one in so many numbers is in it (measured: 12 to 20)."""


def set_of(numbers: Iterable[int], count: int) -> int:
    """The set of some numbers, all from 0 and below ``count``."""
    listed = tuple(numbers)
    if len(listed) * _FEW < count:
        field = bytearray((count + 7) // 8)
        for number in listed:
            field[number >> 3] |= 1 << (number & 7)
        return number_of(field)
    # A byte each is quicker to fill, and slower to turn into bits.
    flags = bytearray(count + 1)
    for number in listed:
        flags[number] = 1
    return int(flags.translate(_WRITTEN)[::-1], 2)


def united(sets: Iterable[int]) -> int:
    """What is in any of some sets."""
    found = 0
    for one in sets:
        found |= one
    return found


def flags_of(members: int, count: int) -> bytes:
    """A byte for each number, 1 for those in the set."""
    # The figure in front stands for an empty set of nothing, which has no figure of its own.
    return f"{members:0{count + 1}b}"[:0:-1].encode().translate(_FIGURES)


def number_of(flags: bytes | bytearray) -> int:
    """Bytes side by side as one number, the first byte lowest."""
    return int.from_bytes(flags, "little")


def members_of(members: int, count: int) -> tuple[int, ...]:
    """The numbers in a set, ascending."""
    return tuple(compress(range(count), flags_of(members, count)))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each of some numbered things occurs.

    Attributes:
        members: Those that occur.
        planes: The figures of the counts in base two, lowest first: the set of those that have it.
    """

    members: int
    planes: tuple[int, ...]

    @classmethod
    def of(cls, times: Mapping[int, int], count: int) -> Tally:
        """Sum up how often each number below ``count`` occurs."""
        planes = tuple(
            set_of((number for number, often in times.items() if often >> place & 1), count)
            for place in range(max(times.values(), default=0).bit_length())
        )
        return cls(united(planes), planes)

    def among(self, wanted: int) -> tuple[int, int]:
        """How many of a set occur, and how often all of them together."""
        often = sum(
            (plane & wanted).bit_count() << place for place, plane in enumerate(self.planes)
        )
        return (self.members & wanted).bit_count(), often
