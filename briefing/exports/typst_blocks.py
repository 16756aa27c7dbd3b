"""Each kind of block as the template expects it: a dictionary with its type and ready words."""

from __future__ import annotations

from functools import singledispatchmethod
from itertools import pairwise
from typing import Any

from briefing.core.brief import (
    Action,
    Actions,
    AnyBlock,
    Bars,
    Facts,
    HeatTable,
    KeyJudgement,
    Paragraph,
    Quotation,
    SourceList,
    Stages,
    Table,
    Text,
    Timeline,
    Trace,
    WorldMap,
    plain,
)
from briefing.exports import world_svg
from briefing.exports.dates import short_date
from briefing.exports.rows import fitted
from briefing.exports.typst_words import Words

KEPT_WHOLE = 1200
"""Characters. Longer judgements and rows may break, or they would run off the foot of a page."""
_A_LINE_MM = 138 / 72
"""Width of a character in table text that is sure to fit: 72 to the width of a section."""
_VALUE, _EVENT, _LABEL, _TRACE = 114.0, 105.0, 36.0, 25.0
"""Widths in mm: a fact's value, an event, the label of a bar, the narrowest cell of a trace."""
_STAGE_SHARES = (0.05, 0.10, 0.25, 0.50)
"""Upper bounds of the first four shades: share of the techniques that a stage holds."""


class Blocks:
    """Turns the blocks of one brief into the template's dictionaries."""

    def __init__(self, words: Words) -> None:
        """Set words with these."""
        self._words = words

    @singledispatchmethod
    def block(self, block: AnyBlock) -> dict[str, Any]:
        """One block.

        Raises:
            TypeError: for a kind of block that no page knows.
        """
        raise TypeError(f"No page knows the block {type(block).__name__}.")

    @block.register
    def _(self, block: Paragraph) -> dict[str, Any]:
        return {"type": "paragraph", "text": self._words.text(block.text), "edge": block.edge}

    @block.register
    def _(self, block: KeyJudgement) -> dict[str, Any]:
        return {
            "type": "judgement",
            "text": self._words.text(block.text),
            "keep": _short(block.text),
            "term": block.likelihood.term,
            "range": block.likelihood.range,
            "low": block.likelihood.low,
            "confidence": block.confidence.word,
            "steps": block.confidence.steps,
        }

    @block.register
    def _(self, block: Facts) -> dict[str, Any]:
        rows = [
            {
                "label": self._words.line(label),
                "text": self._words.text(value),
                "keep": _kept((plain(value), _VALUE), (label, 24)),
            }
            for label, value in block.rows
        ]
        return {"type": "facts", "rows": rows}

    @block.register
    def _(self, block: Table) -> dict[str, Any]:
        columns = [
            {
                "title": self._words.line(column.title),
                "width": max(column.width, 0.01),
                "numeric": column.numeric,
            }
            for column in block.columns
        ]
        whole = sum(max(column.width, 0.01) for column in block.columns)
        widths = [138 * max(column.width, 0.01) / whole - 3 for column in block.columns]
        rows = [
            {
                "cells": [self._words.text(cell) or ["–"] for cell in row],
                "keep": _kept(*zip(map(plain, row), widths, strict=True)),
            }
            for row in (fitted(row, len(block.columns)) for row in block.rows)
        ]
        note = self._words.text(block.note)
        return {"type": "table", "columns": columns, "rows": rows, "note": note}

    @block.register
    def _(self, block: Bars) -> dict[str, Any]:
        most = max((value for _, value in block.rows), default=0) or 1
        rows = [
            {
                "label": self._words.line(label),
                "value": f"{value:,}",
                "share": max(0.0, value / most),
                "keep": _kept((label, _LABEL)),
            }
            for label, value in block.rows
        ]
        return {
            "type": "bars",
            "rows": rows,
            "unit": self._words.line(block.unit),
            "note": self._words.text(block.note),
        }

    @block.register
    def _(self, block: Timeline) -> dict[str, Any]:
        events = [
            {
                "date": self._words.line(short_date(event.date)),
                "text": self._words.text(event.text),
                "keep": _kept((plain(event.text), _EVENT)),
            }
            for event in block.events
        ]
        return {"type": "timeline", "events": events}

    @block.register
    def _(self, block: Stages) -> dict[str, Any]:
        whole = sum(stage.techniques for stage in block.stages) or 1
        stages = [
            {
                "name": self._words.line(f"{stage.number} {stage.name}"),
                "count": _counted(stage.techniques, "technique"),
                "text": self._words.text(stage.text),
                "shade": 1 + sum(stage.techniques / whole >= share for share in _STAGE_SHARES),
            }
            for stage in block.stages
        ]
        return {
            "type": "stages",
            "stages": stages,
            "keep": all(_short(stage.text) for stage in block.stages),
        }

    @block.register
    def _(self, block: HeatTable) -> dict[str, Any]:
        columns = []
        for column in block.columns:
            cells = [
                {
                    "name": self._words.line(cell.name),
                    "id": self._words.line(cell.attack_id),
                    "groups": f"{cell.groups:,}",
                    "shade": max(1, sum(cell.groups >= bound for bound in block.bounds)),
                }
                for cell in column.cells
            ]
            columns.append(
                {
                    "number": str(column.number),
                    "name": self._words.line(column.name),
                    "total": f"{column.total:,}",
                    "rest": _rest(column.total, len(cells)),
                    "cells": cells,
                }
            )
        names = sum(len(cell.name) for column in block.columns for cell in column.cells)
        return {
            "type": "heat",
            "columns": columns,
            "legend": _legend(block.bounds),
            "of": f"{block.groups_total:,}",
            "note": self._words.text(block.note),
            "keep": names <= 4 * KEPT_WHOLE,
        }

    @block.register
    def _(self, block: Actions) -> dict[str, Any]:
        actions = [
            {
                "do": self._words.line(_joined(action.do, action.why)),
                "why": self._words.text(action.why),
                "codes": self._words.line(_codes(action) or "–"),
                "stage": self._words.line(action.stage or "–"),
                "keep": len(action.do + plain(action.why)) <= KEPT_WHOLE,
            }
            for action in block.actions
        ]
        return {"type": "actions", "actions": actions}

    @block.register
    def _(self, block: Quotation) -> dict[str, Any]:
        return {
            "type": "quotation",
            "text": self._words.text(block.text),
            "by": self._words.line(block.by),
        }

    @block.register
    def _(self, block: WorldMap) -> dict[str, Any]:
        drawn = world_svg.draw(block.countries)
        return {
            "type": "map",
            "svg": drawn.svg,
            "alt": block.alt or "World map of the countries named.",
            "legend": [
                {"label": label, "countries": countries, "fill": fill}
                for label, countries, fill in drawn.legend
            ],
            "named": self._words.line(drawn.named),
            "note": self._words.text(block.note),
            "boundaries": bool(drawn.svg) and "Natural Earth" not in plain(block.note),
        }

    @block.register
    def _(self, block: SourceList) -> dict[str, Any]:
        return {
            "type": "sources",
            "short": block.short,
            "note": self._words.text(block.note),
            "numbers": [],
            "anchors": [],
        }

    @block.register
    def _(self, block: Trace) -> dict[str, Any]:
        rows = []
        for row in block.rows:
            origins = f"{row.origins:,}" if row.origins else "none"
            rows.append(
                {
                    "block": self._words.line(row.block),
                    "says": self._words.line(row.says),
                    "sources": self._words.marks(row.sources),
                    "origins": self._words.line(
                        f"{origins}: {row.origin_names}" if row.origin_names else origins
                    ),
                    "warn": row.origins <= 1,
                    "statements": f"{row.statements:,}",
                    "keep": _kept((row.says, 50), (row.block, _TRACE), (row.origin_names, _TRACE)),
                }
            )
        return {"type": "trace", "rows": rows, "note": self._words.text(block.note)}


def _short(text: Text) -> bool:
    return len(plain(text)) <= KEPT_WHOLE


def _kept(*cells: tuple[str, float]) -> bool:
    """Whether a row must be told to stay whole: cells as words and width in mm.

    A row of single lines cannot break, and telling Typst so costs a second layout of it.
    """
    lines = any(len(words) * _A_LINE_MM > width for words, width in cells)
    return lines and sum(len(words) for words, _ in cells) <= KEPT_WHOLE


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _rest(total: int, listed: int) -> str:
    if total > listed:
        return f"and {total - listed:,} more"
    return "all shown" if listed else "none known"


def _legend(bounds: tuple[int, ...]) -> list[dict[str, Any]]:
    """The classes of a ramp in words; a class that can hold nothing is left out."""
    classes = []
    for shade, (low, above) in enumerate(pairwise(bounds), start=1):
        if above > low:
            label = f"{low:,}" if above == low + 1 else f"{low:,}\N{EN DASH}{above - 1:,}"
            classes.append({"label": label, "shade": shade})
    classes.append({"label": f"{bounds[-1]:,} and more", "shade": len(bounds)})
    return classes


def _codes(action: Action) -> str:
    """Mitigations and techniques: ``M1034, M1042 · T1091``."""
    return " · ".join(", ".join(ids) for ids in (action.mitigations, action.techniques) if ids)


def _joined(do: str, why: Text) -> str:
    """The imperative with the stop it needs before its reason."""
    reason = plain(why).strip()
    words = do.rstrip()
    if not reason or not words or words[-1] in ".,;:!?…":
        return words
    return words + ("." if reason[0].isupper() else ",")
