"""Hostile advisories: whatever is written, the file is taken whole or refused with a sentence."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import orjson
from csaf_samples import advisory, branch, context, maker, note, score, vulnerability
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.core.changes import ChangeSet
from briefing.core.errors import BriefingError
from briefing.feeds.csaf import FORMAT, parse_csaf
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of

WHOLE = advisory(
    notes=[
        note("summary", "Risk", "An attacker could stop the pump."),
        note("other", "Critical infrastructure sectors", "Energy, Chemical"),
        note("other", "Countries/areas deployed", "Worldwide"),
        note("general", "Recommended Practices", "Keep copies."),
    ],
    references=[{"category": "self", "url": "https://www.cisa.gov/a"}],
    tree={
        "branches": [maker("Example", ("Pump", "P-1")), branch("vendor", "Other", product="P-2")],
        "full_product_names": [{"name": "Valve", "product_id": "P-3"}],
        "relationships": [
            {
                "product_reference": "P-1",
                "relates_to_product_reference": "P-2",
                "full_product_name": {"name": "Pump on other", "product_id": "P-4"},
            }
        ],
    },
    vulnerabilities=[
        vulnerability(
            affected=["P-3", "P-4"],
            scores=[score(9.8, "CRITICAL")],
            remediations=[{"category": "vendor_fix", "details": "Update.", "url": "https://x"}],
        )
    ],
)
TEXTS = st.sampled_from(
    [
        "",
        "https://[",
        "\x00\u202e",
        "[" * 5000,
        "<script>" * 500,
        "&#99999999;",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "1" * 5000,
        "-" * 50,
        "CVE-2024-1234'; --",
        "\ud7ff\ufdd0\uffff",
        "Energy, " * 200,
    ]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value inside a value."""
    yield here
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*here, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from places(inner, (*here, position))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The whole advisory with values replaced or removed anywhere in it."""
    document = copy.deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 5))):
        path = draw(st.sampled_from([path for path in places(document) if path]))
        holder: Any = document
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = draw(JSON)
        else:
            del holder[path[-1]]
        if not document:
            break
    return document


def outcome(data: bytes) -> ChangeSet | str:
    """What was taken, or the sentence with which it was refused."""
    payload = Payload("advisory.json", data, "https://feed.example.org/a.json")
    FORMAT.matches(outline_of(payload))
    try:
        return parse_csaf(payload, context())
    except BriefingError as error:
        return error.message


@settings(max_examples=400)
@given(mutated())
def test_every_mutated_advisory_is_taken_whole_or_refused_with_a_sentence(
    document: dict[str, Any],
) -> None:
    found = outcome(orjson.dumps(document))
    if isinstance(found, str):
        assert found.startswith("advisory.json")
        assert found.endswith(".")
        return
    (record,) = found.records
    assert record.value() == orjson.loads(orjson.dumps(document))
    assert [document.id for document in found.documents] == [
        found.records[0].statements[0].documents[0]
    ]
    for said in record.statements:
        assert all(isinstance(part, str) for part in (said.object, said.value, said.first_seen))
        assert len(said.value) <= 4000
        assert not said.predicate.value.startswith("targets")
        assert isinstance(said.key("cisa-csaf"), int)


@settings(max_examples=150)
@given(st.binary(max_size=40) | JSON.map(lambda value: orjson.dumps(value)), st.integers(0, 600))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    whole = orjson.dumps(WHOLE)
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        found = outcome(data)
        assert not isinstance(found, str) or found.endswith(".")
    assert isinstance(outcome(whole), ChangeSet)
