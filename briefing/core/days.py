"""Days as people type them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WRITTEN = re.compile(r"(\d{1,2})\.?\s+([^\W\d_]{3,})\.?,?\s+(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def read_day(words: str) -> date | None:
    """The day somebody typed, or None where there is no such day.

    ``12 Nov 2026``, ``12 November 2026`` and ``2026-11-12`` are understood. Figures alone in any
    other order are not: 5/6 is two days of the year, depending on who reads it.
    """
    text = words.strip().casefold()
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif written := _WRITTEN.fullmatch(text):
        month = _month(written[2])
        day, year = int(written[1]), int(written[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # 31 February, a thirteenth month
        return None


def _month(word: str) -> int:
    """Number of a month by its name or the beginning of it; 0 where there is none."""
    found = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(word)]
    return found[0] if found else 0
