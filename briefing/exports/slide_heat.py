"""The heat table on a slide: techniques by stage, most widely shared first."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from briefing.core.brief import HeatCell, HeatColumn, HeatTable
from briefing.exports.shades import heat_legend, heat_shade
from briefing.exports.slide_flow import Item, Piece, Row, Sheet, text_pieces
from briefing.exports.slide_lines import count, cut, widest
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    INK3,
    LEFT,
    WHITE,
    Cell,
    GridRow,
    Para,
    Run,
    Type,
)
from briefing.exports.slide_signs import legend
from briefing.exports.slide_tables import SMALL, table_rows
from briefing.exports.slide_words import Words, on
from briefing.exports.world_svg import RAMP

_HEAD: Final = Type(14, 19, bold=True)
_CELL: Final = Type(10.5, 13)
_HEAD_LINES: Final = 2
_GROUPS: Final = 32.0
"""Width of the number of groups at least, in points."""
_PAD: Final = 5.0
_LEGEND: Final = 15.0


def heat(block: HeatTable, setting: Setting) -> list[Item]:
    """As many rows as the slide holds, and how many techniques each stage has besides."""
    columns = len(block.columns)
    if not columns:
        return []
    words = setting.words
    each = ACROSS / columns
    totals = [_total(column, words) for column in block.columns]
    groups = min(max(_GROUPS, widest(totals) + 2 * _PAD), each / 3)
    bare = Sheet((each - groups, groups) * columns, "Techniques by stage", pad=_PAD, skirt=2)
    names = [_stage(column, words) for column in block.columns]
    sheet = replace(bare, head=(bare.row(_heads(names, totals, bare), 24),))
    most = max((len(column.cells) for column in block.columns), default=0)
    rows: list[Row] = []
    for at in range(most):
        cells = [cell for column in block.columns for cell in _technique(column, at, block, words)]
        rows += table_rows(sheet, cells, setting, at + 1)
    tail = [*_legend(block), *_in_full(names, sheet, setting)]
    beneath = _rest(block, 0, sheet, words).height + sum(item.height + item.gap for item in tail)
    head = sheet.head[0].height
    held = rows if setting.whole else _held(rows, setting.most - head - beneath)
    rest = Row(_rest(block, held[-1].number if held else 0, sheet, words), sheet, most + 1)
    return [*held, rest, *tail]


def _held(rows: list[Row], room: float) -> list[Row]:
    """As many whole rows as fit, and one at least."""
    held = rows
    while held and sum(row.height for row in held) > room:
        held = [row for row in held if row.number < held[-1].number]
    return held or [row for row in rows if row.number == 1]


def _stage(column: HeatColumn, words: Words) -> Para:
    return words.para(f"{column.number} {column.name}", replace(_HEAD, colour=words.look.accent))


def _total(column: HeatColumn, words: Words) -> Para:
    return words.para(f"{column.total:,}" if column.total else "", _HEAD, align="right")


def _heads(names: list[Para], totals: list[Para], sheet: Sheet) -> list[Cell]:
    cells: list[Cell] = []
    for name, total in zip(names, totals, strict=True):
        cells.append(Cell((cut(name, sheet.room(0), _HEAD_LINES),), middle=True))
        cells.append(Cell((total,), middle=True))
    return cells


def _in_full(names: list[Para], sheet: Sheet, setting: Setting) -> list[Item]:
    """Names of stages that had no room."""
    long = [replace(name, type=SMALL) for name in names if count(name, sheet.room(0)) > _HEAD_LINES]
    return text_pieces(long, setting.most, "Stages") if long else []


def _technique(column: HeatColumn, at: int, block: HeatTable, words: Words) -> tuple[Cell, Cell]:
    if at >= len(column.cells):
        empty = Cell((words.para("", _CELL),))
        return empty, empty
    cell = column.cells[at]
    ground = RAMP[heat_shade(cell.groups, block.bounds) - 1]
    colour = on(ground)
    figure = replace(_CELL, colour=colour, bold=True)
    return (
        Cell((_name(cell, colour, words),), fill=ground, rule=WHITE, middle=True),
        Cell(
            (words.para(f"{cell.groups:,}", figure, align="right"),),
            fill=ground,
            rule=WHITE,
            middle=True,
        ),
    )


def _name(cell: HeatCell, colour: str, words: Words) -> Para:
    name = Run(f"{words.line(cell.name)} ", bold=True)
    return Para((name, Run(words.line(cell.attack_id))), replace(_CELL, colour=colour))


def _rest(block: HeatTable, shown: int, sheet: Sheet, words: Words) -> GridRow:
    """How many techniques each stage has that are not shown."""
    quiet = replace(SMALL, colour=INK3)
    cells = []
    for column in block.columns:
        more = column.total - min(shown, len(column.cells))
        said = "all shown" if column.cells else "none stated"
        if more > 0:
            said = f"and {more:,} more"
        cells.append(Cell((words.para(said, quiet),), span=2))
    return sheet.row(cells)


def _legend(block: HeatTable) -> list[Item]:
    entries = [
        (RAMP[step - 1], label) for label, step in heat_legend(block.bounds, block.groups_total)
    ]
    head = f"Groups using it, of {block.groups_total:,}"
    return [Piece(_LEGEND, lambda top: legend(entries, head, LEFT, top), 8.0)]
