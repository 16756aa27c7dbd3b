"""Where the sources are listed, which words rest on them, and what the briefing was made from."""

from __future__ import annotations

from briefing.core.brief import Brief, BriefSource, MadeFrom, Part, SourceList, Trace, TraceRow
from briefing.core.dates import short_date
from briefing.exports.docx_desk import APART, Desk, head
from briefing.exports.docx_markup import DASH, NO_BREAK, paragraph, run
from briefing.exports.docx_table import Cell, table
from briefing.exports.docx_words import short_list
from briefing.exports.links import shown_address
from briefing.exports.office_text import clean
from briefing.exports.text_measure import width

_SMALL, _ADDRESS_LINE = 8.0, 330.0
"""Points: type of an address, and the line it may take."""
_HASH_SHOWN = 16
"""Hexadecimal digits of a snapshot's hash on paper; the manifest holds all of them."""


def source_list(block: SourceList, part: Part, desk: Desk) -> list[str]:
    """Short names in a line, or the full table."""
    if block.short:
        entries = [
            _short(number, desk) for number in short_list(part, desk.brief, desk.words.numbers)
        ]
        return [paragraph("Source", run(APART).join(entries)), *desk.note(block.note)]
    rows = [_row(number, desk) for number in range(1, len(desk.brief.sources) + 1)]
    heads = [
        head("#"),
        head("Title, publisher, address"),
        head("Date", "Right"),
        head("Grade", "Right"),
    ]
    note = desk.note(block.note)
    return [table("RuledTable", (8, 121, 26, 15), rows, head=heads, leads=bool(note)), *note]


def trace(block: Trace, desk: Desk) -> list[str]:
    """Which words rest on which sources; one origin is a warning, in ochre."""
    rows = [_traced(row, desk) for row in block.rows]
    heads = [head(words) for words in ("Block", "Says", "Sources", "Origins")]
    heads.append(head("Statements", "Right"))
    note = desk.note(block.note)
    made = table("RuledTable", (29, 53, 34, 35, 19), rows, head=heads, leads=bool(note))
    return [made, *note]


def made_from(brief: Brief, desk: Desk) -> list[str]:
    """The snapshots behind the brief, with the notices their licences ask for."""
    rows = [_snapshot(snapshot, desk) for snapshot in brief.made_from]
    heads = [head("Snapshot, notice"), head("Version"), head("SHA-256 begins")]
    heads.append(head("Records", "Right"))
    # What follows is the empty paragraph that Word wants at the end, which must not turn a page.
    return [table("RuledTable", (80, 42, 32, 16), rows, head=heads, leads=True)]


def made_from_line(brief: Brief) -> str:
    """The same in a line, for a page with no room for a table."""
    named = ", ".join(f"{it.title} {it.version}".strip() for it in brief.made_from)
    notices = " ".join(dict.fromkeys(it.notice for it in brief.made_from if it.notice))
    return paragraph("Note", run(f"Made from {named}. {notices}".strip()))


def _short(number: int, desk: Desk) -> str:
    source = desk.brief.sources[number - 1]
    name = source.short or source.publisher or source.title or "Untitled"
    entry = desk.words.jump(number, f"[{number}]", "Number") + run(NO_BREAK + name)
    return desk.words.target(number, entry, full=False)


def _row(number: int, desk: Desk) -> list[Cell]:
    source = desk.brief.sources[number - 1]
    anchor = desk.words.target(number, run(str(number), "Number"), full=True)
    lines = [paragraph("TableKey", run(source.title or "Untitled")), *_published(source, desk)]
    if source.rests_on:
        lines.append(paragraph("TableSmall", run(source.rests_on, "Caution")))
    return [
        Cell(paragraph("TableText", anchor)),
        Cell("".join(lines)),
        desk.cell(short_date(source.published) or DASH, "TableFigures"),
        desk.cell(source.grade.code, "TableFigures", "Strong"),
    ]


def _published(source: BriefSource, desk: Desk) -> list[str]:
    """Publisher and address in a line where both fit, else the address in a line of its own."""
    address = shown_address(source.url)
    linked = desk.words.address(source.url, address) if address else ""
    said = run(source.publisher)
    if said and linked:
        line = f"{source.publisher} · {address}"
        if width(clean(line), _SMALL) > _ADDRESS_LINE:
            return [paragraph("TableSmall", said), paragraph("TableSmall", linked)]
        said += run(" · ")
    return [paragraph("TableSmall", said + linked)] if said or linked else []


def _traced(row: TraceRow, desk: Desk) -> list[Cell]:
    origins = f"{row.origins:,}" if row.origins else "none"
    named = f"{origins}: {row.origin_names}" if row.origin_names else origins
    numbers = desk.words.numbers.of(row.sources)
    marks = run(" ").join(desk.words.jump(number, f"[{number}]", "Number") for number in numbers)
    return [
        desk.cell(row.block, "TableKey"),
        desk.cell(row.says),
        Cell(paragraph("TableText", marks)),
        desk.cell(named, "TableText", "Caution" if row.origins <= 1 else ""),
        desk.cell(f"{row.statements:,}", "TableFigures"),
    ]


def _snapshot(snapshot: MadeFrom, desk: Desk) -> list[Cell]:
    notice = paragraph("TableSmall", run(snapshot.notice)) if snapshot.notice else ""
    return [
        Cell(paragraph("TableKey", run(snapshot.title)) + notice),
        desk.cell(snapshot.version),
        desk.cell(snapshot.sha256[:_HASH_SHOWN]),
        desk.cell(f"{snapshot.records:,}", "TableFigures"),
    ]
