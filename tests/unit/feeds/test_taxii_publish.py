"""Publishing to a TAXII 2.1 collection: what goes out, and what becomes of each object."""

from __future__ import annotations

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from https_server import Authority, LocalServer, data
from taxii_server import PASSWORD, READABLE, USER, WRITE_ONLY, actor, bundle_of, taxii_server

from briefing.core.errors import BriefingError
from briefing.feeds.remote import Credentials, TransportError
from briefing.feeds.taxii import ApiRoot, Collection, TaxiiServer
from briefing.feeds.taxii_publish import Published, publish
from briefing.feeds.transport import Transport

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:medallion")

Make = Callable[..., Transport]
PERSON = Credentials(PASSWORD, user=USER)


def collection_at(server: LocalServer, most: int = 0) -> Collection:
    root = ApiRoot(server.url("/team/"), most=most)
    url = server.url("/team/collections/1/")
    return Collection("1", "Everything", "", url, root, can_read=True, can_write=True)


def status(state: str, **more: Any) -> bytes:
    return json.dumps({"id": "s/1", "status": state, **more}).encode()


def sent_to(server: LocalServer) -> list[list[str]]:
    """The names in each message that arrived."""
    return [
        [each["name"] for each in json.loads(asked.body)["objects"]]
        for asked in server.asked
        if asked.method == "POST"
    ]


def test_what_one_publishes_another_fetches(
    authority: Authority, tmp_path: Path, transport: Make
) -> None:
    with taxii_server(authority.context(), tmp_path) as host:
        taxii = TaxiiServer(transport(), host.url, PERSON)
        collection = taxii.collections()[0]
        outcome = publish(transport(), collection, bundle_of(actor(1), actor(2)), PERSON)
        assert outcome == Published(accepted=2, refused=(), unnamed=0, pending=0)
        bundle = json.loads(taxii.objects(collection).bundle.data)
        assert bundle["objects"] == [actor(1), actor(2)]


def test_an_object_that_the_server_has_already_is_reported_with_its_reason(
    authority: Authority, tmp_path: Path, transport: Make
) -> None:
    with taxii_server(authority.context(), tmp_path) as host:
        collection = TaxiiServer(transport(), host.url, PERSON).collections()[0]
        host.add(READABLE, 1)
        outcome = publish(transport(), collection, bundle_of(actor(1), actor(2)), PERSON)
        assert outcome.accepted == 1
        refused = [(each.native_id, each.reason) for each in outcome.refused]
        assert refused == [(actor(1)["id"], "Unable to process object")]


def test_a_collection_that_can_only_be_written_takes_objects(
    authority: Authority, tmp_path: Path, transport: Make
) -> None:
    with taxii_server(authority.context(), tmp_path) as host:
        letter_box = TaxiiServer(transport(), host.url, PERSON).collections()[2]
        assert letter_box.id == WRITE_ONLY
        assert publish(transport(), letter_box, bundle_of(actor(1)), PERSON).accepted == 1


def test_a_collection_that_takes_nothing_is_not_sent_anything(
    authority: Authority, tmp_path: Path, transport: Make
) -> None:
    with taxii_server(authority.context(), tmp_path) as host:
        read_only = TaxiiServer(transport(), host.url, PERSON).collections()[1]
        with pytest.raises(BriefingError, match="may not publish to “Look, do not touch”"):
            publish(transport(), read_only, bundle_of(actor(1)), PERSON)
        assert not [asked for asked in host.asked if asked[0] == "POST"]


def test_many_objects_go_out_in_messages_of_the_size_the_server_takes(
    authority: Authority, tmp_path: Path, transport: Make
) -> None:
    with taxii_server(authority.context(), tmp_path, most=600) as host:
        collection = TaxiiServer(transport(), host.url, PERSON).collections()[0]
        large = actor(9, description="x" * 600)
        objects = [*(actor(number) for number in range(5)), large]
        outcome = publish(transport(), collection, bundle_of(*objects), PERSON)
        assert outcome.accepted == 5
        assert [each.native_id for each in outcome.refused] == [large["id"]]
        assert "larger than the server takes (600 bytes); it was not sent" in (
            outcome.refused[0].reason
        )
        assert len([asked for asked in host.asked if asked[0] == "POST"]) == 2


def test_nothing_is_sent_where_every_object_is_too_large(
    server: LocalServer, transport: Make
) -> None:
    outcome = publish(transport(), collection_at(server, most=50), bundle_of(actor(1), actor(2)))
    assert (outcome.accepted, len(outcome.refused)) == (0, 2)
    assert server.asked == []


def test_messages_keep_the_order_and_the_limit_to_the_byte(
    server: LocalServer, transport: Make
) -> None:
    server.answers[None] = data(status("complete", success_count=2), 202)
    names = [f"Actor {number}" for number in range(4)]
    bundle = bundle_of(*(actor(number) for number in range(4)))
    publish(transport(), collection_at(server), bundle)
    whole = len(server.asked[0].body)
    publish(transport(), collection_at(server, most=whole), bundle)
    publish(transport(), collection_at(server, most=whole - 1), bundle)
    assert sent_to(server) == [names, names, names[:3], names[3:]]


def test_a_server_that_takes_its_time_is_asked_until_it_has_decided(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/team/collections/1/objects/"] = data(status("pending", pending_count=2), 202)
    times = count()

    def answer(request: BaseHTTPRequestHandler) -> None:
        failures = [{"id": "x--1", "message": "no"}, {"id": "x--2"}]
        done = status("complete", success_count=0, failure_count=3, failures=failures)
        data(done if next(times) == 2 else status("pending", pending_count=2))(request)

    server.answers["/team/status/s%2F1/"] = answer
    outcome = publish(transport(), collection_at(server), bundle_of(actor(1), actor(2)), every=0.01)
    refused = [(each.native_id, each.reason) for each in outcome.refused]
    assert refused == [("x--1", "no"), ("x--2", "The server gave no reason.")]
    assert (outcome.accepted, outcome.unnamed, outcome.pending) == (0, 1, 0)


def test_a_server_that_never_decides_is_left_with_its_objects_pending(
    server: LocalServer, transport: Make
) -> None:
    server.answers[None] = data(status("pending", pending_count=2, success_count=1), 202)
    outcome = publish(
        transport(), collection_at(server), bundle_of(actor(1)), patience=0.1, every=0.02
    )
    assert (outcome.accepted, outcome.pending) == (1, 2)
    assert len(server.asked) < 20


def test_a_status_that_the_server_has_forgotten_is_not_waited_for(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/team/collections/1/objects/"] = data(status("pending", pending_count=1), 202)
    outcome = publish(transport(), collection_at(server), bundle_of(actor(1)), every=0.01)
    assert outcome.pending == 1


def test_a_status_that_cannot_be_asked_for_is_a_sentence(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/team/collections/1/objects/"] = data(status("pending"), 202)
    server.answers["/team/status/s%2F1/"] = data(b"", 503)
    with pytest.raises(TransportError, match="cannot answer at the moment"):
        publish(transport(), collection_at(server), bundle_of(actor(1)), every=0.01)


def test_what_went_out_before_a_failure_is_said(server: LocalServer, transport: Make) -> None:
    times = count()

    def answer(request: BaseHTTPRequestHandler) -> None:
        taken = next(times) == 0
        data(status("complete", success_count=1) if taken else b"", 202 if taken else 503)(request)

    server.answers["/team/collections/1/objects/"] = answer
    with pytest.raises(TransportError) as caught:
        publish(transport(), collection_at(server, most=250), bundle_of(actor(1), actor(2)))
    assert caught.value.message == "localhost cannot answer at the moment (503)."
    assert caught.value.remedy == (
        "1 of 2 objects had been published before. Publish again later: what is there already is"
        " only reported."
    )


@pytest.mark.parametrize("answer", [b"{}", b"[]", b'{"status": 3}'])
def test_a_server_that_says_nothing_of_the_objects_is_a_sentence(
    server: LocalServer, transport: Make, answer: bytes
) -> None:
    server.answers[None] = data(answer, 202)
    with pytest.raises(TransportError) as caught:
        publish(transport(), collection_at(server), bundle_of(actor(1)))
    assert caught.value.message == (
        "localhost took the objects and does not say what became of them."
    )
    assert caught.value.remedy == "Look into the collection before publishing again."


@pytest.mark.parametrize("bundle", [b"{}", b"[]", bundle_of(), b'{"objects": [1]}'])
def test_a_bundle_without_objects_is_not_sent(
    server: LocalServer, transport: Make, bundle: bytes
) -> None:
    with pytest.raises(BriefingError, match="There is nothing to publish"):
        publish(transport(), collection_at(server), bundle)
    assert server.asked == []
