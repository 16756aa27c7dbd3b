"""Who targets whom, counted for a choice of sectors, countries, origins, actors, kinds and years.

The index is built once for a state of the database and only read afterwards; it keeps no
connection, so it may be built on one thread and used on another.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import compress

from briefing.analysis.bit_sets import members_of, set_of, united
from briefing.analysis.target_choice import Choice, Chooser
from briefing.analysis.target_table import Target, tabulate
from briefing.analysis.target_views import counting
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
from briefing.store.ceilings import open_below
from briefing.store.connection import KnowledgeFile
from briefing.store.labels import Labels, read_labels
from briefing.store.targeting import read_targets

NOT_STATED = "Origin not stated"


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
        self._labels = labels
        self._scopes = {label.code for label in labels.all("scope")}
        numbers = {row.id: number for number, row in enumerate(self._rows)}
        self._table = tabulate(statements, numbers)
        self._chooser = Chooser(self._table, self._rows)

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

    @classmethod
    def below(cls, knowledge: KnowledgeFile, ceiling: Tlp) -> TargetingIndex:
        """Build the index of what an audience may see: what is above its ceiling is not counted.

        Args:
            knowledge: The database.
            ceiling: The audience's.
        """
        reader = open_below(knowledge.path, ceiling)
        try:
            connection = reader.connection
            actors, labels = list_actors(connection), read_labels(connection)
            return cls(read_targets(connection), actors, labels)
        finally:
            reader.close()

    @property
    def years(self) -> tuple[int, int] | None:
        """First and last year of which any dated statement speaks; None where nothing is dated."""
        return self._chooser.dated.years

    @property
    def statements(self) -> int:
        """How many statements are counted."""
        return len(self._table)

    def count(self, wanted: TargetingFilter) -> Targeting:
        """Actors and statements by country, place, sector and scope."""
        choice = self._chooser.choice(wanted)
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
            sector: Likewise for a sector or scope; with a country or place those counted for both,
                whatever others the filter asks for.
            most: At most so many.
        """
        places = [code for code in (country, place) if code]
        if places and sector:
            wanted = replace(wanted, countries=frozenset(places), sectors=frozenset((sector,)))
        asked_for = [Target(True, code) for code in places]
        asked_for += [Target(False, sector)] if sector else []
        choice = self._chooser.choice(wanted)
        targets = asked_for or list(self._table.spans)
        times = self._times(choice, targets)
        shown = self._most_often(times, most)
        among = set_of(shown, len(self._rows))
        found: defaultdict[int, list[int]] = defaultdict(list)
        for target in targets:
            for at in self._positions(choice, target, among):
                found[self._table.actor[at]].append(at)
        return tuple(self._behind(actor, found[actor]) for actor in shown)

    def matrix_by_origin(self, wanted: TargetingFilter) -> Matrix:
        """Sectors by stated origin: how many actors; one with two origins is in two columns."""
        choice = self._chooser.choice(wanted)
        rows = self._sector_sets(choice)
        everybody = united(rows.values())
        columns = {
            code: actors & everybody
            for code, actors in self._chooser.origins.items()
            if actors & everybody
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
        choice = self._chooser.choice(wanted)
        rows = self._sector_sets(choice)
        sectors: Counter[int] = Counter()
        for actors in rows.values():
            sectors.update(members_of(actors, len(self._rows)))
        shown = self._most_often(sectors, most)
        among = set_of(shown, len(self._rows))
        cells: Counter[tuple[str, str]] = Counter()
        for code in rows:
            for at in self._positions(choice, Target(False, code), among):
                cells[code, self._rows[self._table.actor[at]].id] += 1
        return Matrix(
            rows=self._most_first(rows, self._sector_words),
            columns=tuple(Coded(self._rows[a].id, self._rows[a].name) for a in shown),
            cells=dict(cells),
            row_totals={code: actors.bit_count() for code, actors in rows.items()},
            column_totals={self._rows[actor].id: 1 for actor in shown},
            actors=len(sectors),
            counts="statements",
            left_out=len(sectors) - len(shown),
        )

    def _known(self, wanted: TargetingFilter, choice: Choice) -> Known:
        return Known(
            actors=choice.base.bit_count(),
            with_country=(choice.base & self._with_country).bit_count(),
            with_sector=(choice.base & self._with_sector).bit_count(),
            with_origin=(choice.base & ~self._chooser.origins.get("", 0)).bit_count(),
            countries=len(self._countries),
            undated=self._chooser.undated(wanted, choice.base).bit_count(),
        )

    @cached_property
    def _countries(self) -> list[Target]:
        return [target for target in self._table.spans if target.place and ":" not in target.code]

    @cached_property
    def _with_country(self) -> int:
        return self._chooser.all_time.saying(self._countries)

    @cached_property
    def _with_sector(self) -> int:
        spans = self._table.spans
        return self._chooser.all_time.saying(
            target for target in spans if not target.place and target.code not in self._scopes
        )

    def _positions(self, choice: Choice, target: Target, among: int) -> Iterable[int]:
        """The statements that count for a target, of the actors of a set."""
        asked = choice.asked(target.place)
        counted = counting(self._table, choice.view, asked, target, among)
        return compress(self._table.spans.get(target, range(0)), counted)

    def _times(self, choice: Choice, targets: Iterable[Target]) -> Counter[int]:
        """Actor → how many statements count for any of the targets."""
        times: Counter[int] = Counter()
        for target in targets:
            span = self._table.spans.get(target, range(0))
            counted = counting(self._table, choice.view, choice.asked(target.place), target)
            times.update(compress(self._table.actor[span.start : span.stop], counted))
        return times

    def _most_often(self, times: Counter[int], most: int | None) -> list[int]:
        """Actors by how often they are counted, then by name; at most so many."""
        # Those that cannot be shown are not sorted: there may be thousands.
        least = min(heapq.nlargest(most, times.values()), default=0) if most else 0
        actors = [actor for actor, often in times.items() if often >= least]
        return sorted(actors, key=lambda actor: (-times[actor], self._places[actor]))[:most]

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

    def _sector_sets(self, choice: Choice) -> dict[str, int]:
        sets = choice.view.sets(False, choice.sectors)
        return {code: actors for code, actors in sets.items() if code not in self._scopes}

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
