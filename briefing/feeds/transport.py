"""The only code that opens a connection, and only because a person asked for this update.

Importing this module loads the libraries of the network (0.05 s), so it is imported by the service
that updates, when it updates, and by nothing at the start of the program.

The connections are httpcore's, the layer that httpx stands on. A client on top of it would follow
redirects, keep cookies, take proxies from the environment and unpack without a limit; here each of
these is a decision, and the guard looks at the connected socket before anything is sent.

Proxies named by environment variables are not used: through a proxy, the address of the feed is
looked up by somebody else, so nobody here could tell whether it lies inside the network, and a
variable set by any program would see what this one asks for.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import certifi
import httpcore

from briefing import __version__
from briefing.core.errors import BriefingError
from briefing.feeds import refusals
from briefing.feeds.answer_body import Body, UnpackError, headers_told
from briefing.feeds.remote import Credentials, Fetched, Limits, TransportError, header_text
from briefing.feeds.watch import Watch
from briefing.feeds.web_address import WebAddress

USER_AGENT: Final = f"Threat-Briefing/{__version__}"
_SLICE: Final = 0.2
"""Seconds after which a wait looks whether it was cancelled."""
_PIECE: Final = 64 * 1024
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_TAKEN: Final = (200, 201, 202)
_UNCHANGED: Final = 304
_TOLD: Final = 300
"""Bytes of an error page that are kept as detail."""


class _GuardedStream(httpcore.NetworkStream):
    """A connection on which no wait is too long to be cancelled, or outlasts the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        silent_until = time.monotonic() + self._watch.limits.silence
        while True:
            try:
                return self._stream.read(max_bytes, self._watch.left(_SLICE))
            except httpcore.ReadTimeout:
                if time.monotonic() >= silent_until:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            piece = buffer[start : start + _PIECE]
            self._stream.write(piece, self._watch.left(self._watch.limits.silence))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        most = self._watch.left(self._watch.limits.connect)
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, most)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise _not_connected(self._watch, self._watch.host, error) from error
        return _GuardedStream(secured, self._watch)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    """Looks a host up once, and connects to exactly the addresses that were looked at.

    The address is judged before the connection is made and again, as the socket has it, before a
    byte is sent: a name server that answers differently the second time (DNS rebinding) gains
    nothing.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure = refusals.unknown_name(host)
        for address in _addresses(host, port):
            if not self._watch.allows(host, address):
                failure = refusals.inner_address(host, address)
                continue
            most = self._watch.left(self._watch.limits.connect)
            try:
                stream = self._sockets.connect_tcp(address, port, most)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = _not_connected(self._watch, host, error)
                continue
            peer = str(stream.get_extra_info("server_addr")[0])
            if self._watch.allows(host, peer):
                return _GuardedStream(stream, self._watch)
            stream.close()
            failure = refusals.inner_address(host, peer)
        raise failure


def _addresses(host: str, port: int) -> list[str]:
    """Every address of a host, in the order in which the system prefers them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise refusals.no_network(host, str(error)) from error
        raise refusals.unknown_name(host, str(error)) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Transport(contextlib.AbstractContextManager["Transport"]):
    """One update of one source, over https.

    The host of the first address asked for is the source's own: credentials go to its origin and to
    no other, and where the source is marked as inside our network, only this host may be this very
    computer. Use it on one thread, and close it (it is a context manager).
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        inside: bool = False,
        cafile: Path | None = None,
        limits: Limits | None = None,
        check: Callable[[], None] = lambda: None,
        progress: Callable[[int, int], None] = lambda _received, _total: None,
    ) -> None:
        """Prepare; nothing is connected before the first ``get`` or ``post``.

        Args:
            clock: The time, for ``Fetched.taken_at``.
            inside: Whether the source is marked as inside our network, so that private addresses
                may be reached.
            cafile: PEM file of a certificate authority to trust besides the system's, for a source
                inside.
            limits: What one request may cost.
            check: Raises to cancel; asked about five times a second while waiting.
            progress: Told the bytes received and the bytes announced (0 where nobody knows).

        Raises:
            BriefingError: for a ``cafile`` that cannot be read.
        """
        self.limits = limits or Limits()
        self._clock = clock
        self._progress = progress
        self._origin = ""
        self._watch = Watch(inside, self.limits, check)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_tls(cafile),
            max_connections=4,
            keepalive_expiry=30.0,
            network_backend=_GuardedBackend(self._watch),
        )

    def fetch(
        self, url: str, *, accept: str = "", credentials: Credentials | None = None
    ) -> Fetched:
        """Fetch a document.

        Args:
            url: An https address.
            accept: Media types wanted; anything where "".
            credentials: Who asks. Sent to the origin of the source only.

        Raises:
            TransportError: for everything that keeps the document from coming, in a sentence.
            CancelledError: when the person cancelled.
        """
        return self._ask("GET", url, {"Accept": accept or "*/*"}, b"", credentials)

    def get(
        self,
        url: str,
        *,
        accept: str = "",
        etag: str = "",
        last_modified: str = "",
        credentials: Credentials | None = None,
    ) -> Fetched | None:
        """Fetch a document unless it is still the one that was fetched before; then None.

        ``etag`` and ``last_modified`` are those of the document that is here already; everything
        else is as in ``fetch``.
        """
        headers = {
            "Accept": accept or "*/*",
            "If-None-Match": header_text(etag),
            "If-Modified-Since": header_text(last_modified),
        }
        try:
            return self._ask("GET", url, headers, b"", credentials)
        except TransportError as error:
            if error.status == _UNCHANGED and (etag or last_modified):
                return None
            raise

    def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str,
        accept: str = "",
        credentials: Credentials | None = None,
    ) -> Fetched:
        """Send a document, and take the answer. A server that sends it on elsewhere is refused.

        Raises:
            TransportError: for everything that keeps it from arriving, in a sentence.
            CancelledError: when the person cancelled.
        """
        headers = {"Accept": accept or "*/*", "Content-Type": content_type}
        return self._ask("POST", url, headers, body, credentials)

    def pause(self, seconds: float) -> None:
        """Wait, unless the person cancels meanwhile."""
        self._watch.pause(seconds, _SLICE)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection, whatever happened."""
        self.close()

    def _ask(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes,
        credentials: Credentials | None,
    ) -> Fetched:
        asked = target = WebAddress.of(url, self._watch.home)
        self._origin = self._origin or target.origin
        self._watch.start(target.host)
        for _ in range(self.limits.redirects + 1):
            known = credentials if target.origin == self._origin else None
            with self._answer(method, target, headers, body, known) as answer:
                told = headers_told(answer.headers)
                if answer.status not in _REDIRECTS:
                    self._refuse_unless_taken(target, answer, told, known is not None)
                    return self._fetched(asked, target, answer, told)
            if method != "GET":
                raise refusals.sent_on(target.host)
            if "location" not in told:
                raise refusals.unexpected(target.host, answer.status)
            target = target.join(told["location"])
        raise refusals.sent_round(asked.host, self.limits.redirects)

    @contextlib.contextmanager
    def _answer(
        self,
        method: str,
        target: WebAddress,
        headers: dict[str, str],
        body: bytes,
        credentials: Credentials | None,
    ) -> Iterator[httpcore.Response]:
        sent = {
            "Host": target.authority,
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "gzip",
            "Authorization": credentials.header() if credentials else "",
            **headers,
        }
        address = httpcore.URL(
            scheme=b"https",
            host=target.host.encode("ascii"),
            port=target.port,
            target=target.target.encode("ascii"),
        )
        filled = [(name, value) for name, value in sent.items() if value]
        try:
            with self._pool.stream(method, address, headers=filled, content=body or None) as answer:
                yield answer
        except httpcore.TimeoutException as error:
            raise refusals.no_answer(target.host, self.limits.silence) from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            reason = "it breaks off or is no HTTP"
            raise refusals.garbled(target.host, reason, str(error)) from error

    def _refuse_unless_taken(
        self, target: WebAddress, answer: httpcore.Response, told: dict[str, str], known: bool
    ) -> None:
        if answer.status in _TAKEN:
            return
        packed = "content-encoding" in told
        piece = b"" if packed else next(iter(answer.iter_stream()), b"")
        said = " ".join(piece[:_TOLD].decode("utf-8", "replace").split())
        retry = told.get("retry-after", "")
        raise refusals.status(
            target.host, answer.status, f"{target.shown}: {said}", known=known, retry=retry
        )

    def _fetched(
        self, asked: WebAddress, target: WebAddress, answer: httpcore.Response, told: dict[str, str]
    ) -> Fetched:
        return Fetched(
            name=asked.name,
            data=self._body(target.host, answer, told),
            url=target.url,
            etag=header_text(told.get("etag", "")),
            last_modified=header_text(told.get("last-modified", "")),
            taken_at=self._clock().astimezone(UTC).isoformat(timespec="seconds"),
            headers=told,
        )

    def _body(self, host: str, answer: httpcore.Response, told: dict[str, str]) -> bytes:
        announced = told.get("content-length", "")
        total = int(announced) if announced.isdecimal() else 0
        if total > self.limits.size:
            raise refusals.too_large(host, self.limits.size)
        try:
            body = Body(told.get("content-encoding", ""), self.limits.size)
            for piece in answer.iter_stream():
                if not body.take(piece):
                    raise refusals.too_large(host, self.limits.size)
                self._progress(body.received, total)
            return body.whole()
        except UnpackError as error:
            raise refusals.garbled(host, str(error)) from error


def _tls(cafile: Path | None) -> ssl.SSLContext:
    """The system's own certificate authorities, so that an organisation's count as well.

    Where OpenSSL finds none in its place (some builds for macOS, a frozen program), Mozilla's list
    as carried by certifi stands in. ``SSL_CERT_FILE`` counts, as for every program on OpenSSL.
    """
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()
    if not (context.get_ca_certs() or places.cafile or places.capath):
        context.load_verify_locations(certifi.where())
    if cafile is not None:
        try:
            context.load_verify_locations(cafile)
        except (OSError, ssl.SSLError) as error:
            raise BriefingError(
                f"The certificate authority in {cafile} cannot be read.",
                detail=str(error),
                remedy="Choose a PEM file with the certificate of the authority.",
            ) from error
    return context


def _not_connected(watch: Watch, host: str, error: Exception) -> TransportError:
    """Why a connection did not come about, from what the system said."""
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return refusals.certificate(host, cause.verify_code, str(cause))
    if isinstance(cause, ssl.SSLError):
        return refusals.no_tls(host, str(cause))
    if isinstance(cause, OSError) and cause.errno in (errno.ENETUNREACH, errno.ENETDOWN):
        return refusals.no_network(host, str(cause))
    if isinstance(error, httpcore.ConnectTimeout):
        # Where less than usual was left to wait, it is the deadline that ended it.
        watch.left(_SLICE)
        return refusals.no_answer(host, watch.limits.connect)
    return refusals.no_connection(host, str(error))
