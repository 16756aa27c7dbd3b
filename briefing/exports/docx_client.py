"""Blocks for a client: actions with their boxes, actors with reasons, the shaded matrix."""

from __future__ import annotations

from briefing.core.brief import Action, Actions, ActorReason, ActorReasons, Matrix
from briefing.exports.case_words import NO_REPORTS, ORIGIN_NOT_STATED
from briefing.exports.docx_desk import Desk, head, on_ramp
from briefing.exports.docx_markup import DASH, paragraph, run
from briefing.exports.docx_table import Cell, table
from briefing.exports.phrases import codes, imperative, starts_with_words
from briefing.exports.rows import aligned
from briefing.exports.shades import matrix_bounds, matrix_shade
from briefing.exports.world_svg import RAMP

_YES, _NO = "■", "□"
_KEPT_ROWS = 36
"""A matrix with more rows may break between them, or it would not fit any page."""
_SYMBOLS = "Segoe UI Symbol"
_BOX = (
    "<w:sdt><w:sdtPr><w14:checkbox>"
    '<w14:checked w14:val="0"/>'
    f'<w14:checkedState w14:val="2612" w14:font="{_SYMBOLS}"/>'
    f'<w14:uncheckedState w14:val="2610" w14:font="{_SYMBOLS}"/>'
    "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>"
    f'<w:rFonts w:ascii="{_SYMBOLS}" w:hAnsi="{_SYMBOLS}" w:eastAsia="{_SYMBOLS}"/>'
    "</w:rPr><w:t>\N{BALLOT BOX}</w:t></w:r></w:sdtContent></w:sdt>"
)
"""A box that can be ticked in Word."""


def actions(block: Actions, desk: Desk) -> list[str]:
    """What to do; who does it and at what cost, where any of it is known."""
    if any(action.cost or action.who for action in block.actions):
        rows = [
            (
                Cell(paragraph("TableText", _BOX)),
                Cell(_said(action, desk) + _below(action)),
                desk.cell(action.stage or DASH),
                desk.cell(action.who or DASH),
                desk.cell(action.cost or DASH, "TableFigures"),
            )
            for action in block.actions
        ]
        heads = [head(""), head("Action"), head("Breaks stage"), head("Who")]
        widths = (7, 82, 33, 32, 16)
        return [table("RuledTable", widths, rows, head=[*heads, head("Cost", "Right")])]
    plainly = [
        (
            Cell(paragraph("TableText", _BOX)),
            Cell(_said(action, desk)),
            desk.cell(codes(action) or DASH),
            desk.cell(action.stage or DASH),
        )
        for action in block.actions
    ]
    heads = [head(""), head("Action"), head("Mitigation · technique"), head("Breaks stage")]
    return [table("RuledTable", (7, 93, 40, 30), plainly, head=heads)]


def actor_reasons(block: ActorReasons, desk: Desk) -> list[str]:
    """Actors, each with one square a sign."""
    signs = len(block.signs)
    width = min(15.0, 62.0 / max(signs, 1))
    rows = [_actor(row, signs, desk) for row in block.rows]
    heads = [
        head("Actor, origin"),
        head("Why it is in"),
        *(head(sign, "Centred") for sign in block.signs),
        head("Points", "Right"),
    ]
    widths = [42, 170 - 42 - 14 - width * signs, *[width] * signs, 14]
    return [table("RuledTable", widths, rows, head=heads), *desk.note(block.note)]


def matrix(block: Matrix, desk: Desk) -> list[str]:
    """Counts with the shade of each; 0 has none."""
    bounds = matrix_bounds(block)
    rows = []
    for (label, counts), total in zip(block.rows, block.totals, strict=True):
        style = "Number" if label in block.own else ""
        cells = [_count(count, bounds) for count in aligned(counts, len(block.columns), 0)]
        row = [Cell(paragraph("TableText", run(label, style)), flush=True), *cells]
        rows.append([*row, desk.cell(f"{total:,}", "TableFigures", "Strong")])
    many = len(block.columns)
    column = min(17.0, (170 - 52) / max(many, 1))
    heads = [
        head(block.head, flush=True),
        *(head(name, "Centred") for name in block.columns),
        head(f"All {block.unit}", "Right"),
    ]
    made = table(
        "GridTable",
        [170 - 16 - column * many, *[column] * many, 16],
        rows,
        head=heads,
        whole=len(rows) <= _KEPT_ROWS,
        says=f"{block.head}: {block.unit}",
    )
    return [made, *desk.note(block.note)]


def _said(action: Action, desk: Desk) -> str:
    gap = " " if starts_with_words(action.why) else ""
    do = run(imperative(action.do, action.why) + gap, "Strong")
    return paragraph("TableText", do + desk.words.text(action.why))


def _below(action: Action) -> str:
    said = codes(action)
    return paragraph("TableSmall", run(said)) if said else ""


def _actor(row: ActorReason, signs: int, desk: Desk) -> list[Cell]:
    name = paragraph("TableKey", run(row.name))
    origin = paragraph("TableSmall", run(row.origin or ORIGIN_NOT_STATED))
    squares = [
        Cell(paragraph("TableCentred", _square(sign))) for sign in aligned(row.signs, signs, False)
    ]
    points = desk.cell(f"{row.points:.1f}", "TableFigures")
    return [Cell(name + origin), desk.cell(row.why), *squares, points]


def _square(applies: bool) -> str:
    colour = RAMP[3] if applies else "#7f8997"
    props = f'<w:color w:val="{colour[1:].upper()}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    return run(_YES if applies else _NO, props=props)


def _count(count: int, bounds: tuple[int, ...]) -> Cell:
    if count <= 0:
        return Cell(paragraph("TableCentred", run(NO_REPORTS, "Quiet")), "#f7f8f9")
    step = matrix_shade(count, bounds)
    fill, props = on_ramp(step, bold=step > 3)
    return Cell(paragraph("TableCentred", run(f"{count:,}", props=props)), fill)
