"""What a briefing says in its own words, each piece of it with its place.

Left out is what somebody else says, and what only records it: quotations, claims and evidence,
rows of tables and timelines, dissent, the competing hypotheses, what an author quotes in a note.
Inside a piece, words between quotation marks, words of a link and names of documents are covered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from briefing.core.brief import (
    Actions,
    ActorReasons,
    AnyBlock,
    Assessed,
    Brief,
    Bullets,
    KeyJudgement,
    Note,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteText,
    Paragraph,
    Section,
    Span,
    Stages,
    Style,
    Text,
    WarningList,
    plain,
    spans,
)

COVER: Final = "…"
"""Stands for each character of what is not the briefing's own."""
DISSENT: Final = frozenset(("Dissent", "Second opinion"))
"""Labels under an assessment where others speak."""

_OPEN, _CLOSE = "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
_QUOTED: Final = re.compile(
    r"„[^“]*“|“[^”]*”|«[^»]*»|\"[^\"]*\""
    # A mark inside a word is an apostrophe and closes nothing.
    rf"|{_OPEN}[^{_OPEN}]*?{_CLOSE}(?!\w)"
)
_SHORTEST_TITLE: Final = 12
"""Characters: a shorter title of a document may be an ordinary word."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece of text stands.

    Attributes:
        part: Number of the part, from 1; 0 for the title of the briefing.
        section: Key of the section; "" for the head of a part.
        heading: Title of the section, of the part or of the briefing.
        block: Number of the block in its section, from 1; 0 for what stands beside the blocks.
        item: Number of the text in its block or beside the blocks, from 1.
    """

    part: int
    section: str
    heading: str
    block: int
    item: int

    @property
    def words(self) -> str:
        """``Part 2, “Origin”, block 3``."""
        if not self.part:
            return "Title"
        block = f", block {self.block}" if self.block else ""
        return f"Part {self.part}, “{self.heading}”{block}"


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of text in its place.

    Attributes:
        place: Where it stands.
        text: As printed, without marks.
        own: The same, as long, with what is somebody else's covered.
        block: The block it is from; None beside blocks.
    """

    place: Place
    text: str
    own: str
    block: AnyBlock | None = None


def own_words(brief: Brief) -> Iterator[Prose]:
    """Everything a briefing says in its own words, in print order."""
    titles = _titles(brief)
    yield _prose(Place(0, "", brief.title, 0, 1), spans(brief.title), titles)
    for number, part in enumerate(brief.parts, start=1):
        for item, words in enumerate((part.title, part.subtitle), start=1):
            yield _prose(Place(number, "", part.title, 0, item), spans(words), titles)
        for section in part.sections:
            for at, block, texts in _section(section):
                for item, text in enumerate(texts, start=1):
                    place = Place(number, section.key, section.title, at, item)
                    yield _prose(place, text, titles, block)


def _titles(brief: Brief) -> re.Pattern[str] | None:
    """The names of the documents that a briefing cites; None where it cites none."""
    titles = [source.title for source in brief.sources if len(source.title) >= _SHORTEST_TITLE]
    titles.sort(key=len, reverse=True)
    return re.compile("|".join(re.escape(title) for title in titles)) if titles else None


def _prose(
    place: Place, text: Text, titles: re.Pattern[str] | None, block: AnyBlock | None = None
) -> Prose:
    own = "".join(
        COVER * len(span.text) if span.href or span.style is Style.CODE else span.text
        for span in text
        if isinstance(span, Span)
    )
    if titles is not None:
        own = titles.sub(lambda named: COVER * len(named[0]), own)
    return Prose(place, plain(text), _QUOTED.sub(_covered, own), block)


def _covered(quoted: re.Match[str]) -> str:
    """Quotation marks with nothing legible between them."""
    whole = quoted[0]
    return f"{whole[0]}{COVER * (len(whole) - 2)}{whole[-1]}"


def _section(section: Section) -> Iterator[tuple[int, AnyBlock | None, Iterable[Text]]]:
    """Number of each block, the block, and its texts; beside them the head and what is answered."""
    answers = (question.answer for question in section.questions)
    yield 0, None, (spans(section.title), section.note, *answers)
    for at, block in enumerate(section.blocks, start=1):
        yield at, block, _texts(block)


def _texts(block: AnyBlock) -> Iterable[Text]:
    match block:
        case Paragraph():
            # What has an edge is what others say, or how they dissent.
            return () if block.edge else (block.text,)
        case Bullets():
            return block.items
        case KeyJudgement():
            return (block.text,)
        case Assessed():
            return (block.text, *(text for label, text in block.facts if label not in DISSENT))
        case Note():
            return _noted(block.nodes)
        case Stages():
            return (stage.text for stage in block.stages)
        case Actions():
            return (action.why for action in block.actions)
        case ActorReasons():
            return (*(row.why for row in block.rows), block.note)
        case WarningList():
            return (*(spans(words) for words, _ in block.rows), block.note)
        case _:
            return ()


def _noted(nodes: tuple[NoteNode, ...]) -> Iterator[Text]:
    """The author's words in a note; what is quoted or kept as typed is somebody else's."""
    for node in nodes:
        match node:
            case NoteText() | NoteHeading():
                yield node.text
            case NoteList():
                for item in node.items:
                    yield from _noted(item)
            case _:
                pass
