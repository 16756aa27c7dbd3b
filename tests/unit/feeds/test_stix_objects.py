"""What STIX objects state about themselves: names, prose, motives, dates, reports."""

from __future__ import annotations

from typing import Any

import pytest
from stix_samples import STAMP, addresses, attack, put_aside, read, ref, stated, statements, thing

from briefing.core.changes import stable_id

FOX = ref("intrusion-set")


def link(name: str, url: str = "", **fields: Any) -> dict[str, Any]:
    return {"source_name": name, **({"url": url} if url else {}), **fields}


def names(*objects: Any) -> list[str]:
    return [value for _, _, value in stated(read(*objects), "named")]


@pytest.mark.parametrize(
    "kind",
    ["intrusion-set", "threat-actor", "campaign", "malware", "tool", "attack-pattern", "incident"],
)
def test_the_main_name_comes_first_and_each_name_once(kind: str) -> None:
    assert names(thing(kind, name=" Fox ", aliases=["Owl", "Fox", "Elk", ""])) == [
        *("Fox", "Owl", "Elk")
    ]


def test_aliases_of_attack_and_of_opencti_are_names_and_numbers_of_attack_are_none() -> None:
    assert names(thing("malware", name="Fox", x_mitre_aliases=["Fox", "Owl"])) == ["Fox", "Owl"]
    pattern = thing("attack-pattern", name="Phish", x_opencti_aliases=["T1566", "T1566.001", "P"])
    assert names(pattern) == ["Phish", "P"]


def test_a_name_without_anything_to_see_is_none() -> None:
    assert names(thing("malware", name="\u202e\u200d", aliases=["\x00"])) == []


def test_a_name_loses_what_steers_a_screen_and_is_no_longer_than_is_kept() -> None:
    assert names(thing("tool", name="Fox\u202e\x07 one\ntwo")) == ["Fox one two"]
    (long,) = names(thing("tool", name="word " * 1000))
    assert len(long) <= 500
    assert long.endswith("word…")


def test_a_name_rests_on_the_documents_that_attack_gives_for_it() -> None:
    references = [
        link("Owl", description="(Citation: First)(Citation: Second) (Citation: Nowhere)"),
        link("First", "https://example.org/1"),
        link("Second", "https://example.org/2"),
    ]
    fox = thing("intrusion-set", name="Fox", aliases=["Owl"], external_references=references)
    changes = read(fox)
    cited = {said.value: addresses(changes, said) for said in statements(changes, "named")}
    assert cited == {"Fox": [], "Owl": ["https://example.org/1", "https://example.org/2"]}


def test_a_description_is_plain_text_without_marks_and_cites_what_they_name() -> None:
    written = (
        "[Fox](https://attack.mitre.org/groups/G9999) is a group (Citation: First)."
        " It uses <code>cmd</code> &amp; more.(Citation: CISA Alert (TA1))(Citation: First)"
    )
    references = [
        link("CISA Alert (TA1)", "https://example.org/1"),
        link("First", "https://example.org/2"),
        link("Other", "https://example.org/3"),
    ]
    changes = read(
        thing("intrusion-set", name="Fox", description=written, external_references=references)
    )
    (said,) = statements(changes, "described-as")
    assert (said.subject, said.object) == (FOX, "description")
    assert said.value == "Fox is a group. It uses cmd & more."
    assert addresses(changes, said) == ["https://example.org/2", "https://example.org/1"]


def test_an_actor_is_mentioned_in_every_document_it_cites_and_not_in_a_catalogue() -> None:
    references = [
        link("mitre-attack", "https://attack.mitre.org/groups/G1", external_id="G0001"),
        link("First", "https://example.org/1"),
        link("Again", "https://example.org/1"),
        link("No address"),
        link("Mail", "mailto:someone@example.org"),
    ]
    changes = read(thing("threat-actor", name="Fox", external_references=references))
    (document,) = changes.documents
    assert stated(changes, "mentioned-in") == [
        (ref("threat-actor"), document.id, "https://example.org/1")
    ]
    assert document.id == stable_id("document", "https://example.org/1")
    (said,) = statements(changes, "mentioned-in")
    assert said.documents == (document.id,)


def test_motives_goals_and_kinds_are_mapped_and_kept_as_written_where_they_map_to_nothing() -> None:
    fox = thing(
        "threat-actor",
        name="Fox",
        primary_motivation="ideology",
        secondary_motivations=["dominance", "espionage", "unknown"],
        goals=["Steal designs"],
        threat_actor_types=["nation-state", "spy"],
        confidence=80,
    )
    changes = read(fox)
    me = ref("threat-actor")
    assert stated(changes, "motivated-by") == [
        (me, "ideology", "ideology"),
        (me, "", "dominance"),
        (me, "espionage", "espionage"),
    ]
    assert stated(changes, "has-goal") == [
        (me, "exfiltration", "espionage"),
        (me, "", "Steal designs"),
    ]
    assert stated(changes, "of-kind") == [(me, "state", "nation-state")]
    assert {said.confidence for said in statements(changes, "motivated-by")} == {"high"}
    assert {said.confidence for said in statements(changes, "named")} == {""}


def test_stix_20_has_the_kind_of_an_actor_among_its_labels() -> None:
    changes = read(thing("threat-actor", name="Fox", labels=["criminal", "x"]), spec_version="2.0")
    assert stated(changes, "of-kind") == [(ref("threat-actor"), "criminal", "criminal")]


def test_an_actor_is_active_since_it_was_first_seen() -> None:
    changes = read(thing("intrusion-set", name="Fox", first_seen="2019-04-02T00:00:00Z"))
    (said,) = statements(changes, "active-since")
    assert (said.value, said.first_seen) == ("2019-04-02T00:00:00Z", "2019-04-02")


def test_a_campaign_was_active_from_and_to_the_days_it_states_with_the_documents_for_them() -> None:
    campaign = thing(
        "campaign",
        name="Fox hunt",
        description="It ran.",
        first_seen="2022-07-01T04:00:00.000Z",
        last_seen="2022-09-01T00:00:00.000Z",
        x_mitre_first_seen_citation="(Citation: First)",
        x_mitre_last_seen_citation="(Citation: Last),(Citation: First)",
        external_references=[
            link("First", "https://example.org/1"),
            link("Last", "https://example.org/2"),
        ],
    )
    changes = read(campaign)
    (said,) = statements(changes, "happened")
    assert (said.object, said.first_seen, said.last_seen) == ("active", "2022-07-01", "2022-09-01")
    assert said.value == "2022-07-01T04:00:00.000Z/2022-09-01T00:00:00.000Z"
    assert addresses(changes, said) == ["https://example.org/1", "https://example.org/2"]
    assert stated(changes, "described-as") == [(ref("campaign"), "description", "It ran.")]


@pytest.mark.parametrize("odd", [{}, {"first_seen": "spring"}, {"last_seen": ["2020"]}])
def test_a_campaign_without_a_day_did_not_happen_at_one(odd: dict[str, Any]) -> None:
    assert stated(read(thing("campaign", name="Fox hunt", **odd)), "happened") == []


def test_an_incident_happened_and_is_described() -> None:
    changes = read(
        thing("incident", name="Break-in", description="At night.", first_seen="2023-01-05")
    )
    assert stated(changes, "happened") == [(ref("incident"), "incident", "2023-01-05")]
    assert stated(changes, "described-as") == [(ref("incident"), "description", "At night.")]


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "cve-2024-12345"},
        {"name": "Bad", "external_references": [link("cve", external_id="CVE-2024-12345")]},
    ],
)
def test_a_vulnerability_is_spoken_of_by_its_cve_id(fields: dict[str, Any]) -> None:
    changes = read(thing("vulnerability", description="Overflow.", **fields))
    assert stated(changes, "described-as") == [("CVE-2024-12345", "summary", "Overflow.")]
    assert changes.records[0].native_id == ref("vulnerability")


def test_a_vulnerability_without_a_cve_id_is_spoken_of_by_its_own() -> None:
    assert stated(read(thing("vulnerability", name="Bad")), "named") == [
        (ref("vulnerability"), "", "Bad")
    ]


REPORT = thing(
    "report",
    name="<b>Fox</b> at work",
    description="What <i>we</i> saw.",
    published="2024-02-20T08:30:00Z",
    modified="2024-03-05T00:00:00Z",
    report_types=["threat-actor"],
    labels=["apt", "threat-actor"],
    created_by_ref=ref("identity", 9),
    object_refs=[
        FOX,
        FOX,
        ref("vulnerability"),
        ref("vulnerability", 2),
        ref("indicator"),
        ref("relationship"),
        ref("marking-definition"),
        "nonsense",
        7,
    ],
    external_references=[
        link("cve", "https://cve.example/CVE-2023-0001", external_id="CVE-2023-0001"),
        link("Acme", "https://acme.example/R-7", external_id="R-7"),
        link("Acme", "https://acme.example/fox"),
        link("Other", "https://other.example/"),
    ],
)
OTHERS = [
    thing("identity", 9, name="Acme"),
    thing("vulnerability", name="CVE-2024-12345"),
]


def test_a_report_states_what_every_advisory_states() -> None:
    changes = read(REPORT, *OTHERS)
    me = ref("report")
    assert stated(changes, "named")[0] == (me, "", "Fox at work")
    assert stated(changes, "issued-by") == [(me, "", "Acme")]
    assert [(s.object, s.value, s.first_seen) for s in statements(changes, "happened")] == [
        ("published", "2024-02-20T08:30:00Z", "2024-02-20"),
        ("updated", "2024-03-05T00:00:00Z", "2024-03-05"),
    ]
    assert stated(changes, "described-as") == [
        (me, "summary", "What we saw."),
        (me, "tag", "threat-actor"),
        (me, "tag", "apt"),
    ]


def test_a_report_mentions_entities_and_cve_ids_and_none_of_its_workings() -> None:
    assert stated(read(REPORT, *OTHERS), "mentioned-in") == [
        (FOX, ref("report"), ""),
        ("CVE-2024-12345", ref("report"), ""),
        (ref("vulnerability", 2), ref("report"), ""),
        ("CVE-2023-0001", ref("report"), ""),
    ]


def test_every_statement_of_a_report_cites_the_report_itself() -> None:
    changes = read(REPORT, *OTHERS)
    (document,) = changes.documents
    said = [s for s in statements(changes) if ref("report") in (s.subject, s.object)]
    assert {s.documents for s in said} == {(document.id,)}
    assert (document.title, document.publisher) == ("Fox at work", "Acme")
    assert (document.url, document.published, document.kind) == (
        "https://acme.example/fox",
        "2024-02-20",
        "report",
    )


@pytest.mark.parametrize(
    ("references", "url"),
    [
        ([link("Acme", "https://acme.example/R-7", external_id="R-7")], "https://acme.example/R-7"),
        ([link("mitre-attack", "https://attack.mitre.org/x", external_id="T1")], ""),
        ([link("CVE", "https://cve.example/1", external_id="CVE-2023-0001")], ""),
        ([link("Acme", "file:///etc/passwd"), "x", {}], ""),
    ],
)
def test_the_address_of_a_report_is_never_that_of_what_it_mentions(
    references: list[Any], url: str
) -> None:
    (document,) = read(thing("report", name="Fox", external_references=references)).documents
    assert (document.url, document.publisher) == (url, "acme.example" if url else "")


def test_a_report_without_an_address_is_a_document_all_the_same() -> None:
    changes = read(thing("report", name="Fox", published=STAMP, object_refs=[]))
    (document,) = changes.documents
    assert (document.id, document.url) == (stable_id("document", ref("report")), "")
    assert [s.object for s in statements(changes, "happened")] == ["published"]


@pytest.mark.parametrize(
    "kind",
    ["indicator", "observed-data", "sighting", "note", "grouping", "x-mitre-tactic", "x-acme"],
)
def test_other_kinds_are_kept_and_state_nothing(kind: str) -> None:
    (record,) = read(thing(kind, name="Fox", description="Text.")).records
    assert (record.kind, record.statements) == (kind, ())


def test_places_and_sectors_and_infrastructure_are_named() -> None:
    places = [
        thing("location", name="Albania", country="AL", x_opencti_aliases=["ALB"]),
        thing("identity", name="Energy", identity_class="class"),
        thing("infrastructure", name="Relay"),
    ]
    assert names(*places) == ["Albania", "ALB", "Energy", "Relay"]


def capec(kind: str, number: int = 1, **fields: Any) -> dict[str, Any]:
    return thing(kind, number, name="Pattern", **fields)


def test_a_pattern_of_capec_is_no_technique_and_its_mitigation_no_mitigation() -> None:
    by_number = [link("capec", "https://capec.example/1", external_id="CAPEC-1")]
    objects = [
        capec("attack-pattern", 1, external_references=by_number),
        capec("attack-pattern", 2, x_capec_status="Draft"),
        capec("course-of-action", 3, x_capec_version="3.9"),
    ]
    changes = read(*objects)
    assert [record.kind for record in changes.records] == [
        *("capec-pattern", "capec-pattern", "capec-mitigation")
    ]
    assert put_aside(changes) == []


def test_a_technique_of_attack_that_refers_to_capec_stays_a_technique() -> None:
    both = [link("capec", "https://capec.example/1", external_id="CAPEC-1")]
    technique = attack("attack-pattern", 1, "T1999", name="Fox trot", external_references=both)
    own = thing("attack-pattern", 2, name="A vendor's own")
    assert [record.kind for record in read(technique, own).records] == ["attack-pattern"] * 2


def test_what_is_revoked_or_deprecated_is_kept_with_its_name() -> None:
    gone = thing("attack-pattern", name="Old", revoked=True, x_mitre_deprecated=True)
    changes = read(gone)
    assert changes.records[0].value()["revoked"] is True
    assert names(gone) == ["Old"]
