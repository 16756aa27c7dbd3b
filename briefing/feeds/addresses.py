"""What a web address alone tells of a document: who published it, and often when."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_NUMERIC = re.compile(
    r"[/_-](20[0-3]\d)[/_-](0?[1-9]|1[0-2])(?:[/_-](0?[1-9]|[12]\d|3[01]))?(?=\D|$)"
)
_COMPACT = re.compile(r"(?<!\d)(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED = re.compile(
    r"/(20[0-3]\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:/(0?[1-9]|[12]\d|3[01]))?(?=/|$)",
    re.IGNORECASE,
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = re.compile(r"/(20[0-3]\d)(?=/)")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)


def published_in(address: str) -> str:
    """The date an address holds, ISO 8601 to the year, month or day, or "" where it holds none.

    Blogs and news sites put the day of publication into the path (``/2016/10/``). The capture date
    of a web archive is not a publication date and is ignored. A date read so is as good as the
    site's habit, so screens say "by the address".
    """
    path = urlsplit(_ARCHIVE.sub("", address)).path
    named = _NAMED.search(path)
    if named:
        month = _MONTHS.index(named[2].lower()[:3]) + 1
        return _joined(named[1], str(month), named[3])
    for pattern in (_NUMERIC, _COMPACT):
        found = pattern.search(path)
        if found:
            return _joined(found[1], found[2], found[3])
    year = _YEAR.search(path)
    return year[1] if year else ""


def publisher_of(address: str) -> str:
    """The host without ``www.``; behind a web archive, the host that was archived."""
    host = urlsplit(_ARCHIVE.sub("", address)).netloc.lower()
    return host.rpartition("@")[2].partition(":")[0].removeprefix("www.")


def _joined(year: str, month: str, day: str | None) -> str:
    date = f"{year}-{int(month):02d}"
    return f"{date}-{int(day):02d}" if day else date
