"""Sets of bits behave as sets, and tallies as sums."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.bit_sets import Tally, flags_of, members_of, number_of, set_of, united

COUNT = 100
NUMBERS = st.sets(st.integers(0, COUNT - 1))


@given(NUMBERS)
def test_a_set_gives_back_its_numbers_in_order(numbers: set[int]) -> None:
    made = set_of(numbers, COUNT)
    assert members_of(made, COUNT) == tuple(sorted(numbers))
    assert made.bit_count() == len(numbers)


@given(st.lists(st.integers(0, COUNT - 1)))
def test_a_number_that_comes_twice_is_in_the_set_once(numbers: list[int]) -> None:
    assert members_of(set_of(iter(numbers), COUNT), COUNT) == tuple(sorted(set(numbers)))


@given(NUMBERS)
def test_flags_have_a_byte_for_each_number(numbers: set[int]) -> None:
    flags = flags_of(set_of(numbers, COUNT), COUNT)
    assert flags == bytes(number in numbers for number in range(COUNT))
    assert number_of(flags) == sum(1 << 8 * number for number in numbers)


@given(st.lists(NUMBERS))
def test_united_sets_hold_what_is_in_any(sets: list[set[int]]) -> None:
    found = united(set_of(numbers, COUNT) for numbers in sets)
    assert members_of(found, COUNT) == tuple(sorted(set().union(*sets)))


def test_sets_of_nothing_are_empty() -> None:
    assert set_of((), 0) == 0
    assert flags_of(0, 0) == b""
    assert united(()) == 0
    assert Tally.of({}, COUNT).among(-1) == (0, 0)


@given(st.dictionaries(st.integers(0, COUNT - 1), st.integers(1, 1000)), NUMBERS)
def test_a_tally_sums_the_counts_of_whatever_set_is_asked_for(
    times: dict[int, int], wanted: set[int]
) -> None:
    theirs = Counter({number: often for number, often in times.items() if number in wanted})
    assert Tally.of(times, COUNT).among(set_of(wanted, COUNT)) == (len(theirs), theirs.total())
