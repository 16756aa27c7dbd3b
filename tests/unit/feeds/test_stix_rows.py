"""Bundles with rows of cases: taken together or put aside with a reason, and the rest is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from case_samples import (
    RECORDED,
    assessment,
    claim,
    document,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from stix_samples import context, put_aside, read, ref, stated, thing

from briefing.core.case import Row
from briefing.core.case_schema import extension_value
from briefing.core.case_stix import DERIVED, EXTENSION, author_id, from_stix, to_stix
from briefing.core.changes import ChangeSet
from briefing.core.stix_tlp import TLP_MARKINGS, marking_definition
from briefing.core.tlp import Tlp
from briefing.feeds.case_rows import row_records

ACTOR = thing("intrusion-set", 1, name="Fox")
WORKED = tuple(worked_case().rows())


def author(name: str = "Analyst", tlp: Tlp = Tlp.CLEAR) -> dict[str, Any]:
    marks = {"object_marking_refs": [TLP_MARKINGS[tlp]]}
    return {**thing("identity", 1, name=name), "id": author_id(name), **marks}


def taken(*rows: Row, beside: tuple[Any, ...] = ()) -> ChangeSet:
    return read(*map(to_stix, rows), *beside)


def kept(changes: ChangeSet) -> list[str]:
    return [record.native_id for record in changes.records]


def spoiled(row: Row, **extension: Any) -> dict[str, Any]:
    value = to_stix(row)
    value["extensions"][EXTENSION].update(extension)
    return value


def test_rows_become_the_records_that_they_are_everywhere() -> None:
    changes = taken(*WORKED, beside=(author(),))
    records, documents = row_records(WORKED)
    assert changes.records[: len(records)] == records
    assert changes.documents == documents
    assert changes.quarantined == ()
    assert not changes.full
    assert [from_stix(record.value()) for record in changes.records[:-1]] == list(WORKED)


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_objects_does_not_matter(turned: bool) -> None:
    rows = WORKED[::-1] if turned else WORKED
    assert put_aside(taken(*rows)) == []


def test_an_assessment_is_no_advisory_and_a_row_no_foreign_report() -> None:
    changes = taken(*WORKED)
    assert {record.kind for record in changes.records} == {
        *("incident", "claim-row", "evidence", "hypothesis", "assessment")
    }
    assert stated(changes, "mentioned-in") == []


def test_the_rest_of_a_bundle_is_taken_beside_rows_and_beside_bad_ones() -> None:
    bad = spoiled(claim("bad"), status="proved")
    changes = read(ACTOR, bad, to_stix(subject()), thing("tool", 1, name="Probe"))
    assert kept(changes) == [ACTOR["id"], subject().id, ref("tool")]
    assert put_aside(changes) == [
        (
            claim("bad").id,
            "Object 2: its “status” is “proved”; it may be: unverified, corroborated, contested,"
            " retracted, refuted.",
        )
    ]


def test_what_follows_from_rows_is_passed_over_and_never_overwrites_anything() -> None:
    derived = (
        {**thing("campaign", 1, name="Raid"), "extensions": extension_value(DERIVED)},
        {**ACTOR, "name": "Not the fox", "extensions": extension_value(DERIVED)},
        thing("relationship", 1, extensions=extension_value(DERIVED)),
    )
    definition = {**thing("extension-definition", 1, name="x"), "id": EXTENSION}
    changes = read(*derived, definition, *map(to_stix, WORKED), ACTOR)
    assert kept(changes) == [*(row.id for row in WORKED), ACTOR["id"]]
    assert put_aside(changes) == []
    assert ("intrusion-set--00000001-0000-4000-8000-000000000000", "", "Fox") in stated(
        changes, "named"
    )
    assert stated(changes, "attributed-to") == [
        (row_id("incident", "raid"), "", claim("a").accused)
    ]


def test_a_bundle_of_one_author_is_that_author_s_and_of_several_the_file_s() -> None:
    one = taken(*WORKED, beside=(author(),)).source
    assert (one.id, one.title, one.kind) == ("local-analyst-elsewhere", "Analyst", "feed")
    heron = tuple(replace(row, author="Heron Desk") for row in WORKED)
    assert taken(*heron, beside=(author("Heron Desk"),)).source.id == "local-heron-desk"
    several = taken(*heron, opinion(), beside=(author(), author("Heron Desk")))
    assert several.source.title == "some"


def test_a_received_bundle_never_passes_for_what_was_recorded_here() -> None:
    for name in ("Analyst", "analyst", " ANALYST!"):
        rows = tuple(replace(row, author=name) for row in WORKED)
        assert taken(*rows, beside=(author(name),)).source.id != "local-analyst"
    assert context().unknown_source("analyst").id == "local-analyst-elsewhere"


def test_labels_of_rows_are_kept_and_the_source_bears_the_highest() -> None:
    changes = taken(
        subject(tlp=Tlp.GREEN), evidence("e1", tlp=Tlp.AMBER_STRICT), beside=(author(),)
    )
    found = {record.native_id: {s.tlp for s in record.statements} for record in changes.records}
    assert found[subject().id] == {"GREEN"}
    assert found[row_id("evidence", "e1")] == {"AMBER+STRICT"}
    assert changes.source.tlp == "AMBER+STRICT"
    assert taken(*WORKED, beside=(author(),)).source.tlp == "CLEAR"


@pytest.mark.parametrize("tlp", Tlp)
def test_marking_definitions_of_a_bundle_are_taken_beside_rows(tlp: Tlp) -> None:
    changes = taken(subject(tlp=tlp), beside=(marking_definition(tlp),))
    assert put_aside(changes) == []
    assert changes.source.tlp == tlp.code


MISPLACED: dict[str, tuple[tuple[Row, ...], str, str]] = {
    "cell of evidence that is not there": (
        (subject(), hypothesis("h1", {"e1": "C"})),
        hypothesis("h1").id,
        "a cell is about evidence that is not there",
    ),
    "cell of evidence that was taken out": (
        (subject(), evidence("e1", withdrawn=True), hypothesis("h1", {"e1": "C"})),
        hypothesis("h1").id,
        "a cell is about evidence that is not there",
    ),
    "assessment of nothing": (
        (subject(), assessment("j1", "h9")),
        assessment("j1").id,
        "it judges a hypothesis that is not there",
    ),
    "opinion on nothing": (
        (subject(), opinion("o1", "j9")),
        opinion("o1").id,
        "it is about an assessment that is not there",
    ),
}


@pytest.mark.parametrize("case", MISPLACED)
def test_what_is_about_rows_that_are_not_there_is_put_aside_alone(case: str) -> None:
    rows, native, sentence = MISPLACED[case]
    changes = taken(*rows)
    ((found, reason),) = put_aside(changes)
    assert found == native
    assert sentence in reason
    assert native not in kept(changes)
    assert subject().id in kept(changes)


def test_whatever_is_about_a_row_that_was_put_aside_goes_with_it() -> None:
    changes = read(
        to_stix(subject()),
        spoiled(evidence("e1"), credibility=9),
        to_stix(hypothesis("h1", {"e1": "C"})),
        to_stix(assessment("j1", "h1")),
        to_stix(opinion("o1", "j1")),
        to_stix(hypothesis("h2")),
    )
    assert kept(changes) == [subject().id, hypothesis("h2").id]
    reasons = [reason for _, reason in put_aside(changes)]
    assert [reason.partition(":")[0] for reason in reasons] == [f"Object {n}" for n in (2, 3, 4, 5)]
    assert "Credibility is 1 to 6" in reasons[0]


def test_rows_about_an_incident_that_was_put_aside_go_with_it() -> None:
    changes = read(spoiled(subject(), surprise=1), to_stix(claim("a")), to_stix(evidence("e1")))
    assert kept(changes) == []
    assert [reason.partition(": ")[2] for _, reason in put_aside(changes)[1:]] == [
        "the incident that it is about was not taken.",
        "the incident that it is about was not taken.",
    ]


def test_rows_about_an_incident_of_a_feed_need_it_not_in_the_bundle() -> None:
    assert put_aside(taken(claim("a"), evidence("e1"))) == []


def test_of_two_versions_the_later_is_read_and_the_earlier_named() -> None:
    later = replace(evidence("e1"), text="Later", modified="2024-03-02T09:00:00.000Z")
    for rows in ((evidence("e1"), later), (later, evidence("e1"))):
        changes = taken(subject(), *rows, hypothesis("h1", {"e1": "C"}))
        record = next(one for one in changes.records if one.native_id == later.id)
        assert from_stix(record.value()) == later
        assert len(put_aside(changes)) == 1
    assert put_aside(taken(subject(), later, later)) == []


def test_a_row_and_a_foreign_object_with_one_id_are_one_object_the_later() -> None:
    foreign = {**thing("note", 1, content="x"), "id": evidence("e1").id, "modified": RECORDED}
    newer = {**foreign, "modified": "2024-03-05T09:00:00.000Z"}
    changes = read(to_stix(subject()), to_stix(evidence("e1")), newer)
    assert [(one.native_id, one.kind) for one in changes.records[1:]] == [
        (evidence("e1").id, "note")
    ]
    older = {**foreign, "modified": "2024-02-05T09:00:00.000Z"}
    changes = read(older, to_stix(subject()), to_stix(evidence("e1")))
    assert {one.kind for one in changes.records} == {"evidence", "incident"}


def _without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda value: value.pop(key, None)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda v: v["extensions"].__setitem__(EXTENSION, []), "no row is called so"),
        (lambda v: v["extensions"][EXTENSION].__setitem__("row", "\n" * 500), "no row is called"),
        (lambda v: v["extensions"][EXTENSION].__setitem__("documents", [{}]), "has no “url”"),
        (_without("created"), "needs “created”"),
        (_without("object_marking_refs"), "one label of TLP 2.0"),
        (lambda v: v.__setitem__("content", ["x"]), "its “text” is no text"),
    ],
)
def test_hostile_rows_are_put_aside_and_change_nothing_else(
    spoil: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    value = to_stix(evidence("e1", documents=(document(),)))
    spoil(value)
    changes = read(ACTOR, value)
    assert kept(changes) == [ACTOR["id"]]
    assert changes.documents == ()
    ((_, reason),) = put_aside(changes)
    assert sentence in reason
