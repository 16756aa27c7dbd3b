"""The four stages, and the techniques of each with how many groups use them."""

from __future__ import annotations

from itertools import zip_longest

from briefing.core.brief import HeatCell, HeatColumn, HeatTable, Stages
from briefing.exports.docx_desk import Desk, on_ramp, swatch
from briefing.exports.docx_markup import TAB, kept, paragraph, run
from briefing.exports.docx_table import Cell, scaled, table
from briefing.exports.phrases import counted, left_out
from briefing.exports.shades import heat_legend, heat_shade, stage_shades
from briefing.exports.world_svg import RAMP

_LAST = 4
"""Rows at the end of a heat table that go to a new page together."""
_MARGINS = 170
"""Twips that a cell of the grid keeps free at its sides."""


def stages(block: Stages, desk: Desk) -> list[str]:
    """The stages side by side, shaded by their share of the techniques."""
    heads, texts = [], []
    for stage, step in zip(block.stages, stage_shades(block), strict=True):
        fill, props = on_ramp(step)
        name = run(f"{stage.number} {stage.name}", props="<w:b/><w:bCs/>" + props)
        lines = [paragraph("TableText", name)]
        if stage.techniques:
            lines.append(
                paragraph("TableText", run(counted(stage.techniques, "technique"), props=props))
            )
        heads.append(Cell("".join(lines), fill))
        texts.append(desk.cell(stage.text))
    return [table("GridTable", [1.0] * len(heads), [heads, texts], whole=True)]


def heat(block: HeatTable, desk: Desk) -> list[str]:
    """One column a stage; the number is how many groups use the technique."""
    widths = [1.0] * len(block.columns)
    stops = [_right(width) for width in scaled(widths)] if widths else []
    rows = [
        [_technique(cell, block.bounds, stop) for cell, stop in zip(cells, stops, strict=True)]
        for cells in zip_longest(*(column.cells for column in block.columns))
    ]
    rows.append(
        [
            Cell(paragraph("TableSmall", run(left_out(column.total, len(column.cells)))))
            for column in block.columns
        ]
    )
    heads = [_head(column, stop) for column, stop in zip(block.columns, stops, strict=True)]
    legend = run(f"Groups using it, of {block.groups_total:,}: ", "Strong")
    legend += "".join(
        swatch(RAMP[step - 1], label)
        for label, step in heat_legend(block.bounds, block.groups_total)
    )
    key, note = paragraph("Legend", legend), desk.note(block.note)
    return [
        table(
            "GridTable",
            widths,
            rows,
            head=heads,
            leads=True,
            last=_LAST,
            says="Techniques by stage",
        ),
        kept(key) if note else key,
        *note,
    ]


def _right(width: int) -> str:
    return f'<w:tabs><w:tab w:val="right" w:pos="{width - _MARGINS}"/></w:tabs>'


def _head(column: HeatColumn, stop: str) -> Cell:
    name = run(f"{column.number} {column.name}", "Number")
    total = f"{TAB}{run(f'{column.total:,}', 'Strong')}" if column.total else ""
    return Cell(paragraph("TableText", name + total, stop), low=True)


def _technique(cell: HeatCell | None, bounds: tuple[int, ...], stop: str) -> Cell:
    """Name, then ATT&CK's number with the groups at the right; a short column stays white."""
    if cell is None:
        return Cell(paragraph("HeatCell", ""))
    fill, props = on_ramp(heat_shade(cell.groups, bounds))
    number = run(f"{cell.groups:,}", props="<w:b/><w:bCs/>" + props)
    lines = (
        paragraph("HeatCell", run(cell.name, props=props)),
        paragraph("HeatCell", f"{run(cell.attack_id, props=props)}{TAB}{number}", stop),
    )
    return Cell("".join(lines), fill)
