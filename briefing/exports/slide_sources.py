"""The sources of a brief on slides, and the snapshots it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from briefing.core.brief import BriefSource, MadeFrom, SourceList
from briefing.core.dates import short_date
from briefing.exports.links import safe_href, shown_address
from briefing.exports.slide_flow import (
    Item,
    Row,
    columns,
    draw,
    moved,
    needs,
    pages,
    text_pieces,
)
from briefing.exports.slide_lines import widest
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    BODY_TOP,
    INK2,
    INK3,
    LEFT,
    OCHRE,
    ROW_LINE,
    Cell,
    Para,
    Run,
    Shape,
    Type,
)
from briefing.exports.slide_tables import HEAD, SMALL, headed, table_rows
from briefing.exports.slide_words import UNKNOWN, Words

SOURCES: Final = "Sources"
"""Name of the tables to which marks lead."""
_SOURCE: Final = (Type(14, 18), Type(12, 15.5), Type(10.5, 12.5))
"""From the largest; the last where one slide cannot hold them all."""
_BETWEEN: Final = 28.0
_COLUMN: Final = (ACROSS - _BETWEEN) / 2
_NUMBER, _GRADE, _DATE = 28.0, 42.0, 70.0
_SITE: Final = 40
"""Characters of the name of a site that are printed."""
_LINK: Final = 0.8 * (_COLUMN - _NUMBER - _GRADE - _DATE)
"""Width of the longest publisher that is a link itself."""
_GAP: Final = Run("\N{NO-BREAK SPACE} ")
_MADE: Final = Type(11, 14)
_MADE_GAP: Final = 20.0

_Body: TypeAlias = tuple[tuple[Shape, ...], tuple[int, ...]]
"""Shapes of a slide, and the numbers of the sources that it lists."""


def listed(block: SourceList, words: Words, room: float) -> list[_Body]:
    """Every source of the brief in two columns, then what the brief was made from."""
    setting = Setting(words, 0, room, whole=True)
    found: list[list[Item]] = []
    for type_ in _SOURCE:
        found = columns(_rows(type_, setting), room)
        if len(found) <= 2:
            break
    after = _after(block, setting)
    made = [_pair(found[at : at + 2]) for at in range(0, len(found), 2)]
    used = max((needs(column) for column in found[2 * (len(made) - 1) :]), default=room)
    if after and made and used + _MADE_GAP + needs(after) <= room:
        shapes, numbers = made[-1]
        below = draw(after, BODY_TOP + used + _MADE_GAP)
        return [*made[:-1], ((*shapes, *below), numbers)]
    return [*made, *((draw(page, BODY_TOP), ()) for page in pages(after, room))]


def _rows(type_: Type, setting: Setting) -> list[Item]:
    """The rows of all sources, as they stand in the left column."""
    words = setting.words
    heads = [
        words.para("No.", HEAD),
        words.para("Source", HEAD),
        words.para("Grade", HEAD),
        words.para("Date", HEAD, align="right"),
    ]
    widths = (_NUMBER, _COLUMN - _NUMBER - _GRADE - _DATE, _GRADE, _DATE)
    sheet = headed(widths, SOURCES, heads, pad=2, skirt=2)
    rows: list[Item] = []
    for number, source in enumerate(words.brief.sources, start=1):
        rows += table_rows(sheet, _source(number, source, type_, words), setting, number)
    return rows


def _pair(found: Sequence[Sequence[Item]]) -> _Body:
    """One column, or two beside each other."""
    shapes: list[Shape] = []
    for at, column in enumerate(found):
        shapes += draw(moved(column, LEFT + at * (_COLUMN + _BETWEEN)), BODY_TOP)
    rows = (item for column in found for item in column if isinstance(item, Row))
    return tuple(shapes), tuple(dict.fromkeys(row.number for row in rows))


def _source(number: int, source: BriefSource, type_: Type, words: Words) -> list[Cell]:
    parts = [Run(words.line(source.title).strip() or "Untitled", bold=True)]
    href = safe_href(source.url)
    site = words.line(shown_address(source.url).partition("/")[0])[:_SITE] if href else ""
    by = words.line(source.publisher).strip()
    # LibreOffice parts a link between any two characters: a long name leaves it to the site.
    linked = by if by and widest((Para((Run(by),), type_),)) <= _LINK else site
    if by and linked != by:
        parts += [_GAP, Run(by, colour=INK3)]
    if linked:
        parts += [_GAP, Run(linked, colour=words.look.accent if href else INK3, href=href)]
    if rests := words.line(source.rests_on).strip():
        parts += [_GAP, Run(rests, colour=OCHRE)]
    key = Run(str(number), bold=True, colour=words.look.accent)
    quiet = replace(type_, colour=INK2)
    date = short_date(source.published)
    return [
        Cell((Para((key,), type_),), rule=ROW_LINE),
        Cell((Para(tuple(parts), type_),), rule=ROW_LINE),
        Cell((words.para(source.grade.code, quiet),), rule=ROW_LINE),
        Cell((words.para(date, quiet, empty=UNKNOWN, align="right"),), rule=ROW_LINE),
    ]


def _after(block: SourceList, setting: Setting) -> list[Item]:
    """The note under the list, and what the brief was made from."""
    note = setting.words.small(block.note, SMALL)
    noted = text_pieces((note,), setting.most, "Note") if block.note else []
    return [*noted, *_made_from(setting.words.brief.made_from, setting)]


def _made_from(snapshots: tuple[MadeFrom, ...], setting: Setting) -> list[Item]:
    """The snapshots with their notices, which their licences want kept."""
    if not snapshots:
        return []
    words = setting.words
    heads = [words.para("Made from", HEAD), words.para("Notice", HEAD)]
    sheet = headed((310.0, ACROSS - 310), "Made from", heads, skirt=2)
    quiet = replace(_MADE, colour=INK3)
    rows: list[Row] = []
    for number, snapshot in enumerate(snapshots, start=1):
        title = f"{snapshot.title} {snapshot.version}".strip()
        records = f"{snapshot.records:,} {'record' if snapshot.records == 1 else 'records'}"
        named = Run(words.line(title) or UNKNOWN)
        cells = (
            Cell((Para((named, Run(f"   {records}", colour=INK3)), _MADE),)),
            Cell((words.para(snapshot.notice, quiet, empty=UNKNOWN),)),
        )
        rows += table_rows(sheet, cells, setting, number)
    return [replace(rows[0], gap=_MADE_GAP), *rows[1:]]
