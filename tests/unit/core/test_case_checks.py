"""What is refused before it is kept: every rule of a row, and every rule among rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from case_samples import (
    assessment,
    case,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from drawn_cases import cases
from hypothesis import given, settings

from briefing.core.case import Case, Cell, Row
from briefing.core.case_checks import check_row, check_rows
from briefing.core.case_words import Claimant, Mark
from briefing.core.estimates import Confidence
from briefing.core.row_fields import RowError

FAULTS: dict[str, tuple[Callable[[], Row], str]] = {
    "id": (lambda: subject(id="incident"), "“incident” is no STIX id."),
    "moment": (lambda: subject(created="2024-03-01"), "does not say when it was recorded"),
    "no moment": (
        lambda: subject(modified="2024-13-01T09:00:00.000Z"),
        "does not say when it was recorded",
    ),
    "earlier": (
        lambda: subject(modified="2024-02-01T09:00:00.000Z"),
        "changed before it was recorded.",
    ),
    "author": (lambda: subject(author=" "), "does not say who recorded it."),
    "untitled": (lambda: subject(documents=(document(title=" "),)), "a document has no title."),
    "address": (
        lambda: subject(documents=(document(url="ftp://heron.example/a"),)),
        "“ftp://heron.example/a” is no web address.",
    ),
    "date": (lambda: subject(first_seen="Sept 2023"), "its “first_seen” is “Sept 2023”; a date"),
    "month": (lambda: subject(disclosed="2023-13"), "its “disclosed” is “2023-13”"),
    "calendar": (lambda: evidence(observed="2023-02-30"), "its “observed” is “2023-02-30”"),
    "unnamed": (lambda: subject(name="\n"), "the incident has no name."),
    "incident": (lambda: evidence(incident="raid"), "does not say which incident it is about."),
    "text": (lambda: hypothesis(text=" "), "it has no text."),
    "claimant": (
        lambda: claim(claimant=Claimant.UNSTATED),
        "a claim needs a claimant: what kind of party it is, and its name.",
    ),
    "by": (lambda: claim(by=" "), "a claim needs a claimant"),
    "accused": (lambda: claim(accused=""), "nobody is named."),
    "undated": (lambda: claim(date=""), "a claim needs the date on which it was made."),
    "unread": (lambda: claim(documents=()), "a claim needs a source"),
    "unseen": (lambda: evidence(documents=()), "evidence needs a source"),
    "origin": (lambda: evidence(origin="  "), "evidence needs an origin"),
    "reliability": (lambda: evidence(reliability="G"), "Reliability is A to F, not “G”."),
    "credibility": (lambda: claim(credibility=7), "Credibility is 1 to 6, not “7”."),
    "twice": (
        lambda: hypothesis(
            cells=(Cell(row_id("evidence", "e1"), Mark.C), Cell(row_id("evidence", "e1"), Mark.I))
        ),
        "it judges one piece of evidence twice.",
    ),
    "actor": (lambda: hypothesis(actors=("Heron",)), "“Heron” is no id of an actor."),
    "judges": (
        lambda: dataclasses.replace(assessment(), hypothesis="h1"),
        "an assessment needs the hypothesis that it judges.",
    ),
    "confidence": (
        lambda: assessment(confidence=Confidence.NOT_STATED),
        "an assessment needs a confidence: low, medium or high.",
    ),
    "day": (
        lambda: assessment(date="2024-03"),
        "an assessment needs the day on which it was made.",
    ),
    "itself": (lambda: assessment("j1", supersedes="j1"), "cannot supersede itself."),
    "about": (
        lambda: dataclasses.replace(opinion(), assessment="j1"),
        "an opinion needs the assessment that it is about.",
    ),
    "opinion's day": (
        lambda: opinion(date="2024"),
        "an opinion needs the day on which it was given.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_row_that_could_not_be_shown_weighed_or_traced_is_refused_with_its_reason(
    fault: str,
) -> None:
    made, sentence = FAULTS[fault]
    with pytest.raises(RowError) as refused:
        check_row(made())
    assert sentence in refused.value.message
    assert refused.value.message.endswith(".")


@settings(max_examples=40)
@given(cases())
def test_whatever_a_case_may_hold_is_accepted(drawn: Case) -> None:
    for row in drawn.rows():
        check_row(row)
    assert list(check_rows(drawn.rows())) == []


@pytest.mark.parametrize("day", ["2024", "2024-02", "2024-02-29"])
def test_dates_may_be_as_precise_as_they_are_known(day: str) -> None:
    check_row(subject(first_seen=day))


def misplaced(*rows: Row) -> dict[str, str]:
    return {row.id: fault for row, fault in check_rows(rows)}


def test_a_cell_must_be_about_evidence_that_is_there() -> None:
    alone = hypothesis("h1", {"e1": "C"})
    gone = evidence("e1", withdrawn=True)
    for rows in ((alone,), (alone, gone), (alone, claim("e1", id=row_id("evidence", "e1")))):
        assert "a cell is about evidence that is not there" in misplaced(*rows)[alone.id]
    assert misplaced(alone, evidence("e1")) == {}


def test_an_assessment_must_judge_a_hypothesis_that_is_there() -> None:
    judged = assessment("j1", "h1")
    assert "it judges a hypothesis that is not there" in misplaced(judged)[judged.id]
    assert misplaced(judged, hypothesis("h1")) == {}


def test_an_opinion_must_be_about_an_assessment_that_is_there() -> None:
    view = opinion("o1", "j1")
    assert "it is about an assessment that is not there" in misplaced(view)[view.id]
    assert misplaced(view, assessment("j1"), hypothesis("h1")) == {}


def test_what_is_withdrawn_needs_nothing() -> None:
    assert misplaced(hypothesis("h1", {"e1": "C"}, withdrawn=True)) == {}


def test_a_worked_case_and_one_of_an_incident_known_elsewhere_are_accepted() -> None:
    assert misplaced(*worked_case().rows()) == {}
    assert misplaced(*case(claim("a"), evidence("e1")).claims) == {}
