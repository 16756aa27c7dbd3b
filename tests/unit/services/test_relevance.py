"""Who would attack a client: what counts, what is shown, what is withheld, what would change it."""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from incident_samples import bases
from relevance_samples import (
    BEAR,
    DENTIST,
    PANDA,
    TODAY,
    TOLD,
    WOLF,
    add,
    bear,
    names,
    panda,
    raid,
    ranked,
    sponsored_by,
    targets,
    told,
    wolf,
)
from store_samples import rows

from briefing.core.client import Client
from briefing.services.relevance import Explained, RelevanceDesk
from briefing.store.connection import KnowledgeFile


@pytest.fixture
def desk(path: Path, closing_files: list[KnowledgeFile]) -> RelevanceDesk:
    """Reads when first asked, so a test fills the database before."""
    closing_files.append(KnowledgeFile(path))
    return RelevanceDesk(closing_files[0])


def why(desk: RelevanceDesk, actor: str, client: Client = DENTIST) -> Explained:
    return desk.explain(client, actor, today=TODAY)


def test_every_term_is_a_sentence_with_its_points_and_its_document(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), raid(1), raid(2, began="2025-07", countries=("CA",), sectors=()))
    (one,) = ranked(desk).actors
    assert told(one) == {
        "country": (0.75, "Seen in the United States in one reported incident, of June 2025."),
        "sector": (0.63, "Hit health and pharmaceuticals in one reported incident, of June 2025."),
        "region": (
            0.45,
            "Seen in the neighbourhood (Canada) in one reported incident, of July 2025.",
        ),
        "active": (1.3, "Its newest reported incident here began in July 2025."),
    }
    assert one.score == 3.13
    assert all(reason.basis.sources == (TOLD.id,) for reason in one.reasons)


def test_a_reason_names_the_statements_it_rests_on_and_no_others(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), raid(1, countries=("US", "JP"), sectors=("healthcare", "water")))
    (one,) = ranked(desk).actors
    said = {reason.term: set(reason.basis.statements) for reason in one.reasons}
    with closing(sqlite3.connect(path)) as connection:
        key = {
            (predicate, code): found
            for predicate, code, found in rows(
                connection, "SELECT predicate, object, key FROM statement WHERE subject LIKE 'inc%'"
            )
        }
    claim = key[("attributed-to", BEAR)]
    assert said == {
        "country": {claim, key[("targets-country", "US")]},
        "sector": {claim, key[("targets-sector", "healthcare")]},
        "active": {claim},
    }


def test_the_highest_score_comes_first_and_ties_go_by_name(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), panda(), wolf(), raid(1, by=WOLF), raid(2, by=PANDA))
    add(path, raid(3), raid(4))
    found = ranked(desk)
    assert names(found) == ["Bear", "Panda", "Wolf"]
    assert [one.score for one in found.actors] == [3.52, 2.68, 2.68]


def test_a_sponsor_counts_for_actors_said_to_be_its_own(desk: RelevanceDesk, path: Path) -> None:
    elsewhere = [
        raid(n, by=PANDA, countries=("JP",), sectors=(), initiator="CN") for n in range(2, 9)
    ]
    add(path, bear(*sponsored_by("RU")), panda(), raid(1), *elsewhere)
    (reason,) = [one for one in ranked(desk).actors[0].reasons if one.term == "sponsor"]
    # A day of June counts .923 after 214 days, halving every five years.
    share = (0.922 + 0.5) / (8 * 0.922 + 10)
    assert reason.points == pytest.approx(
        1.4 * math.log((0.922 + 5 * share) / 5.922 / share), abs=0.01
    )
    assert reason.text == (
        "One reported incident in the United States, of June 2025, is laid to Russia or to actors"
        " tied to it, as this one is: more than its share elsewhere."
    )
    assert reason.basis.sources == (TOLD.id, "feed-a")


def test_a_criminal_in_a_country_is_not_taken_for_sponsored_by_it(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(*sponsored_by("RU")), wolf(), raid(1), raid(2, by=WOLF))
    assert set(desk.memory.sponsors) == {BEAR}


def test_where_sources_name_several_countries_no_sponsor_counts(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(*sponsored_by("RU", "CN")), raid(1))
    assert desk.memory.sponsors == {}


def test_an_event_two_sources_tell_counts_once_and_names_both(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), raid(1), raid(9, began="2024-01-01"))
    add(path, raid(2, began="2025-06-05", countries=("US", "CA")), of="feed-b")
    found = ranked(desk)
    assert found.incidents == 2
    assert "2 reported incidents" in told(found.actors[0])["country"][1]
    (country,) = [one for one in desk.memory.history if one.incident.day == date(2025, 6, 1)]
    assert country.incident.countries == {"US", "CA"}
    assert len(country.claims) == 2


def test_an_incident_of_the_day_itself_does_not_count(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), raid(1, began=TODAY.isoformat()))
    found = ranked(desk)
    assert (found.ground, found.incidents, found.actors) == ("catalogue only", 0, ())


def test_the_basis_is_named_with_its_numbers(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, countries=("JP",), sectors=()))
    found = ranked(desk)
    assert (found.ground, found.concerning, found.incidents) == ("incident history", 1, 2)
    assert (found.until, found.of) == ("2025-06-01", 2)


def test_without_dated_incidents_catalogues_are_the_basis_until_some_arrive(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(*targets(BEAR, "US", "healthcare")), panda(*targets(PANDA, "CA")))
    before = ranked(desk)
    assert before.ground == "catalogue only"
    assert [(one.actor.name, one.score) for one in before.actors] == [("Bear", 0.9), ("Panda", 0.2)]
    assert told(before.actors[0])["country"] == (
        0.6,
        "Said to target the United States; no date is given.",
    )
    assert before.actors[0].reasons[0].basis.sources == ("feed-a",)
    add(path, raid(1, by=PANDA))
    desk.forget()
    assert ranked(desk).ground == "incident history"


def test_stale_incidents_call_nobody_active_and_say_so(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), raid(1, began="2023-02-03"))
    found = ranked(desk)
    assert "active" not in told(found.actors[0])
    assert found.missing[-1] == (
        "Who is active does not count: the newest incident here began in February 2023, more than"
        " a year ago."
    )
    assert found.missing[-1] in why(desk, BEAR).changes


@pytest.mark.parametrize(
    ("client", "sentence"),
    [
        (Client("A"), "No country and no sector is stated for this client: set them first."),
        (
            Client("B", ("healthcare",)),
            "No country is stated for this client, and countries matter most.",
        ),
        (Client("C", (), ("US",)), "No sector is stated for this client."),
    ],
)
def test_a_client_that_lacks_something_is_told(
    desk: RelevanceDesk, path: Path, client: Client, sentence: str
) -> None:
    add(path, bear(), raid(1))
    assert ranked(desk, client).missing[0] == sentence


def test_a_client_nobody_matches_is_told_that_this_is_no_safety(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), raid(1))
    found = ranked(desk, Client("D", ("water",), ("FJ",)))
    assert found.actors == ()
    assert found.missing == (
        "Nobody matches: no source here names an actor that was seen in its countries, near them,"
        " or in its sectors. That is a gap of the sources and no sign of safety.",
    )


def test_those_that_are_only_active_are_told_apart(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, countries=("JP",), sectors=()))
    found = ranked(desk)
    assert [set(told(one)) - {"active"} for one in found.actors] == [{"country", "sector"}, set()]
    assert found.missing[0].startswith(
        "Only 1 actor is tied to its countries or sectors by what is said here. The others are in"
        " the list because they were active lately, anywhere."
    )


def test_why_an_actor_is_not_here_says_what_would_change_it(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA, countries=("JP",), sectors=()))
    first, other = why(desk, BEAR), why(desk, PANDA)
    assert (first.rank, first.of, other.rank) == (1, 2, 2)
    assert other.changes == (
        "No dated incident in the United States is laid to it here; one that began today would add"
        " 0.83 points.",
        "No dated incident that hit health and pharmaceuticals is laid to it here; one that began"
        " today would add 0.69 points.",
        "No dated incident in a neighbouring country is laid to it; one that began today would add"
        " 0.49 points.",
        "Nobody says, or not with one voice, which country is behind it: no sponsor counts.",
    )


def test_an_actor_of_whom_nothing_counts_has_no_place_and_no_points(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(), panda(), raid(1))
    found = why(desk, PANDA)
    assert (found.rank, found.found.score, found.found.reasons, found.sources) == (0, 0.0, (), ())
    none = "None of its incidents here began in the last two years; one that began today would add"
    assert f"{none} 1.30 points." in found.changes


def test_under_catalogues_alone_the_missing_statements_are_named(
    desk: RelevanceDesk, path: Path
) -> None:
    add(path, bear(*targets(BEAR, "CA")))
    assert why(desk, BEAR).changes == (
        "No source here says that it targets the United States.",
        "No source here says that it targets health and pharmaceuticals.",
        "Dated incidents would say more: import EuRepoC under Sources.",
    )


def test_the_supply_chain_names_actors_by_their_ways_with_no_points(
    desk: RelevanceDesk, path: Path
) -> None:
    client = replace(
        DENTIST, customer_sectors=("government",), supplier_sectors=("water",), uses_msp=True
    )
    add(
        path,
        bear(*targets(BEAR, "water")),
        panda(),
        raid(1, sectors=("government",)),
        raid(2, by=PANDA, sectors=("technology",)),
        raid(3, by=PANDA, sectors=("technology",), began="2024-01-01"),
    )
    found = ranked(desk, client)
    assert found.supply_chain_of == 2
    bears, pandas = found.supply_chain
    assert told(bears) == {
        "customer": (
            0.0,
            "Hit government and administration in one reported incident, which you serve.",
        ),
        "supplier": (0.0, "Said to target water and dams, which serves you."),
    }
    assert told(pandas) == {
        "provider": (
            0.0,
            "Hit technology and IT services in 2 reported incidents, the sector of managed service"
            " providers.",
        )
    }
    assert ranked(desk).supply_chain == ()


def test_every_source_a_reason_names_is_among_the_sources(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(*targets(BEAR, "government")), raid(1))
    found = ranked(desk, replace(DENTIST, customer_sectors=("government",)))
    named = {key for basis in bases(found) for key in basis.sources}
    assert named == {entry.key for entry in found.sources} == {TOLD.id, "feed-a"}


def test_as_many_actors_are_explained_as_are_asked_for(desk: RelevanceDesk, path: Path) -> None:
    add(path, bear(), panda(), raid(1), raid(2, by=PANDA))
    assert names(desk.rank(DENTIST, today=TODAY, limit=1)) == ["Bear"]
