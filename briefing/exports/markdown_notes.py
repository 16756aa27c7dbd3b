"""An author's note as Markdown: its tree, every word escaped."""

from __future__ import annotations

from collections.abc import Callable

from briefing.core.brief import (
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Span,
    Style,
    Text,
)
from briefing.exports.markdown_text import headed
from briefing.exports.note_levels import Levels

_SECTION, _LOWEST = 3, 6
"""Levels: of a section's heading, and of the lowest that Markdown has."""
_NEST = "    "
"""Four spaces nest in CommonMark and in python-markdown."""
_TAB = 4
_NOTHING = "&nbsp;"

Inline = Callable[[Text], str]
"""Sets a text that starts its line."""


def note(block: Note, inline: Inline) -> str:
    """The nodes of a note, a blank line between them."""
    return _nodes(block.nodes, inline, Levels(_SECTION))


def _nodes(nodes: tuple[NoteNode, ...], inline: Inline, levels: Levels) -> str:
    return "\n\n".join(filter(None, (_node(node, inline, levels) for node in nodes)))


def _node(node: NoteNode, inline: Inline, levels: Levels) -> str:
    match node:
        case NoteText():
            return inline(node.text)
        case NoteHeading():
            return headed(min(levels.next(node.level), _LOWEST), inline(node.text))
        case NoteCode():
            return _code(node.text, inline)
        case NoteQuote():
            quoted = _nodes(node.nodes, inline, levels)
            return "\n".join(f"> {line}".rstrip() for line in quoted.split("\n")) if quoted else ""
        case NoteList():
            items = [_item(item, inline, levels) for item in node.items]
            return _list([item for item in items if item], ordered=node.ordered)
        case _:
            raise TypeError(f"Markdown does not know the node {type(node).__name__}.")


def _item(nodes: tuple[NoteNode, ...], inline: Inline, levels: Levels) -> str:
    """An item; one that begins with a quotation or a list gets a line of its own first."""
    blocks = [(node, text) for node in nodes if (text := _node(node, inline, levels))]
    text = "\n\n".join(text for _, text in blocks)
    if blocks and isinstance(blocks[0][0], NoteQuote | NoteList):
        return f"{_NOTHING}\n\n{text}"
    return text


def _list(items: list[str], *, ordered: bool) -> str:
    """Items with their marker; what stands below an item's first line is nested."""
    loose = any("\n" in item for item in items)
    lines = []
    for number, item in enumerate(items, start=1):
        marker = f"{number}." if ordered else "-"
        first, *rest = item.split("\n")
        nested = (f"{_NEST}{line}" if line else "" for line in rest)
        lines.append("\n".join((f"{marker} {first}", *nested)))
    return ("\n\n" if loose else "\n").join(lines)


def _code(text: str, inline: Inline) -> str:
    """Lines as typed, one below the other.

    Neither a fence nor an indented block: the one means nothing to python-markdown, the other is
    part of a list where it follows one, and its words would be read as Markdown.
    """
    lines = text.expandtabs(_TAB).strip("\r\n").splitlines()
    return "  \n".join(_code_line(line, inline) for line in lines)


def _code_line(line: str, inline: Inline) -> str:
    words = line.strip()
    indent = _NOTHING * (len(line) - len(line.lstrip(" ")))
    return indent + inline((Span(words, Style.CODE),)) or _NOTHING
