"""Blocks for a client as the template expects them: actors with reasons, the shaded matrix."""

from __future__ import annotations

from typing import Any

from briefing.core.brief import ActorReasons, Matrix, plain
from briefing.exports.typst_rows import fit
from briefing.exports.typst_words import Words
from briefing.exports.world_svg import classes, shade

KEPT_ROWS = 36
"""A matrix with more rows may break between them, or it would run off the foot of a page."""
NO_REPORTS = "·"
"""What stands for nought in the matrix: nobody reports any, which is not "none"."""
_NAME, _WHY = 28.0, 40.0
_MATRIX_ROW, _MATRIX_HEAD = 16.4, 36.0


def actor_reasons(block: ActorReasons, words: Words) -> dict[str, Any]:
    """Actors, each with one square a sign."""
    signs = len(block.signs)
    rows = [
        {
            "name": words.line(row.name),
            "origin": words.line(row.origin or "origin not stated"),
            "why": words.text(row.why),
            "signs": [*row.signs, *(False,) * signs][:signs],
            "points": f"{row.points:.1f}",
            **fit((row.name + " " * 20, _NAME), (plain(row.why), _WHY)),
        }
        for row in block.rows
    ]
    return {
        "type": "actors",
        "signs": [words.line(sign) for sign in block.signs],
        "rows": rows,
        "note": words.text(block.note),
    }


def matrix(block: Matrix, words: Words) -> dict[str, Any]:
    """Counts with the shade of each; 0 has none."""
    bounds = classes(tuple(count for _, counts in block.rows for count in counts if count > 0))
    columns = len(block.columns)
    rows = []
    for place, (label, counts) in enumerate(block.rows):
        total = block.totals[place] if place < len(block.totals) else sum(counts)
        cells = [
            {"count": f"{count:,}", "shade": 1 + shade(count, bounds)}
            if count > 0
            else {"count": NO_REPORTS, "shade": 0}
            for count in (*counts, *(0,) * columns)[: max(columns, len(counts))]
        ]
        rows.append(
            {
                "label": words.line(label),
                "cells": cells,
                "total": f"{total:,}",
                "own": label in block.own,
            }
        )
    keep = len(rows) <= KEPT_ROWS
    return {
        "type": "matrix",
        "head": words.line(block.head),
        "columns": [words.line(column) for column in block.columns],
        "rows": rows,
        "unit": words.line(block.unit),
        "note": words.text(block.note),
        "keep": keep,
        "high": _MATRIX_HEAD + _MATRIX_ROW * (len(rows) if keep else 2),
    }
