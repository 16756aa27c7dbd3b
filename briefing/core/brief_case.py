"""Blocks of an incident's briefing: claims beside evidence, hypotheses, assessment, warnings."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.core.brief_text import Block, Text
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """One claim as printed.

    Attributes:
        label: Its letter.
        by: Who says it.
        date: ISO 8601 to the year, month or day.
        text: What is said.
        status: Where it stands ("contested").
        grade: Admiralty grade.
        facts: What else is printed of it, label and words (channel, basis, motives).
    """

    label: str
    by: str
    date: str
    text: Text
    status: str
    grade: Grade
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence as printed; ``bears_on`` are letters of claims, ``origin`` an O-number.

    ``kind`` and ``relevance`` are the words of ``core.case_words``.
    """

    label: str
    text: Text
    kind: str
    relevance: str
    origin: str
    grade: Grade
    bears_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimsEvidence(Block):
    """Claims at the left, evidence at the right; never the same column, never the same colour."""

    claims: tuple[ClaimItem, ...]
    evidence: tuple[EvidenceItem, ...]
    origins: int
    note: Text = ()


@dataclass(frozen=True, slots=True)
class AchRow:
    """One piece of evidence across the hypotheses; "" where it has not been judged."""

    label: str
    short: str
    marks: tuple[str, ...]
    tells_apart: float


@dataclass(frozen=True, slots=True)
class AchTable(Block):
    """The matrix of competing hypotheses.

    Attributes:
        hypotheses: Label and short name of each column.
        rows: Evidence, in the case's order.
        count: Inconsistency of each column.
        weighted: The same, weighted.
        leads: Which columns lead: the least refuted, not proved.
        sentence: That in words, and whether it is fragile.
    """

    hypotheses: tuple[tuple[str, str], ...]
    rows: tuple[AchRow, ...]
    count: tuple[int, ...]
    weighted: tuple[float, ...]
    leads: tuple[bool, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Assessed(Block):
    """What somebody concludes; likelihood and confidence are separate lines.

    Attributes:
        text: The judgement.
        by: Who recorded it.
        date: On which day, ISO 8601.
        facts: Basis, gaps, assumptions, dissent: label and words.
    """

    text: Text
    likelihood: Likelihood
    confidence: Confidence
    by: str
    date: str
    facts: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class WarningList(Block):
    """What a careful reader would object to: a sentence, and the labels of the rows behind it."""

    rows: tuple[tuple[str, str], ...]
    note: Text = ()
