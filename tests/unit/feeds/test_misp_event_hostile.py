"""Hostile events: files inside them go, a bad event is put aside whole, nothing else is raised."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest
from galaxy_samples import UUID
from hypothesis import given, settings
from hypothesis import strategies as st
from misp_hostile import JSON, places, told
from misp_samples import attribute, context, embedded, event, payload, read_events, said

from briefing.core.changes import ChangeSet
from briefing.feeds.misp_event import parse_misp_events
from briefing.feeds.misp_galaxy import parse_misp_galaxy
from briefing.feeds.misp_manifest import events_of, parse_misp_manifest
from briefing.feeds.payload import Payload

MALWARE = base64.b64encode(b"X5O!P%@AP not really").decode()


@pytest.mark.parametrize("kind", ["attachment", "malware-sample", "text", ""])
@pytest.mark.parametrize(
    "where",
    [
        lambda held: {"Attribute": [held]},
        lambda held: {"Object": [{"Attribute": [held]}]},
        lambda held: {"ShadowAttribute": [held]},
        lambda held: {"Attribute": [{"type": "md5", "ShadowAttribute": [held]}]},
        lambda held: {"RelatedEvent": [{"Event": {"Attribute": [held]}}]},
        lambda held: {"anything": [[{"deeper": held}]]},
    ],
)
def test_a_file_inside_an_event_is_never_kept_and_the_record_says_so(kind: str, where: Any) -> None:
    held = {"type": kind, "value": "sample.exe", "data": MALWARE, "comment": "kept"}
    (record,) = read_events(event(**where(held))).records
    assert MALWARE.encode() not in record.content
    assert b'"data"' not in record.content
    assert record.content.count(b"was not kept, because it may be malware.") == 1
    assert f"({len(MALWARE)} characters)".encode() in record.content
    assert b'"comment":"kept"' in record.content


@pytest.mark.parametrize("odd", [[MALWARE], {"inner": MALWARE}, 7, {"data": {"data": MALWARE}}])
def test_a_file_in_an_odd_wrapping_goes_with_its_wrapping(odd: Any) -> None:
    (record,) = read_events(event(1, attribute("malware-sample", "x|y", data=odd))).records
    assert MALWARE.encode() not in record.content
    assert b"The file that came here was not kept" in record.content


@pytest.mark.parametrize("empty", [None, ""])
def test_where_no_file_came_none_is_said_to_be_missing(empty: Any) -> None:
    (record,) = read_events(event(1, attribute("md5", "0", data=empty))).records
    assert b"data" not in record.content


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ("text", "it is no JSON object."),
        ([], "it is no JSON object."),
        (None, "it is no JSON object."),
        ({"Event": 7}, "it is no JSON object."),
        ({}, "it has no uuid."),
        (event(uuid="../../etc/passwd"), "it has no uuid."),
        (event(uuid=7), "it has no uuid."),
        (event(title=""), "it has no title."),
        (event(title="\u202e\x00 \u200b"), "it has no title."),
        (event(info=["x"]), "it has no title."),
    ],
)
def test_a_bad_event_is_put_aside_with_its_reason_and_the_rest_is_taken(
    odd: Any, reason: str
) -> None:
    file = payload([{"Event": event(5)}, odd, {"Event": event(6)}])
    changes = parse_misp_events(file, context())
    assert [record.native_id[-1] for record in changes.records] == ["5", "6"]
    assert [entry.reason for entry in changes.quarantined] == [f"Event 2: {reason}"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b'"Owl", "info": "Elk"', "it has the key “info” twice"),
        (b'"Owl", "score": NaN', "it has NaN for a number"),
        (b'"Owl", "score": %d' % 2**70, "which no program reads alike"),
        (rb'"Owl \ud800"', "it holds half a character"),
        (b'"Owl", "a": ' + b"[" * 400 + b"]" * 400, "it is nested too deeply"),
    ],
)
def test_an_event_that_cannot_be_kept_as_it_is_is_put_aside(written: bytes, reason: str) -> None:
    whole = [{"Event": event(1)}, {"Event": event(2, title="Owl")}]
    file = Payload("e.json", orjson.dumps(whole).replace(b'"Owl"', written))
    changes = parse_misp_events(file, context())
    assert [record.native_id for record in changes.records] == [f"report--{UUID.format(1)}"]
    (put_aside,) = changes.quarantined
    assert put_aside.native_id == f"report--{UUID.format(2)}"
    assert put_aside.reason.startswith("Event 2")
    assert reason in put_aside.reason


def test_markup_and_steering_characters_do_not_reach_a_statement() -> None:
    odd = "A <b>fox</b>\u202e\x00 came&nbsp;in"
    changes = read_events(event(title=odd, tags=[odd], Orgc={"name": odd}))
    told = [s.value for p in ("named", "issued-by", "described-as") for s in said(changes, p)]
    assert told == ["A fox came in"] * 3
    silent = read_events(event(title="A fox", tags=["\u202e\x00"], date="\x00\u2066"))
    assert said(silent, "described-as") == said(silent, "happened", "published") == []


@pytest.mark.parametrize("parse", [parse_misp_events, parse_misp_galaxy, parse_misp_manifest])
def test_a_crowd_of_entries_is_refused_before_it_fills_the_memory(parse: Any) -> None:
    crowd = {
        parse_misp_events: b"[" + b"0," * 200_000 + b"0]",
        parse_misp_galaxy: b'{"type":"x","values":[' + b"0," * 200_000 + b"0]}",
        parse_misp_manifest: b"{" + b",".join(b'"%d":0' % n for n in range(200_001)) + b"}",
    }
    assert "holds more than 200,000 " in told(parse, Payload("crowd.json", crowd[parse]))


def test_a_huge_event_is_read_in_a_moment() -> None:
    crowd = [attribute("md5", "0" * 32, tags=["tlp:green"]) for _ in range(20_000)]
    changes = read_events(event(1, *crowd, title="x" * 1_000_000, tags=["<" * 200_000] * 5))
    assert len(said(changes, "named")[0].value) == 500
    assert len(said(changes, "described-as", "tag")) == 1


KEYS = (
    *("uuid", "info", "date", "timestamp", "published", "Orgc", "Org", "Tag", "EventTag"),
    *("Attribute", "Object", "Galaxy", "EventReport", "RelatedEvent", "ShadowAttribute"),
    *("GalaxyCluster", "name", "value", "type", "category", "data", "deleted", "content"),
    *("collection_uuid", "Event", "response"),
)
FULL = event(
    1,
    attribute("link", "https://example.org/2024/a", "External analysis", tags=["tlp:red"]),
    attribute("vulnerability", "CVE-2024-1234"),
    attribute("malware-sample", "a|b", data=MALWARE),
    attribute("comment", "Words.", "External analysis"),
    tags=["tlp:green", 'misp-galaxy:threat-actor="Fox"'],
    Object=[{"name": "file", "Attribute": [attribute("attachment", "a.jpg", data=MALWARE)]}],
    Galaxy=[embedded("threat-actor", {"uuid": UUID.format(5), "value": "Fox"})],
    EventReport=[{"content": "# Words"}],
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """Events with values replaced, removed or added anywhere in them."""
    value = orjson.loads(
        orjson.dumps([{"Event": FULL}, {"Event": {**FULL, "uuid": UUID.format(2)}}])
    )
    for _ in range(draw(st.integers(1, 5))):
        paths = [path for path in places(value) if path]
        if not paths:
            break
        *way, last = draw(st.sampled_from(paths))
        holder = value
        for key in way:
            holder = holder[key]
        change = draw(st.sampled_from(("replace", "remove", "add")))
        if change == "replace":
            holder[last] = draw(JSON)
        elif change == "remove":
            del holder[last]
        elif isinstance(holder, dict):
            holder[draw(st.sampled_from(KEYS))] = draw(JSON)
    return value


def checked(changes: ChangeSet) -> None:
    """What holds of every change-set, whatever it was read from."""
    natives = [record.native_id for record in changes.records]
    assert len(set(natives)) == len(natives)
    known = {document.id for document in changes.documents}
    for record in changes.records:
        assert b'"data":' not in record.content
        assert MALWARE.encode() not in record.content
        for statement in record.statements:
            assert set(statement.documents) <= known
            assert len(statement.value) <= 4000
            assert statement.key("misp-events")
    assert all(entry.reason.endswith(".") for entry in changes.quarantined)


@settings(max_examples=300)
@given(mutated())
def test_every_mutated_event_is_taken_whole_or_put_aside_whole(value: Any) -> None:
    file = payload(value)
    changes = parse_misp_events(file, context())
    checked(changes)
    assert len(changes.records) + len(changes.quarantined) == len(value)
    assert changes == parse_misp_events(file, context())


@settings(max_examples=150)
@given(st.binary(max_size=80) | JSON.map(orjson.dumps), st.integers(0, 900))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    whole = orjson.dumps({"Event": FULL})
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        assert told(parse_misp_events, Payload("e.json", data)).endswith(".")
        assert told(parse_misp_manifest, Payload("manifest.json", data)).endswith(".")


@settings(max_examples=100)
@given(st.dictionaries(st.text(max_size=8) | st.just(UUID.format(1).upper()), JSON, max_size=4))
def test_whatever_a_list_holds_only_uuids_with_times_come_of_it(entries: dict[str, Any]) -> None:
    found = events_of(payload(entries, "manifest.json"))
    assert set(found) <= {UUID.format(1)}
    assert all(len(edition) == 12 and edition.isdecimal() for edition in found.values())
