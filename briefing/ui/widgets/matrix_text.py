"""A matrix for the clipboard: heads, cells and totals; an empty cell where nobody reports."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel

from briefing.analysis.matrix_shape import Grid
from briefing.ui.models.plain_table import PlainCell, PlainColumn, PlainRow, PlainTableModel
from briefing.ui.widgets.matrix_geometry import GridWords
from briefing.ui.widgets.table_text import rows_as_csv, rows_as_text


def matrix_as_text(grid: Grid, words: GridWords) -> str:
    """A line for the heads and each row, cells apart by tabs."""
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
