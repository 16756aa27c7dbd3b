"""A matrix in words: what stands in a place, and all of it for the clipboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel

from briefing.analysis.matrix_shape import ALL, Grid
from briefing.core.wording import counted
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.widgets.matrix_geometry import GridWords
from briefing.ui.widgets.table_text import rows_as_csv, rows_as_text

NO_REPORTS: Final = "no reports"


def number_at(grid: Grid, words: GridWords, row: str, column: str) -> tuple[int, str]:
    """What stands in a cell or a total (``ALL``), and its noun; 0 where nobody reports."""
    if row == ALL and column == ALL:
        return grid.actors, words.total_noun
    if row == ALL:
        return grid.column_totals.get(column, 0), words.noun
    if column == ALL:
        return grid.row_totals.get(row, 0), words.total_noun
    return grid.cells.get((row, column), 0), words.noun


def words_at(grid: Grid, words: GridWords, row: str, column: str) -> tuple[str, str]:
    """A cell or a total in words, and what stands there: ``Government × China``, ``36 actors``."""
    rows = {head.code: head.label for head in grid.rows}
    columns = {head.code: head.head.label for head in grid.columns}
    place = (rows.get(row, ""), columns.get(column, ""))
    number, noun = number_at(grid, words, row, column)
    name = " × ".join(filter(None, place)) or words.title
    return name, counted(number, noun) if number else NO_REPORTS


def matrix_as_text(grid: Grid, words: GridWords) -> str:
    """A line for the heads and each row, cells apart by tabs, empty where nobody reports."""
    model = _model(grid, words)
    heads = "\t".join(_heads(grid, words))
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return "\n".join((heads, rows_as_text(model, rows, columns)))


def matrix_as_csv(grid: Grid, words: GridWords) -> str:
    """The same as CSV."""
    model = _model(grid, words)
    return rows_as_csv(model, range(model.rowCount()), range(model.columnCount()))


def _heads(grid: Grid, words: GridWords) -> list[str]:
    return [words.title, *(column.head.label for column in grid.columns), words.total_column]


def _model(grid: Grid, words: GridWords) -> QAbstractItemModel:
    model = PlainTableModel()
    rows = [
        (
            row.label,
            [grid.cells.get((row.code, column.code)) for column in grid.columns],
            grid.row_totals.get(row.code),
        )
        for row in grid.rows
    ]
    totals: list[int | None] = [grid.column_totals.get(column.code) for column in grid.columns]
    rows.append((words.total_row, totals, grid.actors))
    model.set_table(
        [PlainColumn(head) for head in _heads(grid, words)],
        [
            PlainRow("", tuple(map(PlainCell, (label, *map(_figure, (*numbers, total))))))
            for label, numbers, total in rows
        ],
    )
    return model


def _figure(number: int | None) -> str:
    return str(number) if number else ""
