"""Days as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.days import read_day


@pytest.mark.parametrize(
    "words",
    ["12 Nov 2026", "12 november 2026", " 12. Nov. 2026 ", "2026-11-12", "12 Nov, 2026"],
)
def test_a_day_is_understood_in_words_and_in_the_order_of_iso_8601(words: str) -> None:
    assert read_day(words) == date(2026, 11, 12)


@pytest.mark.parametrize(
    "words",
    ["", "yesterday", "31 Feb 2026", "2026-13-01", "12 Nomber 2026", "12/11/2026", "Nov 2026", "٣"],
)
def test_what_is_no_day_or_could_be_two_is_not_guessed(words: str) -> None:
    assert read_day(words) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_written_out_is_read_back(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day} {day:%B} {day.year}") == day
