"""Blocks that are pictures on a slide: bars, the four stages, the world map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from briefing.core.brief import Bars, Stage, Stages, WorldMap
from briefing.exports import world_svg
from briefing.exports.phrases import counted
from briefing.exports.slide_flow import Item, Piece, Row, Sheet, draw, needs, pages, text_pieces
from briefing.exports.slide_lines import count, cut, height, parted, widest
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    BODY_TOP,
    INK2,
    INK3,
    LEFT,
    MIST2,
    RIGHT,
    ROW_LINE,
    WHITE,
    BarChart,
    Box,
    Cell,
    Para,
    Picture,
    Rect,
    Run,
    Shape,
    TextBox,
    Type,
)
from briefing.exports.slide_tables import HEAD, MORE, SMALL, TABLE, headed, table_rows
from briefing.exports.slide_words import UNKNOWN, Words

BARS: Final = (Type(14, 18), Type(13, 16))
"""Labels of one line, and labels of two."""
_HIGH, _LOW, _LOW_OF_TWO = 36.0, 26.0, 34.0
"""Height in points of a bar with its gap: at most, at least, and at least with two lines."""
_NAMES, _PANEL_NAMES = 0.42, 0.48
"""Share of a chart's width for the labels of its bars, at most."""
_STAGE: Final = (Type(16, 22), Type(15, 20), Type(14, 19), Type(13, 17.5))
_PANEL, _PANEL_GAP, _INSET = 370.0, 28.0, 20.0
_MAP, _MAP_GAP = 624.0, 28.0
_MAP_SHAPE: Final = 5337 / 12000
"""Height of the world to its width, as its shapes are kept."""


def bars(block: Bars, setting: Setting) -> list[Item]:
    """A chart whose numbers can be edited; a table where labels have no room beside the bars."""
    words = setting.words
    rows = tuple((words.line(label) or UNKNOWN, value) for label, value in block.rows)
    unit = words.line(block.unit)
    if any(_label_lines(label, BARS[1]) > 2 for label, _ in rows):
        return _as_table(rows, unit, setting)
    one = all(_label_lines(label, BARS[0]) == 1 for label, _ in rows)
    type_, low = (BARS[0], _LOW) if one else (BARS[1], _LOW_OF_TWO)
    most = max(int(setting.most / low), 1)
    if setting.whole or len(rows) <= most:
        return [
            _chart(rows[at : at + most], unit, type_, setting) for at in range(0, len(rows), most)
        ]
    kept = max(int((setting.most - SMALL.line - 10) / low), 1)
    more = setting.words.small(MORE.format(count=len(rows) - kept), SMALL)
    return [
        _chart(rows[:kept], unit, type_, replace(setting, most=setting.most - SMALL.line - 10)),
        *text_pieces((more,), SMALL.line, "And more"),
    ]


def _label_lines(label: str, type_: Type) -> int:
    return count(Para((Run(label),), type_), ACROSS * _NAMES)


def _chart(rows: tuple[tuple[str, int], ...], unit: str, type_: Type, setting: Setting) -> Piece:
    high = min(len(rows) * max(_HIGH, type_.line * 2.4), setting.most)
    names = min(widest([Para((Run(label),), type_) for label, _ in rows]) + 12, ACROSS * _NAMES)
    said = "; ".join(f"{label}: {value:,}" for label, value in rows)
    alt = f"Bar chart, {unit}. {said}."

    def drawn(top: float) -> tuple[Shape, ...]:
        box = Box(LEFT, top, ACROSS, high)
        return (BarChart(box, rows, unit, alt, type_, names),)

    return Piece(high, drawn, 12.0)


def _as_table(rows: Sequence[tuple[str, int]], unit: str, setting: Setting) -> list[Item]:
    words = setting.words
    type_ = TABLE[setting.level]
    heads = [words.para("", HEAD), words.para(unit, HEAD, align="right")]
    sheet = headed((ACROSS - 130, 130.0), "Bars", heads)
    made: list[Item] = []
    for number, (label, value) in enumerate(rows, start=1):
        figure = words.para(f"{value:,}", type_, align="right")
        cells = (Cell((words.para(label, type_),), rule=ROW_LINE), Cell((figure,), rule=ROW_LINE))
        made += table_rows(sheet, cells, setting, number)
    return made


def stages(block: Stages, words: Words, room: float) -> list[tuple[Shape, ...]]:
    """What is done in each stage, and a panel with the number of techniques beside it."""
    counts = any(stage.techniques for stage in block.stages)
    wide = ACROSS - _PANEL - _PANEL_GAP if counts else ACROSS
    found: list[list[Item]] = []
    for type_ in _STAGE:
        found = pages(_stage_rows(block.stages, words, type_, wide, room), room)
        if len(found) <= 1:
            break
    panel = _panel(block.stages, words, room) if counts else ()
    slides = [draw(page, BODY_TOP) for page in found]
    return [(*slides[0], *panel), *slides[1:]] if slides else []


def _stage_rows(
    shown: Sequence[Stage], words: Words, type_: Type, wide: float, room: float
) -> list[Item]:
    name, between = 150.0, 12.0
    sheet = Sheet((name, between, wide - name - between), "Stages", pad=0, skirt=8)
    apart = Cell((words.para("", type_),), rule=ROW_LINE)
    rows: list[Item] = []
    for number, stage in enumerate(shown, start=1):
        bold = replace(type_, bold=True)
        techniques = counted(stage.techniques, "technique") if stage.techniques else ""
        head = words.para(f"{stage.number} {stage.name}", bold)
        under = Type(12, 16, colour=INK3)
        cells = (
            Cell((head, *((words.para(techniques, under),) if techniques else ())), rule=ROW_LINE),
            apart,
            Cell((words.para(stage.text, type_, empty=UNKNOWN),), rule=ROW_LINE),
        )
        rows += [Row(row, sheet, number) for row in sheet.rows(cells, room)]
    return rows


def _panel(shown: Sequence[Stage], words: Words, room: float) -> tuple[Shape, ...]:
    left = RIGHT - _PANEL
    inner = _PANEL - 2 * _INSET
    names = inner * _PANEL_NAMES
    rows = tuple(
        (cut(words.para(f"{stage.number} {stage.name}", BARS[1]), names, 2).text, stage.techniques)
        for stage in shown
    )
    head = words.para("Techniques per stage", Type(16, 21, bold=True))
    high = min(46.0 * len(rows), room - 62)
    said = "; ".join(f"{label}: {value:,}" for label, value in rows)
    return (
        Rect(Box(left, BODY_TOP, _PANEL, high + 62), MIST2),
        TextBox(Box(left + _INSET, BODY_TOP + 16, inner, 21), (head,), "Techniques per stage"),
        BarChart(
            Box(left + _INSET, BODY_TOP + 46, inner, high),
            rows,
            "techniques",
            f"Bar chart, techniques per stage. {said}.",
            BARS[1],
            names,
        ),
    )


def world_map(block: WorldMap, words: Words, room: float) -> list[tuple[Shape, ...]]:
    """The map, its classes in words beside it, and the countries most often named."""
    drawn = world_svg.draw(block.countries)
    high = min(_MAP * _MAP_SHAPE, room)
    left = RIGHT - (ACROSS - _MAP - _MAP_GAP) if drawn.svg else LEFT
    shapes: list[Shape] = []
    if drawn.svg:
        box = Box(LEFT, BODY_TOP + 6, high / _MAP_SHAPE, high)
        alt = words.line(block.alt) or "World map of the countries named."
        shapes.append(Picture(box, drawn.svg, alt))
    legend = _classes(drawn.legend, words, left, block.unit)
    shapes += draw(legend, BODY_TOP)
    top = BODY_TOP + needs(legend) + 14
    named = words.para(drawn.named, Type(13, 18, colour=INK2))
    below = BODY_TOP + room - top
    first, *rest = parted(named, RIGHT - left, max(int(below / 18), 1))
    box = Box(left, top, RIGHT - left, height((first,), RIGHT - left))
    slides = [(*shapes, TextBox(box, (first,), "Countries"))]
    for page in pages(text_pieces(rest, room, "Countries"), room) if rest else []:
        slides.append(draw(page, BODY_TOP))
    return slides


def _classes(
    rows: Sequence[tuple[str, int, str]], words: Words, left: float, unit: str
) -> list[Item]:
    """The legend as a table: fill, class, how many countries fall in it; most first."""
    wide = RIGHT - left
    type_ = Type(13, 17)
    sheet = Sheet((26.0, wide * 0.42 - 26, wide * 0.58), "Legend", left, pad=0, skirt=1.5)
    title = f"{unit[:1].upper()}{unit[1:]} per country"
    head = Cell((words.para(title, Type(14, 19, bold=True)),), span=3)
    made: list[Item] = [Row(sheet.row((head,), 26), sheet, 0)]
    quiet = replace(type_, colour=INK3)
    classes = [(fill, label, _countries(count)) for label, count, fill in reversed(rows)]
    classes.append((world_svg.NO_DATA, "none", "no reports"))
    for number, (fill, label, held) in enumerate(classes, start=1):
        cells = (
            Cell((words.para("", type_),), fill=fill, frame=WHITE),
            Cell((words.para(f"  {label}", type_),), middle=True),
            Cell((words.para(held, quiet, align="right"),), middle=True),
        )
        made.append(Row(sheet.row(cells), sheet, number))
    return made


def _countries(count: int) -> str:
    return f"{count:,} {'country' if count == 1 else 'countries'}"
