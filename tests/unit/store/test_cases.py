"""The list of incidents with what was recorded about each, and finding one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from case_samples import (
    actor_id,
    assessment,
    claim,
    evidence,
    hypothesis,
    row_id,
    subject,
    worked_case,
)
from eurepoc_samples import incidents
from kept_cases import BUNDLED, HERE, LATER, keep, later
from store_samples import actor, changes, source, take

from briefing.core.case_page import CaseRow
from briefing.core.case_words import Claimant
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.errors import NotFoundError
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.store.apply import undo
from briefing.store.cases import find_incident, incident_ids, list_cases
from briefing.store.connection import immediate
from briefing.store.incidents import list_incidents
from briefing.store.read_models import rebuild

RAID = row_id("incident", "raid")
FEED = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "receiver_country": "['Germany']",
    "attributed_initiator": "Fox",
    "attribution_basis": "Attacker confirms",
}


def listed(database: sqlite3.Connection) -> dict[str, CaseRow]:
    return {row.id: row for row in list_cases(database)}


def test_a_worked_incident_shows_what_was_recorded_about_it(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, worked_case().rows())
    (row,) = list_cases(database)
    assert (row.id, row.slug, row.name) == (RAID, "raid-2023", subject().name)
    assert (row.claims, row.evidence, row.hypotheses, row.assessed) == (1, 2, 3, True)
    assert (row.claimants, row.accused, row.bases) == (("media",), ("Heron",), ())
    assert (row.source, row.source_title, row.tlp) == ("local-analyst", "Recorded here", Tlp.CLEAR)
    assert row.started == "2023-09-10"
    assert row.is_worked


def test_incidents_of_feeds_are_listed_with_their_claims_behind_the_worked_ones(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(FEED))
    keep(database, path, (subject(first_seen="1999"), hypothesis("h1")))
    worked, fed = list_cases(database)
    assert worked.id == RAID
    assert (fed.id, fed.slug, fed.name) == (incident_id("1"), "", "Fox raid")
    assert (fed.claimants, fed.bases, fed.accused) == (
        ("actor",),
        ("Attacker confirms",),
        ("Fox",),
    )
    assert fed.only_attacker_says_so
    assert not fed.is_worked


def test_an_incident_whose_beginning_nobody_states_is_dated_by_its_disclosure(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject("a", slug="", first_seen="", disclosed="2023-09-11")])
    assert [row.started for row in list_cases(database)] == ["2023-09-11"]


def test_among_those_worked_alike_the_newest_come_first_and_undated_ones_last(
    database: sqlite3.Connection, path: Path
) -> None:
    days = {"a": "2020", "b": "2023-01-02", "c": "", "d": "2023-01-02"}
    keep(
        database,
        path,
        [
            subject(key, slug="", name=f"Raid {key}", first_seen=day, disclosed="")
            for key, day in days.items()
        ],
    )
    assert [row.name for row in list_cases(database)] == ["Raid b", "Raid d", "Raid a", "Raid c"]


def test_an_incident_of_a_feed_can_be_worked_on(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, incidents(FEED))
    mine = (claim("a", incident=incident_id("1")), evidence("e1", incident=incident_id("1")))
    keep(database, path, mine)
    (row,) = list_cases(database)
    assert (row.claims, row.evidence, row.is_worked) == (2, 1, True)
    assert set(row.claimants) == {"actor", "media"}
    assert not row.only_attacker_says_so


def test_the_version_that_was_recorded_last_counts_whoever_holds_it(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, worked_case().rows(), of=BUNDLED)
    keep(
        database,
        path,
        [
            later(subject(), name="Renamed", slug="renamed", sectors=("energy",)),
            later(claim("a"), accused="Egret", claimant=Claimant.VENDOR),
        ],
    )
    (row,) = list_cases(database)
    assert (row.name, row.slug, row.sectors) == ("Renamed", "renamed", ("energy",))
    assert (row.claims, row.accused, row.claimants) == (1, ("Egret",), ("vendor",))
    (incident,) = list_incidents(database)
    assert (incident.name, incident.claims, incident.sectors) == ("Renamed", 1, ("energy",))


@pytest.mark.parametrize("newest", [0, 1])
def test_which_version_counts_does_not_depend_on_the_order_of_imports(
    database: sqlite3.Connection, path: Path, newest: int
) -> None:
    parts = [
        ([subject()], BUNDLED),
        ([later(subject(), name="Renamed")], source("zulu")),
    ]
    for rows, holder in parts if newest else parts[::-1]:
        keep(database, path, rows, of=holder)
    assert [row.name for row in list_cases(database)] == ["Renamed"]


def test_of_versions_of_one_moment_the_one_recorded_here_counts(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject(name="Elsewhere")], of=source("zulu"))
    keep(database, path, [subject(name="Here")])
    assert [row.name for row in list_cases(database)] == ["Here"]


def test_what_was_taken_out_is_not_counted_and_comes_back_with_an_undo(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, worked_case().rows(), of=BUNDLED)
    out = [
        later(row, withdrawn=True)
        for row in (claim("a"), evidence("e1"), hypothesis("h1"), assessment("j1"))
    ]
    applied = keep(database, path, out)
    (row,) = list_cases(database)
    assert (row.claims, row.evidence, row.hypotheses, row.assessed) == (0, 1, 2, False)
    assert applied.snapshot is not None
    with immediate(database, path):
        undo(database, applied.snapshot)
        rebuild(database)
    (row,) = list_cases(database)
    assert (row.claims, row.evidence, row.hypotheses, row.assessed) == (1, 2, 3, True)


def test_an_incident_that_was_taken_out_is_not_listed_nor_are_its_claims_taken_for_boasts(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, worked_case().rows(), of=BUNDLED)
    keep(database, path, [later(subject(), withdrawn=True)])
    assert list_cases(database) == ()
    assert database.execute("SELECT count(*) FROM claim").fetchone()[0] == 0


def test_claims_without_their_incident_wait_for_it(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [claim("a"), evidence("e1")], of=source("early"))
    assert list_cases(database) == ()
    keep(database, path, [subject()])
    (row,) = list_cases(database)
    assert (row.claims, row.evidence) == (1, 1)


def test_whom_a_claim_means_is_the_actor_that_it_names_and_nobody_by_a_name(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Heron")))
    native = actor(1).native_id
    keep(
        database,
        path,
        [
            subject(),
            claim("a", actor=native),
            claim("b", accused="Heron"),
            claim("c", accused="Heron", actor=actor_id("Nobody")),
        ],
    )
    found = dict(
        database.execute(
            "SELECT json_extract(s.detail, '$.row'), c.actor FROM claim c"
            " JOIN statement s ON s.id = c.statement"
        ).fetchall()
    )
    assert found == {
        row_id("claim", "a"): native,
        row_id("claim", "b"): "",
        row_id("claim", "c"): "",
    }


def test_objects_of_other_programs_of_the_same_kinds_are_no_rows(
    database: sqlite3.Connection, path: Path
) -> None:
    foreign = [actor(7, kind="opinion"), actor(8, kind="incident", value="Foreign")]
    take(database, path, changes(*foreign, full=False))
    keep(database, path, [subject()])
    assert [row.id for row in list_cases(database)] == [RAID]


def test_two_sources_with_one_foreign_incident_are_not_versions_of_a_row(
    database: sqlite3.Connection, path: Path
) -> None:
    for name in ("feed-a", "feed-b"):
        native = actor(9, kind="incident").native_id
        said = [StatementDraft(native, Predicate.TARGETS_SECTOR, object=f"sector-{name}")]
        record = actor(9, "Twice told", kind="incident", said=said)
        take(database, path, changes(record, of=source(name)))
    (row,) = list_cases(database)
    assert row.sectors == ("sector-feed-a", "sector-feed-b")


def near(database: sqlite3.Connection, wanted: str) -> Sequence[str]:
    with pytest.raises(NotFoundError) as error:
        find_incident(database, wanted)
    assert wanted in error.value.message
    return error.value.near


def test_an_incident_is_found_by_id_readable_id_or_name(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(FEED))
    keep(database, path, [subject()])
    for wanted in (RAID, "raid-2023", " Raid-2023 ", subject().name, subject().name.upper()):
        assert find_incident(database, wanted) == RAID
    assert find_incident(database, incident_id("1")) == incident_id("1")
    assert find_incident(database, "fox raid") == incident_id("1")
    assert incident_ids(database) == {RAID, incident_id("1")}


def test_what_is_not_found_is_told_with_what_is_near(
    database: sqlite3.Connection, path: Path
) -> None:
    assert near(database, "anything") == ()
    keep(database, path, [subject()])
    assert "raid-2023" in near(database, "raid-2032")
    assert near(database, "zzzz") == ()
    assert near(database, "") == ()


def test_a_name_that_several_incidents_bear_is_not_guessed_at(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject("raid", name="Raid"), subject("other", slug="", name="RAID")])
    assert set(near(database, "raid")) == {"raid-2023", row_id("incident", "other")}


def test_the_highest_label_of_what_is_recorded_is_that_of_the_incident(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject(), evidence("e1", tlp=Tlp.AMBER)])
    assert listed(database)[RAID].tlp is Tlp.AMBER
    take(database, path, incidents(FEED))
    database.execute("UPDATE source SET tlp = 'GREEN' WHERE id = 'eurepoc'")
    database.commit()
    assert listed(database)[incident_id("1")].tlp is Tlp.GREEN
    keep(database, path, [later(subject(), LATER, tlp=Tlp.RED)], of=HERE)
    assert listed(database)[RAID].tlp is Tlp.RED
