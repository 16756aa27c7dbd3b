"""Paints a slide from the same shapes that the exported file holds, crisp at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Final, TypeAlias

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from briefing.exports.raster import rasterised
from briefing.exports.slide_shapes import (
    BAR,
    SECTION_LINE,
    WHITE,
    WIDTH,
    BarChart,
    Box,
    Cell,
    Grid,
    Group,
    Para,
    Picture,
    Rect,
    Run,
    Shape,
    TextBox,
    Type,
)
from briefing.exports.slides import Slide, drawn
from briefing.ui.widgets.slide_text import draw, laid_out

Stroke: TypeAlias = Callable[[QPainter], None]
"""Draws something on a painter whose unit is the point."""

_CORNER: Final = 0.09
"""Radius of a framed box against its shorter side, as in the file."""
_BOX_LINE, _RECT_LINE = 1.0, 0.75
_RULE, _WHITE_RULE, _FRAME = 0.75, 2.0, 1.5
_VALUES_ROOM: Final = 0.10
"""Share of a chart's width at the right for the value of the longest bar."""
_BAR_SHARE: Final = 1 / 1.7
"""Of the room of a row, the bar: the gap is 70 per cent of it."""
_LABEL_GAP: Final = 6.0
_PPI: Final = 254.0
_MILLIMETRE: Final = 25.4 / _PPI
"""A pixel at that resolution."""


def slide_image(slide: Slide, size: QSize) -> QImage:
    """A picture of a slide in device pixels, as wide to high as a slide.

    Any thread may draw one, but two at a time may not.

    Raises:
        BriefingError: when a drawing on it cannot be set.
    """
    made = QImage(size, QImage.Format.Format_RGB32)
    made.fill(QColor(WHITE))
    painter = QPainter(made)
    try:
        paint_slide(painter, slide, size.width() / WIDTH)
    finally:
        painter.end()
    return made


def paint_slide(painter: QPainter, slide: Slide, scale: float) -> None:
    """Draw a slide from the painter's origin, so many pixels to the point.

    Raises:
        BriefingError: when a drawing on it cannot be set.
    """
    painter.save()
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.scale(scale, scale)
    for shape in drawn(slide):
        for stroke in _strokes(shape):
            stroke(painter)
    painter.restore()


def _strokes(shape: Shape) -> Iterator[Stroke]:
    match shape:
        case TextBox():
            yield from _text_box(shape)
        case Rect():
            yield partial(_rect, shape)
        case Group():
            yield from (partial(_rect, rect) for rect in shape.rects)
        case Grid():
            yield from _grid(shape)
        case BarChart():
            yield from _chart(shape)
        case Picture():
            yield _picture(shape)


def _text_box(shape: TextBox) -> Iterator[Stroke]:
    box = shape.box
    if shape.fill or shape.outline:
        yield partial(_framed, shape)
    room = Box(box.left + shape.inset, box.top, box.width - 2 * shape.inset, box.height)
    yield _words(shape.paras, room, middle=shape.middle)


def _words(paras: tuple[Para, ...], room: Box, *, middle: bool = False) -> Stroke:
    laid = laid_out(paras, room, middle=middle)
    return lambda painter: draw(painter, laid)


def _framed(shape: TextBox, painter: QPainter) -> None:
    painter.setPen(QPen(QColor(shape.outline), _BOX_LINE) if shape.outline else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
    radius = _CORNER * min(shape.box.width, shape.box.height) if shape.outline else 0.0
    painter.drawRoundedRect(_qrect(shape.box), radius, radius)


def _rect(rect: Rect, painter: QPainter) -> None:
    painter.setPen(QPen(QColor(rect.outline), _RECT_LINE) if rect.outline else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(rect.fill))
    painter.drawRect(_qrect(rect.box))


def _grid(grid: Grid) -> Iterator[Stroke]:
    places = list(_places(grid))
    for cell, box in places:
        if cell.fill:
            yield partial(_rect, Rect(box, cell.fill))
    for cell, box in places:
        room = Box(
            box.left + grid.pad,
            box.top + grid.skirt,
            box.width - 2 * grid.pad,
            box.height - 2 * grid.skirt,
        )
        yield _words(cell.paras, room, middle=cell.middle)
    for cell, box in places:
        yield from _borders(cell, box)


def _places(grid: Grid) -> Iterator[tuple[Cell, Box]]:
    top = grid.box.top
    for row in grid.rows:
        column, left = 0, grid.box.left
        for cell in row.cells:
            width = sum(grid.widths[column : column + cell.span])
            yield cell, Box(left, top, width, row.height)
            column += cell.span
            left += width
        top += row.height


def _borders(cell: Cell, box: Box) -> Iterator[Stroke]:
    if cell.frame:
        width = _WHITE_RULE if cell.frame == WHITE else _FRAME
        yield partial(_outlined, box, QColor(cell.frame), width)
    elif cell.rule:
        width = _WHITE_RULE if cell.rule == WHITE else _RULE
        line = Box(box.left, box.bottom - width / 2, box.width, width)
        yield partial(_rect, Rect(line, cell.rule))


def _outlined(box: Box, colour: QColor, width: float, painter: QPainter) -> None:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(_qrect(box))


def _chart(chart: BarChart) -> Iterator[Stroke]:
    box = chart.box
    pitch = box.height / max(len(chart.rows), 1)
    start = box.left + chart.names
    longest = max((value for _, value in chart.rows), default=0)
    whole = box.width * (1 - _VALUES_ROOM) - chart.names
    ink, bold = Type(chart.type.size, chart.type.line), Type(chart.type.size, chart.type.line, True)
    for number, (label, value) in enumerate(chart.rows):
        top = box.top + number * pitch
        long = whole * value / longest if longest else 0.0
        thick = pitch * _BAR_SHARE
        yield partial(_rect, Rect(Box(start, top + (pitch - thick) / 2, long, thick), BAR))
        name = Para((Run(label),), ink, align="right")
        yield _words((name,), Box(box.left, top, chart.names - _LABEL_GAP, pitch), middle=True)
        figure = Para((Run(f"{value:,}"),), bold)
        room = Box(start + long + _LABEL_GAP, top, box.right - start - long, pitch)
        yield _words((figure,), room, middle=True)
    yield partial(_rect, Rect(Box(start - 0.375, box.top, 0.75, box.height), SECTION_LINE))


def _picture(picture: Picture) -> Stroke:
    target = _qrect(picture.box)
    if not picture.svg:
        image = QImage.fromData(picture.dots)
        return lambda painter: painter.drawImage(target, image)

    def render(painter: QPainter) -> None:
        pixels = round(target.width() * painter.deviceTransform().m11())
        painter.drawImage(target, _dots(picture.svg, max(pixels, 1)))

    return render


@lru_cache(maxsize=4)
def _dots(svg: str, pixels: int) -> QImage:
    """A drawing so many pixels wide, as the file has it for programs that show no drawings.

    Qt's own renderer holds the interpreter for a second over a map; this one lets go of it.
    """
    return QImage.fromData(rasterised(svg, pixels * _MILLIMETRE, _PPI))


def _qrect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
