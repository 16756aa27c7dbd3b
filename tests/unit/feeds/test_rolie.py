"""Lists of advisories: what is new, what a folder lacks, and that a list is no advisory."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from csaf_samples import context
from hypothesis import given
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data

from briefing.core.errors import BriefingError
from briefing.feeds import rolie
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of
from briefing.feeds.rolie import (
    FORMAT,
    AdvisoryList,
    Listed,
    address_of,
    is_list_name,
    parse_list,
    read_list,
)

BASE = "https://csaf.example.org/advisories/white"


def feed_entry(number: int, **fields: Any) -> dict[str, Any]:
    address = f"{BASE}/2024/ex-24-{number:03}.json"
    return {
        "id": f"EX-24-{number:03}",
        "title": f"Pump {number}",
        "link": [
            {"rel": "self", "href": address},
            {"rel": "hash", "href": f"{address}.sha256"},
            {"rel": "hash", "href": f"{address}.sha512"},
        ],
        "updated": f"2024-05-{number:02}T06:00:00Z",
        "content": {"src": address, "type": "application/json"},
        **fields,
    }


def feed(*entries: Any) -> bytes:
    return orjson.dumps({"feed": {"id": "example", "title": "Example", "entry": list(entries)}})


CHANGES = b"""2024/ex-24-002.json,2024-05-02T06:00:00.000Z
"2024/ex-24-001.json","2024-05-01T06:00:00.000Z"
"""
INDEX = b"2024/ex-24-001.json\n2024/ex-24-002.json\n"


def read(data: bytes, name: str = "list") -> AdvisoryList:
    return read_list(Payload(name, data))


def refusal(data: bytes) -> str:
    """The sentence with which a list is refused; "" where it is read."""
    try:
        read(data)
    except BriefingError as error:
        return error.message
    return ""


def test_a_feed_tells_address_time_id_title_and_hash() -> None:
    (entry,) = read(feed(feed_entry(1))).entries
    address = f"{BASE}/2024/ex-24-001.json"
    assert entry == Listed(
        address, "2024-05-01T06:00:00.000000Z", "EX-24-001", "Pump 1", f"{address}.sha512"
    )
    assert entry.name == "ex-24-001.json"


def test_a_feed_entry_without_content_is_found_by_its_link() -> None:
    (entry,) = read(feed(feed_entry(1, content=None))).entries
    assert entry.address == f"{BASE}/2024/ex-24-001.json"


def test_changes_and_index_tell_paths_and_the_one_tells_times() -> None:
    assert [(entry.address, entry.updated) for entry in read(CHANGES).entries] == [
        ("2024/ex-24-002.json", "2024-05-02T06:00:00.000000Z"),
        ("2024/ex-24-001.json", "2024-05-01T06:00:00.000000Z"),
    ]
    assert [entry.address for entry in read(INDEX).entries] == [
        "2024/ex-24-001.json",
        "2024/ex-24-002.json",
    ]


def test_what_changed_since_comes_latest_first_and_what_bears_no_date_is_never_left_out() -> None:
    listed = read(feed(*(feed_entry(number) for number in (1, 3, 2))))
    assert [entry.title for entry in listed.since("")] == ["Pump 3", "Pump 2", "Pump 1"]
    assert [entry.title for entry in listed.since("2024-05-02T06:00:00.000000Z")] == ["Pump 3"]
    assert len(read(INDEX).since("2024-05-02T06:00:00.000000Z")) == 2


def test_what_a_folder_lacks_is_told() -> None:
    held = ["stick/white/2024/EX-24-001.json", "stick\\white\\changes.csv"]
    assert [entry.name for entry in read(CHANGES).missing_from(held)] == ["ex-24-002.json"]


def test_each_address_counts_once() -> None:
    assert len(read(INDEX + INDEX).entries) == 2


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        ("2024/a.json", f"{BASE}/2024/a.json"),
        ("advisories/white/2024/a.json", f"{BASE}/2024/a.json"),
        ("white/2024/a.json", f"{BASE}/white/2024/a.json"),
        ("https://other.example.org/a.json", "https://other.example.org/a.json"),
    ],
)
def test_a_path_begins_beside_the_list_or_repeats_the_lists_own_folders(
    entry: str, address: str
) -> None:
    assert address_of(Listed(entry), f"{BASE}/changes.csv") == address


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("../../secret.json", "leads out of the folder of its list."),
        ("2024/../../secret.json", "leads out of the folder of its list."),
        ("/etc/secret.json", "leads out of the folder of its list."),
        ("..\\secret.json", "leads out of the folder of its list."),
        ("//host/secret.json", "leads out of the folder of its list."),
        ("file:///etc/secret.json", "leads out of the folder of its list."),
        ("http://example.org/a.json", "leads out of the folder of its list."),
        ("C:secret.json", "leads out of the folder of its list."),
        ("2024/a.exe", "is no JSON file."),
        ("2024/\u202enosj.json", "is no address."),
        ("a/" * 2000 + "b.json", "is no address."),
    ],
)
def test_an_entry_that_leads_elsewhere_is_left_out_with_its_reason(path: str, fault: str) -> None:
    found = read(INDEX + path.encode() + b"\n")
    assert len(found.entries) == 2
    (told,) = found.faults
    assert told.endswith(fault)


def test_an_entry_without_an_address_is_told() -> None:
    found = read(feed(feed_entry(1), {"id": "EX"}, "text"))
    assert (len(found.entries), found.faults) == (1, ("An entry has no address.",))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'{"feed": {}}', "it has no feed with a list named “entry”."),
        (b'{"feed": ', "breaks off in the middle"),
        (b"hello\n", "none of its entries is the address of an advisory."),
        (b"\xff\xfe", "it is no text of lines."),
        (b"x" * 200_000, "it is no text of lines."),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


def test_a_list_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rolie, "MOST_ENTRIES", 1)
    assert "lists more than 1 advisories" in refusal(INDEX)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.json", feed(feed_entry(1), feed_entry(2))),
        ("changes.csv", CHANGES),
        ("white/index.txt", INDEX),
    ],
)
def test_a_list_imported_alone_is_recognised_and_says_what_it_is(name: str, data: bytes) -> None:
    payload = Payload(name, data)
    assert FORMAT.matches(outline_of(payload))
    with pytest.raises(BriefingError) as caught:
        parse_list(payload, context())
    assert caught.value.message == f"{name} only lists 2 advisories and holds none of them."
    assert "folder" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("index.json", b'{"document": {"entry": []}}'),
        ("changes.csv", b"cveID,dateAdded\n"),
        ("notes.txt", b"hello\n"),
        ("feed.json", b'{"feed": "text"}'),
    ],
)
def test_other_files_are_not_taken_for_lists(name: str, data: bytes) -> None:
    assert not FORMAT.matches(outline_of(Payload(name, data)))


def test_lists_are_known_by_their_names_too() -> None:
    names = ["white/changes.csv", "white\\index.txt", "csaf-feed-tlp-white.json"]
    assert all(map(is_list_name, names))
    assert not any(map(is_list_name, ["white/2024/a.json", "mychanges.csv", "index.html"]))


@given(st.binary(max_size=60), st.integers(0, 200))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    for whole in (feed(feed_entry(1)), CHANGES, INDEX):
        for data in (rubbish, whole[:cut] + rubbish + whole[cut:]):
            told = refusal(data)
            assert not told or told.endswith(".")
            FORMAT.matches(outline_of(Payload("index.txt", data)))


@needs_shared_data
@pytest.mark.parametrize(("folder", "count"), [("OT", 2379), ("IT", 4)])
def test_the_real_lists_agree_and_the_folder_lacks_what_was_left_out(
    folder: str, count: int
) -> None:
    white = FOLDER / "csaf" / folder / "white"
    held = [path.as_posix() for path in white.rglob("*.json")]
    lists = [path for path in white.iterdir() if path.is_file()]
    assert all(is_list_name(path.name) for path in lists)
    for path in lists:
        payload = Payload(path.name, path.read_bytes())
        assert FORMAT.matches(outline_of(payload))
        found = read_list(payload)
        assert (len(found.entries), found.faults) == (count, ())
        here = [item for item in held if not is_list_name(item)]
        assert len(found.missing_from(held)) == count - len(here)
