"""Dates as feeds write them: RFC 822 with years of two digits and names of zones, and ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_LONGEST = 100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2})"
    rf"(?:[T\s]\s*{_TIME}\s*(?P<zone>.*))?)?)?",
    re.ASCII | re.IGNORECASE,
)
_RFC_822 = re.compile(
    r"(?:[a-z]{2,10}\.?,?\s+)?"
    r"(?:(?P<day>\d{1,2})[\s-]+(?P<name>[a-z]{3,9})|(?P<name_first>[a-z]{3,9})\.?\s+(?P<day_next>\d{1,2}))"
    rf"\.?,?[\s-]*\b(?P<year>\d{{2,4}})(?:,?\s+{_TIME}\s*(?P<half>[ap]m)?\s*(?P<zone>.*))?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?(?:\s*\([^()]*\))?", re.ASCII | re.IGNORECASE
)
_ZONES = {
    # Minutes east of Greenwich. RFC 822, section 5, and the zones of those who issue advisories.
    **{"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 60, "CET": 60, "MET": 60, "WEST": 60},
    **{"CEST": 120, "MEST": 120, "EET": 120, "SAST": 120, "EEST": 180, "MSK": 180, "IST": 330},
    **{"SGT": 480, "HKT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "AEST": 600},
    **{"ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780, "ADT": -180, "AST": -240, "EDT": -240},
    **{"EST": -300, "CDT": -300, "CST": -360, "MDT": -360, "MST": -420, "PDT": -420, "PST": -480},
    **{"AKDT": -480, "AKST": -540, "HST": -600},
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written, and what it means.

    Attributes:
        raw: As written.
        day: ISO 8601 to the year, month or day: the day where it was written; "" for no date.
        utc: The moment in UTC (``2026-08-31T12:00:00.000000Z``), so that text orders as time does;
            what is less than a day stays what it is. "" for no date.
    """

    raw: str = ""
    day: str = ""
    utc: str = ""


def read_stamp(raw: str) -> Stamp:
    """Read a date; one that is none has neither ``day`` nor ``utc``.

    Years of two digits are those of RFC 2822, section 4.3 (00 to 49 are in this century). A zone
    that has no name known here is taken for UTC, which can order two versions wrongly by a day.
    """
    written = " ".join(raw[: _LONGEST + 1].split())
    if len(written) > _LONGEST:
        return Stamp(raw)
    found = _ISO.fullmatch(written)
    if found and not found["day"]:
        part = _partial(found["year"], found["month"])
        return Stamp(raw, part, part)
    month = int(found["month"]) if found else 0
    if not found:
        found = _RFC_822.fullmatch(written)
        month = _month(found) if found else 0
    return _stamp(raw, found, month) if found else Stamp(raw)


def _partial(year: str, month: str | None) -> str:
    if month is None:
        return year
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else ""


def _month(found: re.Match[str]) -> int:
    name = (found["name"] or found["name_first"])[:3].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


def _stamp(raw: str, found: re.Match[str], month: int) -> Stamp:
    parts = {"day_next": None, **found.groupdict()}
    try:
        here = datetime(
            _year(found["year"]),
            month,
            int(parts["day"] or parts["day_next"] or 0),
            _hour(parts),
            int(parts["minute"] or 0),
            # A leap second belongs to the minute it ends.
            min(int(parts["second"] or 0), 59),
            int((parts["fraction"] or "").ljust(6, "0")[:6]),
            tzinfo=timezone(timedelta(minutes=_offset(parts["zone"] or ""))),
        )
    except ValueError:
        return Stamp(raw)
    day = here.date().isoformat()
    try:
        moment = here.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return Stamp(raw, day, day)
    return Stamp(raw, day, moment.isoformat(timespec="microseconds") + "Z")


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(written) == 3 else year


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "").lower()
    return hour % 12 + (12 if half == "pm" else 0) if half else hour


def _offset(zone: str) -> int:
    """Minutes east of Greenwich."""
    found = _OFFSET.fullmatch(zone)
    if not found:
        return _ZONES.get(zone.upper(), 0)
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return -minutes if found[1] == "-" else minutes
