"""Dates of feeds: what is written, the day it names, and the moment in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.rss_dates import Stamp, read_stamp


@pytest.mark.parametrize(
    ("written", "day", "utc"),
    [
        ("Mon, 31 Aug 26 12:00:00 +0000", "2026-08-31", "2026-08-31T12:00:00"),
        ("31 Aug 49 12:00 GMT", "2049-08-31", "2049-08-31T12:00:00"),
        ("31 Aug 50 12:00 GMT", "1950-08-31", "1950-08-31T12:00:00"),
        ("31 Aug 126 12:00 GMT", "2026-08-31", "2026-08-31T12:00:00"),
        ("Wed, 19 Aug 2026 18:13:47 CEST", "2026-08-19", "2026-08-19T16:13:47"),
        ("Thu, 26 Feb 2026 19:38:52 CET", "2026-02-26", "2026-02-26T18:38:52"),
        ("Thu, 23 Jul 2026 00:30:00 bst", "2026-07-23", "2026-07-22T23:30:00"),
        ("Thu, 23 Jul 2026 22:00:00 EDT", "2026-07-23", "2026-07-24T02:00:00"),
        ("Thu, 15 Jan 2026 22:00:00 PST", "2026-01-15", "2026-01-16T06:00:00"),
        ("Tue, 01 Sep 2026 09:15:00 AEST", "2026-09-01", "2026-08-31T23:15:00"),
        ("Tue, 1 Sept 2026 09:15:00 JST", "2026-09-01", "2026-09-01T00:15:00"),
        ("Tue, 01 Sep 2026 09:15:00 XYZT", "2026-09-01", "2026-09-01T09:15:00"),
        ("Tue, 01 Sep 2026 09:15:00", "2026-09-01", "2026-09-01T09:15:00"),
        ("Tue,  01  Sep\n2026 09:15:00 +0530", "2026-09-01", "2026-09-01T03:45:00"),
        ("01 Sep 2026 09:15:00 GMT+02:00", "2026-09-01", "2026-09-01T07:15:00"),
        ("01 Sep 2026 09:15:00 +0200 (CEST)", "2026-09-01", "2026-09-01T07:15:00"),
        ("01 Sep 2026 09:15:00 -0330", "2026-09-01", "2026-09-01T12:45:00"),
        ("01-Sep-2026", "2026-09-01", "2026-09-01T00:00:00"),
        ("September 1, 2026", "2026-09-01", "2026-09-01T00:00:00"),
        ("Tuesday, September 1st 2026", "", ""),
        ("Sep 1, 2026 12:15 AM EST", "2026-09-01", "2026-09-01T05:15:00"),
        ("Sep 1, 2026 12:15 PM", "2026-09-01", "2026-09-01T12:15:00"),
        ("Sep 1, 2026 1:15 pm UTC", "2026-09-01", "2026-09-01T13:15:00"),
        ("31 Dec 2016 23:59:60 GMT", "2016-12-31", "2016-12-31T23:59:59"),
        ("2026-09-09T11:36+09:00", "2026-09-09", "2026-09-09T02:36:00"),
        ("2026-09-09T11:36:07Z", "2026-09-09", "2026-09-09T11:36:07"),
        ("2026-09-09t11:36:07z", "2026-09-09", "2026-09-09T11:36:07"),
        ("2026-09-09 11:36:07 CEST", "2026-09-09", "2026-09-09T09:36:07"),
        ("2026-9-9", "2026-09-09", "2026-09-09T00:00:00"),
    ],
)
def test_a_date_is_read_as_its_writer_meant_it(written: str, day: str, utc: str) -> None:
    expected = f"{utc}.000000Z" if utc else ""
    assert read_stamp(written) == Stamp(written, day, expected)


@pytest.mark.parametrize(
    ("written", "read"), [("2026", "2026"), ("2026-09", "2026-09"), ("2026-13", "")]
)
def test_less_than_a_day_stays_what_it_is(written: str, read: str) -> None:
    assert read_stamp(written) == Stamp(written, read, read)


def test_a_part_of_a_second_counts() -> None:
    assert read_stamp("2026-09-09T11:36:07.5Z").utc == "2026-09-09T11:36:07.500000Z"
    assert read_stamp("2026-08-25 20:57:25.789152").utc == "2026-08-25T20:57:25.789152Z"
    assert read_stamp("2026-09-09T11:36:07.123456789Z").utc == "2026-09-09T11:36:07.123456Z"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "at dusk",
        "31 Foo 2026",
        "30 Feb 2026",
        "2026-02-30",
        "0000-01-01",
        "2026-01-01T25:00Z",
        "2026-01-01T10:00+99:00",
        "1 Jan 2026 10:75",
        "\u0661 Jan 2026",
        "1" * 5000,
        "Mon, " * 50,
    ],
)
def test_what_is_no_date_has_none(written: str) -> None:
    assert read_stamp(written) == Stamp(written)


def test_a_moment_before_the_first_year_stays_a_day() -> None:
    assert read_stamp("0001-01-01T00:00+10:00") == Stamp(
        "0001-01-01T00:00+10:00", "0001-01-01", "0001-01-01"
    )


MOMENTS = st.datetimes(
    datetime(1960, 1, 2),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2040, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@given(MOMENTS)
def test_every_moment_is_read_back_from_either_form(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    utc = whole.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    for written in (format_datetime(whole), whole.isoformat()):
        assert read_stamp(written) == Stamp(written, whole.date().isoformat(), utc)


@given(MOMENTS, MOMENTS)
def test_text_orders_as_time_does(one: datetime, other: datetime) -> None:
    first, second = read_stamp(one.isoformat()).utc, read_stamp(other.isoformat()).utc
    assert (first < second) == (one < other)


@given(st.text(alphabet="0123456789:-+TZ .,JanSepMon", max_size=40) | st.text(max_size=20))
def test_any_text_is_a_date_or_none(written: str) -> None:
    stamp = read_stamp(written)
    assert stamp.raw == written
    assert bool(stamp.day) == bool(stamp.utc)
