"""How high an author's note comes out."""

from __future__ import annotations

from briefing.core.brief import Note, NoteCode, NoteHeading, NoteList, NoteNode, NoteQuote, NoteText
from briefing.services.recipes.text_fit import BODY, MM, Ruler

_SIDES, _ENDS = 6.5 * MM + 2.25, 5 * MM
"""Left and right of the words together, above and below them together."""
_GAP, _ABOVE_HEADING, _BETWEEN_ITEMS = 5.0, 8.0, 4.0
_CODE_LINE = (8.0, 12.0)
_QUOTE, _ITEM = 3 * MM + 2.25, 6 * MM
"""What a quotation and a list take from the width."""


def note(ruler: Ruler, block: Note, width: float) -> float:
    """A note on its ground."""
    return _ENDS + _nodes(ruler, block.nodes, width - _SIDES)


def _nodes(ruler: Ruler, nodes: tuple[NoteNode, ...], width: float) -> float:
    gaps = (_ABOVE_HEADING if isinstance(node, NoteHeading) else _GAP for node in nodes[1:])
    return sum(gaps) + sum(_node(ruler, node, width) for node in nodes)


def _node(ruler: Ruler, node: NoteNode, width: float) -> float:
    match node:
        case NoteText():
            return ruler.high(node.text, *BODY, width)
        case NoteHeading():
            return ruler.high(node.text, *BODY, width, bold=True)
        case NoteCode():
            lines = node.text.expandtabs(4).strip("\r\n").splitlines() or [""]
            return 6 + sum(_code_line(ruler, line, width) for line in lines)
        case NoteQuote():
            return 2 + _nodes(ruler, node.nodes, width - _QUOTE)
        case NoteList():
            items = (_nodes(ruler, item, width - _ITEM) for item in node.items)
            return sum(items) + _BETWEEN_ITEMS * max(len(node.items) - 1, 0)


def _code_line(ruler: Ruler, line: str, width: float) -> float:
    size, high = _CODE_LINE
    return ruler.high(line.replace(" ", "\N{NO-BREAK SPACE}"), size, high, width - 10) + high - size
