"""EuRepoC's tables: what each row states, and that nothing is said which is not written."""

from __future__ import annotations

from typing import Any

import pytest
from eurepoc_samples import (
    ATTRIBUTION,
    EUREPOC,
    INCIDENT,
    RECEIVER,
    attributions,
    incidents,
    read,
    receivers,
    said,
    table,
)
from galaxy_samples import real_vocabulary
from store_samples import source

from briefing.core.changes import Predicate, stable_id
from briefing.core.errors import BriefingError
from briefing.feeds.eurepoc import FORMAT, incident_id
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.recognise import outline_of

STATE = "State"
GROUP = "Non-state-group"
BACKED = "Non-state actor, state-affiliation suggested"


def detail_of(**cells: Any) -> dict[str, Any]:
    (claim,) = said(attributions(cells), "attributed-to")
    return claim.detail


def test_each_table_is_the_whole_of_its_own_kind_and_speaks_of_the_same_incident() -> None:
    one = incidents({"name": "Fox raid", "receiver_country": "['Germany']"})
    two = attributions({"attributed_initiator": "Fox"})
    three = receivers({"receiver_country": "Germany"})
    found = {next(iter(changes.kinds)): changes for changes in (one, two, three)}
    assert set(found) == {"incident", "attribution", "receiver"}
    assert len({changes.records[0].native_id for changes in found.values()}) == 3
    subjects = {s.subject for c in found.values() for r in c.records for s in r.statements}
    assert subjects == {incident_id("1")} == {stable_id("incident", "eurepoc", "1")}
    assert all(changes.full and changes.source == EUREPOC for changes in found.values())


def test_a_file_is_known_by_its_columns_and_not_by_its_name() -> None:
    for heads in (INCIDENT, ATTRIBUTION, RECEIVER):
        assert FORMAT.matches(outline_of(Payload("anything.txt", table(heads))))
    for data in (b"ID,name,x\n1,2,3\n", b"cveID,vendorProject\n", b'{"ID": 1}', b""):
        assert not FORMAT.matches(outline_of(Payload("EuRepoC_Global_1.1.csv", data)))


def test_an_incident_has_its_name_its_time_its_text_and_its_type() -> None:
    changes = incidents(
        {
            "name": " Fox\traid ",
            "description": "A raid.\nOn hens.",
            "start_date": "2021-03-04",
            "end_date": "2021-03-05",
            "incident_type": "Data theft; Disruption",
        }
    )
    (record,) = changes.records
    assert record.value()["name"] == " Fox\traid "
    assert [(s.object, s.value) for s in said(changes, "named")] == [("", "Fox raid")]
    assert [(s.object, s.value) for s in said(changes, "described-as")] == [
        ("description", "A raid.\nOn hens."),
        ("incident-type", "Data theft"),
        ("incident-type", "Disruption"),
    ]
    (happened,) = said(changes, "happened")
    assert (happened.object, happened.first_seen, happened.last_seen, happened.value) == (
        "incident",
        "2021-03-04",
        "2021-03-05",
        "2021-03-04 – 2021-03-05",
    )


def test_only_a_type_that_is_a_motive_gives_a_motive() -> None:
    changes = incidents({"incident_type": "Data theft; Ransomware; Disruption"})
    assert [(s.object, s.value) for s in said(changes, "motivated-by")] == [
        ("sabotage", "Disruption")
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03-04", "2000-01-01", ("2021-03-04", "", "2021-03-04 – 2000-01-01")),
        ("2021-03-04", "2021-03-04", ("2021-03-04", "2021-03-04", "2021-03-04")),
        ("", "2021-03-04", ("", "2021-03-04", "2021-03-04")),
        ("2021-03-04 00:00:00", "", ("2021-03-04", "", "2021-03-04 00:00:00")),
        ("spring 2021", "", ("", "", "spring 2021")),
        ("2021-02-30", "Not available", ("", "", "2021-02-30")),
    ],
)
def test_a_date_that_is_none_or_ends_before_it_begins_is_kept_as_written_and_dates_nothing(
    start: str, end: str, expected: tuple[str, str, str]
) -> None:
    (happened,) = said(incidents({"start_date": start, "end_date": end}), "happened")
    assert (happened.first_seen, happened.last_seen, happened.value) == expected


def test_what_is_not_available_is_not_stated() -> None:
    changes = incidents(
        {
            "name": "Not available",
            "description": "Unknown",
            "end_date": "nan",
            "receiver_country": "['Unknown']",
            "receiver_category": "[['Not available']]",
            "initiator_name": "['Not available']",
            "attributed_initiator": "Not available",
            "attributed_initiator_country": "Unknown",
            "incident_type": "Unknown",
            "sources_url": "[]",
        }
    )
    (record,) = changes.records
    assert record.statements == ()
    assert attributions({"attribution_basis": "Attacker confirms"}).records[0].statements == ()


def test_a_state_is_the_object_and_its_unit_the_body() -> None:
    changes = attributions(
        {
            "attributed_initiator": "FSB",
            "attributed_initiator_country": "Russia",
            "attributed_initiator_category": STATE,
            "attributing_actor": "Federal Bureau of Investigation (FBI)",
            "attributing_country": "United States",
            "attribution_basis": "Attribution by receiver government / state entity",
            "attribution_type": "Domestic legal action",
            "attribution_date": "2022-03-24 00:00:00",
        }
    )
    (claim,) = said(changes, "attributed-to")
    assert (claim.object, claim.value) == ("RU", "FSB")
    assert claim.detail == {
        "by": "Federal Bureau of Investigation (FBI)",
        "by_country": "US",
        "by_country_as_written": "United States",
        "claimant": "government",
        "basis": "Attribution by receiver government / state entity",
        "type": "Domestic legal action",
        "date": "2022-03-24",
        "category": STATE,
        "kind": "state",
        "country": "RU",
        "country_as_written": "Russia",
        "body": "FSB",
        "names": ["FSB"],
    }


@pytest.mark.parametrize(
    ("category", "initiator", "country", "expected"),
    [
        (STATE, "", "China", ("CN", "China", "CN")),
        (BACKED, "", "China", ("", "China", "CN")),
        (BACKED, "APT1", "China", ("", "APT1", "CN")),
        (GROUP, "Fox", "Not available", ("", "Fox", None)),
        (GROUP, "", "Unknown", ("", GROUP, None)),
        ("Unknown - not attributed", "", "", ("", "Unknown - not attributed", None)),
        (STATE, "", "Middle East (region)", ("", "Middle East (region)", "region:middle-east")),
        (STATE, "", "Atlantis", ("", "Atlantis", None)),
    ],
)
def test_a_country_is_accused_only_where_the_initiator_is_a_state(
    category: str, initiator: str, country: str, expected: tuple[str, str, str | None]
) -> None:
    changes = attributions(
        {
            "attributed_initiator": initiator,
            "attributed_initiator_country": country,
            "attributed_initiator_category": category,
        }
    )
    (claim,) = said(changes, "attributed-to")
    assert (claim.object, claim.value, claim.detail.get("country")) == expected


def test_a_company_attributes_where_no_actor_is_named_and_stands_beside_one_that_is() -> None:
    fox = {"attributed_initiator": "Fox", "attribution_it_company": "ESET"}
    assert detail_of(**fox)["by"] == "ESET"
    both = detail_of(**fox, attributing_actor="CERT-UA")
    assert (both["by"], both["company"]) == ("CERT-UA", "ESET")
    assert "company" not in detail_of(**fox, attributing_actor="ESET")


def test_attributions_joined_in_the_table_of_incidents_are_those_of_their_own_table() -> None:
    columns = ("attributed_initiator", "attribution_basis", "attribution_date")
    rows = [
        dict(zip(columns, values, strict=True))
        for values in (
            ("Ministry (MOIS; Iran)", "Attacker confirms", "2021-01-02"),
            ("Fox", "Media-based attribution", ""),
        )
    ]
    whole = {name: "; ".join(row[name] for row in rows) for name in columns}
    whole["attribution_date"] = "2021-01-02 00:00:00; NaT"
    ours = {s.key("eurepoc") for s in said(incidents(whole), "attributed-to")}
    theirs = {s.key("eurepoc") for s in said(attributions(*rows), "attributed-to")}
    assert len(ours) == 2
    assert ours == theirs


def test_columns_that_do_not_fit_together_leave_the_initiators_the_source_settled_on() -> None:
    changes = incidents(
        {
            "attributed_initiator": "Fox; Owl; Elk",
            "attribution_basis": "Attacker confirms; Media-based attribution",
            "initiator_name": "['Fox', 'Owl']",
        }
    )
    assert [(s.value, s.detail) for s in said(changes, "attributed-to")] == [
        ("Fox", {"names": ["Fox"]}),
        ("Owl", {"names": ["Owl"]}),
    ]


def test_the_same_attribution_twice_is_said_once() -> None:
    rows = [{"attributed_initiator": "Fox"}, {"attributed_initiator": " Fox "}]
    changes = attributions(*rows)
    assert len(said(changes, "attributed-to")) == 1
    assert changes.records[0].value() == {
        "name": "Incident 1",
        "rows": [{"incident_ID": "1", "attribution_ID": "7", **row} for row in rows],
    }


def test_a_subcode_says_what_kind_of_actor_it_was_and_unknown_says_nothing() -> None:
    changes = incidents(
        {
            "initiator_name": "['Fox', 'Not available']",
            "initiator_country": "['Iran, Islamic Republic of', 'China']",
            "initiator_category": f"['{GROUP}', '{BACKED}']",
            "initiator_category_subcode": "['Hacktivist(s)', '']",
        },
        {"initiator_category": "['Unknown - not attributed', 'Terrorist(s)']"},
        {"initiator_name": "['Fox']", "initiator_category": "['State', 'State']"},
    )
    kinds = [(s.object, s.value, s.detail) for s in said(changes, "of-kind")]
    assert kinds == [
        ("hacktivist", "Hacktivist(s)", {"initiator": "Fox"}),
        ("state-linked", BACKED, {"initiator": "China"}),
        ("state", "State", {}),
        ("state", "State", {}),
    ]


def test_web_addresses_are_documents_each_once_and_nothing_else_is() -> None:
    page = "https://www.example.org/2020/05/a"
    changes = incidents(
        {
            "sources_url": f"['{page}', 'file:///etc/passwd', 'https://example.com/']",
            "sources_attribution": f"['{page}']",
        },
        {"sources_url": f"['{page}']"},
    )
    assert [(d.publisher, d.published) for d in changes.documents] == [
        ("example.org", "2020-05"),
        ("example.com", ""),
    ]
    assert [(s.value, s.detail["about"]) for s in said(changes, "mentioned-in")] == [
        (page, "attribution"),
        ("https://example.com/", "incident"),
        (page, "incident"),
    ]
    known = {document.id for document in changes.documents}
    assert {s.object for s in said(changes, "mentioned-in")} == known
    assert all(s.documents == (s.object,) for s in said(changes, "mentioned-in"))


@pytest.mark.parametrize(
    ("name", "version", "edition"),
    [
        ("EuRepoC_Global_Database_1.1.csv", "1.1", "0001.0001"),
        ("stick/EuRepoC_Global_Database_1.10 (2).CSV", "1.10", "0001.0010"),
        ("eurepoc.csv", "", ""),
        ("report_2021-05.csv", "", ""),
    ],
)
def test_the_release_is_the_one_in_the_files_name_and_can_be_ordered_as_text(
    name: str, version: str, edition: str
) -> None:
    changes = read(table(RECEIVER, {"ID": 1, "receiver_country": "Germany"}), name)
    assert (changes.version, changes.edition) == (version, edition)


def test_a_source_a_person_names_is_taken() -> None:
    context = FeedContext(real_vocabulary(), {"eurepoc": EUREPOC}, chosen=source("mine"))
    changes = FORMAT.parse(Payload("x.csv", table(RECEIVER, {"ID": 1})), context)
    assert changes.source.id == "mine"


def test_columns_that_are_missing_or_new_change_nothing_else() -> None:
    heads = ["surprise", *reversed(RECEIVER)]
    changes = read(table(heads, {"ID": "3.0", "receiver_country": "Germany", "surprise": "!"}))
    (record,) = changes.records
    assert record.statements[0].subject == incident_id("3")
    assert record.value()["rows"][0]["surprise"] == "!"
    with pytest.raises(BriefingError, match="none of EuRepoC’s tables"):
        read(b"ID,receiver_country\n1,Germany\n")


def test_every_predicate_is_about_the_incident_and_never_about_an_actor() -> None:
    changes = attributions({"attributed_initiator": "Fox", "attributed_initiator_country": "Iran"})
    (claim,) = changes.records[0].statements
    assert (claim.predicate, claim.subject) == (Predicate.ATTRIBUTED_TO, incident_id("1"))
