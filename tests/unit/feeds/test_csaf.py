"""CSAF: what an advisory says, who says it, and which of two revisions is the later one."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from csaf_samples import (
    VENDOR,
    advisory,
    context,
    note,
    read,
    refusal,
    said,
    score,
    vulnerability,
)
from store_samples import source

from briefing.core.changes import stable_id
from briefing.feeds.csaf import FORMAT, comparable_version
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of

VENDOR_FACTS = {"category": "vendor", "name": "Example PSIRT", "namespace": VENDOR}


def test_an_advisory_is_one_record_known_by_its_publisher_and_tracking_id() -> None:
    changes = read(advisory())
    (record,) = changes.records
    assert record.native_id == stable_id("advisory", "https://www.cisa.gov/", "EX-24-001")
    assert (record.kind, record.value()) == ("advisory", advisory())
    assert (changes.source.id, changes.version, changes.full) == ("cisa-csaf", "2", False)


def test_the_same_tracking_id_of_another_publisher_is_another_advisory() -> None:
    ours, theirs = (read(advisory(namespace=name)) for name in ("https://www.cisa.gov/", VENDOR))
    assert ours.records[0].native_id != theirs.records[0].native_id


def test_the_same_bytes_say_the_same() -> None:
    assert read(advisory()) == read(advisory())


def test_title_issuer_and_dates_are_stated() -> None:
    changes = read(advisory(title="  Pump <b>Controller</b>\n"))
    (named,) = said(changes, "named")
    assert (named.value, named.detail) == ("Pump Controller", {"id": "EX-24-001"})
    assert [s.value for s in said(changes, "issued-by")] == ["Example"]
    assert [(s.object, s.value, s.first_seen) for s in said(changes, "happened")] == [
        ("published", "2024-04-30T22:00:00-04:00", "2024-05-01"),
        ("updated", "2024-05-02T06:00:00.000Z", "2024-05-02"),
    ]


def test_summaries_and_details_are_kept_apart_and_in_order() -> None:
    notes = [
        note("details", "More", "How it works."),
        note("summary", "Risk", "<p>An attacker could stop the pump.</p>"),
        note("description", "", "It is a pump."),
        note("summary", "Risk again", "An attacker could stop the pump."),
        note("legal_disclaimer", "Legal", "As is."),
    ]
    described = said(read(advisory(notes=notes)), "described-as")
    assert [(s.object, s.detail["place"], s.value) for s in described] == [
        ("summary", 1, "An attacker could stop the pump."),
        ("summary", 2, "It is a pump."),
        ("details", 1, "How it works."),
    ]


def test_a_long_summary_is_cut_and_the_record_keeps_all_of_it() -> None:
    long = "pump " * 2000
    changes = read(advisory(notes=[note("summary", "", long)]))
    (summary,) = said(changes, "described-as")
    assert len(summary.value) <= 4000
    assert summary.value.endswith("pump…")
    assert changes.records[0].value()["document"]["notes"][0]["text"] == long


def test_every_vulnerability_is_mentioned_with_its_highest_score() -> None:
    scores = [score(7.5, "HIGH"), score(9.8, "critical", "cvss_v4"), score(9.8, "HIGH")]
    changes = read(
        advisory(
            vulnerabilities=[
                vulnerability("CVE-2024-10001", scores=scores),
                vulnerability("cve-2024-10002"),
                vulnerability("CVE-2024-10001", scores=[score(5, "MEDIUM")]),
                vulnerability("CVE-2024-10003", scores=[score("9.0"), score(True), score(11)]),
                vulnerability("CVE-2024-10004", metrics=[{"content": score(4, "SOME")}]),
                vulnerability("CVE-24-1"),
            ]
        )
    )
    native = changes.records[0].native_id
    assert [(s.subject, s.object, s.detail) for s in said(changes, "mentioned-in")] == [
        ("CVE-2024-10001", native, {"cvss": 9.8, "severity": "CRITICAL"}),
        ("CVE-2024-10002", native, {}),
        ("CVE-2024-10003", native, {}),
        ("CVE-2024-10004", native, {"cvss": 4.0}),
    ]


def test_advice_comes_once_in_order_with_its_kind_and_address() -> None:
    fix = {"category": "vendor_fix", "details": "Install 2.0.", "url": "https://example.org/fix"}
    wall = {"category": "mitigation", "details": "Put it behind\na firewall.", "url": "ftp://x"}
    changes = read(
        advisory(
            notes=[
                note("general", "Recommended Practices", "Keep copies offline."),
                note("general", "Recommended Practices", "No known public exploits are about."),
                note("general", "General recommendations", "Install  2.0."),
                note("general", "CISA Disclaimer", "As is."),
                note("other", "Recommended Practices", "Of another kind."),
            ],
            vulnerabilities=[
                vulnerability(remediations=[fix, wall, {"category": "none_available"}]),
                vulnerability(remediations=[wall, {**fix, "details": "install 2.0."}, "text"]),
                vulnerability(remediations=[{"category": "workaround", "details": "Unplug it."}]),
            ],
        )
    )
    assert [(s.detail, s.value) for s in said(changes, "advised")] == [
        (
            {"place": 1, "category": "vendor_fix", "url": "https://example.org/fix"},
            "Install 2.0.",
        ),
        ({"place": 2, "category": "mitigation"}, "Put it behind\na firewall."),
        ({"place": 3, "category": "workaround"}, "Unplug it."),
        ({"place": 4, "category": "general"}, "Keep copies offline."),
    ]


def test_much_advice_is_cut_at_a_sensible_number() -> None:
    many = [{"category": "mitigation", "details": f"Do thing {number}."} for number in range(99)]
    practices = [note("general", "Recommended Practices", f"Habit {n}.") for n in range(99)]
    changes = read(advisory(notes=practices, vulnerabilities=[vulnerability(remediations=many)]))
    advised = [s.value for s in said(changes, "advised")]
    assert (advised[0], advised[24], advised[25], len(advised)) == (
        "Do thing 0.",
        "Do thing 24.",
        "Habit 0.",
        40,
    )


def test_nothing_is_ever_said_to_be_targeted() -> None:
    notes = [
        note("other", "Critical infrastructure sectors", "Energy"),
        note("other", "Countries/areas deployed", "Germany"),
    ]
    predicates = {s.predicate.value for s in read(advisory(notes=notes)).records[0].statements}
    assert {"deployed-in"} <= predicates
    assert not {name for name in predicates if name.startswith("targets")}


def reference(url: object, category: str = "self") -> dict[str, object]:
    return {"category": category, "summary": "Page", "url": url}


@pytest.mark.parametrize(
    ("references", "cited"),
    [
        (
            [
                reference("https://vendor.example.org/page.html"),
                reference("https://raw.example.org/a.json"),
                reference("https://www.cisa.gov/a.json"),
                reference("https://us-cert.cisa.gov/advisories/a"),
                reference("https://www.cisa.gov/other", "external"),
            ],
            "https://us-cert.cisa.gov/advisories/a",
        ),
        (
            [reference("https://raw.example.org/a.JSON"), reference("https://example.org/a")],
            "https://example.org/a",
        ),
        ([reference("javascript:alert(1)"), reference(5)], "https://feed.example.org/a.json"),
        ([reference("https://[x/")], "https://feed.example.org/a.json"),
        ([reference("https://example.org/\u202egpj")], "https://feed.example.org/a.json"),
    ],
)
def test_the_publishers_own_page_is_cited_before_any_file(
    references: list[object], cited: str
) -> None:
    changes = read(advisory(references=references), "https://feed.example.org/a.json")
    (document,) = changes.documents
    assert (document.url, document.title) == (cited, "Example Pump Controller")
    assert (document.publisher, document.published) == ("Example", "2024-05-01")
    assert {s.documents for s in changes.records[0].statements} == {(document.id,)}


def test_advisories_without_an_address_are_documents_of_their_own() -> None:
    one, other = read(advisory()).documents[0], read(advisory(own_id="EX-24-002")).documents[0]
    assert one.url == other.url == ""
    assert one.id != other.id


def test_another_publisher_is_a_source_nobody_has_judged() -> None:
    changes = read(advisory(publisher=VENDOR_FACTS, label="GREEN"))
    found = changes.source
    assert (found.id, found.publisher) == ("local-example-psirt", "Example PSIRT")
    assert (found.reliability, found.tlp) == ("F", "GREEN")


def test_a_publisher_without_a_name_goes_by_the_host_of_its_namespace() -> None:
    changes = read(advisory(publisher={"namespace": "https://www.psirt.example.org/x"}))
    assert changes.source.title == "psirt.example.org"
    assert [s.value for s in said(changes, "issued-by")] == ["psirt.example.org"]


def test_a_host_that_only_ends_like_cisas_is_not_cisa() -> None:
    assert read(advisory(namespace="https://notcisa.gov/")).source.id == "local-example"
    assert read(advisory(namespace="https://us-cert.cisa.gov/")).source.id == "cisa-csaf"


@pytest.mark.parametrize(
    ("label", "marked"),
    [("WHITE", ""), ("CLEAR", ""), ("AMBER", "AMBER"), ("PURPLE", "RED"), (7, "RED"), (None, "")],
)
def test_a_label_other_than_the_sources_stands_on_every_statement(
    label: object, marked: str
) -> None:
    assert {s.tlp for s in read(advisory(label=label)).records[0].statements} == {marked}


def test_advisories_of_an_unknown_publisher_bear_their_own_label_always() -> None:
    def marked(label: object) -> set[str]:
        changes = read(advisory(publisher=VENDOR_FACTS, label=label))
        return {s.tlp for s in changes.records[0].statements} | {changes.source.tlp}

    assert marked("AMBER") == {"AMBER"}
    assert marked("WHITE") == {"CLEAR"}
    assert marked(None) == {"RED"}


def test_a_source_that_a_person_chose_is_kept() -> None:
    chosen = replace(context(), chosen=source("my-csaf", tlp="AMBER"))
    changes = read(advisory(publisher=VENDOR_FACTS, label=None), known=chosen)
    assert (changes.source.id, {s.tlp for s in changes.records[0].statements}) == ("my-csaf", {""})


def edition(**fields: str) -> str:
    return read(advisory(**fields)).records[0].edition  # type: ignore[arg-type]  # texts only


def test_revisions_are_ordered_by_their_date_in_utc_and_then_by_version() -> None:
    written = [
        edition(released="2024-05-01T23:00:00-04:00", version="3"),
        edition(released="2024-05-02T02:00:00Z", version="9"),
        edition(released="2024-05-02T03:00:00.000Z", version="10"),
        edition(released="2024-05-02T03:00:00.000001Z", version="1"),
    ]
    assert sorted(written) == [written[1], written[0], written[2], written[3]]
    assert edition(released="some day") == ""


def test_a_document_with_one_revision_is_as_old_as_its_first_release() -> None:
    # CISA wrote the day of a conversion as the current date, and took it back later.
    first = advisory(released="2025-10-10T21:50:01.109098Z", version="1")
    first["document"]["tracking"]["revision_history"] = [{"number": "1"}]
    assert read(first).records[0].edition < edition(released="2024-05-02T06:00:00Z")


def test_versions_order_as_semantic_versions_do() -> None:
    ordered = ["1.0.0-alpha", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.2.0", "1.10.0", "2.0.0"]
    mixed = [ordered[at] for at in (5, 2, 0, 6, 3, 1, 4)]
    assert sorted(mixed, key=comparable_version) == ordered
    assert sorted(["10", "9", "1"], key=comparable_version) == ["1", "9", "10"]
    assert comparable_version("1.0.0+build") == comparable_version("1.0.0")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({}, "only CSAF 2.0 and 2.1 are read here, and it names none."),
        (advisory(csaf_version="1.2"), "are read here, and it says “1.2”."),
        (advisory(title="\u200b"), "the advisory has no title."),
        (advisory(own_id=" "), "the advisory has no tracking id."),
        (advisory(publisher="text"), "the advisory has no namespace of a publisher."),
        (b"[]", "line 1, column 1 should hold “{”."),
        (b'{"document": {', "breaks off in the middle"),
        (orjson.dumps(advisory())[:-1], "breaks off in the middle"),
        (b'{"document": {"a": 1, "a": 2}}', "it has the key “a” twice"),
        (b'{"document": {}, "document": {}}', "it has the key “document” twice"),
        (b'{"document": "\\ud800"}', "half a character"),
        (b'{"document": NaN}', "NaN"),
        (b'{"document": ' + b"[" * 400 + b"]" * 400 + b"}", "nested too deeply"),
    ],
)
def test_what_is_no_advisory_is_refused_with_its_name_and_reason(
    document: object, sentence: str
) -> None:
    told = refusal(document)
    assert "advisory.json" in told
    assert sentence in told
    assert told.endswith(".")


@pytest.mark.parametrize(
    ("data", "recognised"),
    [
        (orjson.dumps(advisory()), True),
        (orjson.dumps({"$schema": "https://example.org", **advisory()}), True),
        (orjson.dumps(dict(reversed(advisory().items()))), True),
        (orjson.dumps(advisory(notes=[note("general", "", "x" * 100_000)])), True),
        (b'{"document": {"title": "Something"}}', False),
        (b'{"vulnerabilities": [{"cveID": "CVE-2024-1000"}]}', False),
        (b'{"type": "bundle", "objects": []}', False),
        (b"{}", False),
        (b"[]", False),
    ],
)
def test_an_advisory_is_recognised_by_what_it_holds(data: bytes, recognised: bool) -> None:
    assert FORMAT.matches(outline_of(Payload("x", data))) is recognised
