"""Queries as they are typed, and hits as they are listed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from briefing.core.search import LONGEST_QUERY, SearchHit, clean_query, grouped


@given(st.text(st.characters(exclude_categories=()), max_size=2 * LONGEST_QUERY))
@example("a" * LONGEST_QUERY + " b")
@example("\ud83d")
def test_a_clean_query_can_be_given_to_any_search(text: str) -> None:
    query = clean_query(text)
    assert query.encode("utf-8").decode("utf-8") == query
    assert all(character.isprintable() for character in query)
    assert len(query) <= LONGEST_QUERY


@given(st.text(st.characters(exclude_categories=()), max_size=2 * LONGEST_QUERY))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_query(clean_query(text)) == clean_query(text)


def test_a_name_pasted_over_two_lines_is_one_query() -> None:
    assert clean_query("  Fancy\r\n\tBear\0 ") == "Fancy Bear"


HITS = st.lists(
    st.builds(SearchHit, st.sampled_from("abc"), st.text(max_size=2), st.just(""), st.just(""))
)


@given(HITS)
def test_grouping_loses_no_hit_and_keeps_the_best_first(hits: list[SearchHit]) -> None:
    together = grouped(hits)
    assert Counter(together) == Counter(hits)
    assert together[:1] == tuple(hits[:1])


@given(HITS)
def test_every_kind_stands_together(hits: list[SearchHit]) -> None:
    together = grouped(hits)
    borders = sum(one.kind != other.kind for one, other in pairwise(together))
    assert borders == max(0, len({hit.kind for hit in hits}) - 1)
