"""Which advisories belong to a digest, and what in it comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from briefing.analysis.advisory_digest import (
    is_changed,
    is_new,
    meets,
    order,
    runs,
    silent,
    urgency,
    within,
)
from briefing.core.advisory import AdvisoryRow, VulnerabilityRow
from briefing.core.brief_filter import EVERYTHING, BriefFilter

MARCH = ("2024-03-01", "2024-03-31")
TODAY = date(2024, 3, 15)
ROW = AdvisoryRow(
    id="advisory--1",
    kind="advisory",
    number="",
    title="Pumps",
    issuer="Agency",
    source="agency",
    published="2024-03-05",
    updated="",
    url="",
    sectors=("water",),
    countries=("DE",),
    products=("pumpworks:controller",),
    cves=(),
    due="",
    actors=(),
    software=0,
    techniques=0,
    content_key="",
)
FLAW = VulnerabilityRow(
    *("CVE-2024-1", "Overflow", "Pumpworks", "Controller"),
    *("2024-03-01", "2024-03-20", False, 9.8, "CRITICAL", 1),
)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("2024-03-01", True),
        ("2024-03-31", True),
        ("2024-02-29", False),
        ("2024-04-01", False),
        ("2024-03", True),
        ("2024", True),
        ("2023", False),
        ("", False),
    ],
)
def test_a_date_lies_in_a_period_as_far_as_it_is_known(day: str, inside: bool) -> None:
    assert within(day, *MARCH) is inside


def test_an_advisory_is_new_by_its_day_and_changed_by_a_later_one() -> None:
    assert is_new(ROW, *MARCH)
    assert not is_changed(replace(ROW, updated="2024-03-20"), *MARCH)
    earlier = replace(ROW, published="2023-11-01", updated="2024-03-20")
    assert is_changed(earlier, *MARCH)
    assert not is_changed(replace(earlier, updated="2024-04-20"), *MARCH)


def test_one_choice_of_each_kind_is_enough_and_each_kind_must_be_met() -> None:
    assert meets(ROW, EVERYTHING, ())
    assert meets(ROW, BriefFilter(sectors=("energy", "water")), ())
    assert not meets(ROW, BriefFilter(sectors=("energy",)), ())
    assert meets(ROW, BriefFilter(countries=("DE",)), ("DE", "region:world"))
    assert not meets(ROW, BriefFilter(("water",), ("FR",)), ("FR", "region:world"))
    assert meets(
        replace(ROW, countries=("region:world",)),
        BriefFilter(countries=("FR",)),
        ("FR", "region:world"),
    )


def test_whom_an_advisory_is_about_meets_a_choice_as_well_as_where_something_is_in_use() -> None:
    about = replace(
        ROW, sectors=(), countries=(), about_sectors=("energy",), about_countries=("FR",)
    )
    assert meets(about, BriefFilter(sectors=("energy",)), ())
    assert not meets(about, BriefFilter(sectors=("water",)), ())
    assert meets(about, BriefFilter(countries=("FR",)), ("FR",))
    assert list(silent(about, BriefFilter(("water",), ("DE",)))) == []


def test_a_maker_stands_for_all_its_products() -> None:
    assert runs(ROW.products, BriefFilter(technology=("pumpworks",)))
    assert runs(ROW.products, BriefFilter(technology=("pumpworks:controller",)))
    assert not runs(ROW.products, BriefFilter(technology=("pump",)))
    assert not runs((), BriefFilter(technology=("pumpworks",)))
    assert runs((), EVERYTHING)


def test_what_states_nothing_on_a_choice_is_counted_as_silent() -> None:
    bare = replace(ROW, sectors=(), countries=(), products=())
    everything = BriefFilter(("water",), ("DE",), ("pumpworks",))
    assert list(silent(bare, everything)) == ["sector", "country", "product"]
    assert list(silent(ROW, everything)) == []
    assert list(silent(bare, EVERYTHING)) == []


def test_due_dates_to_come_stand_before_those_that_passed_and_those_before_the_rest() -> None:
    rows = {
        "soon": FLAW,
        "later": replace(FLAW, due="2024-04-20"),
        "passed": replace(FLAW, due="2024-03-10", listed="2024-02-20"),
        "passed, listed before": replace(FLAW, due="2024-03-12", listed="2024-02-01"),
        "listed without a date": replace(FLAW, due="", listed="2023-01-01"),
        "ransomware": replace(FLAW, due="", listed="", ransomware=True, cvss=None),
        "high score": replace(FLAW, due="", listed=""),
        "low score": replace(FLAW, due="", listed="", cvss=3.1),
    }
    ranked = sorted(rows, key=lambda name: urgency(rows[name], TODAY), reverse=False)
    assert ranked == list(rows)


def test_advisories_stand_by_the_most_urgent_flaw_that_they_name_then_by_day() -> None:
    newer = replace(ROW, id="advisory--2", published="2024-03-09")
    older = replace(ROW, id="advisory--3", published="2024-03-02")
    undated = replace(ROW, id="advisory--4", published="")
    named = {
        newer.id: (),
        older.id: (replace(FLAW, due="", listed=""), FLAW),
        undated.id: (),
        ROW.id: (),
    }
    rows = sorted((undated, ROW, newer, older), key=lambda row: order(row, named[row.id], TODAY))
    assert [row.id for row in rows] == [older.id, newer.id, ROW.id, undated.id]
