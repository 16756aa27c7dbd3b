"""Contrast as WCAG measures it, and the shade that has enough of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.contrast import FOR_GRAPHICS, FOR_TEXT, contrast, nearest_shade

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#ff0000", 4.00), ("#0000ff", 8.59)],
)
def test_contrast_against_white_is_what_wcag_says(colour: str, ratio: float) -> None:
    assert contrast(colour) == pytest.approx(ratio, abs=0.005)


def test_contrast_of_two_colours_does_not_depend_on_which_is_the_ground() -> None:
    assert contrast("#123456", "#fedcba") == contrast("#fedcba", "#123456")


def test_a_colour_with_enough_contrast_stays_as_it_is() -> None:
    assert nearest_shade("#0b3c78") == "#0b3c78"
    assert nearest_shade("#4f94c9", FOR_GRAPHICS) == "#4f94c9"


@given(colours, st.sampled_from((FOR_GRAPHICS, FOR_TEXT, 7.0, 21.0)))
def test_the_nearest_shade_has_the_contrast_and_is_no_lighter(colour: str, least: float) -> None:
    shade = nearest_shade(colour, least)
    assert contrast(shade) >= least
    assert contrast(shade) >= contrast(colour)


@pytest.mark.parametrize("colour", ["#ffb347", "#4f94c9", "#ffff00", "#ffffff"])
def test_the_nearest_shade_is_not_darker_than_it_has_to_be(colour: str) -> None:
    assert contrast(nearest_shade(colour)) < FOR_TEXT + 0.15


def test_the_nearest_shade_keeps_its_hue() -> None:
    red, green, blue = (int(nearest_shade("#ff8800")[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue == 0
