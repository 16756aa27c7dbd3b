"""Fetching over https: what arrives, what is sent along, and what is kept for the next time."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from https_server import Authority, LocalServer, data, redirect, serving

from briefing.core.errors import BriefingError, CancelledError
from briefing.feeds.remote import Credentials, Limits, TransportError
from briefing.feeds.transport import Transport

Make = Callable[..., Transport]
PERSON = Credentials("open sesame", user="ada")


def test_a_document_comes_with_its_name_its_validators_and_the_moment(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/feeds/kev%20list.json"] = data(
        b'{"a": 1}', ETag='"v7"', Last_Modified="Tue, 24 Nov 2026 08:00:00 GMT"
    )
    fetched = transport().get(server.url("/feeds/kev list.json?key=1"))
    assert fetched is not None
    assert fetched.name == "kev list.json"
    assert fetched.data == b'{"a": 1}'
    assert fetched.url == server.url("/feeds/kev%20list.json?key=1")
    assert fetched.etag == '"v7"'
    assert fetched.last_modified == "Tue, 24 Nov 2026 08:00:00 GMT"
    assert fetched.taken_at == "2026-11-24T09:30:00+00:00"
    assert fetched.headers["etag"] == '"v7"'


def test_what_has_not_changed_does_not_come_again(server: LocalServer, transport: Make) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        same = request.headers.get("If-None-Match") == '"v7"'
        data(b"" if same else b"text", 304 if same else 200, ETag='"v7"')(request)

    server.answers["/feed"] = answer
    ours = transport()
    first = ours.get(server.url("/feed"))
    assert first is not None
    assert ours.get(server.url("/feed"), etag=first.etag) is None
    newer = ours.get(server.url("/feed"), etag='"v6"', last_modified="yesterday")
    assert newer is not None
    assert server.asked[-1].headers["If-Modified-Since"] == "yesterday"


def test_a_server_cannot_claim_that_nothing_changed_where_nothing_is_known(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/feed"] = data(b"", 304)
    with pytest.raises(TransportError, match=r"localhost did not accept the request \(304\)"):
        transport().get(server.url("/feed"))


def test_a_packed_answer_is_unpacked(server: LocalServer, transport: Make) -> None:
    body = b"line\n" * 100_000
    server.answers["/feed"] = data(gzip.compress(body), Content_Encoding="gzip")
    fetched = transport().get(server.url("/feed"))
    assert fetched is not None
    assert fetched.data == body
    assert server.asked[0].headers["Accept-Encoding"] == "gzip"


def test_a_redirect_is_followed_and_the_final_address_kept(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/latest.json"] = redirect("releases/18.1.json?raw=1", 301)
    server.answers["/releases/18.1.json"] = data(b"{}")
    fetched = transport().get(server.url("/latest.json"))
    assert fetched is not None
    assert (fetched.name, fetched.url) == ("latest.json", server.url("/releases/18.1.json?raw=1"))


@pytest.mark.parametrize(
    ("credentials", "header"),
    [(PERSON, "Basic YWRhOm9wZW4gc2VzYW1l"), (Credentials("abc.def"), "Bearer abc.def")],
)
def test_credentials_go_to_the_source(
    server: LocalServer, transport: Make, credentials: Credentials, header: str
) -> None:
    server.answers["/feed"] = data(b"")
    transport().get(server.url("/feed"), credentials=credentials)
    assert server.asked[0].headers["Authorization"] == header


def test_credentials_follow_a_redirect_within_the_source_and_nowhere_else(
    server: LocalServer, authority: Authority, transport: Make
) -> None:
    with serving(authority.context()) as other:
        server.answers["/feed"] = redirect("/moved")
        server.answers["/moved"] = redirect(other.url("/stored"))
        other.answers["/stored"] = redirect(server.url("/back"))
        server.answers["/back"] = data(b"{}")
        transport().get(server.url("/feed"), credentials=PERSON)
        assert ["Authorization" in asked.headers for asked in server.asked] == [True, True, True]
        assert ["Authorization" in asked.headers for asked in other.asked] == [False]


def test_credentials_stay_with_the_source_when_a_document_names_another_server(
    server: LocalServer, authority: Authority, transport: Make
) -> None:
    with serving(authority.context()) as other:
        server.answers["/list"] = other.answers["/document"] = data(b"{}")
        ours = transport()
        ours.get(server.url("/list"), credentials=PERSON)
        ours.get(other.url("/document"), credentials=PERSON)
        assert "Authorization" not in other.asked[0].headers


def test_credentials_are_never_printed() -> None:
    assert "sesame" not in repr(PERSON)


@pytest.mark.parametrize(
    "credentials", [Credentials("two words"), Credentials("line\nbreak"), Credentials("p", "a:b")]
)
def test_credentials_that_no_header_can_hold_are_refused_in_a_sentence(
    credentials: Credentials,
) -> None:
    with pytest.raises(BriefingError, match="of this source holds"):
        credentials.header()


def test_no_cookie_is_kept(server: LocalServer, transport: Make) -> None:
    server.answers["/feed"] = data(b"{}", Set_Cookie="visitor=1; Path=/")
    ours = transport()
    ours.get(server.url("/feed"))
    ours.get(server.url("/feed"))
    assert "Cookie" not in server.asked[1].headers


def test_the_program_says_what_it_is_and_nothing_of_the_computer(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/feed"] = data(b"{}")
    transport().get(server.url("/feed"), accept="application/json")
    headers = server.asked[0].headers
    assert headers.pop("User-Agent").startswith("Threat-Briefing/")
    assert headers == {
        "Host": f"localhost:{server.port}",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
    }


def test_a_proxy_named_by_the_environment_is_not_used(
    server: LocalServer, transport: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(None) as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://localhost:{proxy.port}")
        server.answers["/feed"] = data(b"{}")
        assert transport().get(server.url("/feed")) is not None
        assert proxy.asked == []


def test_one_connection_serves_many_documents(server: LocalServer, transport: Make) -> None:
    seen = set()

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.add(request.client_address)
        data(b"{}")(request)

    server.answers[None] = answer
    ours = transport()
    for number in range(5):
        ours.get(server.url(f"/{number}.json"))
    assert len(seen) == 1


def test_progress_tells_what_came_and_what_was_announced(
    server: LocalServer, transport: Make
) -> None:
    told: list[tuple[int, int]] = []
    server.answers["/feed"] = data(bytes(300_000))
    transport(progress=lambda received, total: told.append((received, total))).get(
        server.url("/feed")
    )
    assert told[-1] == (300_000, 300_000)
    assert len(told) > 1


def test_cancelling_ends_the_wait_for_a_silent_server(server: LocalServer, transport: Make) -> None:
    asked, release = threading.Event(), threading.Event()

    def say_nothing(_request: BaseHTTPRequestHandler) -> None:
        asked.set()
        release.wait(20)

    def check() -> None:
        if asked.is_set():
            raise CancelledError("The update")

    server.answers["/feed"] = say_nothing
    begun = time.monotonic()
    with pytest.raises(CancelledError, match=r"The update was cancelled\. Nothing was changed\."):
        transport(check=check).get(server.url("/feed"))
    release.set()
    assert time.monotonic() - begun < 5


def test_what_is_published_arrives_as_it_was_given(server: LocalServer, transport: Make) -> None:
    server.answers["/objects/"] = data(b"{}", 202)
    body = b'{"objects": []}' * 20_000
    answer = transport().post(server.url("/objects/"), body, content_type="application/json")
    assert answer.data == b"{}"
    assert server.asked[0].body == body
    assert server.asked[0].headers["Content-Type"] == "application/json"


def test_what_is_published_is_never_sent_on(server: LocalServer, transport: Make) -> None:
    server.answers["/objects/"] = redirect("/elsewhere/", 307)
    with pytest.raises(TransportError, match="so they were not sent"):
        transport().post(server.url("/objects/"), b"{}", content_type="application/json")
    assert [asked.path for asked in server.asked] == ["/objects/"]


def test_a_pause_lasts_as_long_as_it_says_and_can_be_cancelled(transport: Make) -> None:
    begun = time.monotonic()
    transport(limits=Limits(deadline=0.01)).pause(0.3)
    assert time.monotonic() - begun >= 0.3

    def check() -> None:
        raise CancelledError("The update")

    with pytest.raises(CancelledError):
        transport(check=check).pause(60)
