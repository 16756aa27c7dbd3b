"""The table of rules: fifteen, in order, deterministic, each pointing at rows of the case."""

from __future__ import annotations

import pytest
from case_samples import actor_id, case, claim, evidence, hypothesis, opinion, worked_case

from briefing.analysis.ach import weigh
from briefing.analysis.case_warnings import RULES, Known, warnings
from briefing.analysis.warning_facts import is_later, named, supporting
from briefing.core.case import Case
from briefing.core.case_page import KnownActor
from briefing.core.tlp import Tlp

HERON = actor_id("Heron")
KNOWN = Known(
    actors={HERON: KnownActor(HERON, "Heron", "", "2025", Tlp.CLEAR)},
    shared_names={"Heron": ("Heron", "Grey Heron")},
)


def troubled_case() -> Case:
    """A case with much to object to."""
    return case(
        claim("a", origin="CERT", credibility=1, actor=HERON),
        claim("b", accused="Egret", origin=""),
        evidence("e1", origin="CERT"),
        evidence("e2", origin="CERT", method="overlap"),
        hypothesis("h1", {"e1": "I"}, actors=(HERON,)),
        opinion("o1"),
    )


def test_there_are_fifteen_rules_in_order_each_with_its_own_reason() -> None:
    assert [rule.number for rule in RULES] == list(range(1, 16))
    assert len({rule.why for rule in RULES}) == len({rule.title for rule in RULES}) == 15
    assert all(rule.why.endswith((".", ").")) for rule in RULES)


def test_nothing_is_said_of_a_case_in_which_no_rule_finds_fault() -> None:
    one = worked_case()
    assert warnings(one, weigh(one), Known()) == ()


def test_warnings_come_in_the_order_of_the_rules_with_the_rule_s_reason() -> None:
    one = troubled_case()
    found = warnings(one, weigh(one), KNOWN)
    assert [warning.rule for warning in found] == [1, 2, 3, 4, 5, 7, 8, 10, 13, 14, 15]
    assert all(warning.why == RULES[warning.rule - 1].why for warning in found)


def test_every_warning_points_at_rows_of_the_case_each_once() -> None:
    one = troubled_case()
    held = {row.id for row in one.rows()}
    for warning in warnings(one, weigh(one), KNOWN):
        assert warning.rows
        assert set(warning.rows) <= held
        assert len(set(warning.rows)) == len(warning.rows)


def test_the_same_case_is_always_warned_of_in_the_same_words() -> None:
    assert warnings(troubled_case(), weigh(troubled_case()), KNOWN) == warnings(
        troubled_case(), weigh(troubled_case()), KNOWN
    )


def test_a_sentence_ends_and_begins_as_one() -> None:
    one = troubled_case()
    for warning in warnings(one, weigh(one), KNOWN):
        assert warning.sentence.endswith(".")
        assert not warning.sentence[0].islower()
        assert "  " not in warning.sentence


def test_an_empty_case_is_only_told_what_it_lacks() -> None:
    assert [warning.rule for warning in warnings(case(), weigh(case()), Known())] == [8]


@pytest.mark.parametrize(
    ("day", "other", "later"),
    [
        ("2023-09", "2023", False),
        ("2024", "2023-09", True),
        ("2023-10", "2023-09-30", True),
        ("2023-09-14", "2023-09-13", True),
        ("2023-09-14", "2023-09-14", False),
        ("2023-09-14T00:00:00Z", "2023-09-14", False),
        ("2022", "2023-01-01", False),
        ("2023", "", False),
        ("", "2023", False),
    ],
)
def test_dates_compare_at_their_common_precision(day: str, other: str, later: bool) -> None:
    assert is_later(day, other) is later


def test_many_rows_are_named_up_to_eight_of_a_kind() -> None:
    one = case(
        *(claim(f"c{n}") for n in range(12)),
        *(evidence(f"e{n}") for n in range(12)),
    )
    everything = [row.id for row in one.rows()]
    assert named(one, everything) == (
        "E1, E2, E3, E4, E5, E6, E7, E8 and 4 more and claims A, B, C, D, E, F, G, H and 4 more"
    )
    assert named(one, [one.claims[1].id]) == "claim B"
    assert named(one, []) == ""


def test_a_hypothesis_that_is_not_there_has_no_support() -> None:
    assert supporting(worked_case(), "unknown") == []
