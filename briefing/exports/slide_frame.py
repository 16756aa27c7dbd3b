"""What frames every slide: marking twice, foot, number, accent line, band of the title slide."""

from __future__ import annotations

from typing import Final

from briefing.core.tlp import Tlp
from briefing.exports.brand import Look
from briefing.exports.slide_heads import KICKER
from briefing.exports.slide_shapes import (
    BLACK,
    HEIGHT,
    INK3,
    LEFT,
    RIGHT,
    SPARE,
    WIDTH,
    Box,
    Para,
    Rect,
    Run,
    TextBox,
    Type,
)
from briefing.exports.text_measure import width
from briefing.exports.typst_data import TLP_COLOURS

BAND_TOP: Final = 64.0
"""Where the coloured band of the title slide begins, which reaches to the foot."""
FOOT: Final = Box(LEFT, 500.4, 640.0, 30.0)
FOOT_TYPE: Final = Type(10.5, 13.5, colour=INK3)
NUMBER: Final = Box(RIGHT - 36, 500.4, 36, 13.5)
NUMBER_TYPE: Final = Type(10.5, 13.5, bold=True, colour=INK3)
_LARGE, _SMALL = 11.5, 10.0
_ROOM: Final = 8.0
"""Black at the left and right of a marking."""


def top_marking(tlp: Tlp, *, title: bool) -> TextBox:
    """The marking at the top right."""
    wide, high = _size(tlp, _LARGE)
    top = (BAND_TOP - high) / 2 if title else 16.0
    return _marking(tlp, _LARGE, Box(RIGHT - wide, top, wide, high))


def foot_marking(tlp: Tlp) -> TextBox:
    """The marking at the foot, before the number."""
    wide, high = _size(tlp, _SMALL)
    top = NUMBER.top + (NUMBER.height - high) / 2
    return _marking(tlp, _SMALL, Box(NUMBER.left - 6 - wide, top, wide, high))


def band(look: Look) -> Rect:
    """The band of the title slide."""
    return Rect(Box(0, BAND_TOP, WIDTH, HEIGHT - BAND_TOP), look.band)


def accent_line(look: Look) -> Rect:
    """The short line under a headline."""
    return Rect(Box(LEFT, 126.0, 56.0, 3.0), look.band)


def kicker_box(para: Para) -> TextBox:
    """The line over a headline."""
    return TextBox(KICKER, (para,), "Section")


def number_para(number: int, colour: str) -> Para:
    """The number of a slide."""
    type_ = Type(NUMBER_TYPE.size, NUMBER_TYPE.line, bold=True, colour=colour)
    return Para((Run(str(number)),), type_, align="right")


def _size(tlp: Tlp, size: float) -> tuple[float, float]:
    return width(tlp.label, size, bold=True) / SPARE + 2 * _ROOM, size + 7


def _marking(tlp: Tlp, size: float, box: Box) -> TextBox:
    """In FIRST's colours on black, whatever the brand."""
    run = Run(tlp.label, colour=TLP_COLOURS[tlp])
    para = Para((run,), Type(size, size + 3, bold=True), align="center")
    return TextBox(box, (para,), "Marking", fill=BLACK, outline=BLACK, middle=True)
