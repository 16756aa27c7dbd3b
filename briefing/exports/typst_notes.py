"""An author's note as the template expects it: the tree, with headings that skip no level."""

from __future__ import annotations

from typing import Any

from briefing.core.brief import (
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
)
from briefing.exports.note_levels import Levels
from briefing.exports.typst_words import Words

_SECTION = 2
"""Level of a section's heading, under which a note's begin."""
_SPACE = "\N{NO-BREAK SPACE}"
_TAB = 4
"""Columns to a tab in text kept as typed."""


def note(block: Note, words: Words) -> dict[str, Any]:
    """A note.

    It is the author's own: a character that no font has is for the author to replace.
    """
    return {"type": "note", "nodes": _nodes(block.nodes, words.of_author(), Levels(_SECTION))}


def _nodes(nodes: tuple[NoteNode, ...], words: Words, levels: Levels) -> list[dict[str, Any]]:
    return [_node(node, words, levels) for node in nodes]


def _node(node: NoteNode, words: Words, levels: Levels) -> dict[str, Any]:
    match node:
        case NoteText():
            return {"is": "text", "text": words.text(node.text)}
        case NoteHeading():
            level = levels.next(node.level)
            return {"is": "heading", "text": words.text(node.text), "level": level}
        case NoteCode():
            return {"is": "code", "lines": [_kept(line, words) for line in _lines(node.text)]}
        case NoteQuote():
            return {"is": "quote", "nodes": _nodes(node.nodes, words, levels)}
        case NoteList():
            items = [_nodes(item, words, levels) for item in node.items]
            return {"is": "list", "items": items, "ordered": node.ordered}
        case _:
            raise TypeError(f"No page knows the node {type(node).__name__}.")


def _lines(text: str) -> list[str]:
    return text.expandtabs(_TAB).strip("\r\n").splitlines()


def _kept(line: str, words: Words) -> str:
    """A line with the spaces that an ordinary line would lose."""
    text = line.lstrip(" ")
    indent = _SPACE * (len(line) - len(text))
    return words.line(indent + text.rstrip().replace("  ", f" {_SPACE}"))
