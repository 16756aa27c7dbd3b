"""Cases for measuring the ranking, read from a file without trust."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from briefing.analysis.relevance import DatedIncident
from briefing.analysis.relevance_backtest import Backtest, Case, backtest
from briefing.services.case_file import Members, Place, read_cases

MOST_WORK: Final = 20_000_000
"""Countries ranked times incidents, actors and sponsors looked at; about a minute."""


def backtest_relevance(path: Path) -> Backtest:
    """Rank every actor for each case of a file, beside how often each was reported before.

    The file is JSON, plain or gzip: ``actors`` (id → name), ``subregions`` (alpha-2 → name),
    ``history`` (incidents) and ``cases``.

    Raises:
        BriefingError: for a file that cannot be read or is no such file.
    """
    data = read_cases(path, "relevance").mapping()
    actors = list(data["actors"].mapping())
    subregions = {code: name.text() for code, name in data["subregions"].mapping().items()}
    history = [_incident(one.mapping()) for one in data["history"].items()]
    cases = [_case(one.mapping(), frozenset(actors)) for one in data["cases"].items()]
    if not cases:
        data["cases"].refuse("is empty, so there is nothing to measure.")
    each = len(history) + len(actors)
    if sum(len(case.countries) * (each + len(case.sponsors)) for case in cases) > MOST_WORK:
        data["cases"].refuse("would take too long to rank with so many actors and incidents.")
    return backtest(history, cases, actors, subregions)


def _incident(one: Members) -> DatedIncident:
    return DatedIncident(
        id=one["id"].name(),
        day=one["date"].day(),
        actors=tuple(dict.fromkeys(one["actors"].texts())),
        countries=frozenset(one["countries"].mapping()),
        sectors=frozenset(one["sectors"].texts()),
        initiators=frozenset(one["initiator_countries"].texts()),
    )


def _case(one: Members, actors: frozenset[str]) -> Case:
    actor = one["true_actor"]
    if actor.text() not in actors:
        actor.refuse("is none of the file’s actors.")
    countries = one["countries"].mapping()
    if not countries:
        one["countries"].refuse("is empty, so there is nothing to rank.")
    return Case(
        incident=one["incident"].name(),
        day=one["date"].day(),
        actor=actor.text(),
        countries=_each(countries, lambda sectors: frozenset(sectors.texts())),
        sponsors=_each(one["sponsors"].mapping(), Place.text),
    )


def _each(members: Mapping[str, Place], read: Callable[[Place], Any]) -> dict[str, Any]:
    return {key: read(place) for key, place in members.items()}
