"""Blocks of an incident as the template expects them: claims, evidence, hypotheses, assessment."""

from __future__ import annotations

from typing import Any

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
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.exports.case_words import MARK_WORDS, NOT_JUDGED
from briefing.exports.phrases import counted
from briefing.exports.rows import aligned
from briefing.exports.typst_rows import KEPT_WHOLE, fit, stacked
from briefing.exports.typst_words import Words

_CLAIM, _EVIDENCE = 56.0, 44.0
"""Widths in mm of a claim's words and an evidence's, in the narrower of the two layouts."""
_NAME = 22
"""Characters of a claimant's name that fit beside a date."""
_ACH_ROW, _ACH_REST = 16.0, 130.0
"""Points: a row of the matrix, and what stands above and below its rows."""
_COLUMN, _COLUMNS, _GAPS = 21.0, 88.0, 1.4
"""Millimetres: a column of the matrix at most, all of them together, white on both sides."""
_ASSESSED, _WARNING = 78.0, 40.0


def claims_evidence(block: ClaimsEvidence, words: Words) -> dict[str, Any]:
    """Claims and evidence, each item with its grade in two letters."""
    beside = dates_beside(block)
    claims = [_claim(item, beside, words) for item in block.claims]
    evidence = [_evidence(item, words) for item in block.evidence]
    return {
        "type": "claims",
        "claims": claims,
        "evidence": evidence,
        "origins": counted(block.origins, "origin"),
        "note": words.text(block.note),
        "high": 16 + max((item["high"] + 5 for item in (*claims[:1], *evidence[:1])), default=12),
    }


def dates_beside(block: ClaimsEvidence) -> bool:
    """Whether dates stand beside the names of the claimants, or below where a name is long."""
    return all(len(item.by) <= _NAME for item in block.claims)


def told_of(item: ClaimItem, beside: bool) -> str:
    """What stands in small type under a claim: its date if it has no place above, and the rest."""
    date = "" if beside else short_date(item.date)
    facts = (f"{label} {value}" for label, value in item.facts)
    return " · ".join(filter(None, (date, item.status, *facts)))


def _claim(item: ClaimItem, beside: bool, words: Words) -> dict[str, Any]:
    aside = told_of(item, beside)
    return {
        "label": words.line(item.label),
        "by": words.line(item.by or "not stated"),
        "date": words.line(short_date(item.date)) if beside else "",
        "text": words.text(item.text),
        "aside": words.line(aside),
        "grade": grade(item.grade),
        **stacked((item.by, 24.0), (plain(item.text), _CLAIM), (aside, _CLAIM)),
    }


def _evidence(item: EvidenceItem, words: Words) -> dict[str, Any]:
    bears = f"on {', '.join(item.bears_on)}" if item.bears_on else ""
    weighed = " · ".join(filter(None, (item.origin, item.relevance[:1].upper())))
    return {
        "label": words.line(item.label),
        "text": words.text(item.text),
        "weighed": words.line(weighed),
        "kind": words.line(item.kind),
        "bears": words.line(bears),
        "grade": grade(item.grade),
        **fit((plain(item.text), _EVIDENCE), (item.kind, 12.0), (bears, 12.0)),
    }


def ach(block: AchTable, words: Words) -> dict[str, Any]:
    """The matrix; a cell keeps its letters, an empty one says that it was not judged."""
    columns = len(block.hypotheses)
    width = min(_COLUMN, _COLUMNS / max(columns, 1)) - _GAPS
    rows = [
        {
            "label": words.line(row.label),
            "short": words.line(row.short),
            "marks": [words.line(mark or NOT_JUDGED) for mark in aligned(row.marks, columns, "")],
            "apart": f"{row.tells_apart:.2f}",
        }
        for row in block.rows
    ]
    used = {mark for row in rows for mark in row["marks"]}
    high = _ACH_REST + _ACH_ROW * len(rows) + len(plain(block.sentence)) / 6
    return {
        "type": "ach",
        "hypotheses": [
            {"label": words.line(label), "name": words.head(name, width)}
            for label, name in block.hypotheses
        ],
        "rows": rows,
        "count": [f"{number:,}" for number in block.count],
        "weighted": [f"{number:,.1f}" for number in block.weighted],
        "leads": list(block.leads),
        "legend": [
            {"mark": mark, "words": meaning}
            for mark, meaning in MARK_WORDS.items()
            if mark in used or mark not in ("NA", NOT_JUDGED)
        ],
        "sentence": words.text(block.sentence),
        "keep": high <= KEPT_TABLE,
        "high": min(high, KEPT_TABLE),
    }


KEPT_TABLE = 600.0
"""Points. A higher matrix may break between its rows, or it would run off the foot of a page."""


def assessed(block: Assessed, words: Words) -> dict[str, Any]:
    """What somebody concludes; likelihood and confidence as in a key judgement."""
    facts = [
        {"label": words.line(label), "text": words.text(text), "dissent": _is_dissent(label)}
        for label, text in block.facts
    ]
    whole = sum(len(plain(text)) for text in (block.text, *(text for _, text in block.facts)))
    said = (*(f"{label}. {plain(text)}" for label, text in block.facts),)
    recorded = ", ".join(filter(None, (block.by, short_date(block.date))))
    height = stacked((plain(block.text), _ASSESSED), *((line, _ASSESSED) for line in said))
    return {
        "type": "assessed",
        "text": words.text(block.text),
        **estimate(block.likelihood, block.confidence),
        "facts": facts,
        "recorded": words.line(recorded),
        "keep": whole <= KEPT_WHOLE,
        "high": min(height["high"] + 60, KEPT_TABLE) if whole <= KEPT_WHOLE else 60.0,
    }


def estimate(likelihood: Likelihood, confidence: Confidence) -> dict[str, Any]:
    """What the two lines of an estimate show: the scale with its term, the steps with theirs."""
    return {
        "term": likelihood.term,
        "range": likelihood.range,
        "low": likelihood.low,
        "confidence": confidence.word,
        "steps": confidence.steps,
    }


def _is_dissent(label: str) -> bool:
    return label.strip().lower().startswith("dissent")


def warning_list(block: WarningList, words: Words) -> dict[str, Any]:
    """Each warning with the labels of the rows that caused it."""
    rows = [
        {
            "text": words.line(text),
            "caused": words.line(labels or "\N{EN DASH}"),
            **fit((text, _WARNING), (labels, 12.0)),
        }
        for text, labels in block.rows
    ]
    return {"type": "warnings", "rows": rows, "note": words.text(block.note)}


def grade(graded: Grade) -> list[str]:
    """Both scales for the two joined boxes."""
    return [graded.reliability, str(graded.credibility) if graded.credibility else "\N{EN DASH}"]
