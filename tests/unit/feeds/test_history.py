"""Dated incidents: what a row states, and that a wrong row is put aside with a sentence."""

from __future__ import annotations

import csv
import io

import pytest
from galaxy_samples import real_vocabulary
from store_samples import source

from briefing.core.changes import ChangeSet, StatementDraft, document_for, stable_id
from briefing.core.errors import BriefingError
from briefing.feeds.history import COLUMNS, SOURCE, history_changes, incident_id
from briefing.feeds.payload import Payload

FOX = "intrusion-set--00000000-0000-4000-8000-000000000001"
URL = "https://example.org/fox-raid"
RAID = {
    "id": "fox-raid-2021",
    "from": "2021-05",
    "to": "2021-07-02",
    "victim": "Port of Foxhaven",
    "countries": "DE",
    "sectors": "transport;government",
    "what": "Cranes stood still.",
    "actor": "Red Fox",
    "actor_id": FOX,
    "by": "Harbour police",
    "on": "2022",
    "kind": "government",
    "note": "",
    "title": "Who stopped the cranes",
    "publisher": "Foxhaven Herald",
    "published": "2022-01-03",
    "url": URL,
}


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**RAID, **row} for row in rows)
    return out.getvalue().encode()


def read(*files: bytes) -> ChangeSet:
    payloads = [Payload(f"{2021 + place}.csv", data) for place, data in enumerate(files)]
    return history_changes(payloads, source(SOURCE, kind="own-text"), real_vocabulary())


def said(changes: ChangeSet, predicate: str) -> list[StatementDraft]:
    return [s for r in changes.records for s in r.statements if s.predicate == predicate]


def reason(row: dict[str, str]) -> str:
    changes = read(table(row))
    assert changes.records == ()
    (entry,) = changes.quarantined
    return entry.reason


def test_a_row_says_what_happened_when_and_to_whom() -> None:
    changes = read(table({}))
    assert [r.native_id for r in changes.records] == [incident_id("fox-raid-2021")]
    assert changes.full
    (name,), (period,) = said(changes, "named"), said(changes, "happened")
    assert name.value == "Port of Foxhaven"
    assert (period.object, period.first_seen, period.last_seen) == (
        "incident",
        "2021-05",
        "2021-07-02",
    )
    (described,) = said(changes, "described-as")
    assert (described.object, described.value) == ("description", "Cranes stood still.")
    (country,) = said(changes, "targets-country")
    assert (country.object, country.value) == ("DE", "Germany")
    assert country.detail == {"names": ["Port of Foxhaven"]}
    sectors = said(changes, "targets-sector")
    assert [(s.object, s.detail) for s in sectors] == [
        ("transport", {"countries": ["DE"]}),
        ("government", {"countries": ["DE"]}),
    ]


def test_an_attribution_names_whom_who_says_so_when_and_on_what_it_rests() -> None:
    (claim,) = said(read(table({"note": "contested"})), "attributed-to")
    assert (claim.object, claim.value) == (FOX, "Red Fox")
    assert claim.detail == {
        "by": "Harbour police",
        "claimant": "government",
        "basis": "Statement of a government body; contested",
        "date": "2022",
        "names": [],
    }


@pytest.mark.parametrize(
    ("kind", "claimant"),
    [("court", "government"), ("self-claim", "actor"), ("vendor", "vendor"), ("media", "media")],
)
def test_each_kind_of_attribution_says_who_claims(kind: str, claimant: str) -> None:
    (claim,) = said(read(table({"kind": kind})), "attributed-to")
    assert claim.detail["claimant"] == claimant


def test_an_attribution_without_a_day_or_a_kind_leaves_them_out() -> None:
    (claim,) = said(read(table({"kind": "", "on": "", "actor_id": ""})), "attributed-to")
    assert claim.object == ""
    assert claim.detail == {"by": "Harbour police", "basis": "Entry of a catalogue", "names": []}


def test_every_statement_cites_the_document_known_by_its_address() -> None:
    changes = read(table({}))
    (document,) = changes.documents
    assert document == document_for(
        URL, title="Who stopped the cranes", publisher="Foxhaven Herald", published="2022-01-03"
    )
    assert document.id == stable_id("document", URL)
    assert {s.documents for r in changes.records for s in r.statements} == {(document.id,)}
    (mention,) = said(changes, "mentioned-in")
    assert (mention.object, mention.detail) == (document.id, {"about": "attribution"})


def test_of_several_countries_no_row_says_which_sector_was_hit_where() -> None:
    changes = read(table({"countries": "DE;FR"}))
    assert [s.detail for s in said(changes, "targets-country")] == [{}, {}]
    assert [s.detail for s in said(changes, "targets-sector")] == [{}, {}]


def test_a_region_stays_a_region() -> None:
    changes = read(table({"countries": "CA;region:europe"}))
    assert [s.object for s in said(changes, "targets-country")] == ["CA", "region:europe"]


def test_an_inferred_sector_is_marked_where_it_stands_and_not_with_the_claim() -> None:
    changes = read(table({"note": "sector inferred"}))
    assert {s.detail["basis"] for s in said(changes, "targets-sector")} == {"sector inferred"}
    (claim,) = said(changes, "attributed-to")
    assert claim.detail["basis"] == "Statement of a government body"


def test_files_are_one_release_whose_hash_is_that_of_its_bytes() -> None:
    one, two = table({}), table({"id": "second-raid-2022"})
    both = read(one, two)
    assert (both.version, len(both.records), len(both.documents)) == ("2 incidents", 2, 1)
    assert read(one, two) == both
    assert read(two, one).sha256 != both.sha256
    assert read().version == "0 incidents"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"id": ""}, "it has nothing under “id”."),
        ({"from": ""}, "it has nothing under “from”."),
        ({"actor": " "}, "it has nothing under “actor”."),
        ({"url": ""}, "it has nothing under “url”."),
        ({"id": "Fox Raid"}, "“Fox Raid” is no id: use small letters, figures and hyphens."),
        ({"actor_id": "G0007"}, "“G0007” is not the id of an actor’s record."),
        ({"url": "http://a.org/x"}, "“http://a.org/x” is no https address of a document."),
        ({"from": "May 2021"}, "“May 2021” under “from” is no day, month or year."),
        ({"on": "2022-13"}, "“2022-13” under “on” is no day, month or year."),
        ({"to": "2021-04-30"}, "it ends (2021-04-30) before it begins (2021-05)."),
        ({"countries": "DE;Europe"}, "“Europe” under “countries” is not known."),
        ({"sectors": "shipping"}, "“shipping” under “sectors” is not known."),
        ({"note": "maybe"}, "“maybe” under “note” is not known."),
        ({"kind": "rumour"}, "“rumour” is no kind of attribution."),
    ],
)
def test_a_wrong_row_is_put_aside_with_its_line_and_a_sentence(
    row: dict[str, str], sentence: str
) -> None:
    assert reason(row) == f"2021.csv, line 2: {sentence}"


def test_an_end_known_less_precisely_than_the_beginning_is_no_fault() -> None:
    assert read(table({"from": "2021-05-04", "to": "2021"})).quarantined == ()


def test_an_id_counts_once_in_all_files_and_the_first_stays() -> None:
    changes = read(table({}), table({"victim": "Somebody else"}, {"id": "other-2022"}))
    assert [record.value()["name"] for record in changes.records] == [
        "Port of Foxhaven",
        "Port of Foxhaven",
    ]
    (entry,) = changes.quarantined
    assert entry.native_id == incident_id("fox-raid-2021")
    assert entry.reason == "2022.csv, line 2: “fox-raid-2021” is the id of an earlier row too."


def test_one_document_has_one_title() -> None:
    (entry,) = read(table({}, {"id": "other-2022", "title": "Another"})).quarantined
    assert entry.reason == (
        f"2021.csv, line 3: {URL} has another title, publisher or date in an earlier row."
    )


def test_a_row_with_a_cell_too_few_spoils_no_other() -> None:
    good = table({})
    changes = read(good + b"short,2021\n")
    assert len(changes.records) == 1
    (entry,) = changes.quarantined
    assert entry.reason == "2021.csv, line 3: it has 2 cells where the file has 17 columns."


def test_a_file_of_other_columns_is_refused() -> None:
    with pytest.raises(BriefingError, match="is no table of dated incidents") as caught:
        read(b"id,name\n1,Raid\n")
    assert caught.value.remedy.startswith("The columns are: id, from, to, victim")
