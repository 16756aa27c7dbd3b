"""The parser's element tree as nodes of a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from briefing.core.brief_notes import (
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
)
from briefing.core.brief_text import Span, Style, Text
from briefing.services.notes_limits import DEEPEST, too_deep

_BLOCKS: Final = frozenset(
    ("p", "ul", "ol", "li", "blockquote", "pre", "hr", *(f"h{level}" for level in range(1, 7)))
)
_STYLES: Final = {"strong": Style.STRONG, "em": Style.EMPHASIS, "code": Style.CODE}
_STRENGTH: Final = (Style.PLAIN, Style.EMPHASIS, Style.STRONG, Style.CODE)
"""Of styles inside one another the later one holds: a span has one style."""
_LOWEST_HEADING: Final = 3
_BREAK: Final = Span("\n")
"""Stands for a line break while a paragraph is gathered; text has none of its own by then."""


def nodes_of(root: Element) -> tuple[NoteNode, ...]:
    """The nodes of a parsed passage.

    A break inside a paragraph divides it in two; lines across the page are left out.

    Raises:
        BriefingError: when they are nested more than 20 levels deep.
    """
    return tuple(_nodes(root, 1))


def _nodes(parent: Element, level: int) -> Iterator[NoteNode]:
    """What an element holds: its words as paragraphs, its blocks as what they are."""
    if level > DEEPEST:
        raise too_deep()
    words = _words(parent.text, Style.PLAIN, "")
    for child in parent:
        if child.tag in _BLOCKS:
            yield from _paragraphs(words)
            words = []
            yield from _block(child, level)
        else:
            words += _inline(child)
        words += _words(child.tail, Style.PLAIN, "")
    yield from _paragraphs(words)


def _block(element: Element, level: int) -> Iterator[NoteNode]:
    match element.tag:
        case "p" | "li":
            yield from _nodes(element, level)
        case "ul" | "ol":
            items = (tuple(_nodes(item, level + 1)) for item in element)
            filled = tuple(item for item in items if item)
            if filled:
                yield NoteList(filled, ordered=element.tag == "ol")
        case "blockquote":
            quoted = tuple(_nodes(element, level + 1))
            if quoted:
                yield NoteQuote(quoted)
        case "pre":
            yield from kept_as_typed(_unescaped("".join(element.itertext())))
        case "hr":
            return
        case _:
            yield from _heading(element)


def kept_as_typed(text: str) -> Iterator[NoteCode]:
    """Text kept as typed, without empty lines at its ends; nothing where that is all."""
    lines = text.rstrip().split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    if lines:
        yield NoteCode("\n".join(lines))


def _heading(element: Element) -> Iterator[NoteNode]:
    runs = [Span(" ") if run is _BREAK else run for run in _inline(element)]
    text = _trimmed(runs)
    if text:
        yield NoteHeading(text, min(int(element.tag[1:]), _LOWEST_HEADING))


def _paragraphs(runs: list[Span]) -> Iterator[NoteText]:
    line: list[Span] = []
    for run in (*runs, _BREAK):
        if run is not _BREAK:
            line.append(run)
            continue
        text = _trimmed(line)
        if text:
            yield NoteText(text)
        line = []


def _inline(element: Element) -> list[Span]:
    """The words of an element and of all it holds; without recursion, for signs nest freely."""
    found: list[Span] = []
    todo: list[tuple[Element | str, Style, str]] = [(element, Style.PLAIN, "")]
    while todo:
        piece, style, href = todo.pop()
        if isinstance(piece, str):
            found += _words(_unescaped(piece) if style is Style.CODE else piece, style, href)
        elif piece.tag == "br":
            found.append(_BREAK)
        else:
            style = max(style, _STYLES.get(piece.tag, Style.PLAIN), key=_STRENGTH.index)
            href = piece.get("href") or href
            inside: list[Element | str] = [piece.text or ""]
            for child in piece:
                inside += (child, child.tail or "")
            todo += ((part, style, href) for part in reversed(inside))
    return found


def _words(text: str | None, style: Style, href: str) -> list[Span]:
    """A run of words; an end of line is one blank."""
    if not text:
        return []
    first, *others = text.split("\n")
    lines = [first, *(line.lstrip(" ") for line in others)]
    joined = " ".join((*(line.rstrip(" ") for line in lines[:-1]), lines[-1]))
    return [Span(joined, style, href)]


def _trimmed(runs: list[Span]) -> Text:
    """Runs of one look joined, blanks at both ends gone."""
    joined: list[Span] = []
    for run in runs:
        if joined and (joined[-1].style, joined[-1].href) == (run.style, run.href):
            joined[-1] = Span(joined[-1].text + run.text, run.style, run.href)
        else:
            joined.append(run)
    while joined and not joined[0].text.strip():
        del joined[0]
    while joined and not joined[-1].text.strip():
        del joined[-1]
    if joined:
        joined[0] = Span(joined[0].text.lstrip(), joined[0].style, joined[0].href)
        joined[-1] = Span(joined[-1].text.rstrip(), joined[-1].style, joined[-1].href)
    return tuple(joined)


def _unescaped(code: str) -> str:
    """Text kept as typed before the parser made it fit for HTML."""
    return code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
