"""Paragraphs of a slide, laid out once and drawn at any size.

Lines stand in the fixed distance that the slide was measured with, so text never needs more room
than its box has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from briefing.exports.slide_lines import RAISED, lines
from briefing.exports.slide_shapes import Box, Para, Run, Type
from briefing.ui.widgets.slide_fonts import UNIT, slide_font

_RISE: Final = 0.30
"""Share of the size by which raised text stands up, as the file says."""
_HANG: Final = 16.0
"""Points by which a bullet stands to the left of its text, as in the file."""
_NO_BREAK: Final = "\N{WORD JOINER}"
_LINE_END: Final = "\N{LINE SEPARATOR}"
_ALIGN: Final = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


@dataclass(frozen=True, slots=True)
class Laid:
    """A laid out paragraph and where it stands, in pixels of the layout (``UNIT`` to the point)."""

    layout: QTextLayout
    at: QPointF


def laid_out(paras: Sequence[Para], room: Box, *, middle: bool = False) -> list[Laid]:
    """Paragraphs in a box, from its top, or in its middle."""
    layouts = [_fitting(para, room.width) for para in paras]
    heights = [
        layout.lineCount() * para.type.line for para, layout in zip(paras, layouts, strict=True)
    ]
    whole = sum(heights) + sum(para.before for para in paras[1:])
    top = room.top + (room.height - whole) / 2 * middle
    found: list[Laid] = []
    for number, (para, layout) in enumerate(zip(paras, layouts, strict=True)):
        top += para.before * (number > 0)
        left = room.left + para.indent
        if para.bullet:
            found.append(Laid(_bullet(para), QPointF((left - _HANG) * UNIT, top * UNIT)))
        found.append(Laid(layout, QPointF(left * UNIT, top * UNIT)))
        top += heights[number]
    return found


def draw(painter: QPainter, laid: Sequence[Laid]) -> None:
    """Draw laid out paragraphs on a painter whose unit is the point."""
    painter.save()
    painter.scale(1 / UNIT, 1 / UNIT)
    for part in laid:
        part.layout.draw(painter, part.at)
    painter.restore()


def _fitting(para: Para, room: float) -> QTextLayout:
    """Broken by Qt; as measured where Qt, which knows fewer places to break, takes more lines."""
    layout = _layout(para, room - para.indent)
    measured = lines(para, room)
    if layout.lineCount() <= len(measured):
        return layout
    runs: list[Run] = []
    for line in measured:
        if runs:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" ") + _LINE_END)
        runs += line
    return _layout(replace(para, runs=tuple(runs)), room - para.indent)


def _layout(para: Para, width: float) -> QTextLayout:
    type_ = para.type
    base = slide_font(type_.size, bold=type_.bold)
    text = ""
    formats: list[QTextLayout.FormatRange] = []
    for run in para.runs:
        # A mark stays with the word before it, as it was measured.
        words = _NO_BREAK + run.text if run.raised and text[-1:].strip() else run.text
        formats.append(_format(run, type_, _units(text), _units(words)))
        text += words
    layout = QTextLayout(text, base)
    option = QTextOption(_ALIGN[para.align])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.setCacheEnabled(True)
    metrics = QFontMetricsF(base)
    # The letters stand in the middle of their line.
    baseline = (type_.line * UNIT - metrics.height()) / 2 + metrics.ascent()
    number = 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0) * UNIT)
        line.setPosition(QPointF(0, number * type_.line * UNIT + baseline - line.ascent()))
        number += 1
    layout.endLayout()
    return layout


def _format(run: Run, type_: Type, start: int, length: int) -> QTextLayout.FormatRange:
    style = QTextCharFormat()
    size = type_.size * RAISED if run.raised else type_.size
    style.setFont(slide_font(size, bold=run.bold or type_.bold, italic=run.italic, code=run.code))
    style.setForeground(QBrush(QColor(run.colour or type_.colour)))
    if run.raised:
        style.setBaselineOffset(_RISE * 100)
    found = QTextLayout.FormatRange()
    found.start, found.length, found.format = start, length, style
    return found


def _bullet(para: Para) -> QTextLayout:
    """The sign that hangs to the left of a paragraph."""
    sign = f"{para.bullet}." if para.bullet.isdecimal() else para.bullet
    return _layout(Para((Run(sign),), para.type), _HANG * 4)


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
