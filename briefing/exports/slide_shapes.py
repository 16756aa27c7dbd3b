"""What stands on a slide, as plain data: text, boxes, tables, charts and pictures in their places.

A slide is 960 by 540 points (13.333 by 7.5 inches), measured from its top left corner. Colours are
``#rrggbb``. A file and a screen that draw these shapes show the same slide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

WIDTH: Final = 960.0
HEIGHT: Final = 540.0
LEFT: Final = 56.16
RIGHT: Final = 903.84
ACROSS: Final = RIGHT - LEFT
BODY_TOP: Final = 148.3
BODY_BOTTOM: Final = 488.0

SPARE: Final = 0.94
"""Share of a box's width that measured text may take: another typeface may be wider."""

INK, INK2, INK3 = "#16202c", "#465260", "#5f6977"
ROW_LINE, SECTION_LINE, CONTROL = "#dcdfe4", "#c3c9d0", "#7f8997"
MIST, MIST2, WHITE, BLACK = "#f0f1f3", "#f7f8f9", "#ffffff", "#000000"
OCHRE, OCHRE_GROUND = "#8a4f00", "#fdf4e3"
TEAL = "#0b6470"
BAR = "#2468a9"
"""Fill of bars: the fourth step of the ramp, never branded."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a paragraph is set: size and distance of its lines in points."""

    size: float
    line: float
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style.

    Attributes:
        text: The words.
        bold: Whether bold, whatever the paragraph is.
        italic: Whether slanted.
        code: Whether every character is as wide as the next.
        raised: Whether small and raised, as a source mark is.
        colour: "" takes the paragraph's.
        href: https or mailto address, or "".
        source: Number of the source that it leads to, or 0.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    raised: bool = False
    colour: str = ""
    href: str = ""
    source: int = 0


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. ``before`` and ``indent`` in points; ``bullet`` is "•" or a number, or ""."""

    runs: tuple[Run, ...]
    type: Type
    before: float = 0.0
    indent: float = 0.0
    bullet: str = ""
    align: str = "left"

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class TextBox:
    """Paragraphs in a box; ``inset`` is the room left and right of them."""

    box: Box
    paras: tuple[Para, ...]
    name: str
    fill: str = ""
    outline: str = ""
    inset: float = 0.0
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle that says nothing by itself."""

    box: Box
    fill: str
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``rule`` colours the line under it, ``frame`` a line all round; "" is none."""

    paras: tuple[Para, ...]
    fill: str = ""
    rule: str = ""
    frame: str = ""
    span: int = 1
    middle: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells and its height."""

    cells: tuple[Cell, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first ``head`` rows are its head; ``pad`` and ``skirt`` are margins of cells.

    ``pad`` is the room at the left and right of each cell's text, ``skirt`` above and below it.
    """

    box: Box
    widths: tuple[float, ...]
    rows: tuple[GridRow, ...]
    head: int
    name: str
    pad: float = 6.0
    skirt: float = 4.0


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars with their values, the first on top; ``names`` is the room of the labels."""

    box: Box
    rows: tuple[tuple[str, int], ...]
    unit: str
    alt: str
    type: Type
    names: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG) or a picture of dots (PNG, JPEG) with what it shows in words."""

    box: Box
    svg: str
    alt: str
    dots: bytes = b""
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rectangles that are one sign, with what it says in words."""

    rects: tuple[Rect, ...]
    alt: str
    name: str


Shape: TypeAlias = TextBox | Rect | Grid | BarChart | Picture | Group


def place_of(shape: Shape) -> Box:
    """Where a shape stands."""
    if not isinstance(shape, Group):
        return shape.box
    left = min(rect.box.left for rect in shape.rects)
    top = min(rect.box.top for rect in shape.rects)
    right = max(rect.box.right for rect in shape.rects)
    bottom = max(rect.box.bottom for rect in shape.rects)
    return Box(left, top, right - left, bottom - top)


def paras_of(shapes: Iterable[Shape]) -> Iterator[Para]:
    """Every paragraph on the shapes, in reading order."""
    for shape in shapes:
        if isinstance(shape, TextBox):
            yield from shape.paras
        elif isinstance(shape, Grid):
            for row in shape.rows:
                for cell in row.cells:
                    yield from cell.paras


def words_of(shapes: Iterable[Shape]) -> Iterator[str]:
    """Everything that can be read on the shapes: paragraphs, labels of charts, alternatives."""
    for shape in shapes:
        yield from (para.text for para in paras_of((shape,)))
        if isinstance(shape, BarChart):
            yield from (f"{label} {value:,}" for label, value in shape.rows)
            yield shape.unit
        if isinstance(shape, Picture | Group | BarChart):
            yield shape.alt


def cited(paras: Iterable[Para]) -> tuple[int, ...]:
    """Numbers of the sources marked in paragraphs, ascending, each once."""
    return tuple(sorted({run.source for para in paras for run in para.runs if run.source}))
