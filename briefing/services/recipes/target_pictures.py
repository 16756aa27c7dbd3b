"""Pictures of who targets whom: the map, and the matrix of sectors by origin."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.core.actor import Coded
from briefing.core.brief import AnyBlock, Bars, Matrix, WorldMap, spans
from briefing.core.wording import counted, first_of, listed
from briefing.core.world import World
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.targets_read import ByOrigin, OnMap
from briefing.store.labels import Labels

_ORIGINS = 2
_LISTED = 12
_BARS = 20
_NOTE = "Countries named as targets, whatever the source means by it, and those hit by incidents."


def target_map(
    found: OnMap, labels: Labels, world: World | None, marks: Marks, *, who: str
) -> AnyBlock:
    """Countries with the number of actors that target them; bars where there is no map to draw.

    Args:
        found: What is counted.
        labels: Words of codes.
        world: Shapes of the map.
        marks: Collects the sources.
        who: Whose targets they are, for a reader who cannot see the map.
    """
    rows = [(labels.label("country", one.code), one.actors) for one in found.countries]
    note = marks.text(_NOTE, found.basis, most=3)
    if world is None:
        return Bars(tuple(rows[:_BARS]), "actors", note, **marks.held(found.basis))
    missing = [
        labels.label("country", one.code) for one in found.countries if one.code not in world.shapes
    ]
    if missing:
        note = (*note, *spans(f" Not on the map: {listed(missing)}."))
    words = [f"{label} by {counted(number, 'actor')}" for label, number in rows]
    return WorldMap(
        tuple((one.code, one.actors) for one in found.countries),
        f"World map of countries named as targets of {who}: {first_of(words, _LISTED, 'country')}.",
        note,
        unit="actors",
        **marks.held(found.basis),
    )


def origin_matrix(found: ByOrigin, marks: Marks) -> Matrix:
    """Sectors by the stated origins of the actors that target them."""
    grid = found.grid
    return Matrix(
        "Sector",
        tuple(column.head.label for column in grid.columns),
        tuple(
            (
                row.label,
                tuple(grid.cells.get((row.code, column.code), 0) for column in grid.columns),
            )
            for row in grid.rows
        ),
        tuple(grid.row_totals[row.code] for row in grid.rows),
        "actors",
        own=tuple(row.label for row in grid.rows if row.code in found.own),
        note=marks.text(
            "“·” means no reports, not zero attacks. An origin is what sources state, no finding of"
            " ours; an actor with two origins counts in both columns and once in the total.",
            found.basis,
            most=2,
        ),
        **marks.held(found.basis),
    )


def origin_of(places: Sequence[Coded]) -> str:
    """Origins as they stand under a name: ``Russia``, ``China or Iran``, ``4 countries``."""
    if len(places) > _ORIGINS:
        return f"{len(places)} countries"
    return listed((place.label for place in places), last="or")
