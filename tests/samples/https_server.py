"""A real https server on this computer, with its own authority, as bad as a test likes."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

Answer = Callable[[BaseHTTPRequestHandler], None]
"""Writes the whole answer to one request."""

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class LocalServer:
    """What a test knows of a server that runs.

    Attributes:
        port: Where it listens.
        answers: What it answers, by path without query; None is for every other path.
        asked: Every request, in order.
    """

    port: int
    answers: dict[str | None, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "localhost") -> str:
        """An address at this server."""
        return f"https://{host}:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is what half of these tests are about."""


def data(body: bytes, status: int = 200, **headers: str) -> Answer:
    """An ordinary answer. Underscores in names of headers become hyphens."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def redirect(location: str, status: int = 302) -> Answer:
    """An answer that sends the request on."""
    return data(b"", status, Location=location)


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None, host: str = "127.0.0.1") -> Iterator[LocalServer]:
    """Run a server until the test is done; without a context it speaks plain http."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            asked = Asked(self.command, self.path, dict(self.headers.items()))
            asked.body = self.rfile.read(length)
            local.asked.append(asked)
            answers = local.answers
            path = self.path.partition("?")[0]
            answer = answers.get(path) or answers.get(None) or data(b"nothing here", 404)
            answer(self)

        do_GET = do_POST = _handle  # noqa: N815 - names of the base class

        def log_message(self, *_args: Any) -> None:
            """Nothing: tests look at ``asked``."""

    server = _Server((host, 0), Handler)
    local = LocalServer(server.server_address[1])
    if context is not None:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield local
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Authority:
    """A certificate authority of our own, and servers with its certificates."""

    def __init__(self, folder: Path) -> None:
        """Make the authority and put its certificate into a PEM file."""
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(self.file)

    def context(
        self, *names: str, not_before: datetime | None = None, not_after: datetime | None = None
    ) -> ssl.SSLContext:
        """What a server needs: for this computer unless names are given, valid unless not."""
        certificate = self._authority.issue_cert(
            *(names or LOCAL_NAMES), not_before=not_before, not_after=not_after
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "self-signed.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
