"""Incidents and claims: made from what is said, linked only where there is one answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from eurepoc_samples import attributions, incidents, real_changes, receivers
from incident_samples import bases, claims_of, incident, says
from shared_data import needs_shared_data
from store_samples import actor, changes, native, read_models, rows, source, take

from briefing.core.actor import Coded
from briefing.core.changes import Predicate, RecordDraft
from briefing.core.errors import NotFoundError
from briefing.core.estimates import Confidence
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.store.apply import apply_changes, undo
from briefing.store.connection import immediate
from briefing.store.incidents import list_incidents, list_leak_site_claims, open_incident
from briefing.store.migrate import open_knowledge
from briefing.store.read_models import rebuild

RAID = incident_id("1")
NAMED = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "end_date": "2021-03-09",
    "receiver_country": "['Germany', 'NATO (region)']",
    "receiver_category": "[['Media'], ['Critical infrastructure']]",
    "attributed_initiator": "Fox",
    "attribution_basis": "Attacker confirms",
}


def test_an_incident_has_a_row_with_its_time_and_what_was_hit(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(NAMED))
    (row,) = list_incidents(database)
    assert (row.id, row.name, row.started, row.ended) == (
        RAID,
        "Fox raid",
        "2021-03-04",
        "2021-03-09",
    )
    assert (row.sectors, row.countries) == (
        ("critical-infrastructure", "media"),
        ("DE", "org:nato"),
    )
    assert (row.source, row.claims) == ("eurepoc", 1)
    ((record,),) = rows(database, "SELECT record FROM incident")
    assert rows(database, "SELECT kind FROM record WHERE id = ?", record) == [("incident",)]


def test_tables_of_one_source_can_come_in_any_order_and_none_removes_anothers_records(
    database: sqlite3.Connection, path: Path
) -> None:
    parts = [
        incidents(NAMED),
        attributions({"attributed_initiator": "Fox", "attribution_basis": "Attacker confirms"}),
        receivers({"receiver_country": "Germany", "receiver_category": "Media"}),
    ]
    for place in (2, 1, 0, 2, 1):
        applied = take(database, path, parts[place])
        assert applied.removed == 0
    assert rows(database, "SELECT kind FROM record WHERE to_snapshot IS NULL ORDER BY 1") == [
        ("attribution",),
        ("incident",),
        ("receiver",),
    ]
    (row,) = list_incidents(database)
    assert (row.name, row.claims) == ("Fox raid", 1)


def test_what_two_tables_say_alike_is_one_claim_and_what_they_say_otherwise_is_two(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(NAMED))
    fox = {"attributed_initiator": "Fox", "attribution_basis": "Attacker confirms"}
    owl = {**fox, "attributed_initiator": "Owl"}
    take(database, path, attributions(fox, owl))
    assert [row[5] for row in claims_of(database)] == ["Fox", "Owl"]
    page = open_incident(database, RAID)
    assert [claim.value for claim in page.claims] == ["Fox", "Owl"]
    assert page.row.claims == 2


@pytest.mark.parametrize("part", [attributions, receivers])
def test_an_incident_known_by_one_table_alone_bears_the_number_its_source_gave_it(
    database: sqlite3.Connection, path: Path, part: Any
) -> None:
    take(database, path, part({"attributed_initiator": "Fox", "receiver_country": "Germany"}))
    (row,) = list_incidents(database)
    assert (row.id, row.name, row.started) == (RAID, "Incident 1", "")


def test_an_incident_is_gone_when_its_records_are(database: sqlite3.Connection, path: Path) -> None:
    applied = take(database, path, incidents(NAMED))
    assert applied.snapshot is not None
    with immediate(database, path):
        undo(database, applied.snapshot)
        rebuild(database)
    assert list_incidents(database) == ()
    assert claims_of(database) == []


def test_incidents_are_listed_newest_first_and_undated_last(
    database: sqlite3.Connection, path: Path
) -> None:
    named = [{"name": name, "start_date": start} for name, start in (
        ("old", "2019"), ("Bee", "2021-01-02"), ("ant", "2021-01-02"), ("undated", ""),
    )]  # fmt: skip
    take(database, path, incidents(*named))
    assert [row.name for row in list_incidents(database)] == ["ant", "Bee", "old", "undated"]


def actors(*records: RecordDraft) -> Iterable[RecordDraft]:
    """Foxes and owls: Fox is one actor, Owl are two."""
    attack = {"meta": {"external_id": "G0001"}}
    return (
        actor(1, "Fox", "Vulpes", kind="intrusion-set", **attack),
        actor(2, "Owl", "Strix"),
        actor(3, "Owl", "Tyto"),
        actor(5, "Elk", kind="malware"),
        *records,
    )


@pytest.mark.parametrize(
    ("initiator", "expected"),
    [
        ("FOX", native(1, "intrusion-set")),
        ("vul-pes/Unheard of", native(1, "intrusion-set")),
        ("Owl", ""),
        ("Owl/Tyto", native(3)),
        ("Strix/Tyto", ""),
        ("Strix/Tyto/G0001", native(1, "intrusion-set")),
        ("Unheard of < Fox", ""),
        ("Elk", ""),
        ("\N{FOX FACE}", ""),
    ],
)
def test_an_actor_is_meant_only_where_names_lead_to_exactly_one(
    database: sqlite3.Connection, path: Path, initiator: str, expected: str
) -> None:
    take(database, path, changes(*actors(), of=source("mitre-attack")))
    take(database, path, attributions({"attributed_initiator": initiator}))
    ((_, _, _, found, *_rest),) = claims_of(database)
    assert found == expected


def test_a_country_is_no_name_of_an_actor(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(1, "Iran", "State"), of=source("misp-threat-actor")))
    rows_ = [
        {"attributed_initiator_country": "Iran", "attributed_initiator_category": "State"},
        {"attributed_initiator_category": "State"},
    ]
    take(database, path, attributions(*rows_))
    assert [(row[3], row[4], row[5]) for row in claims_of(database)] == [
        ("", "", "State"),
        ("", "IR", "Iran"),
    ]


def test_an_actor_that_comes_later_is_found_in_claims_that_stood_before(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, attributions({"attributed_initiator": "Fox"}))
    take(database, path, changes(actor(1, "Fox"), of=source("misp-threat-actor")))
    assert [row[3] for row in claims_of(database)] == [native(1)]


def test_the_id_of_an_actors_record_counts_before_its_names(
    database: sqlite3.Connection, path: Path
) -> None:
    said = says(Predicate.ATTRIBUTED_TO, native(2), "Fox", detail={"names": "no list"})
    odd = says(Predicate.ATTRIBUTED_TO, "", "Fox", detail={"names": [5, None], "by": 7})
    records = (incident(8, said), incident(9, odd), actor(1, "Fox"), actor(2, "Owl"))
    take(database, path, changes(*records))
    assert [(row[2], row[3]) for row in claims_of(database)] == [("", native(2)), ("", "")]


def test_a_claim_of_a_leak_site_names_a_victim_and_makes_no_incident(
    database: sqlite3.Connection, path: Path
) -> None:
    boasts = [
        incident(
            number,
            says(Predicate.NAMED, value=victim),
            says(Predicate.ATTRIBUTED_TO, value="Fox", confidence="low", tlp="AMBER"),
            says(Predicate.HAPPENED, "claimed", day, first_seen=day),
            kind="claim",
        )
        for number, victim, day in ((1, "Hen & Co", "2024-05-06"), (2, "Goose", "2024-05-07"))
    ]
    take(database, path, changes(actor(9, "Fox"), *boasts))
    assert list_incidents(database) == ()
    newest, oldest = list_leak_site_claims(database)
    assert (newest.about, oldest.about) == ("Goose", "Hen & Co")
    assert (oldest.incident, oldest.kind, oldest.by, oldest.value, oldest.date) == (
        native(1, "incident"),
        "leak-site",
        "Fox",
        "Fox",
        "2024-05-06",
    )
    assert (oldest.actor, oldest.confidence, oldest.basis.tlp) == (
        Coded(native(9), "Fox"),
        Confidence.LOW,
        Tlp.AMBER,
    )
    assert oldest.basis.sources == ("feed-a",)
    with pytest.raises(NotFoundError):
        open_incident(database, oldest.incident)


def test_of_several_sources_the_one_that_describes_the_incident_names_it(
    database: sqlite3.Connection, path: Path
) -> None:
    raid = (
        says(Predicate.NAMED, value="Raid"),
        says(Predicate.HAPPENED, "incident", "2021", first_seen="2021", last_seen="2022-05"),
    )
    again = (
        says(Predicate.NAMED, value="A raid"),
        says(Predicate.HAPPENED, "incident", "2020", first_seen="2020-07"),
    )
    take(database, path, changes(incident(1, *again), of=source("feed-b")))
    take(database, path, changes(incident(1, *raid), of=source("feed-a")))
    (row,) = list_incidents(database)
    assert (row.name, row.source, row.started, row.ended) == (
        "Raid",
        "feed-a",
        "2020-07",
        "2022-05",
    )
    assert [name.text for name in open_incident(database, row.id).names] == ["A raid", "Raid"]


@pytest.fixture(scope="module")
def eurepoc(
    bundled_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """The real catalogues with the three real tables beside them."""
    path = tmp_path_factory.mktemp("eurepoc") / "knowledge.db"
    path.write_bytes(bundled_database.read_bytes())
    with closing(open_knowledge(path)) as connection:
        with immediate(connection, path):
            for kind in ("receiver", "incident", "attribution"):
                now = "2026-01-02T03:04:05+00:00"
                apply_changes(connection, real_changes(kind), taken_at=now, applied_at=now)
            rebuild(connection)
        yield connection


@needs_shared_data
def test_the_real_tables_give_every_incident_and_every_claim_once(
    eurepoc: sqlite3.Connection,
) -> None:
    listed = [row for row in list_incidents(eurepoc) if row.source == "eurepoc"]
    assert len(listed) == 1643
    incidents = {row.id for row in listed}
    claims = [row for row in claims_of(eurepoc) if row[0] in incidents]
    assert sum(row.claims for row in listed) == len(claims) == 2585
    linked = [row for row in claims if row[3]]
    assert 800 <= len(linked) < 1000
    assert len({row[3] for row in linked}) > 150
    for row in listed[::40]:
        page = open_incident(eurepoc, row.id)
        assert len(page.claims) == row.claims
        known = {entry.key for entry in page.sources}
        assert all(set(basis.sources) <= known for basis in bases(page))


@needs_shared_data
def test_a_second_rebuild_of_the_real_tables_differs_in_nothing(
    eurepoc: sqlite3.Connection, tmp_path: Path
) -> None:
    before = read_models(eurepoc)
    with immediate(eurepoc, tmp_path / "any"):
        rebuild(eurepoc)
    after = read_models(eurepoc)
    assert before["incident"] == after["incident"]
    assert before["claim"] == after["claim"]
