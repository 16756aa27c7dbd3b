"""The index counts what somebody would who looks at one statement after another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from targeting_samples import (
    FILTERS,
    LABELS,
    ORIGINS,
    SCOPES,
    SECTORS,
    ByHand,
    actor_row,
    by_hand,
    said,
    worlds,
)

from briefing.core.actor import ActorRow
from briefing.core.targeting import TargetCount, TargetingFilter, TargetStatement
from briefing.core.tlp import Tlp
from briefing.services.targeting import NOT_STATED, TargetingIndex

World = tuple[list[ActorRow], list[TargetStatement]]


def index_of(*statements: TargetStatement, rows: int = 3) -> TargetingIndex:
    return TargetingIndex(statements, [actor_row(number) for number in range(rows)], LABELS)


def counts(found: tuple[TargetCount, ...]) -> dict[str, tuple[int, int]]:
    assert [one.actors for one in found] == sorted((one.actors for one in found), reverse=True)
    return {one.code: (one.actors, one.statements) for one in found}


def expected(hand: ByHand, statements: list[TargetStatement]) -> dict[str, tuple[int, int]]:
    codes = {one.code for one in statements}
    found = {code: (len(hand.of(code)), sum(hand.of(code).values())) for code in codes}
    return {code: numbers for code, numbers in found.items() if numbers[0]}


@given(worlds(), FILTERS)
def test_every_count_is_that_of_somebody_who_counts_by_hand(
    world: World, wanted: TargetingFilter
) -> None:
    rows, statements = world
    found = TargetingIndex(statements, rows, LABELS).count(wanted)
    hand = by_hand(rows, statements, wanted)
    together = (*found.countries, *found.places, *found.sectors, *found.scopes)
    assert {one.code: (one.actors, one.statements) for one in together} == expected(
        hand, statements
    )
    assert all(len(one.code) == 2 for one in found.countries)
    assert all(":" in one.code for one in found.places)
    assert {one.code for one in found.sectors} <= set(SECTORS)
    assert {one.code for one in found.scopes} <= set(SCOPES)
    assert found.matching == len(hand.matching)


@given(worlds(), FILTERS)
def test_what_is_known_is_counted_apart_from_what_is_said(
    world: World, wanted: TargetingFilter
) -> None:
    rows, statements = world
    known = TargetingIndex(statements, rows, LABELS).count(wanted).known
    ever = replace(wanted, first_year=None, last_year=None)
    base = by_hand(rows, statements, replace(ever, sectors=frozenset(), countries=frozenset()))
    said_of = defaultdict(set)
    for one in statements:
        said_of[one.actor].add(one)
    theirs = [row for row in rows if row.id in base.matching]
    assert known.actors == len(theirs)
    assert known.with_country == sum(
        any(len(one.code) == 2 for one in said_of[row.id]) for row in theirs
    )
    assert known.with_sector == sum(
        any(one.code in SECTORS for one in said_of[row.id]) for row in theirs
    )
    assert known.with_origin == sum(bool(row.origins) for row in theirs)
    assert known.countries == len({one.code for one in statements if len(one.code) == 2})
    undated = (
        {
            actor
            for actor in by_hand(rows, statements, ever).matching
            if said_of[actor] and not any(one.first for one in said_of[actor])
        }
        if ever != wanted
        else ()
    )
    assert known.undated == len(undated)


@given(worlds(), FILTERS)
def test_behind_every_number_stand_the_statements_that_it_counts(
    world: World, wanted: TargetingFilter
) -> None:
    rows, statements = world
    index = TargetingIndex(statements, rows, LABELS)
    hand = by_hand(rows, statements, wanted)
    found = index.count(wanted)
    for code in (one.code for one in (*found.countries, *found.places)):
        listed = index.actors_of(wanted, **{"place" if ":" in code else "country": code})
        assert {one.actor.id: one.statements for one in listed} == hand.of(code)
        for one in listed:
            assert set(one.basis.statements) == hand.keys[code, one.actor.id]
        ranks = [(-one.statements, one.actor.name) for one in listed]
        assert ranks == sorted(ranks)
        assert index.actors_of(wanted, country=code, most=2) == listed[:2]
    for code in (one.code for one in (*found.sectors, *found.scopes)):
        listed = index.actors_of(wanted, sector=code)
        assert {one.actor.id: set(one.basis.statements) for one in listed} == {
            actor: set(keys) for (target, actor), keys in hand.keys.items() if target == code
        }
    everything = defaultdict(set)
    for (_code, actor), keys in hand.keys.items():
        everything[actor] |= keys
    assert {
        one.actor.id: set(one.basis.statements) for one in index.actors_of(wanted)
    } == everything


@given(worlds(), FILTERS)
def test_a_cell_of_sector_and_country_lists_those_counted_for_both(
    world: World, wanted: TargetingFilter
) -> None:
    rows, statements = world
    index = TargetingIndex(statements, rows, LABELS)
    both = replace(wanted, sectors=frozenset(("energy",)), countries=frozenset(("DE",)))
    hand = by_hand(rows, statements, both)
    listed = index.actors_of(wanted, country="DE", sector="energy")
    assert {one.actor.id for one in listed} == hand.matching
    assert {one.actor.id for one in listed} == set(hand.of("DE")) == set(hand.of("energy"))


@given(worlds(), FILTERS)
def test_a_matrix_by_origin_counts_each_actor_under_each_of_its_origins(
    world: World, wanted: TargetingFilter
) -> None:
    rows, statements = world
    matrix = TargetingIndex(statements, rows, LABELS).matrix_by_origin(wanted)
    hand = by_hand(rows, statements, wanted)
    origins = {row.id: row.origins or ("",) for row in rows}
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for code in SECTORS:
        for actor in hand.of(code):
            for origin in origins[actor]:
                cells[code, origin] += 1
    assert matrix.cells == cells
    hit = {actor for code in SECTORS for actor in hand.of(code)}
    assert matrix.actors == len(hit)
    assert matrix.row_totals == {code: len(hand.of(code)) for code in SECTORS if hand.of(code)}
    assert matrix.column_totals == {
        origin: sum(origin in origins[actor] for actor in hit)
        for origin in ("", *ORIGINS)
        if any(origin in origins[actor] for actor in hit)
    }
    assert {row.code for row in matrix.rows} == set(matrix.row_totals)
    assert {column.code for column in matrix.columns} == set(matrix.column_totals)
    if "" in matrix.column_totals:
        assert matrix.columns[-1].label == NOT_STATED


@given(worlds(), FILTERS)
def test_a_matrix_by_actor_counts_statements_and_says_whom_it_leaves_out(
    world: World, wanted: TargetingFilter
) -> None:
    rows, statements = world
    index = TargetingIndex(statements, rows, LABELS)
    hand = by_hand(rows, statements, wanted)
    sectors = defaultdict(set)
    for code, actor in hand.keys:
        if code in SECTORS:
            sectors[actor].add(code)
    matrix = index.matrix_by_actor(wanted, most=2)
    ranked = sorted(sectors, key=lambda actor: (-len(sectors[actor]), actor))
    assert [column.code for column in matrix.columns] == ranked[:2]
    assert matrix.left_out == len(ranked[2:])
    assert matrix.actors == len(ranked)
    assert matrix.counts == "statements"
    assert matrix.cells == {
        (code, actor): len(keys)
        for (code, actor), keys in hand.keys.items()
        if code in SECTORS and actor in ranked[:2]
    }
    assert matrix.row_totals == {code: len(hand.of(code)) for code in SECTORS if hand.of(code)}


def test_the_middle_east_is_a_target_of_its_own_and_no_country_is_counted_for_it() -> None:
    found = index_of(said(0, "region:middle-east", key=1)).count(TargetingFilter())
    assert found.countries == ()
    assert found.places == (TargetCount("region:middle-east", 1, 1),)
    assert found.known.with_country == 0


def test_a_scope_is_no_sector() -> None:
    found = index_of(said(0, "private-sector", key=1)).count(TargetingFilter())
    assert found.sectors == ()
    assert found.scopes == (TargetCount("private-sector", 1, 1),)
    assert found.known.with_sector == 0


def test_a_sector_stated_anywhere_counts_in_each_country_of_a_catalogue() -> None:
    index = index_of(said(0, "DE", key=1), said(0, "energy", key=2), said(1, "DE", key=3))
    found = index.count(TargetingFilter(sectors=frozenset(("energy",))))
    assert counts(found.countries) == {"DE": (1, 1)}


def test_an_incident_counts_a_country_only_with_the_sector_that_it_hit_there() -> None:
    raid = {"incident": "raid", "years": (2021, 2021)}
    index = index_of(
        said(0, "DE", key=1, **raid),
        said(0, "FR", key=2, **raid),
        said(0, "energy", key=3, within=("DE",), **raid),
        said(0, "finance", key=4, within=("FR",), **raid),
    )
    found = index.count(TargetingFilter(sectors=frozenset(("energy",))))
    assert counts(found.countries) == {"DE": (1, 1)}
    in_france = index.count(TargetingFilter(countries=frozenset(("FR",))))
    assert counts(in_france.sectors) == {"finance": (1, 1)}
    assert index.actors_of(TargetingFilter(), country="DE", sector="finance") == ()


@pytest.mark.parametrize("years", [{}, {"first_year": 2021, "last_year": 2021}])
def test_an_actor_of_whom_a_catalogue_and_an_incident_say_the_same_is_counted_once(
    years: dict[str, int],
) -> None:
    raid = {"incident": "raid", "years": (2021, 2021)}
    index = index_of(
        said(0, "DE", key=1, years=(2021, 2021)),
        said(0, "energy", key=2, years=(2021, 2021)),
        said(0, "DE", key=3, **raid),
        said(0, "energy", key=4, **raid),
    )
    found = index.count(TargetingFilter(sectors=frozenset(("energy",)), **years))
    assert counts(found.countries) == {"DE": (1, 2)}


@pytest.mark.parametrize(
    ("first", "last", "actors"),
    [(2019, 2019, 0), (2019, 2020, 1), (2021, 2021, 1), (2022, 2030, 1), (2023, 2030, 0)],
)
def test_a_statement_matches_years_that_its_own_overlap(first: int, last: int, actors: int) -> None:
    index = index_of(said(0, "DE", key=1, years=(2020, 2022)), said(1, "DE", key=2))
    found = index.count(TargetingFilter(first_year=first, last_year=last))
    assert sum(one.actors for one in found.countries) == actors
    assert found.known.undated == 1


def test_behind_a_country_stand_the_incidents_that_hit_the_sector_there() -> None:
    index = index_of(
        said(0, "DE", key=1, incident="raid", years=(2024, 2024)),
        said(0, "energy", key=2, incident="raid", years=(2024, 2024), within=("DE",)),
        said(1, "DE", key=3, incident="other", years=(2024, 2024)),
        said(1, "finance", key=4, incident="other", years=(2024, 2024), within=("DE",)),
    )
    wanted = TargetingFilter(sectors=frozenset(("energy",)))
    (found,) = index.actors_of(wanted, country="DE")
    assert (found.actor.id, found.statements, found.basis.statements) == ("actor--0", 1, (1,))


def test_a_choice_of_kind_and_years_holds_for_countries_and_for_the_matrix() -> None:
    rows = [actor_row(0, kind="state", origins=("RU",)), actor_row(1, kind="criminal")]
    raid = {"incident": "raid", "years": (2024, 2024)}
    statements = [
        said(0, "DE", key=1, **raid),
        said(0, "energy", key=2, within=("DE",), **raid),
        said(1, "DE", key=3, years=(2024, 2024)),
        said(1, "energy", key=4, years=(2024, 2024)),
    ]
    index = TargetingIndex(statements, rows, LABELS)
    wanted = TargetingFilter(kinds=frozenset(("state",)), first_year=2023, last_year=2025)
    assert counts(index.count(wanted).countries) == {"DE": (1, 1)}
    assert index.matrix_by_origin(wanted).cells == {("energy", "RU"): 1}
    energy = replace(wanted, sectors=frozenset(("energy",)), kinds=frozenset())
    assert counts(index.count(energy).countries) == {"DE": (2, 2)}


def test_years_reach_from_the_first_to_the_last_of_any_statement() -> None:
    assert index_of(said(0, "DE", key=1)).years is None
    index = index_of(
        said(0, "DE", key=1, years=(2012, 2014)),
        said(0, "energy", key=2, years=(2010, 2010)),
        said(1, "FR", key=3, years=(0, 2020)),
    )
    assert index.years == (2010, 2020)
    assert index.actors_of(TargetingFilter(), country="FR")[0].years == (2020, 2020)


def test_a_year_that_nobody_can_mean_is_no_date() -> None:
    index = index_of(
        said(0, "DE", key=1, years=(1, 1)),
        said(0, "FR", key=2, years=(9999, 9999)),
        said(0, "UA", key=3, years=(2021, 1999)),
    )
    assert index.years == (2021, 2021)
    assert index.statements == 3


def test_what_rests_on_several_statements_bears_the_highest_of_their_levels() -> None:
    index = index_of(
        said(0, "DE", key=1, source="feed-a"),
        said(0, "DE", key=2, source="feed-b", tlp=Tlp.AMBER),
        said(0, "DE", key=3, source="feed-a", tlp=Tlp.GREEN),
    )
    (one,) = index.actors_of(TargetingFilter(), country="DE")
    assert one.basis.tlp is Tlp.AMBER
    assert one.basis.sources == ("feed-a", "feed-b")
    assert one.basis.statements == (1, 2, 3)


def test_many_statements_about_one_pair_are_all_counted() -> None:
    index = index_of(
        *(said(0, "DE", key=key, years=(2020, 2020)) for key in range(1, 301)),
        said(1, "DE", key=400, years=(2021, 2021)),
    )
    for wanted in (TargetingFilter(), TargetingFilter(first_year=2020, last_year=2021)):
        assert counts(index.count(wanted).countries) == {"DE": (2, 301)}


def test_an_index_of_nothing_answers_every_question_with_nothing() -> None:
    index = TargetingIndex((), (), LABELS)
    wanted = TargetingFilter(
        sectors=frozenset(("energy",)), countries=frozenset(("DE",)), first_year=2020
    )
    for one in (TargetingFilter(), wanted):
        found = index.count(one)
        assert (found.countries, found.places, found.sectors) == ((), (), ())
        assert found.known.actors == 0
        assert index.actors_of(one, country="DE") == ()
        assert index.matrix_by_origin(one).actors == 0
        assert index.matrix_by_actor(one).columns == ()


def test_what_is_said_of_somebody_who_is_no_actor_here_is_left_out() -> None:
    assert index_of(said(7, "DE", key=1)).statements == 0
