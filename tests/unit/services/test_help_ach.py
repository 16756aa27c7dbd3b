"""The page on competing hypotheses says what the code does, with figures that the code computes."""

from __future__ import annotations

import math
import re

import pytest

from briefing.analysis import case_warnings
from briefing.analysis.ach import CREDIBILITY_STEPS, RELEVANCE_STEPS, weigh, weight
from briefing.analysis.case_warnings import RULES, Known
from briefing.analysis.estimative_words import mixed_words
from briefing.core.case_checks import check_row, check_rows
from briefing.services.help_ach import SECTIONS, ach_help
from briefing.services.help_ach_example import example_case
from briefing.services.help_content import Grid, HelpSection, Rows, Words


def section(key: str) -> HelpSection:
    return next(one for one in ach_help().sections if one.key == key)


def blocks(key: str, kind: type) -> list:
    return [block for block in section(key).blocks if isinstance(block, kind)]


def test_every_section_bears_the_heading_under_which_it_is_searched() -> None:
    assert {one.key: one.title for one in ach_help().sections} == SECTIONS


def test_the_example_could_be_recorded_as_it_stands() -> None:
    rows = tuple(example_case().rows())
    for row in rows:
        check_row(row)
    assert list(check_rows(rows)) == []


def test_the_example_s_figures_are_those_of_the_weighing() -> None:
    case, weighing = example_case(), weigh(example_case())
    evidence, sums = blocks("example", Grid)
    assert [row[3] for row in evidence.rows] == [f"{weight(one):.2f}" for one in case.evidence]
    assert [row[-1] for row in evidence.rows] == [
        f"{spread:.2f}" for spread in weighing.diagnosticity.values()
    ]
    assert sums.rows == (
        ("count", *(str(column.count) for column in weighing.columns)),
        ("weighted", *(f"{column.weighted:.2f}" for column in weighing.columns)),
    )


def test_the_example_shows_what_the_formulas_explain() -> None:
    """A leader, a shared origin, evidence that tells nothing apart, fragility and warnings."""
    (reading,) = (block for block in blocks("example", Words) if block.items)
    assert [paragraph[0].text for paragraph in reading.paragraphs] == [
        "H1 has least against it and leads.",
        "E2 and E3 have one origin and vote once.",
        "E5 tells nothing apart.",
        "The lead is fragile. Without “A vendor”, H2 would lead.",
        "Warning 3: Different publishers, one origin: E2 and E3.",
        "Warning 10: Graded as confirmed, without a second origin: E5.",
    ]


def test_the_example_can_be_worked_out_by_hand_from_what_the_page_shows() -> None:
    evidence, sums = blocks("example", Grid)
    against = {"I": 1, "II": 2}
    by_hand = []
    for column in (4, 5, 6):
        votes = [
            against.get(row[column], 0) * float(row[3])
            for row in evidence.rows
            if not row[0].startswith(("E2", "E3"))
        ]
        shared = [
            against.get(row[column], 0) * float(row[3])
            for row in evidence.rows
            if row[0].startswith(("E2", "E3"))
        ]
        by_hand.append(sum(votes) + max(shared))
    assert [float(figure) for figure in sums.rows[1][1:]] == pytest.approx(by_hand, abs=0.02)


def test_the_weights_that_are_printed_are_those_that_are_used() -> None:
    (formulas,) = blocks("formulas", Rows)
    text = {row.sign: row.text for row in formulas.rows}
    assert text["Relevance, q"] == "low: 1/√2 (0.71); medium: 1; high: √2 (1.41)."
    assert text["Credibility, c"] == "1 to 2: √2 (1.41); 3: 1; 4 to 6: 1/√2 (0.71)."
    assert [round(math.sqrt(2.0**n), 2) for n in RELEVANCE_STEPS.values()] == [0.71, 1, 1.41]
    assert list(CREDIBILITY_STEPS.values()) == [1, 1, 0, -1, -1, -1]


def test_every_mark_stands_there_with_what_it_counts() -> None:
    (marks,) = blocks("matrix", Rows)
    assert {row.sign: row.note for row in marks.rows} == {
        "CC": "s = 2, v = 0",
        "C": "s = 1, v = 0",
        "N": "s = 0, v = 0",
        "NA": "s = 0, v = 0",
        "I": "s = −1, v = 1",
        "II": "s = −2, v = 2",
    }


def test_the_weights_of_credibility_are_said_to_be_our_own_choice() -> None:
    (formulas,) = blocks("formulas", Rows)
    (note,) = (row.note for row in formulas.rows if row.sign == "Credibility, c")
    assert "our own choice, by analogy" in note


def test_all_fifteen_warnings_stand_there_with_when_and_why() -> None:
    (rows,) = blocks("warnings", Rows)
    assert [(row.sign, row.text, row.note) for row in rows.rows] == [
        (f"{rule.number}. {rule.title}", rule.when, rule.why) for rule in RULES
    ]


def test_the_warnings_of_the_example_are_the_rules_own() -> None:
    case = example_case()
    found = case_warnings.warnings(case, weigh(case), Known())
    assert [warned.rule for warned in found] == [3, 10]


def test_the_page_itself_never_gives_two_estimates_in_one_sentence() -> None:
    assert mixed_words(ach_help().words()) is None


def test_the_page_is_written_with_typographic_marks_and_without_exclamation_marks() -> None:
    words = ach_help().words()
    assert not re.search(r"[\"'!]", words)
