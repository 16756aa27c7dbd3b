"""Counting the statements of some years; see ``target_views``."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import compress, pairwise
from operator import itemgetter

from briefing.analysis.bit_sets import flags_of, number_of, set_of, united
from briefing.analysis.target_table import NO_DATE, Target, TargetTable
from briefing.analysis.target_views import Asked, View

_TOP = 0x80
"""The bit of a byte that marks an actor's last statement about a target."""


class _Lanes:
    """The dated statements about places, or about sectors, a byte each.

    They stand target by target and actor by actor, so that the bytes of one actor and one target
    are a number within the long number.

    Attributes:
        actors: Actor of each byte.
        first: First year of each.
        last: Last year of each.
        spans: Target → its bytes.
        free: 1 for each that is not bound.
        bound: The byte of each bound statement; an undated one has the first, which is nobody's.
        tops: ``_TOP`` in the last byte of each actor and target.
        lowest: 1 in the first byte of each.
    """

    def __init__(self, table: TargetTable, place: bool) -> None:
        # Two bytes of nobody come first, so that there are always several.
        positions = array("i", (-1, -1))
        self.spans: dict[Target, range] = {}
        for target, span in table.spans.items():
            if target.place == place:
                start = len(positions)
                positions.extend(compress(span, table.first[span.start : span.stop]))
                self.spans[target] = range(start, len(positions))
        said = positions[2:]
        # Shared numbers: new ones would take four times the memory.
        numbers = list(range(table.actors + 1))
        nobody = (numbers[-1], numbers[-1])
        self.actors = (*nobody, *(numbers[table.actor[at]] for at in said))
        self.first = bytes(2) + bytes(map(table.first.__getitem__, said))
        self.last = bytes(2) + bytes(map(table.last.__getitem__, said))
        self.free = bytes(2) + bytes(map(table.free.__getitem__, said))
        self._pick: Callable[[bytes], tuple[int, ...]] = itemgetter(*self.actors)
        self._last: tuple[int, int] | None = None
        places = dict(zip(said, range(2, len(positions)), strict=True))
        self.bound = tuple(places.get(at, 0) for at in table.bound[place].positions)
        begins = {span.start for span in self.spans.values()}
        changes = bytes(
            number in begins or before != after
            for number, (before, after) in enumerate(pairwise(self.actors), start=1)
        )
        self.lowest = number_of(b"\x01" + changes)
        self.tops = number_of(changes + b"\x01") * _TOP

    def __len__(self) -> int:
        """How many bytes there are."""
        return len(self.actors)

    def chosen(self, asked: Asked, everybody: int, actors: int) -> int:
        """The statements that are asked for: 1 in the byte of each; others may be set besides.

        Args:
            asked: Which.
            everybody: The actors whose statements will be looked at.
            actors: How many actors there are.
        """
        chosen = -1 if asked.bound is None else number_of(self.free)
        if everybody & ~asked.actors:
            chosen &= self._statements_of(asked.actors, actors)
        if asked.bound:
            besides = bytearray(len(self))
            for byte in compress(self.bound, asked.bound):
                besides[byte] = 1
            chosen |= number_of(besides)
        return chosen

    def _statements_of(self, wanted: int, actors: int) -> int:
        """The statements of some actors; kept at hand, since years change more often than they."""
        if self._last is None or self._last[0] != wanted:
            # Behind the actors stands nobody.
            flags = flags_of(wanted, actors + 1)
            self._last = (wanted, number_of(bytearray(self._pick(flags))))
        return self._last[1]

    def any_of(self, chosen: int) -> bytes:
        """``_TOP`` for each actor and target with a chosen statement, somewhere in its bytes.

        From the number of an actor and target, with its top bit set, 1 is taken: the bit is still
        there where any of the bytes was 1, and what is taken never reaches the next number.
        """
        left = ((self.tops | chosen) - self.lowest) & self.tops
        return left.to_bytes(len(self), "little")


class DatedTargets:
    """The dated statements of a table."""

    def __init__(self, table: TargetTable) -> None:
        """Lay the dated statements side by side."""
        self.table = table
        self.lanes = {place: _Lanes(table, place) for place in (False, True)}
        members: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for actor, *years in compress(
            zip(table.actor, table.first, table.last, strict=True), table.first
        ):
            members[years[0], years[1]].add(actor)
        self._periods = {years: set_of(who, table.actors) for years, who in members.items()}
        self.everybody = united(self._periods.values())

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of which any statement speaks."""
        if not self._periods:
            return None
        first = min(first for first, _ in self._periods)
        return first + NO_DATE, max(last for _, last in self._periods) + NO_DATE

    def active(self, first: int, last: int) -> int:
        """The actors with a statement that speaks of any of some years, less ``NO_DATE``."""
        return united(
            actors
            for (begun, ended), actors in self._periods.items()
            if begun <= last and ended >= first
        )

    def between(self, first: int, last: int) -> View:
        """The statements that speak of any of the years from the first to the last."""
        return _Years(self, first - NO_DATE, last - NO_DATE)


class _Years:
    """The dated statements of some years; see ``View``."""

    def __init__(self, dated: DatedTargets, first: int, last: int) -> None:
        self._dated = dated
        self._first, self._last = first, last

    @cached_property
    def somebody(self) -> int:
        return self._dated.active(self._first, self._last)

    def held(self, first: bytes, last: bytes) -> int:
        return _overlapping(first, last, self._first, self._last)

    def saying(self, targets: Iterable[Target], *, free: bool = False) -> int:
        actors: set[int] = set()
        for target in targets:
            lanes = self._dated.lanes[target.place]
            span = lanes.spans.get(target, range(0))
            every = slice(span.start, span.stop)
            held = self.held(lanes.first[every], lanes.last[every])
            if free:
                held &= number_of(lanes.free[every])
            actors.update(compress(lanes.actors[every], held.to_bytes(len(span), "little")))
        return set_of(actors, self._dated.table.actors)

    def counts(self, place: bool, asked: Asked) -> dict[str, tuple[int, int]]:
        lanes, chosen = self._chosen(place, asked)
        any_of, each = lanes.any_of(chosen), chosen.to_bytes(len(lanes), "little")
        found = {
            target.code: (
                any_of.count(_TOP, span.start, span.stop),
                each.count(1, span.start, span.stop),
            )
            for target, span in lanes.spans.items()
        }
        return {code: counts for code, counts in found.items() if counts[0]}

    def sets(self, place: bool, asked: Asked) -> dict[str, int]:
        lanes, chosen = self._chosen(place, asked)
        each = chosen.to_bytes(len(lanes), "little")
        found = {
            target.code: self._actors(lanes, each, span) for target, span in lanes.spans.items()
        }
        return {code: actors for code, actors in found.items() if actors}

    def _chosen(self, place: bool, asked: Asked) -> tuple[_Lanes, int]:
        dated = self._dated
        lanes = dated.lanes[place]
        chosen = lanes.chosen(asked, self.somebody, dated.table.actors)
        return lanes, chosen & self.held(lanes.first, lanes.last)

    def _actors(self, lanes: _Lanes, chosen: bytes, span: range) -> int:
        every = slice(span.start, span.stop)
        return set_of(compress(lanes.actors[every], chosen[every]), self._dated.table.actors)


def _overlapping(begun: bytes, ended: bytes, first: int, last: int) -> int:
    """1 in each byte where the years from one to another overlap those asked for; no date never."""
    in_time = begun.translate(bytes(0 < year <= last for year in range(256)))
    not_over = ended.translate(bytes(year >= first for year in range(256)))
    return number_of(in_time) & number_of(not_over)
