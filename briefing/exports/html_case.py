"""Blocks of an incident: claims beside evidence, hypotheses, what is concluded, warnings."""

from __future__ import annotations

from briefing.core.brief import (
    AchTable,
    Assessed,
    ClaimItem,
    ClaimsEvidence,
    EvidenceItem,
    WarningList,
)
from briefing.core.dates import short_date
from briefing.core.grading import Grade
from briefing.exports.case_words import MARK_WORDS, NOT_JUDGED
from briefing.exports.html_markup import element, text
from briefing.exports.html_pictures import estimates, swatch
from briefing.exports.html_prose import dated, fact_rows
from briefing.exports.html_table import Head, scrolled, table
from briefing.exports.html_tables import grid_columns, under
from briefing.exports.html_words import Words
from briefing.exports.phrases import counted
from briefing.exports.rows import aligned

_KINDS = {"CC": "ach-cc", "C": "ach-c", "N": "ach-n", "I": "ach-i", "II": "ach-ii"}


def grade(given: Grade) -> str:
    """Both scales in two joined boxes, in words under the pointer."""
    credibility = f"{given.credibility}" if given.credibility else "\N{EN DASH}"
    return element(
        "abbr",
        element("span", text(given.reliability)),
        element("span", text(credibility)),
        class_="grade",
        title=given.words,
    )


def claims_evidence(block: ClaimsEvidence, words: Words) -> str:
    """Claims at the left, evidence at the right."""
    origins = element("span", text(counted(block.origins, "origin")), class_="note")
    claims = element(
        "div",
        element("h4", text("Claims"), element("span", text("what they say"), class_="note")),
        *(_claim(item, words) for item in block.claims),
    )
    evidence = element(
        "div",
        element("h4", text("Evidence"), origins),
        *(_evidence(item, words) for item in block.evidence),
    )
    both = element("div", claims, evidence, class_="beside")
    return element("div", both, under(block.note, words))


def _claim(item: ClaimItem, words: Words) -> str:
    facts = [f"{label}: {value}" for label, value in item.facts]
    aside = " · ".join(filter(None, (item.status, *facts)))
    return element(
        "article",
        element("span", element("span", text(item.label), class_="letter")),
        element(
            "div",
            element(
                "p",
                element("b", text(item.by or "not stated")),
                text(" "),
                element(
                    "span",
                    dated(item.date) + text(" ") if item.date else "",
                    grade(item.grade),
                    class_="beside-name",
                ),
                class_="head",
            ),
            element("p", words.text(item.text)),
            element("p", text(aside), class_="facts-line") if aside else "",
        ),
        class_="item",
    )


def _evidence(item: EvidenceItem, words: Words) -> str:
    bears = f"bears on {', '.join(item.bears_on)}" if item.bears_on else ""
    relevance = f"relevance {item.relevance}" if item.relevance else ""
    aside = " · ".join(filter(None, (item.origin, relevance, item.kind, bears)))
    return element(
        "article",
        element("span", text(item.label), class_="e-number"),
        element(
            "div",
            element("p", words.text(item.text)),
            element("p", text(f"{aside} "), grade(item.grade), class_="note"),
        ),
        class_="item",
    )


def ach(block: AchTable, words: Words) -> str:
    """The matrix with its sums, what the letters mean, and the sentence."""
    columns = len(block.hypotheses)
    heads = [
        element("th", element("b", text(label)), text(" "), text(name), scope="col")
        for label, name in block.hypotheses
    ]
    top = element(
        "tr",
        element("th", text("Evidence"), scope="col"),
        *heads,
        element("th", text("Tells apart"), scope="col"),
    )
    rows, used = [], set()
    for row in block.rows:
        marks = [mark or NOT_JUDGED for mark in aligned(row.marks, columns, "")]
        used.update(marks)
        cells = [
            element("td", text(mark), class_=_KINDS.get(mark, ""), title=MARK_WORDS.get(mark, ""))
            for mark in marks
        ]
        label = element("span", text(row.label), class_="quiet")
        head = element("th", label, text(f" {row.short}"), scope="row")
        apart = element("td", text(f"{row.tells_apart:.2f}"), class_="plain")
        rows.append(element("tr", head, *cells, apart))
    count = [f"{number:,}" for number in block.count]
    weighted = [f"{number:,.1f}" for number in block.weighted]
    leads = aligned(block.leads, columns, False)
    drawn = element(
        "table",
        grid_columns(columns),
        element("thead", top),
        element("tbody", *rows),
        element(
            "tfoot",
            _sum("Inconsistencies, count", aligned(count, columns, ""), (False,) * columns),
            _sum("weighted by source", aligned(weighted, columns, ""), leads),
        ),
        class_="grid ach",
    )
    return element(
        "div",
        scrolled(drawn, "Competing hypotheses"),
        _letters(used),
        element("p", words.text(block.sentence), class_="under"),
    )


def _sum(label: str, numbers: tuple[str, ...], leads: tuple[bool, ...]) -> str:
    cells = [
        element("td", text(number), class_="leads" if leading else "")
        for number, leading in zip(numbers, leads, strict=True)
    ]
    return element("tr", element("th", text(label), scope="row"), *cells, element("td"))


def _letters(used: set[str]) -> str:
    keys = [
        element(
            "li",
            swatch(_KINDS[mark]) if mark in _KINDS else "",
            element("b", text(mark)),
            text(meaning),
        )
        for mark, meaning in MARK_WORDS.items()
        if mark in _KINDS or mark in used
    ]
    return element("ul", *keys, class_="legend under")


def assessed(block: Assessed, words: Words) -> str:
    """What somebody concludes; dissent stands inside it."""
    recorded = ", ".join(filter(None, (block.by, short_date(block.date))))
    return element(
        "div",
        element("p", words.text(block.text)),
        estimates(block.likelihood, block.confidence),
        fact_rows(block.facts, words) if block.facts else "",
        element("p", text(f"Recorded by {recorded}"), class_="note under") if recorded else "",
        class_="assessed",
    )


def warning_list(block: WarningList, words: Words) -> str:
    """Each warning with the rows that caused it."""
    heads = [Head("", kind="tick"), Head("Warning"), Head("Rows", kind="nowrap")]
    sign = element("span", text("\N{EXCLAMATION MARK}"), aria_hidden="true")
    rows = [[sign, text(said), text(caused or "\N{EN DASH}")] for said, caused in block.rows]
    drawn = table(heads, rows, kind="warnings", key=1)
    return element("div", drawn, under(block.note, words), class_="warned")
