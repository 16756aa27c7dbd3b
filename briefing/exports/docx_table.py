"""Tables of a Word document: fixed widths, whole rows, heads that repeat on every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.exports.docx_markup import bare, escaped, kept, shaded, twips

WIDTH = 170.0
"""Millimetres of text across a page."""
GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
"""What stands between two tables, which Word would otherwise join."""
END = '<w:p><w:pPr><w:pStyle w:val="End"/></w:pPr></w:p>'
"""The paragraph that Word wants behind a table at the end; so low that it turns no page."""

_KEPT_WHOLE = 1200
"""Characters of text. A longer row may break, or it would not fit any page."""
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        content: Its paragraphs.
        fill: ``#rrggbb`` of its ground, or "".
        span: Columns it takes.
        edges: Borders of its own, from ``edge``.
        low: Whether it stands at the foot of its row.
        flush: Whether its words begin at its very edge.
    """

    content: str
    fill: str = ""
    span: int = 1
    edges: str = ""
    low: bool = False
    flush: bool = False


def edge(side: str, colour: str, points: float) -> str:
    """One border of a cell: ``top``, ``left``, ``bottom`` or ``right``."""
    eighths = round(points * 8)
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{bare(colour)}"/>'


def table(
    style: str,
    widths: Sequence[float],
    rows: Sequence[Sequence[Cell]],
    *,
    head: Sequence[Cell] = (),
    whole: bool = False,
    breaks: bool = False,
    leads: bool = False,
    last: int = 2,
    says: str = "",
) -> str:
    """A table.

    Args:
        style: Id of a table style.
        widths: Of its columns; they are stretched or squeezed to the width of the text.
        rows: Its cells; a spanning cell counts for as many columns as it takes.
        head: The row that repeats on every page, or nothing.
        whole: Whether it may not break at all.
        breaks: Whether even a row of it may break.
        leads: Whether its end stays with what follows, a note or a legend.
        last: How many rows at its end stay together.
        says: What it shows, for who cannot see it.
    """
    if not widths or not (rows or head):
        return ""
    grid = scaled(widths)
    lines = [_row(head, grid, head=True)] if head else []
    end = len(rows) - 1
    for at, cells in enumerate(rows):
        # Two rows at the least on either page; one alone looks forgotten.
        stays = leads if at == end else whole or at == 0 or at > end - last
        lines.append(_row(cells, grid, stays=stays, whole=not breaks))
    described = f'<w:tblDescription w:val="{escaped(says)}"/>' if says else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"0620" if head else "0600"}" w:firstRow="{int(bool(head))}" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{described}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )


def scaled(widths: Sequence[float], whole: float = WIDTH) -> list[int]:
    """Widths in twips that add up to the whole, exactly."""
    total, target = sum(widths), twips(whole)
    made, before, walked = [], 0, 0.0
    for width in widths:
        walked += width
        reached = round(target * walked / total)
        made.append(reached - before)
        before = reached
    return made


def _row(
    cells: Sequence[Cell],
    grid: Sequence[int],
    *,
    head: bool = False,
    stays: bool = False,
    whole: bool = True,
) -> str:
    made, column = [], 0
    for cell in cells:
        width = sum(grid[column : column + cell.span])
        column += cell.span
        made.append(_cell(cell, width, last=column == len(grid)))
    content = "".join(made)
    props = "<w:cantSplit/>" if whole and len(_MARKUP.sub("", content)) <= _KEPT_WHOLE else ""
    if head:
        props += "<w:tblHeader/>"
    said = f"<w:trPr>{props}</w:trPr>" if props else ""
    return f"<w:tr>{said}{kept(content) if head or stays else content}</w:tr>"


def _cell(cell: Cell, width: int, *, last: bool) -> str:
    props = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
    if cell.span > 1:
        props.append(f'<w:gridSpan w:val="{cell.span}"/>')
    if cell.edges:
        props.append(f"<w:tcBorders>{cell.edges}</w:tcBorders>")
    if cell.fill:
        props.append(shaded(cell.fill))
    free = ("left",) * cell.flush + ("right",) * (last and not cell.fill)
    if free:
        sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in free)
        props.append(f"<w:tcMar>{sides}</w:tcMar>")
    if cell.low:
        props.append('<w:vAlign w:val="bottom"/>')
    return f"<w:tc><w:tcPr>{''.join(props)}</w:tcPr>{cell.content}</w:tc>"
