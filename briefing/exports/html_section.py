"""A section: its heading at the side or above, its blocks, and what stays together on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.core.brief import (
    Actions,
    ActorReasons,
    AnyBlock,
    Bars,
    Bullets,
    ClaimsEvidence,
    Facts,
    KeyJudgement,
    Note,
    Paragraph,
    Quotation,
    Section,
    SourceList,
    Table,
    Text,
    Timeline,
    Trace,
    WarningList,
    WorldMap,
    plain,
)
from briefing.exports.html_markup import element

_KEPT_ROWS = 24
"""So many rows are about half a page, and stay together."""
_OTHER = 10
"""Rows of what is not counted: pictures, the stages, grids."""
_CHARACTERS = 100
"""Of a line of prose."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Blocks as markup that stay together on paper, unless they are long."""

    blocks: Sequence[str]
    is_long: bool


def kept_together(section: Section) -> Iterator[tuple[list[AnyBlock], bool]]:
    """The blocks of a section in runs of about half a page, and whether one is longer."""
    run: list[AnyBlock] = []
    height = 0
    for block in section.blocks:
        rows = _rows(block)
        if run and height + rows > _KEPT_ROWS:
            yield run, height > _KEPT_ROWS
            run, height = [], 0
        run.append(block)
        height += rows
    yield run, height > _KEPT_ROWS


def laid_out(anchor: str, title: str, note: str, chunks: Sequence[Chunk], *, wide: bool) -> str:
    """A section.

    Args:
        anchor: Its id.
        title: Its heading as markup, or "".
        note: What stands under the heading, as markup.
        chunks: Its blocks.
        wide: Whether the heading stands above, and the blocks take the whole width.
    """
    head = element("h3", title, id=f"{anchor}-title") if title else ""
    side = element("div", head, note, class_="side")
    rows = (
        [side, _body(block for chunk in chunks for block in chunk.blocks)]
        if wide
        else [
            element(
                "div",
                "" if index else side,
                _body(chunk.blocks),
                class_="row long" if chunk.is_long else "row",
            )
            for index, chunk in enumerate(chunks)
        ]
    )
    return element(
        "section",
        *rows,
        class_="section wide" if wide else "section",
        id=anchor,
        aria_labelledby=f"{anchor}-title" if title else "",
    )


def _body(blocks: Iterable[str]) -> str:
    return element("div", *blocks, class_="body")


def _rows(block: AnyBlock) -> int:
    """About how many rows of a table a block takes on paper."""
    height = _HEIGHTS.get(type(block))
    return height(block) if height else _OTHER


def _lines(words: Text) -> int:
    return 1 + len(plain(words)) // _CHARACTERS


_HEIGHTS: Mapping[type[Any], Callable[[Any], int]] = {
    Actions: lambda block: 2 * len(block.actions),
    ActorReasons: lambda block: 2 * len(block.rows),
    Bars: lambda block: len(block.rows),
    Bullets: lambda block: sum(map(_lines, block.items)),
    Facts: lambda block: len(block.rows),
    ClaimsEvidence: lambda block: 3 * max(len(block.claims), len(block.evidence)),
    KeyJudgement: lambda _: 3,
    Note: lambda block: 3 * len(block.nodes),
    Paragraph: lambda block: _lines(block.text),
    Quotation: lambda block: _lines(block.text),
    SourceList: lambda block: 3 if block.short else _KEPT_ROWS + 1,
    Table: lambda block: len(block.rows),
    Timeline: lambda block: len(block.events),
    Trace: lambda block: len(block.rows),
    WarningList: lambda block: len(block.rows),
    WorldMap: lambda _: 20,
}
