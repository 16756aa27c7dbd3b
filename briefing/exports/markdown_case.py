"""Blocks of a client's and an incident's briefing as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing.core.brief import (
    AchTable,
    ActorReasons,
    Assessed,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    Matrix,
    Text,
    WarningList,
)
from briefing.core.dates import short_date
from briefing.exports.case_words import (
    MARK_WORDS,
    NO_REPORTS,
    NOT_JUDGED,
    ORIGIN_NOT_STATED,
)
from briefing.exports.markdown_text import bullets, escape, table
from briefing.exports.phrases import counted
from briefing.exports.rows import aligned

Inline = Callable[[Text], str]
"""Sets a text as if it started its line, which is right anywhere in one."""


def actor_reasons(block: ActorReasons, inline: Inline) -> Iterator[str]:
    """A table of actors; a sign that applies is "yes"."""
    signs = len(block.signs)
    rows = [
        [
            f"{_strong(row.name)}, {_inside(row.origin or ORIGIN_NOT_STATED)}",
            inline(row.why),
            *("yes" if sign else "" for sign in aligned(row.signs, signs, False)),
            f"{row.points:.1f}",
        ]
        for row in block.rows
    ]
    heads = ["Actor", "Why it is in", *map(_inside, block.signs), "Points"]
    yield table(heads, rows, [False] * (2 + signs) + [True])
    yield inline(block.note)


def matrix(block: Matrix, inline: Inline) -> Iterator[str]:
    """The counts; rows that stand out are bold, and 0 is "no reports"."""
    columns = len(block.columns)
    rows = [
        [
            _strong(label) if label in block.own else escape(label),
            *(f"{count:,}" if count > 0 else NO_REPORTS for count in aligned(counts, columns, 0)),
            f"{total:,}",
        ]
        for (label, counts), total in zip(block.rows, block.totals, strict=True)
    ]
    heads = [escape(block.head), *map(_inside, block.columns), f"All {_inside(block.unit)}"]
    yield table(heads, rows, [False] + [True] * (columns + 1))
    yield inline(block.note)


def claims_evidence(block: ClaimsEvidence, inline: Inline) -> Iterator[str]:
    """First the claims, then the evidence, each a list under its name."""
    yield "**Claims**, what they say:"
    yield bullets(_claim(item, inline) for item in block.claims) or "none recorded"
    yield f"**Evidence**, for or against, {counted(block.origins, 'origin')} (O):"
    yield bullets(_evidence(item, inline) for item in block.evidence) or "none recorded"
    yield inline(block.note)


def ach(block: AchTable, inline: Inline) -> Iterator[str]:
    """The matrix with its two lines of inconsistency; what leads is bold there."""
    columns = len(block.hypotheses)
    rows = [
        [
            f"{escape(row.label)} {_inside(row.short)}".strip(),
            *(_inside(mark or NOT_JUDGED) for mark in aligned(row.marks, columns, "")),
            f"{row.tells_apart:.2f}",
        ]
        for row in block.rows
    ]
    rows.append(["Inconsistencies, count", *(f"{number:,}" for number in block.count), " "])
    weighted = (f"{number:,.1f}" for number in block.weighted)
    led = (
        f"**{number}**" if leads else number
        for number, leads in zip(weighted, block.leads, strict=True)
    )
    rows.append(["weighted by source", *led, " "])
    heads = [f"{_inside(label)} {_inside(name)}".strip() for label, name in block.hypotheses]
    yield table(["Evidence", *heads, "Tells apart"], rows, [False] * (columns + 1) + [True])
    yield ", ".join(f"{mark} {words}" for mark, words in MARK_WORDS.items()) + "."
    yield inline(block.sentence)


def assessed(block: Assessed, inline: Inline) -> Iterator[str]:
    """The judgement; its likelihood and confidence are two lines."""
    yield inline(block.text)
    recorded = ", ".join(filter(None, (block.by, short_date(block.date))))
    yield bullets(
        (
            f"Likelihood: **{block.likelihood.term}**, {block.likelihood.range}",
            f"Confidence: **{block.confidence.word}**",
            *(f"{_strong(f'{label}:')} {inline(text)}" for label, text in block.facts),
            *((f"Recorded by {_inside(recorded)}",) if recorded else ()),
        )
    )


def warning_list(block: WarningList, inline: Inline) -> Iterator[str]:
    """Each warning with the rows that caused it."""
    yield "**Warnings**, each with its rows:"
    yield bullets(
        escape(text) + (f" ({_inside(labels)})" if labels else "") for text, labels in block.rows
    )
    yield inline(block.note)


def _claim(item: ClaimItem, inline: Inline) -> str:
    facts = (f"{label}: {value}" for label, value in item.facts)
    told = (short_date(item.date), item.status, *facts, f"grade {item.grade.code}")
    aside = "; ".join(filter(None, told))
    lead = " ".join(filter(None, (item.label, item.by)))
    return f"{_strong(f'{lead}:')} {inline(item.text)} ({_inside(aside)})"


def _evidence(item: EvidenceItem, inline: Inline) -> str:
    told = (
        item.kind,
        f"relevance {item.relevance}" if item.relevance else "",
        f"origin {item.origin}" if item.origin else "",
        f"on {', '.join(item.bears_on)}" if item.bears_on else "",
        f"grade {item.grade.code}",
    )
    aside = "; ".join(filter(None, told))
    return f"{_strong(f'{item.label}:')} {inline(item.text)} ({_inside(aside)})"


def _inside(words: str) -> str:
    return escape(words, start=False).strip()


def _strong(words: str) -> str:
    said = _inside(words)
    return f"**{said}**" if said else ""
