"""The text of a feed: its bytes in the right encoding, and what feeds commonly get wrong put right.

Feeds declare one encoding and are written in another, stand behind a byte order mark, hold control
characters that XML forbids, or write ``&nbsp;`` and a bare ``&`` as HTML does. Each of these is put
right in one way only, so that the same bytes always give the same text.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from briefing.core.errors import BriefingError
from briefing.feeds.payload import Payload

MOST_BYTES = 16 * 1024 * 1024
"""A larger feed is not read: the largest that governments publish are below 1 MiB."""
MOST_REPAIRS = 10_000
"""So many stray ``&`` are put right; a file with more of them is no XML."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_BEGINNINGS = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
"""``<?`` in encodings that need no byte order mark (XML 1.0, appendix F)."""
_SEVEN_BIT = frozenset(("iso-2022-jp", "iso-2022-kr"))
"""These use no byte above 127, so that they pass for UTF-8."""
_KNOWN = (
    _SEVEN_BIT
    | {"us-ascii", "utf-8", "big5", "gb18030", "gb2312", "gbk", "koi8-r", "koi8-u"}
    | {"euc-jp", "euc-kr", "shift_jis", "windows-31j"}
    | {f"iso-8859-{part}" for part in (*range(1, 12), 13, 14, 15, 16)}
    | {f"windows-125{part}" for part in range(9)}
)
"""Encodings that are believed when declared: Python knows others, some of them no encodings."""
_PYTHON_NAMES = {"gb2312": "gb18030", "windows-31j": "cp932"}
_FALLBACK = "windows-1252"
_HEAD = 512
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 (section 2.2) does not allow in a document."""
_CDATA_OR_STRAY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:#(?:(\d{1,7})|[xX]([0-9A-Fa-f]{1,6}));|([A-Za-z]\w{1,31});)?",
    re.DOTALL,
)


def feed_text(payload: Payload) -> str:
    """The feed as text without XML declaration, whose lines are the lines of the file.

    Raises:
        BriefingError: for a file that is too large, is in no encoding that is known, or has stray
            ``&`` all over.
    """
    if len(payload.data) > MOST_BYTES:
        raise BriefingError(
            f"{payload.name} is larger than {MOST_BYTES >> 20} MiB, which no feed is, and was not"
            " read.",
            remedy="Nothing was changed. Ask whoever publishes it for a smaller file.",
        )
    text = _FORBIDDEN.sub("", _decoded(payload).removeprefix("\ufeff"))
    declaration = _DECLARATION.match(text)
    if declaration:
        text = "\n" * declaration.group().count("\n") + text[declaration.end() :]
    return _CDATA_OR_STRAY.sub(_Repair(payload.name), text) if "&" in text else text


def _decoded(payload: Payload) -> str:
    for encoding in _encodings(payload.data):
        try:
            return payload.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BriefingError(
        f"{payload.name} is no text: its bytes are in no encoding that feeds use.",
        remedy="Nothing was changed. Download the feed again.",
    )


def _encodings(data: bytes) -> Iterator[str]:
    """The encodings to try, in their order.

    Bytes that are UTF-8 are hardly ever anything else, whatever is declared: text in another
    encoding passes for UTF-8 only where it has no letter beyond ASCII.
    """
    for beginning, encoding in (*_MARKS, *_BEGINNINGS):
        if data.startswith(beginning):
            yield encoding
            return
    found = _DECLARED.search(data[:_HEAD])
    declared = found[1].decode("ascii").lower().replace("cp125", "windows-125") if found else ""
    known = [_PYTHON_NAMES.get(declared, declared)] if declared in _KNOWN else []
    seven_bit = declared in _SEVEN_BIT
    yield from known if seven_bit else ()
    yield "utf-8"
    yield from () if seven_bit else known
    yield _FALLBACK


class _Repair:
    """Puts right what ``_CDATA_OR_STRAY`` finds, up to a number."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = MOST_REPAIRS

    def __call__(self, found: re.Match[str]) -> str:
        if found.group().startswith("<"):
            return found.group()
        decimal, hexadecimal, entity = found.groups()
        if decimal or hexadecimal:
            code = int(decimal) if decimal else int(hexadecimal, 16)
            return f"&#{code};" if _is_character(code) else ""
        self._left -= 1
        if self._left < 0:
            raise BriefingError(
                f"{self._name} is no feed: it has more than {MOST_REPAIRS:,} stray “&”.",
                remedy="Nothing was changed. Download the feed again.",
            )
        meant = html.entities.html5.get(f"{entity};", "")
        return escape(meant) or f"&amp;{found.group()[1:]}"


def _is_character(code: int) -> bool:
    """Whether XML 1.0 (section 2.2) allows a character."""
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
