"""Which addresses become links, and how an address is printed."""

from __future__ import annotations

import re

_LINK = re.compile(r"(?:https://|mailto:)[^\s<>\"\\^`{|}\x00-\x20\x7f]+", re.IGNORECASE)
_LONGEST = 2000
"""Characters. Longer addresses are printed and not linked; Typst refuses links over 8,000."""
_DROPPED = re.compile(r"^(?:https?://(?:www\.)?|mailto:)", re.IGNORECASE)


def safe_href(href: str) -> str:
    """The address where it may become a link (https and mailto only), else ""."""
    return href if len(href) <= _LONGEST and _LINK.fullmatch(href) else ""


def shown_address(url: str) -> str:
    """An address as a reader needs it on paper: without scheme, ``www.`` and a closing slash."""
    return _DROPPED.sub("", url).removesuffix("/")
