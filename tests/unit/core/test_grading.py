"""The Admiralty code: two scales side by side."""

from __future__ import annotations

import pytest

from briefing.core.grading import CREDIBILITY, RELIABILITY, Grade


def test_both_scales_have_six_steps() -> None:
    assert "".join(RELIABILITY) == "ABCDEF"
    assert list(CREDIBILITY) == [1, 2, 3, 4, 5, 6]


def test_a_grade_is_printed_as_letter_and_figure() -> None:
    assert Grade("B", 2).code == "B2"
    assert Grade("B", 2).words == "Source usually reliable; information probably true."


def test_what_nobody_has_judged_is_printed_as_such() -> None:
    assert Grade().code == "F\N{EN DASH}"
    assert Grade().words == (
        "Source reliability cannot be judged; information credibility not judged."
    )


@pytest.mark.parametrize("letter", ["", "G", "a", "AB"])
def test_a_letter_outside_the_scale_is_refused(letter: str) -> None:
    with pytest.raises(ValueError, match="Reliability is A to F"):
        Grade(letter, 1)


@pytest.mark.parametrize("figure", [0, 7, -1])
def test_a_figure_outside_the_scale_is_refused(figure: int) -> None:
    with pytest.raises(ValueError, match="Credibility is 1 to 6"):
        Grade("A", figure)
