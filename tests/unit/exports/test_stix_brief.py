"""A briefing as STIX 2.1: valid, marked, with its sources, and replacing nothing a reader holds."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import stix2
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_brief import WITHHELD_CANARY, gamaredon
from spoken_objects import GROUP, OBJECTS, with_objects
from stix2validator import ValidationOptions, validate_string

from briefing.core.brief import Brief, BriefObject, BriefSource
from briefing.core.case_stix import author_id
from briefing.core.errors import BriefingError
from briefing.core.grading import Grade
from briefing.core.moments import NEVER
from briefing.core.stix_tlp import TLP_MARKINGS
from briefing.core.tlp import Tlp
from briefing.exports.stix_brief import render
from briefing.exports.stix_objects import PROGRAM
from briefing.feeds.stix import follows_from_rows

STRICT = ValidationOptions(
    version="2.1",
    strict=True,
    disabled=[
        # STIX allows ids that follow from content (section 2.9), and ours do.
        "103",
        # A hash of what stands at an address: nobody fetched it.
        "302",
    ],
)


def bundle(brief: Brief) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(brief))
    return found


def objects(brief: Brief, kind: str) -> list[dict[str, Any]]:
    return [one for one in bundle(brief)["objects"] if one["type"] == kind]


def report(brief: Brief) -> dict[str, Any]:
    (found,) = objects(brief, "report")
    return found


def faults(content: bytes) -> list[str]:
    """What OASIS' validator finds, and what the stix2 package does not accept."""
    found = validate_string(content.decode(), STRICT)
    stix2.parse(content.decode(), allow_custom=False)
    return [] if found.is_valid else [error.message for error in found.errors]


def test_the_sample_passes_the_validator_of_oasis_strictly() -> None:
    assert faults(render(with_objects())) == []


def test_a_brief_that_speaks_of_no_object_passes_too() -> None:
    brief = replace(gamaredon(), author="", sources=(), parts=())
    assert faults(render(brief)) == []
    assert report(brief)["object_refs"] == [PROGRAM]


def test_the_validator_would_find_a_fault() -> None:
    spoiled = render(with_objects()).replace(b'"object_refs"', b'"x_refs"')
    with pytest.raises(stix2.exceptions.STIXError):
        faults(spoiled)
    assert not validate_string(spoiled.decode(), STRICT).is_valid


def test_the_report_names_the_briefing_and_what_it_speaks_of() -> None:
    found = report(with_objects())
    assert found["name"] == "Gamaredon: volume over stealth, aimed at Ukraine"
    assert found["published"] == "2026-11-12T00:00:00.000Z"
    assert found["created_by_ref"] == author_id("Example Consulting")
    assert found["lang"] == "en-GB"
    assert found["object_refs"] == [one.id for one in OBJECTS if one.type != "document"]
    held = {one["id"] for one in bundle(with_objects())["objects"]}
    assert set(found["object_refs"]) <= held


def test_likelihood_and_confidence_stand_in_lines_of_their_own() -> None:
    lines = report(with_objects())["description"].splitlines()
    assert "Judgement 1. It will go on taking documents from Ukraine’s state and military." in lines
    assert "Likelihood: almost certain, 95–99\u00a0%" in lines
    assert lines.count("Confidence: high") == 1


def test_every_source_is_an_external_reference_with_its_number() -> None:
    brief = with_objects()
    listed = report(brief)["external_references"]
    assert len(listed) == len(brief.sources)
    for number, (source, found) in enumerate(zip(brief.sources, listed, strict=True), start=1):
        assert found["description"].startswith(f"[{number}] {source.title}")
        assert f"Grade {source.grade.code}" in found["description"]
        assert found.get("url", "") == source.url


def test_an_object_carries_its_number_its_sources_and_its_own_marking() -> None:
    group, media, shell, *_ = (
        one for one in bundle(with_objects())["objects"] if one["id"] in {it.id for it in OBJECTS}
    )
    assert group["id"] == GROUP
    assert group["external_references"][0] == {
        "source_name": "mitre-attack",
        "external_id": "G0047",
        "url": "https://attack.mitre.org/groups/G0047",
    }
    assert [it["source_name"] for it in media["external_references"]] == [
        "mitre-attack",
        "MITRE ATT&CK 18.1",
        "Check Point via Fudzilla",
    ]
    assert shell["external_references"][0]["url"].endswith("/techniques/T1059/001")
    assert shell["object_marking_refs"] == [TLP_MARKINGS[Tlp.GREEN]]
    assert group["object_marking_refs"] == [TLP_MARKINGS[Tlp.CLEAR]]


def test_an_object_is_older_than_any_other_version_of_it() -> None:
    named = [one for one in bundle(with_objects())["objects"] if one["id"] == GROUP]
    assert [(one["created"], one["modified"]) for one in named] == [(NEVER, NEVER)]


def test_nothing_of_it_is_read_back_as_if_somebody_had_recorded_it() -> None:
    spoken = {one.id for one in OBJECTS}
    made = [
        one
        for one in bundle(with_objects())["objects"]
        if one["id"] in spoken or one["type"] == "report"
    ]
    assert made
    assert all(follows_from_rows(one) for one in made)


@pytest.mark.parametrize("tlp", list(Tlp))
def test_the_report_is_marked_as_the_briefing_is(tlp: Tlp) -> None:
    brief = with_objects(tlp)
    assert report(brief)["object_marking_refs"] == [TLP_MARKINGS[tlp]]
    marked = {
        mark for one in bundle(brief)["objects"] for mark in one.get("object_marking_refs", [])
    }
    assert marked <= {one["id"] for one in objects(brief, "marking-definition")}


def test_an_object_above_the_briefings_marking_is_not_in_it() -> None:
    content = render(with_objects(Tlp.CLEAR))
    assert b"PowerShell" not in content
    assert b"PowerShell" in render(with_objects(Tlp.GREEN))


def test_nothing_withheld_is_in_it() -> None:
    assert WITHHELD_CANARY.encode() not in render(with_objects())


def test_an_object_named_twice_stands_in_it_once() -> None:
    brief = replace(with_objects(), objects=(OBJECTS[0], replace(OBJECTS[0], name="Again")))
    assert [one["name"] for one in objects(brief, "intrusion-set")] == ["Gamaredon Group"]


def test_an_id_that_is_none_is_left_out() -> None:
    odd = BriefObject("malware--not-an-id", "X", Tlp.CLEAR)
    assert faults(render(replace(with_objects(), objects=(odd,)))) == []


def test_equal_briefs_give_equal_bytes_and_others_another_report() -> None:
    assert render(with_objects()) == render(with_objects())
    other = replace(with_objects(), title="Another title")
    assert report(other)["id"] != report(with_objects())["id"]
    assert bundle(other)["id"] != bundle(with_objects())["id"]


def test_half_a_character_is_refused_in_a_sentence() -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        render(replace(with_objects(), title="\ud800"))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("")
@example("\x00\u202e\n")
@example("https://a.example/[x]?%zz#é")
@example("https://host with space/")
def test_any_words_give_a_valid_bundle(words: str) -> None:
    source = BriefSource("k", words, words, f"https://a.example/{words}", words, Grade(), words)
    brief = replace(
        with_objects(),
        title=words,
        kind_title=words,
        subject=words,
        author=words,
        language=f"en-GB{words}",
        client=words,
        data_as_of=words,
        kind=words,
        sources=(source, replace(source, key="l", url=words)),
        parts=(),
        objects=(replace(OBJECTS[1], name=words, attack_id=words, sources=("k", "nobody")),),
    )
    assert faults(render(brief)) == []
