"""What to do, on a slide: three cards, or a table where there are more."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from briefing.core.brief import Action, Actions, plain
from briefing.exports.phrases import codes, imperative
from briefing.exports.slide_findings import staged
from briefing.exports.slide_flow import Item, Row
from briefing.exports.slide_lines import height
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    BODY_TOP,
    INK2,
    INK3,
    LEFT,
    ROW_LINE,
    Box,
    Cell,
    Para,
    Rect,
    Run,
    Shape,
    TextBox,
    Type,
)
from briefing.exports.slide_tables import HEAD, SMALL, TABLE, headed, table_rows
from briefing.exports.slide_words import UNKNOWN, Words

_CARDS: Final = 3
_GAP: Final = 32.0
_NUMBER: Final = Type(36, 44, bold=True)
_DO: Final = (Type(20, 25), Type(18, 23), Type(16, 21), Type(15, 20))
_WHY: Final = (Type(15, 20), Type(15, 20), Type(14, 19), Type(13, 17.5))
_ROW: Final = Type(13, 19)
_LABEL: Final = 62.0


def cards(block: Actions, words: Words, room: float) -> tuple[Shape, ...] | None:
    """At most three actions side by side; None where they do not fit one slide."""
    if not 1 <= len(block.actions) <= _CARDS:
        return None
    wide = (ACROSS - _GAP * (_CARDS - 1)) / _CARDS
    for do, why in zip(_DO, _WHY, strict=True):
        heads = [_do(action, words, do) for action in block.actions]
        reasons = [
            words.para(action.why, replace(why, colour=INK2)) if _says(action) else None
            for action in block.actions
        ]
        head_high = max(height((para,), wide) for para in heads)
        why_high = max((height((para,), wide) for para in reasons if para), default=0.0)
        rows = [_rows(action, words) for action in block.actions]
        rows_high = max(
            sum(max(height((value,), wide - _LABEL), _ROW.line) for _, value in shown)
            for shown in rows
        )
        tops = (68.0, 68.0 + head_high + 12, 68.0 + head_high + 12 + why_high + 22)
        if tops[2] + rows_high > room:
            continue
        shapes: list[Shape] = []
        for number, (head, reason, shown) in enumerate(zip(heads, reasons, rows, strict=True)):
            left = LEFT + number * (wide + _GAP)
            shapes += _card(number + 1, left, wide, words)
            shapes.append(
                TextBox(Box(left, BODY_TOP + tops[0], wide, head_high), (head,), "Action")
            )
            if reason:
                box = Box(left, BODY_TOP + tops[1], wide, why_high)
                shapes.append(TextBox(box, (reason,), "Reason"))
            shapes += _facts(shown, left, BODY_TOP + tops[2], wide)
        return tuple(shapes)
    return None


def _card(number: int, left: float, wide: float, words: Words) -> tuple[Shape, ...]:
    figure = Para((Run(str(number), colour=words.look.accent),), _NUMBER)
    return (
        Rect(Box(left, BODY_TOP, wide, 4), words.look.band),
        TextBox(Box(left, BODY_TOP + 14, wide, 44), (figure,), f"Number {number}"),
    )


def _facts(shown: list[tuple[Para, Para]], left: float, top: float, wide: float) -> list[Shape]:
    shapes: list[Shape] = []
    for label, value in shown:
        high = max(height((value,), wide - _LABEL), _ROW.line)
        shapes.append(TextBox(Box(left, top, _LABEL, _ROW.line), (label,), label.text))
        box = Box(left + _LABEL, top, wide - _LABEL, high)
        shapes.append(TextBox(box, (value,), f"{label.text}, value"))
        top += high
    return shapes


def _rows(action: Action, words: Words) -> list[tuple[Para, Para]]:
    rows = (
        ("Breaks", staged(action.stage) if action.stage else "", False),
        ("Who", action.who, False),
        ("Cost", action.cost, True),
        ("ATT&CK", codes(action), False),
    )
    quiet = replace(_ROW, colour=INK3)
    return [
        (words.para(label, quiet), words.para(value, replace(_ROW, bold=bold)))
        for label, value, bold in rows
        if value
    ]


def listed(block: Actions, setting: Setting) -> list[Item]:
    """Every action in a row, with what is known of it in columns."""
    words = setting.words
    type_ = TABLE[setting.level]
    # Beside who and at what cost there is no room for a column of many numbers.
    costed = any(action.cost or action.who for action in block.actions)
    extra = [
        (title, width, pick)
        for title, width, pick in (
            ("Breaks stage", 138.0, lambda action: action.stage),
            ("Who", 156.0, lambda action: action.who),
            ("Cost", 76.0, lambda action: action.cost),
            ("ATT&CK", 150.0, (lambda _: "") if costed else codes),
        )
        if any(pick(action) for action in block.actions)
    ]
    rest = ACROSS - 34 - sum(width for _, width, _ in extra)
    titles = ("", "Action", *(title for title, _, _ in extra))
    widths = (34.0, rest, *(width for _, width, _ in extra))
    sheet = headed(widths, "Actions", [words.para(title, HEAD) for title in titles])
    rows: list[Row] = []
    for number, action in enumerate(block.actions, start=1):
        figure = Para((Run(str(number), bold=True, colour=words.look.accent),), type_)
        said = [_said(action, words, type_)]
        if costed and codes(action):
            said.append(words.para(codes(action), SMALL))
        cells = [
            Cell((figure,), rule=ROW_LINE),
            Cell(tuple(said), rule=ROW_LINE),
            *(
                Cell((words.para(pick(action), type_, empty=UNKNOWN),), rule=ROW_LINE)
                for _, _, pick in extra
            ),
        ]
        rows += table_rows(sheet, cells, setting, number)
    return [*rows]


def _do(action: Action, words: Words, type_: Type) -> Para:
    """What to do, with the marks of a reason that is nothing but marks."""
    do = Run(words.line(action.do.rstrip(" ,;:")) or UNKNOWN, bold=True)
    return Para((do, *(() if _says(action) else words.runs(action.why))), type_)


def _said(action: Action, words: Words, type_: Type) -> Para:
    """What to do and why, in one paragraph."""
    do = words.line(imperative(action.do, action.why))
    why = words.runs(action.why)
    gap = " " if _says(action) else ""
    return Para((Run(f"{do}{gap}" if do else UNKNOWN, bold=True), *why), type_)


def _says(action: Action) -> bool:
    return bool(plain(action.why).strip())
