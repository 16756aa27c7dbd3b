"""How high the blocks of an incident come out: claims, evidence, hypotheses, assessment."""

from __future__ import annotations

from briefing.core.brief import (
    AchTable,
    Assessed,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    Span,
    Style,
    Text,
    WarningList,
)
from briefing.core.dates import short_date
from briefing.exports.typst_case import dates_beside, told_of
from briefing.services.recipes.text_fit import BODY, CELL, MM, NOTE, Ruler

_EDGE = 2.6 * MM
"""From a coloured edge to the words beside it."""
_PADS = 2.0
"""What an edged block adds above and below its words."""
_WIDE = 150 * MM
"""A section as wide as the page has more than this for its content."""
_BOX, _ITEM_GAP = 5.4 * MM, 6.0
_GRADED = 11.4
"""A line with a grade in it."""
_BESIDE_NAME = 20 + 3.6 * MM
"""The grade of a claim and the gaps before it and its date."""
_LEGEND = {
    "CC": "strongly consistent",
    "C": "consistent",
    "N": "neutral",
    "I": "inconsistent",
    "II": "strongly inconsistent",
    "NA": "not applicable",
    "": "not judged",
}
_SELDOM = ("NA", "")
"""Marks that the key explains only where they stand in the matrix."""


def claims_evidence(ruler: Ruler, block: ClaimsEvidence, width: float) -> float:
    """Both columns, the higher one, and the note."""
    claims = (66 if width > _WIDE else 58) * MM
    evidence = width - claims - 5 * MM - _EDGE
    beside, said = dates_beside(block), claims - _EDGE - 7.4 * MM
    left = [_claim(ruler, item, beside, said) for item in block.claims]
    right = [_evidence(ruler, item, evidence) for item in block.evidence]
    told = f"for or against · {block.origins} origins (O), relevance H M L, grade"
    head = max(10.5, 2.25 + ruler.high(told, *NOTE, evidence - 20 * MM)) + 6
    columns = (sum(items) + _ITEM_GAP * max(len(items) - 1, 0) for items in (left, right))
    return head + max(8.5, *columns) + _PADS + ruler.note(block.note, width)


def _claim(ruler: Ruler, item: ClaimItem, beside: bool, width: float) -> float:
    date = ruler.wide(short_date(item.date), 8) if beside else 0.0
    name = max(width - date - _BESIDE_NAME, 12 * MM)
    high = max(ruler.high(item.by or "not stated", *CELL, name, bold=True), _GRADED) + 3
    high += ruler.high(item.text, *CELL, width)
    aside = told_of(item, beside)
    if aside:
        high += 3 + ruler.high(aside, *NOTE, width)
    return max(high, _BOX)


def _evidence(ruler: Ruler, item: EvidenceItem, width: float) -> float:
    beside = _GRADED
    for words in (item.kind, f"on {', '.join(item.bears_on)}" if item.bears_on else ""):
        if words:
            beside += 2.5 + ruler.high(words, *NOTE, 21 * MM)
    return max(ruler.high(item.text, *CELL, width - 31 * MM), beside)


def ach(ruler: Ruler, block: AchTable, width: float) -> float:
    """Heads, rows, the two lines of inconsistency, the key and the sentence."""
    many = max(len(block.hypotheses), 1)
    column = min(21 * MM, (width - 50 * MM) / many)
    names = [ruler.high(name, *NOTE, column - 4) for _, name in block.hypotheses]
    total = 7.5 + 2.5 + max(names, default=0) + 3.5 + 2 * 13.7 + 2
    label = width - column * many - 13 * MM - 2
    for row in block.rows:
        total += 5.2 + ruler.high(f"{row.label} {row.short}", *CELL, label)
    total += 6 + _key(ruler, block, width)
    return total + (7 + ruler.high(block.sentence, *CELL, width) if block.sentence else 0)


def _key(ruler: Ruler, block: AchTable, width: float) -> float:
    """What the marks mean; each stands with its words in one piece."""
    used = {mark for row in block.rows for mark in row.marks}
    lines, taken = 1, 0.0
    for mark, words in _LEGEND.items():
        if mark not in used and mark in _SELDOM:
            continue
        piece = ruler.wide(mark or "\N{EN DASH}", 7) + 4.4 + 1.4 * MM + ruler.wide(words, 7.75)
        if taken and taken + 3 * MM + piece > width:
            lines, taken = lines + 1, piece
        else:
            taken += piece + (3 * MM if taken else 0)
    return lines * 14 - 2


def assessed(ruler: Ruler, block: Assessed, width: float) -> float:
    """The judgement, its two lines of estimate, and each fact."""
    inner = width - _EDGE
    total = _PADS + ruler.high(block.text, *BODY, inner) + 6 + 21 + 2
    for label, text in block.facts:
        led: Text = (Span(f"{label}. ", Style.STRONG), *text)
        total += 4 + ruler.high(led, *CELL, inner)
    recorded = f"Recorded by {block.by}, {block.date} of a longer month."
    return total + 4 + ruler.high(recorded, *NOTE, inner)


def warning_list(ruler: Ruler, block: WarningList, width: float) -> float:
    """The table and its note."""
    total = 13.2
    for text, labels in block.rows:
        high = ruler.high(text, *CELL, width - 21 * MM - 8)
        total += 5.7 + max(high, ruler.high(labels, *CELL, 17 * MM))
    return total + ruler.note(block.note, width)


def warned(ruler: Ruler, block: Assessed, warnings: WarningList, width: float) -> float:
    """An assessment with its warnings beside it."""
    beside = (64 if width > _WIDE else 54) * MM
    listed = 10.5 + 3 + warning_list(ruler, warnings, beside)
    return max(assessed(ruler, block, width - beside - 6 * MM), listed)
