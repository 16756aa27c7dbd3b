"""Where an update may not go, and what ends it: each guard against a real server."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from https_server import Authority, LocalServer, data, redirect, self_signed, serving

from briefing.core.errors import BriefingError
from briefing.feeds.remote import TransportError
from briefing.feeds.transport import Transport

Make = Callable[..., Transport]

NO_NETWORK = """
from datetime import UTC, datetime
from briefing.core.errors import BriefingError
from briefing.feeds.transport import Transport

for address in ("https://cisa.gov/feed.json", "https://1.1.1.1/feed.json"):
    try:
        Transport(clock=lambda: datetime.now(UTC)).get(address)
    except BriefingError as error:
        print(error)
"""


def refusal_of(ours: Transport, url: str) -> BriefingError:
    with pytest.raises(TransportError) as caught:
        ours.get(url)
    return caught.value


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://cisa.gov/feed", "The source has an address of the kind “http”; only https is"),
        ("HTTP://cisa.gov/feed", "The source has an address of the kind “http”"),
        ("file:///etc/passwd", "The source has an address of the kind “file”"),
        ("ftp://cisa.gov/feed", "The source has an address of the kind “ftp”"),
        ("https://ada:sesame@cisa.gov/", "The address of the source has a user name or password"),
        ("https:///feed", "The source has “https:///feed”, which is no web address"),
        ("https://cisa.gov:99999/", "which is no web address"),
        ("https://[::1/", "which is no web address"),
        ("https://good.example\\.evil.example/", "which is no web address"),
        ("https://a..b/", "which is no web address"),
        ("https://cisa.gov/a\nb", "which is no web address"),
        ("cisa.gov/feed", "The source has “cisa.gov/feed”, which is no web address"),
        ("", "which is no web address"),
    ],
)
def test_only_plain_https_addresses_are_asked(transport: Make, address: str, sentence: str) -> None:
    error = refusal_of(transport(), address)
    assert sentence in error.message
    assert "sesame" not in f"{error} {error.detail}"
    assert error.remedy.startswith("Nothing was changed.")


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"]
)
def test_this_computer_is_refused_however_it_is_written(
    server: LocalServer, transport: Make, host: str
) -> None:
    error = refusal_of(transport(inside=False), server.url("/feed", host=host))
    assert "which lies inside this network or on this computer, so nothing was sent" in (
        error.message
    )
    assert "mark it as inside our network" in error.remedy
    assert server.asked == []


def test_a_public_name_that_leads_to_this_computer_is_refused(
    server: LocalServer, transport: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rebound(_host: str, port: int, **_options: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    error = refusal_of(transport(inside=False), server.url("/feed", host="feeds.example.org"))
    assert error.message.startswith("feeds.example.org leads to 127.0.0.1")
    assert server.asked == []


def test_the_connected_socket_decides_and_not_the_name(
    server: LocalServer, transport: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.create_connection
    sent: list[bytes] = []

    class Wiretap(socket.socket):
        def send(self, *arguments: Any) -> int:
            sent.append(arguments[0])
            return super().send(*arguments)

    def detour(_address: Any, *arguments: Any, **options: Any) -> socket.socket:
        plain = connect(("127.0.0.1", server.port), *arguments, **options)
        return Wiretap(plain.family, plain.type, plain.proto, fileno=plain.detach())

    monkeypatch.setattr(socket, "create_connection", detour)
    error = refusal_of(transport(inside=False), server.url("/feed", host="8.8.8.8"))
    assert error.message.startswith("8.8.8.8 leads to 127.0.0.1")
    assert sent == []


def test_a_source_inside_does_not_lead_to_another_name_of_this_computer(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/feed"] = redirect(server.url("/secret", host="127.0.0.1"))
    server.answers["/secret"] = data(b"secret")
    error = refusal_of(transport(), server.url("/feed"))
    assert error.message.startswith("127.0.0.1 leads to 127.0.0.1")
    assert [asked.path for asked in server.asked] == ["/feed"]


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("http://localhost/feed", "localhost leads to an address of the kind “http”"),
        ("file:///etc/passwd", "localhost leads to an address of the kind “file”"),
        ("javascript:alert(1)", "localhost leads to an address of the kind “javascript”"),
        ("https://[::1", "localhost leads to “https://[::1”, which is no web address"),
        ("https://ada:sesame@a.example/", "localhost leads to an address that has a user name"),
    ],
)
def test_a_redirect_is_judged_like_any_address(
    server: LocalServer, transport: Make, location: str, sentence: str
) -> None:
    server.answers["/feed"] = redirect(location)
    assert sentence in refusal_of(transport(), server.url("/feed")).message
    assert len(server.asked) == 1


def test_redirects_end_after_five(server: LocalServer, transport: Make) -> None:
    server.answers[None] = redirect("/again")
    error = refusal_of(transport(), server.url("/feed"))
    assert error.message == "localhost sent the request on more than 5 times."
    assert len(server.asked) == 6


def test_a_redirect_to_nowhere_is_a_sentence(server: LocalServer, transport: Make) -> None:
    server.answers["/feed"] = data(b"", 302)
    error = refusal_of(transport(), server.url("/feed"))
    assert error.message == "localhost gave an answer that was not asked for (302)."


def test_a_certificate_for_another_name_is_refused(authority: Authority, transport: Make) -> None:
    with serving(authority.context("elsewhere.example")) as server:
        error = refusal_of(transport(), server.url("/feed"))
        assert error.message.startswith("The certificate of localhost is for another name")
        error = refusal_of(transport(), server.url("/feed", host="127.0.0.1"))
        assert error.message.startswith("The certificate of 127.0.0.1 is for another name")
        assert server.asked == []


def test_a_certificate_out_of_its_time_is_refused(authority: Authority, transport: Make) -> None:
    now = datetime.now(UTC)
    over = authority.context(not_after=now - timedelta(days=1))
    early = authority.context(not_before=now + timedelta(days=1), not_after=now + timedelta(days=2))
    for context, sentence in ((over, "has expired"), (early, "is not valid yet")):
        with serving(context) as server:
            error = refusal_of(transport(), server.url("/feed"))
            assert error.message == (
                f"The certificate of localhost {sentence}, so nobody can tell who answers there."
            )
            assert "Check the date of this computer" in error.remedy
            assert server.asked == []


def test_a_server_that_vouches_for_itself_is_refused(transport: Make, tmp_path: Path) -> None:
    with serving(self_signed(tmp_path)) as server:
        error = refusal_of(transport(), server.url("/feed"))
        assert "The certificate of localhost was issued by the server itself" in error.message
        assert "name the file of its certificate authority" in error.remedy
        assert server.asked == []


def test_an_authority_that_nobody_named_is_refused(server: LocalServer, transport: Make) -> None:
    error = refusal_of(transport(cafile=None), server.url("/feed"))
    assert "was issued by nobody whom this computer trusts" in error.message
    assert server.asked == []


def test_a_server_without_tls_is_a_sentence(transport: Make) -> None:
    with serving(None) as server:
        error = refusal_of(transport(), server.url("/feed"))
        assert error.message == "localhost offers no secure connection."


def test_a_file_of_authorities_that_is_none_is_a_sentence(transport: Make, tmp_path: Path) -> None:
    broken = tmp_path / "authority.pem"
    broken.write_text("no certificate", encoding="utf-8")
    for path in (broken, tmp_path / "absent.pem"):
        with pytest.raises(BriefingError, match=r"The certificate authority in .* cannot be read"):
            transport(cafile=path)


def test_where_the_system_keeps_no_authorities_a_list_stands_in(
    transport: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    monkeypatch.setattr(ssl, "create_default_context", lambda: bare)
    monkeypatch.setattr(
        ssl, "get_default_verify_paths", lambda: ssl.DefaultVerifyPaths(*[None] * 6)
    )
    transport(cafile=None)
    assert len(bare.get_ca_certs()) > 50


def test_nobody_listening_is_a_sentence(transport: Make) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        error = refusal_of(transport(), f"https://127.0.0.1:{port}/feed")
    assert error.message == "127.0.0.1 refused the connection."
    assert error.remedy == "Nothing was changed. Try again later."


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (
            socket.gaierror(socket.EAI_AGAIN, "try again"),
            "cisa.gov could not be reached: there is no network. Nothing was changed.",
        ),
        (
            socket.gaierror(socket.EAI_NONAME, "unknown"),
            "cisa.gov could not be found: the address is wrong, or there is no network."
            " Nothing was changed.",
        ),
    ],
)
def test_no_network_is_one_plain_sentence(
    transport: Make, monkeypatch: pytest.MonkeyPatch, failure: OSError, sentence: str
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise failure

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    error = refusal_of(transport(inside=False), "https://cisa.gov/feed.json")
    assert str(error) == sentence


def test_no_way_out_is_the_same_sentence(transport: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "create_connection", fail)
    error = refusal_of(transport(inside=False), "https://1.1.1.1/feed.json")
    assert str(error) == "1.1.1.1 could not be reached: there is no network. Nothing was changed."


def may_unshare() -> bool:
    tool = shutil.which("unshare")
    return bool(tool) and subprocess.run([str(tool), "-rn", "true"], check=False).returncode == 0


@pytest.mark.skipif(not may_unshare(), reason="This system gives nobody a network namespace.")
def test_a_computer_without_any_network_says_just_that() -> None:
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", NO_NETWORK],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert done.stdout.splitlines() == [
        "cisa.gov could not be reached: there is no network. Nothing was changed.",
        "1.1.1.1 could not be reached: there is no network. Nothing was changed.",
    ]


@pytest.mark.parametrize(
    ("status", "headers", "sentence", "remedy"),
    [
        (401, {}, "localhost wants to know who asks (401).", "Store a user name"),
        (403, {}, "localhost does not let this source have that (403).", "Ask whoever runs"),
        (404, {}, "localhost has nothing at the address that was asked for (404).", "Check the"),
        (410, {}, "localhost has nothing at the address that was asked for (410).", "Check the"),
        (429, {"Retry_After": "30"}, "localhost was asked too often (429).", "again in 30 seconds"),
        (503, {}, "localhost cannot answer at the moment (503).", "Try again later."),
        (418, {}, "localhost did not accept the request (418).", "The details say"),
    ],
)
def test_an_answer_that_is_no_document_is_a_sentence(
    server: LocalServer,
    transport: Make,
    status: int,
    headers: dict[str, str],
    sentence: str,
    remedy: str,
) -> None:
    server.answers["/feed"] = data(b"Why:\n<b>because</b>", status, **headers)
    error = refusal_of(transport(), server.url("/feed?key=sesame"))
    assert error.message == sentence
    assert error.remedy.startswith("Nothing was changed. ")
    assert remedy in error.remedy
    assert error.detail == f"{server.url('/feed')}: Why: <b>because</b>"
