"""A Word document from a brief: cover, parts, contents of the full version, what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from briefing.core.brief import (
    AnyBlock,
    Assessed,
    Bars,
    Brief,
    HeatTable,
    KeyJudgement,
    Paragraph,
    Part,
    Quotation,
    Section,
    Table,
    Trace,
    WarningList,
    plain,
)
from briefing.exports.brand import Look, logo, look
from briefing.exports.docx_blocks import Blocks
from briefing.exports.docx_contents import Contents
from briefing.exports.docx_cover import cover
from briefing.exports.docx_desk import Desk
from briefing.exports.docx_layout import Layout
from briefing.exports.docx_lists import Lists
from briefing.exports.docx_markup import NO_BREAK, kept, paragraph, run
from briefing.exports.docx_package import Parts
from briefing.exports.docx_pages import (
    cover_footer,
    cover_header,
    footer,
    header,
    logo_run,
    section,
)
from briefing.exports.docx_sources import made_from, made_from_line
from briefing.exports.docx_table import END, GAP
from briefing.exports.docx_words import Words
from briefing.exports.office_text import clean
from briefing.exports.text_measure import width

_ON_COVER, _IN_HEAD = (60.0, 14.0), (22.0, 8.0)
"""Millimetres that a logo may take."""
_COVER_TOP = 36.0
_HEADING, _ASIDE, _LINE = 11.0, 8.0, 455.0
"""Points: sizes of a heading and of a note beside it, and the line they may take."""
_COVER, _INSIDE = 1, 2
"""Numbers of the heads and feet: of the cover or the first page, and of the others."""
_BREAK = "<w:pageBreakBefore/>"
_TABLE = "<w:tbl>"
_NAMED = (Table, Trace, HeatTable, Bars)
"""What a paragraph right above it names, and stays with."""
_AIRY = re.compile(
    r'<w:p><w:pPr><w:pStyle w:val="(?:\w*Heading\w*|Title|PartTitle|Note|Legend|Gap)"/>'
)
"""Paragraphs that keep away from what stands above them."""


class _Judged(NamedTuple):
    """An assessment and the warnings beside it."""

    assessed: Assessed
    warned: WarningList


def document(brief: Brief) -> bytes:
    """The brief as a DOCX file.

    Raises:
        BriefingError: as ``docx.render``.
        TypeError: for a kind of block that no page knows.
    """
    colours = look(brief.brand)
    parts = Parts(brief, colours)
    desk = Desk(brief, Words(brief, parts.address), parts, Lists())
    contents = Contents(brief)
    body, place = _body(brief, desk, contents)
    body.insert(place, contents.lines({}))
    layout = Layout(_spaced(body), front=int(brief.cover))
    body[place] = contents.lines(layout.places)
    front = _front(brief, desk, colours, layout.pages)
    parts.numbering(desk.lists.part())
    return parts.file(f"{front}{_spaced(body)}{_inside(brief, desk, layout.pages)}")


def _front(brief: Brief, desk: Desk, colours: Look, pages: int) -> str:
    """The cover with its own head and foot, or nothing."""
    if not brief.cover:
        return ""
    mark = logo(brief.brand)
    picture = logo_run(brief, mark, desk.parts, _ON_COVER, _COVER) if mark else ""
    head = desk.parts.header(_COVER, cover_header(brief, picture))
    foot = desk.parts.footer(_COVER, cover_footer(brief, pages))
    return cover(brief, colours, desk.parts, section(head, foot, top=_COVER_TOP))


def _inside(brief: Brief, desk: Desk, pages: int) -> str:
    """The section behind the cover; without a cover, the logo heads its first page."""
    head = desk.parts.header(_INSIDE, header(brief))
    foot = desk.parts.footer(_INSIDE, footer(brief, pages))
    mark = None if brief.cover else logo(brief.brand)
    if mark is None:
        return section(head, foot)
    picture = logo_run(brief, mark, desk.parts, _IN_HEAD, _COVER) + run(NO_BREAK * 3)
    taken = (_IN_HEAD[0] + 3) * 72 / 25.4
    branded = desk.parts.header(_COVER, header(brief, picture, taken))
    return section(head, foot, first=(branded, desk.parts.footer(_COVER, footer(brief, pages))))


def _body(brief: Brief, desk: Desk, contents: Contents) -> tuple[list[str], int]:
    """Everything behind the cover, and where the contents go."""
    body: list[str] = []
    place = 0
    for at, part in enumerate(brief.parts):
        opens = contents.wanted and not part.one_page and not place
        body += [contents.begin()] if opens else []
        body += _title(brief, part, brief.parts[at - 1] if at else None)
        place = len(body) if opens else place
        for it in part.sections:
            beside = part.one_page and _fits(it)
            aside = run(NO_BREAK * 2) + desk.words.text(it.note, "Aside") if beside else ""
            body.append(contents.heading(it.title, listed=not part.one_page, aside=aside))
            body += [] if beside else desk.note(it.note, "SectionNote")
            body += _blocks(it, Blocks(desk, part))
    body += _made_from(brief, desk, contents)
    return [*body, contents.end()], place


def _title(brief: Brief, part: Part, before: Part | None) -> list[str]:
    """The first part says what its marking means, if no cover does.

    The one-page version keeps to itself; parts of the full version follow one another, for only
    Word knows where its pages end, and a few lines alone on one look forgotten.
    """
    alone = before is not None and (before.one_page or part.one_page)
    follows = before is not None and not alone
    made = [
        paragraph("PartTitle" if follows else "Title", run(part.title), _BREAK if alone else ""),
        paragraph("Subtitle", run(part.subtitle)),
    ]
    if before is None and not brief.cover:
        author = f" Author: {brief.author}." if brief.author.strip() else ""
        marking = run("Marking: ") + run(brief.tlp.label, "Strong")
        made.append(paragraph("Marking", f"{marking}{run(f'. {brief.tlp.meaning}{author}')}"))
    return made


def _fits(it: Section) -> bool:
    """Whether the note of a section has room in the line of its heading."""
    note = plain(it.note)
    words = width(clean(it.title), _HEADING, bold=True) + width(clean(note), _ASIDE)
    return bool(note) and words < _LINE


def _blocks(it: Section, blocks: Blocks) -> list[str]:
    """Blocks in their order; judgements that follow one another share a table."""
    made: list[str] = []
    judged = 0
    before: type = type(None)
    for kind, group in groupby(_paired(it.blocks), type):
        if made and kind in _NAMED and before is Paragraph:
            made[-1] = kept(made[-1])
        before = kind
        if kind is KeyJudgement:
            judgements = [block for block in group if isinstance(block, KeyJudgement)]
            made += blocks.judgements(judgements, judged + 1)
            judged += len(judgements)
            continue
        for at, block in enumerate(group):
            # Word draws the edges of neighbours with the same style as one.
            made += [GAP] if at and kind in (Assessed, Quotation) else []
            if isinstance(block, _Judged):
                made += blocks.assessed(block.assessed, block.warned)
            else:
                made += blocks.block(block)
    return made


def _paired(blocks: Sequence[AnyBlock]) -> Iterator[AnyBlock | _Judged]:
    """The blocks, an assessment in one with the warnings after it, which are about it."""
    rest = list(blocks)
    while rest:
        block = rest.pop(0)
        if isinstance(block, Assessed) and rest and isinstance(rest[0], WarningList):
            yield _Judged(block, rest[0])
            rest.pop(0)
        else:
            yield block


def _made_from(brief: Brief, desk: Desk, contents: Contents) -> list[str]:
    if not brief.made_from:
        return []
    if brief.parts and brief.parts[-1].one_page:
        return [made_from_line(brief)]
    return [contents.heading("Made from", listed=True), *made_from(brief, desk)]


def _spaced(items: list[str]) -> str:
    """The items with room below each table, and a paragraph at the end as Word wants it."""
    made: list[str] = []
    for it in filter(None, items):
        if made and made[-1].startswith(_TABLE) and not _AIRY.match(it):
            made.append(GAP)
        made.append(it)
    if not made or made[-1].startswith((_TABLE, "<w:bookmarkEnd")):
        made.append(END)
    return "".join(made)
