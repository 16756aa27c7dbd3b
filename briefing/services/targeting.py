"""Who targets whom, counted for a choice of sectors, countries, origins, actors, kinds and years.

The index is built once for a state of the database and only read afterwards; it keeps no
connection, so it may be built on one thread and used on another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from briefing.analysis.bit_sets import flags_of, members_of, number_of, set_of, united
from briefing.analysis.target_table import LATEST, NO_DATE, Target, tabulate
from briefing.analysis.target_views import AllTime, Asked, View, counting
from briefing.analysis.target_years import DatedTargets
from briefing.core.actor import ActorRow, Basis, Coded
from briefing.core.targeting import (
    Known,
    Matrix,
    TargetCount,
    Targeting,
    TargetingActor,
    TargetingFilter,
    TargetStatement,
)
from briefing.core.tlp import Tlp
from briefing.store.actors import list_actors
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels, read_labels
from briefing.store.targeting import read_targets

NOT_STATED = "Origin not stated"


@dataclass(frozen=True, slots=True)
class _Choice:
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


class TargetingIndex:
    """Answers filters at once, whatever the number of statements.

    What counts: statements about the targets of actors, and about what dated incidents hit that are
    laid to exactly one actor. A statement matches years when the time it speaks of overlaps them;
    one without a date matches no years.

    Under a choice of sectors a country counts the actors said to target both. Catalogues say these
    apart, so an actor whose sector is stated anywhere counts in each of its countries. An incident
    says which sectors it hit where, and counts only there (see ``target_table``). The same holds
    for the sectors under a choice of countries.
    """

    def __init__(
        self, statements: Iterable[TargetStatement], actors: Sequence[ActorRow], labels: Labels
    ) -> None:
        """Sum the statements up."""
        # Those of whom most is said have the lowest numbers: sets of them are short then.
        self._rows = sorted(actors, key=lambda row: (-row.statements, row.id))
        by_name = sorted(range(len(self._rows)), key=lambda number: _name_order(self._rows[number]))
        self._places = {number: place for place, number in enumerate(by_name)}
        self._numbers = {row.id: number for number, row in enumerate(self._rows)}
        self._labels = labels
        self._scopes = {label.code for label in labels.all("scope")}
        self._table = tabulate(statements, self._numbers)
        self._all_time = AllTime(self._table)
        self._dated = DatedTargets(self._table)
        self._everybody = (1 << len(self._rows)) - 1
        self._origins = self._sets_by(lambda row: row.origins or ("",))
        self._kinds = self._sets_by(lambda row: (row.kind,))
        self._last: tuple[TargetingFilter, _Choice] | None = None

    @classmethod
    def read(
        cls, knowledge: KnowledgeFile, actors: Sequence[ActorRow] | None = None
    ) -> TargetingIndex:
        """Build the index of a database.

        Args:
            knowledge: The database.
            actors: Its actors, where they have been read already.
        """
        connection = knowledge.connection
        rows = list_actors(connection) if actors is None else actors
        return cls(read_targets(connection), rows, read_labels(connection))

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of which any dated statement speaks; None where nothing is dated."""
        return self._dated.years

    @property
    def statements(self) -> int:
        """How many statements are counted."""
        return len(self._table)

    def count(self, wanted: TargetingFilter) -> Targeting:
        """Actors and statements by country, place, sector and scope."""
        choice = self._choice(wanted)
        places = choice.view.counts(True, choice.places)
        sectors = choice.view.counts(False, choice.sectors)
        return Targeting(
            countries=_counts((code, n) for code, n in places.items() if ":" not in code),
            places=_counts((code, n) for code, n in places.items() if ":" in code),
            sectors=_counts((code, n) for code, n in sectors.items() if code not in self._scopes),
            known=self._known(wanted, choice),
            scopes=_counts((code, n) for code, n in sectors.items() if code in self._scopes),
            matching=choice.matching.bit_count(),
        )

    def actors_of(
        self,
        wanted: TargetingFilter,
        *,
        country: str = "",
        place: str = "",
        sector: str = "",
        most: int | None = None,
    ) -> tuple[TargetingActor, ...]:
        """The actors that ``count`` counts, and why: most statements first, then by name.

        A cell of a matrix is a sector with the column's origin or actor as the filter's only one.

        Args:
            wanted: As for ``count``.
            country: Only those counted for this country.
            place: Likewise for a region, an organisation or a company.
            sector: Likewise for a sector or scope; with a country or place, those counted for both.
            most: At most so many.
        """
        places = [code for code in (country, place) if code]
        if places and sector:
            wanted = replace(wanted, countries=frozenset(places), sectors=frozenset((sector,)))
        asked_for = [Target(True, code) for code in places]
        asked_for += [Target(False, sector)] if sector else []
        choice = self._choice(wanted)
        targets = asked_for or list(self._table.spans)
        times = self._times(choice, targets)
        shown = sorted(times, key=lambda actor: (-times[actor], self._places[actor]))[:most]
        found: defaultdict[int, list[int]] = defaultdict(list)
        for target in targets:
            for at in self._positions(choice, target, set_of(shown, len(self._rows))):
                found[self._table.actor[at]].append(at)
        return tuple(self._behind(actor, found[actor]) for actor in shown)

    def matrix_by_origin(self, wanted: TargetingFilter) -> Matrix:
        """Sectors by stated origin: how many actors; one with two origins is in two columns."""
        choice = self._choice(wanted)
        rows = self._sector_sets(choice)
        everybody = united(rows.values())
        columns = {
            code: actors & everybody for code, actors in self._origins.items() if actors & everybody
        }
        cells = {
            (row, column): (actors & members).bit_count()
            for row, actors in rows.items()
            for column, members in columns.items()
            if actors & members
        }
        return Matrix(
            rows=self._most_first(rows, self._sector_words),
            columns=self._most_first(columns, self._origin_words),
            cells=cells,
            row_totals={code: actors.bit_count() for code, actors in rows.items()},
            column_totals={code: actors.bit_count() for code, actors in columns.items()},
            actors=everybody.bit_count(),
        )

    def matrix_by_actor(self, wanted: TargetingFilter, *, most: int = 40) -> Matrix:
        """Sectors by actor: how many statements. Those that target most sectors come first.

        Args:
            wanted: As for ``count``.
            most: At most so many actors are columns; totals of rows count all.
        """
        choice = self._choice(wanted)
        rows = self._sector_sets(choice)
        sectors: Counter[int] = Counter()
        for actors in rows.values():
            sectors.update(members_of(actors, len(self._rows)))
        ranked = sorted(sectors, key=lambda actor: (-sectors[actor], self._places[actor]))
        shown = ranked[:most]
        columns = frozenset(shown)
        cells: Counter[tuple[str, str]] = Counter()
        for code in rows:
            for at in self._positions(choice, Target(False, code), set_of(shown, len(self._rows))):
                cells[code, self._rows[self._table.actor[at]].id] += 1
        return Matrix(
            rows=self._most_first(rows, self._sector_words),
            columns=tuple(Coded(self._rows[a].id, self._rows[a].name) for a in shown),
            cells=dict(cells),
            row_totals={code: actors.bit_count() for code, actors in rows.items()},
            column_totals={self._rows[actor].id: 1 for actor in columns},
            actors=len(sectors),
            counts="statements",
            left_out=len(ranked) - len(shown),
        )

    def _choice(self, wanted: TargetingFilter) -> _Choice:
        if self._last is None or self._last[0] != wanted:
            self._last = (wanted, self._worked_out(wanted))
        return self._last[1]

    def _worked_out(self, wanted: TargetingFilter) -> _Choice:
        view = self._view(wanted)
        base = self._base(wanted)
        places = [Target(True, code) for code in wanted.countries]
        sectors = [Target(False, code) for code in wanted.sectors]
        free = {
            place: view.saying(targets, free=True)
            for place, targets in ((True, places), (False, sectors))
            if targets
        }
        matching = base & view.somebody
        if places and sectors:
            together = self._bound_together(view, places, wanted.sectors)
            matching &= (free[True] & free[False]) | together
        elif places or sectors:
            matching &= view.saying(places or sectors)
        return _Choice(
            view=view,
            base=base,
            matching=matching,
            places=self._asked(True, matching, wanted.sectors, free.get(False)),
            sectors=self._asked(False, matching, wanted.countries, free.get(True)),
        )

    def _asked(self, place: bool, matching: int, across: frozenset[str], free: int | None) -> Asked:
        """Which statements count under a choice of the other kind of target, if there is one.

        Args:
            place: Whether of places, else of sectors.
            matching: The actors that match the filter.
            across: Codes of the other kind.
            free: The actors with statements about these that are not bound; None without a choice.
        """
        if free is None:
            return Asked(matching)
        bound = self._table.bound[place]
        flags = flags_of(matching, len(self._rows))
        whose = number_of(bytes(map(flags.__getitem__, bound.actors)))
        counted = number_of(bound.with_any(across)) & whose
        return Asked(matching & free, counted.to_bytes(len(bound.actors), "little"))

    def _bound_together(self, view: View, places: Iterable[Target], sectors: Iterable[str]) -> int:
        """The actors of incidents that hit any of the sectors in any of the places."""
        bound = self._table.bound[True]
        hit = bound.with_any(sectors)
        actors: set[int] = set()
        for target in places:
            span = self._table.spans.get(target, range(0))
            numbers, held = bound.numbers(span), view.held(span)
            positions = compress(bound.positions[numbers], hit[numbers])
            actors.update(self._table.actor[at] for at in positions if held[at - span.start])
        return set_of(actors, len(self._rows))

    def _view(self, wanted: TargetingFilter) -> View:
        first, last = wanted.first_year, wanted.last_year
        if first is None and last is None:
            return self._all_time
        return self._dated.between(
            NO_DATE if first is None else first, LATEST if last is None else last
        )

    def _base(self, wanted: TargetingFilter) -> int:
        base = self._everybody
        if wanted.origins:
            base &= united(self._origins.get(code, 0) for code in wanted.origins)
        if wanted.kinds:
            base &= united(self._kinds.get(code, 0) for code in wanted.kinds)
        if wanted.actors:
            known = (self._numbers[actor] for actor in wanted.actors if actor in self._numbers)
            base &= set_of(known, len(self._rows))
        return base

    def _known(self, wanted: TargetingFilter, choice: _Choice) -> Known:
        undated = 0
        if choice.view is not self._all_time:
            ever = self._worked_out(replace(wanted, first_year=None, last_year=None)).matching
            undated = (ever & self._targeting & ~self._dated.everybody).bit_count()
        return Known(
            actors=choice.base.bit_count(),
            with_country=(choice.base & self._with_country).bit_count(),
            with_sector=(choice.base & self._with_sector).bit_count(),
            with_origin=(choice.base & ~self._origins.get("", 0)).bit_count(),
            countries=len(self._countries),
            undated=undated,
        )

    @cached_property
    def _countries(self) -> list[Target]:
        return [target for target in self._table.spans if target.place and ":" not in target.code]

    @cached_property
    def _with_country(self) -> int:
        return self._all_time.saying(self._countries)

    @cached_property
    def _with_sector(self) -> int:
        spans = self._table.spans
        return self._all_time.saying(
            target for target in spans if not target.place and target.code not in self._scopes
        )

    @cached_property
    def _targeting(self) -> int:
        """The actors that are said to target anything."""
        return self._all_time.saying(self._table.spans)

    def _positions(self, choice: _Choice, target: Target, among: int) -> Iterator[int]:
        """The statements that count for a target, of the actors of a set."""
        span = self._table.spans.get(target, range(0))
        counted = counting(self._table, choice.view, choice.asked(target.place), target)
        flags = flags_of(among, len(self._rows))
        actor = self._table.actor
        return (at for at in compress(span, counted) if flags[actor[at]])

    def _times(self, choice: _Choice, targets: Iterable[Target]) -> Counter[int]:
        """Actor → how many statements count for any of the targets."""
        times: Counter[int] = Counter()
        for target in targets:
            span = self._table.spans.get(target, range(0))
            counted = counting(self._table, choice.view, choice.asked(target.place), target)
            times.update(compress(self._table.actor[span.start : span.stop], counted))
        return times

    def _behind(self, actor: int, positions: Sequence[int]) -> TargetingActor:
        table = self._table
        dated = [years for years in map(table.years, positions) if years]
        return TargetingActor(
            actor=self._rows[actor],
            statements=len(positions),
            years=(min(y for y, _ in dated), max(y for _, y in dated)) if dated else None,
            basis=Basis(
                tuple(
                    dict.fromkeys(
                        source for at in positions for source in table.sources[table.rests_on[at]]
                    )
                ),
                tuple(table.key[at] for at in positions),
                max(Tlp(table.tlp[at]) for at in positions),
            ),
        )

    def _sector_sets(self, choice: _Choice) -> dict[str, int]:
        sets = choice.view.sets(False, choice.sectors)
        return {code: actors for code, actors in sets.items() if code not in self._scopes}

    def _sets_by(self, codes: Callable[[ActorRow], Iterable[str]]) -> dict[str, int]:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for code in codes(row):
                members[code].append(number)
        return {code: set_of(actors, len(self._rows)) for code, actors in members.items()}

    def _sector_words(self, code: str) -> str:
        return self._labels.label("sector", code)

    def _origin_words(self, code: str) -> str:
        return self._labels.target(code) if code else NOT_STATED

    def _most_first(self, sets: dict[str, int], words: Callable[[str], str]) -> tuple[Coded, ...]:
        """Codes with most actors first, then by their words; "" last."""
        coded = [Coded(code, words(code)) for code in sets]
        coded.sort(key=lambda c: (not c.code, -sets[c.code].bit_count(), c.label.casefold()))
        return tuple(coded)


def _name_order(row: ActorRow) -> tuple[str, str]:
    return row.name.casefold(), row.id


def _counts(found: Iterable[tuple[str, tuple[int, int]]]) -> tuple[TargetCount, ...]:
    counts = [TargetCount(code, *numbers) for code, numbers in found]
    return tuple(sorted(counts, key=lambda count: (-count.actors, -count.statements, count.code)))
