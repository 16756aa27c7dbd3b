"""Criminals' texts without the ways to them: addresses, accounts, wallets, and links to loot."""

from __future__ import annotations

import re

from briefing.feeds.plain_text import one_line

LEFT_OUT = "[address left out]"
_LONGEST_NAME = 200
_AROUND = "()[]{}<>\"'“”’.,;:!?"
_WORD = re.compile(r"\S+")
_REPEATED = re.compile(rf"{re.escape(LEFT_OUT)}(?:\s*{re.escape(LEFT_OUT)})+")

# Each looks at a bounded number of characters from where it begins.
_THEIRS = (
    r"(?i:magnet:|\.onion|\.i2p)|[0-9A-Fa-f]{40}"
    r"|(?<![A-Za-z0-9])(?:bc1|[13])[A-Za-z0-9]{25}|@[A-Za-z0-9-]{1,60}\.[A-Za-z]"
)
_ANY = (
    r"://|(?i:hxxp)|[\[({]\.[\])}]|(?<![A-Za-z0-9])@[A-Za-z0-9_]"
    r"|[A-Za-z0-9]\.(?:[a-z]{2,12}|[A-Z]{2,12})(?![A-Za-z0-9])|[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
)
_IN_NAME = re.compile(_THEIRS, re.ASCII)
_IN_TEXT = re.compile(f"{_THEIRS}|{_ANY}", re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://", re.ASCII)
_PATH_OF_HOST = re.compile(r"(\.[A-Za-z]{2,12})[/?#:].*", re.ASCII | re.DOTALL)


def without_addresses(text: str) -> str:
    """The text with ``LEFT_OUT`` for every word that is, or may be, an address of any kind.

    It errs on the side of leaving out: a file name with its ending goes as well.
    """
    return _REPEATED.sub(LEFT_OUT, _WORD.sub(_without_address, text))


def name_without_addresses(raw: str) -> str:
    """A name on one line; of a web address, by which many victims are named, the host.

    "" where nothing is left: the host of a hidden service is no name of a victim.
    """
    words = (_named(word) for word in one_line(raw, _LONGEST_NAME).split())
    return " ".join(word for word in words if word)


def _without_address(found: re.Match[str]) -> str:
    word = found.group()
    if not _IN_TEXT.search(word):
        return word
    core = word.strip(_AROUND)
    before, _, after = word.partition(core) if core else ("", "", "")
    return f"{before}{LEFT_OUT}{after}"


def _named(word: str) -> str:
    name = _PATH_OF_HOST.sub(r"\1", _SCHEME.sub("", word))
    return "" if _IN_NAME.search(word) else name
