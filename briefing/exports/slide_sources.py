"""The sources of a brief on slides, and the snapshots it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from briefing.core.brief import BriefSource, MadeFrom, SourceList
from briefing.core.dates import short_date
from briefing.exports.links import safe_href, shown_address
from briefing.exports.slide_flow import Item, Row, text_pieces
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    INK2,
    INK3,
    OCHRE,
    ROW_LINE,
    Cell,
    Para,
    Run,
    Type,
)
from briefing.exports.slide_tables import HEAD, SMALL, headed, table_rows
from briefing.exports.slide_words import UNKNOWN, Words

SOURCES: Final = "Sources"
"""Name of the tables to which marks lead."""
_SOURCE: Final = (Type(14, 18), Type(13, 17), Type(12, 15), Type(12, 15))
_SITE: Final = 60
"""Characters of the name of a site that are printed."""
_UNDER: Final = Type(11, 13.5, colour=OCHRE)
_MADE: Final = Type(11, 14)


def sources(block: SourceList, setting: Setting) -> list[Item]:
    """Every source of the brief with its grade, and under them what the brief was made from."""
    words = setting.words
    heads = [
        words.para("No.", HEAD),
        words.para("Source", HEAD),
        words.para("Grade", HEAD),
        words.para("Date", HEAD, align="right"),
    ]
    sheet = headed((46.0, ACROSS - 206, 60.0, 100.0), SOURCES, heads, skirt=2)
    type_ = _SOURCE[setting.level]
    rows: list[Row] = []
    for number, source in enumerate(words.brief.sources, start=1):
        rows += table_rows(sheet, _source(number, source, type_, words), setting, number)
    note = text_pieces((words.small(block.note, SMALL),), setting.most, "Note")
    return [*rows, *(note if block.note else []), *_made_from(words.brief.made_from, setting)]


def _source(number: int, source: BriefSource, type_: Type, words: Words) -> list[Cell]:
    parts = [Run(words.line(source.title).strip() or "Untitled", bold=True)]
    if by := words.line(source.publisher).strip():
        parts.append(Run(f"  {by}", colour=INK3))
    under: list[Run] = []
    if href := safe_href(source.url):
        # The site alone: a link over several lines is set badly by LibreOffice.
        site = words.line(shown_address(source.url).partition("/")[0])[:_SITE]
        under.append(Run(site, colour=words.look.accent, href=href))
    if rests := words.line(source.rests_on).strip():
        under += [Run("   "), Run(rests)] if under else [Run(rests)]
    lines = (Para(tuple(parts), type_), *((Para(tuple(under), _UNDER),) if under else ()))
    key = Run(str(number), bold=True, colour=words.look.accent)
    quiet = replace(type_, colour=INK2)
    return [
        Cell((Para((key,), type_),), rule=ROW_LINE),
        Cell(lines, rule=ROW_LINE),
        Cell((words.para(source.grade.code, quiet),), rule=ROW_LINE),
        Cell(
            (words.para(short_date(source.published), quiet, empty=UNKNOWN, align="right"),),
            rule=ROW_LINE,
        ),
    ]


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
    return [replace(rows[0], gap=16.0), *rows[1:]]
