"""The real catalogue, counted once by the index and once by plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.core.targeting import TargetingFilter
from briefing.services.targeting import TargetingIndex
from briefing.store.connection import KnowledgeFile

OF_ACTORS = """
    SELECT m.actor, s.key FROM statement s JOIN actor_member m ON m.native = s.subject
    WHERE s.to_snapshot IS NULL AND s.predicate = :predicate AND s.object = :code
"""
OF_INCIDENTS = """
    SELECT c.actor, s.key FROM statement s JOIN claim c ON c.incident = s.subject
    JOIN incident i ON i.id = s.subject
    WHERE s.to_snapshot IS NULL AND s.predicate = :predicate AND s.object = :code
    AND i.started <> '' AND c.actor <> '' AND NOT EXISTS (
        SELECT 1 FROM claim o WHERE o.incident = c.incident AND o.actor NOT IN ('', c.actor))
"""

BOTH = f"SELECT * FROM ({OF_ACTORS} UNION {OF_INCIDENTS})"  # noqa: S608 - our own expression


@pytest.fixture
def knowledge(bundled_database: Path) -> Iterator[KnowledgeFile]:
    with closing(KnowledgeFile(bundled_database)) as opened:
        yield opened


@pytest.fixture
def index(knowledge: KnowledgeFile) -> TargetingIndex:
    return TargetingIndex.read(knowledge)


def by_sql(connection: sqlite3.Connection, predicate: str, code: str) -> tuple[int, int]:
    found = connection.execute(BOTH, {"predicate": predicate, "code": code}).fetchall()
    return len({actor for actor, _ in found}), len({key for _, key in found})


def codes(connection: sqlite3.Connection, predicate: str) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT object FROM statement WHERE predicate = ? AND object <> ''"
        " AND to_snapshot IS NULL",
        (predicate,),
    )
    return [code for (code,) in rows]


def test_every_country_place_sector_and_scope_is_counted_as_sql_counts_it(
    knowledge: KnowledgeFile, index: TargetingIndex
) -> None:
    found = index.count(TargetingFilter())
    for predicate, counts in (
        ("targets-country", (*found.countries, *found.places)),
        ("targets-sector", (*found.sectors, *found.scopes)),
    ):
        counted = {one.code: (one.actors, one.statements) for one in counts}
        by_hand = {
            code: by_sql(knowledge.connection, predicate, code)
            for code in codes(knowledge.connection, predicate)
        }
        assert counted == {code: numbers for code, numbers in by_hand.items() if numbers[0]}
    assert "UA" in {one.code for one in found.countries}


def test_the_list_behind_ukraine_is_as_long_as_its_number_says(index: TargetingIndex) -> None:
    wanted = TargetingFilter()
    (ukraine,) = (one for one in index.count(wanted).countries if one.code == "UA")
    listed = index.actors_of(wanted, country="UA")
    assert len(listed) == ukraine.actors
    assert sum(one.statements for one in listed) == ukraine.statements
    assert all(one.basis.sources for one in listed)


def test_who_is_said_to_target_the_middle_east_is_counted_for_no_country_because_of_it(
    knowledge: KnowledgeFile, index: TargetingIndex
) -> None:
    found = index.count(TargetingFilter())
    assert "region:middle-east" in {one.code for one in found.places}
    alone = [
        one.actor
        for one in index.actors_of(TargetingFilter(), place="region:middle-east")
        if not any(len(code) == 2 for code in one.actor.countries)
    ]
    assert alone
    for actor in alone:
        theirs = index.count(TargetingFilter(actors=frozenset((actor.id,))))
        assert by_incidents(knowledge.connection, actor.id) >= {
            one.code for one in theirs.countries
        }


def by_incidents(connection: sqlite3.Connection, actor: str) -> set[str]:
    rows = connection.execute(
        "SELECT s.object FROM statement s JOIN claim c ON c.incident = s.subject"
        " WHERE c.actor = ? AND s.predicate = 'targets-country'",
        (actor,),
    )
    return {code for (code,) in rows}


def test_the_denominator_is_what_sql_counts(
    knowledge: KnowledgeFile, index: TargetingIndex
) -> None:
    connection = knowledge.connection
    known = index.count(TargetingFilter()).known
    assert known.actors == connection.execute("SELECT count(*) FROM actor").fetchone()[0]
    assert (
        known.with_origin
        == connection.execute("SELECT count(*) FROM actor WHERE origins <> ''").fetchone()[0]
    )
    countries: set[str] = set()
    for code in codes(connection, "targets-country"):
        if len(code) == 2:
            found = connection.execute(BOTH, {"predicate": "targets-country", "code": code})
            countries.update(actor for actor, _ in found)
    assert known.with_country == len(countries)


def test_years_leave_out_what_bears_no_date_and_say_how_many_actors(index: TargetingIndex) -> None:
    assert index.years is not None
    first, last = index.years
    whole = index.count(TargetingFilter())
    dated = index.count(TargetingFilter(first_year=first, last_year=last))
    assert dated.matching + dated.known.undated == len(index.actors_of(TargetingFilter()))
    assert 0 < dated.matching < whole.matching
