"""ISO 8601 dates to the year, the month or the day, as the pages print them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

SHORT_MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
)
LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?", re.ASCII)


def short_date(date: str) -> str:
    """``2025-09-10`` as "10 Sept 2025", ``2025-09`` as "Sept 2025"; anything else as it is."""
    return _worded(date, SHORT_MONTHS)


def long_date(date: str) -> str:
    """``2026-11-12`` as "12 November 2026"; anything else as it is."""
    return _worded(date, LONG_MONTHS)


def moment(date: str) -> datetime:
    """Midnight UTC on that day, for the times inside a file; 1 January 1980 where it is no date.

    A month stands for its first day and a year for its first month. The files need some time;
    this one is a function of the brief alone, so the same brief gives the same bytes.
    """
    match = _ISO.fullmatch(date)
    if match:
        year, month, day = (int(part or 1) for part in match.groups())
        try:
            return datetime(year, month, day, tzinfo=UTC)
        except ValueError:  # a thirteenth month, 30 February
            pass
    return datetime(1980, 1, 1, tzinfo=UTC)


def _worded(date: str, months: tuple[str, ...]) -> str:
    match = _ISO.fullmatch(date)
    if match is None:
        return date
    year, month, day = match.groups()
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return date
    words = f"{months[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day else words
