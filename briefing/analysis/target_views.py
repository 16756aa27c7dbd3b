"""Counting statements about targets: of all time here, of some years in ``target_years``.

Both answer the same questions. Of all time, each target's actors are kept as sets of bits, so that
a count is a few operations on long numbers. Of some years, every dated statement is looked at, all
of them at once: a byte a statement, side by side in one long number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Protocol

from briefing.analysis.bit_sets import Tally, flags_of, number_of, set_of, united
from briefing.analysis.target_table import Target, TargetTable


@dataclass(frozen=True, slots=True)
class Asked:
    """Which statements about places, or about sectors, are to be counted.

    Attributes:
        actors: The actors whose statements count: all of them, or where ``bound`` is given those
            that are not bound.
        bound: None, or a byte for each bound statement, 1 where it counts besides.
    """

    actors: int
    bound: bytes | None = None


class View(Protocol):
    """Statements of all time, or of some years."""

    @property
    def somebody(self) -> int:
        """The actors that have statements here, or may have."""

    def held(self, first: bytes, last: bytes) -> int:
        """1 in the byte of each statement that is one of these, by columns of their years."""

    def saying(self, targets: Iterable[Target], *, free: bool = False) -> int:
        """The actors with a statement about any of the targets; ``free``: one that is not bound."""

    def counts(self, place: bool, asked: Asked) -> dict[str, tuple[int, int]]:
        """Code of each place (else sector) with any → how many actors, in how many statements."""

    def sets(self, place: bool, asked: Asked) -> dict[str, int]:
        """Code of each place (else sector) with any → the actors."""


class AllTime:
    """Every statement, dated or not; see ``View``."""

    def __init__(self, table: TargetTable) -> None:
        """Sum up each target's statements, and once more those that are not bound."""
        self._table = table
        self._all: dict[Target, Tally] = {}
        self._free: dict[Target, Tally] = {}
        for target, span in table.spans.items():
            every = slice(span.start, span.stop)
            actors, free = table.actor[every], table.free[every]
            self._all[target] = self._free[target] = Tally.of(Counter(actors), table.actors)
            if 0 in free:
                self._free[target] = Tally.of(Counter(compress(actors, free)), table.actors)
        self._bound = {
            target: table.bound[target.place].numbers(span) for target, span in table.spans.items()
        }

    @property
    def somebody(self) -> int:
        """All actors: those without a target are counted too."""
        return (1 << self._table.actors) - 1

    def held(self, first: bytes, last: bytes) -> int:
        """Every statement."""
        del last
        return number_of(b"\x01" * len(first))

    def saying(self, targets: Iterable[Target], *, free: bool = False) -> int:
        """The actors with a statement about any of the targets."""
        tallies = self._free if free else self._all
        return united(tallies[target].members for target in targets if target in tallies)

    def counts(self, place: bool, asked: Asked) -> dict[str, tuple[int, int]]:
        """Code → how many actors, in how many statements."""
        found: dict[str, tuple[int, int]] = {}
        for target, tally, besides in self._tallies(place, asked):
            actors, statements = tally.among(asked.actors)
            if besides:
                more = set_of(besides, self._table.actors) & ~(tally.members & asked.actors)
                actors, statements = actors + more.bit_count(), statements + len(besides)
            if actors:
                found[target.code] = (actors, statements)
        return found

    def sets(self, place: bool, asked: Asked) -> dict[str, int]:
        """Code → the actors."""
        found = {
            target.code: tally.members & asked.actors | set_of(besides, self._table.actors)
            for target, tally, besides in self._tallies(place, asked)
        }
        return {code: actors for code, actors in found.items() if actors}

    def _tallies(self, place: bool, asked: Asked) -> Iterator[tuple[Target, Tally, Sequence[int]]]:
        """Each target with the actors of the bound statements that count besides."""
        tallies = self._all if asked.bound is None else self._free
        actors = self._table.bound[place].actors
        for target, tally in tallies.items():
            if target.place == place:
                numbers = self._bound[target]
                chosen = asked.bound[numbers] if asked.bound else b""
                yield target, tally, tuple(compress(actors[numbers], chosen))


def counting(
    table: TargetTable, view: View, asked: Asked, target: Target, among: int = -1
) -> bytes:
    """A byte for each statement about a target, 1 where it is counted.

    Args:
        table: Where they stand.
        view: Statements of all time, or of some years.
        asked: Which of them.
        target: Whose.
        among: The only actors of whom to count any; everybody unless given.
    """
    span = table.spans.get(target, range(0))
    every = slice(span.start, span.stop)
    flags = flags_of(asked.actors & among, table.actors)
    counted = number_of(bytes(map(flags.__getitem__, table.actor[every])))
    if asked.bound is not None:
        bound = table.bound[target.place]
        numbers = bound.numbers(span)
        besides = bytearray(len(span))
        for at in compress(bound.positions[numbers], asked.bound[numbers]):
            besides[at - span.start] = among >> table.actor[at] & 1
        counted = counted & number_of(table.free[every]) | number_of(besides)
    held = view.held(table.first[every], table.last[every])
    return (counted & held).to_bytes(len(span), "little")
