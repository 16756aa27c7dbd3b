"""Classes of a map: fixed for actors, quantiles for statements, and every country counted once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.map_classes import (
    ACTOR_BOUNDS,
    SHADES,
    MapClass,
    actor_classes,
    quantile_bounds,
    quantile_classes,
)

CODES = [f"{first}{second}" for first in "ABCDEFGH" for second in "ABCDEFGHIJKLMNO"]
NUMBERS = st.lists(st.integers(0, 500), max_size=len(CODES))


def named(numbers: list[int]) -> dict[str, int]:
    return dict(zip(CODES, numbers, strict=False))


def test_actors_fall_into_classes_that_never_change() -> None:
    found = actor_classes({"UA": 16, "US": 65, "MT": 1, "PL": 4, "FR": 2, "DE": 30, "IT": 0})
    assert [(row.label, row.countries) for row in found.rows] == [
        ("1", 1),
        ("2–4", 2),
        ("5–12", 0),
        ("13–29", 1),
        ("30–65", 2),
    ]
    assert found.shades == {"UA": 3, "US": 4, "MT": 0, "PL": 1, "FR": 1, "DE": 4}


def test_an_empty_top_class_says_that_it_is_open() -> None:
    found = actor_classes({"MT": 1})
    assert found.rows[-1] == MapClass(30, 30, 0, 4, is_open=True)
    assert found.rows[-1].label == "30+"


def test_a_top_class_of_one_number_is_that_number() -> None:
    assert actor_classes({"US": 30}).rows[-1].label == "30"


def test_a_country_with_a_zero_has_no_shade() -> None:
    assert "IT" not in actor_classes({"IT": 0}).shades
    assert quantile_classes({"IT": 0}).rows == ()


def test_classes_of_statements_hold_about_as_many_countries_each() -> None:
    found = quantile_classes(named(list(range(1, 101))))
    assert [row.countries for row in found.rows] == [20] * SHADES
    assert [row.shade for row in found.rows] == list(range(SHADES))


def test_few_different_numbers_are_a_class_each_far_apart_in_shade() -> None:
    found = quantile_classes({"UA": 9, "US": 1, "MT": 1})
    assert [(row.label, row.countries, row.shade) for row in found.rows] == [
        ("1", 2, 1),
        ("9", 1, 3),
    ]
    [only] = quantile_classes({"UA": 9, "US": 9}).rows
    assert (only.label, only.shade) == ("9", 2)


def test_a_class_of_statements_ends_where_its_largest_number_is() -> None:
    found = quantile_classes(named([1, 1, 1, 2, 3, 7, 20, 20, 41, 90]))
    assert [row.label for row in found.rows] == ["1–2", "3–7", "20", "41–90"]


@given(NUMBERS)
def test_every_country_with_a_report_is_in_exactly_one_class(numbers: list[int]) -> None:
    counts = named(numbers)
    for found in (actor_classes(counts), quantile_classes(counts)):
        assert sum(row.countries for row in found.rows) == len(found.shades)
        by_shade = {row.shade: row for row in found.rows}
        for code, number in counts.items():
            if number:
                row = by_shade[found.shades[code]]
                assert row.low <= number <= row.high


@given(NUMBERS)
def test_more_reports_are_never_paler(numbers: list[int]) -> None:
    counts = {code: number for code, number in named(numbers).items() if number}
    shades = quantile_classes(counts).shades
    ordered = sorted(counts, key=lambda code: counts[code])
    assert [shades[code] for code in ordered] == sorted(shades.values())


@given(NUMBERS)
def test_bounds_of_quantiles_ascend_from_the_least(numbers: list[int]) -> None:
    bounds = quantile_bounds(numbers)
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) <= SHADES == len(ACTOR_BOUNDS)
    assert not bounds or bounds[0] == min(number for number in numbers if number)
