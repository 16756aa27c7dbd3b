"""The parts and sections of a brief as slides need them: sources once, no slide for one "none"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from briefing.core.brief import (
    AnyBlock,
    Brief,
    Paragraph,
    Part,
    Section,
    SourceList,
    Span,
    Style,
    Text,
    plain,
)
from briefing.exports.slide_words import sentences

_LONE: Final = 160
"""Characters of a sentence that needs no slide of its own."""


def parts_of(brief: Brief) -> Iterator[Part]:
    """The parts with the sources in one place: the full list, else the last short one."""
    lists = [block for block in brief.blocks() if isinstance(block, SourceList)]
    kept = next((block for block in lists if not block.short), lists[-1] if lists else None)
    for part in brief.parts:
        sections = (_without_lists(section, kept) for section in part.sections)
        shown = [section for section in sections if section.blocks]
        yield replace(part, sections=tuple(shown if part.one_page else _joined(shown)))
    if kept is None and brief.sources:
        section = Section("sources", "Sources", (SourceList(short=False),))
        yield Part("", "", (section,))


def _joined(sections: Sequence[Section]) -> list[Section]:
    """The sections; one that says in a sentence that nothing is there is a note to its neighbour.

    Such a sentence rests on no statement and no source.
    """
    made: list[Section] = []
    for section in sections:
        said = _lone_sentence(section)
        if not (said and made):
            made.append(section)
            continue
        before = made[-1]
        apart: Text = (Span(" "),) if before.note else ()
        note = (*before.note, *apart, Span(f"{section.title}: ", Style.STRONG), *said)
        asked = (*before.questions, *section.questions)
        made[-1] = replace(before, note=note, questions=asked)
    return made


def _lone_sentence(section: Section) -> Text:
    block = section.blocks[0]
    if len(section.blocks) > 1 or not isinstance(block, Paragraph) or block.statements:
        return ()
    marked = any(not isinstance(part, Span) for part in block.text)
    alone = len(sentences(block.text)) == 1 and len(plain(block.text)) <= _LONE
    return () if marked or not alone or section.note else block.text


def _without_lists(section: Section, kept: SourceList | None) -> Section:
    """The section without the lists of sources that stand elsewhere; a lone note is a paragraph."""
    blocks: tuple[AnyBlock, ...] = tuple(
        block for block in section.blocks if not isinstance(block, SourceList) or block is kept
    )
    if section.note and not section.blocks:
        return replace(section, blocks=(Paragraph(section.note),), note=())
    return replace(section, blocks=blocks)
