"""TLP 2.0: five labels in order, and whatever is not understood is RED."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.tlp import Tlp, highest, parse_tlp


def test_the_labels_are_printed_as_first_prints_them() -> None:
    assert [level.label for level in Tlp] == [
        "TLP:CLEAR",
        "TLP:GREEN",
        "TLP:AMBER",
        "TLP:AMBER+STRICT",
        "TLP:RED",
    ]


@pytest.mark.parametrize("level", Tlp)
def test_a_label_is_read_in_every_usual_spelling(level: Tlp) -> None:
    assert level.meaning.endswith(".")
    for written in (level.label, level.code, level.code.lower(), f" tlp: {level.name} "):
        assert parse_tlp(written.strip()) is level


def test_white_is_the_old_word_for_clear() -> None:
    assert parse_tlp("TLP:WHITE") is Tlp.CLEAR


@pytest.mark.parametrize("text", [None, "", "TLP:", "PINK", "AMBER+", "TLP:AMBER STRICT RED", "0"])
def test_what_is_missing_or_unknown_is_red(text: str | None) -> None:
    assert parse_tlp(text) is Tlp.RED


@given(st.text())
def test_any_text_is_a_level_and_never_wider_than_it_says(text: str) -> None:
    level = parse_tlp(text)
    assert (
        level is Tlp.RED or level.name.partition("_")[0] in text.upper() or "WHITE" in text.upper()
    )


@given(st.lists(st.sampled_from(Tlp), min_size=1))
def test_what_is_derived_is_as_narrow_as_the_narrowest_it_came_from(levels: list[Tlp]) -> None:
    assert all(highest(levels) >= level for level in levels)
    assert highest(levels) in levels


def test_what_came_from_nothing_marked_is_red() -> None:
    assert highest([]) is Tlp.RED
