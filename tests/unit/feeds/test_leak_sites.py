"""Listings of leak sites become claims: low, plain, and without a way to the criminals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from feed_samples import context, known, payload, said
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.core.changes import ChangeSet, stable_id
from briefing.core.errors import BriefingError
from briefing.feeds.leak_site_text import LEFT_OUT, name_without_addresses, without_addresses
from briefing.feeds.leak_sites import FORMAT, MOST_ENTRIES, parse_leak_sites
from briefing.feeds.recognise import outline_of

ONION = "grebe7qx4zpl2c6e5t3wy7kd2nvj3uhb6m5s4r7a2f6i5o3z4x7y6qd.onion"


def first(**fields: Any) -> dict[str, Any]:
    """An entry of ransomware.live's first interface."""
    return {
        "post_title": "Heron Mills Ltd",
        "group_name": "grebe",
        "discovered": "2026-08-25 20:57:25.789152",
        "published": "2026-08-24 00:00:00.000000",
        "post_url": f"http://{ONION}/post/1",
        "country": "GB",
        "activity": "Manufacturing",
        "description": "A maker of flour.",
        "website": "heronmills.example",
        "screenshot": "https://images.example/1.png",
        "duplicates": [],
        **fields,
    }


def second(**fields: Any) -> dict[str, Any]:
    """The same entry in its second interface."""
    return {
        "victim": "Heron Mills Ltd",
        "group": "grebe",
        "discovered": "2026-08-25 20:57:25.789152",
        "attackdate": "2026-08-24 00:00:00.000000",
        "claim_url": f"http://{ONION}/post/1",
        "url": "https://www.ransomware.live/id/1",
        "country": "GB",
        "activity": "Manufacturing",
        "description": "A maker of flour.",
        "domain": "heronmills.example",
        "infostealer": {"employees": 3},
        "press": None,
        **fields,
    }


def look(**fields: Any) -> dict[str, Any]:
    """An entry of RansomLook."""
    return {
        "post_title": "Heron Mills Ltd",
        "discovered": "2026-08-25 20:57:25.789152",
        "description": "A maker of flour.",
        "link": "/post/1",
        "magnet": "magnet:?xt=urn:btih:" + "ab" * 20,
        "screen": "screenshots/grebe/1.png",
        **fields,
    }


def parsed(value: Any, name: str = "listing.json", url: str = "") -> ChangeSet:
    text = value if isinstance(value, (str, bytes)) else json.dumps(value)
    return parse_leak_sites(payload(text, name, url), context())


def test_an_entry_becomes_a_claim_of_low_confidence() -> None:
    changes = parsed([first()])
    (record,) = changes.records
    native = stable_id("claim", "ransomware-live", "grebe", "heron mills ltd", "2026-08-25")
    assert (record.native_id, record.kind) == (native, "claim")
    assert record.edition == "2026-08-25T20:57:25.789152Z"
    assert [
        (s.subject, s.predicate.value, s.object, s.value, s.first_seen, s.detail)
        for s in record.statements
    ] == [
        (native, "named", "", "Heron Mills Ltd", "", {}),
        (native, "attributed-to", "", "grebe", "", {}),
        (
            native,
            "happened",
            "claimed",
            "2026-08-25 20:57:25.789152",
            "2026-08-25",
            {"dated": "2026-08-24"},
        ),
        (native, "described-as", "claim", "A maker of flour.", "", {}),
        (native, "targets-country", "GB", "GB", "", {}),
        (native, "targets-sector", "manufacturing", "Manufacturing", "", {}),
    ]
    assert {s.confidence for s in record.statements} == {"low"}
    assert {s.documents for s in record.statements} == {()}


def test_a_listing_is_a_window_and_cites_nothing() -> None:
    changes = parsed([first()])
    assert (changes.full, changes.version, changes.documents) == (False, "2026-08-25", ())


def test_a_record_names_what_was_left_out_and_holds_none_of_it() -> None:
    (record,) = parsed([second()]).records
    assert record.value() == {
        "victim": "Heron Mills Ltd",
        "group": "grebe",
        "listed": "2026-08-25 20:57:25.789152",
        "dated": "2026-08-24 00:00:00.000000",
        "description": "A maker of flour.",
        "country": "GB",
        "activity": "Manufacturing",
        "left_out": ["claim_url", "domain", "infostealer", "url"],
    }


@pytest.mark.parametrize(
    ("listing", "source"),
    [
        ([first()], "ransomware-live"),
        ([second()], "ransomware-live"),
        ({"count": 1, "client": {"name": "x"}, "victims": [second()]}, "ransomware-live"),
        ([look(group_name="grebe")], "ransomlook"),
        ({"grebe": [look()]}, "ransomlook"),
        ({"grebe": [{"post_title": "Heron Mills Ltd", "discovered": "2026-08-25"}]}, "ransomlook"),
    ],
    ids=["first", "second", "paid", "recent", "by group", "old by group"],
)
def test_every_shape_gives_the_same_claim(listing: Any, source: str) -> None:
    changes = parsed(listing)
    assert changes.source == known(source)
    assert changes.quarantined == ()
    assert said(changes, "named") == ["Heron Mills Ltd"]
    assert said(changes, "attributed-to") == ["grebe"]
    assert [record.native_id for record in changes.records] == [
        stable_id("claim", source, "grebe", "heron mills ltd", "2026-08-25")
    ]


def test_the_shapes_that_are_known_are_recognised() -> None:
    for listing in (
        [first()],
        [second()],
        [look(group_name="grebe")],
        {"count": 1, "victims": [second()]},
        {"grebe": [look()], "heron": []},
    ):
        assert FORMAT.matches(outline_of(payload(json.dumps(listing))))
    for other in ([], {}, [{"name": "grebe"}], {"posts": [{"group_name": "grebe"}]}, "x"):
        assert not FORMAT.matches(outline_of(payload(json.dumps(other))))


def test_a_collector_is_known_by_where_the_file_was_fetched() -> None:
    bare = [{"post_title": "Heron Mills", "group_name": "grebe", "discovered": "2026-08-25"}]
    at = {
        "https://api.ransomware.live/v2/x": "ransomware-live",
        "https://www.ransomlook.io/api/recent": "ransomlook",
        "https://ransomlook.io.fox.example/": "local-posts",
        "": "local-posts",
    }
    assert {url: parsed(bare, "posts.json", url).source.id for url in at} == at
    assert parsed([first()], url="https://fox.example/").source.tlp == "RED"


def test_the_day_of_the_entry_stands_where_it_is_not_said_when_it_was_seen() -> None:
    (record,) = parsed([first(discovered=None)]).records
    (happened,) = [s for s in record.statements if s.predicate.value == "happened"]
    assert (happened.first_seen, happened.detail) == ("2026-08-24", {})


def test_an_entry_without_a_date_says_when_it_was_claimed_by_nothing() -> None:
    changes = parsed([look(group_name="grebe", discovered="recently")])
    assert said(changes, "happened") == []
    assert changes.records[0].edition == ""


@pytest.mark.parametrize(
    ("country", "activity", "codes"),
    [
        ("US", "Financial Services", [("US", "US")]),
        ("Germany", "", [("DE", "Germany")]),
        ("Atlantis", "Not Found", [("", "Atlantis")]),
        (None, 7, []),
        ("", "Unknown", []),
    ],
)
def test_country_and_line_of_business_are_mapped_or_kept_as_written(
    country: Any, activity: Any, codes: list[tuple[str, str]]
) -> None:
    (record,) = parsed([first(country=country, activity=activity)]).records
    found = [
        (s.object, s.value) for s in record.statements if s.predicate.value == "targets-country"
    ]
    assert found == codes


def test_a_line_of_business_that_nobody_knows_is_kept_as_written() -> None:
    changes = parsed([first(activity="Ponds and Lakes")])
    assert said(changes, "targets-sector", "") == ["Ponds and Lakes"]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (first(post_title=" "), "it names no victim."),
        (first(post_title=7), "it names no victim."),
        (first(post_title=ONION), "it names no victim."),
        (first(group_name=None), "“Heron Mills Ltd” is signed by no group."),
        ("text", "it is no JSON object."),
        ([first()], "it is no JSON object."),
    ],
)
def test_an_entry_that_accuses_nobody_or_is_signed_by_nobody_is_put_aside(
    odd: Any, reason: str
) -> None:
    changes = parsed([first(post_title="Owl Ltd"), odd, first(post_title="Elk Ltd")])
    assert said(changes, "named") == ["Owl Ltd", "Elk Ltd"]
    assert [entry.reason for entry in changes.quarantined] == [f"Entry 2: {reason}"]


def test_a_fault_of_the_json_puts_one_entry_aside() -> None:
    text = json.dumps({"grebe": [look(), look(post_title="Owl", magnet=float("nan"))]})
    (put_aside,) = parsed(text).quarantined
    assert put_aside.reason.startswith("Entry 2 of “grebe”: from line 1, column ")


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_entries_of_one_day_the_later_is_taken(turned: bool) -> None:
    early = first(discovered="2026-08-25 01:00:00", description="Early.")
    late = first(
        discovered="2026-08-25 02:00:00", description="Late.", post_title=" HERON  mills ltd"
    )
    changes = parsed([late, early] if turned else [early, late])
    assert said(changes, "described-as") == ["Late."]
    (put_aside,) = changes.quarantined
    assert put_aside.native_id == changes.records[0].native_id
    assert put_aside.reason.endswith("is listed twice for one group and day.")


@pytest.mark.parametrize("text", ["", "[", '{"a": 1', "x", '[{"victim": "A"}] more', '{"a": 1}'])
def test_what_is_no_listing_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BriefingError, match=r"listing\.json") as caught:
        parsed(text)
    assert caught.value.message.endswith(".")


def test_a_listing_beyond_200_000_entries_is_refused() -> None:
    with pytest.raises(BriefingError, match=r"has more than 200,000 entries"):
        parsed(f"[{'1,' * MOST_ENTRIES}1]")


def test_an_empty_listing_says_nothing() -> None:
    assert parsed([]).records == parsed({"victims": []}).records == ()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Heron Mills Ltd", "Heron Mills Ltd"),
        ("heronmills.example", "heronmills.example"),
        ("https://www.heronmills.example/about?x=1", "www.heronmills.example"),
        ("heronmills.example/files", "heronmills.example"),
        (f"Heron Mills http://{ONION}/1", "Heron Mills"),
        (f"Heron {ONION}", "Heron"),
        ("Heron grebe@mail.example", "Heron"),
        ("Ørsted A/S", "Ørsted A/S"),
        ("Kwik S.A./N.V.", "Kwik S.A./N.V."),
        ("M@ss & Sons", "M@ss & Sons"),
        ("<b>Heron</b> Mills\n", "Heron Mills"),
        ("jockeys.exam...", "jockeys.exam..."),
    ],
)
def test_a_victim_is_named_without_a_way_to_what_was_stolen(written: str, kept: str) -> None:
    assert name_without_addresses(written) == kept


@pytest.mark.parametrize(
    "address",
    [
        "https://heronmills.example/about",
        f"http://{ONION}/post/1",
        ONION,
        ONION.upper(),
        "hxxps://files.example/1",
        "files[.]example",
        "mega.example/folder/abc#key",
        "www.heronmills.example",
        "HERONMILLS.EXAMPLE",
        "magnet:?xt=urn:btih:" + "ab" * 20,
        "grebe@mail.example",
        "@grebe_support",
        "05" + "ab" * 32,
        "bc1q" + "xy2kgdygjrsqtzq2n0yrf2493p83kk",
        "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        "192.0.2.7:8080",
        "plans.zip",
    ],
)
@pytest.mark.parametrize("around", ["{}", "see ({}), soon", "“{}”.", "a\n{}\nb", "x:{}"])
def test_no_address_stays_in_a_text(address: str, around: str) -> None:
    text = without_addresses(around.format(address))
    assert LEFT_OUT in text
    assert address.strip("@") not in text


def test_plain_words_stay_as_they_are() -> None:
    text = "Revenue $4.5M, 1.5 TB e.g. plans. U.S. firm; Inc.The rest and/or 10:30, A/B (v1.2.3)!"
    assert without_addresses(text) == text


def test_addresses_side_by_side_are_left_out_once() -> None:
    text = without_addresses("at a.example, b.example c.example d.example now")
    assert text == f"at {LEFT_OUT}, {LEFT_OUT} now"


CANARIES = [f"http://{ONION}/1", "magnet:?xt=urn:btih:" + "cd" * 20, "screen.example/shot.png"]
TEXT = st.text(max_size=12) | st.sampled_from(
    ["Heron Mills", "grebe", "2026-08-25", "GB", "<p>x</p>", "\u202e", "x" * 600, *CANARIES]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64) | TEXT | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
FIELDS = st.sampled_from([*first(), *second(), *look(), *CANARIES])
ENTRY = st.builds(
    lambda base, fields: {**base, **fields},
    st.sampled_from([first(), second(), look(), {}]),
    st.dictionaries(FIELDS, JSON, max_size=5),
)


@settings(max_examples=300)
@given(st.lists(ENTRY | JSON, max_size=4), st.sampled_from(["", "victims", "grebe", CANARIES[0]]))
def test_every_mutated_listing_is_taken_or_put_aside_and_leads_nowhere(
    entries: list[Any], key: str
) -> None:
    changes = parsed({key: entries} if key else entries)
    assert len(changes.records) + len(changes.quarantined) == len(entries)
    assert changes.documents == ()
    kept = repr([*((r.content, r.statements) for r in changes.records), changes.quarantined])
    assert not any(mark in kept for mark in (".onion", "magnet:", "://"))
    assert all(entry.reason.endswith(".") for entry in changes.quarantined)


@settings(max_examples=100)
@given(st.binary(max_size=60), st.integers(0, 300))
def test_any_bytes_are_read_or_refused_with_a_sentence(rubbish: bytes, cut: int) -> None:
    whole = json.dumps([first()]).encode()
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        try:
            parsed(data)
        except BriefingError as error:
            told = error.message
        else:
            told = "Taken."
        assert told.endswith(".")
