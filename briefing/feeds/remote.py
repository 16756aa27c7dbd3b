"""What is fetched from another computer, and on which terms: the vocabulary of the network.

This module knows no network itself, so that everything may import it at no cost; what opens a
connection is ``briefing.feeds.transport`` alone.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from briefing.core.errors import BriefingError

NOTHING_CHANGED = "Nothing was changed."


class TransportError(BriefingError):
    """Something that was not fetched, in a sentence that names the host.

    Attributes:
        status: The HTTP status with which the host answered; 0 where no answer was the reason.
        ends_update: True where asking the same host for the next document makes no sense: no
            network, no answer, wrong credentials, asked too often.
    """

    def __init__(
        self,
        message: str,
        detail: str = "",
        remedy: str = NOTHING_CHANGED,
        *,
        status: int = 0,
        ends_update: bool = False,
    ) -> None:
        """Keep what a loop over many documents has to know beside the sentence."""
        super().__init__(message, detail, remedy)
        self.status = status
        self.ends_update = ends_update


class NoNetworkError(TransportError):
    """There is no way out of this computer, so that no other host outside is reached either."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, whatever the other side sends.

    Attributes:
        size: Most bytes of one answer, counted as received and again unpacked.
        connect: Seconds until a connection stands, and again until its certificate is checked.
        silence: Seconds without a single byte.
        deadline: Seconds from asking to the last byte, redirects included: it ends the server that
            sends one byte now and then.
        redirects: How often a request may be sent on.
    """

    size: int = 256 * 1024 * 1024
    connect: float = 10.0
    silence: float = 30.0
    deadline: float = 120.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user with a password (basic), or a bearer token alone.

    Attributes:
        secret: The password or the token; never printed.
        user: The user's name; "" for a bearer token.
    """

    secret: str = field(repr=False)
    user: str = ""

    def header(self) -> str:
        """The value of ``Authorization`` (RFC 7617 for basic, RFC 6750 for bearer).

        Raises:
            BriefingError: for a token that no header can hold, or a user name with a colon.
        """
        if self.user:
            if ":" in self.user:
                raise BriefingError(
                    "The user name of this source holds a colon, which no server could tell from"
                    " the password.",
                    remedy=f"Store the user name and the password again. {NOTHING_CHANGED}",
                )
            pair = f"{self.user}:{self.secret}".encode()
            return f"Basic {base64.b64encode(pair).decode('ascii')}"
        if not header_text(self.secret) or " " in self.secret:
            raise BriefingError(
                "The token of this source holds a character that no token has.",
                remedy=f"Copy the token again, without spaces or line breaks. {NOTHING_CHANGED}",
            )
        return f"Bearer {self.secret}"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One document as another computer sent it, unpacked.

    Attributes:
        name: File name as a person knows it, from the address that was asked for.
        data: Its bytes.
        url: The address it came from in the end.
        etag: What the server calls this state of it; "" where it does not say.
        last_modified: When the server says it changed, as the server writes it; "" as above.
        taken_at: When it was taken (ISO 8601, UTC).
        headers: Everything the server said of it; names in small letters.
    """

    name: str
    data: bytes = field(repr=False)
    url: str
    etag: str
    last_modified: str
    taken_at: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)


def header_text(text: str) -> str:
    """A text as it can stand in an HTTP header (printable ASCII), or "" where it cannot."""
    return text if text.isascii() and text.isprintable() else ""
