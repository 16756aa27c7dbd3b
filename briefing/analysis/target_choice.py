"""Which actors and which statements a filter asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from briefing.analysis.bit_sets import flags_of, number_of, set_of, united
from briefing.analysis.target_table import LATEST, NO_DATE, Target, TargetTable
from briefing.analysis.target_views import AllTime, Asked, View
from briefing.analysis.target_years import DatedTargets
from briefing.core.actor import ActorRow
from briefing.core.targeting import TargetingFilter


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter, worked out.

    Attributes:
        view: The statements of its years.
        base: The actors it asks for by origin, kind and name.
        matching: Those of them that match its sectors and countries too.
        places: Which statements about places count.
        sectors: Which statements about sectors count.
    """

    view: View
    base: int
    matching: int
    places: Asked
    sectors: Asked

    def asked(self, place: bool) -> Asked:
        """Which statements about places (else sectors) count."""
        return self.places if place else self.sectors


@dataclass(frozen=True, slots=True)
class _Free:
    """The actors with statements that nothing binds, about what a filter asks for.

    Attributes:
        places: Those of its places; None where it asks for none.
        sectors: Likewise.
    """

    places: int | None
    sectors: int | None

    @classmethod
    def of(cls, view: View, wanted: TargetingFilter) -> _Free:
        """Look them up."""
        return cls(
            view.saying(_places(wanted), free=True) if wanted.countries else None,
            view.saying(_sectors(wanted), free=True) if wanted.sectors else None,
        )


class Chooser:
    """Works filters out.

    Attributes:
        all_time: Every statement.
        dated: The dated ones.
        origins: Code of a stated origin, "" for none → the actors.
    """

    def __init__(self, table: TargetTable, rows: Sequence[ActorRow]) -> None:
        """Sum a table up.

        Args:
            table: Statements.
            rows: The actors by their numbers.
        """
        self._table = table
        self._numbers = {row.id: number for number, row in enumerate(rows)}
        self.all_time = AllTime(table)
        self.dated = DatedTargets(table)
        self.origins = _sets_by(rows, lambda row: row.origins or ("",))
        self._kinds = _sets_by(rows, lambda row: (row.kind,))
        self._targeting = self.all_time.saying(table.spans)
        self._last: tuple[TargetingFilter, Choice] | None = None

    def choice(self, wanted: TargetingFilter) -> Choice:
        """A filter, worked out; the last one is kept at hand."""
        if self._last is None or self._last[0] != wanted:
            self._last = (wanted, self._worked_out(wanted))
        return self._last[1]

    def undated(self, wanted: TargetingFilter, base: int) -> int:
        """The actors that match but for a filter's years, because nothing about them is dated."""
        if wanted.first_year is None and wanted.last_year is None:
            return 0
        free = _Free.of(self.all_time, wanted)
        ever = self._matching(self.all_time, base, free, wanted)
        return ever & self._targeting & ~self.dated.everybody

    def _worked_out(self, wanted: TargetingFilter) -> Choice:
        view, base = self._view(wanted), self._base(wanted)
        free = _Free.of(view, wanted)
        matching = self._matching(view, base, free, wanted)
        # The same actors in all years where years alone are chosen: the view looks for no others.
        whose = matching if wanted.countries or wanted.sectors else base
        return Choice(
            view=view,
            base=base,
            matching=matching,
            places=self._asked(True, whose, wanted.sectors, free.sectors),
            sectors=self._asked(False, whose, wanted.countries, free.places),
        )

    def _matching(self, view: View, base: int, free: _Free, wanted: TargetingFilter) -> int:
        """The actors that match a whole filter."""
        if free.places is not None and free.sectors is not None:
            together = self._bound_together(view, wanted)
            return base & ((free.places & free.sectors) | together)
        if free.places is not None:
            return base & view.saying(_places(wanted))
        if free.sectors is not None:
            return base & view.saying(_sectors(wanted))
        return base & view.somebody

    def _asked(self, place: bool, whose: int, across: frozenset[str], free: int | None) -> Asked:
        """Which statements count under a choice of the other kind of target, if there is one.

        Args:
            place: Whether of places, else of sectors.
            whose: The actors that match the filter.
            across: Codes of the other kind.
            free: The actors with statements about these that are not bound; None without a choice.
        """
        if free is None:
            return Asked(whose)
        bound = self._table.bound[place]
        flags = flags_of(whose, self._table.actors)
        counted = number_of(bytes(map(flags.__getitem__, bound.actors)))
        counted &= number_of(bound.with_any(across))
        return Asked(whose & free, counted.to_bytes(len(bound.actors), "little"))

    def _bound_together(self, view: View, wanted: TargetingFilter) -> int:
        """The actors of incidents that hit any of the sectors in any of the places."""
        bound = self._table.bound[True]
        hit = bound.with_any(wanted.sectors)
        actors: set[int] = set()
        for target in _places(wanted):
            numbers = bound.numbers(self._table.spans.get(target, range(0)))
            held = view.held(bound.first[numbers], bound.last[numbers]) & number_of(hit[numbers])
            flags = held.to_bytes(len(hit[numbers]), "little")
            actors.update(compress(bound.actors[numbers], flags))
        return set_of(actors, self._table.actors)

    def _view(self, wanted: TargetingFilter) -> View:
        first, last = wanted.first_year, wanted.last_year
        if first is None and last is None:
            return self.all_time
        return self.dated.between(
            NO_DATE if first is None else first, LATEST if last is None else last
        )

    def _base(self, wanted: TargetingFilter) -> int:
        base = self.all_time.somebody
        if wanted.origins:
            base &= united(self.origins.get(code, 0) for code in wanted.origins)
        if wanted.kinds:
            base &= united(self._kinds.get(code, 0) for code in wanted.kinds)
        if wanted.actors:
            known = (self._numbers[actor] for actor in wanted.actors if actor in self._numbers)
            base &= set_of(known, self._table.actors)
        return base


def _places(wanted: TargetingFilter) -> list[Target]:
    return [Target(True, code) for code in wanted.countries]


def _sectors(wanted: TargetingFilter) -> list[Target]:
    return [Target(False, code) for code in wanted.sectors]


def _sets_by(
    rows: Sequence[ActorRow], codes: Callable[[ActorRow], Iterable[str]]
) -> dict[str, int]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for code in codes(row):
            members[code].append(number)
    return {code: set_of(actors, len(rows)) for code, actors in members.items()}
