"""What STIX relationships state, and of whom."""

from __future__ import annotations

from typing import Any

import pytest
from stix_samples import addresses, read, ref, relation, stated, statements, thing

FOX = ref("intrusion-set")
CASES = [
    ("uses", FOX, ref("attack-pattern"), "uses-technique"),
    ("uses", ref("campaign"), ref("malware"), "uses-software"),
    ("uses", ref("malware"), ref("tool"), "uses-software"),
    ("attributed-to", ref("campaign"), FOX, "attributed-to"),
    ("attributed-to", FOX, ref("threat-actor"), "attributed-to"),
    ("attributed-to", ref("incident"), ref("identity"), "attributed-to"),
    ("revoked-by", ref("attack-pattern"), ref("attack-pattern", 2), "same-as"),
    ("duplicate-of", ref("malware"), ref("malware", 2), "same-as"),
]


@pytest.mark.parametrize(("name", "one", "other", "predicate"), CASES)
def test_a_relationship_states_something_of_its_source_even_where_both_ends_are_elsewhere(
    name: str, one: str, other: str, predicate: str
) -> None:
    changes = read(relation(name, one, other))
    assert [s.predicate.value for s in statements(changes)] == [predicate]
    assert stated(changes, predicate) == [(one, other, name)]


def test_what_mitigates_a_technique_is_stated_of_the_technique() -> None:
    changes = read(relation("mitigates", ref("course-of-action"), ref("attack-pattern")))
    assert stated(changes, "mitigated-by") == [
        (ref("attack-pattern"), ref("course-of-action"), "mitigates")
    ]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("indicates", ref("indicator"), ref("malware")),
        ("detects", ref("x-mitre-data-component"), ref("attack-pattern")),
        ("subtechnique-of", ref("attack-pattern"), ref("attack-pattern", 2)),
        ("targets", ref("attack-pattern"), ref("x-mitre-asset")),
        ("uses", FOX, ref("infrastructure")),
        ("related-to", FOX, ref("threat-actor")),
        ("part-of", ref("identity"), ref("identity", 2)),
        ("located-at", FOX, ref("identity")),
        ("anything", FOX, ref("malware")),
    ],
)
def test_other_relationships_are_kept_and_state_nothing(name: str, one: str, other: str) -> None:
    changes = read(relation(name, one, other), thing("identity", name="Energy"))
    assert [s for s in statements(changes) if s.predicate.value != "named"] == []
    assert changes.records[0].kind == "relationship"


@pytest.mark.parametrize("field", ["revoked", "x_mitre_deprecated"])
def test_a_relationship_that_its_source_has_withdrawn_states_nothing(field: str) -> None:
    changes = read(relation("uses", FOX, ref("malware"), **{field: True}))
    assert (len(changes.records), statements(changes)) == (1, [])


@pytest.mark.parametrize("odd", [None, 5, "", "malware", "malware--1", ["x"], {"a": 1}])
def test_a_relationship_without_two_ends_is_kept_and_states_nothing(odd: object) -> None:
    ends: list[dict[str, Any]] = [
        relation("uses", FOX, odd),  # type: ignore[arg-type] # the point of the test
        relation("uses", odd, FOX, 2),  # type: ignore[arg-type] # the point of the test
        relation(odd, FOX, FOX, 3),  # type: ignore[arg-type] # the point of the test
    ]
    changes = read(*ends)
    assert (len(changes.records), statements(changes), changes.quarantined) == (3, [], ())


def test_a_relationship_cites_its_references_once_each_and_in_order() -> None:
    references = [
        {"source_name": "A", "url": "https://example.org/a"},
        {"source_name": "mitre-attack", "url": "https://attack.mitre.org/x", "external_id": "X"},
        {"source_name": "B", "url": " https://example.org/b "},
        {"source_name": "A", "url": "https://example.org/a"},
        {"source_name": "C", "url": "ftp://example.org/c"},
        {"source_name": "D", "url": "https://example.org/" + "x" * 3000},
        {"source_name": "E", "url": ["https://example.org/e"]},
        "F",
    ]
    changes = read(relation("uses", FOX, ref("malware"), external_references=references))
    (said,) = statements(changes)
    assert addresses(changes, said) == ["https://example.org/a", "https://example.org/b"]


def test_a_document_cited_by_many_is_one_document() -> None:
    cited = [{"source_name": "A", "url": "https://example.org/a"}]
    many = [
        relation("uses", FOX, ref("malware", n), n, external_references=cited) for n in range(1, 9)
    ]
    changes = read(*many)
    assert len(changes.documents) == 1
    assert len({said.documents for said in statements(changes)}) == 1


@pytest.mark.parametrize(
    ("stated_confidence", "word"),
    [
        *((0, ""), (1, "low"), (29, "low"), (30, "medium"), (69, "medium"), (70, "high")),
        *((100, "high"), (101, ""), (-5, ""), (True, ""), ("80", ""), (80.0, "")),
    ],
)
def test_confidence_is_put_into_words_by_the_scale_of_stix(
    stated_confidence: object, word: str
) -> None:
    changes = read(relation("uses", FOX, ref("malware"), confidence=stated_confidence))
    assert [said.confidence for said in statements(changes)] == [word]


def test_a_relationship_holds_from_and_to_the_days_it_states() -> None:
    changes = read(
        relation(
            *("uses", FOX, ref("malware")),
            start_time="2020-01-02T03:04:05Z",
            stop_time="2020-13-02T00:00:00Z",
        )
    )
    assert [(s.first_seen, s.last_seen) for s in statements(changes)] == [("2020-01-02", "")]


def aimed_at(target: dict[str, Any], name: str = "targets") -> list[tuple[str, str, str]]:
    """(predicate, object, value) of what a relationship to the target states."""
    changes = read(relation(name, FOX, target["id"]), target)
    return [(s.predicate.value, s.object, s.value) for s in statements(changes) if s.subject == FOX]


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        ({"name": "Energy"}, [("targets-sector", "energy", "Energy")]),
        (
            {"name": "Power plants of sorts", "x_opencti_aliases": ["x", "Energy"]},
            [("targets-sector", "energy", "Power plants of sorts")],
        ),
        ({"name": "Acme", "sectors": ["communications", "odd"]}, None),
        ({"name": "NATO"}, [("targets-country", "org:nato", "NATO")]),
        ({"name": "Acme"}, [("targets-sector", "", "Acme")]),
        ({}, [("targets-sector", "", ref("identity"))]),
    ],
)
def test_an_identity_is_a_sector_or_a_place_or_has_sectors_or_keeps_its_name(
    fields: dict[str, Any], meant: list[tuple[str, str, str]] | None
) -> None:
    # STIX calls the media "communications".
    own_sectors = [
        ("targets-sector", "media", "communications"),
        ("targets-sector", "", "odd"),
    ]
    assert aimed_at(thing("identity", **fields)) == (own_sectors if meant is None else meant)


@pytest.mark.parametrize(
    ("fields", "code", "value"),
    [
        ({"name": "Albania", "country": "AL"}, "AL", "Albania"),
        ({"name": "Tirana", "country": "AL"}, "AL", "Tirana"),
        ({"country": "AL"}, "AL", "AL"),
        ({"name": "Albania"}, "AL", "Albania"),
        ({"name": "Over there", "region": "western-europe"}, "region:western-europe", "Over there"),
        ({"region": "eastern-asia"}, "region:eastern-asia", "eastern-asia"),
        ({"name": "Atlantis", "country": "ZZ"}, "", "Atlantis"),
        ({}, "", ref("location")),
    ],
)
def test_a_location_is_a_country_or_a_region_or_keeps_its_name(
    fields: dict[str, Any], code: str, value: str
) -> None:
    place = thing("location", **fields)
    assert aimed_at(place) == [("targets-country", code, value)]
    assert aimed_at(place, "located-at") == [("located-in", code, value)]
    assert aimed_at(place, "originates-from") == [("located-in", code, value)]


@pytest.mark.parametrize("name", ["targets", "exploits"])
def test_a_vulnerability_is_exploited_by_its_cve_id_or_by_its_own(name: str) -> None:
    known = thing("vulnerability", name="CVE-2024-12345")
    own = thing("vulnerability", name="Bad parser")
    assert aimed_at(known, name) == [("exploits", "CVE-2024-12345", "CVE-2024-12345")]
    assert aimed_at(own, name) == [("exploits", ref("vulnerability"), "Bad parser")]


@pytest.mark.parametrize(
    ("kind", "predicate", "code"),
    [
        ("identity", "targets-sector", ""),
        ("location", "targets-country", ""),
        ("vulnerability", "exploits", ref("vulnerability")),
    ],
)
def test_a_target_that_is_not_in_the_bundle_is_stated_by_its_id(
    kind: str, predicate: str, code: str
) -> None:
    changes = read(relation("targets", FOX, ref(kind)))
    assert stated(changes, predicate) == [(FOX, code, ref(kind))]
