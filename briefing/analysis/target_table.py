"""Every statement about a target, in columns, ordered by target and actor.

A catalogue names an actor's sectors and countries apart, so each of the sectors is taken to be
meant for each of the countries. An incident says more: which sectors it hit where. What it says is
therefore *bound*: a country counts under a choice of sectors only where the incident hit one of
them there, and the other way round. What an incident leaves open (no sector, no country, a country
of which no sector is said) is not bound, and counts as a catalogue's statement does.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import NamedTuple

from briefing.analysis.bit_sets import flags_of, set_of, united
from briefing.core.targeting import TargetStatement

NO_DATE = 1900
"""A year is kept as a byte, less this one; 0 is no date."""
LATEST = NO_DATE + 255


class Target(NamedTuple):
    """A country, region, organisation or company (a place), or else a sector or scope."""

    place: bool
    code: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Bound statements about places, or about sectors, numbered in the order of the table.

    Attributes:
        positions: Where they stand in the table.
        actors: Their actors.
        first: Their first years.
        last: Their last years.
        to: Code of a sector, or of a place → the set of the statements that go with it.
    """

    positions: array[int]
    actors: array[int]
    first: bytes
    last: bytes
    to: Mapping[str, int]

    def with_any(self, codes: Iterable[str]) -> bytes:
        """A byte for each statement, 1 where it goes with any of the codes."""
        return flags_of(united(self.to.get(code, 0) for code in codes), len(self.positions))

    def numbers(self, span: range) -> slice:
        """Which of them stand in a span of the table."""
        ends = (bisect_left(self.positions, end) for end in (span.start, span.stop))
        return slice(*ends)


@dataclass(frozen=True, slots=True)
class TargetTable:
    """Statements as columns of equal length; an actor is a number.

    Attributes:
        actors: How many actors there are, whether or not anything is said of them.
        spans: Every target that is named → positions of its statements, actors ascending.
        actor: Number of the actor.
        key: Key of the statement.
        first: First year, as ``year_byte`` gives it.
        last: Last year likewise.
        rests_on: Place in ``sources``.
        sources: What statements rest on.
        tlp: Level.
        free: 1 for each statement that is not bound, else 0.
        bound: The bound statements about places (True) and about sectors (False).
    """

    actors: int
    spans: Mapping[Target, range]
    actor: array[int]
    key: array[int]
    first: bytes
    last: bytes
    rests_on: array[int]
    sources: tuple[tuple[str, ...], ...]
    tlp: bytes
    free: bytes
    bound: Mapping[bool, Bound]

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self.actor)

    def years(self, position: int) -> tuple[int, int] | None:
        """First and last year of a statement, or None."""
        first = self.first[position]
        return (first + NO_DATE, self.last[position] + NO_DATE) if first else None


def year_byte(year: int) -> int:
    """A year as it is kept: 1 for 1901, 255 for 2155; 0 for every other, which is no date."""
    return year - NO_DATE if 0 < year - NO_DATE < 256 else 0


def tabulate(statements: Iterable[TargetStatement], actors: Mapping[str, int]) -> TargetTable:
    """Order statements by target and actor.

    Args:
        statements: Current ones, in any order. One that two tables of a source make, which has one
            key, is taken once.
        actors: Id → number, from 0 without gaps; what is said of others is left out.
    """
    arrived = _Arrived(actors)
    arrived.take(statements)
    return arrived.table()


@dataclass(slots=True)
class _Arrived:
    """Statements in the order in which they come."""

    actors: Mapping[str, int]
    targets: dict[Target, int] = field(default_factory=dict)
    sources: dict[tuple[str, ...], int] = field(default_factory=dict)
    cell: array[int] = field(default_factory=lambda: array("q"))
    key: array[int] = field(default_factory=lambda: array("q"))
    first: bytearray = field(default_factory=bytearray)
    last: bytearray = field(default_factory=bytearray)
    rests_on: array[int] = field(default_factory=lambda: array("i"))
    tlp: bytearray = field(default_factory=bytearray)
    incidents: dict[str, list[tuple[int, TargetStatement]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def take(self, statements: Iterable[TargetStatement]) -> None:
        """Add statements, column by column: there may be a million of them."""
        known, count = self.actors, len(self.actors)
        for said in statements:
            actor_id, place, code, key, begun, ended, sources, tlp, incident, _within = said
            actor = known.get(actor_id)
            if actor is None:
                continue
            if incident:
                self.incidents[incident].append((len(self.key), said))
            target = Target(place, code)
            number = self.targets.setdefault(target, len(self.targets))
            self.cell.append(number * count + actor)
            self.key.append(key)
            first, last = year_byte(begun), year_byte(ended)
            self.first.append(first or last)
            self.last.append(last if last > first else first)
            self.rests_on.append(self.sources.setdefault(sources, len(self.sources)))
            self.tlp.append(tlp)

    def table(self) -> TargetTable:
        """All of them in order."""
        order = self._ordered()
        actors = len(self.actors)
        numbers = [0] * len(self.targets)
        for number, often in Counter(self.cell[at] // actors for at in order).items():
            numbers[number] = often
        ends = list(accumulate(numbers))
        bound = self._bound(order)
        table = TargetTable(
            actors=actors,
            spans={
                target: range(ends[number] - numbers[number], ends[number])
                for target, number in self.targets.items()
            },
            actor=array("i", (self.cell[at] % actors for at in order)),
            key=array("q", map(self.key.__getitem__, order)),
            first=bytes(map(self.first.__getitem__, order)),
            last=bytes(map(self.last.__getitem__, order)),
            rests_on=array("i", map(self.rests_on.__getitem__, order)),
            sources=tuple(self.sources),
            tlp=bytes(map(self.tlp.__getitem__, order)),
            free=_free(len(order), bound),
            bound={},
        )
        return replace(
            table, bound={place: _numbered(table, bound, place) for place in (False, True)}
        )

    def _ordered(self) -> list[int]:
        """Arrivals by target and actor, each key once."""
        order: list[int] = []
        keys: set[int] = set()
        before = -1
        for at in sorted(range(len(self.cell)), key=self.cell.__getitem__):
            cell, key = self.cell[at], self.key[at]
            if cell != before:
                keys.clear()
                before = cell
            if key not in keys:
                keys.add(key)
                order.append(at)
        return order

    def _bound(self, order: Sequence[int]) -> dict[int, tuple[bool, frozenset[str]]]:
        """Position → whether it is a place's, and what it is bound to."""
        found = {
            at: (said.place, codes)
            for together in self.incidents.values()
            for at, said, codes in _bindings(together)
        }
        return {position: found[at] for position, at in enumerate(order) if at in found}


def _bindings(
    together: Sequence[tuple[int, TargetStatement]],
) -> Iterator[tuple[int, TargetStatement, frozenset[str]]]:
    """What binds the statements of one incident; those that nothing binds are left out.

    A sector without places of its own was hit in every place of the incident.
    """
    places = frozenset(said.code for _, said in together if said.place)
    hit: defaultdict[str, set[str]] = defaultdict(set)
    for at, said in together:
        if said.place or not (said.within or places):
            continue
        within = places.intersection(said.within) if said.within else places
        for code in within:
            hit[code].add(said.code)
        yield at, said, within
    for at, said in together:
        if said.place and said.code in hit:
            yield at, said, frozenset(hit[said.code])


def _free(length: int, bound: Iterable[int]) -> bytes:
    """1 for each statement, 0 for those that are bound."""
    free = bytearray(b"\x01" * length)
    for position in bound:
        free[position] = 0
    return bytes(free)


def _numbered(
    table: TargetTable, bound: Mapping[int, tuple[bool, frozenset[str]]], place: bool
) -> Bound:
    positions = array("i", (at for at, (of_place, _) in bound.items() if of_place == place))
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, at in enumerate(positions):
        for code in bound[at][1]:
            members[code].append(number)
    return Bound(
        positions=positions,
        actors=array("i", map(table.actor.__getitem__, positions)),
        first=bytes(map(table.first.__getitem__, positions)),
        last=bytes(map(table.last.__getitem__, positions)),
        to={code: set_of(numbers, len(positions)) for code, numbers in members.items()},
    )
