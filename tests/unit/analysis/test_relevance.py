"""The additive score: what each term counts, and what it never does."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.relevance import (
    CATALOGUE,
    DatedIncident,
    Listed,
    Sight,
    Terms,
    concerning,
    first_incident_adds,
    is_stale,
    rank_by_history,
    seen_weight,
    total,
)

TODAY = date(2026, 1, 1)
THREE_YEARS = timedelta(days=1096)
DENTIST = Sight(frozenset(("US",)), frozenset(("healthcare",)), frozenset(("CA",)))


def raid(
    number: int = 1,
    *,
    day: date = TODAY - timedelta(days=1),
    actors: tuple[str, ...] = ("bear",),
    countries: tuple[str, ...] = (),
    sectors: tuple[str, ...] = (),
    initiators: tuple[str, ...] = (),
) -> DatedIncident:
    return DatedIncident(
        f"raid-{number}",
        day,
        actors,
        frozenset(countries),
        frozenset(sectors),
        frozenset(initiators),
    )


def ranked(*history: DatedIncident, sponsors: dict[str, str] | None = None) -> dict[str, Terms]:
    return rank_by_history(history, DENTIST, sponsors or {}, TODAY)


def points(*history: DatedIncident, sponsors: dict[str, str] | None = None) -> dict[str, float]:
    return ranked(*history, sponsors=sponsors)["bear"].points()


def test_an_incident_in_the_clients_country_counts_as_seen_there_and_not_as_near() -> None:
    assert points(raid(countries=("US", "CA"))) == {"country": 0.83, "active": 1.3}


def test_an_incident_in_the_sub_region_counts_as_near() -> None:
    assert points(raid(countries=("CA",))) == {"region": 0.48, "active": 1.3}


def test_an_incident_in_any_sector_of_the_client_counts_wherever_it_was() -> None:
    assert points(raid(countries=("JP",), sectors=("healthcare", "water"))) == {
        "sector": 0.69,
        "active": 1.3,
    }


def test_an_incident_that_hit_two_of_the_clients_countries_counts_once() -> None:
    sight = Sight(frozenset(("US", "DE")), frozenset(), frozenset())
    found = rank_by_history([raid(countries=("US", "DE"))], sight, {}, TODAY)
    assert found["bear"].country.weight == pytest.approx(1, abs=0.01)


def test_an_incident_counts_half_after_three_years() -> None:
    old = raid(day=TODAY - THREE_YEARS, countries=("US",))
    fresh = raid(2, actors=("cat",), countries=("JP",))
    assert ranked(old, fresh)["bear"].country.weight == pytest.approx(0.5, abs=0.001)
    assert seen_weight(TODAY - THREE_YEARS, TODAY) == pytest.approx(0.5, abs=0.001)
    assert points(old, fresh) == {"country": round(1.2 * math.log(1.5), 2)}


def test_only_what_began_strictly_before_the_day_is_known() -> None:
    assert ranked(raid(day=TODAY, countries=("US",))) == {}
    assert concerning([raid(day=TODAY, countries=("US",))], DENTIST, TODAY) == 0


def test_an_actor_is_active_for_two_years() -> None:
    just = raid(day=TODAY - timedelta(days=730), countries=("US",))
    over = raid(day=TODAY - timedelta(days=731), countries=("US",))
    fresh = raid(2, actors=("cat",), countries=("JP",))
    assert "active" in points(just, fresh)
    assert "active" not in points(over, fresh)


def test_the_newest_incident_is_the_one_that_shows_an_actor_active() -> None:
    newest = raid(2, day=TODAY - timedelta(days=9))
    older = raid(1, day=TODAY - timedelta(days=90))
    assert ranked(older, newest)["bear"].active == newest
    assert ranked(newest, older)["bear"].active == newest


def test_nobody_is_called_active_where_the_incidents_end_more_than_a_year_ago() -> None:
    assert points(raid(day=TODAY - timedelta(days=365), countries=("US",)))["active"] == 1.3
    assert "active" not in points(raid(day=TODAY - timedelta(days=366), countries=("US",)))
    assert not is_stale(TODAY - timedelta(days=365), TODAY)


def test_a_sponsor_that_leans_towards_the_country_adds_points_for_its_actors() -> None:
    here = [raid(n, actors=(), countries=("US",), initiators=("RU",)) for n in range(5)]
    there = [raid(9, actors=(), countries=("JP",), initiators=("CN",))]
    found = ranked(*here, *there, sponsors={"bear": "RU", "panda": "CN"})
    lean = found["bear"].lean
    assert lean is not None
    assert lean.country == "RU"
    assert {one.id for one in lean.incidents} == {f"raid-{n}" for n in range(5)}
    # T = 6 of which 5 here; each a day old.
    share, here_share = 5.5 / 16, (5 + 5 * 5.5 / 16) / 10
    assert lean.points == pytest.approx(1.4 * math.log(here_share / share), abs=0.001)
    assert "panda" not in found


def test_an_incident_with_two_initiator_countries_counts_for_both() -> None:
    joint = raid(actors=(), countries=("US",), initiators=("IR", "RU"))
    elsewhere = raid(2, actors=(), countries=("JP",), initiators=("CN",))
    found = ranked(joint, elsewhere, sponsors={"bear": "RU", "kitten": "IR"})
    assert found["bear"].points() == found["kitten"].points()


def test_without_a_known_sponsor_there_is_no_lean() -> None:
    assert ranked(raid(actors=(), countries=("US",), initiators=("RU",))) == {}


def test_the_score_is_the_sum_of_the_points_in_hundredths() -> None:
    found = ranked(raid(countries=("US",), sectors=("healthcare",)))["bear"]
    assert found.points() == {"country": 0.83, "sector": 0.69, "active": 1.3}
    assert found.score == 2.82
    assert total([0.1, 0.2]) == 0.3


def test_a_term_that_adds_less_than_a_hundredth_is_left_out() -> None:
    ancient = raid(day=date(1996, 1, 1), countries=("US",))
    assert ranked(ancient) == {}


def test_the_first_incident_adds_what_is_said_of_it() -> None:
    assert {term: first_incident_adds(term) for term in ("country", "sector", "region")} == {
        "country": 0.83,
        "sector": 0.69,
        "region": 0.49,
    }
    assert first_incident_adds("active") == 1.3


def test_incidents_concern_a_client_by_country_or_sector_and_not_by_neighbourhood() -> None:
    history = [
        raid(1, countries=("US",)),
        raid(2, sectors=("healthcare",)),
        raid(3, countries=("CA",)),
    ]
    assert concerning(history, DENTIST, TODAY) == 2


def listed_as(**said: object) -> Listed:
    fields = {
        "countries": frozenset(),
        "regions": frozenset(),
        "sectors": frozenset(),
        "newest": "",
    }
    return Listed(**{**fields, **said})  # type: ignore[arg-type]  # the fields of Listed


def test_statements_of_catalogues_have_fixed_points() -> None:
    everything = listed_as(
        countries=frozenset(("US",)), sectors=frozenset(("healthcare",)), newest="2025-06"
    )
    assert everything.points(TODAY) == {"country": 0.6, "sector": 0.3, "active": 0.2}
    assert listed_as(regions=frozenset(("CA",))).points(TODAY) == {"region": CATALOGUE["region"]}


def test_a_stated_country_counts_and_its_neighbour_does_not_count_beside_it() -> None:
    both = listed_as(countries=frozenset(("US",)), regions=frozenset(("CA",)))
    assert both.points(TODAY) == {"country": 0.6}


def test_being_written_about_alone_speaks_for_nobody() -> None:
    assert listed_as(newest="2025-12-01").points(TODAY) == {}


def test_an_actor_is_written_about_lately_within_two_years_of_the_data() -> None:
    assert listed_as(newest="2024-01-02").is_active(TODAY)
    assert not listed_as(newest="2023-12-31").is_active(TODAY)
    assert not listed_as(newest="").is_active(TODAY)


codes = st.sampled_from(("US", "CA", "JP", "DE"))
sectors = st.sampled_from(("healthcare", "water", "energy"))
incidents = st.builds(
    DatedIncident,
    id=st.uuids().map(str),
    day=st.dates(date(2005, 1, 1), date(2026, 6, 1)),
    actors=st.lists(st.sampled_from(("bear", "panda", "kitten")), max_size=2, unique=True).map(
        tuple
    ),
    countries=st.frozensets(codes, max_size=3),
    sectors=st.frozensets(sectors, max_size=2),
    initiators=st.frozensets(st.sampled_from(("RU", "CN", "IR")), max_size=2),
)
SPONSORS = {"bear": "RU", "panda": "CN"}


@given(st.lists(incidents, max_size=12))
def test_points_always_add_up_to_the_score(history: list[DatedIncident]) -> None:
    for terms in rank_by_history(history, DENTIST, SPONSORS, TODAY).values():
        found = terms.points()
        assert terms.score == pytest.approx(sum(found.values()), abs=1e-9)
        assert all(value >= 0.01 and round(value, 2) == value for value in found.values())


@given(st.lists(incidents, max_size=12), incidents)
def test_one_more_incident_in_the_country_never_lowers_what_is_seen_there(
    history: list[DatedIncident], more: DatedIncident
) -> None:
    added = DatedIncident("more", more.day, ("bear",), frozenset(("US",)), more.sectors)
    before = rank_by_history(history, DENTIST, {}, TODAY).get("bear", Terms())
    after = rank_by_history([*history, added], DENTIST, {}, TODAY).get("bear", Terms())
    assert after.country.weight >= before.country.weight
    assert after.points().get("country", 0) >= before.points().get("country", 0)


@given(st.lists(incidents, max_size=12))
def test_the_order_in_which_incidents_are_read_changes_no_score(
    history: list[DatedIncident],
) -> None:
    def scores(found: dict[str, Terms]) -> dict[str, float]:
        return {actor: pytest.approx(terms.score, abs=0.011) for actor, terms in found.items()}

    forwards = rank_by_history(history, DENTIST, SPONSORS, TODAY)
    backwards = rank_by_history(history[::-1], DENTIST, SPONSORS, TODAY)
    assert set(forwards) == set(backwards)
    assert {actor: terms.score for actor, terms in forwards.items()} == scores(backwards)
