"""Pieces one under the other, and their pages: nothing is parted, nothing stands over the edge.

A row of a table joins the rows above it on its page into one table, and the head of the table is
repeated on each page. Pages of one flow are filled alike, so that the last does not hold one line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from briefing.exports.slide_lines import height, parted
from briefing.exports.slide_shapes import (
    ACROSS,
    LEFT,
    Box,
    Cell,
    Grid,
    GridRow,
    Para,
    Shape,
    TextBox,
)

_TRIES: Final = 12
"""Halvings of the search for the least height that still needs as many pages."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a fixed height.

    Attributes:
        height: In points.
        draw: Its shapes, when its top is at so many points.
        gap: Room above it, unless it is the first on its page.
        keep_next: Whether it must not be the last on its page.
    """

    height: float
    draw: Callable[[float], tuple[Shape, ...]]
    gap: float = 10.0
    keep_next: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """What all rows of a table share; the rows of one sheet on a page are one table."""

    widths: tuple[float, ...]
    name: str
    left: float = LEFT
    head: tuple[GridRow, ...] = ()
    pad: float = 6.0
    skirt: float = 4.0

    def room(self, column: int, span: int = 1) -> float:
        """The room for text in a column, or in several from it on."""
        return sum(self.widths[column : column + span]) - 2 * self.pad

    def row(self, cells: Sequence[Cell], least: float = 0.0) -> GridRow:
        """A row as high as its highest cell."""
        column, high = 0, least
        for cell in cells:
            wanted = height(cell.paras, self.room(column, cell.span)) + 2 * self.skirt
            high = max(high, wanted)
            column += cell.span
        return GridRow(tuple(cells), high)

    def rows(self, cells: Sequence[Cell], most: float) -> list[GridRow]:
        """The cells as one row, or as several where one would be higher than ``most`` points."""
        row = self.row(cells)
        if row.height <= most:
            return [row]
        columns: list[list[tuple[Para, ...]]] = []
        column = 0
        for cell in cells:
            columns.append(chunks(cell.paras, self.room(column, cell.span), most - 2 * self.skirt))
            column += cell.span
        count = max(len(chunks) for chunks in columns)
        return [
            self.row(
                [
                    replace(
                        cell,
                        paras=chunks[at] if at < len(chunks) else (),
                        rule=cell.rule if at == count - 1 else "",
                    )
                    for cell, chunks in zip(cells, columns, strict=True)
                ]
            )
            for at in range(count)
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table in the flow, or a piece of one that was parted.

    Attributes:
        row: Its cells.
        sheet: Its table.
        number: Which row of the table it belongs to, from 1.
        gap: Room above the first row of its table.
        keep_next: Whether it must not be the last on its page.
    """

    row: GridRow
    sheet: Sheet
    number: int
    gap: float = 10.0
    keep_next: bool = False

    @property
    def height(self) -> float:
        """Without the head."""
        return self.row.height


Item: TypeAlias = Piece | Row


def pages(items: Sequence[Item], room: float) -> list[list[Item]]:
    """The items on as few pages as hold them, filled alike.

    Args:
        items: In reading order; none is higher than ``room``.
        room: Height of a page's body in points.
    """
    full = _filled(items, room)
    low, high = room / 4, room
    for _ in range(_TRIES):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(items, middle)) <= len(full) else (middle, high)
    return _filled(items, high) if len(full) > 1 else full


def page_count(items: Sequence[Item], room: float) -> int:
    """How many pages ``pages`` would make."""
    return len(_filled(items, room))


def columns(items: Sequence[Item], room: float) -> list[list[Item]]:
    """The items in columns of which two stand beside each other, filled alike.

    Args:
        items: In reading order; none is higher than ``room``.
        room: Height of a column in points.
    """
    full = len(_filled(items, room))
    most = full + full % 2
    low, high = room / 16, room
    for _ in range(_TRIES):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_filled(items, middle)) <= most else (middle, high)
    return _filled(items, high)


def moved(items: Sequence[Item], left: float) -> list[Item]:
    """The same rows at another left edge."""
    sheets = {item.sheet: replace(item.sheet, left=left) for item in items if isinstance(item, Row)}
    return [
        replace(item, sheet=sheets[item.sheet]) if isinstance(item, Row) else item for item in items
    ]


def draw(items: Sequence[Item], top: float) -> tuple[Shape, ...]:
    """The shapes of one page."""
    shapes: list[Shape] = []
    place, at = top, 0
    while at < len(items):
        item = items[at]
        place += item.gap if at else 0.0
        if isinstance(item, Piece):
            shapes += item.draw(place)
            place += item.height
            at += 1
            continue
        end = at
        while end < len(items) and _of_sheet(items[end], item.sheet):
            end += 1
        rows = (*item.sheet.head, *(it.row for it in items[at:end] if isinstance(it, Row)))
        shapes.append(_grid(item.sheet, rows, place))
        place += sum(row.height for row in rows)
        at = end
    return tuple(shapes)


def needs(items: Sequence[Item]) -> float:
    """The height of items on one page, in points."""
    return sum(_cost(item, items[at - 1] if at else None) for at, item in enumerate(items))


def text_pieces(
    paras: Sequence[Para],
    most: float,
    name: str,
    *,
    left: float = LEFT,
    room: float = ACROSS,
    gap: float = 10.0,
    around: Callable[[Box], tuple[Shape, ...]] | None = None,
) -> list[Item]:
    """Paragraphs as pieces of at most ``most`` points each.

    Args:
        paras: One under the other.
        most: Height of the highest piece.
        name: Of the text boxes.
        left: Of the text, in points.
        room: Its width.
        gap: Above the first piece.
        around: What belongs to the box of a piece, such as an edge beside it.
    """
    from_box = around or (lambda _box: ())
    return [
        _text_piece(chunk, name, left, room, 4.0 if at else gap, from_box)
        for at, chunk in enumerate(chunks(paras, room, most))
    ]


def _text_piece(
    paras: tuple[Para, ...],
    name: str,
    left: float,
    room: float,
    gap: float,
    around: Callable[[Box], tuple[Shape, ...]],
) -> Piece:
    high = height(paras, room)

    def drawn(top: float) -> tuple[Shape, ...]:
        box = Box(left, top, room, high)
        return (*around(box), TextBox(box, paras, name))

    return Piece(high, drawn, gap)


def chunks(paras: Sequence[Para], room: float, most: float) -> list[tuple[Para, ...]]:
    """Paragraphs in groups of at most so many points, long ones parted between lines."""
    chunks: list[list[Para]] = [[]]
    used = 0.0
    for whole in paras:
        for para in parted(whole, room, max(int(most / whole.type.line), 1)):
            high = height((para,), room)
            before = para.before if chunks[-1] else 0.0
            if chunks[-1] and used + before + high > most:
                chunks.append([])
                used = before = 0.0
            chunks[-1].append(para)
            used += before + high
    return [tuple(chunk) for chunk in chunks]


def _filled(items: Sequence[Item], room: float) -> list[list[Item]]:
    found: list[list[Item]] = []
    page: list[Item] = []
    used = 0.0
    for at, item in enumerate(items):
        cost = _cost(item, page[-1] if page else None)
        with_next = _cost(items[at + 1], item) if item.keep_next and at + 1 < len(items) else 0.0
        if page and used + cost + with_next > room:
            held = _held_back(page, room - _cost(item, page[-1]) - with_next)
            found.append(page[: len(page) - held])
            page = page[len(page) - held :]
            used = needs(page)
            cost = _cost(item, page[-1] if page else None)
        page.append(item)
        used += cost
    return [*found, page] if page else found


def _held_back(page: Sequence[Item], room: float) -> int:
    """How many items at the end of a page go on with the next, as far as it has room for them."""
    held = 0
    while held < len(page) - 1 and page[len(page) - 1 - held].keep_next:
        held += 1
    return held if needs(page[len(page) - held :]) <= room else 0


def _cost(item: Item, before: Item | None) -> float:
    """What an item adds to the height of a page on which ``before`` is the last so far."""
    if isinstance(item, Row):
        if before is not None and _of_sheet(before, item.sheet):
            return item.height
        head = sum(row.height for row in item.sheet.head)
        return head + item.height + (item.gap if before is not None else 0.0)
    return item.height + (item.gap if before is not None else 0.0)


def _of_sheet(item: Item, sheet: Sheet) -> bool:
    return isinstance(item, Row) and item.sheet is sheet


def _grid(sheet: Sheet, rows: tuple[GridRow, ...], top: float) -> Grid:
    box = Box(sheet.left, top, sum(sheet.widths), sum(row.height for row in rows))
    head = len(sheet.head)
    return Grid(box, sheet.widths, rows, head, sheet.name, sheet.pad, sheet.skirt)
