"""Rows as STIX objects and back: without loss, and strictly."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import orjson
import pytest
from case_samples import (
    actor_id,
    assessment,
    claim,
    evidence,
    hypothesis,
    opinion,
    row_id,
    subject,
)
from drawn_cases import rows
from hypothesis import given, settings

from briefing.core.case import Cited, Row
from briefing.core.case_schema import extension_schema, extension_value
from briefing.core.case_stix import (
    CLASSES,
    DERIVED,
    EXTENSION,
    STIX_TYPES,
    author_id,
    from_stix,
    is_ours,
    kind_of,
    label_of,
    to_stix,
)
from briefing.core.case_words import Purpose
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.row_fields import LONGEST, MOST, RowError
from briefing.core.stix_tlp import TLP_EXTENSION, TLP_MARKINGS, marking_definition
from briefing.core.tlp import Tlp

SAMPLES: dict[str, Callable[..., Row]] = {
    "incident": subject,
    "claim": claim,
    "evidence": evidence,
    "hypothesis": hypothesis,
    "assessment": assessment,
    "opinion": opinion,
}


def stix(kind: str = "claim", **fields: Any) -> dict[str, Any]:
    """A sample row as JSON gives it back."""
    found: dict[str, Any] = orjson.loads(orjson.dumps(to_stix(SAMPLES[kind](**fields))))
    return found


def own(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = value["extensions"][EXTENSION]
    return found


def refused(value: dict[str, Any]) -> str:
    with pytest.raises(RowError) as error:
        from_stix(value)
    return error.value.message


@settings(max_examples=40)
@given(rows())
def test_any_row_comes_back_from_its_stix_object_as_it_was(row: Row) -> None:
    assert from_stix(orjson.loads(orjson.dumps(to_stix(row)))) == row


@settings(max_examples=40)
@given(rows())
def test_what_stands_in_our_extension_is_what_our_schema_says(row: Row) -> None:
    value = orjson.loads(orjson.dumps(own(to_stix(row))))
    jsonschema.Draft202012Validator(json.loads(extension_schema())).validate(value)


def test_the_schema_refuses_what_we_refuse_and_knows_what_follows_from_rows() -> None:
    check = jsonschema.Draft202012Validator(json.loads(extension_schema()))
    assert check.is_valid(own(stix()))
    for key, value in (("claimed_by", 3), ("status", "perhaps"), ("surprise", "x"), ("row", "x")):
        assert not check.is_valid({**own(stix()), key: value})
    derived = extension_value(DERIVED, likelihood="likely", confidence="high", assessment="x")
    assert check.is_valid(derived[EXTENSION])
    assert not check.is_valid({**derived[EXTENSION], "likelihood": "55"})


@pytest.mark.parametrize("kind", CLASSES)
def test_a_row_is_an_object_of_its_type_with_its_kind_author_and_label(kind: str) -> None:
    value = stix(kind, tlp=Tlp.AMBER_STRICT)
    assert value["type"] == STIX_TYPES[kind]
    assert value["id"].startswith(f"{STIX_TYPES[kind]}--")
    assert is_ours(value)
    assert kind_of(value) == kind
    assert value["created_by_ref"] == author_id(SAMPLES[kind]().author)
    assert value["object_marking_refs"] == [TLP_MARKINGS[Tlp.AMBER_STRICT]]
    assert label_of(value) is Tlp.AMBER_STRICT
    assert "revoked" not in value


def test_a_withdrawn_row_is_revoked_and_comes_back_withdrawn() -> None:
    value = stix("evidence", withdrawn=True)
    assert value["revoked"] is True
    assert from_stix(value).withdrawn


def test_a_claim_is_a_note_that_refers_to_incident_and_actor_and_never_an_attribution() -> None:
    value = stix(actor=actor_id("Heron"), suspected=())
    assert value["type"] == "note"
    assert value["object_refs"] == [row_id("incident", "raid"), actor_id("Heron")]
    assert "attributed-to" not in json.dumps(value)


def test_likelihood_is_kept_as_its_term_and_never_as_a_number() -> None:
    value = stix("assessment", likelihood=Likelihood.VERY_LIKELY, confidence=Confidence.HIGH)
    assert own(value)["likelihood"] == "very likely"
    assert value["confidence"] == 85
    value["confidence"] = 15
    read = from_stix(value)
    assert read == assessment(likelihood=Likelihood.VERY_LIKELY, confidence=Confidence.HIGH)


def test_documents_can_be_read_by_other_programs_and_one_without_an_address_too() -> None:
    cited = (Cited("", "A talk", ""), Cited("https://heron.example/", "Page", "Heron"))
    assert stix("incident", documents=cited)["external_references"] == [
        {"source_name": "A talk", "description": "A talk"},
        {"source_name": "Heron", "description": "Page", "url": "https://heron.example/"},
    ]
    assert "external_references" not in stix("incident", documents=())


def test_who_holds_a_row_is_not_part_of_it() -> None:
    read = from_stix(stix(), "some-feed")
    assert read.source == "some-feed"
    assert read == claim()
    assert to_stix(read) == to_stix(claim())


@pytest.mark.parametrize("extensions", [None, [], {}, {"extension-definition--1": {}}])
def test_what_bears_another_extension_or_none_is_not_ours(extensions: object) -> None:
    assert not is_ours({"type": "note", "extensions": extensions})
    assert not is_ours({"type": "note"})


@pytest.mark.parametrize("content", [None, [], "claim", {"row": 3}, {}])
def test_our_extension_badly_filled_has_no_kind(content: object) -> None:
    value = {"extensions": {EXTENSION: content}}
    assert is_ours(value)
    assert kind_of(value) == ""
    assert "no row is called so" in refused(value)


def _set(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda made: own(made).__setitem__(key, value)


def _top(key: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda made: made.__setitem__(key, value)


ABUSES: dict[str, tuple[str, Callable[[dict[str, Any]], None], str]] = {
    "unknown row": ("claim", _set("row", "rumour"), "calls it “rumour”"),
    "derived": ("claim", _set("row", "derived"), "calls it “derived”"),
    "another extension type": (
        "claim",
        _set("extension_type", "new-sdo"),
        "our extension is a property-extension",
    ),
    "another type": ("claim", _top("type", "report"), "a row “claim” is of the type note"),
    "another row's type": ("claim", _set("row", "opinion"), "of the type opinion"),
    "unknown field": ("claim", _set("surprise", "x"), "has no “surprise” in a row “claim”"),
    "a field's inner name": ("claim", _set("by", "x"), "has no “by”"),
    "a field of another row": ("claim", _set("cells", []), "has no “cells”"),
    "a field that STIX holds": ("claim", _set("id", "x"), "has no “id”"),
    "a text that STIX holds": ("claim", _set("text", "x"), "has no “text”"),
    "the source": ("claim", _set("source", "local-analyst"), "has no “source”"),
    "missing field": ("evidence", lambda made: own(made).pop("relevance"), "needs “relevance”"),
    "missing text": ("evidence", lambda made: made.pop("content"), "needs “text”"),
    "number for text": ("claim", _set("accused", 7), "“accused” is no text"),
    "text for number": ("claim", _set("place", "1"), "“place” is no whole number"),
    "truth for number": ("claim", _set("place", True), "“place” is no whole number"),
    "fraction": ("evidence", _set("credibility", 2.0), "“credibility” is no whole number"),
    "text for list": ("incident", _set("sectors", "energy"), "“sectors” is no list"),
    "number in list": ("incident", _set("sectors", [1]), "“sectors” is no text"),
    "word outside its list": ("claim", _set("status", "proved"), "“status” is “proved”"),
    "method": ("evidence", _set("method", "magic"), "it may be: nothing, overlap"),
    "likelihood": ("assessment", _set("likelihood", "certain"), "not a likelihood of ICD 203"),
    "likelihood as number": ("assessment", _set("likelihood", 80), "“likelihood” is no text"),
    "confidence": ("assessment", _set("confidence", "total"), "“confidence” is wrong"),
    "entry that is no object": ("claim", _set("suspected", ["x"]), "is no object"),
    "entry with an unknown field": (
        "claim",
        _set("suspected", [{"purpose": "other", "who": "x"}]),
        "unknown “who”",
    ),
    "entry without its field": ("claim", _set("suspected", [{"why": "x"}]), "has no “purpose”"),
    "entry's word": (
        "claim",
        _set("suspected", [{"purpose": "fun"}]),
        "“suspected.purpose” is “fun”",
    ),
    "huge list": ("incident", _set("types", ["x"] * (MOST + 1)), "more than 2,000 entries"),
    "huge text": ("claim", _set("accused", "x" * (LONGEST + 1)), "longer than 20,000"),
    "control": ("claim", _set("accused", "a\x00b"), "characters that are no text"),
    "surrogate": ("claim", _set("accused", "a\ud800b"), "characters that are no text"),
    "revoked": ("claim", _top("revoked", "yes"), "“revoked” is no truth value"),
    "created": ("claim", _top("created", 5), "“created” is no text"),
    "no marking": ("claim", lambda made: made.pop("object_marking_refs"), "one label of TLP 2.0"),
    "two markings": (
        "claim",
        _top("object_marking_refs", [TLP_MARKINGS[Tlp.CLEAR], TLP_MARKINGS[Tlp.RED]]),
        "one label of TLP 2.0",
    ),
    "marking of TLP 1.0": (
        "claim",
        _top("object_marking_refs", ["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"]),
        "no label of TLP 2.0",
    ),
    "marking that is no text": ("claim", _top("object_marking_refs", [{}]), "no label"),
    "granular": ("claim", _top("granular_markings", []), "one label of TLP 2.0"),
    "rule of a row": ("claim", _set("accused", " "), "nobody is named"),
}


@pytest.mark.parametrize("abuse", ABUSES)
def test_our_extension_misused_is_refused_with_a_sentence(abuse: str) -> None:
    kind, spoil, sentence = ABUSES[abuse]
    value = stix(kind)
    assert from_stix(value) == SAMPLES[kind]()
    spoil(value)
    message = refused(value)
    assert sentence in message
    assert message.endswith(".")
    assert len(message) < 400


def test_a_long_hostile_name_is_not_repeated_at_length() -> None:
    value = stix()
    own(value)["x" * 5000] = 1
    assert len(refused(value)) < 200


def test_what_nobody_judged_is_null_or_absent() -> None:
    value = stix(credibility=None)
    assert "credibility" not in own(value)
    own(value)["credibility"] = None
    assert from_stix(value) == claim(credibility=None)


def test_values_that_are_the_default_are_not_written() -> None:
    assert own(stix("incident")).keys() == {
        *("extension_type", "row", "author", "slug", "first_seen", "disclosed")
    }
    assert own(stix(suspected=()))["claimed_by"] == "Harbour Gazette"
    assert Purpose.OTHER.value not in json.dumps(stix())


@pytest.mark.parametrize("tlp", Tlp)
def test_every_label_has_its_marking_definition(tlp: Tlp) -> None:
    made = marking_definition(tlp)
    assert made["id"] == TLP_MARKINGS[tlp]
    assert made["name"] == tlp.label
    assert made["extensions"][TLP_EXTENSION]["tlp_2_0"] == tlp.code.lower()
