"""The primer as a briefing: what an advanced persistent threat is, and what to do about it.

It says what the pages say, sentence by sentence, and nothing besides. Each sentence is a statement
of the page's record, with the documents behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from briefing.core.brief import (
    Brief,
    Bullets,
    MadeFrom,
    Paragraph,
    Part,
    Question,
    Section,
    Span,
    Text,
)
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.core.wording import counted, curly
from briefing.core.world import World
from briefing.services.recipes.appendix import appendix, brand_of
from briefing.services.recipes.ceiling import Allowed
from briefing.services.recipes.composing import (
    asked_about,
    check_sections,
    one_page,
    short_sources,
    statements_of,
)
from briefing.services.recipes.gathered import Gathered, gather, kept_out
from briefing.services.recipes.marks import Marks
from briefing.services.recipes.request import BriefRequest
from briefing.store.primer import PrimerText, StatedPage, stated_pages

KIND, KIND_TITLE = "primer", "Primer"

PAGE = ("what", "asked")
"""Sections of the executive page, in their usual order."""

FULL = ("pages",)
"""What stands behind it: the pages whole, one part each."""

SECTIONS = (*PAGE, *FULL)
"""Keys of its sections that can be left out or moved, in their usual order."""
_ASKED = 3
"""Headings of a page that somebody is likely to ask about."""
_ANSWERED = 2
"""Sentences of an answer."""


@dataclass(frozen=True, slots=True)
class PrimerLimits:
    """How much the executive page takes: of so many pages the beginning whole, else so much."""

    whole: int = 0
    sentences: int = 2


TIGHTEST = PrimerLimits()
WIDER: tuple[Mapping[str, Any], ...] = tuple({"whole": most} for most in range(1, 21))
"""The beginnings of more pages whole."""


@dataclass(frozen=True, slots=True)
class PrimerReading:
    """The pages an audience may read, and what they rest on."""

    pages: tuple[StatedPage, ...]
    gathered: Gathered


def read_primer(allowed: Allowed) -> PrimerReading:
    """The pages that an audience may read.

    Raises:
        BriefingError: when the database is changed meanwhile.
    """
    pages = stated_pages(allowed.reader.connection)
    said = (text.basis for page in pages for text in page.texts)
    return PrimerReading(pages, gather(allowed, said))


def compose(allowed: Allowed, request: BriefRequest, world: World | None) -> Brief:
    """Put the primer together.

    Args:
        allowed: What the audience may see.
        request: How long, which sections, for whom.
        world: Not used; the primer has no map.

    Raises:
        WrongCallError: when a section is wanted that there is not.
        BriefingError: when there is no page that the audience may read.
    """
    del world
    check_sections("A primer", request.sections, SECTIONS)
    reading = read_primer(allowed)
    if not reading.pages:
        raise BriefingError(
            "There is no page of the primer that this audience may read.",
            remedy="Choose a higher ceiling, or build the database with its primer.",
        )
    wanted = PAGE + FULL if request.sections is None else request.sections
    marks, first = _executive_page(allowed, reading, request, wanted)
    parts = [first]
    if not request.one_page:
        if "pages" in wanted:
            parts += [_whole(page, marks) for page in reading.pages]
        parts.append(appendix(parts, reading.gathered, marks, {}, ()))
    statements = statements_of(parts)
    return Brief(
        kind=KIND,
        kind_title=KIND_TITLE,
        subject=reading.pages[0].title,
        title=first.title,
        parts=tuple(parts),
        sources=marks.sources(),
        made_from=reading.gathered.made_from(allowed, statements),
        data_as_of=allowed.data_as_of,
        ceiling=request.ceiling,
        tlp=marks.least,
        author=request.author,
        withheld=kept_out(allowed, lambda everything: read_primer(everything).gathered),
        client=request.client.name if request.client else "",
        brand=brand_of(request.client, request.author),
        cover=not request.one_page,
    )


def _executive_page(
    allowed: Allowed, reading: PrimerReading, request: BriefRequest, wanted: tuple[str, ...]
) -> tuple[Marks, Part]:
    # For whom it was made is printed in it.
    least = min(request.client.tlp, allowed.ceiling) if request.client else Tlp.CLEAR
    told = reading.gathered.marks(least).held(
        *(text.basis for page in reading.pages for text in page.texts)
    )

    def compose_with(limits: PrimerLimits) -> tuple[Marks, Part]:
        marks = reading.gathered.marks(least)
        made = {"what": _in_short, "asked": _by_page}
        sections = [
            section
            for key in wanted
            if key in made
            for section in made[key](reading, marks, limits)
        ]
        # After the page's own, so that its sources have the first numbers without a gap.
        pages = {"what": reading.pages[0], **{f"asked-{p.number}": p for p in reading.pages[1:]}}
        asked = [_asked(section, pages[section.key], marks) for section in sections]
        return marks, Part(
            curly(reading.pages[0].title),
            _subtitle(reading),
            (*asked, short_sources()),
            one_page=True,
            **told,
        )

    def printed_under(part: Part) -> tuple[MadeFrom, ...]:
        if not request.one_page:
            return ()
        return reading.gathered.made_from(allowed, statements_of([part]))

    marks, part, _ = one_page(compose_with, TIGHTEST, WIDER, printed_under, request.kept_free)
    return marks, part


def _subtitle(reading: PrimerReading) -> str:
    texts = sum(len(page.texts) for page in reading.pages)
    held = counted(len(reading.pages), "page")
    return f"Primer · for people who decide · the primer has {held}, {counted(texts, 'sentence')}"


def _in_short(reading: PrimerReading, marks: Marks, limits: PrimerLimits) -> list[Section]:
    """How the first page begins: what the threat is."""
    return [_begun("what", "In short", reading.pages[0], marks, limits)]


def _by_page(reading: PrimerReading, marks: Marks, limits: PrimerLimits) -> list[Section]:
    """How each page behind the first one begins, under its title."""
    return [
        _begun(f"asked-{page.number}", page.title, page, marks, limits)
        for page in reading.pages[1:]
    ]


def _begun(key: str, title: str, page: StatedPage, marks: Marks, limits: PrimerLimits) -> Section:
    """What stands above the first heading of a page: written as the sum of the page."""
    said = page.under("")
    if page.number > limits.whole:
        said = said[: limits.sentences]
    return Section(key, curly(title), (_paragraph(said, marks),))


def _asked(section: Section, page: StatedPage, marks: Marks) -> Section:
    """What may be asked about a page, by its headings: each answer is how the text begins there."""
    headings = [heading for heading in page.headings if heading][:_ASKED]
    found = {heading: page.under(heading)[:_ANSWERED] for heading in headings}
    questions = tuple(
        Question(curly(f"What is meant by “{heading}”?"), _paragraph(texts, marks).text)
        for heading, texts in found.items()
        if texts
    )
    held = marks.held(*(text.basis for texts in found.values() for text in texts))
    return asked_about(section, questions, held["tlp"])


def _whole(page: StatedPage, marks: Marks) -> Part:
    """One page with all its sentences, as it is divided."""
    sections = tuple(
        Section(
            f"pages-{page.number}-{place}",
            curly(heading) or "In short",
            _blocks(page.blocks(heading), marks),
        )
        for place, heading in enumerate(page.headings)
    )
    told = marks.held(*(text.basis for text in page.texts))
    return Part(curly(page.title), f"Primer, page {page.number}, in full", sections, **told)


def _blocks(
    blocks: tuple[tuple[PrimerText, ...], ...], marks: Marks
) -> tuple[Paragraph | Bullets, ...]:
    """Paragraphs, and items that follow one another as one list."""
    made: list[Paragraph | Bullets] = []
    for item, run in groupby(blocks, lambda texts: texts[0].item):
        held = tuple(run)
        if item:
            told = marks.held(*(text.basis for texts in held for text in texts))
            made.append(Bullets(tuple(_words(texts, marks) for texts in held), **told))
        else:
            made += [_paragraph(texts, marks) for texts in held]
    return tuple(made)


def _paragraph(texts: tuple[PrimerText, ...] | list[PrimerText], marks: Marks) -> Paragraph:
    return Paragraph(_words(texts, marks), **marks.held(*(text.basis for text in texts)))


def _words(texts: tuple[PrimerText, ...] | list[PrimerText], marks: Marks) -> Text:
    made: Text = ()
    for text in texts:
        gap = (Span(" "),) if made else ()
        made = (*made, *gap, *marks.text(text.words, text.basis))
    return made
