"""Claims beside evidence, and the matrix of competing hypotheses."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from briefing.core.brief import AchRow, AchTable, ClaimItem, ClaimsEvidence, EvidenceItem
from briefing.core.dates import short_date
from briefing.exports.case_words import MARK_WORDS, NOT_JUDGED
from briefing.exports.rows import aligned
from briefing.exports.slide_flow import (
    Item,
    Piece,
    Row,
    Sheet,
    chunks,
    draw,
    needs,
    pages,
    text_pieces,
)
from briefing.exports.slide_lines import cut, height, widest
from briefing.exports.slide_prose import Setting
from briefing.exports.slide_shapes import (
    ACROSS,
    BODY_TOP,
    INK,
    INK2,
    INK3,
    LEFT,
    MIST,
    OCHRE,
    OCHRE_GROUND,
    TEAL,
    WHITE,
    Box,
    Cell,
    Para,
    Rect,
    Run,
    Shape,
    TextBox,
    Type,
)
from briefing.exports.slide_signs import grade
from briefing.exports.slide_tables import HEAD, SMALL, TABLE, headed, in_full, table_rows
from briefing.exports.slide_words import UNKNOWN, Words

_CASE: Final = (Type(16, 21), Type(15, 20), Type(14, 18.5), Type(13, 17.5))
_ASIDE: Final = Type(12, 16, colour=INK3)
_HEAD: Final = 28.0
"""Height of the line that says what stands in a column."""
_BETWEEN, _SHARE, _SIGN, _GRADE = 36.0, 0.49, 36.0, 38.0
_FILLS: Final = {"CC": "#8fbbe0", "C": "#c9def2", "N": MIST, "I": "#f8d9bd", "II": "#e39a5b"}
"""Of the cells of the matrix; never branded."""


def claims_evidence(block: ClaimsEvidence, words: Words, room: float) -> list[tuple[Shape, ...]]:
    """Slides of claims at the left and evidence at the right, never in one column."""
    wide = (ACROSS - _BETWEEN) * _SHARE
    left = _Column(LEFT, wide, OCHRE, words)
    right = _Column(LEFT + wide + _BETWEEN, ACROSS - wide - _BETWEEN, TEAL, words)
    most = room - _HEAD
    said: list[list[Item]] = []
    found: list[list[Item]] = []
    for type_ in _CASE:
        claimed = [left.claim(claim, type_, most) for claim in block.claims]
        seen = [right.found(item, type_, most) for item in block.evidence]
        said = pages([item for items in claimed for item in items], most)
        found = pages([item for items in seen for item in items], most)
        if max(len(said), len(found)) <= 1:
            break
    noun = "independent origin" if block.origins == 1 else "independent origins"
    slides = []
    for at in range(max(len(said), len(found))):
        claims = said[at] if at < len(said) else []
        evidence = found[at] if at < len(found) else []
        high = _HEAD + max(needs(claims), needs(evidence), 16.0)
        slides.append(
            (
                *left.headed("What they claim", "", high),
                *draw(claims, BODY_TOP + _HEAD),
                *right.headed("What speaks for or against", f"{block.origins:,} {noun}", high),
                *draw(evidence, BODY_TOP + _HEAD),
            )
        )
    return slides


class _Column:
    """A column of claims or of evidence, at the right of its edge."""

    def __init__(self, left: float, across: float, colour: str, words: Words) -> None:
        self._edge = left
        self._left = left + 16
        self._across = across - 16
        self._colour = colour
        self._words = words

    def headed(self, title: str, beside: str, high: float) -> tuple[Shape, ...]:
        """The edge, and what stands in the column."""
        aside = Para((Run(beside),), _ASIDE, align="right")
        head = Para((Run(title, bold=True, colour=self._colour),), Type(16, 20))
        right = 150.0 if beside else 0.0
        room = self._across - right
        shapes: list[Shape] = [
            Rect(Box(self._edge, BODY_TOP, 4.5, high), self._colour),
            TextBox(Box(self._left, BODY_TOP, room, 20), (head,), title),
        ]
        if beside:
            box = Box(self._left + room, BODY_TOP + 3, right, 16)
            shapes.append(TextBox(box, (aside,), "Origins"))
        return tuple(shapes)

    def claim(self, item: ClaimItem, type_: Type, most: float) -> list[Item]:
        """Letter, who says it and when, what is said, where it stands, grade."""
        words = self._words
        said = " · ".join(filter(None, (item.by or "not stated", short_date(item.date))))
        facts = (f"{label}: {value}" for label, value in item.facts)
        aside = " · ".join(filter(None, (item.status, *facts)))
        paras = (
            words.para(said, replace(type_, bold=True)),
            words.para(item.text, replace(type_, colour=INK2), empty=UNKNOWN),
            *((words.para(aside, _ASIDE, before=1),) if aside else ()),
        )
        label = Para((Run(words.line(item.label), bold=True, colour=OCHRE),), Type(12, 15))
        return self._item(paras, label, item.grade.code, most, boxed=True)

    def found(self, item: EvidenceItem, type_: Type, most: float) -> list[Item]:
        """Number, what was found, of which origin and kind, on which claims it bears, grade."""
        words = self._words
        relevance = f"relevance {item.relevance}" if item.relevance else ""
        bears = f"bears on {', '.join(item.bears_on)}" if item.bears_on else ""
        aside = " · ".join(filter(None, (item.origin, item.kind, relevance, bears)))
        paras = (
            words.para(item.text, type_, empty=UNKNOWN),
            *((words.para(aside, _ASIDE, before=1),) if aside else ()),
        )
        label = Para((Run(words.line(item.label), bold=True, colour=TEAL),), type_)
        return self._item(paras, label, item.grade.code, most, boxed=False)

    def _item(
        self, paras: tuple[Para, ...], label: Para, code: str, most: float, *, boxed: bool
    ) -> list[Item]:
        sign = min(max(_SIGN, widest((label,)) + 12), self._across / 3)
        shown = replace(cut(label, sign - 10, 1), align="center" if boxed else "left")
        left = self._left + sign
        room = self._across - sign - _GRADE
        whole = paras if shown.text == label.text else (label, *paras)
        first, *rest = chunks(whole, room, most)
        high = max(height(first, room), 24.0)
        graded = Para((Run(code, bold=True),), Type(11, 14), align="center")

        def drawn(top: float) -> tuple[Shape, ...]:
            ground, line = (OCHRE_GROUND, OCHRE) if boxed else ("", "")
            box = Box(self._left, top + boxed, sign - 10, 22 if boxed else shown.type.line)
            right = self._left + self._across
            return (
                TextBox(box, (shown,), "Label", fill=ground, outline=line, middle=boxed),
                TextBox(Box(left, top, room, high), first, "Claim" if boxed else "Evidence"),
                grade((graded,), right, top + 2),
            )

        items: list[Item] = [Piece(high, drawn, 12.0)]
        for chunk in rest:
            items += text_pieces(chunk, most, "Continued", left=left, room=room, gap=4.0)
        return items


def ach(block: AchTable, setting: Setting) -> list[Item]:
    """The matrix: letters in coloured cells, sums, the leader framed; then what it says."""
    words = setting.words
    count = len(block.hypotheses)
    first, last = 230.0, 80.0
    each = min((ACROSS - first - last) / max(count, 1), 150.0)
    first = ACROSS - last - each * count
    heads = [
        words.para("Evidence", HEAD),
        *(_hypothesis(label, name, words) for label, name in block.hypotheses),
        words.para("Tells apart", HEAD, align="right"),
    ]
    pad = min(6.0, each / 8)
    sheet = headed((first, *(each,) * count, last), "Hypotheses", heads, pad=pad)
    rows: list[Row] = []
    for number, row in enumerate(block.rows, start=1):
        rows += table_rows(sheet, _evidence_row(row, count, setting), setting, number)
    sums = _sums(block, sheet, setting)
    if rows:
        rows[-1] = replace(rows[-1], keep_next=True)
    sentence = words.para(block.sentence, Type(16, 22))
    meanings = " · ".join(f"{mark} {meaning}" for mark, meaning in MARK_WORDS.items())
    return [
        *rows,
        *sums,
        *in_full(heads, sheet, setting),
        *text_pieces((words.small(meanings, SMALL),), setting.most, "Marks"),
        *text_pieces((sentence,), setting.most, "What the matrix says", gap=12),
    ]


def _hypothesis(label: str, name: str, words: Words) -> Para:
    runs = (Run(f"{words.line(label)} ", bold=True, colour=INK), Run(words.line(name)))
    return Para(runs, Type(12, 15, colour=INK2), align="center")


def _evidence_row(row: AchRow, count: int, setting: Setting) -> list[Cell]:
    words = setting.words
    type_ = TABLE[max(setting.level, 1)]
    key = Para(
        (Run(f"{words.line(row.label)} ", bold=True, colour=TEAL), Run(words.line(row.short))),
        type_,
    )
    apart = words.para(f"{row.tells_apart:.2f}", type_, align="right")
    return [
        Cell((key,), middle=True),
        *(_mark(mark, type_, words) for mark in aligned(row.marks, count, "")),
        Cell((apart,), middle=True),
    ]


def _mark(mark: str, type_: Type, words: Words) -> Cell:
    fill = _FILLS.get(mark, "")
    bold = replace(type_, bold=bool(fill), colour=INK if fill else INK3)
    para = words.para(mark, bold, empty=NOT_JUDGED, align="center")
    return Cell((para,), fill=fill, frame=WHITE, middle=True)


def _sums(block: AchTable, sheet: Sheet, setting: Setting) -> list[Row]:
    """Inconsistencies counted and weighted; whoever has least is framed."""
    words = setting.words
    type_ = TABLE[max(setting.level, 1)]
    columns = len(block.hypotheses)
    counts = [f"{number:,}" for number in aligned(block.count, columns, 0)]
    weights = [f"{number:,.1f}" for number in aligned(block.weighted, columns, 0.0)]
    leads = aligned(block.leads, columns, False)
    made: list[Row] = []
    for title, figures, weighted in (
        ("Inconsistencies, count", counts, False),
        ("weighted by source", weights, True),
    ):
        shown = replace(type_, bold=weighted)
        cells = [
            Cell((words.para(title, shown),), middle=True),
            *(
                Cell(
                    (words.para(figure, shown, align="center"),),
                    frame=INK if weighted and lead else "",
                    middle=True,
                )
                for figure, lead in zip(figures, leads, strict=True)
            ),
            Cell((words.para("", shown),)),
        ]
        number = len(block.rows) + 1 + len(made)
        made += table_rows(sheet, cells, setting, number)
    return [replace(row, keep_next=True) for row in made]
