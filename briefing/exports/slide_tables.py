"""Blocks that are tables on a slide: facts, dates, data, actors with reasons, matrix, trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from briefing.core.brief import (
    ActorReasons,
    Facts,
    Matrix,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    plain,
)
from briefing.core.dates import short_date
from briefing.exports.case_words import NO_REPORTS, ORIGIN_NOT_STATED
from briefing.exports.rows import aligned, fitted
from briefing.exports.shades import heat_legend, matrix_bounds, matrix_shade
from briefing.exports.slide_flow import Item, Piece, Row, Sheet, page_count, text_pieces
from briefing.exports.slide_lines import count, cut, widest
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    CONTROL,
    INK2,
    INK3,
    LEFT,
    MIST2,
    OCHRE,
    ROW_LINE,
    SECTION_LINE,
    WHITE,
    Cell,
    Para,
    Run,
    Type,
)
from briefing.exports.slide_signs import legend
from briefing.exports.slide_words import UNKNOWN, Words, on
from briefing.exports.world_svg import RAMP

TABLE: Final = (Type(15, 20), Type(14, 19), Type(13, 17.5), Type(12, 16))
"""From the largest to the smallest."""
HEAD: Final = Type(11.5, 15, colour=INK3)
SMALL: Final = Type(12, 16, colour=INK3)
MORE: Final = "and {count:,} more, in the document"
_FACTS: Final = (Type(18, 25), Type(16, 22), Type(15, 20), Type(13, 17.5))
_SLIDES: Final = 2
"""Slides that a table of the full version may take, before it is shortened."""
_HIDDEN: Final = 3
"""Rows that are worth a line which says that they are in the document."""
_FEW: Final = 6
"""Rows, of which one slide has to hold as many if the others are left to the document."""
_LEAST: Final = 0.07
"""Share of a table's width that a column has at least, whatever it asks for."""
_APART: Final = 14.0
"""Between a label and its value."""
_HEAD_LINES: Final = 4
"""Lines of a column head."""
_YES, _NO = "■", "□"


def facts(block: Facts, setting: Setting) -> list[Item]:
    """Label and value rows without lines."""
    type_ = _FACTS[setting.level]
    labels = [
        setting.words.para(label, replace(type_, size=type_.size - 2, colour=INK3))
        for label, _ in block.rows
    ]
    wide = min(max(widest(labels), 76), 196)
    widths = (wide, _APART, ACROSS - wide - _APART)
    sheet = Sheet(widths, "Facts", pad=0, skirt=max(type_.line / 5, 3))
    apart = Cell((setting.words.para("", type_),))
    rows: list[Row] = []
    for number, (label, (_, value)) in enumerate(zip(labels, block.rows, strict=True), start=1):
        said = setting.words.para(value, type_, empty=UNKNOWN)
        cells = (Cell((label,)), apart, Cell((said,)))
        rows += table_rows(sheet, cells, setting, number)
    return [*rows]


def timeline(block: Timeline, setting: Setting) -> list[Item]:
    """Dates and what happened."""
    type_ = _FACTS[setting.level]
    accent = setting.words.look.accent
    dates = [
        setting.words.para(short_date(event.date) or UNKNOWN, replace(type_, colour=accent))
        for event in block.events
    ]
    wide = min(max(widest(dates) + 24, 100), 200)
    sheet = Sheet((wide, ACROSS - wide), "Timeline", pad=0, skirt=max(type_.line / 4, 4))
    rows: list[Row] = []
    for number, (date, event) in enumerate(zip(dates, block.events, strict=True), start=1):
        bold = replace(date, runs=tuple(replace(run, bold=True) for run in date.runs))
        said = setting.words.para(event.text, type_, empty=UNKNOWN)
        cells = (Cell((bold,), rule=ROW_LINE), Cell((said,), rule=ROW_LINE))
        rows += table_rows(sheet, cells, setting, number)
    return shortened(rows, setting)


def table(block: Table, setting: Setting) -> list[Item]:
    """Data; the first column is the key."""
    if not block.columns:
        return _note(block.note, setting)
    block = _filled(block)
    type_ = TABLE[setting.level]
    least = _LEAST * sum(max(column.width, 0.01) for column in block.columns)
    shares = [max(column.width, least) for column in block.columns]
    widths = tuple(ACROSS * share / sum(shares) for share in shares)
    aligns = ["right" if column.numeric else "left" for column in block.columns]
    heads = [
        _head(setting.words, column.title, align)
        for column, align in zip(block.columns, aligns, strict=True)
    ]
    sheet = headed(widths, "Table", heads)
    rows: list[Row] = []
    for number, row in enumerate(block.rows, start=1):
        texts = fitted(row, len(block.columns))
        cells = [
            Cell(
                (
                    setting.words.para(
                        text, replace(type_, bold=at == 0), empty=UNKNOWN, align=aligns[at]
                    ),
                ),
                rule=ROW_LINE,
            )
            for at, text in enumerate(texts)
        ]
        rows += table_rows(sheet, cells, setting, number)
    after = (*in_full(heads, sheet, setting), *_note(block.note, setting))
    return shortened(rows, setting, after)


def _filled(block: Table) -> Table:
    """The table without columns in which nothing is known of any row, but for the first."""
    rows = [fitted(row, len(block.columns)) for row in block.rows]
    kept = [
        at
        for at in range(len(block.columns))
        if at == 0 or any(plain(row[at]).strip() not in ("", UNKNOWN) for row in rows)
    ]
    if not rows or len(kept) == 1:
        return block
    return replace(
        block,
        columns=tuple(block.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in rows),
    )


def actor_reasons(block: ActorReasons, setting: Setting) -> list[Item]:
    """Actors in their order: name and origin, why, one square a sign, points."""
    type_ = TABLE[setting.level]
    words = setting.words
    signs = len(block.signs)
    sign = min(66.0, 300 / max(signs, 1))
    name = 190.0
    widths = (name, ACROSS - name - signs * sign - 60, *(sign,) * signs, 60.0)
    heads = [
        _head(words, "Actor"),
        _head(words, "Why it is in"),
        *(_head(words, title, "center") for title in block.signs),
        _head(words, "Points", "right"),
    ]
    sheet = headed(widths, "Actors", heads)
    rows: list[Row] = []
    for number, row in enumerate(block.rows, start=1):
        shown = aligned(row.signs, signs, False)
        quiet = Type(max(type_.size - 2, 11.5), type_.line - 2, colour=INK3)
        cells = [
            Cell(
                (
                    words.para(row.name, replace(type_, bold=True), empty=UNKNOWN),
                    words.para(row.origin or ORIGIN_NOT_STATED, quiet),
                ),
                rule=ROW_LINE,
            ),
            Cell((words.para(row.why, type_, empty=UNKNOWN),), rule=ROW_LINE),
            *(_sign(yes, type_) for yes in shown),
            Cell((words.para(f"{row.points:.1f}", type_, align="right"),), rule=ROW_LINE),
        ]
        rows += table_rows(sheet, cells, setting, number)
    return [*rows, *in_full(heads, sheet, setting), *_note(block.note, setting)]


def matrix(block: Matrix, setting: Setting) -> list[Item]:
    """Counts by row and column, shaded; nought is "no reports"."""
    words = setting.words
    type_ = TABLE[max(setting.level, 1)]
    bounds = matrix_bounds(block)
    columns = len(block.columns)
    first = 220.0
    wide = (ACROSS - first - 72) / max(columns, 1)
    pad = min(6.0, wide / 8)
    heads = [
        _head(words, block.head),
        *(_head(words, title, "center") for title in block.columns),
        _head(words, f"All {block.unit}", "right"),
    ]
    sheet = headed((first, *(wide,) * columns, 72.0), "Matrix", heads, pad=pad)
    rows: list[Row] = []
    summed = zip(block.rows, block.totals, strict=True)
    for number, ((label, counts), total) in enumerate(summed, start=1):
        own = label in block.own
        key = replace(type_, bold=own, colour=words.look.accent if own else type_.colour)
        figure = replace(type_, bold=True)
        cells = [
            Cell((words.para(label, key, empty=UNKNOWN),), middle=True),
            *(_figure(value, bounds, type_, words) for value in aligned(counts, columns, 0)),
            Cell((words.para(f"{total:,}", figure, align="right"),), middle=True),
        ]
        rows += table_rows(sheet, cells, setting, number)
    after = (*in_full(heads, sheet, setting), *_note(block.note, setting))
    most = max((count for _, counts in block.rows for count in counts), default=0)
    return [*rows, *_ramp(bounds, most, block.unit), *after]


def trace(block: Trace, setting: Setting) -> list[Item]:
    """Which words rest on what; a single origin is a warning."""
    words = setting.words
    type_ = TABLE[3]
    titles = ("Block", "Says", "Sources", "Independent origins", "Statements")
    widths = (130.0, 260.0, 190.0, ACROSS - 670, 90.0)
    heads = [_head(words, title, "right" if title == "Statements" else "left") for title in titles]
    sheet = headed(widths, "Evidence trace", heads)
    rows: list[Row] = []
    for number, row in enumerate(block.rows, start=1):
        origins = f"{row.origins:,}" if row.origins else "none"
        named = f"{origins}: {row.origin_names}" if row.origin_names else origins
        warned = replace(type_, colour=OCHRE, bold=True) if row.origins <= 1 else type_
        cells = [
            Cell((words.para(row.block, replace(type_, bold=True), empty=UNKNOWN),), rule=ROW_LINE),
            Cell((words.para(row.says, type_, empty=UNKNOWN),), rule=ROW_LINE),
            Cell((_marks(row.sources, words, type_),), rule=ROW_LINE),
            Cell((words.para(named, warned),), rule=ROW_LINE),
            Cell((words.para(f"{row.statements:,}", type_, align="right"),), rule=ROW_LINE),
        ]
        rows += table_rows(sheet, cells, setting, number)
    return shortened(rows, setting, _note(block.note, setting))


def warning_list(block: WarningList, setting: Setting) -> list[Item]:
    """Objections, each with the rows that caused it."""
    words = setting.words
    type_ = TABLE[setting.level]
    heads = [_head(words, ""), _head(words, "Warning"), _head(words, "Rows", "right")]
    sheet = headed((24.0, ACROSS - 204, 180.0), "Warnings", heads, pad=4)
    sign = Para((Run("!", bold=True),), replace(type_, colour=OCHRE))
    rows: list[Row] = []
    for number, (text, labels) in enumerate(block.rows, start=1):
        caused = words.para(labels, replace(type_, colour=INK2), empty=UNKNOWN, align="right")
        cells = [
            Cell((sign,), rule=ROW_LINE),
            Cell((words.para(text, type_, empty=UNKNOWN),), rule=ROW_LINE),
            Cell((caused,), rule=ROW_LINE),
        ]
        rows += table_rows(sheet, cells, setting, number)
    return [*rows, *_note(block.note, setting)]


def headed(
    widths: tuple[float, ...],
    name: str,
    heads: Sequence[Para],
    *,
    pad: float = 6.0,
    skirt: float = 4.0,
) -> Sheet:
    """A table with a row of column heads, of a few lines at most, that each slide repeats."""
    sheet = Sheet(widths, name, pad=pad, skirt=skirt)
    shown = [cut(para, sheet.room(at), _HEAD_LINES) for at, para in enumerate(heads)]
    row = sheet.row([Cell((para,), rule=SECTION_LINE) for para in shown])
    return replace(sheet, head=(row,))


def in_full(heads: Sequence[Para], sheet: Sheet, setting: Setting) -> list[Item]:
    """Column heads that had no room, to stand under their table."""
    whole = [
        replace(para, align="left", type=SMALL)
        for at, para in enumerate(heads)
        if count(para, sheet.room(at)) > _HEAD_LINES
    ]
    return text_pieces(whole, setting.most, "Columns") if whole else []


def shortened(rows: list[Row], setting: Setting, after: Sequence[Item] = ()) -> list[Item]:
    """The rows that one slide holds, or two where one holds few, and how many there are besides.

    What stands under them comes last.
    """
    most = setting.most
    if setting.whole or not rows or page_count([*rows, *after], most) <= _SLIDES:
        return [*rows, *after]
    slides = 1 if page_count([*rows[:_FEW], *after], most) == 1 else _SLIDES
    # As many as could stand there without a head; the last ones go until all have room.
    highs = accumulate(row.height for row in rows)
    beyond = next(
        (row.number for row, high in zip(rows, highs, strict=True) if high > slides * most),
        rows[-1].number,
    )
    kept = [row for row in rows if row.number < max(beyond, rows[0].number + 1)]
    while kept[-1].number > kept[0].number and (
        page_count([*kept, *_more(kept, rows, setting), *after], most) > slides
    ):
        kept = [row for row in kept if row.number < kept[-1].number]
    if 0 < rows[-1].number - kept[-1].number < _HIDDEN:
        return [*rows, *after]
    return [*kept, *_more(kept, rows, setting), *after]


def _more(kept: list[Row], rows: list[Row], setting: Setting) -> list[Item]:
    """How many rows there are besides, where there are any."""
    left = rows[-1].number - kept[-1].number
    if not left:
        return []
    said = setting.words.small(MORE.format(count=left), SMALL)
    return text_pieces((said,), SMALL.line, "And more")


def table_rows(sheet: Sheet, cells: Sequence[Cell], setting: Setting, number: int) -> list[Row]:
    """One row of a table, in as many pieces as it needs to stand on slides."""
    head = sum(row.height for row in sheet.head)
    return [Row(row, sheet, number) for row in sheet.rows(cells, setting.most - head)]


def _note(text: Text, setting: Setting) -> list[Item]:
    if not text:
        return []
    return text_pieces((setting.words.small(text, SMALL),), setting.most, "Note")


def _head(words: Words, title: str, align: str = "left") -> Para:
    return words.para(title, HEAD, align=align)


def _marks(sources: tuple[str, ...], words: Words, type_: Type) -> Para:
    marks = words.marks(sources)
    spaced = [run for mark in marks for run in (replace(mark, raised=False), Run(" "))]
    return Para(tuple(spaced[:-1]) or (Run(UNKNOWN),), type_)


def _sign(yes: bool, type_: Type) -> Cell:
    run = Run(_YES if yes else _NO, colour=RAMP[3] if yes else CONTROL)
    return Cell((Para((run,), type_, align="center"),), rule=ROW_LINE)


def _figure(value: int, bounds: tuple[int, ...], type_: Type, words: Words) -> Cell:
    if value <= 0:
        quiet = replace(type_, colour=INK3)
        para = words.para(NO_REPORTS, quiet, align="center")
        return Cell((para,), fill=MIST2, frame=WHITE, middle=True)
    ground = RAMP[matrix_shade(value, bounds) - 1]
    figure = replace(type_, colour=on(ground))
    para = words.para(f"{value:,}", figure, align="center")
    return Cell((para,), fill=ground, frame=WHITE, middle=True)


def _ramp(bounds: tuple[int, ...], most: int, unit: str) -> list[Item]:
    if not bounds:
        return []
    entries = [
        (RAMP[matrix_shade(bounds[step - 1], bounds) - 1], label)
        for label, step in heat_legend(bounds, most)
    ]
    head = unit[:1].upper() + unit[1:]
    return [Piece(15, lambda top: legend(entries, head, LEFT, top), 12.0)]
