"""The headline of a slide: at most two lines in a box, smaller only where a title is long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from briefing.exports.slide_lines import count, cut, lines
from briefing.exports.slide_shapes import INK3, LEFT, Box, Para, Run, Type

HEADLINE: Final = Box(LEFT, 36.0, 760.3, 77.8)
KICKER: Final = Box(LEFT, 17.5, 670.0, 16.0)
TITLE: Final = Box(LEFT, 126.0, 740.0, 176.0)
SUBTITLE: Final = Box(LEFT, 312.0, 620.0, 82.0)
KICKER_TYPE: Final = Type(11.5, 15, colour=INK3)

_HEADLINES: Final = (
    (Type(30, 35, bold=True), 2),
    (Type(28, 33, bold=True), 2),
    (Type(26, 31, bold=True), 2),
    (Type(24, 29, bold=True), 2),
    (Type(20, 25, bold=True), 3),
    (Type(15, 19, bold=True), 4),
)
"""Type and lines that fit the box: of findings two, of what somebody else made longer more."""
_NEARLY: Final = 3
"""How many steps of a ladder are nearly as large as the first that fits."""
_TITLES: Final = (
    (Type(48, 56, bold=True), 3),
    (Type(40, 48, bold=True), 3),
    (Type(32, 40, bold=True), 4),
    (Type(24, 30, bold=True), 5),
    (Type(16, 21, bold=True), 8),
)
_SUBTITLES: Final = ((Type(22, 28), 2), (Type(18, 24), 3), (Type(14, 19), 4))


def headline(runs: Sequence[Run], number: int = 1, of: int = 1) -> Para:
    """A headline that fits its box, with "(2 of 3)" where a slide goes on; else ended with "…"."""
    return _fitted((*runs, *_going_on(number, of)), HEADLINE, _HEADLINES)


def title(runs: Sequence[Run], colour: str) -> Para:
    """The title of the title slide."""
    return _coloured(_fitted(runs, TITLE, _TITLES), colour)


def subtitle(runs: Sequence[Run], colour: str) -> Para:
    """The line under it."""
    return _coloured(_fitted(runs, SUBTITLE, _SUBTITLES), colour)


def fits_two_lines(runs: Sequence[Run]) -> bool:
    """Whether words can lead a slide in two lines and nearly full size, going on or not."""
    para = Para((*runs, *_going_on(10, 10)), _HEADLINES[2][0])
    return count(para, HEADLINE.width) <= 2


def stands_whole(runs: Sequence[Run]) -> bool:
    """Whether a headline stands on its slide without being cut."""
    made = headline(runs, 10, 10)
    return not made.text.endswith("…") or "".join(run.text for run in runs).endswith("…")


def kicker(section: str, part: str) -> Para:
    """The line over a headline: the section's title, and the part's line where both have room."""
    if part and kicker_holds(section, part):
        return Para((*_bold(section), Run(part)), KICKER_TYPE)
    return cut(Para(_bold(section), KICKER_TYPE), KICKER.width, 1)


def kicker_holds(section: str, part: str) -> bool:
    """Whether the line over a headline has room for both."""
    return count(Para((*_bold(section), Run(part)), KICKER_TYPE), KICKER.width) == 1


def _bold(section: str) -> tuple[Run, ...]:
    return (Run(section, bold=True), Run("   ")) if section else ()


def _going_on(number: int, of: int) -> tuple[Run, ...]:
    if of < 2:
        return ()
    return (Run(f" ({number}\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}{of})", colour=INK3),)


def _fitted(runs: Sequence[Run], box: Box, ladder: Sequence[tuple[Type, int]]) -> Para:
    """In the largest type that fits, or one nearly as large where a lone word would be left."""
    whole = tuple(runs)
    fitting: list[tuple[Para, int]] = []
    for type_, most in ladder:
        para = Para(whole, type_)
        needed = count(para, box.width)
        if needed <= most:
            fitting.append((para, needed))
        if len(fitting) == _NEARLY or needed == 1:
            break
    if not fitting:
        type_, most = ladder[-1]
        return cut(Para(whole, type_), box.width, most)
    first, needed = fitting[0]
    if needed > 1 and len(_words(lines(first, box.width)[-1])) == 1:
        first = next((para for para, fewer in fitting[1:] if fewer < needed), first)
    return _with_company(first, box) if count(first, box.width) > 1 else first


def _with_company(para: Para, box: Box) -> Para:
    """The paragraph with its last two words held together, where that takes no more lines."""
    last = para.runs[-1]
    before, space, word = last.text.rpartition(" ")
    held = replace(last, text=f"{before}\N{NO-BREAK SPACE}{word}")
    glued = replace(para, runs=(*para.runs[:-1], held)) if space and before and word else para
    return glued if count(glued, box.width) == count(para, box.width) else para


def _words(line: Sequence[Run]) -> list[str]:
    return "".join(run.text for run in line).split(" ")


def _coloured(para: Para, colour: str) -> Para:
    return replace(para, type=replace(para.type, colour=colour))
