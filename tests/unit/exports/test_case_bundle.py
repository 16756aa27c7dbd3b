"""A worked incident as a bundle: valid STIX 2.1, deterministic, and no claim made a fact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import stix2
from case_samples import (
    actor_id,
    assessment,
    case,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
    worked_case,
)
from drawn_cases import cases
from hypothesis import given, settings
from stix2validator import ValidationOptions, validate_string

from briefing.core.case import Case
from briefing.core.case_page import KnownActor
from briefing.core.case_stix import EXTENSION, author_id, from_stix, is_ours, kind_of, to_stix
from briefing.core.case_words import Claimant, Supposes
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.stix_tlp import TLP_MARKINGS
from briefing.core.tlp import Tlp
from briefing.exports.case_bundle import render_case
from briefing.exports.stix_objects import PROGRAM

STRICT = ValidationOptions(
    version="2.1",
    strict=True,
    disabled=[
        # STIX allows ids that follow from content (section 2.9); what comes with the program has
        # such ids, so that a later version is the same object.
        "103",
        # A hash of what stands at an address: nobody fetched it.
        "302",
    ],
)
HERON = KnownActor(actor_id("Heron"), "Heron", "G9999", "", Tlp.CLEAR)
FULL = replace(worked_case(), opinions=(opinion("o1", "j1"),))


def bundle(made: Case, *actors: KnownActor) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render_case(made, {one.id: one for one in actors}))
    return found


def objects(made: Case, kind: str, *actors: KnownActor) -> list[dict[str, Any]]:
    return [one for one in bundle(made, *actors)["objects"] if one["type"] == kind]


def faults(content: bytes) -> list[str]:
    """What OASIS' validator finds, and what the stix2 package does not accept."""
    found = validate_string(content.decode(), STRICT)
    stix2.parse(content.decode(), allow_custom=False)
    return [error.message for error in found.errors] if not found.is_valid else []


def attributions(made: Case) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (one["target_ref"], one["extensions"][EXTENSION])
        for one in objects(made, "relationship", HERON)
    ]


def test_a_worked_case_passes_the_validator_of_oasis_strictly() -> None:
    assert faults(render_case(FULL, {HERON.id: HERON})) == []


def test_the_validator_would_find_a_fault() -> None:
    spoiled = render_case(FULL, {}).replace(b'"claimed_by"', b'"by"')
    assert any("does not match any of the regexes" in fault for fault in faults(spoiled))


@settings(max_examples=15)
@given(cases())
def test_any_case_passes_the_validator_of_oasis_strictly(drawn: Case) -> None:
    named = {
        actor: KnownActor(actor, "Heron", "", "", Tlp.GREEN)
        for one in drawn.hypotheses
        for actor in one.actors
    }
    assert faults(render_case(drawn, named)) == []


@settings(max_examples=25)
@given(cases())
def test_every_row_can_be_read_back_from_the_bundle(drawn: Case) -> None:
    made = bundle(drawn)["objects"]
    rows = [from_stix(one) for one in made if is_ours(one) and kind_of(one) != "derived"]
    assert rows == list(drawn.rows())


def test_equal_rows_give_equal_bytes_and_others_another_bundle() -> None:
    assert render_case(FULL, {HERON.id: HERON}) == render_case(FULL, {HERON.id: HERON})
    other = replace(FULL, claims=())
    assert bundle(FULL)["id"] != bundle(other)["id"]
    assert render_case(FULL, {}).endswith(b"}\n")


def test_our_extension_explains_itself_without_a_link_to_anywhere() -> None:
    (definition,) = objects(FULL, "extension-definition")
    assert definition["id"] == EXTENSION
    assert definition["created_by_ref"] == PROGRAM
    assert definition["extension_types"] == ["property-extension"]
    schema = json.loads(definition["schema"])
    assert len(schema["oneOf"]) == 7
    assert "http" not in definition["schema"].replace("https://json-schema.org/draft", "")


def test_authors_stand_as_identities_marked_as_low_as_their_rows() -> None:
    made = case(
        subject(author="A", tlp=Tlp.AMBER), claim("a", author="A", tlp=Tlp.GREEN), evidence("e1")
    )
    found = {one["name"]: one for one in objects(made, "identity")}
    assert set(found) == {"Threat Briefing", "A", "Analyst"}
    assert found["A"]["id"] == author_id("A")
    assert found["A"]["object_marking_refs"] == [TLP_MARKINGS[Tlp.GREEN]]


def test_every_label_in_use_is_defined_and_no_other() -> None:
    made = case(subject(tlp=Tlp.GREEN), evidence("e1", tlp=Tlp.AMBER_STRICT))
    found = [one["id"] for one in objects(made, "marking-definition")]
    assert found == [TLP_MARKINGS[tlp] for tlp in (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER_STRICT)]
    for one in bundle(made)["objects"]:
        if one["type"] != "marking-definition":
            assert len(one["object_marking_refs"]) == 1


def test_a_claim_alone_never_becomes_an_attribution() -> None:
    said = claim("a", claimant=Claimant.GOVERNMENT, actor=HERON.id)
    made = case(said, evidence("e1"), hypothesis("h1", {"e1": "CC"}, actors=(HERON.id,)))
    assert attributions(made) == []
    assert "attributed-to" not in render_case(made, {HERON.id: HERON}).decode()


def test_what_was_concluded_becomes_attributed_to_with_its_words_of_estimate() -> None:
    ((target, said),) = attributions(FULL)
    assert target == HERON.id
    assert said == {
        "extension_type": "property-extension",
        "row": "derived",
        "assessment": row_id("assessment", "j1"),
        "likelihood": "likely",
        "confidence": "medium",
    }
    (relation,) = objects(FULL, "relationship", HERON)
    (campaign,) = objects(FULL, "campaign", HERON)
    assert relation["source_ref"] == campaign["id"]
    assert relation["created_by_ref"] == author_id("Analyst")
    assert relation["confidence"] == 50


@pytest.mark.parametrize("likelihood", Likelihood)
def test_only_what_is_at_least_likely_is_attributed(likelihood: Likelihood) -> None:
    made = replace(FULL, assessments=(assessment("j1", "h1", likelihood=likelihood),))
    assert bool(attributions(made)) == (likelihood.low >= 55)


@pytest.mark.parametrize("supposes", Supposes)
def test_only_a_hypothesis_that_says_its_actors_did_it_is_attributed(supposes: Supposes) -> None:
    judged = hypothesis("h1", supposes=supposes, actors=(HERON.id,))
    made = case(judged, assessment("j1", "h1", confidence=Confidence.HIGH))
    assert bool(attributions(made)) == (supposes in (Supposes.ACTOR, Supposes.SEVERAL))


def test_an_actor_that_a_hypothesis_names_twice_is_attributed_once() -> None:
    judged = hypothesis("h1", actors=(HERON.id, HERON.id))
    assert len(attributions(case(judged, assessment("j1", "h1")))) == 1


def test_the_assessment_that_stands_counts_and_a_superseded_one_does_not() -> None:
    newer = assessment("j2", "h3", supersedes="j1", date="2024-05-01")
    assert attributions(replace(FULL, assessments=(*FULL.assessments, newer))) == []


def test_an_assessment_of_a_hypothesis_that_is_not_there_attributes_nothing() -> None:
    assert attributions(replace(FULL, hypotheses=())) == []


def test_an_attribution_is_as_guarded_as_what_it_rests_on() -> None:
    judged = hypothesis("h1", actors=(HERON.id,), tlp=Tlp.AMBER)
    made = case(subject(tlp=Tlp.GREEN), judged, assessment("j1", "h1"))
    (relation,) = objects(made, "relationship", HERON)
    assert relation["object_marking_refs"] == [TLP_MARKINGS[Tlp.AMBER]]


def test_actors_are_named_where_they_are_known_and_replace_no_other_version_of_them() -> None:
    other = "threat-actor--00000001-0000-4000-8000-000000000000"
    known = KnownActor(other, "Egret", "", "", Tlp.GREEN)
    made = replace(FULL, claims=(claim("a", actor=other),))
    (heron,) = objects(made, "intrusion-set", HERON, known)
    (egret,) = objects(made, "threat-actor", HERON, known)
    assert (heron["name"], egret["name"]) == ("Heron", "Egret")
    assert heron["external_references"][0]["external_id"] == "G9999"
    assert "external_references" not in egret
    assert egret["object_marking_refs"] == [TLP_MARKINGS[Tlp.GREEN]]
    assert heron["modified"] < "1980"
    assert kind_of(heron) == "derived"


def test_an_actor_by_an_id_that_is_none_of_stix_s_actors_is_left_to_the_row() -> None:
    odd = "x-actor--00000001-0000-4000-8000-000000000000"
    known = KnownActor(odd, "Odd", "", "", Tlp.CLEAR)
    made = case(hypothesis("h1", actors=(odd,)), assessment("j1", "h1"))
    assert "Odd" not in render_case(made, {odd: known}).decode()
    assert attributions(made) == []


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2023-09-10", "2023-09-11", {"first_seen", "last_seen"}),
        ("2023-09", "2023-09-11", {"last_seen"}),
        ("2023-09-10", "2023-09-01", {"first_seen"}),
        ("", "", set()),
    ],
)
def test_the_campaign_has_only_days_that_are_known(
    first: str, last: str, written: set[str]
) -> None:
    made = case(subject(first_seen=first, last_seen=last))
    (campaign,) = objects(made, "campaign")
    assert campaign.keys() & {"first_seen", "last_seen"} == written
    assert campaign["name"] == subject().name
    assert faults(render_case(made, {})) == []


def test_the_rows_are_the_very_objects_that_are_kept() -> None:
    made = bundle(FULL)["objects"]
    for row in FULL.rows():
        assert json.loads(json.dumps(to_stix(row))) in made
