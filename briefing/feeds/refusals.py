"""Why something was not fetched: one sentence each, naming the host, and what to do.

Only sentences; what went wrong is found out in ``briefing.feeds.transport``.
"""

from __future__ import annotations

from briefing.feeds.remote import NOTHING_CHANGED, NoNetworkError, TransportError

_QUOTED = 80

_CERTIFICATES = {
    9: "is not valid yet",
    10: "has expired",
    18: "was issued by the server itself",
    62: "is for another name",
    64: "is for another name",
}
"""OpenSSL's ``X509_V_ERR`` codes, in words."""
_UNTRUSTED = "was issued by nobody whom this computer trusts"
_DATE_REMEDY = "Check the date of this computer; if it is right, tell whoever runs the server."
_AUTHORITY_REMEDY = (
    "If the server is your own, name the file of its certificate authority in the settings of"
    " this source; if not, leave it alone."
)
_CERTIFICATE_REMEDIES = {9: _DATE_REMEDY, 10: _DATE_REMEDY}


def no_network(host: str, detail: str) -> TransportError:
    """There is no way out of this computer."""
    return NoNetworkError(
        f"{host} could not be reached: there is no network.", detail, ends_update=True
    )


def unknown_name(host: str, detail: str = "") -> TransportError:
    """The name has no address: a typing error, or no name server that knows."""
    return TransportError(
        f"{host} could not be found: the address is wrong, or there is no network.",
        detail,
        ends_update=True,
    )


def no_connection(host: str, detail: str) -> TransportError:
    """The host is there and does not connect."""
    return TransportError(
        f"{host} refused the connection.", detail, _later("Try again later."), ends_update=True
    )


def no_answer(host: str, seconds: float) -> TransportError:
    """Nothing came for too long."""
    return TransportError(
        f"{host} did not answer within {seconds:g} seconds.",
        remedy=_later("Try again later."),
        ends_update=True,
    )


def too_slow(host: str, seconds: float) -> TransportError:
    """Something came, too slowly to wait for."""
    return TransportError(
        f"{host} had not sent the whole answer after {seconds:g} seconds.",
        remedy=_later("Try again later, or import the file from a stick."),
        ends_update=True,
    )


def too_large(host: str, size: int) -> TransportError:
    """The answer does not end, or is larger than any feed."""
    return TransportError(
        f"{host} sends more than {size_in_words(size)}, which no feed needs.",
        remedy=_later("Check the address of the source."),
    )


def garbled(host: str, reason: str, detail: str = "") -> TransportError:
    """The answer is not what HTTP allows, or not what its header says."""
    return TransportError(
        f"The answer of {host} could not be read: {reason}.", detail, _later("Try again later.")
    )


def inner_address(host: str, address: str) -> TransportError:
    """The host lies where no public feed lies."""
    return TransportError(
        f"{host} leads to {address}, which lies inside this network or on this computer, so"
        " nothing was sent.",
        remedy=_later("If the source is your own, mark it as inside our network."),
    )


def certificate(host: str, code: int, detail: str) -> TransportError:
    """Nobody can say who answers there."""
    return TransportError(
        f"The certificate of {host} {_CERTIFICATES.get(code, _UNTRUSTED)}, so nobody can tell who"
        " answers there.",
        detail,
        _later(_CERTIFICATE_REMEDIES.get(code, _AUTHORITY_REMEDY)),
        ends_update=True,
    )


def no_tls(host: str, detail: str) -> TransportError:
    """The server does not speak a TLS that is still safe."""
    return TransportError(
        f"{host} offers no secure connection.",
        detail,
        _later("Check the address and the port of the source."),
        ends_update=True,
    )


def not_https(scheme: str, host: str) -> TransportError:
    """Only https is ever asked, wherever the address came from."""
    via = f"{host} leads to" if host else "The source has"
    return TransportError(
        f"{via} an address of the kind “{scheme[:_QUOTED]}”; only https is fetched.",
        remedy=_later("Use an address that begins with https://."),
    )


def no_address(address: str, host: str, detail: str = "") -> TransportError:
    """What should be an address is none."""
    via = f"{host} leads to" if host else "The source has"
    return TransportError(
        f"{via} “{str(address)[:_QUOTED]}”, which is no web address.",
        detail,
        _later("Correct the address of the source."),
    )


def secret_in_address(host: str) -> TransportError:
    """A password in an address ends up in lists, logs and screenshots."""
    via = f"{host} leads to an address that" if host else "The address of the source"
    return TransportError(
        f"{via} has a user name or password in it.",
        remedy=_later("Take it out of the address and store it as the token of this source."),
    )


def sent_on(host: str) -> TransportError:
    """What is published goes where the person said, or nowhere."""
    return TransportError(
        f"{host} wanted the objects to be sent to another address, so they were not sent.",
        remedy="Use the address that the server itself uses. Nothing was published.",
    )


def sent_round(host: str, times: int) -> TransportError:
    """Redirect after redirect."""
    return TransportError(
        f"{host} sent the request on more than {times} times.",
        remedy=_later("Check the address of the source."),
    )


def unexpected(host: str, code: int) -> TransportError:
    """An answer that makes no sense here."""
    return TransportError(
        f"{host} gave an answer that was not asked for ({code}).",
        remedy=_later("Check the address of the source."),
        status=code,
    )


def status(
    host: str, code: int, detail: str = "", *, known: bool = False, retry: str = ""
) -> TransportError:
    """The host answers, and not with the document.

    Args:
        host: Who answered.
        code: HTTP status.
        detail: Address and first words of the answer.
        known: Whether credentials were sent.
        retry: Value of ``Retry-After``.
    """
    if code == 401:
        return _unknown_person(host, detail, known)
    if code == 403:
        return TransportError(
            f"{host} does not let this source have that (403).",
            detail,
            _later("Ask whoever runs the server what this account may do."),
            status=code,
        )
    if code in (404, 410):
        return TransportError(
            f"{host} has nothing at the address that was asked for ({code}).",
            detail,
            _later("Check the address of the source: the publisher may have moved it."),
            status=code,
        )
    if code == 429 or code >= 500:
        busy = "was asked too often" if code == 429 else "cannot answer at the moment"
        when = f"Try again in {retry} seconds." if retry.isdecimal() else "Try again later."
        return TransportError(
            f"{host} {busy} ({code}).", detail, _later(when), status=code, ends_update=True
        )
    return TransportError(
        f"{host} did not accept the request ({code}).",
        detail,
        _later("The details say what the server wrote."),
        status=code,
    )


def size_in_words(size: int) -> str:
    """A number of bytes as a person would say it."""
    if size >= 1024 * 1024:
        return f"{size / (1024 * 1024):.4g} MiB"
    return f"{size / 1024:.4g} KiB"


def _unknown_person(host: str, detail: str, known: bool) -> TransportError:
    what = "a user name with its password, or a token,"
    if known:
        message = f"{host} did not accept the password or token of this source (401)."
        remedy = f"Store {what} that the server knows, and update again."
    else:
        message = f"{host} wants to know who asks (401)."
        remedy = f"Store {what} for this source; it is sent to the source’s own host only."
    return TransportError(message, detail, _later(remedy), status=401, ends_update=True)


def _later(advice: str) -> str:
    return f"{NOTHING_CHANGED} {advice}"
