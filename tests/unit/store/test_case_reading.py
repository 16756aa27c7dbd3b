"""One incident as it was recorded, with what feeds claim about it, and the history of a row."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from case_samples import (
    actor_id,
    assessment,
    case,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from drawn_cases import cases
from eurepoc_samples import incidents
from hypothesis import given, settings
from kept_cases import BUNDLED, LAST, LATER, keep, later
from store_samples import actor, changes, rows, take

from briefing.core.case import Case, Cell, Subject
from briefing.core.case_words import Claimant, Mark
from briefing.core.changes import Predicate, StatementDraft
from briefing.core.tlp import Tlp
from briefing.feeds.eurepoc import incident_id
from briefing.store.case_actors import known_actors, shared_names
from briefing.store.case_reading import (
    feed_claim_id,
    feed_sources,
    read_case,
    row_versions,
    whole,
)
from briefing.store.migrate import open_knowledge

RAID = row_id("incident", "raid")
FED = incident_id("1")
FEED = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "end_date": "2021-03-09",
    "receiver_country": "['Germany']",
    "receiver_category": "[['Media']]",
    "attributed_initiator": "Fox",
    "attribution_basis": "Attacker confirms",
    "attributing_actor": "Fox itself",
    "attribution_date": "2021-03-10",
    "attribution_type": "Self-attribution in the course of the attack",
}


def placed(made: Case) -> Case:
    """The same with places, so that the order of rows is theirs."""
    return replace(
        made,
        **{
            name: tuple(replace(row, place=n) for n, row in enumerate(getattr(made, name)))
            for name in ("claims", "evidence", "hypotheses", "assessments", "opinions")
        },
    )


def test_a_case_comes_back_as_it_was_recorded(database: sqlite3.Connection, path: Path) -> None:
    kept = placed(worked_case())
    keep(database, path, kept.rows())
    read = read_case(database, RAID)
    assert read.case == kept
    assert {row.source for row in read.case.rows()} == {"local-analyst"}
    assert read.own == {row.id for row in kept.rows()}
    assert read.withheld == 0


@settings(max_examples=25)
@given(cases())
def test_whatever_was_recorded_comes_back_as_it_was(drawn: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "knowledge.db"
        with closing(open_knowledge(path)) as database:
            keep(database, path, drawn.rows())
            assert read_case(database, drawn.incident.id).case == drawn


def test_rows_are_ordered_by_place_then_by_when_they_were_first_recorded(
    database: sqlite3.Connection, path: Path
) -> None:
    kept = [
        subject(),
        evidence("late", created="2024-03-01T09:00:00.002Z", modified=LATER),
        evidence("early", created="2024-03-01T09:00:00.001Z", modified=LATER),
        evidence("placed", place=-1),
        evidence("last", place=5),
    ]
    keep(database, path, kept)
    found = [one.id for one in read_case(database, RAID).case.evidence]
    assert found == [row_id("evidence", key) for key in ("placed", "early", "late", "last")]


def test_rows_of_other_incidents_are_not_in_it(database: sqlite3.Connection, path: Path) -> None:
    other = subject("other", slug="other")
    keep(database, path, [subject(), other, evidence("e1"), evidence("e2", incident=other.id)])
    assert [one.id for one in read_case(database, RAID).case.evidence] == [row_id("evidence", "e1")]


def test_the_latest_version_counts_and_every_version_can_be_read(
    database: sqlite3.Connection, path: Path
) -> None:
    first, second = evidence("e1"), later(evidence("e1"), text="Second", author="B")
    third = later(second, LAST, withdrawn=True, author="C")
    keep(database, path, [subject(), first], of=BUNDLED)
    keep(database, path, [second])
    assert read_case(database, RAID).case.evidence == (second,)
    keep(database, path, [third])
    assert read_case(database, RAID).case.evidence == ()
    versions = row_versions(database, first.id)
    assert versions == (third, second, first)
    assert [one.source for one in versions] == [
        "local-analyst",
        "local-analyst",
        "threat-briefing-incidents",
    ]
    assert row_versions(database, row_id("evidence", "never")) == ()


def test_a_version_that_several_hold_is_one_version(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, [subject()], of=BUNDLED)
    keep(database, path, [subject()])
    assert len(row_versions(database, RAID)) == 2
    assert [one.source for one in row_versions(database, RAID)] == [
        "local-analyst",
        "threat-briefing-incidents",
    ]


def test_versions_of_what_is_no_row_are_none(database: sqlite3.Connection, path: Path) -> None:
    take(database, path, changes(actor(8, "Foreign", kind="incident"), full=False))
    assert row_versions(database, actor(8, kind="incident").native_id) == ()


def test_a_feed_s_incident_and_claims_stand_in_a_case_like_rows(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    take(database, path, incidents(FEED))
    read = read_case(database, FED)
    found = read.case
    assert (found.incident.name, found.incident.first_seen) == ("Fox raid", "2021-03-04")
    assert (found.incident.last_seen, found.incident.sectors) == ("2021-03-09", ("media",))
    assert found.incident.source == "eurepoc"
    (told,) = found.claims
    assert (told.by, told.accused, told.date) == ("Fox itself", "Fox", "2021-03-10")
    assert (told.claimant, told.basis) == (Claimant.ACTOR, "Attacker confirms")
    assert told.actor == actor(1).native_id
    assert told.type == "Self-attribution in the course of the attack"
    assert (told.origin, told.source, told.is_of_feed) == ("Fox itself", "eurepoc", True)
    assert (
        told.reliability
        == rows(database, "SELECT reliability FROM source WHERE id='eurepoc'")[0][0]
    )
    assert told.credibility is None
    assert told.documents[0].title == told.author
    ((key,),) = rows(database, "SELECT key FROM statement WHERE predicate = 'attributed-to'")
    assert told.id == feed_claim_id(key)
    assert read.own == frozenset()
    assert feed_sources(database, FED) == ("eurepoc",)


def test_a_claim_of_a_feed_keeps_its_id_whatever_else_is_imported(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(FEED))
    before = [one.id for one in read_case(database, FED).case.claims]
    keep(database, path, worked_case().rows())
    take(database, path, incidents(FEED, {**FEED, "incident_id": "2"}))
    assert [one.id for one in read_case(database, FED).case.claims] == before


def test_rows_about_a_feed_s_incident_come_before_its_claims(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(FEED))
    told = read_case(database, FED).case.claims[0]
    mine = claim("a", incident=FED)
    shown = evidence("e1", incident=FED, bears_on=())
    shown = replace(shown, bears_on=(told.id, mine.id))
    keep(database, path, [mine, shown])
    found = read_case(database, FED).case
    assert [one.id for one in found.claims] == [mine.id, told.id]
    assert found.evidence[0].bears_on == (told.id, mine.id)
    assert isinstance(found.incident, Subject)
    assert found.incident.source == "eurepoc"


def test_a_feed_s_claim_that_was_taken_over_as_a_row_is_there_once(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, incidents(FEED))
    told = read_case(database, FED).case.claims[0]
    taken = replace(claim("a", incident=FED), id=told.id)
    keep(database, path, [taken])
    assert read_case(database, FED).case.claims == (taken,)


def test_an_incident_of_our_own_is_told_by_no_feed(
    database: sqlite3.Connection, path: Path
) -> None:
    keep(database, path, worked_case().rows(), of=BUNDLED)
    keep(database, path, [later(subject(), name="Renamed")])
    assert feed_sources(database, RAID) == ()


def test_references_to_rows_that_are_not_there_are_not_there_either() -> None:
    evidence_, answers = evidence("e1"), (hypothesis("h1", {"e1": "C", "e2": "I"}),)
    made = case(
        claim("a"),
        evidence("e1", bears_on=("a", "b")),
        *answers,
        assessment("j1", "h1", supersedes="j0"),
        assessment("j2", "h9"),
        opinion("o1", "j1", hypothesis="h9"),
        opinion("o2", "j2"),
    )
    found = whole(made)
    assert found.evidence[0].bears_on == (row_id("claim", "a"),)
    assert found.hypotheses[0].cells == (Cell(evidence_.id, Mark.C),)
    assert [one.id for one in found.assessments] == [row_id("assessment", "j1")]
    assert found.assessments[0].supersedes == ""
    assert [one.id for one in found.opinions] == [row_id("opinion", "o1")]
    assert found.opinions[0].hypothesis == ""
    assert whole(found) == found
    assert whole(worked_case()) == worked_case()


def test_actors_are_told_by_name_number_and_earliest_date(
    database: sqlite3.Connection, path: Path
) -> None:
    since = [
        StatementDraft(actor(1).native_id, Predicate.ACTIVE_SINCE, value=day, first_seen=day)
        for day in ("2015-02", "2012")
    ]
    take(database, path, changes(actor(1, "Fox", said=since), actor(2, "Lynx")))
    found = known_actors(database, ["", actor(1).native_id, actor(2).native_id, actor_id("Ibis")])
    assert set(found) == {actor(1).native_id, actor(2).native_id}
    fox = found[actor(1).native_id]
    assert (fox.name, fox.attack_id, fox.first_seen, fox.tlp) == ("Fox", "", "2012", Tlp.CLEAR)
    assert found[actor(2).native_id].first_seen == ""


def test_an_actor_is_as_guarded_as_the_least_guarded_source_of_its_name(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox")))
    native = actor(1).native_id
    database.execute("UPDATE statement SET tlp = 'AMBER' WHERE predicate = 'named'")
    assert known_actors(database, [native])[native].tlp is Tlp.AMBER
    database.execute("UPDATE source SET tlp = 'RED'")
    assert known_actors(database, [native])[native].tlp is Tlp.RED


def test_an_actor_called_by_the_title_of_its_record_is_as_guarded_as_the_record(
    database: sqlite3.Connection, path: Path
) -> None:
    take(database, path, changes(actor(1, "Fox", name="The fox", value=None)))
    native = actor(1).native_id
    assert known_actors(database, [native])[native].name == "The fox"
    assert known_actors(database, [native])[native].tlp is Tlp.CLEAR
    database.execute("UPDATE statement SET tlp = 'GREEN'")
    assert known_actors(database, [native])[native].tlp is Tlp.GREEN


@pytest.mark.parametrize("name", ["Fox", "FOX", " fox "])
def test_a_name_that_several_actors_bear_lists_them(
    database: sqlite3.Connection, path: Path, name: str
) -> None:
    take(database, path, changes(actor(1, "Fox"), actor(2, "Vulpes", "Fox"), actor(3, "Lynx")))
    assert shared_names(database, [name, "Lynx", "Nobody", ""]) == {name: ("Fox", "Vulpes")}
