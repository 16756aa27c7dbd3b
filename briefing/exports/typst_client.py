"""Blocks for a client as the template expects them: actors with reasons, the shaded matrix."""

from __future__ import annotations

from typing import Any

from briefing.core.brief import ActorReasons, Matrix, plain
from briefing.exports.case_words import NO_REPORTS, ORIGIN_NOT_STATED
from briefing.exports.rows import aligned
from briefing.exports.typst_rows import fit
from briefing.exports.typst_words import Words
from briefing.exports.world_svg import classes, shade

KEPT_ROWS = 36
"""A matrix with more rows may break between them, or it would run off the foot of a page."""
_NAME, _WHY = 28.0, 40.0
_SIGN, _SIGNS = 12.4, 60.0
"""Millimetres: a column of squares at most, all of them together."""
_COLUMN, _COLUMNS, _GAPS = 16.0, 86.0, 1.4
"""Millimetres: a column of the matrix at most, all of them together, white on both sides."""
_MATRIX_ROW, _MATRIX_HEAD = 16.4, 36.0


def actor_reasons(block: ActorReasons, words: Words) -> dict[str, Any]:
    """Actors, each with one square a sign."""
    signs = len(block.signs)
    width = min(_SIGN, _SIGNS / max(signs, 1))
    rows = [
        {
            "name": words.line(row.name),
            "origin": words.line(row.origin or ORIGIN_NOT_STATED),
            "why": words.text(row.why),
            "signs": list(aligned(row.signs, signs, False)),
            "points": f"{row.points:.1f}",
            **fit((row.name + " " * 20, _NAME), (plain(row.why), _WHY)),
        }
        for row in block.rows
    ]
    return {
        "type": "actors",
        "signs": [words.head(sign, width) for sign in block.signs],
        "rows": rows,
        "note": words.text(block.note),
    }


def matrix(block: Matrix, words: Words) -> dict[str, Any]:
    """Counts with the shade of each; 0 has none."""
    bounds = classes(tuple(count for _, counts in block.rows for count in counts if count > 0))
    rows = [
        {
            "label": words.line(label),
            "cells": [_cell(count, bounds) for count in aligned(counts, len(block.columns), 0)],
            "total": f"{total:,}",
            "own": label in block.own,
        }
        for (label, counts), total in zip(block.rows, block.totals, strict=True)
    ]
    keep = len(rows) <= KEPT_ROWS
    width = min(_COLUMN, _COLUMNS / max(len(block.columns), 1)) - _GAPS
    return {
        "type": "matrix",
        "head": words.line(block.head),
        "columns": [words.head(column, width) for column in block.columns],
        "rows": rows,
        "unit": words.line(block.unit),
        "note": words.text(block.note),
        "keep": keep,
        "high": _MATRIX_HEAD + _MATRIX_ROW * (len(rows) if keep else 2),
    }


def _cell(count: int, bounds: tuple[int, ...]) -> dict[str, Any]:
    if count <= 0:
        return {"count": NO_REPORTS, "shade": 0}
    return {"count": f"{count:,}", "shade": 1 + shade(count, bounds)}
