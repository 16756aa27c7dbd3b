"""Who may see what a STIX object states: TLP 1.0, TLP 2.0 and what nobody defines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stix_samples import read, ref, relation, statements, thing

from briefing.core.tlp import highest, parse_tlp

EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_1 = {
    "CLEAR": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "GREEN": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "AMBER": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "RED": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
TLP_2 = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
OPENCTI_STRICT = "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37"
CONSTANT = [*TLP_1.items(), *TLP_2.items(), ("AMBER+STRICT", OPENCTI_STRICT)]


def label(*marks: Any, others: tuple[dict[str, Any], ...] = (), **fields: Any) -> str:
    """The label of what a marked object states."""
    marked = thing("malware", name="Fox", object_marking_refs=list(marks), **fields)
    (said,) = [s for s in statements(read(marked, *others)) if s.subject == marked["id"]]
    return said.tlp


def marking(number: int = 1, **fields: Any) -> dict[str, Any]:
    return thing("marking-definition", number, **fields)


@pytest.mark.parametrize(("code", "mark"), CONSTANT)
def test_the_markings_of_both_versions_of_tlp_are_known_without_their_definition(
    code: str, mark: str
) -> None:
    assert label(mark) == code


def test_a_constant_marking_means_what_it_means_whatever_the_bundle_defines() -> None:
    widened = {**marking(definition_type="tlp", definition={"tlp": "white"}), "id": TLP_1["RED"]}
    assert label(TLP_1["RED"], others=(widened,)) == "RED"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"definition_type": "tlp", "definition": {"tlp": "green"}}, "GREEN"),
        ({"definition_type": "TLP", "definition": {"tlp": "WHITE"}}, "CLEAR"),
        ({"definition_type": "tlp", "definition": {"tlp": "purple"}}, "RED"),
        ({"definition_type": "tlp", "definition": "green"}, "RED"),
        ({"definition_type": "tlp"}, "RED"),
        ({"extensions": {EXTENSION: {"tlp_2_0": "amber+strict"}}}, "AMBER+STRICT"),
        ({"extensions": {EXTENSION: {"tlp_2_0": "clear"}}, "name": "x"}, "CLEAR"),
        ({"extensions": {EXTENSION: {"tlp_2_0": 5}}}, "RED"),
        ({"extensions": {EXTENSION: {}}}, "RED"),
        ({"name": "TLP:AMBER"}, "AMBER"),
        ({"definition_type": "TLP:GREEN"}, "GREEN"),
        (
            {
                "definition_type": "statement",
                "definition": {"statement": "custom"},
                "x_opencti_definition_type": "TLP",
                "x_opencti_definition": "TLP:AMBER+STRICT",
            },
            "AMBER+STRICT",
        ),
        ({"definition_type": "acme-levels", "definition": {"level": 1}}, "RED"),
        ({}, "RED"),
    ],
)
def test_a_marking_of_the_bundle_is_read_by_what_it_defines(
    fields: dict[str, Any], code: str
) -> None:
    assert label(ref("marking-definition"), others=(marking(**fields),)) == code


def test_a_statement_of_copyright_is_no_label() -> None:
    terms = marking(definition_type="statement", definition={"statement": "© somebody"})
    assert label(ref("marking-definition"), others=(terms,)) == ""
    assert label(ref("marking-definition"), TLP_2["GREEN"], others=(terms,)) == "GREEN"


def test_an_object_without_markings_bears_the_label_of_its_source() -> None:
    assert label() == ""
    (said,) = statements(read(thing("malware", name="Fox")))
    assert said.tlp == ""


@pytest.mark.parametrize("odd", [ref("marking-definition", 5), "TLP:CLEAR", "", 5, None, ["x"]])
def test_a_marking_that_nobody_defines_is_red(odd: object) -> None:
    assert label(odd) == "RED"
    assert label(TLP_2["CLEAR"], odd) == "RED"


def test_a_marking_that_is_something_else_is_red() -> None:
    assert label(ref("tool"), others=(thing("tool", definition_type="statement"),)) == "RED"


@pytest.mark.parametrize("marks", ["marking", {"a": 1}, 7])
def test_markings_that_are_no_list_are_red(marks: object) -> None:
    (said,) = statements(read(thing("malware", name="Fox", object_marking_refs=marks)))
    assert said.tlp == "RED"


def test_the_marking_of_one_field_counts_for_the_whole_object() -> None:
    parts = [
        {"marking_ref": TLP_2["AMBER"], "selectors": ["description"]},
        {"lang": "fr", "selectors": ["name"]},
        "x",
    ]
    assert label(granular_markings=parts) == "AMBER"
    assert label(TLP_2["RED"], granular_markings=parts) == "RED"


def test_a_relationship_and_a_report_bear_their_own_label() -> None:
    mark = {"object_marking_refs": [TLP_2["GREEN"]]}
    uses = relation("uses", ref("intrusion-set"), ref("malware"), **mark)
    report = thing("report", name="R", object_refs=[ref("malware")], **mark)
    assert {said.tlp for said in statements(read(uses, report))} == {"GREEN"}


@given(st.lists(st.sampled_from(CONSTANT), min_size=1, max_size=4))
def test_the_highest_of_several_markings_counts(marks: list[tuple[str, str]]) -> None:
    expected = highest(parse_tlp(code) for code, _ in marks).code
    assert label(*(mark for _, mark in marks)) == expected
