"""How high a one-page part comes out, estimated from its words.

Recipes choose with it how much of each section goes on a page before anything is set. It errs on
the high side; whoever sets the page measures it exactly. Geometry of A4: ``documents.md`` of the
design, in points: body line 13, tables 12, notes 10; columns 31 and 138 mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from briefing.core.brief import (
    Actions,
    AnyBlock,
    BriefSource,
    Facts,
    KeyJudgement,
    MadeFrom,
    Mark,
    Paragraph,
    Part,
    Section,
    SourceList,
    Span,
    Stages,
    Style,
    Text,
    Timeline,
)
from briefing.services.recipes.marks import marks_in

MM = 72 / 25.4
TEXT_HEIGHT = (297 - 24 - 20) * MM
"""Points between the upper and the lower margin."""

_PAGE, _CONTENT, _SIDE = 174 * MM, 138 * MM, 31 * MM
_ADVANCES = (
    (0.28, "ijlI !,.:\N{MIDDLE DOT}\N{RIGHT SINGLE QUOTATION MARK}"),
    (0.38, "t|()/[]fr;'"),
    (0.46, '1-_"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'),
    (0.53, "*?s\N{EN DASH}"),
    (0.58, "kxzavyeJLc"),
    (0.61, "5Fhnu7Eo2bdgpq"),
    (0.65, "3689#0Z$&PRS4BT"),
    (0.69, "+<=>KXYAV"),
    (0.76, "DCHUGNOQ"),
    (0.88, "wm"),
    (0.99, "MW@%"),
)
"""Advance widths of Inter in ems, rounded up to the widest of each row."""
_WIDTHS = {character: width for width, characters in _ADVANCES for character in characters}
_OTHER = 0.7
_SPACE = 0.28
_BOLD = 1.06
_MARK = 0.78 * (2 * 0.38 + 0.62)
"""Width of a source mark such as ``[7]``, in ems of the text; each further figure adds to it."""
_FIGURE = 0.78 * 0.62


def fits(part: Part, sources: Sequence[BriefSource], made_from: Sequence[MadeFrom] = ()) -> bool:
    """Whether a part surely fits one A4 page.

    Args:
        part: What is to be printed.
        sources: The sources of the briefing, for the short list.
        made_from: What is printed under it where it is the last part.
    """
    return height(part, sources, made_from) <= TEXT_HEIGHT


def height(part: Part, sources: Sequence[BriefSource], made_from: Sequence[MadeFrom] = ()) -> float:
    """Estimated height in points."""
    total = _high(part.title, 22, 26, _PAGE, bold=True) + 6
    total += _high(part.subtitle, 9.25, 13, _PAGE) + 5 + 7.5 + 7 + 2 + 9
    shorts = [source.short or source.publisher for source in sources]
    numbers = {source.key: number for number, source in enumerate(sources, start=1)}
    cited = sorted({numbers[key] for key in marks_in(part.sections)})
    listed = "  ".join(f"[{number}]\N{NO-BREAK SPACE}{shorts[number - 1]}" for number in cited)
    for place, section in enumerate(part.sections):
        total += (7.75 if place else 0) + _section(section, listed) + 11
    if made_from:
        words = " ".join(f"{it.title} {it.version}, {it.notice}" for it in made_from)
        total += _high(f"Made from {words}", 7.5, 10, _PAGE)
    return total


def _section(section: Section, cited: str) -> float:
    side = _high(section.title, 10.5, 13, _SIDE, bold=True)
    if section.note:
        side += 5 + _high(section.note, 7.5, 10, _SIDE)
    content = 0.0
    before: AnyBlock | None = None
    for block in section.blocks:
        if before is not None:
            both = isinstance(block, KeyJudgement) and isinstance(before, KeyJudgement)
            content += 11.1 if both else 8
        if isinstance(block, SourceList):
            content += _high(f"{cited} Dates, links, grades: page 10.", 7.75, 11, 0.92 * _CONTENT)
        else:
            content += _block(block)
        before = block
    return max(side, content)


@singledispatch
def _block(block: AnyBlock) -> float:
    raise TypeError(f"A one-page part holds no {type(block).__name__}.")


@_block.register
def _(block: Paragraph) -> float:
    return _high(block.text, 9.25, 13, _CONTENT)


@_block.register
def _(block: KeyJudgement) -> float:
    return max(_high(block.text, 9.25, 13, _CONTENT - 80 * MM), 22.0)


@_block.register
def _(block: Facts) -> float:
    width = _CONTENT - 24 * MM
    return sum(_high(value, 8.5, 12, width) + 6.2 for _, value in block.rows)


@_block.register
def _(block: Timeline) -> float:
    width = _CONTENT - 29 * MM
    return sum(_high(event.text, 8.5, 12, width) + 6 for event in block.events)


@_block.register
def _(block: Stages) -> float:
    width = (_CONTENT - 9 * MM) / max(len(block.stages), 1)
    heads = max(_high(f"{s.number} {s.name}", 8.5, 12, width, bold=True) for s in block.stages)
    return 6.7 + heads + 15.5 + max(_high(stage.text, 8.5, 12, width) for stage in block.stages)


@_block.register
def _(block: Actions) -> float:
    total = 14.0
    for action in block.actions:
        codes = (", ".join(action.mitigations), ", ".join(action.techniques))
        do = Span(f"{action.do}, ", Style.STRONG)
        total += 6.2 + max(
            _high((do, *action.why), 8.5, 12, 66 * MM - 8 - 5.3 * MM),
            _high(" \N{MIDDLE DOT} ".join(filter(None, codes)), 8.5, 12, 44 * MM - 8),
            _high(action.stage, 8.5, 12, 28 * MM),
        )
    return total


def _high(text: Text | str, size: float, line: float, width: float, *, bold: bool = False) -> float:
    """Points that a text takes in a column: the last line has no leading below it."""
    used, lines = 0.0, 1
    for word in _words(text, bold=bold):
        length = size * word
        if used and used + _SPACE * size + length > width:
            lines += 1
            used = length
        else:
            used += (_SPACE * size if used else 0) + length
        while used > width:
            lines += 1
            used -= width
    return lines * line - (line - size)


def _words(text: Text | str, *, bold: bool) -> list[float]:
    """Widths of the words of a text in ems; a mark belongs to the word before it."""
    widths: list[float] = []
    glued = False
    for inline in (Span(text),) if isinstance(text, str) else text:
        if isinstance(inline, Mark):
            extra = (_MARK + _FIGURE) * len(inline.sources)
            widths = [*widths[:-1], (widths[-1] if widths else 0.0) + extra]
            glued = True
            continue
        factor = _BOLD if bold or inline.style is Style.STRONG else 1.0
        for place, piece in enumerate(inline.text.split(" ")):
            wide = factor * sum(_WIDTHS.get(character, _OTHER) for character in piece)
            if place == 0 and glued and widths:
                widths[-1] += wide
            elif piece:
                widths.append(wide)
        glued = not inline.text.endswith(" ")
    return widths
