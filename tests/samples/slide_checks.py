"""What must hold on every slide, by measure."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.exports.slide_lines import count, height
from briefing.exports.slide_shapes import (
    BODY_BOTTOM,
    HEIGHT,
    WIDTH,
    BarChart,
    Grid,
    Para,
    Picture,
    Run,
    Shape,
    TextBox,
    paras_of,
    place_of,
    words_of,
)
from briefing.exports.slides import BODY_SLIDE, Slide, drawn

ROUNDING = 0.01
"""Points."""


def faults(slide: Slide) -> list[str]:
    """What stands over an edge or is set too small on a slide."""
    found = [fault for shape in drawn(slide) for fault in _faults(shape)]
    if slide.kind == BODY_SLIDE:
        found += [
            f"below the body: {_named(shape)}"
            for shape in slide.shapes
            if place_of(shape).bottom > BODY_BOTTOM + ROUNDING
        ]
    found += [
        f"type of {para.type.size} points: {para.text[:40]}"
        for para in paras_of(drawn(slide))
        if para.type.size < 10
    ]
    return [f"slide {slide.number}: {fault}" for fault in found]


def said(slide: Slide) -> str:
    """Everything that is read on a slide, as one text."""
    return " ".join(words_of(drawn(slide)))


def _faults(shape: Shape) -> Iterator[str]:
    box = place_of(shape)
    if box.left < -ROUNDING or box.top < -ROUNDING:
        yield f"over the left or upper edge: {_named(shape)}"
    if box.right > WIDTH + ROUNDING or box.bottom > HEIGHT + ROUNDING:
        yield f"over the right or lower edge: {_named(shape)}"
    if isinstance(shape, TextBox):
        needed = height(shape.paras, shape.box.width - 2 * shape.inset)
        if needed > shape.box.height + ROUNDING:
            yield f"{needed:.1f} in {shape.box.height:.1f} points: {_named(shape)}"
    elif isinstance(shape, Grid):
        yield from _grid_faults(shape)
    elif isinstance(shape, BarChart):
        pitch = shape.box.height / max(len(shape.rows), 1)
        for label, _ in shape.rows:
            lines = count(Para((Run(label),), shape.type), shape.names)
            if lines * shape.type.line > pitch + ROUNDING:
                yield f"{lines} lines beside a bar: {label}"
    elif isinstance(shape, Picture) and not (shape.alt or shape.decorative):
        yield "a picture without words"


def _grid_faults(grid: Grid) -> Iterator[str]:
    if sum(row.height for row in grid.rows) > grid.box.height + ROUNDING:
        yield f"rows higher than their table: {grid.name}"
    for row in grid.rows:
        column = 0
        for cell in row.cells:
            room = sum(grid.widths[column : column + cell.span]) - 2 * grid.pad
            if height(cell.paras, room) + 2 * grid.skirt > row.height + ROUNDING:
                yield f"a cell higher than its row: {cell.paras[0].text[:40]}"
            column += cell.span
        if column != len(grid.widths):
            yield f"{column} cells in {len(grid.widths)} columns: {grid.name}"


def _named(shape: Shape) -> str:
    words = " ".join(para.text for para in paras_of((shape,)))
    return f"{type(shape).__name__} {words[:40]}"
