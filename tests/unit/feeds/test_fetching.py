"""Fetching what a list names: only what changed, each with its fate, and an end where it is due."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from https_server import Authority, LocalServer, data, serving
from shared_data import FOLDER, needs_shared_data

from briefing.core.errors import BriefingError, CancelledError
from briefing.feeds.fetching import fetch_documents, fetch_listing
from briefing.feeds.listings import Listed
from briefing.feeds.remote import Credentials, Fetched, TransportError
from briefing.feeds.transport import Transport

Make = Callable[..., Transport]
UUIDS = [f"{digit * 8}-1111-4111-8111-111111111111" for digit in "abc"]


def offer(server: LocalServer, path: str, content: Any) -> None:
    server.answers[path] = data(json.dumps(content).encode())


def misp_feed(server: LocalServer, **stamps: str) -> None:
    """A MISP feed with an event for each letter."""
    manifest: dict[str, Any] = {}
    for uuid in UUIDS:
        event = json.dumps({"Event": {"uuid": uuid}}).encode()
        manifest[uuid] = {
            "timestamp": stamps.get(uuid[0], "1"),
            "integrity:sha256": hashlib.sha256(event).hexdigest(),
        }
        server.answers[f"/feed/{uuid}.json"] = data(event)
    offer(server, "/feed/manifest.json", manifest)


def fates(results: Iterator[tuple[Listed, Fetched | TransportError]]) -> dict[str, str]:
    """By key: the name of the document, or why it did not come."""
    return {
        listed.key: found.name if isinstance(found, Fetched) else found.message
        for listed, found in results
    }


@pytest.mark.parametrize("address", ["/feed/", "/feed/manifest.json"])
def test_only_events_that_are_new_or_changed_are_fetched(
    server: LocalServer, transport: Make, address: str
) -> None:
    misp_feed(server, b="2")
    ours = transport()
    changed = fetch_listing(ours, server.url(address)).changed({UUIDS[0]: "1", UUIDS[1]: "1"})
    found = fates(fetch_documents(ours, changed))
    assert found == {UUIDS[1]: f"{UUIDS[1]}.json", UUIDS[2]: f"{UUIDS[2]}.json"}
    assert [asked.path for asked in server.asked] == [
        "/feed/manifest.json",
        f"/feed/{UUIDS[1]}.json",
        f"/feed/{UUIDS[2]}.json",
    ]


def test_a_document_that_does_not_come_gives_its_reason_and_the_rest_comes(
    server: LocalServer, transport: Make
) -> None:
    misp_feed(server)
    server.answers[f"/feed/{UUIDS[0]}.json"] = data(b"{}")
    del server.answers[f"/feed/{UUIDS[1]}.json"]
    ours = transport()
    found = fates(fetch_documents(ours, fetch_listing(ours, server.url("/feed/")).documents))
    assert found == {
        UUIDS[0]: f"{UUIDS[0]}.json is not the document that the list describes: its checksum"
        " differs.",
        UUIDS[1]: "localhost has nothing at the address that was asked for (404).",
        UUIDS[2]: f"{UUIDS[2]}.json",
    }


def test_a_document_inside_this_computer_is_refused_and_the_rest_comes(
    server: LocalServer, transport: Make
) -> None:
    documents = (
        Listed("1", server.url("/1.json", host="127.0.0.1"), ""),
        Listed("2", server.url("/2.json"), ""),
    )
    server.answers[None] = data(b"{}")
    offer(server, "/list", {"feed": {}})
    ours = transport()
    fetch_listing(ours, server.url("/list"))
    found = fates(fetch_documents(ours, documents))
    assert "so nothing was sent" in found["1"]
    assert found["2"] == "2.json"


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_has_had_enough_ends_the_update(
    server: LocalServer, transport: Make, status: int
) -> None:
    misp_feed(server)
    server.answers[f"/feed/{UUIDS[1]}.json"] = data(b"", status)
    ours = transport()
    results = fetch_documents(ours, fetch_listing(ours, server.url("/feed/")).documents)
    assert isinstance(next(results)[1], Fetched)
    with pytest.raises(TransportError, match=rf"\({status}\)"):
        next(results)
    assert len(server.asked) == 3


def test_cancelling_ends_the_update(server: LocalServer, transport: Make) -> None:
    misp_feed(server)

    def check() -> None:
        if len(server.asked) >= 3:
            raise CancelledError("The update")

    ours = transport(check=check)
    results = fetch_documents(ours, fetch_listing(ours, server.url("/feed/")).documents)
    with pytest.raises(CancelledError):
        list(results)
    assert len(server.asked) == 3


def test_a_provider_leads_to_its_feeds_and_they_to_their_pages(
    server: LocalServer, transport: Make
) -> None:
    feeds = [{"url": "/white.json"}, {"url": "/amber.json"}, {"url": "/page.html"}]
    offer(server, "/provider-metadata.json", {"distributions": [{"rolie": {"feeds": feeds}}]})
    link = [{"rel": "next", "href": "/white-2.json"}]
    entries = [{"id": f"A-{number}", "content": {"src": f"/{number}.json"}} for number in range(3)]
    offer(server, "/white.json", {"feed": {"entry": entries[:2], "link": link}})
    again = [{"rel": "next", "href": "/white.json"}]
    offer(server, "/white-2.json", {"feed": {"entry": entries[1:], "link": again}})
    server.answers["/amber.json"] = data(b"", 401)
    server.answers["/page.html"] = data(b"<html>")
    listing = fetch_listing(transport(), server.url("/provider-metadata.json"))
    assert [each.key for each in listing.documents] == ["A-0", "A-1", "A-2"]
    reasons = {each.native_id: each.reason for each in listing.refused}
    assert reasons[server.url("/amber.json")] == "localhost wants to know who asks (401)."
    assert reasons[server.url("/page.html")].startswith("page.html is no valid JSON")


def test_pages_without_an_end_are_left(server: LocalServer, transport: Make) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        link = [{"rel": "next", "href": f"{request.path}x"}]
        data(json.dumps({"feed": {"link": link}}).encode())(request)

    server.answers[None] = answer
    assert fetch_listing(transport(), server.url("/list")).documents == ()
    assert len(server.asked) == 50


def test_a_further_list_on_a_dead_server_ends_the_update(
    server: LocalServer, transport: Make
) -> None:
    offer(server, "/provider.json", {"distributions": [{"rolie": {"feeds": [{"url": "/w.json"}]}}]})
    server.answers["/w.json"] = data(b"", 503)
    with pytest.raises(TransportError, match="cannot answer at the moment"):
        fetch_listing(transport(), server.url("/provider.json"))


def test_a_page_that_is_no_list_is_a_sentence(server: LocalServer, transport: Make) -> None:
    server.answers["/feed/manifest.json"] = data(b"<html>Welcome</html>")
    with pytest.raises(BriefingError, match=r"^manifest\.json is no valid JSON"):
        fetch_listing(transport(), server.url("/feed/"))


def test_credentials_go_to_the_list_and_not_to_documents_elsewhere(
    server: LocalServer, authority: Authority, transport: Make
) -> None:
    with serving(authority.context()) as other:
        here = {"id": "1", "content": {"src": "/1.json"}}
        there = {"id": "2", "content": {"src": other.url("/2.json")}}
        offer(server, "/list.json", {"feed": {"entry": [here, there]}})
        server.answers["/1.json"] = other.answers["/2.json"] = data(b"{}")
        ours = transport()
        token = Credentials("abc")
        listing = fetch_listing(ours, server.url("/list.json"), token)
        assert fates(fetch_documents(ours, listing.documents, token)) == {
            "1": "1.json",
            "2": "2.json",
        }
        assert {asked.headers.get("Authorization") for asked in server.asked} == {"Bearer abc"}
        assert {asked.headers.get("Authorization") for asked in other.asked} == {None}


@needs_shared_data
def test_a_real_misp_feed_comes_whole_with_every_checksum_right(
    server: LocalServer, transport: Make
) -> None:
    for path in (FOLDER / "misp-events").iterdir():
        server.answers[f"/osint/{path.name}"] = data(path.read_bytes())
    ours = transport()
    results = list(fetch_documents(ours, fetch_listing(ours, server.url("/osint/")).documents))
    assert len(results) == 5
    for listed, found in results:
        assert isinstance(found, Fetched)
        assert found.data == (FOLDER / "misp-events" / f"{listed.key}.json").read_bytes()
