"""Who targets whom, of all actors that an audience may see, and the pictures made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from briefing.analysis.matrix_shape import ALL, Grid, shaped
from briefing.core.actor import ActorRow, Basis
from briefing.core.targeting import Known, TargetCount, TargetingActor, TargetingFilter
from briefing.services.cell_statements import narrowed
from briefing.services.recipes.actor_reading import joined
from briefing.services.recipes.ceiling import Allowed
from briefing.services.targeting import TargetingIndex
from briefing.store.stated_origins import read_stated_origins
from briefing.store.targeting import read_targets

MATRIX_ROWS: Final = 9
MATRIX_COLUMNS: Final = 6
_SPEAKING: Final = 2


@dataclass(frozen=True, slots=True)
class TargetsRead:
    """What is said about targets.

    Attributes:
        index: Counts it.
        known: How much is known at all.
        speaking: The catalogues that say most of it.
        origins: Actor to the code of each stated origin, to the keys of the statements.
    """

    index: TargetingIndex
    known: Known
    speaking: Basis
    origins: Mapping[str, Mapping[str, tuple[int, ...]]]

    def origin_basis(self, actors: Iterable[str]) -> Basis:
        """The statements on where some actors come from."""
        return Basis(
            (),
            tuple(
                key
                for actor in actors
                for keys in self.origins.get(actor, {}).values()
                for key in keys
            ),
        )


@dataclass(frozen=True, slots=True)
class OnMap:
    """Countries that some actors are said to target or that they hit.

    Attributes:
        countries: With the number of these actors, most first.
        of: How many of these actors have a country stated.
        basis: What it rests on.
    """

    countries: tuple[TargetCount, ...]
    of: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class ByOrigin:
    """Sectors by origin: the largest, and those that stand out."""

    grid: Grid
    own: tuple[str, ...]
    basis: Basis


def read_targets_of_all(allowed: Allowed, rows: Mapping[str, ActorRow]) -> TargetsRead:
    """Read what the audience may see.

    Args:
        allowed: What the audience may see.
        rows: The actors it may see by name.
    """
    connection = allowed.reader.connection
    # Of a guarded actor the list leaves origins blank, though they may be stated openly.
    origins = read_stated_origins(connection)
    actors = [replace(row, origins=tuple(origins.get(row.id, ()))) for row in rows.values()]
    statements = [said for said in read_targets(connection) if said.actor in rows]
    catalogues = {one.source for one in allowed.snapshots if one.kind == "catalogue"}
    said = Counter(source for one in statements for source in one.sources if source in catalogues)
    index = TargetingIndex(statements, actors, allowed.labels)
    return TargetsRead(
        index,
        index.count(TargetingFilter()).known,
        Basis(tuple(source for source, _ in said.most_common(_SPEAKING)), ()),
        origins,
    )


def read_map(targets: TargetsRead, wanted: TargetingFilter) -> OnMap:
    """The countries of a choice.

    Args:
        targets: Everything.
        wanted: Which actors, or which sectors.
    """
    countries = targets.index.count(wanted).countries
    behind = [
        one for count in countries for one in targets.index.actors_of(wanted, country=count.code)
    ]
    actors = {one.actor.id for one in behind}
    return OnMap(countries, len(actors), joined(one.basis for one in behind))


def read_by_origin(
    targets: TargetsRead, own: Collection[str], others: Collection[str] | None = None
) -> ByOrigin:
    """The matrix of some sectors by the origins of their actors.

    Args:
        targets: Everything.
        own: Codes of the sectors that stand out.
        others: Codes of those beside them; None for the largest.
    """
    everybody = TargetingFilter()

    def together(row: str, columns: Collection[str]) -> int:
        part = targets.index.matrix_by_origin(narrowed(targets.index, everybody, "origin", columns))
        return part.actors if row == ALL else part.row_totals.get(row, 0)

    whole = targets.index.matrix_by_origin(everybody)
    largest = {head.code for head in whole.rows[:MATRIX_ROWS]}
    shown = {*own, *(largest if others is None else others)}
    kept = replace(whole, rows=tuple(head for head in whole.rows if head.code in shown))
    grid = shaped(kept, "size", most_columns=MATRIX_COLUMNS, together=together)
    behind: list[TargetingActor] = [
        one for head in grid.rows for one in targets.index.actors_of(everybody, sector=head.code)
    ]
    origins = targets.origin_basis(dict.fromkeys(one.actor.id for one in behind))
    return ByOrigin(grid, tuple(own), joined([*(one.basis for one in behind), origins]))
