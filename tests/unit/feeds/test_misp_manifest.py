"""The list of a MISP feed: which events there are and how late each is; it holds none itself."""

from __future__ import annotations

from typing import Any

import pytest
import shared_data
from galaxy_samples import UUID
from misp_samples import context, event, payload, read_events

from briefing.core.errors import BriefingError
from briefing.feeds.misp_event import FORMAT as EVENTS
from briefing.feeds.misp_event import parse_misp_events
from briefing.feeds.misp_manifest import FORMAT, events_of, parse_misp_manifest
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of


def entry(timestamp: Any = "1715000000") -> dict[str, Any]:
    """What a list says of one event."""
    return {"info": "A fox was seen", "timestamp": timestamp, "date": "2024-05-06"}


def listing(entries: dict[str, Any]) -> Payload:
    return payload(entries, "manifest.json")


def test_a_list_is_refused_with_how_many_events_it_names_and_what_to_do() -> None:
    file = listing({UUID.format(n): entry() for n in range(1, 4)})
    with pytest.raises(BriefingError) as caught:
        parse_misp_manifest(file, context())
    assert caught.value.message == (
        "manifest.json only lists 3 MISP events and holds none of them, so there is nothing in it"
        " to import."
    )
    assert "folder or ZIP file" in caught.value.remedy


def test_a_time_in_the_list_is_written_as_the_edition_of_the_event_is() -> None:
    (record,) = read_events(event(1, timestamp="1715000000")).records
    assert events_of(listing({UUID.format(1): entry()})) == {UUID.format(1): record.edition}


def test_times_in_the_list_have_the_order_of_numbers() -> None:
    found = events_of(listing({UUID.format(1): entry("999"), UUID.format(2): entry(1000)}))
    assert found[UUID.format(1)] < found[UUID.format(2)]


@pytest.mark.parametrize("key", ["../../etc/passwd", "", UUID.format(1) + "/x", "hashes"])
def test_a_name_that_is_no_uuid_never_becomes_the_name_of_a_file(key: str) -> None:
    assert events_of(listing({key: entry()})) == {}


@pytest.mark.parametrize("timestamp", [None, "", "soon", -5, 1.5, True, ["1"], "1" * 13])
def test_an_event_without_a_time_is_left_out(timestamp: Any) -> None:
    assert events_of(listing({UUID.format(1): entry(timestamp)})) == {}
    assert events_of(listing({UUID.format(1): "text"})) == {}


def test_of_one_uuid_in_two_spellings_the_later_time_counts() -> None:
    capital = "ABCDEF00-0000-4000-8000-000000000001"
    for one, other in ((5, 6), (6, 5)):
        found = events_of(listing({capital: entry(one), capital.lower(): entry(other)}))
        assert found == {capital.lower(): "000000000006"}


def test_a_list_is_recognised_by_its_keys_and_an_event_is_not_taken_for_one() -> None:
    file = outline_of(listing({UUID.format(n): entry() for n in range(1, 2000)}))
    assert FORMAT.matches(file)
    assert not EVENTS.matches(file)
    assert not FORMAT.matches(outline_of(payload({"Event": event()}, "manifest.json")))


@pytest.mark.parametrize(
    "file", [b"{}", b"[]", b"", b'{"name": "app", "version": 1}', b'{"a": {"info": 1}}']
)
def test_other_files_of_that_name_are_not_taken_for_a_list(file: bytes) -> None:
    assert not FORMAT.matches(outline_of(Payload("manifest.json", file)))


@shared_data.needs_shared_data
def test_a_real_list_names_the_events_beside_it_with_their_times() -> None:
    file = Payload("manifest.json", shared_data.read("misp-events/manifest.json"))
    assert FORMAT.matches(outline_of(file))
    for uuid, edition in events_of(file).items():
        beside = Payload(uuid, shared_data.read(f"misp-events/{uuid}.json"))
        (record,) = parse_misp_events(beside, context()).records
        assert (record.native_id, record.edition) == (f"report--{uuid}", edition)
