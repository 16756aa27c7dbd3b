"""Filtering actors: who is left, what each further choice would leave, why nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analysis.actor_filter import (
    FIELDS,
    NOT_STATED,
    SCOPES,
    ActorFilter,
    Choice,
    Field,
    Loosening,
    counts,
    loosen,
    matching,
    read_filter,
    stated,
)
from briefing.core.actor import ActorRow
from briefing.core.vocabulary import Vocabulary
from briefing.feeds.vocabulary import read_vocabulary

ROOT = Path(__file__).parents[3]


def row(
    name: str,
    *,
    kind: str = "",
    origins: tuple[str, ...] = (),
    motives: tuple[str, ...] = (),
    sectors: tuple[str, ...] = (),
    countries: tuple[str, ...] = (),
    newest: str = "",
) -> ActorRow:
    return ActorRow(
        id=f"intrusion-set--{name.casefold()}",
        name=name,
        attack_id="G0007" if name == "APT28" else "",
        kind=kind,
        origins=origins,
        motives=motives,
        goals=(),
        sectors=sectors,
        countries=countries,
        newest=newest,
        names=1,
        documents=1,
        techniques=0,
        software=0,
        statements=1,
        own_profile=False,
    )


APT28 = row(
    "APT28",
    kind="state",
    origins=("RU",),
    motives=("espionage",),
    sectors=("government", "defense"),
    countries=("UA", "DE", "org:nato"),
    newest="2026-04",
)
TURLA = row(
    "Turla",
    kind="state-linked",
    origins=("RU",),
    motives=("espionage", "sabotage"),
    sectors=("government", "private-sector"),
    countries=("UA",),
    newest="2023-05-01",
)
FIN7 = row("FIN7", kind="criminal", sectors=("unspecified",), newest="2023")
NOBODY = row("Storm-0001")
ALL = (APT28, TURLA, FIN7, NOBODY)


def named(chosen: ActorFilter) -> list[str]:
    return [actor.name for actor in matching(ALL, chosen)]


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (ActorFilter(), ["APT28", "Turla", "FIN7", "Storm-0001"]),
        (ActorFilter(origin="RU"), ["APT28", "Turla"]),
        (ActorFilter(origin="RU", sector="defense"), ["APT28"]),
        (ActorFilter(country="org:nato"), ["APT28"]),
        (ActorFilter(motive="sabotage"), ["Turla"]),
        (ActorFilter(kind="criminal"), ["FIN7"]),
        (ActorFilter(since="2024"), ["APT28"]),
        (ActorFilter(since="2023"), ["APT28", "Turla", "FIN7"]),
        (ActorFilter(origin="CN"), []),
    ],
)
def test_an_actor_is_left_when_it_meets_every_choice(chosen: ActorFilter, left: list[str]) -> None:
    assert named(chosen) == left


def test_what_nobody_states_can_be_asked_for() -> None:
    assert named(ActorFilter(origin=NOT_STATED)) == ["FIN7", "Storm-0001"]
    assert named(ActorFilter(kind=NOT_STATED)) == ["Storm-0001"]
    assert named(ActorFilter(motive=NOT_STATED)) == ["FIN7", "Storm-0001"]


def test_an_actor_without_a_dated_document_is_of_no_year() -> None:
    assert "Storm-0001" not in named(ActorFilter(since="1900"))


def test_text_is_looked_for_in_name_and_id_in_any_case() -> None:
    assert named(ActorFilter(text="turl")) == ["Turla"]
    assert named(ActorFilter(text="g0007")) == ["APT28"]


def test_counts_say_what_a_choice_would_leave_while_the_others_stay() -> None:
    assert counts(ALL, ActorFilter(), "origin") == (Choice("RU", 2), Choice(NOT_STATED, 2))
    assert counts(ALL, ActorFilter(since="2024"), "origin") == (Choice("RU", 1),)
    assert counts(ALL, ActorFilter(origin="RU"), "origin") == counts(ALL, ActorFilter(), "origin")


def test_scopes_come_after_sectors_and_unspecified_is_no_choice() -> None:
    codes = [choice.code for choice in counts(ALL, ActorFilter(), "sector")]
    assert codes == ["government", "defense", "private-sector"]


def test_what_is_chosen_stays_a_choice_even_when_it_leaves_nobody() -> None:
    assert Choice("defense", 0) in counts(
        ALL, ActorFilter(kind="criminal", sector="defense"), "sector"
    )
    assert Choice("2030", 0) in counts(ALL, ActorFilter(since="2030"), "since")


def test_a_year_counts_everything_since_then() -> None:
    assert counts(ALL, ActorFilter(), "since") == (Choice("2026", 1), Choice("2023", 3))


def test_stated_counts_only_what_says_something() -> None:
    assert [stated(ALL, field) for field in FIELDS] == [2, 2, 2, 2, 3, 3]
    assert stated(ALL, "text") == 4


def test_where_nobody_matches_the_choice_that_frees_most_is_named() -> None:
    assert loosen(ALL, ActorFilter(origin="RU", sector="water")) == Loosening("sector", 2)
    assert loosen(ALL, ActorFilter(sector="water", motive="influence", origin="CN")) == Loosening(
        None, 4
    )
    assert loosen(ALL, ActorFilter(text="nobody of this name")) == Loosening("text", 4)


def test_a_filter_survives_being_kept_and_what_it_does_not_know_is_left_out() -> None:
    chosen = ActorFilter(origin="RU", since="2024", text="apt")
    assert read_filter(chosen.values()) == chosen
    assert read_filter({"origin": "RU", "colour": "red", "since": 2024}) == ActorFilter(origin="RU")


def test_scopes_are_those_of_the_vocabulary() -> None:
    vocabulary: Vocabulary = read_vocabulary(ROOT / "data" / "vocabulary")
    assert set(vocabulary.scopes) == SCOPES


filters = st.builds(
    ActorFilter,
    sector=st.sampled_from(["", "government", "private-sector", "water"]),
    country=st.sampled_from(["", "UA", "org:nato"]),
    origin=st.sampled_from(["", "RU", NOT_STATED]),
    motive=st.sampled_from(["", "espionage", NOT_STATED]),
    kind=st.sampled_from(["", "state", NOT_STATED]),
    since=st.sampled_from(["", "2023", "2026"]),
    text=st.sampled_from(["", "a", "Storm"]),
)


@given(filters, st.sampled_from(FIELDS))
def test_every_count_is_what_choosing_it_leaves(chosen: ActorFilter, field: Field) -> None:
    for choice in counts(ALL, chosen, field):
        assert len(matching(ALL, chosen.choosing(field, choice.code))) == choice.count


@given(filters)
def test_matching_one_is_matching_all(chosen: ActorFilter) -> None:
    assert [actor for actor in ALL if chosen.matches(actor)] == list(matching(ALL, chosen))
