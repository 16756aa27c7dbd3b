"""TAXII servers that go round in circles, say nonsense, or never come to an end."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from https_server import Answer, Authority, LocalServer, data, serving
from taxii_server import actor

from briefing.core.errors import BriefingError
from briefing.feeds import taxii
from briefing.feeds.remote import Credentials, Limits, TransportError
from briefing.feeds.taxii import ApiRoot, Collection, Increment, TaxiiServer
from briefing.feeds.transport import Transport

Make = Callable[..., Transport]
LAST = "X_TAXII_Date_Added_Last"
LOOPING = "localhost goes on sending pages of “Everything” without coming to an end."


def asked_for(request: BaseHTTPRequestHandler) -> dict[str, str]:
    """What the request asked for, by parameter."""
    return {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}


def envelope(*numbers: int, **more: Any) -> bytes:
    return json.dumps({**more, "objects": [actor(number) for number in numbers]}).encode()


def fetched_from(server: LocalServer, ours: Transport, added_after: str = "") -> Increment:
    root = ApiRoot(server.url("/team/"))
    url = server.url("/team/collections/1/")
    collection = Collection("1", "Everything", "", url, root, can_read=True, can_write=True)
    server.answers.setdefault(None, data(b"{}"))
    return TaxiiServer(ours, root.url).objects(collection, added_after)


def pages(server: LocalServer, answer: Answer) -> None:
    server.answers["/team/collections/1/objects/"] = answer


def names_in(increment: Increment) -> list[str]:
    return [each["name"] for each in json.loads(increment.bundle.data)["objects"]]


def test_a_server_that_sends_one_page_for_ever_is_left(
    server: LocalServer, transport: Make
) -> None:
    pages(server, data(envelope(1, 2, more=True, next="again")))
    with pytest.raises(TransportError) as caught:
        fetched_from(server, transport())
    assert caught.value.message == LOOPING
    assert len(server.asked) <= 3


def test_a_server_that_invents_a_new_next_for_old_objects_is_left(
    server: LocalServer, transport: Make
) -> None:
    numbers = count()
    pages(server, lambda request: data(envelope(1, more=True, next=str(next(numbers))))(request))
    with pytest.raises(TransportError) as caught:
        fetched_from(server, transport())
    assert caught.value.message == LOOPING
    assert len(server.asked) < 10


def test_a_server_with_empty_pages_for_ever_is_left(server: LocalServer, transport: Make) -> None:
    numbers = count()
    pages(server, lambda request: data(envelope(more=True, next=str(next(numbers))))(request))
    with pytest.raises(TransportError, match="without coming to an end"):
        fetched_from(server, transport())
    assert len(server.asked) < 10


def test_a_server_with_new_objects_for_ever_is_left_after_so_many_pages(
    server: LocalServer, transport: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taxii, "_MOST_PAGES", 7)
    numbers = count()

    def answer(request: BaseHTTPRequestHandler) -> None:
        number = next(numbers)
        data(envelope(number, more=True, next=str(number)))(request)

    pages(server, answer)
    with pytest.raises(TransportError) as caught:
        fetched_from(server, transport())
    assert caught.value.message == LOOPING
    assert len(server.asked) == 7


def test_an_empty_page_in_the_middle_is_no_loop(server: LocalServer, transport: Make) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        page = int(asked_for(request).get("next", "0"))
        numbers = [] if page in (1, 2) else [page]
        data(envelope(*numbers, more=page < 4, next=str(page + 1)))(request)

    pages(server, answer)
    assert names_in(fetched_from(server, transport())) == ["Actor 0", "Actor 3", "Actor 4"]


def test_a_server_without_an_end_is_left_when_it_has_sent_too_much(
    server: LocalServer, transport: Make
) -> None:
    numbers = count()

    def answer(request: BaseHTTPRequestHandler) -> None:
        number = next(numbers)
        content = {**actor(number), "description": "x" * 10_000}
        data(json.dumps({"more": True, "next": str(number), "objects": [content]}).encode())(
            request
        )

    pages(server, answer)
    with pytest.raises(TransportError) as caught:
        fetched_from(server, transport(limits=Limits(size=100 * 1024)))
    assert caught.value.message == "localhost sends more than 100 KiB, which no feed needs."
    assert len(server.asked) < 15


def test_pages_without_next_are_asked_for_by_time(server: LocalServer, transport: Make) -> None:
    """The server counts ``added_after`` as "at or after", so the seam comes twice."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        start = int(asked_for(request).get("added_after", "2026-11-20T10:00:00Z")[-3:-1])
        numbers = [start, start + 1]
        moment = f"2026-11-20T10:00:{numbers[-1]:02d}Z"
        data(envelope(*numbers, more=start < 6), **{LAST: moment})(request)

    pages(server, answer)
    increment = fetched_from(server, transport())
    assert names_in(increment) == [f"Actor {number}" for number in range(8)]
    assert increment.added_after == "2026-11-20T10:00:07Z"


def test_pages_by_time_that_stand_still_are_left(server: LocalServer, transport: Make) -> None:
    moment = "2026-11-20T10:00:00+00:00"
    pages(server, data(envelope(1, 2, more=True), **{LAST: moment}))
    with pytest.raises(TransportError, match="without coming to an end"):
        fetched_from(server, transport())
    assert asked_for_by(server, -1)["added_after"] == moment


def asked_for_by(server: LocalServer, number: int) -> dict[str, str]:
    query = urlsplit(server.asked[number].path).query
    return {name: values[0] for name, values in parse_qs(query).items()}


def test_more_without_a_way_to_it_is_a_sentence(server: LocalServer, transport: Make) -> None:
    pages(server, data(envelope(1, more=True), **{LAST: "undefined"}))
    with pytest.raises(TransportError, match="says that there is more in “Everything”, and not"):
        fetched_from(server, transport())


def test_a_time_that_is_none_is_not_kept(server: LocalServer, transport: Make) -> None:
    pages(server, data(envelope(1), **{LAST: "undefined"}))
    earlier = "2026-11-20T10:00:00Z"
    assert fetched_from(server, transport(), earlier).added_after == earlier


def test_one_object_that_cannot_be_kept_does_not_spoil_the_rest(
    server: LocalServer, transport: Make
) -> None:
    good = json.dumps(actor(1))
    bad = (
        '{"id": "x--1", "id": "x--2"}',
        '{"id": "x--3", "n": NaN}',
        '{"id": "x--4", "s": "\\ud800"}',
    )
    pages(server, data(f'{{"objects": [{bad[0]}, {good}, {bad[1]}, {bad[2]}, 7]}}'.encode()))
    increment = fetched_from(server, transport())
    assert json.loads(increment.bundle.data)["objects"] == [actor(1), 7]
    assert [each.native_id for each in increment.refused] == ["x--2", "x--3", "x--4"]
    assert all(each.reason.startswith("In “Everything”: it ") for each in increment.refused)


def test_an_empty_envelope_is_an_empty_bundle(server: LocalServer, transport: Make) -> None:
    pages(server, data(b"{}"))
    assert names_in(fetched_from(server, transport())) == []


@pytest.mark.parametrize(
    "body",
    [b"<html>Please log in</html>", b'{"objects": [', b'{"objects": 3}', b"\xff", b"[]", b""],
)
def test_a_page_that_is_no_envelope_is_a_sentence(
    server: LocalServer, transport: Make, body: bytes
) -> None:
    pages(server, data(body))
    with pytest.raises(BriefingError, match=r"^A page of “Everything” "):
        fetched_from(server, transport())


@pytest.mark.parametrize("body", [b'{"title": "Shop"}', b"[1]", b"{}"])
def test_a_server_of_another_kind_is_a_sentence(
    server: LocalServer, transport: Make, body: bytes
) -> None:
    server.answers["/shop/"] = data(body)
    with pytest.raises(TransportError) as caught:
        TaxiiServer(transport(), server.url("/shop")).collections()
    assert caught.value.message == (
        "localhost does not answer as a TAXII 2.1 server at this address."
    )
    assert "it often ends with /taxii2/" in caught.value.remedy


def test_a_token_goes_to_the_server_and_to_no_other_that_it_names(
    server: LocalServer, authority: Authority, transport: Make
) -> None:
    with serving(authority.context()) as other:
        roots = ["/mine/", other.url("/theirs/"), "http://localhost/plain/", "/broken/"]
        server.answers["/taxii2/"] = data(json.dumps({"api_roots": roots}).encode())
        for each in (server, other):
            each.answers["/mine/"] = each.answers["/theirs/"] = data(b'{"versions": []}')
            listed = json.dumps({"collections": [{"id": f"{each.port}"}]}).encode()
            each.answers["/mine/collections/"] = each.answers["/theirs/collections/"] = data(listed)
        found = TaxiiServer(transport(), server.url("/taxii2/"), Credentials("abc")).collections()
        assert [each.id for each in found] == [str(server.port), str(other.port)]
        assert {each.headers.get("Authorization") for each in server.asked} == {"Bearer abc"}
        assert {each.headers.get("Authorization") for each in other.asked} == {None}


def test_a_server_none_of_whose_roots_answers_is_a_sentence(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/taxii2/"] = data(b'{"api_roots": ["/a/", "/b/"]}')
    with pytest.raises(TransportError, match=r"has nothing at the address that was asked for"):
        TaxiiServer(transport(), server.url("/taxii2/")).collections()


def test_a_root_on_a_server_that_is_down_ends_the_update(
    server: LocalServer, transport: Make
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        down = f"https://localhost:{free.getsockname()[1]}/team/"
        server.answers["/taxii2/"] = data(json.dumps({"api_roots": [down, "/team/"]}).encode())
        with pytest.raises(TransportError, match="localhost refused the connection"):
            TaxiiServer(transport(), server.url("/taxii2/")).collections()


def test_a_root_that_leads_into_this_computer_is_not_asked(
    server: LocalServer, transport: Make
) -> None:
    roots = json.dumps({"api_roots": [server.url("/a/", host="127.0.0.1")]}).encode()
    server.answers["/taxii2/"] = data(roots)
    with pytest.raises(TransportError, match="so nothing was sent"):
        TaxiiServer(transport(), server.url("/taxii2/")).collections()
    assert [each.path for each in server.asked] == ["/taxii2/"]


def test_an_id_of_a_collection_cannot_leave_its_root(server: LocalServer, transport: Make) -> None:
    server.answers["/taxii2/"] = data(b'{"api_roots": ["/team/"]}')
    server.answers["/team/"] = data(b'{"versions": []}')
    server.answers["/team/collections/"] = data(b'{"collections": [{"id": "../../../x?y#z"}]}')
    found = TaxiiServer(transport(), server.url("/taxii2/")).collections()
    assert found[0].url == server.url("/team/collections/..%2F..%2F..%2Fx%3Fy%23z/")
