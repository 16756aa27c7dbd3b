"""What a web address tells of a document, and that no address is too odd to be looked at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.addresses import published_in, publisher_of


@pytest.mark.parametrize(
    ("address", "published"),
    [
        ("https://example.org/2016/10/25/report", "2016-10-25"),
        ("https://example.org/2016/10/report", "2016-10"),
        ("https://example.org/2016/1/2/report", "2016-01-02"),
        ("https://example.org/2016/oct/25/report", "2016-10-25"),
        ("https://example.org/2016/October/report", "2016-10"),
        ("https://example.org/report-2016-10-25.pdf", "2016-10-25"),
        ("https://example.org/report_20161025.pdf", "2016-10-25"),
        ("https://example.org/2016/report", "2016"),
        ("https://example.org/report-2016", ""),
        ("https://example.org/120161025/", ""),
        ("https://example.org/1999/10/25/", ""),
        ("https://example.org/?date=2016-10-25", ""),
        ("https://example.org/2016/13/report", "2016"),
        ("https://example.org/2015/02/30/report", "2015-02"),
        ("https://example.org/20150230/report", "2015-02"),
        ("https://web.archive.org/web/20200101000000/https://example.org/report", ""),
        ("https://web.archive.org/web/20200101id_/https://example.org/2016/10/a", "2016-10"),
        ("", ""),
    ],
)
def test_a_date_in_the_path_is_the_day_of_publication(address: str, published: str) -> None:
    assert published_in(address) == published


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.Example.org/x", "example.org"),
        ("https://user:word@example.org:8443/x", "example.org"),
        ("http://[2001:db8::1]:80/", "2001:db8::1"),
        ("https://web.archive.org/web/2020/https://example.org/x", "example.org"),
        ("https://web.archive.org/web/2020/example.org/x", "example.org"),
        ("https://wwwhere.org/", "wwwhere.org"),
        ("no address", ""),
        ("http://[not-an-address", ""),
        ("http://\N{FULLWIDTH COLON}x/", ""),
    ],
)
def test_the_publisher_is_the_host_without_www(address: str, publisher: str) -> None:
    assert publisher_of(address) == publisher


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://[", "https://a.org/2016/"]))
def test_any_text_is_looked_at_and_gives_a_date_of_the_calendar_or_none(
    text: str, beginning: str
) -> None:
    publisher_of(beginning + text)
    published = published_in(beginning + text)
    if published:
        date.fromisoformat((published + "-01-01")[:10])
