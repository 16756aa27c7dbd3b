"""Dates in words, and the one time that stands inside a file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.core.dates import long_date, moment, short_date


@pytest.mark.parametrize(
    ("date", "short", "long"),
    [
        ("2026-11-12", "12 Nov 2026", "12 November 2026"),
        ("2025-09-01", "1 Sept 2025", "1 September 2025"),
        ("2025-09", "Sept 2025", "September 2025"),
        ("2025", "2025", "2025"),
        ("2025-09-01T10:00:00Z", "1 Sept 2025", "1 September 2025"),
        ("2025-13-01", "2025-13-01", "2025-13-01"),
        ("spring 2025", "spring 2025", "spring 2025"),
        ("", "", ""),
    ],
)
def test_a_date_is_as_exact_as_its_source(date: str, short: str, long: str) -> None:
    assert short_date(date) == short
    assert long_date(date) == long


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-11-12", (2026, 11, 12)),
        ("2026-11", (2026, 11, 1)),
        ("2026", (2026, 1, 1)),
        ("2026-02-30", (1980, 1, 1)),
        ("", (1980, 1, 1)),
    ],
)
def test_a_file_is_dated_by_its_data(date: str, day: tuple[int, int, int]) -> None:
    assert moment(date) == datetime(*day, tzinfo=UTC)
