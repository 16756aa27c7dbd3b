"""On which page things will stand, worked out as Word will: for fields until Word counts anew.

Lines are broken by the widths of Inter's letters; rows and headings are kept together as their
properties say. Word corrects what differs when it prints, or when a reader updates the fields.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from briefing.exports.docx_markup import NAMESPACES
from briefing.exports.docx_package import resource
from briefing.exports.docx_pages import FOOT, PAGE, SIDE, TOP
from briefing.exports.text_measure import width as width_of

_POINTS_A_MM = 72 / 25.4
_TOGETHER = 2
"""Lines of a paragraph that stand together at the foot and at the head of a page."""
_BORDERS = {"RuledTable": 0.5, "GridTable": 1.5}
"""Points of the line below a row."""
_BOLD = 1.05
"""How much wider bold words are than regular ones, on the average."""
_PAGE_POINTS = (PAGE[1] - TOP - FOOT) * _POINTS_A_MM
_WIDTH_POINTS = (PAGE[0] - 2 * SIDE) * _POINTS_A_MM


@dataclass(frozen=True, slots=True)
class _Look:
    """How a paragraph style sets type; lengths in points."""

    size: float = 9.5
    line: float = 13.0
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    keep: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    """Something of a height; ``lines`` of ``step`` points each may stand on two pages.

    ``again`` is the height of what a new page repeats above it, the head of a table.
    """

    height: float
    keep: bool = False
    fresh: bool = False
    marks: tuple[str, ...] = ()
    lines: int = 1
    step: float = 0.0
    again: float = 0.0

    @property
    def least(self) -> float:
        """What must fit on a page for the rest to follow on the next one."""
        return self.height - (self.lines - _TOGETHER) * self.step if self.breaks else self.height

    @property
    def breaks(self) -> bool:
        """Whether enough lines stand on either page."""
        return self.lines >= 2 * _TOGETHER

    def fitting(self, left: float) -> float:
        """How much of it fits, by whole lines."""
        over = math.ceil((self.height - left) / self.step)
        return self.height - max(over, _TOGETHER) * self.step


class Layout:
    """The pages of a document's body.

    Attributes:
        pages: How many there are, with those before the body.
        places: Page of each bookmark.
    """

    def __init__(self, body: str, front: int = 0) -> None:
        """Lay out the content of ``w:body``, with so many pages before it."""
        self.places: dict[str, int] = {}
        self.pages = front + 1
        self._left = _PAGE_POINTS
        for group in _groups(_boxes(parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))):
            needed = sum(box.height for box in group[:-1]) + group[-1].least
            if self._left < _PAGE_POINTS and (group[0].fresh or needed > self._left):
                self._turn()
                self._left -= group[0].again
            for box in group:
                self._place(box)

    def _place(self, box: _Box) -> None:
        rest = box.height
        if rest > self._left and box.breaks and box.least <= self._left:
            rest -= box.fitting(self._left)
            self.places.update(dict.fromkeys(box.marks, self.pages))
            self._turn()
        elif rest > self._left:
            self._turn()
            self._left -= box.again
        self.places.update((mark, self.pages) for mark in box.marks if mark not in self.places)
        self._left -= min(rest, _PAGE_POINTS)

    def _turn(self) -> None:
        self.pages += 1
        self._left = _PAGE_POINTS


def _groups(boxes: Iterator[_Box]) -> Iterator[list[_Box]]:
    """Boxes that stay on one page."""
    group: list[_Box] = []
    for box in boxes:
        group.append(box)
        if not box.keep:
            yield group
            group = []
    if group:
        yield group


def _boxes(parent: BaseOxmlElement) -> Iterator[_Box]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield _paragraph(child, _WIDTH_POINTS)
        elif child.tag == qn("w:tbl"):
            yield from _rows(child)
        elif child.tag == qn("w:sdt"):
            yield from _boxes(child.find(qn("w:sdtContent")))


def _rows(element: BaseOxmlElement) -> Iterator[_Box]:
    grid = [int(it.get(qn("w:w"))) / 20 for it in element.iter(qn("w:gridCol"))]
    style = element.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val"))
    across, down = _margins(style)
    down += _BORDERS.get(style, 0.0)
    again = 0.0
    for row in element.iter(qn("w:tr")):
        height, column, keep = 0.0, 0, False
        for cell in row.iter(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            many = int(span.get(qn("w:val"))) if span is not None else 1
            width = sum(grid[column : column + many]) - across
            column += many
            boxes = [_paragraph(it, width) for it in cell.iter(qn("w:p"))]
            keep = keep or any(box.keep for box in boxes)
            height = max(height, sum(box.height for box in boxes) + down)
        yield _Box(height, keep, again=again)
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            again = height


def _paragraph(element: BaseOxmlElement, width: float) -> _Box:
    props = element.find(qn("w:pPr"))
    look = _looks()[props.find(qn("w:pStyle")).get(qn("w:val"))]
    lines = _lines(element, look, width - look.left - look.right)
    drawn = [int(it.get("cy")) / 12_700 for it in element.iter(qn("wp:extent"))]
    height = max(lines * look.line, (lines - 1) * look.line + max(drawn, default=0))
    return _Box(
        height + look.before + look.after,
        look.keep or props.find(qn("w:keepNext")) is not None,
        props.find(qn("w:pageBreakBefore")) is not None,
        tuple(it.get(qn("w:name")) for it in element.iter(qn("w:bookmarkStart"))),
        lines,
        look.line,
    )


def _lines(element: BaseOxmlElement, look: _Look, width: float) -> int:
    """Lines of a paragraph, broken at spaces; a column narrower than a letter holds one a line."""
    width = max(width, look.size)
    lines, used = 1, 0.0
    space = width_of(" ", look.size)
    for words, scale in _words(element):
        for at, word in enumerate(words.split(" ")):
            long = width_of(word, look.size * scale) * (_BOLD if look.bold else 1)
            gap = space if at else 0
            if used and used + gap + long > width:
                lines += 1
                used = 0.0
                gap = 0
            used += gap + long
            while used > width:
                lines += 1
                used -= width
    return lines


def _words(element: BaseOxmlElement) -> Iterator[tuple[str, float]]:
    """Text of each run, and how large it is beside the paragraph's own."""
    for run in element.iter(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        name = style.get(qn("w:val")) if style is not None else ""
        bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
        scale = {"SourceMark": 0.75, "Strong": _BOLD, "Number": _BOLD}.get(name, 1.0)
        yield "".join(it.text or "" for it in run.iter(qn("w:t"))), _BOLD if bold else scale


@cache
def _looks() -> dict[str, _Look]:
    """Every paragraph style with what it takes from the one it is based on."""
    found: dict[str, _Look] = {}
    for style in _styles():
        if style.get(qn("w:type")) == "paragraph":
            based = style.find(qn("w:basedOn"))
            start = found[based.get(qn("w:val"))] if based is not None else _Look()
            found[style.get(qn("w:styleId"))] = _look(style, start)
    return found


def _look(style: BaseOxmlElement, start: _Look) -> _Look:
    changes: dict[str, float] = {}
    for path, names in (
        ("w:pPr/w:spacing", (("before", "before"), ("after", "after"), ("line", "line"))),
        ("w:pPr/w:ind", (("left", "left"), ("right", "right"))),
    ):
        for element in style.xpath(path):
            for attribute, name in names:
                value = element.get(qn(f"w:{attribute}"))
                if value is not None:
                    changes[name] = int(value) / 20
    for element in style.xpath("w:rPr/w:sz"):
        changes["size"] = int(element.get(qn("w:val"))) / 2
    return replace(
        start,
        **changes,
        keep=start.keep or bool(style.xpath("w:pPr/w:keepNext")),
        bold=start.bold or bool(style.xpath("w:rPr/w:b")),
    )


@cache
def _margins(name: str) -> tuple[float, float]:
    """What a cell of a table style keeps free across and down, in points."""
    sums = {"left": 0.0, "right": 0.0, "top": 0.0, "bottom": 0.0}
    for style in _styles():
        if style.get(qn("w:styleId")) == name:
            for side in style.xpath("w:tblPr/w:tblCellMar/*"):
                sums[side.tag.rpartition("}")[2]] = int(side.get(qn("w:w"))) / 20
    return sums["left"] + sums["right"], sums["top"] + sums["bottom"]


@cache
def _styles() -> BaseOxmlElement:
    return parse_xml(resource("styles"))
