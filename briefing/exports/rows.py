"""Rows of a table, as many cells as it has columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from briefing.core.brief import Text
from briefing.core.errors import BriefingError

Cell = TypeVar("Cell")


def fitted(row: tuple[Text, ...], columns: int) -> tuple[Text, ...]:
    """The row with empty cells added where it is short.

    Raises:
        BriefingError: when it has more cells than the table has columns.
    """
    return aligned(row, columns, ())


def aligned(row: Sequence[Cell], columns: int, empty: Cell) -> tuple[Cell, ...]:
    """The row with ``empty`` in the cells that it lacks.

    Raises:
        BriefingError: when it has more cells than the table has columns.
    """
    if len(row) > columns:
        raise BriefingError(
            "A table of the briefing has a row with more cells than columns.",
            f"{len(row)} cells, {columns} columns.",
            "Compose the briefing again.",
        )
    return (*row, *(empty,) * (columns - len(row)))
