"""Each rule about hypotheses and judgements fires where it should, and is silent elsewhere."""

from __future__ import annotations

import pytest
from case_samples import (
    RECORDED,
    assessment,
    case,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    worked_case,
)
from warned_samples import sentence, warned

from briefing.analysis.estimative_words import mixed_words
from briefing.core.case import Case
from briefing.core.case_words import EvidenceKind, Supposes
from briefing.core.estimates import Confidence, Likelihood

LATER = "2024-03-01T09:00:00.001Z"
TTP = EvidenceKind.TTP


def ids(kind: str, *keys: str) -> tuple[str, ...]:
    return tuple(row_id(kind, key) for key in keys)


def test_6_what_was_recorded_changed_or_dated_after_the_assessment_is_named() -> None:
    one = case(
        claim("a", date="2024-03-02"),
        claim("b"),
        evidence("e1", created=LATER, modified=LATER),
        evidence("e2", modified=LATER),
        evidence("e3", observed="2024-04"),
        evidence("e4", observed="2024-03"),
        hypothesis("h1"),
        assessment("j1"),
    )
    warning = warned(6, one)
    assert warning is not None
    assert warning.sentence == (
        "The assessment of 1 Mar 2024 is older than E1, E2, E3 and claim A."
    )
    assert warning.rows == (
        *ids("assessment", "j1"),
        *ids("evidence", "e1", "e2", "e3"),
        *ids("claim", "a"),
    )


def test_6_an_assessment_that_came_last_is_silent() -> None:
    assert sentence(6, worked_case()) == ""
    assert sentence(6, case(evidence("e1"), claim("a"))) == ""


def test_6_a_new_assessment_ends_what_the_old_one_was_warned_of() -> None:
    rows = (evidence("e1", modified=LATER), hypothesis("h1"), assessment("j1"))
    newer = assessment("j2", supersedes="j1", created=LATER, modified=LATER)
    assert sentence(6, case(*rows)) != ""
    assert sentence(6, case(*rows, newer)) == ""


def test_7_a_leader_that_is_only_left_over_is_named() -> None:
    one = case(
        evidence("e1"),
        evidence("e2"),
        hypothesis("h1", {"e1": "C", "e2": "I"}),
        hypothesis("h2", {"e1": "C", "e2": "N"}, supposes=Supposes.UNKNOWN),
    )
    warning = warned(7, one)
    assert warning is not None
    assert warning.sentence == ("H2 leads, and no evidence that agrees tells it apart from others.")
    assert warning.rows == (*ids("hypothesis", "h2"), *ids("evidence", "e1"))


def test_7_before_anything_is_weighed_all_lead_and_are_named() -> None:
    assert sentence(7, case(hypothesis("h1"), hypothesis("h2"))) == (
        "H1 and H2 lead, and no evidence that agrees tells them apart from others."
    )


def test_7_a_leader_with_which_telling_evidence_agrees_is_silent() -> None:
    assert sentence(7, worked_case()) == ""
    assert sentence(7, case(evidence("e1"))) == ""


@pytest.mark.parametrize(
    ("supposed", "expected"),
    [
        ([], "No hypothesis is recorded."),
        ([Supposes.UNKNOWN], "Only H1 is weighed."),
        ([Supposes.ACTOR, Supposes.FALSE_FLAG], "Only H1 and H2 are weighed."),
        (
            [Supposes.ACTOR, Supposes.SEVERAL],
            "Only H1 and H2 are weighed, and none supposes an unknown actor or a false flag.",
        ),
        ([Supposes.ACTOR] * 3, "None supposes an unknown actor or a false flag."),
    ],
)
def test_8_too_few_hypotheses_or_none_that_leaves_room_are_told(
    supposed: list[Supposes], expected: str
) -> None:
    one = case(*(hypothesis(f"h{n}", supposes=word) for n, word in enumerate(supposed)))
    warning = warned(8, one)
    assert warning is not None
    assert warning.sentence == expected
    assert warning.rows == (tuple(row.id for row in one.hypotheses) or (one.incident.id,))


@pytest.mark.parametrize("last", [Supposes.UNKNOWN, Supposes.FALSE_FLAG])
def test_8_three_hypotheses_with_room_for_somebody_else_are_silent(last: Supposes) -> None:
    rows = (hypothesis("h1"), hypothesis("h2"), hypothesis("h3", supposes=last))
    assert sentence(8, case(*rows)) == ""


def assessed(confidence: Confidence, *grades: str, origin: str = "") -> Case:
    """A case whose first hypothesis is supported by evidence of these reliabilities."""
    rows = [
        evidence(f"e{n}", reliability=grade, origin=origin or f"origin {n}")
        for n, grade in enumerate(grades)
    ]
    marks = {f"e{n}": "C" for n in range(len(grades))}
    return case(
        *rows,
        evidence("against", reliability="A"),
        hypothesis("h1", {**marks, "against": "I"}),
        assessment("j1", confidence=confidence),
    )


@pytest.mark.parametrize(
    ("grades", "origin", "expected"),
    [
        ("CF", "", "High confidence rests on no source better than C: E1 and E2."),
        ("AB", "CERT", "High confidence rests on one origin: E1 and E2."),
        ("A", "", "High confidence rests on one origin: E1."),
        (
            "DE",
            "CERT",
            "High confidence rests on one origin and no source better than C: E1 and E2.",
        ),
        ("", "", "High confidence rests on no evidence that agrees."),
    ],
)
def test_9_high_confidence_on_weak_sources_or_one_origin_is_told(
    grades: str, origin: str, expected: str
) -> None:
    one = assessed(Confidence.HIGH, *grades, origin=origin)
    warning = warned(9, one)
    assert warning is not None
    assert warning.sentence == expected
    support = tuple(row.id for row in one.evidence[:-1])
    assert warning.rows == (*ids("assessment", "j1"), *support)


def test_9_high_confidence_on_two_origins_and_a_good_source_is_silent() -> None:
    assert sentence(9, assessed(Confidence.HIGH, "B", "D")) == ""


def test_9_less_than_high_confidence_is_silent() -> None:
    assert sentence(9, assessed(Confidence.MEDIUM, "F")) == ""
    assert sentence(9, case(evidence("e1"))) == ""


def test_9_an_assessment_of_a_hypothesis_that_may_not_be_seen_here_is_silent() -> None:
    assert sentence(9, case(assessment("j1", "withheld", confidence=Confidence.HIGH))) == ""


def test_11_likelihood_and_confidence_in_one_sentence_are_told_with_their_place() -> None:
    one = case(
        hypothesis("h1"),
        assessment(
            "j1",
            text="We judge with high confidence that Heron very likely did it.",
            basis="Our confidence is high. It was probably seen by two vendors.",
        ),
        opinion("o1", text="Unlikely,\nand confident people err: unlikely, yet confident."),
    )
    warning = warned(11, one)
    assert warning is not None
    assert warning.sentence == (
        "One sentence holds “very likely” and “confidence” in the assessment; "
        "“unlikely” and “confident” in the opinion of Second analyst."
    )
    assert warning.rows == (*ids("assessment", "j1"), *ids("opinion", "o1"))


def test_11_the_basis_of_an_assessment_is_read_too() -> None:
    one = case(hypothesis("h1"), assessment("j1", basis="Low confidence, as it is improbable."))
    assert sentence(11, one) == (
        "One sentence holds “improbable” and “confidence” in the basis of the assessment."
    )


def test_11_what_was_superseded_and_opinions_about_it_are_history() -> None:
    mixed = "Likely, with high confidence."
    one = case(
        hypothesis("h1"),
        assessment("j1", text=mixed),
        opinion("o1", "j1", text=mixed),
        assessment("j2", supersedes="j1"),
    )
    assert sentence(11, one) == ""


def test_11_sentences_of_their_own_are_silent() -> None:
    assert sentence(11, worked_case()) == ""
    assert sentence(11, case(opinion("o1", text="Likely, with high confidence."))) == ""


@pytest.mark.parametrize("term", [one.term for one in Likelihood])
def test_11_every_term_of_icd_203_is_known(term: str) -> None:
    assert mixed_words(f"That is {term.upper()}; confidence is low.") == (
        term.upper(),
        "confidence",
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There is a remote chance, with low confidence.", ("remote chance", "confidence")),
        ("Highly  improbable: confidence is high.", ("Highly improbable", "confidence")),
        ("We are 70 % confident.", ("70 %", "confident")),
        ("With 90 per cent certainty.", ("90 per cent", "certainty")),
        ("As the vendor (e.g. probably twice) says with confidence.", ("probably", "confidence")),
        ("“It is likely.” Our confidence is low.", None),
        ("It is likely.\nOur confidence is low.", None),
        ("Is it likely? Our confidence is low.", None),
        ("A remote tool; confidence is low.", None),
        ("E1 is at odds with E2; confidence is low.", None),
        ("90 % of the code is shared; confidence is high.", None),
        ("Confidential papers are likely to exist.", None),
        ("Unlikelyness and confidences.", None),
        ("", None),
    ],
)
def test_11_words_are_found_whole_and_in_one_sentence_only(
    text: str, words: tuple[str, str] | None
) -> None:
    assert mixed_words(text) == words


def test_12_a_leader_that_only_ttps_support_is_named() -> None:
    one = case(
        evidence("e1", kind=TTP),
        evidence("e2", kind=TTP),
        evidence("e3"),
        hypothesis("h1", {"e1": "C", "e2": "CC", "e3": "N"}),
        hypothesis("h2", {"e3": "I"}),
    )
    warning = warned(12, one)
    assert warning is not None
    assert warning.sentence == "Only TTP evidence agrees with H1: E1 and E2."
    assert warning.rows == (*ids("hypothesis", "h1"), *ids("evidence", "e1", "e2"))


def test_12_leaders_are_told_one_by_one() -> None:
    one = case(
        evidence("e1", kind=TTP),
        evidence("e2", kind=TTP),
        hypothesis("h1", {"e1": "C"}),
        hypothesis("h2", {"e1": "C", "e2": "C"}),
    )
    assert sentence(12, one) == "Only TTP evidence agrees with H1: E1; H2: E1 and E2."


def test_12_other_evidence_that_agrees_too_is_silent() -> None:
    one = case(evidence("e1", kind=TTP), evidence("e2"), hypothesis("h1", {"e1": "C", "e2": "C"}))
    assert sentence(12, one) == ""


def test_12_a_leader_without_support_and_one_that_does_not_lead_are_silent() -> None:
    assert sentence(12, case(hypothesis("h1"))) == ""
    one = case(
        evidence("e1", kind=TTP),
        evidence("e2"),
        hypothesis("h1", {"e1": "C", "e2": "II"}),
        hypothesis("h2", {"e2": "C"}),
    )
    assert sentence(12, one) == ""


def test_rows_of_one_moment_are_not_newer_than_one_another() -> None:
    assert RECORDED < LATER
    assert sentence(6, case(evidence("e1"), hypothesis("h1"), assessment("j1"))) == ""
