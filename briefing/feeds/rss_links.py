"""Addresses in feeds: made whole, and told from what only looks like one."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_LONGEST = 2000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")


def whole_address(reference: str, base: str) -> str:
    """An address as a document can be cited by it; "" where there is none.

    Only http and https lead to a document. What is written stays as it is, tracking parameters
    included: another address would be another document.

    Args:
        reference: As written, with space around it or relative.
        base: Where relative ones begin; "" where nothing is known of that.
    """
    written = reference.strip()
    if len(written) > _LONGEST:
        return ""
    try:
        relative = written and not _SCHEME.match(written)
        address = urljoin(base, written) if relative else written
    except ValueError:
        return ""
    citable = (
        address.lower().startswith(("https://", "http://"))
        and len(address) <= _LONGEST
        and address.isprintable()
        and " " not in address
        and host_of(address)
    )
    return address if citable else ""


def host_of(address: str) -> str:
    """The host in small letters; "" where an address has none or is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def belongs(host: str, domain: str) -> bool:
    """Whether a host is a domain or lies in it."""
    return host == domain or host.endswith(f".{domain}")
