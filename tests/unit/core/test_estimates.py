"""Words of estimate: ICD 203's seven, and confidence beside them, never mixed."""

from __future__ import annotations

import pytest

from briefing.core.estimates import Confidence, Likelihood, parse_confidence, parse_likelihood


def test_the_seven_terms_stand_in_order_and_leave_no_gap() -> None:
    terms = list(Likelihood)
    assert len(terms) == 7
    assert [term.low for term in terms[1:]] == [term.high for term in terms[:-1]]
    assert (terms[0].low, terms[-1].high) == (1, 99)


@pytest.mark.parametrize("likelihood", Likelihood)
def test_a_term_is_read_back_as_it_was_stored(likelihood: Likelihood) -> None:
    assert parse_likelihood(f" {likelihood.term.upper()} ") is likelihood


def test_a_range_is_printed_with_an_en_dash_and_a_blank_that_does_not_break() -> None:
    assert Likelihood.LIKELY.range == "55\N{EN DASH}80\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize("word", ["", "probable", "high", "55"])
def test_another_word_is_no_likelihood_and_the_seven_are_named(word: str) -> None:
    with pytest.raises(ValueError, match="the seven are: almost no chance, very unlikely"):
        parse_likelihood(word)


@pytest.mark.parametrize("confidence", list(Confidence)[1:])
def test_a_confidence_is_read_in_any_case(confidence: Confidence) -> None:
    assert parse_confidence(f" {confidence.word.title()} ") is confidence


@pytest.mark.parametrize("word", [None, ""])
def test_no_word_means_that_none_was_stated(word: str | None) -> None:
    assert parse_confidence(word) is Confidence.NOT_STATED


def test_confidence_has_steps_to_draw() -> None:
    assert [confidence.steps for confidence in Confidence] == [0, 1, 2, 3]


def test_a_likelihood_is_no_confidence() -> None:
    with pytest.raises(ValueError, match="use low, medium or high"):
        parse_confidence("likely")
