"""Lists of documents: what they name, what has changed, and entries that are not plain."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data

from briefing.core.errors import BriefingError
from briefing.feeds.listings import Listed, Listing, read_listing
from briefing.feeds.remote import Fetched

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"


def fetched(content: Any, url: str = "https://a.example/feed/list.json") -> Fetched:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Fetched("list.json", data, url, "", "", "2026-11-24T09:30:00+00:00")


def urls_of(listing: Listing) -> list[str]:
    return [each.url for each in listing.documents]


def test_a_misp_manifest_names_its_events_with_their_times_and_checksums() -> None:
    manifest = {
        FIRST: {"timestamp": "1472541011", "info": "Phishing", "integrity:sha256": "AB" * 32},
        SECOND: {"timestamp": 1472541012},
    }
    listing = read_listing(fetched(manifest))
    assert listing.documents == (
        Listed(FIRST, f"https://a.example/feed/{FIRST}.json", "1472541011", "Phishing", "ab" * 32),
        Listed(SECOND, f"https://a.example/feed/{SECOND}.json", "1472541012"),
    )


def test_only_what_is_new_or_has_another_time_has_changed() -> None:
    manifest = {FIRST: {"timestamp": "1"}, SECOND: {"timestamp": "2"}}
    listing = read_listing(fetched(manifest))
    assert [each.key for each in listing.changed({FIRST: "1", SECOND: "1"})] == [SECOND]
    assert [each.key for each in listing.changed({FIRST: "1"})] == [SECOND]
    assert listing.changed({FIRST: "1", SECOND: "2"}) == ()
    assert listing.changed({}) == listing.documents


def test_an_event_without_a_time_is_refused_and_the_others_are_listed() -> None:
    listing = read_listing(fetched({FIRST: {"info": "x"}, SECOND: {"timestamp": "2"}}))
    assert [each.key for each in listing.documents] == [SECOND]
    assert [(each.native_id, each.reason) for each in listing.refused] == [
        (FIRST, "Entry 1 of the list has no address.")
    ]


def test_a_rolie_feed_names_its_documents() -> None:
    entries = [
        {
            "id": "ICSA-1",
            "title": "A pump",
            "updated": "2026-11-01T00:00:00Z",
            "content": {"src": "https://b.example/icsa-1.json"},
        },
        {
            "id": "ICSA-2",
            "updated": "2026-11-02T00:00:00Z",
            "link": [{"rel": "hash", "href": "x"}, {"rel": "self", "href": "icsa-2.json"}],
        },
        {"id": "ICSA-3", "updated": "2026-11-02T00:00:00Z"},
        {"id": "ICSA-4", "content": {"src": "http://b.example/plain.json"}},
        {"id": "ICSA-5", "content": {"src": "file:///etc/passwd"}},
        "nonsense",
    ]
    feed = {"entry": entries, "link": [{"rel": "next", "href": "?page=2"}, {"rel": "self"}]}
    listing = read_listing(fetched({"feed": feed}))
    assert listing.documents == (
        Listed("ICSA-1", "https://b.example/icsa-1.json", "2026-11-01T00:00:00Z", "A pump"),
        Listed("ICSA-2", "https://a.example/feed/icsa-2.json", "2026-11-02T00:00:00Z"),
    )
    assert listing.lists == ("https://a.example/feed/list.json?page=2",)
    assert [each.reason for each in listing.refused] == [
        "Entry 3 of the list has no address.",
        "a.example leads to an address of the kind “http”; only https is fetched.",
        "a.example leads to an address of the kind “file”; only https is fetched.",
    ]


def test_an_empty_rolie_feed_is_a_list_of_nothing() -> None:
    assert read_listing(fetched({"feed": {}})) == Listing()


def test_a_csaf_provider_names_its_rolie_feeds_or_else_its_directories() -> None:
    folders = {"directory_url": "https://b.example/csaf/"}, {"directory_url": "old"}
    feeds = {
        "rolie": {"feeds": [{"url": "https://b.example/white.json"}, {"url": "http://c.example/"}]}
    }
    both = read_listing(fetched({"distributions": [*folders, feeds]}))
    assert both.lists == ("https://b.example/white.json",)
    assert [each.native_id for each in both.refused] == ["http://c.example/"]
    only = read_listing(fetched({"distributions": list(folders)}))
    assert only.lists == (
        "https://b.example/csaf/changes.csv",
        "https://a.example/feed/old/changes.csv",
    )


def test_a_table_of_changes_names_documents_beside_it() -> None:
    table = b'"2026/a.json","2026-11-01T00:00:00Z"\r\n\r\n2026/b.json , 2026-11-02\nc.json\n'
    listing = read_listing(fetched(table, "https://a.example/csaf/changes.csv"))
    assert listing.documents == (
        Listed("2026/a.json", "https://a.example/csaf/2026/a.json", "2026-11-01T00:00:00Z"),
        Listed("2026/b.json", "https://a.example/csaf/2026/b.json", "2026-11-02"),
    )
    assert [each.native_id for each in listing.refused] == ["c.json"]


def test_a_table_of_changes_that_is_none_is_a_sentence() -> None:
    endless = b'"' + b"x" * 200_000
    with pytest.raises(BriefingError, match=r"list\.json is no table of changes: field larger"):
        read_listing(fetched(endless, "https://a.example/csaf/changes.csv"))


def test_the_index_of_attack_names_the_newest_version_of_each_collection() -> None:
    versions = [
        {"version": "17.1", "modified": "2025-05-06", "url": "https://b.example/17.1.json"},
        {"version": "18.1", "modified": "2025-11-01", "url": "https://b.example/18.1.json"},
        {"version": "18.0", "modified": "2025-10-28", "url": "https://b.example/18.0.json"},
    ]
    index = {
        "collections": [{"id": "c-1", "name": "Enterprise", "versions": versions}, {"id": "2"}]
    }
    listing = read_listing(fetched(index))
    assert listing.documents == (
        Listed("c-1", "https://b.example/18.1.json", "18.1", "Enterprise"),
    )
    assert [each.native_id for each in listing.refused] == ["2"]


@pytest.mark.parametrize(
    "content", [{}, [], 1, {"a": 1}, {FIRST: {"timestamp": "1"}, "../../x": {"timestamp": "1"}}]
)
def test_a_document_that_is_no_list_is_a_sentence(content: Any) -> None:
    with pytest.raises(BriefingError, match="is no list of documents that can be read here"):
        read_listing(fetched(content))


def test_a_list_without_measure_is_a_sentence() -> None:
    entries = [{"id": str(number), "content": {"src": "x"}} for number in range(50_001)]
    with pytest.raises(BriefingError, match="names more than 50,000 documents"):
        read_listing(fetched({"feed": {"entry": entries}}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
KEYS = ("feed", "entry", "link", "rel", "href", "id", "content", "src", "distributions", "rolie")
MORE_KEYS = ("feeds", "url", "directory_url", "collections", "versions", FIRST, "timestamp")
SHAPED = st.recursive(
    JSON,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(KEYS + MORE_KEYS), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(KEYS + MORE_KEYS), SHAPED, max_size=2))
def test_any_shape_is_a_list_of_https_addresses_or_a_sentence(content: dict[str, Any]) -> None:
    try:
        listing = read_listing(fetched(content))
    except BriefingError:
        return
    assert all(url.startswith("https://") for url in (*urls_of(listing), *listing.lists))


@needs_shared_data
def test_the_real_lists_are_read_whole() -> None:
    ot = FOLDER / "csaf" / "OT" / "white"
    url = "https://a.example/csaf/"
    rolie = read_listing(fetched((ot / "cisa-csaf-ot-feed-tlp-white.json").read_bytes()))
    changes = read_listing(fetched((ot / "changes.csv").read_bytes(), f"{url}changes.csv"))
    assert rolie.refused == changes.refused == ()
    assert len(rolie.documents) > 2_000
    assert {each.url.rpartition("/")[2] for each in rolie.documents} == {
        each.url.rpartition("/")[2] for each in changes.documents
    }
    manifest = read_listing(fetched((FOLDER / "misp-events" / "manifest.json").read_bytes()))
    assert (len(manifest.documents), manifest.refused) == (5, ())
    attack = read_listing(fetched((FOLDER / "attack-index.json").read_bytes()))
    assert len(attack.documents) == 3
    assert attack.refused == ()
