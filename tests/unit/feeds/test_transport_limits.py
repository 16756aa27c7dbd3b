"""What an answer may cost: bytes before and after unpacking, seconds of silence and in all."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from https_server import Answer, LocalServer, data

from briefing.feeds.remote import Limits, TransportError
from briefing.feeds.transport import Transport

Make = Callable[..., Transport]
SMALL = Limits(size=1024 * 1024)


def drip(head: bytes, every: float = 0.02) -> Answer:
    """Sends a head, then one byte now and then, for as long as anybody listens."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(head)
        while True:
            request.wfile.write(b"x")
            time.sleep(every)

    return answer


def endless(request: BaseHTTPRequestHandler) -> None:
    """Sends a body that has no end, as fast as it is taken."""
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    while True:
        request.wfile.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")


def refusal_of(ours: Transport, url: str) -> TransportError:
    with pytest.raises(TransportError) as caught:
        ours.get(url)
    return caught.value


def test_an_answer_that_announces_too_much_is_not_even_begun(
    server: LocalServer, transport: Make
) -> None:
    server.answers["/feed"] = data(b"", Content_Length=str(SMALL.size + 1))
    told: list[tuple[int, int]] = []
    ours = transport(limits=SMALL, progress=lambda *counts: told.append(counts))
    error = refusal_of(ours, server.url("/feed"))
    assert error.message == "localhost sends more than 1 MiB, which no feed needs."
    assert told == []


def test_an_answer_without_an_end_is_cut_off(server: LocalServer, transport: Make) -> None:
    server.answers["/feed"] = endless
    error = refusal_of(transport(limits=SMALL), server.url("/feed"))
    assert error.message == "localhost sends more than 1 MiB, which no feed needs."


def test_an_answer_of_exactly_the_limit_is_taken(server: LocalServer, transport: Make) -> None:
    body = bytes(SMALL.size)
    server.answers["/plain"] = data(body)
    server.answers["/packed"] = data(gzip.compress(body), Content_Encoding="gzip")
    ours = transport(limits=SMALL)
    for path in ("/plain", "/packed"):
        fetched = ours.get(server.url(path))
        assert fetched is not None
        assert len(fetched.data) == SMALL.size


def test_a_small_answer_that_unpacks_without_measure_is_cut_off(
    server: LocalServer, transport: Make
) -> None:
    bomb = gzip.compress(bytes(200 * 1024 * 1024), compresslevel=9)
    server.answers["/feed"] = data(bomb, Content_Encoding="gzip")
    ours = transport(limits=SMALL)
    tracemalloc.start()
    try:
        error = refusal_of(ours, server.url("/feed"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert error.message == "localhost sends more than 1 MiB, which no feed needs."
    assert peak < 8 * SMALL.size


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 2",
        b"HTTP/1.1 302 Found\r\nLocation: /feed",
    ],
    ids=["body", "headers", "first line", "redirect"],
)
def test_a_dripping_server_is_left_at_the_deadline(
    server: LocalServer, transport: Make, head: bytes
) -> None:
    server.answers["/feed"] = drip(head)
    begun = time.monotonic()
    error = refusal_of(transport(limits=Limits(deadline=0.7)), server.url("/feed"))
    assert error.message == "localhost had not sent the whole answer after 0.7 seconds."
    assert 0.6 < time.monotonic() - begun < 5
    assert error.ends_update


def test_redirects_share_one_deadline(server: LocalServer, transport: Make) -> None:
    def slowly_on(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)
        data(b"", 302, Location="/again")(request)

    server.answers[None] = slowly_on
    error = refusal_of(transport(limits=Limits(deadline=0.7)), server.url("/feed"))
    assert error.message == "localhost had not sent the whole answer after 0.7 seconds."
    assert len(server.asked) < 5


def test_a_silent_server_is_left_after_a_while(server: LocalServer, transport: Make) -> None:
    server.answers["/feed"] = lambda _request: time.sleep(3)
    begun = time.monotonic()
    error = refusal_of(transport(limits=Limits(silence=0.4)), server.url("/feed"))
    assert error.message == "localhost did not answer within 0.4 seconds."
    assert time.monotonic() - begun < 2.5
    assert error.ends_update


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(connect=0.3), "127.0.0.1 did not answer within 0.3 seconds."),
        (
            Limits(deadline=0.3),
            "127.0.0.1 had not sent the whole answer after 0.3 seconds.",
        ),
    ],
    ids=["connection", "deadline"],
)
def test_a_server_that_never_begins_to_speak_tls_is_left(
    transport: Make, limits: Limits, sentence: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        error = refusal_of(transport(limits=limits), f"https://127.0.0.1:{port}/feed")
    assert error.message == sentence


def raw(answer: bytes) -> Answer:
    """Sends exactly these bytes and hangs up."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(answer)
        request.close_connection = True

    return send


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort"), "it breaks off or is no HTTP"),
        (raw(b""), "it breaks off or is no HTTP"),
        (raw(b"220 mail.example ESMTP\r\n"), "it breaks off or is no HTTP"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000), "it breaks off or is no HTTP"),
        (
            data(gzip.compress(b"text" * 999)[:-9], Content_Encoding="gzip"),
            "it breaks off before its end",
        ),
        (data(b"text", Content_Encoding="gzip"), "it says that it is packed with gzip and is not"),
        (data(b"text", Content_Encoding="br"), "it is packed as “br”, which was not asked for"),
    ],
    ids=["truncated", "nothing", "not HTTP", "headers", "half gzip", "no gzip", "brotli"],
)
def test_a_garbled_answer_is_a_sentence(
    server: LocalServer, transport: Make, answer: Answer, reason: str
) -> None:
    server.answers["/feed"] = answer
    error = refusal_of(transport(), server.url("/feed"))
    assert error.message == f"The answer of localhost could not be read: {reason}."
    assert error.remedy == "Nothing was changed. Try again later."
