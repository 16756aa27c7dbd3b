"""What a help page is made of: sections of plain blocks, without a word about how they look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from briefing.core.brief import Inline, Mark, Span, Text, plain
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.profile import PrimerPage, ProfileSource, Sentence
from briefing.core.tlp import Tlp
from briefing.core.wording import curly

Sign: TypeAlias = Tlp | Likelihood | Confidence | str
"""What a row explains: a level or a term with its picture, or a word."""


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs; ``items`` makes each an item of a list."""

    paragraphs: tuple[Text, ...]
    items: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A sign, what it means, and a quieter remark.

    Attributes:
        sign: What is explained.
        text: What it means.
        note: The remark, or "".
        key: What a place names to lead here; "" where nothing does.
        also: Other words that lead here from a search.
    """

    sign: Sign
    text: str
    note: str = ""
    key: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Signs under each other with their meanings; ``name`` is for screen readers."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Lists of signs that belong together, each under its name."""

    lists: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """How many of all have something, as bars. ``total`` is the denominator, in ``unit``."""

    rows: tuple[tuple[str, int], ...]
    total: int
    unit: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table; columns named in ``numeric`` hold figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A notice as its owner wrote it, line by line."""

    text: str


Block: TypeAlias = Words | Rows | Beside | Shares | Grid | Verbatim


@dataclass(frozen=True, slots=True)
class HelpSection:
    """A heading with its blocks; ``key`` is what a place names after "#"."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page.

    Attributes:
        key: What a place names ("reading").
        title: At its head.
        summary: One line for the list of topics.
        lead: What stands above the first section.
        sources: What its marks refer to, in the order of their numbers.
    """

    key: str
    title: str
    summary: str
    sections: tuple[HelpSection, ...]
    lead: tuple[Text, ...] = ()
    sources: tuple[ProfileSource, ...] = ()

    def words(self) -> str:
        """Everything it says, for a search."""
        parts = [self.title, self.summary, *map(plain, self.lead)]
        for section in self.sections:
            parts.append(section.title)
            for block in section.blocks:
                parts += _words(block)
        return "\n".join(parts)


def paragraphs(*sentences: str) -> Words:
    """Our own words, a paragraph each."""
    return Words(tuple((Span(curly(text)),) for text in sentences))


def points(*sentences: str) -> Words:
    """Our own words as a list."""
    return Words(tuple((Span(curly(text)),) for text in sentences), items=True)


def primer_help(page: PrimerPage) -> HelpPage:
    """A page of the primer, with its sources."""
    numbers = [source.key for source in page.sources]
    return HelpPage(
        key=f"primer/{page.slug}",
        title=page.title,
        summary=f"Primer, page {page.number}",
        lead=_joined(page.lead, numbers),
        sections=tuple(
            HelpSection(
                f"section-{place}",
                section.heading,
                tuple(
                    Words(_joined(block.sentences, numbers), block.item) for block in section.blocks
                ),
            )
            for place, section in enumerate(page.sections, start=1)
        ),
        sources=page.sources,
    )


def _joined(sentences: Iterable[Sentence], numbers: list[str]) -> tuple[Text, ...]:
    """Sentences as one paragraph, each with its marks in the order of their numbers."""
    text: list[Inline] = []
    for sentence in sentences:
        words = curly(sentence.text)
        text.append(Span(f" {words}" if text else words))
        text.append(Mark(tuple(sorted(sentence.sources, key=numbers.index))))
    return (tuple(text),) if text else ()


def _words(block: Block) -> list[str]:
    if isinstance(block, Words):
        return [plain(paragraph) for paragraph in block.paragraphs]
    if isinstance(block, Rows):
        return [f"{sign_words(row.sign)} {row.text} {row.note}" for row in block.rows]
    if isinstance(block, Beside):
        return [line for rows in block.lists for line in _words(rows)]
    if isinstance(block, Grid):
        return [" ".join(row) for row in block.rows]
    if isinstance(block, Shares):
        return [label for label, _ in block.rows]
    return [block.text]


def sign_words(sign: Sign) -> str:
    """A sign in words."""
    if isinstance(sign, Tlp):
        return sign.label
    if isinstance(sign, Likelihood):
        return f"{sign.term} {sign.range}"
    if isinstance(sign, Confidence):
        return f"confidence {sign.word}"
    return sign
