"""What a briefing says in its own words, each piece with its place.

Left out is what somebody else says: quotations, claims, what an author quotes in a note, words
between quotation marks.
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
    Facts,
    KeyJudgement,
    Note,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteText,
    Paragraph,
    Part,
    Section,
    Stages,
    Table,
    Text,
    Timeline,
    plain,
)

_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SAID: Final = "said"
"""The edge of a paragraph that holds what others say."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        part: Number of the part, from 1.
        section: Key of the section; "" for the head of a part.
        title: Title of the section, or of the part.
        block: Number of the block in its section, from 1; 0 for what stands beside the blocks.
    """

    part: int
    section: str
    title: str
    block: int = 0

    @property
    def words(self) -> str:
        """``Part 2, “Origin”, block 3``."""
        block = f", block {self.block}" if self.block else ""
        return f"Part {self.part}, “{self.title}”{block}"


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of text in its place; the block it is from, None beside blocks."""

    place: Place
    text: str
    block: AnyBlock | None = None


def own_words(brief: Brief) -> Iterator[Prose]:
    """Everything a briefing says in its own words, in print order, without quotations."""
    for number, part in enumerate(brief.parts, start=1):
        yield from _head(number, part)
        for section in part.sections:
            yield from _section(number, section)


def unquoted(text: str) -> str:
    """A text in which “…” stands for everything between quotation marks."""
    return _QUOTED.sub("“…”", text)


def _head(number: int, part: Part) -> Iterator[Prose]:
    for words in (part.title, part.subtitle):
        if words:
            yield Prose(Place(number, "", part.title), unquoted(words))


def _section(number: int, section: Section) -> Iterator[Prose]:
    beside = Place(number, section.key, section.title)
    spoken = (question.answer for question in section.questions)
    for text in (section.note, *spoken):
        if text:
            yield Prose(beside, unquoted(plain(text)))
    for at, block in enumerate(section.blocks, start=1):
        place = Place(number, section.key, section.title, at)
        for text in _texts(block):
            yield Prose(place, unquoted(plain(text)), block)


def _texts(block: AnyBlock) -> Iterable[Text]:
    match block:
        case Paragraph():
            return () if block.edge == _SAID else (block.text,)
        case KeyJudgement():
            return (block.text,)
        case Assessed():
            return (block.text, *(text for _, text in block.facts))
        case Note():
            return _noted(block.nodes)
        case _:
            return _rows(block)


def _rows(block: AnyBlock) -> Iterable[Text]:
    match block:
        case Facts():
            return (text for _, text in block.rows)
        case Table():
            return (*(cell for row in block.rows for cell in row), block.note)
        case Timeline():
            return (event.text for event in block.events)
        case Stages():
            return (stage.text for stage in block.stages)
        case Actions():
            return (action.why for action in block.actions)
        case ActorReasons():
            return (*(row.why for row in block.rows), block.note)
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
