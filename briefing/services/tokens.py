"""Tokens and passwords of sources: in the keyring of the system, and nowhere else.

Only the keyrings that belong to a system are asked, by name: the Credential Manager of Windows, the
Keychain of macOS, the Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC).
Whatever else calls itself a keyring on this computer may keep its secrets in a plain file.

Ask for a token only where a source is marked as having one, so that a computer without a keyring
can update every other source.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from briefing.core.errors import BriefingError
from briefing.feeds.remote import Credentials

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "Threat Briefing"
"""Under which name the system lists what is kept here."""


class TokenError(BriefingError):
    """A token could not be kept, read or removed; nothing else was changed."""


def system_keyring() -> KeyringBackend:
    """The keyring of this system.

    Raises:
        TokenError: where there is none.
    """
    # lazy: 0.1 s, and only for sources that have a token
    from keyring.backends import SecretService, Windows, macOS  # noqa: PLC0415 - start time

    for kind in (Windows.WinVaultKeyring, macOS.Keyring, SecretService.Keyring):
        if kind.viable:
            return kind()
    raise TokenError(
        "This system has no keyring in which the token of a source could be kept.",
        remedy="Unlock or install one (GNOME Keyring, KWallet or KeePassXC on Linux), or import the"
        " feed as a file.",
    )


class Tokens:
    """Who asks, by source."""

    def __init__(self, keyring: Callable[[], KeyringBackend] = system_keyring) -> None:
        """Open nothing yet.

        Args:
            keyring: Gives the keyring; asked each time, since a keyring may come and go.
        """
        self._keyring = keyring

    def store(self, source: str, credentials: Credentials) -> None:
        """Keep the token of a source; an earlier one is replaced.

        Raises:
            TokenError: when there is no keyring, or it does not take the token.
        """
        content = json.dumps({"user": credentials.user, "secret": credentials.secret})
        with self._opened("kept", source) as keyring:
            keyring.set_password(SERVICE, source, content)

    def read(self, source: str) -> Credentials | None:
        """The token of a source, or None where none is kept.

        Raises:
            TokenError: when there is no keyring, or it gives nothing out.
        """
        with self._opened("read", source) as keyring:
            content = keyring.get_password(SERVICE, source)
        return None if content is None else _credentials(content, source)

    def delete(self, source: str) -> None:
        """Remove the token of a source; where none is kept there is nothing to do.

        Raises:
            TokenError: when there is no keyring, or it does not let the token go.
        """
        with self._opened("removed", source) as keyring:
            if keyring.get_password(SERVICE, source) is not None:
                keyring.delete_password(SERVICE, source)

    @contextmanager
    def _opened(self, done: str, source: str) -> Iterator[KeyringBackend]:
        keyring = self._keyring()
        try:
            yield keyring
        except Exception as error:
            raise TokenError(
                f"The token of “{source}” could not be {done}: the keyring of this system did not"
                " allow it.",
                detail=f"{type(error).__name__}: {error}",
                remedy="Unlock the keyring and try again.",
            ) from error


def _credentials(content: str, source: str) -> Credentials:
    try:
        found: Any = json.loads(content)
        user, secret = found["user"], found["secret"]
    except (ValueError, TypeError, KeyError):
        user, secret = None, None
    if not (isinstance(user, str) and isinstance(secret, str)):
        raise TokenError(
            f"The token of “{source}” in the keyring was not written by this program.",
            remedy="Store it again.",
        )
    return Credentials(secret, user)
