"""By what an advisory is known, whoever brings it: its issuer's number, or the address of its page.

CISA numbers its publications (``AA23-320A``, ``ICSA-19-106-01``). The number stands in the last
part of every address they have had, on us-cert.gov as on cisa.gov; so the number is what counts.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from briefing.core.changes import stable_id
from briefing.feeds.rss_links import belongs, host_of

_CISA_HOSTS = ("cisa.gov", "us-cert.gov")
_CISA_NAMESPACE = "https://www.cisa.gov/"
"""Namespace of the publisher in CISA's CSAF files, which the ids of those are made of."""
_CISA_NUMBER = re.compile(
    r"(?:(?:AA|AR|TA)\d\d-\d{3}[A-Z]|ICSM?A-\d\d-\d{3}-\d\d[A-Z]?|IR-ALERT-[A-Z]-\d\d-\d{3}-\d\d)"
    r"(?![A-Z0-9])",
    re.ASCII,
)


def cisa_number(text: str) -> str:
    """The number at the start of a text, in capitals; "" where there is none of CISA's form."""
    found = _CISA_NUMBER.match(text.upper())
    return found[0] if found else ""


def numbered_id(number: str) -> str:
    """Native id of a numbered publication of CISA: the one that its CSAF file has as well."""
    return stable_id("advisory", _CISA_NAMESPACE, number)


def page_key(address: str) -> str:
    """What tells the page of an advisory from others, however its address is written.

    Returns:
        CISA's number where the address leads to one; else host and path, without ``www.``, a
        trailing slash, a query and a fragment. "" for what is no address.
    """
    host = host_of(address).removeprefix("www.")
    if not host:
        return ""
    path = urlsplit(address).path.rstrip("/")
    if any(belongs(host, known) for known in _CISA_HOSTS):
        number = cisa_number(path.rpartition("/")[2])
        if number:
            return f"cisa.gov {number}"
    return f"{host}{path}"
