"""Orders of rows and columns: what is alike stands together, and nothing is left to chance."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.seriation import Order, Thing, arranged, cluster_order
from briefing.core.actor import Coded

NUMBERS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40).map(float), max_size=6)
TABLES = st.lists(NUMBERS, max_size=14)
ORDERS: tuple[Order, ...] = ("size", "clustered", "name")


def thing(code: str, size: int = 1, **holds: float) -> Thing:
    return Thing(Coded(code, code.title()), size, holds)


def codes(things: list[Thing], order: Order) -> str:
    return "".join(head.code for head in arranged(things, order))


def test_by_size_puts_the_largest_first_and_keeps_equals_as_they_came() -> None:
    assert codes([thing("a", 1), thing("b", 3), thing("c", 3), thing("d", 2)], "size") == "bcda"


def test_by_name_goes_by_the_words_whatever_their_case() -> None:
    labels = {"x": "b", "y": "C", "z": "A"}
    things = [Thing(Coded(code, label), 1, {}) for code, label in labels.items()]
    assert codes(things, "name") == "zxy"


def test_like_rows_stand_beside_each_other_however_large_they_are() -> None:
    things = [
        thing("a", 9, bank=9),
        thing("b", 8, ship=8),
        thing("c", 2, bank=2),
        thing("d", 1, ship=1),
    ]
    found = codes(things, "clustered")
    assert {found[:2], found[2:]} == {"ac", "bd"} or {found[:2], found[2:]} == {"ca", "bd"}


def test_a_row_between_two_kinds_stands_between_them() -> None:
    rows = [{"x": 1.0}, {"y": 1.0}, {"x": 1.0, "y": 0.6}]
    assert cluster_order(rows) in ((0, 2, 1), (1, 2, 0))


def test_groups_are_turned_so_that_their_like_ends_meet() -> None:
    rows = [
        {"a": 1.0},
        {"a": 5.0, "b": 4.0},
        {"c": 1.0},
        {"b": 4.0, "c": 5.0},
    ]
    assert cluster_order(rows) in ((0, 1, 3, 2), (2, 3, 1, 0))


def test_the_heavier_half_comes_first() -> None:
    things = [thing("a", 1, x=1), thing("b", 2, x=1, y=1), thing("c", 30, y=1)]
    assert codes(things, "clustered") == "cba"


def test_empty_rows_keep_together() -> None:
    rows: list[dict[str, float]] = [{}, {"a": 1.0}, {}, {"a": 2.0}]
    order = cluster_order(rows)
    assert abs(order.index(0) - order.index(2)) == 1
    assert abs(order.index(1) - order.index(3)) == 1


def test_nothing_and_one_row_are_orders_too() -> None:
    assert cluster_order([]) == ()
    assert cluster_order([{"a": 1.0}]) == (0,)
    assert arranged([], "clustered") == ()


@pytest.mark.parametrize("order", ORDERS)
@given(rows=TABLES)
def test_every_order_shows_every_row_once(order: Order, rows: list[dict[str, float]]) -> None:
    things = [
        Thing(Coded(str(n), str(n)), round(sum(row.values())), row) for n, row in enumerate(rows)
    ]
    heads = arranged(things, order)
    assert sorted(head.code for head in heads) == sorted(thing.head.code for thing in things)
    assert heads == arranged(things, order)


@given(rows=TABLES, factor=st.integers(2, 9))
def test_the_same_proportions_give_the_same_order(
    rows: list[dict[str, float]], factor: int
) -> None:
    scaled = [{column: number * factor for column, number in row.items()} for row in rows]
    assert cluster_order(scaled) == cluster_order(rows)


@given(
    kinds=st.lists(st.sampled_from("pqr"), min_size=2, max_size=12),
    weights=st.lists(st.integers(1, 9), min_size=12, max_size=12),
)
def test_rows_that_share_nothing_never_interleave(kinds: list[str], weights: list[int]) -> None:
    rows = [{kind: float(weight)} for kind, weight in zip(kinds, weights, strict=False)]
    order = [kinds[place] for place in cluster_order(rows)]
    changes = sum(one != other for one, other in pairwise(order))
    assert changes == len(set(kinds)) - 1
