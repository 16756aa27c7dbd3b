"""A matrix as it is shown: in an order, with what has no room counted together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final, Literal, TypeAlias

from briefing.analysis.map_classes import ACTOR_BOUNDS
from briefing.analysis.seriation import Order, Thing, arranged
from briefing.core.actor import Coded
from briefing.core.targeting import Matrix

ALL: Final = "*"
"""As a row or column: all of them together, which is what a total counts."""

OTHERS: Final = "*others"
"""Code of the column that counts together what has no column of its own."""

UNSTATED: Final = ""
"""Code of the column of actors whose origin nobody states."""

_UNSTATED_LABEL: Final = "not stated"

STATEMENT_BOUNDS: Final = (1, 2, 3, 5, 9)
"""Lower bounds of the classes of statements per cell; fixed, so that two can be compared."""

Together: TypeAlias = Callable[[str, Collection[str]], int]
"""Row code (or ``ALL``) and column codes → how many different actors they hold together."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        head: Its code and words.
        members: The columns it stands for: itself, or those that are counted together.
    """

    head: Coded
    members: tuple[Coded, ...]

    @property
    def code(self) -> str:
        """Its code."""
        return self.head.code


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix in the order in which it is shown.

    Attributes:
        rows: Heads of the rows that are shown.
        columns: Likewise; "not stated" is the last, what is counted together the one before it.
        cells: (row code, column code) → number; a cell nobody speaks of is absent.
        row_totals: Row code → different actors of the row.
        column_totals: Column code → different actors, or statements where cells count these.
        actors: Different actors of the whole matrix.
        counts: What the cells count.
        all_rows: How many rows there are with those not shown.
        all_columns: How many columns there are with those counted together, without "not stated".
    """

    rows: tuple[Coded, ...] = ()
    columns: tuple[Column, ...] = ()
    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)
    row_totals: Mapping[str, int] = field(default_factory=dict)
    column_totals: Mapping[str, int] = field(default_factory=dict)
    actors: int = 0
    counts: Literal["actors", "statements"] = "actors"
    all_rows: int = 0
    all_columns: int = 0

    @property
    def bounds(self) -> tuple[int, ...]:
        """Lower bounds of the five classes of the cells' shades."""
        return ACTOR_BOUNDS if self.counts == "actors" else STATEMENT_BOUNDS

    @property
    def statements(self) -> int:
        """Sum of all columns; what it is a number of only where cells count statements."""
        return sum(self.column_totals.values())

    def shade(self, number: int, column: str) -> int | None:
        """Step of the sequential ramp for a number from 1 on: 0 for the palest to 4.

        None where many actors' statements are added up beside those of single ones: as a shade
        that would only say that they are many.
        """
        if column == OTHERS and self.counts == "statements":
            return None
        return sum(number >= bound for bound in self.bounds) - 1


def shaped(
    matrix: Matrix,
    order: Order,
    *,
    most_rows: int | None = None,
    most_columns: int | None = None,
    together: Together | None = None,
) -> Grid:
    """Arrange a matrix.

    Args:
        matrix: What is shown.
        order: How rows and columns are arranged. Which of them are shown goes by size always.
        most_rows: How many rows at most; None for all.
        most_columns: How many columns at most besides "not stated"; the rest is counted together.
            One more is shown in place of a column that would stand for it alone.
        together: Counts different actors of several columns; needed where columns are counted
            together and cells count actors, since an actor may be in more than one of them.

    Raises:
        ValueError: when ``together`` is needed and missing.
    """
    columns = _columns(matrix, order, most_columns)
    rows = arranged(_largest(_row_things(matrix), most_rows), order)
    counting = _counting(matrix, together)
    cells = {
        (row.code, column.code): number
        for row in rows
        for column in columns
        if (number := counting(row.code, column))
    }
    return Grid(
        rows=rows,
        columns=columns,
        cells=cells,
        row_totals={row.code: matrix.row_totals.get(row.code, 0) for row in rows},
        column_totals={column.code: counting(ALL, column) for column in columns},
        actors=matrix.actors,
        counts=matrix.counts,
        all_rows=len(matrix.rows),
        all_columns=sum(column.code != UNSTATED for column in matrix.columns),
    )


# Cells are divided by the root of what their row or column adds up to (the chi-squared metric of
# correspondence analysis: Benzécri, "L'analyse des données", 1973). Otherwise all would be alike
# because everybody targets governments and most actors come from few countries.


def _things(
    heads: Sequence[Coded],
    sizes: Mapping[str, int],
    cells: Iterable[tuple[str, str, int]],
) -> list[Thing]:
    """Rows with what they hold in columns, or the other way round.

    Args:
        heads: Rows, say.
        sizes: Row code → its total.
        cells: Row code, column code, number.
    """
    holds: defaultdict[str, dict[str, int]] = defaultdict(dict)
    sums: Counter[str] = Counter()
    for code, across, number in cells:
        holds[code][across] = number
        sums[across] += number
    return [
        Thing(
            head,
            sizes.get(head.code, 0),
            {across: number / sqrt(sums[across]) for across, number in holds[head.code].items()},
        )
        for head in heads
    ]


def _row_things(matrix: Matrix) -> list[Thing]:
    cells = ((row, column, number) for (row, column), number in matrix.cells.items())
    return _things(matrix.rows, matrix.row_totals, cells)


def _column_things(matrix: Matrix) -> list[Thing]:
    cells = ((column, row, number) for (row, column), number in matrix.cells.items())
    return _things(matrix.columns, _column_totals(matrix), cells)


def _column_totals(matrix: Matrix) -> Mapping[str, int]:
    if matrix.counts == "actors":
        return matrix.column_totals
    sums: Counter[str] = Counter()
    for (_, column), number in matrix.cells.items():
        sums[column] += number
    return sums


def _largest(things: Sequence[Thing], most: int | None) -> list[Thing]:
    """The largest; one more than asked for, where only that one would be left out."""
    if most is None or len(things) <= most + 1:
        return list(things)
    return sorted(things, key=lambda thing: -thing.size)[:most]


def _columns(matrix: Matrix, order: Order, most: int | None) -> tuple[Column, ...]:
    things = _column_things(matrix)
    stated = [thing for thing in things if thing.head.code != UNSTATED]
    shown = _largest(stated, most)
    columns = [Column(head, (head,)) for head in arranged(shown, order)]
    if len(shown) < len(stated):
        own = {thing.head.code for thing in shown}
        rest = tuple(thing.head for thing in stated if thing.head.code not in own)
        columns.append(Column(Coded(OTHERS, f"{len(rest):,} others"), rest))
    if len(stated) < len(things):
        head = Coded(UNSTATED, _UNSTATED_LABEL)
        columns.append(Column(head, (head,)))
    return tuple(columns)


def _counting(matrix: Matrix, together: Together | None) -> Callable[[str, Column], int]:
    totals = _column_totals(matrix)

    def count(row: str, column: Column) -> int:
        codes = [member.code for member in column.members]
        if column.code == OTHERS and matrix.counts == "actors":
            if together is None:
                raise ValueError("Actors of several columns cannot be added up: count them.")
            return together(row, codes)
        if row == ALL:
            return sum(totals.get(code, 0) for code in codes)
        return sum(matrix.cells.get((row, code), 0) for code in codes)

    return count
