"""STIX bundles as files: what is recognised, refused, put aside, and under which source it goes."""

from __future__ import annotations

import orjson
import pytest
from stix_samples import (
    STAMP,
    bundle,
    context,
    put_aside,
    read,
    read_bytes,
    ref,
    relation,
    stated,
    thing,
    told,
)
from store_samples import source

from briefing.core.errors import BriefingError
from briefing.feeds.payload import FeedContext, Payload
from briefing.feeds.recognise import outline_of
from briefing.feeds.stix import FORMAT, parse_stix

FOX = thing("malware", name="Fox")
INDEX = {
    "id": "10000000-0000-4000-8000-000000000000",
    "name": "Catalogue",
    "collections": [{"id": ref("x-mitre-collection"), "versions": [{"version": "3.1"}]}],
}


def matches(data: bytes, name: str = "some.json") -> bool:
    return FORMAT.matches(outline_of(Payload(name, data)))


@pytest.mark.parametrize(
    "data",
    [
        bundle(FOX),
        bundle(),
        bundle(FOX, spec_version="2.0"),
        orjson.dumps({"objects": [FOX], "type": "bundle"}),
        orjson.dumps({"id": ref("bundle"), "objects": [thing("malware", x="y" * 70_000)] * 3}),
        orjson.dumps({"more": False, "objects": [FOX]}),
        orjson.dumps(INDEX),
    ],
)
def test_a_bundle_is_recognised_whatever_the_order_of_its_keys(data: bytes) -> None:
    assert matches(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<stix:STIX_Package xmlns:stix='http://stix.mitre.org/stix-1'/>",
        b'{"type": "threat-actor", "values": []}',
        b'{"Event": {"id": "1", "type": "x"}}',
        b'{"resourceType": "Bundle", "entry": [{"id": "1"}]}',
        b'{"objects": [{"name": "x"}]}',
        b'{"id": "1", "name": "x", "collections": [{"id": "2"}]}',
        b"[]",
        b"type,bundle\n1,2\n",
        b"",
    ],
)
def test_what_is_no_stix_2_is_not_recognised(data: bytes) -> None:
    assert not matches(data, "bundle.json")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"type": "bundle"}', "some.json is no STIX bundle: it has no list named “objects”."),
        (
            b'{"type": "bundle", "objects": {"a": 1}}',
            "some.json is no STIX bundle: its “objects” are no list.",
        ),
        (
            b'{"type": "report", "objects": []}',
            "some.json is no STIX bundle: its type is “report”.",
        ),
        (b'{"type": 5, "objects": []}', "some.json is no STIX bundle: its type is no text."),
        (
            bundle(FOX, spec_version="1.2"),
            "some.json states “1.2” as its version of STIX, which is not read here.",
        ),
        (
            bundle(FOX, spec_version=["2.1"]),
            "some.json states no text as its version of STIX, which is not read here.",
        ),
    ],
)
def test_what_cannot_be_taken_as_a_whole_is_refused_with_a_sentence(
    data: bytes, sentence: str
) -> None:
    assert told(data) == sentence


def test_the_index_of_attack_is_refused_with_what_to_import_instead() -> None:
    with pytest.raises(BriefingError) as refused:
        read_bytes(orjson.dumps(INDEX), "index.json")
    assert refused.value.message == (
        "index.json is the index of ATT&CK: it lists the releases and where they are, and holds"
        " none of their objects."
    )
    assert "enterprise-attack-18.1.json" in refused.value.remedy


@pytest.mark.parametrize("cut", [20, 60, 150, -3, -1])
def test_a_bundle_that_breaks_off_is_refused(cut: int) -> None:
    assert "breaks off" in told(bundle(FOX, thing("tool", name="Owl"))[:cut])


@pytest.mark.parametrize(
    ("odd", "native", "reason"),
    [
        ("text", "", "Object 2: it is no JSON object."),
        ([], "", "Object 2: it is no JSON object."),
        ({}, "", "Object 2: it has no type."),
        ({"type": ["tool"]}, "", "Object 2: it has no type."),
        ({"type": "tool"}, "", "Object 2: it has no id."),
        ({"type": "tool", "id": 5}, "", "Object 2: it has no id."),
        (
            {"type": "tool", "id": "tool--1"},
            "tool--1",
            "Object 2: its id is “tool--1”, which is no STIX id.",
        ),
        (
            {"type": "Tool", "id": "Tool--1\u202e"},
            "Tool--1",
            "Object 2: its id is “Tool--1”, which is no STIX id.",
        ),
        (
            {"type": "tool", "id": ref("malware", 7)},
            ref("malware", 7),
            "Object 2: its id is that of a “malware”, and its type is “tool”.",
        ),
        (
            thing("tool", spec_version="3.0"),
            ref("tool"),
            "Object 2: it states “3.0” as its version of STIX, which is not read here.",
        ),
    ],
)
def test_a_bad_object_is_put_aside_with_its_reason_and_the_rest_is_taken(
    odd: object, native: str, reason: str
) -> None:
    changes = read(FOX, odd, thing("malware", 3, name="Elk"))
    assert [value for _, _, value in stated(changes, "named")] == ["Fox", "Elk"]
    assert put_aside(changes) == [(native, reason)]


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        (b'"a":1,"a":2', "it has the key “a” twice, so nobody can say which counts."),
        (b'"a":NaN', "it has NaN for a number, which JSON does not know."),
        (
            b'"a":"\\ud800"',
            "it holds half a character (a lone surrogate), which cannot be written.",
        ),
        (b'"a":' + b"[" * 400 + b"]" * 400, "it is nested too deeply to be kept."),
    ],
)
def test_a_fault_of_one_object_is_named_and_costs_only_that_object(
    inside: bytes, reason: str
) -> None:
    data = bundle(FOX, thing("tool", a="HERE")).replace(b'"a":"HERE"', inside)
    changes = read_bytes(data)
    assert [record.native_id for record in changes.records] == [FOX["id"]]
    ((native, why),) = put_aside(changes)
    assert native == ref("tool")
    assert why.startswith("Object 2")
    assert why.endswith(reason)


def test_a_fault_in_the_text_says_where_it_is() -> None:
    data = bundle(FOX, thing("tool", a=5)).replace(b'"a":5', b'"a":NaN').replace(b",{", b",\n{")
    ((_, why),) = put_aside(read_bytes(data))
    assert why.startswith("Object 2 (line 2, column 1): ")


def test_of_two_objects_with_one_id_the_later_one_is_kept() -> None:
    newer = thing("malware", name="Fox 2", modified="2024-03-02T00:00:00Z")
    for objects in ((FOX, newer), (newer, FOX)):
        changes = read(*objects)
        assert [record.value() for record in changes.records] == [newer]
        assert [value for _, _, value in stated(changes, "named")] == ["Fox 2"]
        assert put_aside(changes) == [
            (FOX["id"], "Object 2: it shares its id with another object, and the later is kept.")
        ]


def test_the_same_object_twice_is_one_object() -> None:
    changes = read(FOX, FOX)
    assert (len(changes.records), changes.quarantined) == (1, ())


def test_a_fraction_of_a_second_is_later_than_none() -> None:
    whole = thing("malware", name="Fox", modified="2024-03-01T10:00:05Z")
    part = thing("malware", name="Elk", modified="2024-03-01T10:00:05.001Z")
    assert [record.value() for record in read(part, whole).records] == [part]


def test_a_replaced_version_leaves_no_document_behind() -> None:
    cited = [{"source_name": "A", "url": "https://example.org/a"}]
    older = thing("intrusion-set", name="Fox", external_references=cited)
    newer = thing("intrusion-set", name="Fox", modified="2024-03-02T00:00:00Z")
    assert read(older, newer).documents == ()


def test_every_object_is_a_record_under_its_own_id_and_type_with_its_edition() -> None:
    objects = [
        FOX,
        thing("indicator", pattern="[file:name = 'x']"),
        thing("x-acme-thing", anything=[1]),
        {"type": "ipv4-addr", "id": ref("ipv4-addr"), "value": "198.51.100.3"},
        relation("indicates", ref("indicator"), FOX["id"]),
    ]
    changes = read(*objects)
    assert [(r.native_id, r.kind, r.value()) for r in changes.records] == [
        (each["id"], each["type"], each) for each in objects
    ]
    assert [record.edition for record in changes.records] == [
        STAMP[:-1] if "modified" in each else "" for each in objects
    ]


@pytest.mark.parametrize("stamp", ["yesterday", "2024", 5, None, "2024-03-01T10:00:00+01:00"])
def test_a_time_that_stix_does_not_know_orders_nothing(stamp: object) -> None:
    (record,) = read(thing("malware", modified=stamp, created=stamp)).records
    assert record.edition == ""


def test_a_bundle_of_one_producer_goes_under_its_name_and_is_a_window() -> None:
    acme = thing("identity", 9, name="Acme Threat Lab", identity_class="organization")
    by_acme = {"created_by_ref": acme["id"]}
    changes = read(thing("malware", name="Fox", **by_acme), acme, thing("tool", **by_acme))
    assert changes.source.id == "local-acme-threat-lab"
    assert (changes.source.title, changes.source.publisher) == ("Acme Threat Lab",) * 2
    assert (changes.source.tlp, changes.source.reliability) == ("RED", "F")
    assert (changes.full, changes.edition, changes.version) == (False, "", "up to 2024-03-01")


@pytest.mark.parametrize(
    "objects",
    [
        [FOX],
        [thing("malware", created_by_ref=ref("identity", 9))],
        [thing("malware", created_by_ref=5)],
        [
            thing("identity", 8, name="One"),
            thing("identity", 9, name="Two"),
            thing("malware", created_by_ref=ref("identity", 8)),
            thing("tool", created_by_ref=ref("identity", 9)),
        ],
    ],
)
def test_a_bundle_of_nobody_known_or_of_several_goes_under_the_name_of_its_file(
    objects: list[object],
) -> None:
    assert read(*objects, name="stick/Weekly report.json").source.id == "local-weekly-report"


def test_the_source_that_a_person_named_is_taken() -> None:
    named = FeedContext(context().vocabulary, {}, chosen=source("my-own"))
    assert parse_stix(Payload("x.json", bundle(FOX)), named).source.id == "my-own"


def test_an_empty_bundle_says_nothing() -> None:
    changes = read()
    assert (changes.records, changes.version, changes.full) == ((), "", False)


def test_the_objects_of_a_taxii_server_are_read_without_a_bundle_around_them() -> None:
    changes = read_bytes(orjson.dumps({"more": False, "objects": [FOX]}))
    assert len(changes.records) == 1


def test_the_order_of_the_objects_does_not_matter() -> None:
    identity = thing("identity", name="Energy", identity_class="class")
    objects = [relation("targets", ref("intrusion-set"), identity["id"]), identity]
    forwards, backwards = read(*objects), read(*reversed(objects))
    assert stated(forwards, "targets-sector") == stated(backwards, "targets-sector")
    assert stated(forwards, "targets-sector") == [(ref("intrusion-set"), "energy", "Energy")]


def test_the_same_bytes_give_the_same_changes() -> None:
    data = bundle(FOX, thing("report", name="R", published=STAMP, object_refs=[FOX["id"]]))
    assert read_bytes(data) == read_bytes(data)
