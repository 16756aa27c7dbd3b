"""Addresses in their parts: what they mean, how they are written, whom they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.remote import TransportError
from briefing.feeds.web_address import WebAddress


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("https://CISA.gov", "https://cisa.gov/"),
        ("  https://cisa.gov:443/a \n", "https://cisa.gov/a"),
        ("https://cisa.gov:8443/a?b=c#d", "https://cisa.gov:8443/a?b=c"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443/"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://cisa.gov/a%20b?q=%2F", "https://cisa.gov/a%20b?q=%2F"),
        ("https://cisa.gov?x", "https://cisa.gov/?x"),
    ],
)
def test_an_address_is_written_one_way(typed: str, written: str) -> None:
    assert WebAddress.of(typed).url == written


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("b.json", "https://a.example/feeds/b.json"),
        ("../b.json", "https://a.example/b.json"),
        ("/b.json?x=1", "https://a.example/b.json?x=1"),
        ("//b.example/c", "https://b.example/c"),
        (" https://b.example/c ", "https://b.example/c"),
        ("?page=2", "https://a.example/feeds/list.json?page=2"),
    ],
)
def test_a_reference_is_read_where_it_stands(reference: str, meant: str) -> None:
    assert WebAddress.of("https://a.example/feeds/list.json?x").join(reference).url == meant


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.example/feeds/kev.json?x=/y", "kev.json"),
        ("https://a.example/feeds/", "a.example"),
        ("https://a.example", "a.example"),
        ("https://a.example/..%2f..%2fetc%2fpasswd", "passwd"),
        ("https://a.example/..%5C..%5Cboot.ini", "boot.ini"),
        ("https://a.example/a%0Ab%E2%80%AEc.json", "abc.json"),
        ("https://a.example/..", "a.example"),
    ],
)
def test_the_name_of_a_document_is_one_file_name(address: str, name: str) -> None:
    assert WebAddress.of(address).name == name


def test_an_address_is_shown_without_its_query() -> None:
    assert WebAddress.of("https://a.example/feed?key=sesame").shown == "https://a.example/feed"


def test_the_port_belongs_to_the_origin_and_the_usual_one_is_not_written() -> None:
    assert WebAddress.of("https://a.example:443/x").origin == "https://a.example"
    assert WebAddress.of("https://a.example:444/x").origin == "https://a.example:444"


def test_whoever_named_a_bad_address_is_named_in_the_sentence() -> None:
    page = WebAddress.of("https://a.example/feed")
    with pytest.raises(TransportError, match=r"^a\.example leads to an address of the kind “http”"):
        page.join("http://b.example/")
    with pytest.raises(TransportError, match=r"^The source has an address of the kind “http”"):
        WebAddress.of("http://b.example/")


@given(
    st.text(max_size=80), st.sampled_from(["", "https://", "https://a.example/", "//", "https:"])
)
def test_any_text_is_a_plain_https_address_or_a_sentence(text: str, beginning: str) -> None:
    base = WebAddress.of("https://a.example/")
    for read in (WebAddress.of, base.join):
        try:
            found = read(beginning + text)
        except TransportError:
            continue
        assert found.url.isascii()
        assert found.url.isprintable()
        assert " " not in found.url
        assert WebAddress.of(found.url) == found
