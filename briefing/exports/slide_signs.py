"""Small signs on a slide: likelihood on its scale, confidence in steps, grades, legends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from briefing.core.estimates import Confidence, Likelihood
from briefing.exports.slide_lines import cut, widest
from briefing.exports.slide_shapes import (
    CONTROL,
    INK,
    INK3,
    ROW_LINE,
    WHITE,
    Box,
    Group,
    Para,
    Rect,
    Run,
    Shape,
    TextBox,
    Type,
)

_LEGEND_HEAD: Final = 300.0
"""Room for what a legend is of; the table above it says it in full."""
ESTIMATE: Final = Type(13, 18)
_QUIET = Type(13, 18, colour=INK3)
ESTIMATE_HEIGHT: Final = 46.0
"""Likelihood and confidence, one line each."""
ESTIMATE_WIDTH: Final = 344.0
_SCALE_AT, _SCALE, _TERM_AT = 82.0, 76.0, 166.0
_BOUNDS = (1, 5, 20, 45, 55, 80, 95, 99)
"""Per cent: where the seven terms of ICD 203 meet."""


def estimate(
    likelihood: Likelihood, confidence: Confidence, left: float, top: float
) -> tuple[Shape, ...]:
    """Two lines, never one: how probable it is, and how good the evidence is."""
    term = (Run(likelihood.term, bold=True), Run(f"  {likelihood.range}", colour=INK3))
    second = top + 23
    return (
        _words("Likelihood", left, top, _SCALE_AT),
        _scale(likelihood, left + _SCALE_AT, top + 4),
        TextBox(_line(left + _TERM_AT, top), (Para(term, ESTIMATE),), "Likelihood, term"),
        _words("Confidence", left, second, _SCALE_AT),
        _steps(confidence, left + _SCALE_AT, second + 2),
        TextBox(
            _line(left + _TERM_AT, second),
            (Para((Run(confidence.word, bold=True),), ESTIMATE),),
            "Confidence, word",
        ),
    )


def grade(code: tuple[Para, ...], right: float, top: float) -> TextBox:
    """Both letters of the Admiralty code in a box that ends at ``right``."""
    box = Box(right - 28, top, 28, 17)
    return TextBox(box, code, "Grade", outline=CONTROL, middle=True)


def legend(
    entries: Sequence[tuple[str, str]], head: str, left: float, top: float
) -> tuple[Shape, ...]:
    """Classes of a ramp in one line, each a fill and a label."""
    type_ = Type(11.5, 15)
    head_para = cut(Para((Run(head),), replace(type_, bold=True)), _LEGEND_HEAD, 1)
    place = left + widest((head_para,)) + 10
    shapes: list[Shape] = [
        TextBox(Box(left, top, place - left, 15), (head_para,), "Legend"),
    ]
    for fill, label in entries:
        para = Para((Run(label),), type_)
        wide = widest((para,)) + 1
        shapes.append(Rect(Box(place, top + 2.5, 18, 10), fill))
        shapes.append(TextBox(Box(place + 23, top, wide, 15), (para,), "Legend"))
        place += 23 + wide + 14
    return tuple(shapes)


def _scale(likelihood: Likelihood, left: float, top: float) -> Group:
    rects = []
    for low, high in pairwise(_BOUNDS):
        start = left + _SCALE * (low - 1) / 98
        wide = _SCALE * (high - low) / 98
        fill = INK if low == likelihood.low else ROW_LINE
        rects.append(Rect(Box(start, top, max(wide - 0.8, 1.2), 10), fill))
    said = f"Likelihood: {likelihood.term}, {likelihood.range}"
    return Group(tuple(rects), said, "Likelihood scale")


def _steps(confidence: Confidence, left: float, top: float) -> Group:
    rects = []
    for step in range(3):
        high = 5.0 + 4 * step
        filled = step < confidence.steps
        box = Box(left + 8 * step, top + 13 - high, 6, high)
        rects.append(Rect(box, INK if filled else WHITE, INK))
    return Group(tuple(rects), f"Confidence: {confidence.word}", "Confidence steps")


def _words(text: str, left: float, top: float, wide: float) -> TextBox:
    return TextBox(Box(left, top, wide, 18), (Para((Run(text),), _QUIET),), text)


def _line(left: float, top: float) -> Box:
    return Box(left, top, ESTIMATE_WIDTH - _TERM_AT, 18)
