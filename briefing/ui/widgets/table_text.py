"""Rows of a table as text for the clipboard."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt

# A spreadsheet takes a cell that begins so for a formula and runs it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def rows_as_text(model: QAbstractItemModel, rows: Sequence[int], columns: Sequence[int]) -> str:
    """One line a row, cells apart by tabs, without heads; line breaks in a cell become spaces."""
    lines = (
        "\t".join(" ".join(cell.split()) for cell in _cells(model, row, columns)) for row in rows
    )
    return "\n".join(lines)


def rows_as_csv(model: QAbstractItemModel, rows: Sequence[int], columns: Sequence[int]) -> str:
    """Heads and rows as CSV; what a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = (model.headerData(column, Qt.Orientation.Horizontal) for column in columns)
    writer.writerow(["" if head is None else str(head) for head in heads])
    for row in rows:
        writer.writerow([_harmless(cell) for cell in _cells(model, row, columns)])
    return out.getvalue()


def _cells(model: QAbstractItemModel, row: int, columns: Sequence[int]) -> list[str]:
    values = (model.index(row, column).data(Qt.ItemDataRole.DisplayRole) for column in columns)
    return ["" if value is None else str(value) for value in values]


def _harmless(cell: str) -> str:
    if cell.startswith(_FORMULA_STARTS) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(",", "").replace(".", "", 1).isdigit()
