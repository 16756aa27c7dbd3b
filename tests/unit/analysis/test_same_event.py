"""When two sources tell of one event, and when they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.same_event import APART, Told, first_day, told_again

THEIRS = Told(
    "theirs",
    "big",
    "2022-05-11",
    frozenset(("killnet",)),
    frozenset(("IT", "DE")),
    frozenset(("government", "media")),
)
MORE = [replace(THEIRS, id=f"more-{n}", actors=frozenset((f"other-{n}",))) for n in range(2)]
OURS = replace(
    THEIRS,
    id="ours",
    source="small",
    began="2022-05-19",
    countries=frozenset(("IT",)),
    sectors=frozenset(("government",)),
)


def joined(*ours: Told) -> dict[str, str]:
    return told_again([*ours, THEIRS, *MORE])


def test_the_smaller_sources_incident_joins_the_larger_ones() -> None:
    assert joined(OURS) == {"ours": "theirs"}


@pytest.mark.parametrize(
    "other",
    [
        replace(OURS, actors=frozenset(("lazarus",))),
        replace(OURS, countries=frozenset(("FR",))),
        replace(OURS, sectors=frozenset(("transport",))),
        replace(OURS, began="2022-05-26"),
        replace(OURS, began="2022-04-26"),
        replace(OURS, source="big"),
    ],
    ids=["actor", "country", "sector", "fifteen days later", "fifteen days before", "one source"],
)
def test_what_differs_in_one_of_these_stays_apart(other: Told) -> None:
    assert joined(other) == {}


@pytest.mark.parametrize("began", ["2022-05-25", "2022-04-27", "2022-05", "2022-05-11"])
def test_a_fortnight_more_or_less_is_one_event(began: str) -> None:
    assert joined(replace(OURS, began=began)) == {"ours": "theirs"}


def test_a_month_is_near_where_any_of_its_days_is() -> None:
    assert joined(replace(OURS, began="2022-04")) == {"ours": "theirs"}
    assert joined(replace(OURS, began="2022-06")) == {}


def test_a_year_alone_joins_nothing() -> None:
    assert joined(replace(OURS, began="2022")) == {}
    yearly = replace(THEIRS, began="2022")
    assert told_again([OURS, yearly, *MORE]) == {}


def test_where_one_names_no_sector_the_rest_decides() -> None:
    assert joined(replace(OURS, sectors=frozenset())) == {"ours": "theirs"}


def test_the_nearest_of_several_is_joined() -> None:
    nearer = replace(THEIRS, id="nearer", began="2022-05-18")
    assert told_again([OURS, THEIRS, nearer]) == {"ours": "nearer"}


def test_several_of_ours_may_be_parts_of_one_of_theirs() -> None:
    assert joined(OURS, replace(OURS, id="ours-2")) == {"ours": "theirs", "ours-2": "theirs"}


def test_nothing_is_chained() -> None:
    third = replace(OURS, id="third", source="third", began="2022-05-30")
    # It is near ours, which joined theirs, and not near theirs.
    assert joined(OURS, third) == {"ours": "theirs"}


def test_a_date_means_its_earliest_day() -> None:
    assert [first_day(began) for began in ("2022", "2022-05", "2022-05-19T10:00")] == [
        date(2022, 1, 1),
        date(2022, 5, 1),
        date(2022, 5, 19),
    ]
    assert first_day("2024-02") == date(2024, 2, 1)


told = st.builds(
    Told,
    id=st.uuids().map(str),
    source=st.sampled_from(("a", "b", "c")),
    began=st.one_of(
        st.dates(date(2022, 1, 1), date(2022, 3, 1)).map(date.isoformat),
        st.sampled_from(("2022", "2022-01", "2022-02")),
    ),
    actors=st.frozensets(st.sampled_from("xy"), min_size=1),
    countries=st.frozensets(st.sampled_from(("IT", "DE"))),
    sectors=st.frozensets(st.sampled_from(("media", "water"))),
)


@given(st.lists(told, max_size=20, unique_by=lambda one: one.id))
def test_an_incident_joins_one_of_another_source_that_itself_stays(incidents: list[Told]) -> None:
    by_id = {one.id: one for one in incidents}
    found = told_again(incidents)
    for again, kept in found.items():
        one, other = by_id[again], by_id[kept]
        assert kept not in found
        assert one.source != other.source
        assert one.actors & other.actors
        assert one.countries & other.countries
        assert abs((first_day(one.began) - first_day(other.began)).days) <= APART + 31
    assert told_again(incidents[::-1]) == found
