"""Contents of records: MISP's clusters and STIX objects of ATT&CK read alike."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.store.contents import Content

NATIVE = "attack-pattern--00000001-0000-4000-8000-000000000000"
MISP: dict[str, Any] = {
    "value": "Fox trot - T1999.001",
    "description": " It hops. ",
    "revoked": True,
    "meta": {
        "external_id": "T1999.001",
        "kill_chain": ["attack-Windows:impact", "attack-Linux:impact", "attack-Linux:discovery"],
        "mitre_platforms": ["Windows", "Linux"],
        "mitre_data_sources": ["File: File Creation"],
        "refs": ["https://example.org/", "https://attack.mitre.org/techniques/T1999/001"],
    },
}
STIX: dict[str, Any] = {
    "type": "attack-pattern",
    "id": NATIVE,
    "name": "Fox trot",
    "description": " It hops. ",
    "revoked": True,
    "external_references": [
        {"source_name": "capec", "external_id": "CAPEC-1", "url": "https://capec.example/1"},
        {
            "source_name": "mitre-attack",
            "external_id": "T1999.001",
            "url": "https://attack.mitre.org/techniques/T1999/001",
        },
        {"source_name": "mitre-attack", "url": "https://attack.mitre.org/other"},
    ],
    "kill_chain_phases": [
        {"kill_chain_name": "mitre-attack", "phase_name": "impact"},
        {"kill_chain_name": "other", "phase_name": "actions"},
        {"kill_chain_name": "mitre-attack", "phase_name": "discovery"},
    ],
    "x_mitre_platforms": ["Windows", "Linux"],
    "x_mitre_data_sources": ["File: File Creation"],
}
PROPERTIES = (
    *("name", "description", "revoked", "deprecated", "attack_id", "parent", "group_ids"),
    *("tactics", "platforms", "detections", "url"),
)


def read(fields: object) -> Content:
    return Content.read(NATIVE, orjson.dumps(fields).decode())


def properties(fields: object) -> dict[str, Any]:
    content = read(fields)
    return {name: getattr(content, name) for name in PROPERTIES}


def test_a_technique_reads_alike_from_misp_and_from_stix() -> None:
    assert properties(MISP) == properties(STIX)
    assert properties(STIX) == {
        "name": "Fox trot",
        "description": "It hops.",
        "revoked": True,
        "deprecated": False,
        "attack_id": "T1999.001",
        "parent": "T1999",
        "group_ids": frozenset(),
        "tactics": ("impact", "discovery"),
        "platforms": ("Windows", "Linux"),
        "detections": ("File: File Creation",),
        "url": "https://attack.mitre.org/techniques/T1999/001",
    }


def test_what_holds_nothing_reads_as_nothing() -> None:
    for nothing in ({}, [], "text", None):
        assert properties(nothing) == {
            "name": NATIVE,
            "description": "",
            "revoked": False,
            "deprecated": False,
            "attack_id": "",
            "parent": "",
            "group_ids": frozenset(),
            "tactics": (),
            "platforms": (),
            "detections": (),
            "url": "",
        }


def reference(source: str, number: str) -> dict[str, Any]:
    return {"external_references": [{"source_name": source, "external_id": number}]}


@pytest.mark.parametrize(
    ("fields", "attack_id"),
    [
        (reference("mitre-attack", "T1999"), "T1999"),
        (reference("mitre-mobile-attack", "T1999"), "T1999"),
        (reference("mitre-ics-attack", "T0999"), "T0999"),
        (reference("capec", "CAPEC-1"), ""),
        (reference("acme", "T1999"), ""),
        ({"x_mitre_id": "T1999"}, "T1999"),
    ],
)
def test_only_a_number_that_attack_gives_is_an_attack_id(
    fields: dict[str, Any], attack_id: str
) -> None:
    assert read(fields).attack_id == attack_id


@pytest.mark.parametrize(
    "fields",
    [
        {
            "meta": {
                "external_id": "G0001",
                "synonyms": ["Owl", "G0002"],
                "group_attack_id": "G0003",
            }
        },
        {**reference("mitre-attack", "G0001"), "aliases": ["Owl", "G0002", "G0003"]},
    ],
)
def test_group_ids_are_the_own_one_and_those_among_the_names(fields: dict[str, Any]) -> None:
    assert read(fields).group_ids == {"G0001", "G0002", "G0003"}


def test_what_attack_no_longer_maintains_is_deprecated_and_not_revoked() -> None:
    content = read({"x_mitre_deprecated": True, "revoked": False})
    assert (content.deprecated, content.revoked) == (True, False)


def test_no_platform_is_no_platform() -> None:
    assert read({"x_mitre_platforms": ["None"]}).platforms == ()


def test_texts_of_meta_are_read_from_a_list_and_from_a_single_text() -> None:
    content = read({"meta": {"one": "x", "many": ["x", 5, "y"], "odd": {"a": 1}}})
    assert [content.texts(name) for name in ("one", "many", "odd", "none")] == [
        *(("x",), ("x", "y"), (), ())
    ]


ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5) | st.just("mitre-attack"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from([*MISP, *STIX, "aliases", "x_mitre_id", "x_mitre_deprecated"]), ANYTHING
    ),
    st.dictionaries(st.sampled_from([*MISP["meta"], "synonyms"]), ANYTHING),
    st.dictionaries(st.sampled_from(["source_name", "external_id", "url"]), ANYTHING),
)
def test_fields_of_any_type_read_as_texts_or_as_nothing(
    top: dict[str, Any], meta: dict[str, Any], referred: dict[str, Any]
) -> None:
    for fields in (top, {**top, "meta": meta}, {**top, "external_references": [referred]}):
        found = properties(fields)
        assert all(
            isinstance(found[name], str) for name in ("name", "description", "attack_id", "url")
        )
        assert all(isinstance(found[name], bool) for name in ("revoked", "deprecated"))
        for name in ("tactics", "platforms", "detections"):
            assert all(isinstance(text, str) for text in found[name])
