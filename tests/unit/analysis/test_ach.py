"""Competing hypotheses are weighed as the formulas say, whatever the order of the rows."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from case_samples import case, evidence, hypothesis, row_id
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.ach import weigh, weight
from briefing.core.case import Case, Cell, Evidence, Hypothesis
from briefing.core.case_words import Mark, Relevance
from briefing.core.weighing import Weighing

STEPS = {"CC": 2, "C": 1, "N": 0, "I": -1, "II": -2, "NA": 0, "": 0}
KEYS = ("h1", "h2", "h3", "h4")


def drawn(marks: Mapping[str, str], **origins: str) -> Case:
    """A case by its matrix: ``{"e1": "C I N"}``; every piece of evidence weighs 1."""
    columns = [line.split() for line in marks.values()]
    made = [
        hypothesis(f"h{place}", dict(zip(marks, column, strict=True)))
        for place, column in enumerate(zip(*columns, strict=True), start=1)
    ]
    rows = [evidence(key, origin=origins.get(key, key)) for key in marks]
    return case(*rows, *made)


def counts(weighing: Weighing) -> list[int]:
    return [column.count for column in weighing.columns]


def weighted(weighing: Weighing) -> list[float]:
    return [column.weighted for column in weighing.columns]


def leaders(weighing: Weighing) -> list[str]:
    names = {row_id("hypothesis", key): key for key in KEYS}
    return [names[leader] for leader in weighing.leaders]


def test_only_inconsistency_counts_and_strong_inconsistency_counts_twice() -> None:
    weighing = weigh(drawn({"e1": "I II CC NA", "e2": "I C N NA"}))
    assert counts(weighing) == [2, 2, 0, 0]


@pytest.mark.parametrize(
    ("relevance", "credibility", "expected"),
    [
        (Relevance.LOW, 3, 1 / math.sqrt(2)),
        (Relevance.MEDIUM, 3, 1),
        (Relevance.HIGH, 3, math.sqrt(2)),
        (Relevance.MEDIUM, 1, math.sqrt(2)),
        (Relevance.MEDIUM, 2, math.sqrt(2)),
        (Relevance.MEDIUM, 4, 1 / math.sqrt(2)),
        (Relevance.MEDIUM, 5, 1 / math.sqrt(2)),
        (Relevance.MEDIUM, 6, 1 / math.sqrt(2)),
        (Relevance.HIGH, 1, 2),
        (Relevance.LOW, 6, 0.5),
        (Relevance.LOW, 2, 1),
    ],
)
def test_relevance_and_credibility_weigh_in_steps_of_the_root_of_two(
    relevance: Relevance, credibility: int, expected: float
) -> None:
    one = evidence(relevance=relevance, credibility=credibility)
    assert weight(one) == pytest.approx(expected, rel=1e-15)
    weighing = weigh(case(one, hypothesis("h1", {"e1": "II"})))
    assert weighted(weighing) == [pytest.approx(2 * expected, rel=1e-15)]


def test_the_reliability_of_a_source_is_another_scale_and_weighs_nothing() -> None:
    best, worst = (
        weigh(case(evidence(reliability=letter), hypothesis("h1", {"e1": "I"}))) for letter in "AE"
    )
    assert best == worst


def test_the_published_example_gives_its_published_figures() -> None:
    """The figures beside the matrix of the design's example, in which every origin has its vote."""
    weighing = weigh(_example("O5a"))
    assert counts(weighing) == [2, 3, 0, 4]
    assert [f"{one:.1f}" for one in weighted(weighing)] == ["3.0", "5.4", "0.0", "6.0"]
    assert [f"{one:.2f}" for one in weighing.diagnosticity.values()] == [
        "0.83",
        "1.30",
        "1.22",
        "1.30",
        "0.83",
        "0.00",
    ]
    assert leaders(weighing) == ["h3"]
    assert not weighing.column(row_id("hypothesis", "h3")).fragile
    assert weighing.changes == ()


def test_in_the_same_example_evidence_of_one_origin_votes_once() -> None:
    weighing = weigh(_example("O3"))
    assert counts(weighing) == [2, 3, 0, 3]
    assert [f"{one:.1f}" for one in weighted(weighing)] == ["3.0", "5.4", "0.0", "5.0"]
    assert weighing.sharing == {
        row_id("evidence", "e3"): (row_id("evidence", "e5"),),
        row_id("evidence", "e5"): (row_id("evidence", "e3"),),
    }


def _example(origin_of_e5: str) -> Case:
    rows = (
        evidence("e1", credibility=3, relevance=Relevance.HIGH, origin="O1"),
        evidence("e2", credibility=3, relevance=Relevance.MEDIUM, origin="O2"),
        evidence("e3", credibility=2, relevance=Relevance.HIGH, origin="O3"),
        evidence("e4", credibility=2, relevance=Relevance.HIGH, origin="O4"),
        evidence("e5", credibility=3, relevance=Relevance.MEDIUM, origin=origin_of_e5),
        evidence("e6", credibility=1, relevance=Relevance.MEDIUM, origin="O6"),
    )
    matrix = {
        "h1": "C I N I C N",
        "h2": "I CC I I NA N",
        "h3": "C C CC CC C N",
        "h4": "N I I I I N",
    }
    keys = [f"e{place}" for place in range(1, 7)]
    columns = (
        hypothesis(key, dict(zip(keys, line.split(), strict=True))) for key, line in matrix.items()
    )
    return case(*rows, *columns)


def test_of_one_origin_the_largest_inconsistency_votes_for_each_hypothesis_anew() -> None:
    weighing = weigh(drawn({"e1": "II I N", "e2": "I II CC"}, e1="CERT", e2=" cert "))
    assert counts(weighing) == [2, 2, 0]


def test_of_equal_votes_of_one_origin_the_one_that_weighs_most_counts() -> None:
    rows = (
        evidence("e1", origin="CERT", relevance=Relevance.LOW),
        evidence("e2", origin="CERT", relevance=Relevance.HIGH),
    )
    weighing = weigh(case(*rows, hypothesis("h1", {"e1": "I", "e2": "I"})))
    assert weighted(weighing) == [math.sqrt(2)]


def test_a_strong_mark_outvotes_a_weak_mark_of_its_origin_that_weighs_more() -> None:
    rows = (
        evidence("e1", origin="CERT", relevance=Relevance.LOW, credibility=6),
        evidence("e2", origin="CERT", relevance=Relevance.HIGH, credibility=1),
    )
    weighing = weigh(case(*rows, hypothesis("h1", {"e1": "II", "e2": "I"})))
    assert (counts(weighing), weighted(weighing)) == ([2], [1.0])


def test_evidence_that_meets_every_hypothesis_alike_tells_nothing_apart() -> None:
    weighing = weigh(drawn({"e1": "I I I", "e2": "N NA N", "e3": "CC II N"}))
    assert list(weighing.diagnosticity.values()) == [0, 0, pytest.approx(math.sqrt(8 / 3))]


def test_the_least_weighted_inconsistency_leads_even_where_its_count_is_higher() -> None:
    rows = (
        evidence("e1", relevance=Relevance.LOW, credibility=6),
        evidence("e2", relevance=Relevance.LOW, credibility=6),
        evidence("e3", relevance=Relevance.HIGH, credibility=1),
    )
    weighing = weigh(
        case(*rows, hypothesis("h1", {"e1": "I", "e2": "I"}), hypothesis("h2", {"e3": "I"}))
    )
    assert (counts(weighing), weighted(weighing)) == ([2, 1], [1.0, 2.0])
    assert leaders(weighing) == ["h1"]


def test_equal_hypotheses_lead_together() -> None:
    weighing = weigh(drawn({"e1": "I N I", "e2": "N I I"}))
    assert leaders(weighing) == ["h1", "h2"]


def test_equal_weights_made_in_different_ways_are_equal() -> None:
    rows = (
        evidence("e1", relevance=Relevance.HIGH, credibility=4),
        evidence("e2", relevance=Relevance.MEDIUM, credibility=3),
    )
    weighing = weigh(case(*rows, hypothesis("h1", {"e1": "I"}), hypothesis("h2", {"e2": "I"})))
    assert leaders(weighing) == ["h1", "h2"]


def test_a_leader_that_one_origin_made_is_fragile_and_the_origin_is_named() -> None:
    weighing = weigh(drawn({"e1": "N II", "e2": "I N"}, e1="Press"))
    assert leaders(weighing) == ["h2"] or leaders(weighing) == ["h1"]
    (left,) = weighing.changes
    assert (left.origin, left.leaders) == ("press", (row_id("hypothesis", "h2"),))
    assert [column.fragile for column in weighing.columns] == [True, False]


def test_a_leader_that_would_have_to_share_the_lead_is_fragile() -> None:
    weighing = weigh(drawn({"e1": "N I"}))
    assert [column.fragile for column in weighing.columns] == [True, False]


def test_equal_leaders_that_different_origins_hold_something_against_are_fragile() -> None:
    weighing = weigh(drawn({"e1": "N I II", "e2": "I N II"}))
    assert leaders(weighing) == ["h1", "h2"]
    assert [left.leaders for left in weighing.changes] == [
        (row_id("hypothesis", "h2"),),
        (row_id("hypothesis", "h1"),),
    ]
    assert [column.fragile for column in weighing.columns] == [True, True, False]


def test_equal_leaders_that_nothing_tells_apart_are_not_fragile_for_that() -> None:
    weighing = weigh(drawn({"e1": "I I II", "e2": "N N II"}))
    assert leaders(weighing) == ["h1", "h2"]
    assert not any(column.fragile for column in weighing.columns)


def test_a_leader_that_every_origin_could_be_taken_from_is_not_fragile() -> None:
    weighing = weigh(drawn({"e1": "N I", "e2": "N I"}))
    assert weighing.changes == ()
    assert not any(column.fragile for column in weighing.columns)


def test_two_pieces_of_evidence_of_one_origin_are_left_out_together() -> None:
    weighing = weigh(drawn({"e1": "N I", "e2": "N I"}, e1="CERT", e2="CERT"))
    assert [left.origin for left in weighing.changes] == ["cert"]


def test_what_has_no_cell_is_listed_as_unjudged() -> None:
    weighing = weigh(case(evidence("e1"), hypothesis("h1", {"e1": "NA"}), hypothesis("h2")))
    assert weighing.unjudged == ((row_id("evidence", "e1"), row_id("hypothesis", "h2")),)


def test_a_mark_on_evidence_that_is_not_in_the_case_counts_for_nothing() -> None:
    weighing = weigh(case(evidence("e1"), hypothesis("h1", {"e1": "I", "withheld": "II"})))
    assert counts(weighing) == [1]


def test_nothing_at_all_weighs_nothing() -> None:
    assert weigh(case()) == Weighing((), {})


def test_evidence_without_hypotheses_tells_nothing_apart() -> None:
    weighing = weigh(case(evidence("e1")))
    assert weighing.columns == ()
    assert weighing.diagnosticity == {row_id("evidence", "e1"): 0}
    assert weighing.changes == ()


def test_hypotheses_without_evidence_lead_together() -> None:
    weighing = weigh(case(hypothesis("h1"), hypothesis("h2")))
    assert leaders(weighing) == ["h1", "h2"]
    assert not any(column.fragile for column in weighing.columns)


def test_one_hypothesis_leads_whatever_is_held_against_it() -> None:
    weighing = weigh(drawn({"e1": "II"}))
    assert leaders(weighing) == ["h1"]
    assert not weighing.column(row_id("hypothesis", "h1")).fragile


rows_of_matrix = st.tuples(
    st.sampled_from(("CERT", "Press", "Vendor", "Court")),
    st.sampled_from(Relevance),
    st.integers(1, 6),
    st.lists(st.sampled_from(list(STEPS)), min_size=4, max_size=4),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    matrix = draw(st.lists(rows_of_matrix, max_size=6))
    rows = [
        evidence(f"e{place}", origin=origin, relevance=relevance, credibility=credibility)
        for place, (origin, relevance, credibility, _) in enumerate(matrix)
    ]
    columns = [
        hypothesis(
            key, {f"e{row}": line[-1][at] for row, line in enumerate(matrix) if line[-1][at]}
        )
        for at, key in enumerate(KEYS[: draw(st.integers(0, 4))])
    ]
    return case(*rows, *columns)


def _mark(one: Hypothesis, row: Evidence) -> str:
    cell = one.cell(row.id)
    return cell.mark if cell else ""


def _plain(rows: Sequence[Evidence], one: Hypothesis) -> tuple[int, float]:
    """The formulas, written down once more as they are printed."""
    best: dict[str, tuple[int, float]] = {}
    for row in rows:
        v = {"I": 1, "II": 2}.get(_mark(one, row), 0)
        q = {"low": 2**-0.5, "medium": 1, "high": 2**0.5}[row.relevance]
        c = {1: 2**0.5, 2: 2**0.5, 3: 1}.get(row.credibility, 2**-0.5)
        best[row.origin] = max(best.get(row.origin, (0, 0.0)), (v, round(c * q * v, 9)))
    return sum(v for v, _ in best.values()), sum(w for _, w in best.values())


def _plain_leaders(rows: Sequence[Evidence], columns: Sequence[Hypothesis]) -> set[str]:
    sums = {one.id: round(_plain(rows, one)[1], 6) for one in columns}
    return {one for one, total in sums.items() if total == min(sums.values())}


@given(cases())
def test_any_case_is_weighed_as_the_formulas_are_printed(one: Case) -> None:
    weighing = weigh(one)
    plain = [_plain(one.evidence, column) for column in one.hypotheses]
    assert counts(weighing) == [count for count, _ in plain]
    assert weighted(weighing) == [pytest.approx(total, abs=1e-6) for _, total in plain]
    leading = _plain_leaders(one.evidence, one.hypotheses)
    assert set(weighing.leaders) == leading
    without = {
        origin: _plain_leaders(
            [row for row in one.evidence if row.origin != origin], one.hypotheses
        )
        for origin in {row.origin for row in one.evidence}
    }
    assert {left.origin: set(left.leaders) for left in weighing.changes} == {
        origin.casefold(): rest for origin, rest in without.items() if rest != leading
    }
    for row in one.evidence:
        steps = [STEPS[_mark(column, row)] for column in one.hypotheses]
        spread = statistics.pstdev(steps) if steps else 0
        assert weighing.diagnosticity[row.id] == pytest.approx(spread, abs=1e-12)
        assert (weighing.diagnosticity[row.id] == 0) == (len(set(steps)) < 2)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(one: Case, shuffle: Random) -> None:
    rows, columns = list(one.evidence), list(one.hypotheses)
    shuffle.shuffle(rows)
    shuffle.shuffle(columns)
    before, after = weigh(one), weigh(replace(one, evidence=tuple(rows), hypotheses=tuple(columns)))
    assert set(after.columns) == set(before.columns)
    assert after.diagnosticity == before.diagnosticity
    assert {left.origin: set(left.leaders) for left in after.changes} == {
        left.origin: set(left.leaders) for left in before.changes
    }
    assert set(after.unjudged) == set(before.unjudged)


@given(cases(), st.data())
def test_repeating_evidence_of_one_origin_changes_no_inconsistency(
    one: Case, data: st.DataObject
) -> None:
    if not one.evidence:
        return
    row = data.draw(st.sampled_from(one.evidence))
    again = replace(row, id=row_id("evidence", "again"), origin=f"  {row.origin.upper()} ")
    columns = tuple(
        replace(column, cells=(*column.cells, replace(cell, evidence=again.id)))
        if (cell := column.cell(row.id))
        else column
        for column in one.hypotheses
    )
    repeated = replace(one, evidence=(*one.evidence, again), hypotheses=columns)
    assert weigh(repeated).columns == weigh(one).columns
    assert weigh(repeated).changes == weigh(one).changes


@given(cases(), st.sampled_from(("", "NA", "N", "C", "CC")))
def test_evidence_that_refutes_nothing_changes_no_inconsistency(one: Case, mark: str) -> None:
    more = evidence("more", origin="Somebody else")
    cells = (Cell(more.id, Mark(mark)),) if mark else ()
    columns = tuple(replace(column, cells=(*column.cells, *cells)) for column in one.hypotheses)
    added = replace(one, evidence=(*one.evidence, more), hypotheses=columns)
    assert weigh(added).columns == weigh(one).columns
