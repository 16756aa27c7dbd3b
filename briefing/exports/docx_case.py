"""Blocks of an incident: claims, evidence, hypotheses, assessment, warnings; never branded.

Claims stand beside evidence, each in its own colour: one row of two cells, so that all claims are
read before the evidence. Columns too long for a row that keeps to its page stand one below the
other.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefing.core.brief import (
    AchTable,
    Assessed,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    WarningList,
    plain,
)
from briefing.core.dates import short_date
from briefing.exports.case_words import MARK_WORDS, NOT_JUDGED
from briefing.exports.docx_desk import APART, Desk, head
from briefing.exports.docx_markup import DASH, NO_BREAK, TAB, kept, paragraph, run, shaded, twips
from briefing.exports.docx_table import Cell, edge, table
from briefing.exports.phrases import counted
from briefing.exports.rows import aligned

_OCHRE, _TEAL, _INK = "#8a4f00", "#0b6470", "#16202c"
_RAMP = {"CC": "#8fbbe0", "C": "#c9def2", "N": "#f0f1f3", "I": "#f8d9bd", "II": "#e39a5b"}
"""Grounds of the cells; what does not apply or was not judged has none."""
_KEPT_ROWS = 30
"""A table of hypotheses with more rows may break between them."""
_INSET = '<w:ind w:left="140"/>'
"""Room between an edge and its words."""
_CLAIMS, _BETWEEN, _EVIDENCE = 66.0, 4.0, 100.0
"""Millimetres of the two columns, and between them."""
_ASSESSED, _WARNED = 110.0, 56.0
"""Millimetres of an assessment, and of the warnings beside it."""
_FIRST = '<w:spacing w:before="0" w:after="30"/>'
"""Room around what heads a column."""
_BESIDE = 1500
"""Characters of a column that is sure to have room on the page of its heading."""
_ROOM = 160
"""Twips that a cell keeps free at its right."""
_AIR = '<w:spacing w:before="60"/>'
"""Room above every item of a column but the first."""


def claims_evidence(block: ClaimsEvidence, desk: Desk) -> list[str]:
    """Claims with an ochre edge, evidence with a teal one; beside each other where short."""
    if max(_letters(block.claims), _letters(block.evidence)) <= _BESIDE:
        return [_beside(block, desk), *desk.note(block.note)]
    claims = [_claim(item, desk) for item in block.claims]
    evidence = [_evidence(item, desk) for item in block.evidence]
    weighed = f"for or against · {counted(block.origins, 'origin')} (O), relevance, grade"
    return [
        _heading("ClaimsHeading", "Claims", "what they say"),
        *_items((14, 142, 14), claims),
        _heading("EvidenceHeading", "Evidence", weighed),
        *_items((14, 118, 38), evidence),
        *desk.note(block.note),
    ]


def _letters(items: Iterable[ClaimItem | EvidenceItem]) -> int:
    return sum(len(plain(item.text)) for item in items)


def _beside(block: ClaimsEvidence, desk: Desk) -> str:
    """Both columns in one row, each under its name."""
    origins = counted(block.origins, "origin")
    claims = "".join(_claim_lines(item, desk, at) for at, item in enumerate(block.claims))
    found = "".join(_evidence_lines(item, desk, at) for at, item in enumerate(block.evidence))
    none = paragraph("TableText", run("none recorded", "Quiet"), _INSET)
    columns = (
        ("ClaimsHeading", "Claims", "what they say", claims, _OCHRE),
        (
            "EvidenceHeading",
            "Evidence",
            f"for or against · {origins} (O), relevance, grade",
            found,
            _TEAL,
        ),
    )
    left, right = (
        Cell(
            paragraph(style, run(f"{title}{NO_BREAK * 2}") + run(note, "Aside"), _FIRST + _INSET)
            + (lines or none),
            edges=edge("left", colour, 2.25),
        )
        for style, title, note, lines, colour in columns
    )
    between = desk.cell("")
    widths = (_CLAIMS, _BETWEEN, _EVIDENCE)
    return table("PlainTable", widths, [(left, between, right)], says="Claims beside evidence")


def _claim_lines(item: ClaimItem, desk: Desk, at: int) -> str:
    """Who says it and when, with the grade at the right; what is said; where it stands."""
    who = run(item.by or "not stated", "Strong")
    date = short_date(item.date)
    when = run(f"{NO_BREAK * 2}{date}", "Quiet") if date else ""
    said = run(f"{item.label}{NO_BREAK * 2}", "Claim") + who + when
    facts = [f"{label} {value}" for label, value in item.facts]
    aside = " · ".join(filter(None, (item.status, *facts)))
    lines = [
        _graded(said, item.grade.code, _CLAIMS, at),
        paragraph("TableText", desk.words.text(item.text), _INSET),
    ]
    if aside:
        lines.append(paragraph("TableSmall", run(aside), _INSET))
    return "".join(lines)


def _evidence_lines(item: EvidenceItem, desk: Desk, at: int) -> str:
    """Origin, kind and what it bears on, with the grade at the right; what was found."""
    bears = f"on {', '.join(item.bears_on)}" if item.bears_on else ""
    told = " · ".join(filter(None, (item.origin, item.relevance, item.kind, bears)))
    said = run(f"{item.label}{NO_BREAK * 2}", "Evidence") + run(told, "Quiet")
    return _graded(said, item.grade.code, _EVIDENCE, at) + paragraph(
        "TableText", desk.words.text(item.text), _INSET
    )


def _graded(said: str, grade: str, column: float, at: int) -> str:
    """The first line of an item, its grade at the right edge of the column."""
    stop = f'<w:tabs><w:tab w:val="right" w:pos="{twips(column) - _ROOM}"/></w:tabs>'
    return paragraph(
        "TableText", f"{said}{TAB}{run(grade, 'Strong')}", stop + _AIR * (at > 0) + _INSET
    )


def ach(block: AchTable, desk: Desk) -> list[str]:
    """The matrix of competing hypotheses; letters always stand in their cells."""
    many = len(block.hypotheses)
    rows = []
    for row in block.rows:
        marks = [_judged(mark or NOT_JUDGED) for mark in aligned(row.marks, many, "")]
        name = run(f"{row.label} ", "Quiet") + run(row.short)
        apart = desk.cell(f"{row.tells_apart:.2f}", "TableFigures")
        rows.append([Cell(paragraph("TableText", name), flush=True), *marks, apart])
    count = [_total(f"{number:,}") for number in block.count]
    weighted = [
        _total(f"{number:,.1f}", _box(leads=leads, after=after))
        for number, leads, after in zip(
            block.weighted, block.leads, (False, *block.leads), strict=False
        )
    ]
    empty = desk.cell("", "TableFigures")
    rows += [
        [_name("Inconsistencies, count"), *aligned(count, many, empty), empty],
        [_name("weighted by source", "Strong"), *aligned(weighted, many, empty), empty],
    ]
    column = min(28.0, (170 - 58) / max(many, 1))
    widths = [170 - 14 - column * many, *[column] * many, 14]
    heads = [head("Evidence", flush=True), *(_hypothesis(*it) for it in block.hypotheses)]
    made = table(
        "GridTable",
        widths,
        rows,
        head=[*heads, head("Tells apart", "Right")],
        whole=len(rows) <= _KEPT_ROWS,
        says="Evidence against hypotheses",
    )
    sentence = [paragraph("Normal", desk.words.text(block.sentence))] if block.sentence else []
    return [made, paragraph("Legend", _keys(block)), *sentence]


def assessed(block: Assessed, desk: Desk) -> list[str]:
    """What somebody concludes, with dissent inside it, behind one edge of ink."""
    recorded = ", ".join(filter(None, (block.by, short_date(block.date))))
    facts = [
        paragraph(
            "Assessment",
            run(f"{label}. ", "Claim" if _dissents(label) else "Strong") + desk.words.text(text),
        )
        for label, text in block.facts
    ]
    by = [paragraph("Assessment", run(f"Recorded by {recorded}.", "Quiet"))] if recorded else []
    made = [
        paragraph("Assessment", desk.words.text(block.text)),
        *desk.estimate(block.likelihood, block.confidence, "Assessment"),
        *facts,
        *by,
    ]
    return [*map(kept, made[:-1]), made[-1]]


def assessed_and_warned(block: Assessed, warned: WarningList, desk: Desk) -> list[str]:
    """An assessment, and beside it the warnings that are about it, as one row."""
    heading = run(f"Warnings{NO_BREAK * 2}") + run("each with its rows", "Aside")
    lines = [paragraph("WarningsHeading", heading, _FIRST)]
    for text, labels in warned.rows:
        said = run(f"!{NO_BREAK * 2}", "Claim") + run(text)
        lines.append(paragraph("TableText", said + run(f"{NO_BREAK * 2}{labels or DASH}", "Quiet")))
    row = (
        Cell("".join(assessed(block, desk))),
        desk.cell(""),
        Cell("".join([*lines, *desk.note(warned.note)])),
    )
    widths = (_ASSESSED, _BETWEEN, _WARNED)
    return [table("PlainTable", widths, [row], says="Assessment beside warnings")]


def warning_list(block: WarningList, desk: Desk) -> list[str]:
    """Each warning with the labels of the rows that caused it."""
    rows = [
        (
            desk.cell("!", "TableText", "Claim"),
            desk.cell(text),
            desk.cell(labels or DASH, "TableFigures", "Quiet"),
        )
        for text, labels in block.rows
    ]
    heads = [head(""), head("Warning"), head("Rows", "Right")]
    return [
        _heading("WarningsHeading", "Warnings", "each with its rows"),
        table("RuledTable", (6, 134, 30), rows, head=heads),
        *desk.note(block.note),
    ]


def _heading(style: str, title: str, note: str) -> str:
    return paragraph(style, run(f"{title}{NO_BREAK * 2}") + run(note, "Aside"))


def _items(widths: tuple[float, ...], rows: list[list[Cell]]) -> list[str]:
    if not rows:
        return [paragraph("TableText", run("none recorded", "Quiet"))]
    return [table("RuledTable", widths, rows)]


def _claim(item: ClaimItem, desk: Desk) -> list[Cell]:
    facts = [f"{label} {value}" for label, value in item.facts]
    aside = " · ".join(filter(None, (item.status, *facts)))
    date = short_date(item.date)
    who = run(item.by or "not stated", "Strong")
    when = run(f"{NO_BREAK * 2}{date}", "Quiet") if date else ""
    lines = [paragraph("TableText", who + when), paragraph("TableText", desk.words.text(item.text))]
    if aside:
        lines.append(paragraph("TableSmall", run(aside)))
    label = paragraph("TableText", run(item.label, "Claim"), _INSET)
    return [
        Cell(label, edges=edge("left", _OCHRE, 2.25)),
        Cell("".join(lines)),
        desk.cell(item.grade.code, "TableFigures", "Strong"),
    ]


def _evidence(item: EvidenceItem, desk: Desk) -> list[Cell]:
    weighed = " · ".join(filter(None, (item.origin, item.relevance)))
    gap = run(f"{weighed}{NO_BREAK * 2}", "Quiet") if weighed else ""
    right = '<w:jc w:val="right"/>'
    aside = [paragraph("TableFigures", gap + run(item.grade.code, "Strong"))]
    bears = f"on {', '.join(item.bears_on)}" if item.bears_on else ""
    told = " · ".join(filter(None, (item.kind, bears)))
    aside += [paragraph("TableSmall", run(told), right)] if told else []
    label = paragraph("TableText", run(item.label, "Evidence"), _INSET)
    return [
        Cell(label, edges=edge("left", _TEAL, 2.25)),
        desk.cell(item.text),
        Cell("".join(aside)),
    ]


def _hypothesis(label: str, name: str) -> Cell:
    lines = (
        paragraph("TableHeadCentred", run(label, props='<w:b/><w:bCs/><w:color w:val="16202C"/>')),
        paragraph("TableHeadCentred", run(name)),
    )
    return Cell("".join(lines), low=True)


def _name(words: str, style: str = "") -> Cell:
    return Cell(paragraph("TableText", run(words, style)), flush=True)


def _judged(mark: str) -> Cell:
    return Cell(paragraph("TableCentred", run(mark, "Strong")), _RAMP.get(mark, ""))


def _total(number: str, edges: str | None = None) -> Cell:
    style = "" if edges is None else "Strong"
    return Cell(paragraph("TableCentred", run(number, style)), edges=edges or "")


def _box(*, leads: bool, after: bool) -> str:
    """A box around what leads; the cell after it repeats its right edge, over the grid's white."""
    if leads:
        return "".join(edge(side, _INK, 1.75) for side in ("top", "left", "bottom", "right"))
    return edge("left", _INK, 1.75) if after else ""


def _keys(block: AchTable) -> str:
    used = {mark or NOT_JUDGED for row in block.rows for mark in row.marks}
    keys = []
    for mark, meaning in MARK_WORDS.items():
        if mark not in used and mark in ("NA", NOT_JUDGED):
            continue
        ground = shaded(_RAMP[mark]) if mark in _RAMP else ""
        letters = run(f"{NO_BREAK}{mark}{NO_BREAK}", props=f"<w:b/><w:bCs/>{ground}")
        keys.append(letters + run(NO_BREAK + meaning.replace(" ", NO_BREAK)))
    return run(APART).join(keys)


def _dissents(label: str) -> bool:
    return label.strip().lower().startswith("dissent")
