"""What an author should know before a briefing leaves the house: everything in one answer.

Advice, never a reason not to write the file: what cannot be printed is refused elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefing.analysis.estimative_language import LanguageFinding, check_language
from briefing.core.brief import (
    ActorReasons,
    AnyBlock,
    Assessed,
    Brief,
    KeyJudgement,
    Note,
    Section,
    Table,
)
from briefing.core.errors import BriefingError
from briefing.core.wording import counted
from briefing.exports import pdf
from briefing.exports.typst_data import typst_data
from briefing.services.client_notes import primary_note, secondary_note
from briefing.services.noted import heights
from briefing.services.notes import NoteFinding, read_note
from briefing.services.recipes.marks import marks_in

_MM: Final = 25.4 / 72
_KINDS: Final = {
    "ActorReasons": "list of actors",
    "AchTable": "table of hypotheses",
    "Assessed": "assessment",
    "ClaimsEvidence": "claims and evidence",
    "HeatTable": "heat table",
    "KeyJudgement": "judgement",
    "SourceList": "list of sources",
    "WarningList": "list of warnings",
    "WorldMap": "map",
}
"""What a block is called where its class is no word of ours."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things have a source."""

    sourced: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether all of them have one."""
        return self.sourced == self.of


@dataclass(frozen=True, slots=True)
class NotedFinding:
    """Something in the note on a section that is not printed as it was meant."""

    section: str
    finding: NoteFinding


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was looked at: in words, and whether it is in order."""

    text: str
    good: bool


@dataclass(frozen=True, slots=True)
class BriefFindings:
    """What was found.

    Attributes:
        pages: Pages of the document; None where they were not set.
        fits: Whether every executive page holds on one page; None where that was not measured.
        longest: The longest blocks of an executive page that does not, longest first.
        judgements: Judgements, and how many have a source.
        rows: Rows of tables, likewise; a source named under a table counts for all its rows.
        unprintable: Why a character cannot be printed; "" where the fonts have all.
        brand: What to know of the brand's colours, a sentence each; None where there is no brand.
        withheld: Statements that the audience's ceiling kept out.
        language: Advice on how likelihood and confidence are worded.
        notes: What of the notes is not printed as it was meant.
    """

    pages: int | None
    fits: bool | None
    longest: tuple[str, ...]
    judgements: Share
    rows: Share
    unprintable: str
    brand: tuple[str, ...] | None
    withheld: int
    language: tuple[LanguageFinding, ...] = ()
    notes: tuple[NotedFinding, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        """One line for each thing that was looked at."""
        return tuple(_checks(self))

    @property
    def advice(self) -> tuple[str, ...]:
        """One line for each piece of advice on notes and wording: place, finding, proposal."""
        noted = (
            f"Note on “{one.section}”, line {one.finding.line}: {one.finding.text}"
            for one in self.notes
        )
        worded = (f"{one.place.words}: {one.text} {one.proposal}" for one in self.language)
        return (*noted, *worded)


def brief_findings(
    brief: Brief,
    notes: Iterable[tuple[str, str]] = (),
    *,
    pages: int | None = None,
    fits: bool | None = None,
) -> BriefFindings:
    """Look at everything an author should know of.

    Args:
        brief: What is to be handed on, with its notes.
        notes: Key of a section and the Markdown it was made with.
        pages: Pages, where they have been set; then every character can be printed.
        fits: Whether every executive page holds, where that was measured. Setting a page is the
            only sure measure and costs as much as printing it (``measured_fit``).
    """
    return BriefFindings(
        pages=pages,
        fits=fits,
        longest=tuple(_longest(brief)) if fits is False else (),
        judgements=_share(bool(block.statements) for block in _judgements(brief)),
        rows=_share(_row_sources(brief)),
        unprintable="" if pages is not None else _unprintable(brief),
        brand=_brand(brief),
        withheld=len(brief.withheld),
        language=check_language(brief),
        notes=tuple(_noted(brief, notes)),
    )


def measured_fit(brief: Brief) -> bool | None:
    """Whether every executive page holds on one page; None where the pages cannot be set."""
    try:
        return not pdf.overflow(brief)
    except BriefingError:
        # What stands in the way is told by ``unprintable`` and by whoever writes the file.
        return None


def _share(found: Iterable[bool]) -> Share:
    listed = tuple(found)
    return Share(sum(listed), len(listed))


def _judgements(brief: Brief) -> Iterator[AnyBlock]:
    return (block for block in brief.blocks() if isinstance(block, KeyJudgement | Assessed))


def _row_sources(brief: Brief) -> Iterator[bool]:
    for block in brief.blocks():
        if isinstance(block, Table | ActorReasons):
            under = any(marks_in(block.note))
            for row in block.rows:
                yield under or any(marks_in(row))


def _unprintable(brief: Brief) -> str:
    try:
        typst_data(brief, picture=True)
    except BriefingError as error:
        return str(error)
    return ""


def _brand(brief: Brief) -> tuple[str, ...] | None:
    if brief.brand is None or not (brief.brand.primary or brief.brand.secondary):
        return None
    told = (primary_note(brief.brand.primary), secondary_note(brief.brand.secondary))
    return tuple(text for text in told if text)


def _noted(brief: Brief, notes: Iterable[tuple[str, str]]) -> Iterator[NotedFinding]:
    titles = {section.key: section.title for part in brief.parts for section in part.sections}
    for key, text in notes:
        for finding in read_note(text).findings:
            yield NotedFinding(titles.get(key, key), finding)


def _longest(brief: Brief) -> Iterator[str]:
    """The three longest blocks of the executive pages, with how high they are."""
    found: list[tuple[float, Section, AnyBlock]] = []
    for part in brief.parts:
        if part.one_page:
            found += ((high, section, block) for section, block, high in heights(brief, part))
    found.sort(key=lambda row: -row[0])
    for high, section, block in found[:3]:
        name = type(block).__name__
        kind = "note" if isinstance(block, Note) else _KINDS.get(name, name.lower())
        yield f"{kind} in “{section.title}”, about {high * _MM:.0f} mm"


def _checks(found: BriefFindings) -> Iterator[Check]:
    length = _length(found.pages, found.fits)
    if length:
        longest = f": longest is the {found.longest[0]}" if found.longest else ""
        yield Check(length + longest, found.fits is not False)
    yield _judged(found.judgements)
    if found.rows.of:
        yield _sourced(found.rows, "table row")
    yield Check(found.unprintable or "The fonts have every character", not found.unprintable)
    if found.brand is not None:
        yield Check(
            " ".join(found.brand) or "The brand’s colours can be read (WCAG 2.2, level AA)",
            not found.brand,
        )
    if found.notes:
        yield Check(f"Notes: {counted(len(found.notes), 'thing')} not printed as meant", False)
    yield _worded(found.language)


def _judged(judgements: Share) -> Check:
    if not judgements.of:
        return Check("No judgement of ours; it says what sources say", True)
    return _sourced(judgements, "judgement")


def _sourced(share: Share, noun: str) -> Check:
    words = counted(share.of, noun)
    if share.is_whole:
        return Check(f"{words}, each with a source", True)
    return Check(f"{share.sourced:,} of {words} have a source", False)


def _length(pages: int | None, fits: bool | None) -> str:
    words = "" if pages is None else counted(pages, "page")
    if fits is False:
        said = "the executive version needs more than one page"
        return f"{words}; {said.removesuffix(' page')}" if words else said.capitalize()
    if fits is None or pages == 1:
        return words
    said = "the executive version fits the first"
    return f"{words}; {said}" if words else "The executive version fits one page"


def _worded(language: Sequence[LanguageFinding]) -> Check:
    if not language:
        return Check("Likelihood and confidence are worded as ICD 203 has them", True)
    places = counted(len({one.place for one in language}), "place")
    return Check(f"Wording to look at in {places}", False)
