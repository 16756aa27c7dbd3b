"""An author's note: its tree as elements of ours, every word of it as text."""

from __future__ import annotations

from briefing.core.brief import (
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
)
from briefing.exports.html_markup import element, verbatim
from briefing.exports.html_words import Words
from briefing.exports.note_levels import Levels

_SECTION = 3
"""Level of a section's heading, under which a note's begin."""
_DEEPEST = 6


def note(block: Note, words: Words) -> str:
    """A note."""
    nodes = _nodes(block.nodes, words, Levels(_SECTION))
    return element("div", nodes, class_="author-note")


def _nodes(nodes: tuple[NoteNode, ...], words: Words, levels: Levels) -> str:
    return "".join(_node(node, words, levels) for node in nodes)


def _node(node: NoteNode, words: Words, levels: Levels) -> str:
    match node:
        case NoteText():
            return element("p", words.text(node.text))
        case NoteHeading():
            level = min(levels.next(node.level), _DEEPEST)
            return element(f"h{level}", words.text(node.text))
        case NoteCode():
            return element("pre", element("code", verbatim(node.text.strip("\r\n"))))
        case NoteQuote():
            return element("blockquote", _nodes(node.nodes, words, levels))
        case NoteList():
            items = [element("li", _nodes(item, words, levels)) for item in node.items]
            return element("ol" if node.ordered else "ul", *items)
        case _:
            raise TypeError(f"HTML does not know the node {type(node).__name__}.")
