"""Moments as STIX writes them: RFC 3339 in UTC with milliseconds, comparable as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NEVER = "1970-01-01T00:00:00.000Z"
"""What stands where nobody has noted a moment."""


def moment(text: str) -> str:
    """An ISO 8601 date or moment as STIX writes it; NEVER for "".

    What names no time zone is in UTC.

    Raises:
        ValueError: for what is neither.
    """
    if not text:
        return NEVER
    read = datetime.fromisoformat(text)
    return _written(read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC))


def after(earlier: str, now: str) -> str:
    """Now, or a millisecond after an earlier moment where the clock is not beyond it."""
    if now > earlier:
        return now
    return _written(datetime.fromisoformat(earlier) + timedelta(milliseconds=1))


def _written(read: datetime) -> str:
    return read.isoformat(timespec="milliseconds").replace("+00:00", "Z")
