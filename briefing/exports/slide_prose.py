"""Blocks of prose on a slide: paragraphs, quotations, judgements, assessments, notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from briefing.core.brief import (
    Assessed,
    Bullets,
    KeyJudgement,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Paragraph,
    Quotation,
)
from briefing.core.dates import short_date
from briefing.exports.marks import without_marks
from briefing.exports.slide_flow import Item, Piece, chunks, text_pieces
from briefing.exports.slide_lines import height, parted
from briefing.exports.slide_shapes import (
    ACROSS,
    INK,
    INK2,
    INK3,
    LEFT,
    OCHRE,
    ROW_LINE,
    Box,
    Para,
    Rect,
    Run,
    Shape,
    TextBox,
    Type,
)
from briefing.exports.slide_signs import ESTIMATE_HEIGHT, ESTIMATE_WIDTH, estimate
from briefing.exports.slide_words import Words, sentences

LARGE: Final = Type(24, 33)
"""For a slide that says one sentence."""
PROSE: Final = (Type(20, 27), Type(18, 25), Type(16, 22), Type(14, 19.5))
"""From the largest; nothing of a statement is smaller than the last."""
_EDGES = {"said": INK, "dissent": OCHRE}
_BULLET = "•"
_EDGE_ROOM = 18.0
_NUMBER_ROOM = 30.0
_JUDGEMENT = ACROSS - ESTIMATE_WIDTH - _NUMBER_ROOM - 24
_JUDGEMENT_GAPS = (24.0, 18.0, 14.0, 10.0)
"""Room under a judgement, and above the next."""
_INDENT, _DEEPEST = 20.0, 160.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How the blocks of a slide are set.

    Attributes:
        words: Sets their words.
        level: 0 for the largest type to 3 for the smallest.
        most: Height in points of the highest piece.
        whole: Whether nothing may be left to the document.
        number: Of the judgement in its section.
        large: Whether the slide says so little that it is said in large type.
    """

    words: Words
    level: int
    most: float
    whole: bool
    number: int = 1
    large: bool = False

    @property
    def prose(self) -> Type:
        """Type of prose."""
        return LARGE if self.large else PROSE[self.level]


def paragraph(block: Paragraph, setting: Setting) -> list[Item]:
    """Its sentences one under the other, beside an edge where it has one."""
    said = sentences(block.text)
    type_ = setting.prose
    paras = tuple(
        setting.words.para(sentence, type_, before=round(type_.line * 0.34) * (at > 0))
        for at, sentence in enumerate(said)
    )
    return edged(paras, setting, _EDGES.get(block.edge, "")) if paras else []


def bullets(block: Bullets, setting: Setting) -> list[Item]:
    """Things of a kind as a list."""
    type_ = setting.prose
    paras = [
        setting.words.para(item, type_, before=round(type_.line * 0.25) * (at > 0))
        for at, item in enumerate(block.items)
    ]
    listed = [replace(para, bullet=_BULLET, indent=_deeper(0.0)) for para in paras]
    return text_pieces(listed, setting.most, "List", gap=9.0)


def quotation(block: Quotation, setting: Setting) -> list[Item]:
    """The words in quotation marks, and who said them."""
    words, marks = without_marks(block.text)
    type_ = setting.prose
    runs = setting.words.runs(words)
    paras = [Para((Run("“"), *runs, Run("”"), *setting.words.runs(marks)), type_)]
    if block.by:
        small = Type(max(type_.size - 4, 12), type_.line - 4, colour=INK3)
        paras.append(setting.words.para(block.by, small, before=4))
    return edged(tuple(paras), setting, ROW_LINE)


def edged(paras: tuple[Para, ...], setting: Setting, colour: str, gap: float = 16.0) -> list[Item]:
    """Paragraphs beside a coloured edge; without a colour, at the margin."""
    if not colour:
        return text_pieces(paras, setting.most, "Text", gap=gap)

    def edge(box: Box) -> tuple[Shape, ...]:
        return (Rect(Box(LEFT, box.top, 3, box.height), colour),)

    room = ACROSS - _EDGE_ROOM
    left = LEFT + _EDGE_ROOM
    return text_pieces(paras, setting.most, "Text", left=left, room=room, gap=gap, around=edge)


def judgement(block: KeyJudgement, setting: Setting) -> list[Item]:
    """Number, statement, and beside it likelihood and confidence in two lines."""
    accent = setting.words.look.accent
    type_ = setting.prose
    para = setting.words.para(block.text, type_)
    room = _JUDGEMENT_GAPS[setting.level]
    first, *rest = parted(para, _JUDGEMENT, max(int((setting.most - room) / type_.line), 1))
    said = height((first,), _JUDGEMENT)
    high = max(said, ESTIMATE_HEIGHT)

    def drawn(top: float) -> tuple[Shape, ...]:
        number = Para((Run(str(setting.number), bold=True, colour=accent),), type_)
        left = LEFT + _NUMBER_ROOM
        return (
            TextBox(Box(LEFT, top, _NUMBER_ROOM - 4, type_.line), (number,), "Number"),
            TextBox(Box(left, top, _JUDGEMENT, said), (first,), f"Judgement {setting.number}"),
            *estimate(block.likelihood, block.confidence, LEFT + ACROSS - ESTIMATE_WIDTH, top + 2),
            Rect(Box(LEFT, top + high + room - 1, ACROSS, 0.75), ROW_LINE),
        )

    more = text_pieces(rest, setting.most, "Judgement") if rest else []
    return [Piece(high + room, drawn, room), *more]


def assessed(block: Assessed, setting: Setting) -> list[Item]:
    """The judgement with its estimate beside it; basis, gaps and dissent under it."""
    type_ = replace(setting.prose, bold=True)
    room = ACROSS - ESTIMATE_WIDTH - _EDGE_ROOM - 24
    recorded = ", ".join(filter(None, (block.by, short_date(block.date))))
    paras = [setting.words.para(block.text, type_)]
    if recorded:
        paras.append(setting.words.small(f"Recorded by {recorded}", Type(12, 17)))
    first, *rest = chunks(paras, room, setting.most)
    said = height(first, room)
    high = max(said, ESTIMATE_HEIGHT)

    def drawn(top: float) -> tuple[Shape, ...]:
        return (
            Rect(Box(LEFT, top, 4, high), INK),
            TextBox(Box(LEFT + _EDGE_ROOM, top, room, said), first, "Assessment"),
            *estimate(block.likelihood, block.confidence, LEFT + ACROSS - ESTIMATE_WIDTH, top + 2),
        )

    items: list[Item] = [Piece(high, drawn, 16.0)]
    for more in rest:
        items += edged(more, setting, INK, gap=4)
    plain_type = PROSE[min(setting.level + 1, 3)]
    for dissent, facts in groupby(block.facts, key=lambda fact: _is_dissent(fact[0])):
        lines = tuple(
            setting.words.led(_stopped(label), text, plain_type, before=7) for label, text in facts
        )
        items += edged(lines, setting, OCHRE if dissent else INK, gap=12)
    return items


def _is_dissent(label: str) -> bool:
    return label.strip().lower().startswith("dissent")


def note(block: Note, setting: Setting) -> list[Item]:
    """The author's note, its tree laid flat with indents."""
    items: list[Item] = []
    level = min(setting.level + 1, 3)
    after_code = False
    for para in _flat(block.nodes, setting.words, PROSE[level], 0.0):
        code = bool(para.runs) and para.runs[0].code
        gap = 2.0 if para.bullet or (code and after_code) else 9.0
        after_code = code
        items += text_pieces((para,), setting.most, "Note", gap=gap)
    return [
        replace(item, keep_next=True) if _is_heading(item) and item is not items[-1] else item
        for item in items
    ]


def _stopped(label: str) -> str:
    words = label.strip()
    return words if not words or words[-1] in ".:!?" else f"{words}."


def _is_heading(item: Item) -> bool:
    if not isinstance(item, Piece):
        return False
    boxes = [shape for shape in item.draw(0) if isinstance(shape, TextBox)]
    return bool(boxes) and boxes[-1].paras[-1].type.bold


def _flat(nodes: tuple[NoteNode, ...], words: Words, type_: Type, indent: float) -> Iterator[Para]:
    for node in nodes:
        match node:
            case NoteText():
                yield replace(words.para(node.text, type_), indent=indent)
            case NoteHeading():
                larger = max(type_.size + 4 - 2 * node.level, type_.size)
                head = Type(larger, type_.line, bold=True)
                yield replace(words.para(node.text, head), indent=indent)
            case NoteCode():
                yield from _code(node, words, type_, indent)
            case NoteQuote():
                quiet = replace(type_, colour=INK2)
                yield from _flat(node.nodes, words, quiet, _deeper(indent))
            case NoteList():
                yield from _list(node, words, type_, indent)
            case _:
                raise TypeError(f"No slide knows the node {type(node).__name__}.")


def _list(node: NoteList, words: Words, type_: Type, indent: float) -> Iterator[Para]:
    for number, item in enumerate(node.items, start=1):
        inner = list(_flat(item, words, type_, _deeper(indent)))
        for at, para in enumerate(inner):
            if at == 0 and not para.bullet:
                yield replace(para, bullet=str(number) if node.ordered else _BULLET)
            else:
                yield para


def _code(node: NoteCode, words: Words, type_: Type, indent: float) -> Iterator[Para]:
    small = replace(type_, size=max(type_.size - 2, 12))
    for line in node.text.expandtabs(4).strip("\r\n").splitlines():
        kept = line.replace(" ", "\N{NO-BREAK SPACE}")
        yield Para((Run(words.line(kept), code=True),), small, indent=indent)


def _deeper(indent: float) -> float:
    return min(indent + _INDENT, _DEEPEST)
