"""Whose targets are read: those of actors, and those of incidents laid to exactly one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from eurepoc_samples import attributions, incidents, receivers
from store_samples import actor, changes, document, native, source, take, targets

from briefing.core.changes import Predicate, StatementDraft
from briefing.core.targeting import TargetStatement
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.store.targeting import read_targets

RAID = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "end_date": "2022-01-09",
    "receiver_country": "['Germany', 'NATO (region)']",
    "receiver_category": "[['Media'], ['Critical infrastructure']]",
    "attributed_initiator": "Fox",
    "attribution_basis": "Attacker confirms",
}


def country(number: int, code: str, **more: object) -> StatementDraft:
    return StatementDraft(native(number), Predicate.TARGETS_COUNTRY, code, code, **more)  # type: ignore[arg-type] - fields by name


def once(statements: Iterable[TargetStatement]) -> dict[int, TargetStatement]:
    return {one.key: one for one in statements}


def test_what_is_said_of_an_actor_is_read_with_its_years_level_and_source(
    database: sqlite3.Connection, path: Path
) -> None:
    dated = country(1, "UA", first_seen="2013-05", last_seen="2015", tlp="AMBER")
    take(database, path, changes(actor(1, "Fox", said=[dated, *targets(1, "energy")])))
    found = {one.code: one for one in read_targets(database)}
    assert found["UA"] == TargetStatement(
        native(1), True, "UA", dated.key("feed-a", "CLEAR"), 2013, 2015, ("feed-a",), Tlp.AMBER
    )
    energy = found["energy"]
    assert (energy.place, energy.first, energy.last, energy.tlp) == (False, 0, 0, Tlp.CLEAR)


def test_records_of_one_actor_speak_of_the_same_actor(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy"))))
    take(database, path, changes(actor(2, "Fox", said=[country(2, "DE")]), of=source("feed-b")))
    assert len({one.actor for one in read_targets(database)}) == 1
    assert {one.code for one in read_targets(database)} == {"energy", "DE"}


def test_what_a_source_no_longer_says_is_not_read(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Fox", said=targets(1, "energy", "finance"))))
    take(database, path, changes(actor(1, "Fox", said=targets(1, "finance"), note="changed")))
    assert [one.code for one in read_targets(database)] == ["finance"]


def test_where_a_product_is_deployed_and_what_has_no_code_is_no_target(
    database: sqlite3.Connection, path: Path
) -> None:
    said = [
        StatementDraft(native(1), Predicate.DEPLOYED_IN, "DE", "Germany"),
        country(1, ""),
    ]
    take(database, path, changes(actor(1, "Fox", said=said)))
    assert list(read_targets(database)) == []


def test_an_incident_counts_for_the_actor_to_whom_it_is_laid_with_its_own_dates(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    take(database, path, incidents(RAID))
    found = {one.code: one for one in read_targets(database)}
    assert set(found) == {"DE", "org:nato", "media", "critical-infrastructure"}
    assert {(one.actor, one.first, one.last, one.incident) for one in found.values()} == {
        (native(1), 2021, 2022, incident_id("1"))
    }
    assert found["media"].within == ("DE",)
    assert found["critical-infrastructure"].within == ("org:nato",)
    assert found["DE"].within == ()


def test_two_tables_of_a_source_that_say_the_same_give_one_key(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    take(
        database,
        path,
        incidents(RAID | {"receiver_country": "['Germany']", "receiver_category": "[['Media']]"}),
    )
    alone = set(once(read_targets(database)))
    take(database, path, receivers({"receiver_country": "Germany", "receiver_category": "Media"}))
    assert len(list(read_targets(database))) == 2 * len(alone)
    assert set(once(read_targets(database))) == alone


@pytest.mark.parametrize(
    "changed",
    [
        {"attributed_initiator": "Nobody known"},
        {"attributed_initiator": ""},
        {"start_date": "", "end_date": ""},
    ],
)
def test_an_incident_of_nobody_known_or_of_no_date_counts_for_nobody(
    database: sqlite3.Connection, path: Path, changed: dict[str, str]
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    take(database, path, incidents(RAID | changed))
    assert list(read_targets(database)) == []


def test_an_incident_that_is_laid_to_two_actors_counts_for_neither(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Owl")))
    take(database, path, incidents(RAID))
    assert list(read_targets(database))
    take(
        database,
        path,
        attributions({"attributed_initiator": "Owl", "attribution_basis": "Attacker confirms"}),
    )
    assert list(read_targets(database)) == []


def test_our_own_text_rests_on_what_it_cites_and_a_catalogue_on_itself(
    database: sqlite3.Connection, path: Path
) -> None:
    cited = document()
    for number, of in ((1, source("own", kind="own-text")), (2, source("feed-b"))):
        said = [country(number, "DE", documents=(cited.id,)), country(number, "FR")]
        take(
            database,
            path,
            changes(actor(number, f"Fox {number}", said=said), of=of, documents=[cited]),
        )
    found = {(one.actor, one.code): one.sources for one in read_targets(database)}
    assert found == {
        (native(1), "DE"): (cited.id,),
        (native(1), "FR"): ("own",),
        (native(2), "DE"): ("feed-b",),
        (native(2), "FR"): ("feed-b",),
    }
