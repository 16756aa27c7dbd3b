"""One incident opened: what was recorded, what follows from it, and what is known around it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import actor_id, claim, evidence, hypothesis, row_id, subject, worked_case
from endurance_inputs import new_database
from eurepoc_samples import incidents
from kept_cases import BUNDLED, below, keep, later
from store_samples import actor, changes, take

from briefing.analysis.ach import weigh
from briefing.analysis.case_warnings import Known, warnings
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.services.cases import list_cases, open_case, row_history
from briefing.store.connection import open_reader
from briefing.store.migrate import open_knowledge

RAID = row_id("incident", "raid")
FEED = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "receiver_country": "['Germany']",
    "attributed_initiator": "Fox",
    "attribution_basis": "Attacker confirms",
    "description": "A fox was seen.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty database."""
    return new_database(tmp_path / "knowledge.db")


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_knowledge(path)) as connection:
        yield connection


def test_a_page_holds_the_case_its_weighing_and_its_warnings(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [*worked_case().rows(), claim("b", accused="Egret")])
    page = open_case(writer, "raid-2023")
    assert page.case.incident == subject()
    assert page.weighing == weigh(page.case)
    assert page.warnings == warnings(page.case, page.weighing, Known())
    assert {one.rule for one in page.warnings} >= {4}
    assert page.told is None
    assert (page.withheld, page.actors, page.shared_names) == (0, {}, {})
    assert [(key, one.title) for key, one in page.sources.items()] == [
        ("local-analyst", "Recorded here")
    ]
    assert list_cases(writer)[0].id == page.case.incident.id


def test_a_page_knows_the_actors_that_rows_name_and_who_else_bears_a_name(
    writer: sqlite3.Connection, path: Path
) -> None:
    since = StatementDraft(
        actor(1).native_id, Predicate.ACTIVE_SINCE, value="2024", first_seen="2024"
    )
    take(writer, path, changes(actor(1, "Heron", said=[since]), actor(2, "Ardea", "Heron")))
    native = actor(1).native_id
    keep(
        writer,
        path,
        [
            subject(),
            claim("a", accused="Heron", actor=native),
            hypothesis("h1", actors=(native, actor_id("Ibis"))),
        ],
    )
    page = open_case(writer, RAID)
    assert {key: (one.name, one.first_seen) for key, one in page.actors.items()} == {
        native: ("Heron", "2024")
    }
    assert page.shared_names == {"Heron": ("Ardea", "Heron")}
    assert {5, 15} <= {one.rule for one in page.warnings}


def test_a_feed_s_incident_is_told_by_the_feed_beside_its_claims(
    writer: sqlite3.Connection, path: Path
) -> None:
    take(writer, path, incidents(FEED))
    page = open_case(writer, incident_id("1"))
    assert page.told is not None
    assert page.told.claims == ()
    assert [said.text for said in page.told.descriptions] == ["A fox was seen."]
    assert len(page.case.claims) == 1
    assert set(page.sources) == {"eurepoc"}
    assert page.case.incident.description == ""


def test_who_holds_rows_is_told_by_title(writer: sqlite3.Connection, path: Path) -> None:
    keep(writer, path, [subject(), evidence("e1")], of=BUNDLED)
    keep(writer, path, [later(evidence("e1"), text="Again")])
    page = open_case(writer, RAID)
    assert {key: one.title for key, one in page.sources.items()} == {
        "threat-briefing-incidents": "Our incidents",
        "local-analyst": "Recorded here",
    }
    assert {one.source for one in page.case.rows()} == set(page.sources)


def test_a_page_below_a_ceiling_weighs_what_its_audience_may_see(
    writer: sqlite3.Connection, path: Path
) -> None:
    hidden = replace(evidence("x"), tlp=Tlp.RED)
    rows = [
        subject(),
        evidence("e1"),
        hidden,
        hypothesis("h1", {"e1": "I", "x": "CC"}),
        hypothesis("h2", {"e1": "N", "x": "II"}),
    ]
    keep(writer, path, rows)
    everything = open_case(writer, RAID)
    with below(path, Tlp.AMBER) as reader:
        page = open_case(reader, RAID)
    assert everything.weighing.leaders == (row_id("hypothesis", "h1"),)
    assert page.weighing.leaders == (row_id("hypothesis", "h2"),)
    assert page.withheld == 1
    assert hidden.id not in repr(page)


def test_history_is_told_version_by_version(writer: sqlite3.Connection, path: Path) -> None:
    keep(writer, path, [subject()], of=BUNDLED)
    keep(writer, path, [later(subject(), name="Renamed")])
    assert [getattr(row, "name", "") for row in row_history(writer, RAID)] == [
        "Renamed",
        subject().name,
    ]


def test_an_incident_that_is_not_there_is_told_with_what_is_near(
    writer: sqlite3.Connection, path: Path
) -> None:
    keep(writer, path, [subject()])
    with pytest.raises(NotFoundError, match="no incident “raid-2024”") as error:
        open_case(writer, "raid-2024")
    assert "raid-2023" in error.value.near


def test_labels_of_sectors_and_countries_come_with_the_page(
    bundled_database: Path,
) -> None:
    with closing(open_reader(bundled_database)) as reader:
        row = next(row for row in list_cases(reader) if row.sectors and row.countries)
        page = open_case(reader, row.id)
    for code in (*row.sectors, *row.countries):
        assert page.labels[code]
        assert page.labels[code] != code
