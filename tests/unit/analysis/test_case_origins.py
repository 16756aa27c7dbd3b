"""Rows go back to one origin by its words, or by documents that repeat one another."""

from __future__ import annotations

import pytest
from case_samples import case, claim, document, evidence
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.case_origins import Origins, address, grouped, sourced

ORIGINAL = document("original")
COPY = document("copy", repeats=ORIGINAL.url)
COPY_OF_COPY = document("echo", repeats=COPY.url)
OTHER = document("other")


def test_a_document_goes_back_to_the_first_one_of_its_chain() -> None:
    rows = (evidence("e1", documents=(COPY,)), evidence("e2", documents=(COPY_OF_COPY, OTHER)))
    origins = Origins(case(*rows))
    assert origins.roots((COPY_OF_COPY,)) == {address(ORIGINAL.url)}
    assert origins.roots((COPY_OF_COPY, OTHER)) == {address(ORIGINAL.url), address(OTHER.url)}


def test_what_one_row_says_of_a_document_holds_for_every_row_that_cites_it() -> None:
    silent = document("copy")
    rows = (evidence("e1", documents=(COPY,)), evidence("e2", documents=(silent,)))
    assert Origins(case(*rows)).roots((silent,)) == {address(ORIGINAL.url)}


def test_a_document_without_an_address_goes_back_to_what_it_repeats_or_to_nothing() -> None:
    origins = Origins(case())
    assert origins.roots((document(url="", repeats=ORIGINAL.url),)) == {address(ORIGINAL.url)}
    assert origins.roots((document(url=""),)) == frozenset()


@pytest.mark.parametrize("start", [0, 1, 2])
def test_documents_that_repeat_each_other_in_a_ring_have_one_root(start: int) -> None:
    ring = [document(name, repeats=f"https://{of}.example/{of}") for name, of in ("ab", "bc", "ca")]
    entered = document("entered", repeats=ring[start].url)
    origins = Origins(case(evidence("e1", documents=(*ring, entered))))
    assert origins.roots((entered,)) == origins.roots((ring[0],)) == {address(ring[0].url)}


def test_a_document_that_repeats_itself_is_its_own_root() -> None:
    own = document("own", repeats="https://own.example/own/")
    assert Origins(case(evidence("e1", documents=(own,)))).roots((own,)) == {address(own.url)}


def test_rows_that_read_one_document_meet_and_are_not_one_for_that() -> None:
    one, other = evidence("e1", documents=(OTHER,)), evidence("e2", documents=(OTHER,))
    origins = Origins(case(one, other))
    assert origins.meet(one, other)
    assert not origins.are_one(one, other)


def test_rows_whose_documents_all_lead_to_one_are_one() -> None:
    one, other = evidence("e1", documents=(ORIGINAL,)), claim("a", documents=(COPY_OF_COPY, COPY))
    origins = Origins(case(one, other))
    assert origins.are_one(one, other)


def test_a_row_with_a_second_independent_document_meets_the_first_and_is_not_one_with_it() -> None:
    one = evidence("e1", documents=(ORIGINAL,))
    other = evidence("e2", documents=(COPY, OTHER))
    origins = Origins(case(one, other))
    assert origins.meet(one, other)
    assert not origins.are_one(one, other)


def test_an_origin_that_nobody_stated_is_no_common_origin() -> None:
    one, other = claim("a", origin=""), claim("b", origin=" ")
    origins = Origins(case(one, other))
    assert not origins.meet(one, other)
    assert not origins.are_one(one, other)


def test_a_page_of_a_document_is_the_document() -> None:
    assert address("https://a.example/report/#page=3") == address("https://a.example/report")


@given(st.lists(st.sets(st.integers(0, 5), min_size=1), max_size=8))
def test_rows_that_a_chain_joins_are_in_one_group_and_others_are_not(marks: list[set[int]]) -> None:
    rows = [evidence(f"e{place}") for place in range(len(marks))]
    marked = {row.id: mark for row, mark in zip(rows, marks, strict=True)}
    groups = grouped(rows, lambda a, b: not marked[a.id].isdisjoint(marked[b.id]))
    assert sorted(row.id for group in groups for row in group) == sorted(row.id for row in rows)
    seen = [set().union(*(marked[row.id] for row in group)) for group in groups]
    for place, mine in enumerate(seen):
        assert all(mine.isdisjoint(theirs) for theirs in seen[place + 1 :])
    firsts = [min(rows.index(row) for row in group) for group in groups]
    assert firsts == sorted(firsts)


def test_evidence_and_claims_have_origins() -> None:
    one = case(claim("a"), evidence("e1"))
    assert sourced(one) == (*one.evidence, *one.claims)
