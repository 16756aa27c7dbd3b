"""How much of each section goes on an incident's executive page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class IncidentLimits:
    """What one page takes.

    Attributes:
        happened: Sentences on what happened.
        claims: Claims, of each culprit one before the second of any.
        evidence: Pieces of evidence, those that tell the answers apart most.
        words: Characters of a claim or a piece of evidence, in whole sentences.
        sentence: Characters of its first sentence, which is cut only beyond that.
        answers: Hypotheses, the least refuted ones.
        rows: Rows of the matrix.
        dissent: Other views.
        gaps: Things that are not known.
        warnings: Warnings.
        reasons: Whether a warning is told in full, with why it matters.
        marks: Sources marked behind one row.
    """

    happened: int = 1
    claims: int = 2
    evidence: int = 2
    words: int = 60
    sentence: int = 110
    answers: int = 6
    rows: int = 3
    dissent: int = 1
    gaps: int = 0
    warnings: int = 3
    reasons: bool = False
    marks: int = 1


TIGHTEST: Final = IncidentLimits()
WHOLE: Final = IncidentLimits(
    happened=99,
    claims=9999,
    evidence=9999,
    words=99_999,
    sentence=99_999,
    answers=9999,
    rows=9999,
    dissent=999,
    gaps=99,
    warnings=99,
    reasons=True,
    marks=99,
)
"""For what stands behind the page."""
WIDER: Final[tuple[Mapping[str, Any], ...]] = (
    {"sentence": 160},
    {"evidence": 3},
    {"sentence": 240},
    {"rows": 4},
    {"claims": 3},
    {"rows": 5},
    {"evidence": 4},
    {"warnings": 6},
    {"rows": 6},
    {"evidence": 5},
    {"rows": 7},
    {"rows": 8},
    {"claims": 4},
    {"gaps": 1},
    {"happened": 2},
    {"evidence": 6},
    {"claims": 5},
    {"words": 130},
    {"rows": 10},
    {"happened": 3},
    {"evidence": 8},
    {"claims": 6},
    {"gaps": 2},
    {"marks": 2},
    {"words": 180},
    {"happened": 4},
    {"dissent": 2},
    {"gaps": 3},
    {"words": 260},
    {"marks": 4},
    {"evidence": 10},
    {"claims": 8},
    {"rows": 14},
    {"warnings": 12},
)
"""What is given more room, the most useful first."""
