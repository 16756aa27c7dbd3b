"""Places of the Map screen say everything a person chose, and come back as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.core.targeting import TargetingFilter
from briefing.ui.actor_places import comparison_place, filter_place, filter_values
from briefing.ui.map_places import MapWish, country_place, map_place, read_map_place
from briefing.ui.navigation import Place

CODES = st.sampled_from(["UA", "US", "region:middle-east", "org:nato"])
WORDS = st.frozensets(st.sampled_from(["finance", "energy", "a&b=c,d"]), max_size=2)
ORIGINS = st.frozensets(st.sampled_from(["RU", "CN", ""]), max_size=2)
YEARS = st.tuples(st.integers(1990, 2030), st.integers(0, 20)).map(lambda y: (y[0], y[0] + y[1]))


@st.composite
def wishes(draw: st.DrawFn) -> MapWish:
    years = draw(st.none() | YEARS)
    return MapWish(
        countries=tuple(draw(st.lists(CODES, unique=True, max_size=3))),
        filter=TargetingFilter(
            sectors=draw(WORDS),
            origins=draw(ORIGINS),
            actors=draw(st.frozensets(st.sampled_from(["actor--1", "actor--2"]), max_size=2)),
            kinds=draw(ORIGINS),
            first_year=years[0] if years else None,
            last_year=years[1] if years else None,
        ),
        measure=draw(st.sampled_from(["actors", "statements"])),
        tab=draw(st.sampled_from(["map", "table", "sector-origin"])),
        cell=draw(st.none() | st.tuples(st.just("finance"), st.sampled_from(["RU", ""]))),
    )


@given(wishes())
def test_a_place_leads_back_to_what_was_asked_for(wish: MapWish) -> None:
    assert read_map_place(map_place(wish)) == wish


def test_the_bare_screen_asks_for_everything() -> None:
    assert map_place(MapWish()) == Place("map")
    assert read_map_place(Place("map")) == MapWish()


def test_a_country_of_a_profile_has_a_place_here() -> None:
    assert country_place("UA") == Place("map", "UA")
    assert read_map_place(country_place("UA")).countries == ("UA",)


def test_words_that_say_nothing_are_left_out() -> None:
    for detail in ("years=x-y", "years=2020", "years=2022-2018", "by=magic", "cell=finance", "%%%"):
        assert read_map_place(Place("map", "", detail)) == MapWish()


def test_another_choice_keeps_everything_else() -> None:
    wish = MapWish(countries=("UA",), cell=("finance", "RU"), tab="origin")
    assert wish.choosing("sector", ("energy",)).choosing("sector", ()) == wish
    assert wish.within((2018, 2020)).years == (2018, 2020)


def test_a_filter_of_the_list_of_actors_has_a_place() -> None:
    place = filter_place({"country": "UA", "text": "a & b"})
    assert (place.screen, place.subject) == ("actors", "")
    assert filter_values(place) == {"country": "UA", "text": "a & b"}
    assert filter_values(comparison_place(["one", "two"])) == {}
