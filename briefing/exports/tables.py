"""The tables behind a briefing, for the formats that hold nothing else (CSV and XLSX).

Every block that is a table, a list of dated or counted things, or a picture of numbers becomes one,
and so do judgements, sources and snapshots. Prose, quotations and notes are for the formats that
people read. Marks have a column of their own, so that a cell holds words or a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from briefing.core.brief import (
    AnyBlock,
    Brief,
    Bullets,
    KeyJudgement,
    Note,
    Paragraph,
    Quotation,
    Section,
    SourceList,
)
from briefing.core.dates import long_date
from briefing.exports.tables_blocks import WRITERS, Cells, Made, judgements

ADDRESS = "Address"
"""Head of the column of addresses."""
_PROSE = (Bullets, Paragraph, Quotation, Note, SourceList)
"""Blocks that are no table; the list of sources is always the last but one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in its place.

    Attributes:
        title: Title of the section it stands in, and what it holds where there are several.
        part: Title of the part.
        made: The table.
    """

    title: str
    part: str
    made: Made


def sheets(brief: Brief) -> tuple[Sheet, ...]:
    """The tables in print order, then the sources and what the brief was made from.

    Raises:
        BriefingError: when a mark names a source that the brief does not list, or a row has more
            cells than its table columns.
        TypeError: for a kind of block that is not known here.
    """
    cells = Cells(brief)
    found = [
        sheet
        for part in brief.parts
        for section in part.sections
        for sheet in _of_section(section, cells.words(part.title), cells)
    ]
    if brief.sources:
        found.append(Sheet("Sources", "", _sources(brief, cells)))
    if brief.made_from:
        found.append(Sheet("Made from", "", _made_from(brief, cells)))
    return tuple(found)


def about(brief: Brief) -> tuple[tuple[str, str], ...]:
    """What stands above all tables: label and words."""
    rows = (
        ("Marking", f"{brief.tlp.label}. {brief.tlp.meaning}"),
        ("Briefing", brief.title),
        ("Kind", brief.kind_title),
        ("Subject", brief.subject),
        ("Prepared for", brief.client),
        ("Audience", brief.audience),
        ("Prepared by", brief.author or (brief.brand.name if brief.brand else "")),
        ("Contact", brief.brand.footer if brief.brand else ""),
        ("Data as of", long_date(brief.data_as_of) or "a day not stated"),
        ("Holds", "The tables behind the briefing; prose and notes are in its other formats."),
        ("Sources", "Numbers in a column “Sources” are those of the table “Sources”."),
    )
    cells = Cells(brief)
    return tuple((label, cells.words(words)) for label, words in rows if words)


def _of_section(section: Section, part: str, cells: Cells) -> Iterator[Sheet]:
    title = cells.words(section.title) or "Table"
    made = list(_made(section.blocks, cells))
    for number, table in enumerate(made, start=1):
        same = sum(other.what == table.what for other in made) > 1
        what = f"{table.what} {number}" if same else table.what
        yield Sheet(f"{title}: {what}" if len(made) > 1 else title, part, table)


def _made(blocks: tuple[AnyBlock, ...], cells: Cells) -> Iterator[Made]:
    for kind, run in groupby(blocks, type):
        if issubclass(kind, KeyJudgement):
            yield judgements([one for one in run if isinstance(one, KeyJudgement)], cells)
        elif not issubclass(kind, _PROSE):
            if kind not in WRITERS:
                raise TypeError(f"No table knows the block {kind.__name__}.")
            for block in run:
                yield from WRITERS[kind](block, cells)


def _sources(brief: Brief, cells: Cells) -> Made:
    heads = ("Number", "Title", "Publisher", "Published", "Reliability", "Credibility", "Rests on")
    rows = [
        (
            number,
            it.title or "Untitled",
            it.publisher,
            it.published,
            it.grade.reliability,
            it.grade.credibility or "not judged",
            it.rests_on,
            it.url,
        )
        for number, it in enumerate(brief.sources, start=1)
    ]
    return cells.made("sources", (*heads, ADDRESS), rows)


def _made_from(brief: Brief, cells: Cells) -> Made:
    heads = ("Snapshot", "Version", "Records", "SHA-256", "Licence notice")
    rows = [(it.title, it.version, it.records, it.sha256, it.notice) for it in brief.made_from]
    return cells.made("snapshots", heads, rows)
