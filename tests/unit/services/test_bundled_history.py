"""The dated incidents that come with the program: every one sourced, dated, coded and found."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import pytest
from galaxy_samples import real_vocabulary
from shared_data import FOLDER, needs_shared_data
from store_samples import rows, source

from briefing.feeds.history import SOURCE, history_changes, incident_id
from briefing.feeds.payload import Payload
from briefing.paths import data_folder
from briefing.services.inspect_database import describe_database
from briefing.store.connection import KnowledgeFile
from briefing.store.incidents import list_incidents, open_incident

FILES = sorted((data_folder() / "history").glob("*.csv"))
NOT_IN_THE_BUNDLE = {
    "Chronus Group",
    "Femwar02",
    "Interlock",
    "Medusa",
    "Qilin",
    "Scattered Lapsus$ Hunters",
    "TGR-STA-1030",
    "TeamPCP",
    "UNC1069",
    "Z-Pentest",
}
"""Actors of whom the catalogues in the bundle have no record yet; newer releases do."""


def kept() -> Iterator[tuple[Path, dict[str, str]]]:
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield path, row


@pytest.fixture(scope="module")
def bundle(bundled_database: Path) -> Iterator[KnowledgeFile]:
    database = KnowledgeFile(bundled_database)
    yield database
    database.close()


def test_no_row_of_ours_is_put_aside() -> None:
    payloads = [Payload(path.name, path.read_bytes()) for path in FILES]
    changes = history_changes(payloads, source(SOURCE), real_vocabulary())
    assert changes.quarantined == ()
    assert len(changes.records) == len(list(kept())) >= 200


def test_every_row_has_a_source_a_day_and_whom_somebody_named() -> None:
    for path, row in kept():
        assert urlsplit(row["url"]).scheme == "https", row
        assert row["publisher"], row
        assert row["actor"], row
        assert row["by"], row
        assert row["from"].startswith(path.stem), row
        assert "not shown" not in row["title"], row


def test_rows_stand_in_the_order_of_their_dates_and_no_id_twice() -> None:
    ids = [row["id"] for _, row in kept()]
    assert len(ids) == len(set(ids))
    for path in FILES:
        dated = [(row["from"], row["id"]) for at, row in kept() if at == path]
        assert dated == sorted(dated)


def test_every_sentence_is_one_line_that_ends_as_a_sentence_does() -> None:
    for _, row in kept():
        text = row["what"]
        assert text == " ".join(text.split()), text
        assert text[0].isupper() or text.startswith("ESET"), text
        assert text.endswith("."), text
        assert "!" not in text
        assert len(text) <= 160, text


def test_the_bundle_holds_each_of_them_with_one_claim(bundle: KnowledgeFile) -> None:
    listed = {row.id: row for row in list_incidents(bundle.connection) if row.source == SOURCE}
    assert set(listed) == {incident_id(row["id"]) for _, row in kept()}
    assert describe_database(bundle).counts["dated_incidents"] >= len(listed)
    for _, row in kept():
        found = listed[incident_id(row["id"])]
        assert (found.name, found.started, found.ended, found.claims) == (
            row["victim"],
            row["from"],
            row["to"],
            1,
        )
        assert set(found.sectors) == set(filter(None, row["sectors"].split(";")))
        assert set(found.countries) == set(filter(None, row["countries"].split(";")))


def test_the_record_in_the_row_decides_which_actor_is_meant(bundle: KnowledgeFile) -> None:
    members = dict(rows(bundle.connection, "SELECT native, actor FROM actor_member"))
    claims = {
        incident: (actor, value)
        for incident, actor, value in rows(
            bundle.connection, "SELECT incident, actor, value FROM claim WHERE kind = 'attribution'"
        )
    }
    for _, row in kept():
        expected = (members.get(row["actor_id"], ""), row["actor"])
        assert claims[incident_id(row["id"])] == expected, row
    unknown = {row["actor"] for _, row in kept() if row["actor_id"] not in members}
    assert unknown == NOT_IN_THE_BUNDLE


def test_at_least_two_hundred_are_dated_and_lead_to_an_actor(bundle: KnowledgeFile) -> None:
    ((found,),) = rows(
        bundle.connection,
        "SELECT count(*) FROM incident i WHERE i.started <> '' AND EXISTS"
        " (SELECT 1 FROM claim c WHERE c.incident = i.id AND c.actor <> '')",
    )
    assert found >= 200


def test_one_of_them_reads_as_it_was_written(bundle: KnowledgeFile) -> None:
    page = open_incident(bundle.connection, incident_id("colonial-pipeline-2021"))
    (claim,) = page.claims
    assert claim.value == "DarkSide"
    assert claim.actor.label == "GOLD WATERFALL"
    assert (claim.by, claim.claimant, claim.date) == ("FBI", "government", "2021-05")
    assert [target.target.code for target in page.targets] == ["energy", "US"]
    (document,) = page.documents
    assert page.attribution_documents == (document.key,)


@needs_shared_data
def test_who_is_not_in_the_bundle_is_in_a_newer_catalogue() -> None:
    galaxy = orjson.loads((FOLDER / "misp-galaxy" / "threat-actor.json").read_bytes())
    newer = {f"threat-actor--{cluster['uuid']}" for cluster in galaxy["values"]}
    attack = {"Medusa", "Qilin"}
    left = {row["actor_id"] for _, row in kept() if row["actor"] in NOT_IN_THE_BUNDLE - attack}
    assert left <= newer
