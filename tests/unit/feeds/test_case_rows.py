"""Rows of a case as records: what each states, under which label, and what it cites."""

from __future__ import annotations

from typing import Any

import pytest
from case_samples import (
    RECORDED,
    actor_id,
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
from drawn_cases import cases
from hypothesis import given, settings

from briefing.core.case import Case, Cited, Row
from briefing.core.case_stix import from_stix
from briefing.core.case_words import Claimant
from briefing.core.changes import Predicate, StatementDraft, document_for
from briefing.core.estimates import Confidence
from briefing.core.tlp import Tlp
from briefing.feeds.case_rows import row_records

RAID = row_id("incident", "raid")


def statements(row: Row) -> tuple[StatementDraft, ...]:
    (record,), _ = row_records([row])
    return record.statements


def said(row: Row) -> list[tuple[str, str, str]]:
    assert {one.subject for one in statements(row)} <= {row.id, RAID}
    return [(one.predicate.value, one.object, one.value) for one in statements(row)]


@settings(max_examples=40)
@given(cases())
def test_every_row_is_one_record_that_holds_it_and_states_something_under_its_label(
    drawn: Case,
) -> None:
    rows = list(drawn.rows())
    records, documents = row_records(rows)
    known = {one.id for one in documents}
    assert [record.native_id for record in records] == [row.id for row in rows]
    for row, record in zip(rows, records, strict=True):
        assert from_stix(record.value()) == row
        assert record.statements
        assert {one.tlp for one in record.statements} == {row.tlp.code}
        for one in record.statements:
            assert set(one.documents) <= known
            assert len(one.documents) == len({_key(cited) for cited in row.documents})


def _key(cited: Cited) -> Any:
    return cited.url or (cited.publisher, cited.title)


def test_kinds_of_record_do_not_meet_those_of_feeds() -> None:
    rows = [*worked_case().rows(), opinion()]
    records, _ = row_records(rows)
    assert list(dict.fromkeys(record.kind for record in records)) == [
        *("incident", "claim-row", "evidence", "hypothesis", "assessment", "opinion")
    ]
    assert {record.edition for record in records} == {RECORDED.removesuffix("Z")}


def test_an_incident_states_its_name_words_dates_and_targets() -> None:
    row = subject(
        types=("defacement",),
        sectors=("energy",),
        countries=("US", "place:eu"),
        last_seen="2023-09-11",
        victim="Harbour",
    )
    assert said(row) == [
        ("named", "", "Raid on the harbour, September 2023"),
        ("described-as", "description", "Screens of the harbour went dark."),
        ("described-as", "incident-type", "defacement"),
        ("happened", "incident", "2023-09-10 – 2023-09-11"),
        ("happened", "disclosed", "2023-09-12"),
        ("targets-sector", "energy", "energy"),
        ("targets-country", "US", "US"),
        ("targets-country", "place:eu", "place:eu"),
    ]
    named, *_ = statements(row)
    assert named.detail == {"row": RAID, "slug": "raid-2023", "victim": "Harbour"}


def test_an_incident_of_which_little_is_known_states_only_that() -> None:
    bare = subject(slug="", description="", first_seen="", disclosed="")
    assert said(bare) == [("named", "", "Raid on the harbour, September 2023")]
    (named,) = statements(bare)
    assert named.detail == {"row": RAID}


def test_a_claim_states_who_says_it_of_whom_on_what_basis_and_when() -> None:
    row = claim(
        claimant=Claimant.ACTOR,
        by="Heron",
        accused="Heron",
        actor=actor_id("Heron"),
        basis="Attacker confirms",
        channel="leak site",
        confidence=Confidence.HIGH,
    )
    (one,) = statements(row)
    assert (one.subject, one.predicate) == (RAID, Predicate.ATTRIBUTED_TO)
    assert (one.object, one.value, one.confidence) == (actor_id("Heron"), "Heron", "high")
    assert one.detail == {
        **{"row": row.id, "by": "Heron", "claimant": "actor", "basis": "Attacker confirms"},
        **{"type": "leak site", "date": row.date, "names": []},
    }


@pytest.mark.parametrize("row", [evidence(), hypothesis(), assessment(), opinion()])
def test_everything_else_states_its_words_about_itself_and_names_its_incident(row: Row) -> None:
    (record,), _ = row_records([row])
    (one,) = record.statements
    assert (one.subject, one.predicate) == (row.id, Predicate.DESCRIBED_AS)
    assert (one.object, one.value) == (record.kind, getattr(row, "text", None))
    assert one.detail == {"incident": RAID}


@pytest.mark.parametrize("made", [subject, claim, evidence, hypothesis, assessment, opinion])
def test_a_version_that_takes_a_row_out_states_that_alone_under_its_label(made: Any) -> None:
    row = made(withdrawn=True, tlp=Tlp.RED)
    (one,) = statements(row)
    assert (one.subject, one.object, one.tlp) == (row.id, "withdrawn", "RED")
    assert one.detail == {"incident": RAID}


def test_a_document_is_known_by_its_address_and_without_one_by_publisher_and_title() -> None:
    talk = Cited("", "A talk", "Heron Institute", "2023")
    page = document("page")
    (first, second), (drafted, told) = row_records(
        [evidence("e1", documents=(page, talk)), evidence("e2", documents=(talk, page))]
    )
    assert drafted.id == document_for(page.url).id
    assert (drafted.title, drafted.publisher) == ("The page", "Page Press")
    assert drafted.published == "2023-10-01"
    assert (told.url, told.title, told.published) == ("", "A talk", "2023")
    assert first.statements[0].documents == (drafted.id, told.id)
    assert second.statements[0].documents == (told.id, drafted.id)
    other = Cited("", "A talk", "Egret Institute")
    _, (another,) = row_records([evidence(documents=(other,))])
    assert another.id != told.id


def test_a_document_that_repeats_another_rests_on_whoever_published_that() -> None:
    first = document("first")
    repeats = document("second", repeats=first.url, publisher="")
    alone = document("third", repeats="https://www.ibis.example/report")
    _, drafts = row_records([evidence(documents=(repeats, first, alone))])
    assert [one.rests_on for one in drafts] == ["First Press", "", "ibis.example"]
    assert [one.publisher for one in drafts] == ["second.example", "First Press", "Third Press"]


def test_one_document_cited_twice_is_cited_once() -> None:
    (record,), drafts = row_records([evidence(documents=(document(), document(title="Again")))])
    assert len(drafts) == len(record.statements[0].documents) == 1
