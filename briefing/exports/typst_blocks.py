"""Each kind of block as the template expects it: a dictionary with its type and ready words."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from briefing.core.brief import (
    AchTable,
    Action,
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Bars,
    Bullets,
    ClaimsEvidence,
    Facts,
    HeatTable,
    KeyJudgement,
    Matrix,
    Note,
    Paragraph,
    Quotation,
    SourceList,
    Stages,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
    plain,
)
from briefing.core.dates import short_date
from briefing.exports import typst_case, typst_client, typst_notes, world_svg
from briefing.exports.marks import without_marks
from briefing.exports.phrases import codes, counted, imperative, left_out, starts_with_words
from briefing.exports.rows import fitted
from briefing.exports.shades import heat_legend, heat_shade, stage_shades
from briefing.exports.typst_rows import KEPT_WHOLE, fit, stacked
from briefing.exports.typst_words import Words

_VALUE, _EVENT, _ACTION, _LABEL = 114.0, 105.0, 57.0, 36.0
"""Widths in mm: a fact's value, an event, an action with its reason, a bar's label."""
_BARS, _BAR_GAP, _BARS_KEPT = 45.0, 5.0, 480.0
"""Points: unit and note of a bar chart, room between bars, and the tallest that stays whole."""


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
    def _(self, block: Bullets) -> dict[str, Any]:
        return {"type": "bullets", "items": [self._words.text(item) for item in block.items]}

    @block.register
    def _(self, block: KeyJudgement) -> dict[str, Any]:
        return {
            "type": "judgement",
            "text": self._words.text(block.text),
            "keep": _short(block.text),
            **typst_case.estimate(block.likelihood, block.confidence),
        }

    @block.register
    def _(self, block: Facts) -> dict[str, Any]:
        rows = [
            {
                "label": self._words.line(label),
                "text": self._words.text(value),
                **fit((plain(value), _VALUE), (label, 22)),
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
        widths = [max(138 * column.width / whole - 3, 5.0) for column in block.columns]
        rows = [
            {
                "cells": [self._words.text(cell) or ["–"] for cell in row],
                **fit(*zip(map(plain, row), widths, strict=True)),
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
                **fit((label, _LABEL)),
            }
            for label, value in block.rows
        ]
        high = _BARS + sum(fit((label, _LABEL))["high"] + _BAR_GAP for label, _ in block.rows)
        return {
            "type": "bars",
            "rows": rows,
            **({"keep": True, "high": high} if high <= _BARS_KEPT else {"keep": False}),
            "unit": self._words.line(block.unit),
            "note": self._words.text(block.note),
        }

    @block.register
    def _(self, block: Timeline) -> dict[str, Any]:
        events = [
            {
                "date": self._words.line(short_date(event.date)),
                "text": self._words.text(event.text),
                **fit((plain(event.text), _EVENT)),
            }
            for event in block.events
        ]
        return {"type": "timeline", "rows": events}

    @block.register
    def _(self, block: Stages) -> dict[str, Any]:
        stages = [
            {
                "name": self._words.line(f"{stage.number} {stage.name}"),
                "count": counted(stage.techniques, "technique") if stage.techniques else "",
                "text": self._words.text(stage.text),
                "shade": shade,
            }
            for stage, shade in zip(block.stages, stage_shades(block), strict=True)
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
                    "shade": heat_shade(cell.groups, block.bounds),
                }
                for cell in column.cells
            ]
            columns.append(
                {
                    "number": str(column.number),
                    "name": self._words.line(column.name),
                    "total": f"{column.total:,}" if column.total else "",
                    "rest": left_out(column.total, len(cells)),
                    "cells": cells,
                }
            )
        names = sum(len(cell.name) for column in block.columns for cell in column.cells)
        return {
            "type": "heat",
            "columns": columns,
            "legend": [
                {"label": label, "shade": shade}
                for label, shade in heat_legend(block.bounds, block.groups_total)
            ],
            "of": f"{block.groups_total:,}",
            "note": self._words.text(block.note),
            "keep": names <= 4 * KEPT_WHOLE,
        }

    @block.register
    def _(self, block: Actions) -> dict[str, Any]:
        costed = any(action.cost or action.who for action in block.actions)
        rows = [self._action(action, costed) for action in block.actions]
        return {"type": "actions", "rows": rows, "costed": costed}

    def _action(self, action: Action, costed: bool) -> dict[str, Any]:
        said, ids = f"{action.do} {plain(action.why)}", codes(action)
        below = stacked((said, _ACTION), (ids, _ACTION)) if costed else None
        return {
            "do": self._words.line(imperative(action.do, action.why)),
            "why": self._words.text(action.why),
            "gap": starts_with_words(action.why),
            "codes": self._words.line(ids or "–" * (not costed)),
            "stage": self._words.line(action.stage or "–"),
            "cost": self._words.line(action.cost or "–"),
            "who": self._words.line(action.who or "–"),
            **(below or fit((said, _ACTION), (ids, 41))),
        }

    @block.register
    def _(self, block: Quotation) -> dict[str, Any]:
        words, marks = without_marks(block.text)
        return {
            "type": "quotation",
            "text": self._words.text(words),
            "marks": self._words.text(marks),
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
            "unit": self._words.line(block.unit[:1].upper() + block.unit[1:]),
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
                    **fit(
                        *((row.says, 48), (row.block, 34), (row.origin_names, 30)),
                        ("[00]" * len(row.sources), 28),
                    ),
                }
            )
        return {"type": "trace", "rows": rows, "note": self._words.text(block.note)}

    @block.register
    def _(self, block: ActorReasons) -> dict[str, Any]:
        return typst_client.actor_reasons(block, self._words)

    @block.register
    def _(self, block: Matrix) -> dict[str, Any]:
        return typst_client.matrix(block, self._words)

    @block.register
    def _(self, block: ClaimsEvidence) -> dict[str, Any]:
        return typst_case.claims_evidence(block, self._words)

    @block.register
    def _(self, block: AchTable) -> dict[str, Any]:
        return typst_case.ach(block, self._words)

    @block.register
    def _(self, block: Assessed) -> dict[str, Any]:
        return typst_case.assessed(block, self._words)

    @block.register
    def _(self, block: WarningList) -> dict[str, Any]:
        return typst_case.warning_list(block, self._words)

    @block.register
    def _(self, block: Note) -> dict[str, Any]:
        return typst_notes.note(block, self._words)


def _short(text: Text) -> bool:
    return len(plain(text)) <= KEPT_WHOLE
