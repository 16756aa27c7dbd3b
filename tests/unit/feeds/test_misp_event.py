"""MISP events: a report with its issuer, dates, tags, sources, labels and what it mentions."""

from __future__ import annotations

from typing import Any

import pytest
import shared_data
from galaxy_samples import UUID
from misp_samples import attribute, context, embedded, event, payload, read_events, said
from store_samples import source

from briefing.core.changes import document_for
from briefing.core.errors import BriefingError
from briefing.feeds.misp_event import FORMAT, parse_misp_events
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of

NATIVE = f"report--{UUID.format(1)}"
REPORT = "https://www.example.org/2024/05/fox-report"


def link(address: str = REPORT, **more: Any) -> Any:
    return attribute("link", address, "External analysis", **more)


def test_an_event_is_a_report_with_title_issuer_and_dates() -> None:
    changes = read_events(event())
    (record,) = changes.records
    assert (record.native_id, record.kind, record.edition) == (NATIVE, "report", "001715000000")
    told = [(s.predicate.value, s.object, s.value, s.first_seen) for s in record.statements]
    assert told == [
        ("named", "", "A fox was seen", ""),
        ("issued-by", "", "Owls’ Watch", ""),
        ("happened", "published", "2024-05-06", "2024-05-06"),
        ("happened", "updated", "1715000000", "2024-05-06"),
    ]
    assert (changes.full, changes.version) == (False, "2024-05-06")
    assert (changes.edition, changes.kinds) == ("", frozenset())


def test_a_person_may_name_the_source_of_events() -> None:
    assert read_events(event()).source.id == "misp-events"
    assert read_events(event(), chosen=source("our-misp")).source.id == "our-misp"


def test_every_statement_cites_the_event_itself() -> None:
    changes = read_events(event(1, attribute("vulnerability", "CVE-2024-1234"), link()))
    own = changes.documents[0]
    assert (own.title, own.publisher, own.published, own.url) == (
        "A fox was seen",
        "Owls’ Watch",
        "2024-05-06",
        "",
    )
    assert all(s.documents[0] == own.id for r in changes.records for s in r.statements)


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        ({"date": "2024-02-30"}, [("2024-02-30", ""), ("1715000000", "2024-05-06")]),
        ({"date": "", "timestamp": 1715000000}, [("1715000000", "2024-05-06")]),
        ({"date": 5, "timestamp": True}, []),
        ({"date": None, "timestamp": "soon"}, []),
        ({"date": None, "timestamp": "-5"}, []),
        ({"date": None, "timestamp": "9" * 12}, [("9" * 12, "")]),
        ({"date": None, "timestamp": "9" * 400}, []),
    ],
)
def test_a_date_that_is_none_is_kept_as_written_or_not_there(
    fields: dict[str, Any], dates: list[tuple[str, str]]
) -> None:
    changes = read_events(event(**fields))
    assert [(s.value, s.first_seen) for s in said(changes, "happened")] == dates


def test_tags_are_kept_as_written_and_a_galaxy_tag_also_in_its_parts() -> None:
    changes = read_events(event(tags=["type:OSINT", 'misp-galaxy:threat-actor="Fox"', " "]))
    tags = [(s.value, s.detail) for s in said(changes, "described-as", "tag")]
    assert tags == [
        ("type:OSINT", {}),
        ('misp-galaxy:threat-actor="Fox"', {"galaxy": "threat-actor", "name": "Fox"}),
    ]
    assert said(changes, "mentioned-in") == []


def test_a_galaxy_tag_of_an_attribute_is_one_of_the_events_tags_and_others_are_not() -> None:
    tagged = attribute("md5", "0" * 32, tags=['misp-galaxy:tool="Den"', "type:OSINT"])
    changes = read_events(event(1, tagged))
    assert [s.value for s in said(changes, "described-as", "tag")] == ['misp-galaxy:tool="Den"']


def test_a_list_of_events_writes_its_tags_one_level_deeper() -> None:
    changes = read_events(event(EventTag=[{"Tag": {"name": "tlp:green"}}, {"Tag": 5}]))
    assert said(changes, "described-as", "tag")[0].tlp == "GREEN"


def mentioned(*events: Any, **settings: Any) -> list[tuple[str, str, str]]:
    found = said(read_events(*events, **settings), "mentioned-in")
    return [(s.subject, s.object, s.value) for s in found]


def test_a_vulnerability_is_mentioned_by_its_cve_id_once() -> None:
    found = event(
        1,
        attribute("vulnerability", "CVE-2024-1234"),
        attribute("vulnerability", " cve-2024-1234 "),
        attribute("vulnerability", "MS17-010"),
        attribute("comment", "CVE-2024-9999"),
        Object=[{"Attribute": [attribute("vulnerability", "CVE-2023-4567")]}],
    )
    assert mentioned(found) == [
        ("CVE-2024-1234", NATIVE, "CVE-2024-1234"),
        ("CVE-2023-4567", NATIVE, "CVE-2023-4567"),
    ]


@pytest.mark.parametrize(
    ("kind", "native"),
    [
        ("threat-actor", "threat-actor"),
        ("mitre-intrusion-set", "intrusion-set"),
        ("mitre-malware", "malware"),
        ("country", "country"),
        ("tool", "galaxy-tool"),
    ],
)
def test_an_embedded_cluster_is_mentioned_under_the_id_its_galaxy_gives_it(
    kind: str, native: str
) -> None:
    galaxies = [embedded(kind, {"uuid": UUID.format(5), "value": "Fox"})]
    expected = [(f"{native}--{UUID.format(5)}", NATIVE, "Fox")]
    assert mentioned(event(Galaxy=galaxies)) == expected
    assert mentioned(event(1, attribute("md5", "0", Galaxy=galaxies))) == expected


def test_what_the_database_holds_under_a_uuid_is_what_is_mentioned() -> None:
    known = {UUID.format(5): f"attack-pattern--{UUID.format(5)}"}
    old = embedded("mitre-enterprise-attack-attack-pattern", {"uuid": UUID.format(5)})
    assert mentioned(event(Galaxy=[old]), known_ids=known)[0][0] == known[UUID.format(5)]


THREAT_ACTORS = "7cdff317-a673-4474-84ec-4f1754947823"


@pytest.mark.parametrize(
    "ids",
    [
        {"uuid": UUID.format(5), "collection_uuid": THREAT_ACTORS},
        {"uuid": "", "collection_uuid": UUID.format(5)},
        {"uuid": THREAT_ACTORS, "collection_uuid": UUID.format(5)},
        {"uuid": UUID.format(6), "collection_uuid": UUID.format(5)},
    ],
)
def test_servers_of_any_age_say_which_uuid_is_the_clusters_own(ids: dict[str, str]) -> None:
    known = {UUID.format(5): f"threat-actor--{UUID.format(5)}"}
    found = mentioned(event(Galaxy=[embedded("threat-actor", ids)]), known_ids=known)
    assert [subject for subject, _, _ in found] == [known[UUID.format(5)]]


@pytest.mark.parametrize("ids", [{}, {"uuid": ""}, {"uuid": THREAT_ACTORS}, {"uuid": 5}])
def test_a_cluster_without_a_uuid_of_its_own_stays_a_tag(ids: dict[str, Any]) -> None:
    assert mentioned(event(Galaxy=[embedded("threat-actor", {"value": "Fox", **ids})])) == []


def test_a_tag_that_holds_a_uuid_mentions_that_cluster() -> None:
    tag = f'misp-galaxy:threat-actor="{UUID.format(5)}"'
    assert mentioned(event(tags=[tag])) == [(f"threat-actor--{UUID.format(5)}", NATIVE, tag)]


def references(*attributes: Any) -> list[str]:
    return [s.value for s in said(read_events(event(1, *attributes)), "described-as", "reference")]


def test_a_link_of_the_analysis_is_a_document_that_is_cited() -> None:
    changes = read_events(event(1, link(), link()))
    (reference,) = said(changes, "described-as", "reference")
    (_, document) = changes.documents
    expected = document_for(REPORT, publisher="example.org", published="2024-05")
    assert (reference.value, document) == (REPORT, expected)
    assert reference.documents == (changes.documents[0].id, document.id)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.virustotal.com/file/0/analysis/",
        "http://virustotal.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "hxxps://example.org/",
        "https://",
        "https://[no-address/",
        "https://example.org/a b",
        "https://example.org/\u202e",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_what_leads_to_no_report_is_not_cited(address: str) -> None:
    assert references(link(address)) == []


def test_indicators_and_links_of_another_category_stay_in_the_record() -> None:
    found = event(
        1,
        attribute("url", "https://evil.example.org/", "Network activity"),
        attribute("link", REPORT, "Internal reference"),
        attribute("ip-dst", "192.0.2.1", "Network activity"),
    )
    changes = read_events(found)
    assert len(changes.documents) == 1
    assert said(changes, "described-as") == said(changes, "mentioned-in") == []
    assert changes.records[0].value() == found


def summaries(**fields: Any) -> list[tuple[str, int]]:
    attributes = fields.pop("attributes", ())
    changes = read_events(event(1, *attributes, **fields))
    return [(s.value, s.detail["place"]) for s in said(changes, "described-as", "summary")]


def test_comments_on_the_analysis_and_reports_of_the_event_are_its_summaries() -> None:
    texts = summaries(
        attributes=[
            attribute("comment", "The fox came at night.", "External analysis"),
            attribute("text", "The fox came at night.", "External analysis"),
            attribute("comment", "UPX packed", "Other"),
        ],
        EventReport=[
            {"name": "n", "content": "# Findings\n\nIt took **two** hens.\x00"},
            {"content": "gone", "deleted": True},
            {"content": " "},
        ],
    )
    assert texts == [("The fox came at night.", 0), ("Findings\n\nIt took two hens.", 1)]


def test_long_texts_are_cut_at_a_word_and_the_record_keeps_them_whole() -> None:
    words = "hen " * 5000
    found = event(1, attribute("comment", words, "External analysis"), title=words)
    changes = read_events(found)
    (title,), (summary,) = said(changes, "named"), said(changes, "described-as", "summary")
    assert (len(title.value) <= 500, len(summary.value) <= 4000) == (True, True)
    assert (title.value[-4:], summary.value[-4:]) == ("hen…", "hen…")
    assert changes.records[0].value() == found


def test_what_was_deleted_says_nothing() -> None:
    gone = [attribute("vulnerability", f"CVE-2024-000{n}", deleted=n) for n in (True, 1, "1")]
    object_gone = {"deleted": True, "Attribute": [attribute("vulnerability", "CVE-2024-5555")]}
    found = event(1, *gone, Object=[object_gone])
    assert mentioned(found) == []


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one: {"Event": one},
        lambda one: [{"Event": one}],
        lambda one: [one],
        lambda one: {"response": [{"Event": one}]},
        lambda one: {"response": {"Event": one}},
        lambda one: {"errors": [], "response": [{"Event": one}], "took": 5},
    ],
)
def test_events_are_found_however_a_server_wraps_them(wrapped: Any) -> None:
    file = payload(wrapped(event(1, Attribute=[link()] * 400)))
    assert FORMAT.matches(outline_of(file))
    assert [r.native_id for r in parse_misp_events(file, context()).records] == [NATIVE]


def test_the_same_file_says_the_same_twice() -> None:
    file = payload([{"Event": event(n, link())} for n in range(1, 5)])
    assert parse_misp_events(file, context()) == parse_misp_events(file, context())


def test_of_two_events_with_one_uuid_the_later_is_taken_and_the_other_is_named() -> None:
    early, late = event(timestamp="999"), event(timestamp="1000", title="Later")
    for pair in ((early, late), (late, early)):
        changes = read_events(*pair)
        assert [s.value for s in said(changes, "named")] == ["Later"]
        (put_aside,) = changes.quarantined
        assert put_aside.native_id == NATIVE
        assert put_aside.reason.startswith("Event 2: it repeats the uuid of another event")


def test_a_capital_uuid_is_the_same_event() -> None:
    assert read_events(event(uuid=UUID.format(1).upper())).records[0].native_id == NATIVE


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (b"", "breaks off"),
        (b'{"Event": ', "breaks off"),
        (b"\xff\xfe", "no UTF-8"),
        (b"{}", "holds no MISP event"),
        (b'{"response": {"Attribute": []}}', "holds no MISP event"),
        (b'{"event": {"uuid": "x"}}', "holds no MISP event"),
        (b'{"Event": {}, "Event": {}}', "has the key “Event” twice"),
        (b"[1, 2", "breaks off"),
        (b"null", "is no valid JSON"),
    ],
)
def test_what_is_no_file_of_events_is_refused_with_its_name(file: bytes, sentence: str) -> None:
    with pytest.raises(BriefingError, match=sentence) as caught:
        parse_misp_events(Payload("mine.json", file), context())
    assert caught.value.message.startswith("mine.json ")


@pytest.mark.parametrize(
    "file",
    [
        b'{"Event": 5}',
        b'{"response": []}',
        b"[]",
        b'[{"info": "x", "uuid": "y"}]',
        b'{"a": {"info": 1, "timestamp": 2}}',
        b"Event,info,uuid\n",
    ],
)
def test_other_files_are_not_taken_for_events(file: bytes) -> None:
    assert not FORMAT.matches(outline_of(Payload("event.json", file)))


REAL = {
    "57153590-f73c-49fa-be4b-4737950d210f": ("CLEAR", 4, 1),
    "57c4445b-c548-4654-af0b-4be3950d210f": ("CLEAR", 0, 1),
    "5a0ac036-6fbc-4855-83af-422b950d210f": ("CLEAR", 0, 1),
    "5acc88e9-265c-4f22-9d2b-b702950d210f": ("CLEAR", 14, 1),
    "5b646415-7b48-40d5-86b4-c0070acd0835": ("", 1, 0),
}


@shared_data.needs_shared_data
@pytest.mark.parametrize(("uuid", "expected"), REAL.items())
def test_a_real_event_is_taken_with_its_label_mentions_and_references(
    uuid: str, expected: tuple[str, int, int]
) -> None:
    file = Payload(f"{uuid}.json", shared_data.read(f"misp-events/{uuid}.json"))
    assert FORMAT.matches(outline_of(file))
    changes = parse_misp_events(file, context())
    (record,) = changes.records
    label, mentions, cited = expected
    assert {statement.tlp for statement in record.statements} == {label}
    assert len(said(changes, "mentioned-in")) == mentions
    assert len(said(changes, "described-as", "reference")) == len(changes.documents) - 1 == cited
    assert (record.native_id, changes.quarantined) == (f"report--{uuid}", ())
    assert b'"data"' not in record.content
