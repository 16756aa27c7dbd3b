"""Sentences of the matrices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from briefing.analysis.matrix_shape import OTHERS, UNSTATED, Grid
from briefing.core.targeting import Known
from briefing.core.wording import counted
from briefing.services.cell_statements import ColumnKind
from briefing.ui.widgets.matrix_geometry import GridWords

ORDERS: Final = (("size", "By size"), ("clustered", "Clustered"), ("name", "By name"))
"""Orders of rows and columns, and what they are called."""

ORDER_HELP: Final = (
    "By size: what is named most comes first. Clustered: rows and columns that resemble each"
    " other stand side by side, so that what belongs together can be seen. By name: alphabetical."
)

NO_ATTACK: Final = "A missing report says nothing about a missing attack."
NOTHING: Final = ("Nobody names a sector for this choice.", "Take a filter away to see more.")


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a matrix of one kind is called and counts."""

    grid: GridWords
    column: str
    per_cell: str
    caution: str


WORDS: Final[Mapping[ColumnKind, KindWords]] = {
    "origin": KindWords(
        GridWords("Sector × origin", "actor", "all", "Actors with any known sector", "actor"),
        "origin",
        "actors per cell",
        "An actor counts once in each of its sectors, so columns do not add up.",
    ),
    "actor": KindWords(
        GridWords("Sector × actor", "statement", "actors", "Statements of the actor", "actor"),
        "actor",
        "statements per cell",
        "The last column counts actors, each once in each of its sectors, so it does not add up.",
    ),
}


def head_note(kind: ColumnKind, grid: Grid) -> str:
    """What stands beside the heading: what is counted, and how much of it is shown."""
    words = WORDS[kind]
    if not grid.rows:
        return ""
    rows = len(grid.rows)
    columns = sum(column.code not in (OTHERS, UNSTATED) for column in grid.columns)
    shown = [
        f"{rows} of {counted(grid.all_rows, 'sector')}" if rows < grid.all_rows else "",
        f"{columns} of {counted(grid.all_columns, words.column)}, the others together"
        if columns < grid.all_columns
        else "",
    ]
    return ", ".join(filter(None, (words.per_cell, *shown)))


def foot_note(kind: ColumnKind, known: Known, grid: Grid) -> str:
    """What to mind, and of how many actors anything is known at all."""
    parts = [f"Sectors known for {known.with_sector:,} of {counted(known.actors, 'actor')}"]
    if grid.actors != known.with_sector:
        parts.append(f"{grid.actors:,} of them match what is chosen")
    if known.undated:
        parts.append(
            f"{counted(known.undated, 'actor')} left out, of whom nothing said bears a date"
        )
    caution = f"{WORDS[kind].caution} " if grid.rows else ""
    return f"{caution}{'; '.join(parts)}. {NO_ATTACK}"


def rows_link(grid: Grid, few: int | None) -> str:
    """What the link at the heading offers; "" where there is nothing to choose."""
    if len(grid.rows) < grid.all_rows:
        return f"All {grid.all_rows} sectors"
    return f"Top {few} sectors" if few is not None and few + 1 < grid.all_rows else ""


def columns_link(kind: ColumnKind, grid: Grid, few: int) -> str:
    """Likewise for columns."""
    noun = f"{WORDS[kind].column}s"
    if any(len(column.members) > 1 for column in grid.columns):
        return f"All {grid.all_columns:,} {noun}"
    return f"Top {few} {noun}" if few + 1 < grid.all_columns else ""
