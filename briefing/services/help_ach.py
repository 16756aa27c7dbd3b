"""Help: how competing hypotheses are weighed, by formulas, by an example, and with what doubts."""

from __future__ import annotations

import math
from collections.abc import Mapping

from briefing.analysis.ach import AGREEMENT, CREDIBILITY_STEPS, RELEVANCE_STEPS, weigh, weight
from briefing.analysis.case_warnings import RULES, Known, warnings
from briefing.core.case import Case, origin_key
from briefing.core.case_words import Mark
from briefing.core.weighing import Weighing
from briefing.core.wording import curly, listed
from briefing.services.help_ach_example import example_case
from briefing.services.help_content import (
    Grid,
    HelpPage,
    HelpSection,
    Row,
    Rows,
    Words,
    paragraphs,
    points,
)

KEY = "ach"
TITLE = "How competing hypotheses are weighed"
SUMMARY = "The ACH matrix, its formulas and fifteen warnings"
SECTIONS = {
    "matrix": "The matrix",
    "formulas": "The formulas",
    "example": "An example",
    "warnings": "The fifteen warnings",
    "worth": "How far to trust it",
}
"""Heading of each section by its key."""
_MEANINGS = {
    Mark.CC: "Strongly consistent: this is just what one would see if the hypothesis were true.",
    Mark.C: "Consistent.",
    Mark.N: "Neutral: one would see it either way.",
    Mark.I: "Inconsistent.",
    Mark.II: "Strongly inconsistent: if the hypothesis were true, this should not be there.",
    Mark.NA: "Does not apply to this hypothesis.",
}


def ach_help() -> HelpPage:
    """The page; the figures of its example are computed when it is made."""
    return HelpPage(
        key=KEY,
        title=TITLE,
        summary=SUMMARY,
        sections=(_matrix(), _formulas(), _example(), _warnings(), _worth()),
    )


def _matrix() -> HelpSection:
    marks = tuple(
        _row(mark.value, _MEANINGS[mark], f"s = {_signed(agreement)}, v = {max(0, -agreement)}")
        for mark, agreement in AGREEMENT.items()
    )
    return HelpSection(
        "matrix",
        SECTIONS["matrix"],
        (
            paragraphs(
                "Analysis of competing hypotheses (ACH) asks of each piece of evidence how well it "
                "agrees with every answer to the question who did it. What agrees with all of "
                "them tells nothing. What counts is what stands against an answer.",
                "The answer with least against it leads. It is the least refuted one, and nothing "
                "is proved by it. A cell that nobody has judged counts like NA, and is listed.",
            ),
            Rows("Marks of the matrix", marks),
            paragraphs(
                "s says how far evidence and hypothesis agree, and v how much the evidence holds "
                "against the hypothesis."
            ),
        ),
        note="after R. J. Heuer, Psychology of Intelligence Analysis, 1999",
    )


def _formulas() -> HelpSection:
    relevance = {step.value: exponent for step, exponent in RELEVANCE_STEPS.items()}
    credibility = {str(step): exponent for step, exponent in CREDIBILITY_STEPS.items()}
    rows = (
        _row(
            "Relevance, q",
            f"{_weights(relevance)}.",
            "As PARC’s ACH weighs it: each step is √2 times the one before.",
        ),
        _row(
            "Credibility, c",
            f"{_weights(credibility)}.",
            "Which grades fall onto which of the same three steps is our own choice, by analogy. "
            "The letter for the source is another scale and weighs nothing.",
        ),
        _row(
            "One origin, one vote",
            "Evidence that starts at one place votes once against each hypothesis: with its "
            "largest v, and among equal ones with its largest c × q × v.",
            "Two rows have one origin where the words for it are the same; capitals and spaces do "
            "not count.",
        ),
        _row("Inconsistency, count", "The sum of v over all origins.", "I = Σ v"),
        _row(
            "Inconsistency, weighted",
            "The sum of c × q × v over all origins. The lowest leads; equal ones lead together.",
            "W = Σ c·q·v",
        ),
        _row(
            "Tells apart",
            "Diagnosticity: the standard deviation of s over all hypotheses. At 0 the evidence "
            "tells nothing apart, however sure it is.",
            "Of the population: the root of the mean squared distance from the mean.",
        ),
        _row(
            "Fragile",
            "Each origin is left out in turn. A leader is fragile where it then loses the lead or "
            "has to share it with one that does not lead now. The origin is named.",
        ),
    )
    return HelpSection("formulas", SECTIONS["formulas"], (Rows("Terms and formulas", rows),))


def _example() -> HelpSection:
    case = example_case()
    labels = case.labels()
    weighing = weigh(case)
    return HelpSection(
        "example",
        SECTIONS["example"],
        (
            paragraphs(
                "An invented case, weighed by the program itself as you read this. Who did it? "
                + listed(f"{labels[one.id]}: “{one.short}”" for one in case.hypotheses)
                + "."
            ),
            _evidence_grid(case, weighing),
            _sums(case, weighing),
            _reading(case, weighing),
        ),
    )


def _evidence_grid(case: Case, weighing: Weighing) -> Grid:
    heads = ("evidence", "grade", "relevance", "c × q", *_heads(case), "tells apart")
    labels = case.labels()
    rows = tuple(
        (
            f"{labels[one.id]}: {one.text}",
            one.grade.code,
            one.relevance.value,
            f"{weight(one):.2f}",
            *(
                cell.mark.value if (cell := column.cell(one.id)) else "–"
                for column in case.hypotheses
            ),
            f"{weighing.diagnosticity[one.id]:.2f}",
        )
        for one in case.evidence
    )
    return Grid(heads, rows, numeric=tuple(range(1, len(heads))))


def _sums(case: Case, weighing: Weighing) -> Grid:
    heads = ("inconsistency", *_heads(case))
    rows = (
        ("count", *(str(column.count) for column in weighing.columns)),
        ("weighted", *(f"{column.weighted:.2f}" for column in weighing.columns)),
    )
    return Grid(heads, rows, numeric=tuple(range(1, len(heads))))


def _reading(case: Case, weighing: Weighing) -> Words:
    """What the figures say, in words that follow from them."""
    labels = case.labels()
    leaders = listed(labels[one] for one in weighing.leaders)
    told = [f"{leaders} has least against it and leads."]
    told += [
        f"{listed(sorted(labels[one] for one in (first, *others)))} have one origin and vote once."
        for first, others in weighing.sharing.items()
        if first < min(others)
    ]
    told += [
        f"{labels[one]} tells nothing apart."
        for one, spread in weighing.diagnosticity.items()
        if not spread
    ]
    told += [
        f"The lead is fragile. Without “{_origin(case, left.origin)}”, "
        f"{listed(labels[one] for one in left.leaders)} would lead."
        for left in weighing.changes
    ]
    told += [
        f"Warning {warned.rule}: {warned.sentence}" for warned in warnings(case, weighing, Known())
    ]
    return points(*told)


def _warnings() -> HelpSection:
    rows = tuple(_row(f"{rule.number}. {rule.title}", rule.when, rule.why) for rule in RULES)
    return HelpSection(
        "warnings",
        SECTIONS["warnings"],
        (
            paragraphs(
                "They follow from the rows alone: the same rows give the same warnings, and each "
                "names the rows that caused it. None says that a judgement is wrong. Each says "
                "where it can be attacked, and often it is right to leave it standing.",
                "Where documents are recorded as repeating one another, warnings 2, 3, 9, 10 and "
                "14 take them for one, even where the words for their origins differ. Dates are "
                "compared as far as both are known: September 2023 is not later than 2023.",
            ),
            Rows("When each warns, and why it matters", rows),
        ),
    )


def _worth() -> HelpSection:
    return HelpSection(
        "worth",
        SECTIONS["worth"],
        (
            points(
                "The sums are exact, and the marks under them are judgements. Two analysts may "
                "mark the same evidence differently; then the sums differ too.",
                "The weights are conventions. Nobody has measured whether √2 is right, and the "
                "steps of credibility are our own choice. So the plain count stands beside the "
                "weighted sum: where the two disagree, ask why.",
                "Something that nobody wrote down as an answer cannot lead. An unknown actor often "
                "has little against it, because little can be held against somebody unknown.",
                "A planted trace agrees with the innocent. Where false flags are thinkable, mark "
                "evidence that is easy to imitate as consistent with one.",
                "In an experiment with 161 people (Dhami and others, 2024), a matrix of this form "
                "neither lessened confirmation bias nor sharpened the eye for credible evidence. "
                "It shows others how you judged; it does not judge for you.",
                "No sum here is a probability. The likelihood of an assessment is yours to choose "
                "and to explain, and the program never derives it from the matrix.",
            ),
        ),
        note="the study: Cognitive Research: Principles and Implications 9, 37",
    )


def _weights(exponents: Mapping[str, int]) -> str:
    """``1 to 2: √2 (1.41); 3: 1``, the steps with one weight together."""
    steps: dict[int, list[str]] = {}
    for step, exponent in exponents.items():
        steps.setdefault(exponent, []).append(step)
    return "; ".join(f"{_span(names)}: {_root(exponent)}" for exponent, names in steps.items())


def _span(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _root(exponent: int) -> str:
    signs = {-1: "1/√2", 0: "1", 1: "√2"}
    value = math.sqrt(2.0**exponent)
    return signs[exponent] if not exponent else f"{signs[exponent]} ({value:.2f})"


def _signed(number: int) -> str:
    return f"−{-number}" if number < 0 else str(number)


def _heads(case: Case) -> tuple[str, ...]:
    labels = case.labels()
    return tuple(labels[one.id] for one in case.hypotheses)


def _origin(case: Case, key: str) -> str:
    return next(one.origin for one in case.evidence if origin_key(one.origin) == key)


def _row(sign: str, text: str, note: str = "") -> Row:
    return Row(sign, curly(text), curly(note))
