"""An address that may be asked: https with a host, and nothing that only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from briefing.feeds import refusals

_PORT: Final = 443
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_.])?|[0-9a-f:.]+(?:%[a-z0-9]+)?")
_AS_IT_IS: Final = "/%:@!$&'()*+,;=~-._?[]"
"""Characters of a path or query that stay; everything else is written as ``%XX`` (RFC 3986)."""
_LONGEST: Final = 8_000
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An https address in its parts; there is none of another kind.

    Attributes:
        host: ASCII, small letters; an IPv6 address without its brackets.
        port: 443 where the address names none.
        target: Path and query, ASCII.
    """

    host: str
    port: int
    target: str

    @classmethod
    def of(cls, address: str, named_by: str = "") -> WebAddress:
        """Read an address, whoever named it.

        Args:
            address: As typed by a person, or as another computer wrote it.
            named_by: Host that wrote it, for the sentence; "" for the person.

        Raises:
            TransportError: for another scheme, a password in it, or what is no address at all.
        """
        parts = _split(address, named_by)
        scheme = parts.scheme.lower()
        if scheme != "https":
            raise refusals.not_https(scheme, named_by)
        if "@" in parts.netloc:
            raise refusals.secret_in_address(named_by)
        try:
            host = (parts.hostname or "").encode("idna").decode("ascii").lower()
            port = _PORT if parts.port is None else parts.port
        except ValueError as error:
            raise refusals.no_address(address, named_by, str(error)) from error
        if not _HOST.fullmatch(host):
            raise refusals.no_address(address, named_by)
        path = quote(parts.path or "/", safe=_AS_IT_IS)
        query = f"?{quote(parts.query, safe=_AS_IT_IS)}" if parts.query else ""
        return cls(host, port, path + query)

    def join(self, reference: str) -> WebAddress:
        """The address that a document at this one means by a reference.

        Raises:
            TransportError: as ``of`` does.
        """
        try:
            joined = urljoin(self.url, reference.strip())
        except ValueError as error:
            raise refusals.no_address(reference, self.host, str(error)) from error
        return WebAddress.of(joined, self.host)

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` header and an address write them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORT else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Who may see credentials for this address (RFC 6454)."""
        return f"https://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address."""
        return self.origin + self.target

    @property
    def shown(self) -> str:
        """The address without its query, where tokens may stand."""
        return self.origin + self.target.partition("?")[0]

    @property
    def name(self) -> str:
        """The last part of the path as a file name; the host where the path ends with a slash."""
        last = unquote(self.target.partition("?")[0].rpartition("/")[2])
        plain = last.replace("\\", "/").rpartition("/")[2]
        shown = "".join(character for character in plain if character.isprintable())
        return shown.strip(". ")[:_LONGEST_NAME] or self.host


def _split(address: str, named_by: str) -> SplitResult:
    stripped = address.strip()
    if len(stripped) > _LONGEST or not stripped.isprintable():
        raise refusals.no_address(address, named_by)
    try:
        parts = urlsplit(stripped)
    except ValueError as error:
        raise refusals.no_address(address, named_by, str(error)) from error
    if not parts.scheme:
        raise refusals.no_address(address, named_by)
    return parts
