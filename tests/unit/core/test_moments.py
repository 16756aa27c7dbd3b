"""Moments as STIX writes them."""

from __future__ import annotations

import pytest

from briefing.core.moments import NEVER, after, moment


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-03-01T09:00:00.000Z", "2024-03-01T09:00:00.000Z"),
        ("2024-03-01T09:00:00+02:00", "2024-03-01T07:00:00.000Z"),
        ("2024-03-01T09:00:00.123456", "2024-03-01T09:00:00.123Z"),
        ("2024-03-01", "2024-03-01T00:00:00.000Z"),
        ("", NEVER),
    ],
)
def test_a_moment_is_written_in_utc_with_milliseconds(text: str, written: str) -> None:
    assert moment(text) == written


def test_what_is_no_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        moment("yesterday")


def test_a_later_version_is_later_even_where_the_clock_stands_or_goes_back() -> None:
    held = "2024-03-01T23:59:59.999Z"
    assert after(held, "2024-03-02T10:00:00.000Z") == "2024-03-02T10:00:00.000Z"
    assert after(held, held) == "2024-03-02T00:00:00.000Z"
    assert after(held, "2023-01-01T00:00:00.000Z") == "2024-03-02T00:00:00.000Z"
