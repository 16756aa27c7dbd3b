"""The backtest: what counts as found, and that it knows nothing of the day and the case itself."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from briefing.analysis.relevance import DatedIncident
from briefing.analysis.relevance_backtest import Backtest, Case, backtest, neighbours_of

REGIONS = {"US": "Northern America", "CA": "Northern America", "JP": "Eastern Asia"}
MANY = tuple(f"actor-{number:02}" for number in range(40))


def seen(number: int, day: date, actor: str, country: str = "US") -> DatedIncident:
    return DatedIncident(f"i{number}", day, (actor,), frozenset((country,)), frozenset())


def case(actor: str, *countries: str, incident: str = "case") -> Case:
    where = countries or ("US",)
    return Case(incident, date(2020, 6, 1), actor, dict.fromkeys(where, frozenset()), {})


run = partial(backtest, actors=MANY, subregions=REGIONS)


def test_the_actor_seen_most_in_the_country_is_found_first() -> None:
    history = [seen(n, date(2020, 1, n), "actor-07") for n in (1, 2)]
    found = run([*history, seen(3, date(2020, 1, 3), "actor-08")], [case("actor-07")])
    assert found.cases == 1
    assert found.formula.recall == {5: 1, 10: 1, 20: 1}
    assert found.formula.mrr == 1


def test_what_began_on_the_day_itself_is_not_known() -> None:
    found = run([seen(1, date(2020, 6, 1), "actor-07")], [case("actor-07")])
    assert found == run([], [case("actor-07")])


def test_the_case_itself_is_not_in_its_history() -> None:
    history = [seen(1, date(2020, 1, 1), "actor-07")]
    assert run(history, [case("actor-07", incident="i1")]) == run([], [case("actor-07")])


def test_where_all_are_tied_the_expected_share_is_found() -> None:
    found = run([], [case("actor-07")])
    assert found.formula.recall == {5: 5 / 40, 10: 10 / 40, 20: 20 / 40}
    assert found.formula.mrr == pytest.approx(1 / 20.5)
    assert found.popularity == found.formula


def test_each_country_of_a_case_weighs_one_over_their_number() -> None:
    history = [seen(1, date(2015, 1, 1), "actor-07", "US")]
    history += [seen(n, date(2020, 1, n), f"actor-{n + 10}", "JP") for n in range(1, 25)]
    both = run(history, [case("actor-07", "US", "JP")]).formula
    apart = [run(history, [case("actor-07", one)]).formula for one in ("US", "JP")]
    assert both.mrr == pytest.approx(sum(one.mrr for one in apart) / 2)
    assert both.recall[5] == pytest.approx(sum(one.recall[5] for one in apart) / 2)


def test_popularity_counts_reports_anywhere() -> None:
    history = [seen(n, date(2010, 1, n), "actor-07", "JP") for n in (1, 2, 3)]
    history += [seen(9, date(2020, 1, 1), "actor-08", "US")]
    found = run(history, [case("actor-08")])
    assert (found.formula.mrr, found.popularity.mrr) == (1, 1 / 2)


def test_no_cases_are_worth_nothing() -> None:
    found = run([], [])
    assert found == Backtest(0, found.formula, found.popularity)
    assert found.formula.mrr == 0


def test_neighbours_are_the_rest_of_the_sub_region() -> None:
    assert neighbours_of(("US",), REGIONS) == {"CA"}
    assert neighbours_of(("US", "CA"), REGIONS) == frozenset()
    assert neighbours_of(("XX",), REGIONS) == frozenset()
