"""An author's note: a light ground and an edge in the accent, lists as Word's own."""

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
from briefing.exports.docx_desk import Desk
from briefing.exports.docx_lists import indent, item
from briefing.exports.docx_markup import paragraph, run
from briefing.exports.docx_table import Cell, table
from briefing.exports.note_levels import Levels

_SECTION = 1
"""Level of a section's heading, under which a note's begin."""
_GROUND = "#f7f8f9"
_TAB = 4
"""Columns to a tab in text kept as typed."""
_OUTSIDE = -1
"""The level of what stands in no list."""


def note(block: Note, desk: Desk) -> list[str]:
    """A note, in a table of one column that may break over pages; a row for each node."""
    tree = _Tree(desk)
    rows = [made for node in block.nodes if (made := "".join(tree.nodes((node,))))]
    return [table("NoteTable", (1,), [[Cell(row, _GROUND)] for row in rows], breaks=True)]


class _Tree:
    """Writes the nodes of one note."""

    def __init__(self, desk: Desk) -> None:
        """Begin with headings below the section's."""
        self._desk = desk
        self._levels = Levels(_SECTION)

    def nodes(
        self, nodes: tuple[NoteNode, ...], level: int = _OUTSIDE, style: str = ""
    ) -> list[str]:
        """Nodes within a list of that level, or in none; ``style`` is what surrounds them."""
        return [made for node in nodes for made in self._node(node, level, style)]

    def _node(self, node: NoteNode, level: int, style: str) -> list[str]:
        inside = indent(level) if level > _OUTSIDE else ""
        match node:
            case NoteText():
                return [paragraph(style or "Normal", self._desk.words.text(node.text), inside)]
            case NoteHeading():
                words = self._desk.words.text(node.text)
                return [paragraph(f"Heading{self._levels.next(node.level)}", words, inside)]
            case NoteCode():
                return [paragraph("KeptAsTyped", _lines(node.text), inside)]
            case NoteQuote():
                return self.nodes(node.nodes, level, "Quote")
            case NoteList():
                return self._list(node, level + 1)
            case _:
                raise TypeError(f"No page knows the node {type(node).__name__}.")

    def _list(self, node: NoteList, level: int) -> list[str]:
        lists = self._desk.lists
        definition = lists.numbers(level) if node.ordered else lists.bullets()
        made = []
        for nodes in node.items:
            first, rest = nodes[:1], nodes[1:]
            if first and isinstance(first[0], NoteText):
                words = self._desk.words.text(first[0].text)
            else:
                words, rest = "", nodes
            made.append(paragraph("ListParagraph", words, item(definition, level)))
            made += self.nodes(rest, level)
        return made


def _lines(text: str) -> str:
    """Text kept as typed, with its line ends and the spaces at the start of its lines."""
    lines = text.expandtabs(_TAB).strip("\r\n").splitlines()
    return "<w:r><w:br/></w:r>".join(run(_kept(line)) for line in lines)


def _kept(line: str) -> str:
    space = "\N{NO-BREAK SPACE}"
    words = line.lstrip(" ")
    return space * (len(line) - len(words)) + words.rstrip().replace("  ", f" {space}")
