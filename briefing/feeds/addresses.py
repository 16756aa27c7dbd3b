"""What a web address alone tells of a document: who published it, and often when."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import SplitResult, urlsplit

_NUMERIC = re.compile(
    r"[/_-](20[0-3]\d)[/_-](0?[1-9]|1[0-2])(?:[/_-](0?[1-9]|[12]\d|3[01]))?(?=\D|$)"
)
_COMPACT = re.compile(r"(?<!\d)(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED = re.compile(
    r"/(20[0-3]\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:/(0?[1-9]|[12]\d|3[01]))?(?=/|$)",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_YEAR = re.compile(r"/(20[0-3]\d)(?=/)")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)


def published_in(address: str) -> str:
    """The date an address holds, ISO 8601 to the year, month or day, or "" where it holds none.

    Blogs and news sites put the day of publication into the path (``/2016/10/``). The capture date
    of a web archive is not a publication date and is ignored. A date read so is as good as the
    site's habit, so screens say "by the address".
    """
    path = _split(address).path
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
    return (_split(address).hostname or "").removeprefix("www.")


def _split(address: str) -> SplitResult:
    """The parts of an address; of one that is none, no parts."""
    archived = _ARCHIVE.sub("//", address)
    if archived.startswith("//http"):
        archived = archived.removeprefix("//")
    try:
        return urlsplit(archived)
    except ValueError:
        return urlsplit("")


def _joined(year: str, month: str, day: str | None) -> str:
    """ISO 8601; a day that is not in the calendar (30 February) is left out."""
    to_the_month = f"{year}-{int(month):02d}"
    to_the_day = f"{to_the_month}-{int(day or 0):02d}"
    try:
        return date.fromisoformat(to_the_day).isoformat()
    except ValueError:
        return to_the_month
