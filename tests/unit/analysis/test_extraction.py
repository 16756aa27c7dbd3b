"""A pasted report: what it names, where, what is said of it, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shared_data
from extraction_samples import ENTRIES, MD5, REPORT, SHA256, dictionary
from hypothesis import given
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data

from briefing.analysis.extraction import LONGEST, MOST, MOST_PLACES, Dictionary, Entry, extract
from briefing.analysis.indicators import normal
from briefing.core.errors import CancelledError
from briefing.core.names import normalised
from briefing.core.proposal import Extraction, Kind, Proposal

KNOWN = dictionary()
_NAMES = {(normalised(name), entry.id) for entry in ENTRIES for name in entry.names}


def proposals(text: str) -> tuple[Proposal, ...]:
    return extract(text, KNOWN).proposals


def named(text: str) -> list[str]:
    return [one.value for one in proposals(text)]


def test_a_report_is_read_in_the_order_of_its_places() -> None:
    assert [(one.kind.value, one.value, one.first.line) for one in proposals(REPORT)] == [
        ("group", "G9001", 3),
        ("technique", "T1566", 3),
        ("domain", "gate.example.net", 3),
        ("technique", "T1059.001", 3),
        ("software", "S9001", 4),
        ("domain", "cdn.gate.example.net", 4),
        ("address", "198.51.100.7", 4),
        ("vulnerability", "CVE-2024-1234", 5),
        ("software", "S9002", 5),
        ("technique", "T9999", 5),
        ("hash", MD5, 7),
        ("hash", SHA256, 8),
        ("address", "10.0.0.5", 9),
        ("address", "2001:db8::17", 9),
        ("domain", "www.example.org", 9),
    ]


def test_ids_bear_the_names_of_the_catalogue_and_hashes_their_algorithm() -> None:
    names = {one.value: one.name for one in proposals(REPORT)}
    assert names["T1059.001"] == "PowerShell"
    assert names["S9002"] == "Egret Wiper"
    assert names["G9001"] == "Heron"
    assert names["CVE-2024-1234"] == "Harbour Gate: weak check"
    assert (names[MD5], names[SHA256]) == ("MD5", "SHA-256")
    assert names["T9999"] == names["198.51.100.7"] == ""


def test_one_thing_is_proposed_once_with_all_its_places() -> None:
    text = "powershell.exe\nand T1059.001, then PowerShell"
    [found] = proposals(text)
    assert found.times == len(found.places) == 3
    assert [place.line for place in found.places] == [1, 2, 2]
    assert [place.written for place in found.places] == ["powershell", "T1059.001", "PowerShell"]


def test_the_excerpt_is_of_the_line_and_says_where_it_was_cut() -> None:
    text = "before\n" + "word " * 30 + "T1566" + " tail" * 30 + "\nbehind"
    excerpt = proposals(text)[0].first.excerpt
    assert excerpt.startswith("…")
    assert excerpt.endswith("…")
    assert "T1566" in excerpt
    assert "before" not in excerpt
    assert "behind" not in excerpt
    assert proposals("a T1566 b\nc")[0].first.excerpt == "a T1566 b"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("T9999", "unknown to the catalogue"),
        ("S0001", "unknown to the catalogue"),
        ("T1043", "no longer in use in ATT&CK"),
        ("T1059", ""),
        ("CVE-2020-9999", ""),
        ("10.9.8.77", "private address"),
        ("Phishing", "T1660 has the same name"),
        ("Phishing (T1566)", ""),
        (f"https://gate.com/{MD5}", "in the address of a page"),
    ],
)
def test_what_a_person_should_know_stands_beside_it(text: str, note: str) -> None:
    assert proposals(text)[-1].note == note


def test_a_note_that_one_place_contradicts_is_left_out() -> None:
    [found] = proposals("https://gate.com/a and gate[.]com")
    assert (found.note, found.is_linked) == ("", False)
    [linked] = proposals("https://gate.com/a and https://gate.com/b")
    assert linked.is_linked


def test_a_name_counts_where_one_thing_bears_it() -> None:
    assert named("the Local Account was used") == []
    assert named("they dropped Marsh there") == []
    assert named("HeronLoader and Wader") == ["S9001"]


def test_short_names_and_ordinary_words_are_not_looked_for() -> None:
    assert named("HLR, Reed malware and a Proxy") == []
    assert named("the group Heron") == []


def test_a_name_against_telephones_alone_is_found_as_any_other() -> None:
    assert named("Pocket Theft") == ["T1513"]


def test_several_techniques_with_one_name_are_all_told() -> None:
    more = tuple(
        Entry(
            kind="technique", id=number, name="Phishing", names=("Phishing",), is_enterprise=False
        )
        for number in ("T1661", "T1662")
    )
    [found] = extract("Phishing", Dictionary((*ENTRIES, *more))).proposals
    assert found.note == "T1660, T1661 and T1662 have the same name"


def test_a_name_that_the_page_wrapped_is_found() -> None:
    text = "They used Egret\nWiper, then Egret\r\nWiper; Egret\n\nWiper is two paragraphs."
    [found] = proposals(text)
    assert found.value == "S9002"
    assert [text[p.start : p.end] for p in found.places] == ["Egret\nWiper", "Egret\r\nWiper"]


def test_names_inside_addresses_of_pages_and_servers_are_not_names() -> None:
    assert named("https://gate.com/heronloader/x") == ["gate.com"]
    assert named("heronloader[.]com") == ["heronloader.com"]


def test_a_long_text_is_read_in_parts_with_right_places() -> None:
    text = ("filler of a line\n" * 4_000 + "HeronLoader here\n") * 2
    [found] = proposals(text)
    assert [text[place.start : place.end] for place in found.places] == ["HeronLoader"] * 2
    assert [place.line for place in found.places] == [4_001, 8_002]


def test_a_text_that_is_too_long_is_read_up_to_a_bound_and_said_so() -> None:
    made = extract("x " * (LONGEST // 2) + "T1566", KNOWN)
    assert made.proposals == ()
    assert made.remarks == (
        "The text has 2,000,005 characters; the first 2,000,000 were read. Paste the rest as a"
        " second text.",
    )


def test_too_many_things_are_cut_and_said_so() -> None:
    text = "\n".join(f"CVE-2024-{number}" for number in range(10_000, 10_000 + MOST + 1))
    made = extract(text, KNOWN)
    assert len(made.proposals) == MOST
    assert made.remarks == (
        "The text names 2,001 things; the first 2,000 are listed. Paste a part of it to see the"
        " others.",
    )


def test_too_many_places_are_cut_and_said_so() -> None:
    made = extract("T1566 " * (MOST_PLACES + 1), KNOWN)
    [found] = made.proposals
    assert (found.times, len(found.places)) == (MOST_PLACES + 1, MOST_PLACES)
    assert made.remarks == (
        "The text names one of them more than 200 times; the first places are listed.",
    )
    both = extract("T1566 T1059 " * (MOST_PLACES + 1), KNOWN)
    assert both.remarks[0].startswith("The text names 2 of them more than 200 times")


def test_the_work_can_be_stopped() -> None:
    def stop() -> None:
        raise CancelledError("Reading the report")

    with pytest.raises(CancelledError):
        extract(REPORT, KNOWN, go_on=stop)


def check(text: str, made: Extraction) -> None:
    """Every place is in the text, in order, and what stands there is the value."""
    firsts = [one.first.start for one in made.proposals]
    assert firsts == sorted(firsts)
    assert len({(one.kind, one.value) for one in made.proposals}) == len(made.proposals)
    for one in made.proposals:
        assert len(one.places) == min(one.times, MOST_PLACES)
        for place in one.places:
            assert text[place.start : place.end] == place.written
            assert place.line == text.count("\n", 0, place.start) + 1
            is_name = (normalised(place.written), one.value) in _NAMES
            assert is_name or normal(one.kind, place.written) == one.value


_PIECES = st.sampled_from(
    [
        *"aZ0é使\u200d\u0301\ud83d",
        *" \n\t.,:;/\\-_@()[]{}<>\"'",
        "hxxps://",
        "http://",
        "[.]",
        "(dot)",
        ".com",
        ".onion",
        "gate",
        "www",
        "10.0.0.1",
        "85[.]10.1.20",
        "2001:db8::",
        "version ",
        " and earlier",
        "T1059",
        ".001",
        "CVE-2024-1234",
        "S9001",
        MD5,
        SHA256,
        "Phishing",
        "HeronLoader",
        "Egret Wiper",
        "Egret\nWiper",
    ]
)


@given(st.text() | st.lists(_PIECES, max_size=30).map("".join))
def test_whatever_the_text_every_place_holds_what_is_proposed(text: str) -> None:
    check(text, extract(text, KNOWN))


@given(st.sampled_from(list(Kind)), st.text())
def test_the_one_spelling_of_something_is_its_own(kind: Kind, written: str) -> None:
    once = normal(kind, written)
    if kind not in (Kind.DOMAIN, Kind.ADDRESS):
        assert normal(kind, once) == once


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _advisories() -> list[Path]:
    return sorted((FOLDER / "csaf").rglob("*.json"))


@needs_shared_data
def test_real_advisories_are_read_without_versions_or_files_in_them() -> None:
    addresses: list[Proposal] = []
    for path in _advisories():
        text = "\n".join(_strings(json.loads(path.read_bytes())))
        made = extract(text, KNOWN)
        check(text, made)
        cves = {one.value for one in made.proposals if one.kind is Kind.VULNERABILITY}
        stated = {one.get("cve") for one in json.loads(text_of(path)).get("vulnerabilities", [])}
        assert stated - {None} <= cves
        addresses += (one for one in made.proposals if one.kind is Kind.ADDRESS)
    # Three version numbers in lists that no word announces; each bears the note.
    assert all(one.note == "may be a version or the number of a section" for one in addresses)
    assert len(addresses) <= 3


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@needs_shared_data
@pytest.mark.parametrize("name", ["cert-eu-security-advisories.xml", "ncsc-uk-news.xml"])
def test_a_real_feed_is_read_as_any_text(name: str) -> None:
    text = shared_data.read(f"rss/{name}").decode()
    made = extract(text, KNOWN)
    check(text, made)
    assert any(one.is_linked for one in made.proposals)
