"""The words of a brief as runs: styles, links, and source marks that jump to their source."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from briefing.core.brief import Brief, Mark, Part, SourceList, Span, Style, Text, TraceRow
from briefing.exports.docx_markup import JOINER, linked, run
from briefing.exports.links import safe_href
from briefing.exports.marks import Numbers

_STYLES = {
    Style.PLAIN: "",
    Style.STRONG: "Strong",
    Style.EMPHASIS: "Emphasis",
    Style.CODE: "AsTyped",
}
_BESIDE = {
    Style.STRONG: "<w:b/><w:bCs/>",
    Style.EMPHASIS: "<w:i/><w:iCs/>",
}
"""What a style adds to another character style; a run has only one of them."""


class Words:
    """Sets the words of one brief.

    Attributes:
        numbers: Numbers of its sources, by key.
    """

    def __init__(self, brief: Brief, relate: Callable[[str], str]) -> None:
        """Know the brief's sources and where they are listed.

        Args:
            brief: The brief.
            relate: Gives the id of a relationship to an address.
        """
        self.numbers = Numbers(brief)
        self._relate = relate
        self._listed = listed(brief, self.numbers)
        self._waiting = set(self._listed)

    def text(self, text: Text, base: str = "") -> str:
        """Spans and marks as runs; ``base`` is the character style of what has no other."""
        made: list[str] = []
        for inline in text:
            if isinstance(inline, Span):
                made.append(self._span(inline, base))
            else:
                made += (
                    [JOINER, self.marks(inline.sources)] if made else [self.marks(inline.sources)]
                )
        return "".join(made)

    def marks(self, sources: tuple[str, ...]) -> str:
        """Several sources share one pair of brackets, ``[3,4]``: two pairs would wrap apart."""
        numbers = self.numbers.of(sources)
        pieces = [f"{',' if at else '['}{number}" for at, number in enumerate(numbers)]
        if pieces:
            pieces[-1] += "]"
        return "".join(
            self.jump(number, piece, "SourceMark")
            for number, piece in zip(numbers, pieces, strict=True)
        )

    def jump(self, number: int, words: str, style: str) -> str:
        """Words that jump to a source, where the brief lists it."""
        content = run(words, style)
        return linked(_bookmark(number), content) if number in self._listed else content

    def address(self, href: str, words: str) -> str:
        """Words that open an address, where it may be opened."""
        target = safe_href(href)
        if not target:
            return run(words)
        return self._opens(target, run(words, "Hyperlink"))

    def target(self, number: int, content: str, *, full: bool) -> str:
        """The place that marks jump to: the full list's row, else the first short name."""
        if number not in self._waiting or self._listed[number] is not full:
            return content
        self._waiting.discard(number)
        name = f'w:id="{number}" w:name="{_bookmark(number)}"'
        return f'<w:bookmarkStart {name}/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def _span(self, span: Span, base: str) -> str:
        href = safe_href(span.href)
        if href:
            return self._opens(href, run(span.text, "Hyperlink", _BESIDE.get(span.style, "")))
        if base:
            return run(span.text, base, _BESIDE.get(span.style, ""))
        return run(span.text, _STYLES[span.style])

    def _opens(self, href: str, content: str) -> str:
        return f'<w:hyperlink r:id="{self._relate(href)}" w:history="1">{content}</w:hyperlink>'


def cited(part: Part, numbers: Numbers) -> list[int]:
    """Numbers of the sources that a part marks, ascending, each once."""
    return sorted({number for keys in _sources(part) for number in numbers.of(keys)})


def short_list(part: Part, brief: Brief, numbers: Numbers) -> list[int]:
    """What a short list of sources names: those the part marks, or all where it marks none."""
    return cited(part, numbers) or list(range(1, len(brief.sources) + 1))


def listed(brief: Brief, numbers: Numbers) -> dict[int, bool]:
    """The sources that are printed, and whether in a full list."""
    found: dict[int, bool] = {}
    for part in brief.parts:
        for block in (block for section in part.sections for block in section.blocks):
            if not isinstance(block, SourceList):
                continue
            if not block.short:
                return dict.fromkeys(range(1, len(brief.sources) + 1), True)
            found.update(dict.fromkeys(short_list(part, brief, numbers), False))
    return found


def _sources(value: Any) -> Iterator[tuple[str, ...]]:
    """Keys of every mark and every row of a trace within a value."""
    if isinstance(value, Mark | TraceRow):
        yield value.sources
    elif isinstance(value, tuple):
        for item in value:
            yield from _sources(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _sources(getattr(value, field.name))


def _bookmark(number: int) -> str:
    return f"source_{number}"
