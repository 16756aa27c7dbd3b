"""The catalogue of known exploited vulnerabilities: JSON and CSV say the same, and say it whole."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from csaf_samples import (
    FIELDS,
    catalogue,
    catalogue_csv,
    context,
    entry,
    read_catalogue,
    said,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import FOLDER, needs_shared_data

from briefing.core.errors import BriefingError
from briefing.feeds.kev import FORMAT, parse_kev
from briefing.feeds.payload import Payload
from briefing.feeds.recognise import outline_of


def refusal(data: bytes) -> str:
    """The sentence with which a catalogue is refused; "" where it is taken."""
    try:
        read_catalogue(data)
    except BriefingError as error:
        return error.message
    return ""


def test_the_catalogue_is_the_whole_of_its_source_and_its_releases_are_ordered() -> None:
    changes = read_catalogue(catalogue(entry(1), entry(2)))
    assert (changes.source.id, changes.full, changes.version) == ("cisa-kev", True, "2024.03.01")
    later = catalogue(entry(1), entry(2, dateAdded="2031-01-01"))
    assert read_catalogue(later).edition == "2031-01-01" > changes.edition


def test_an_entry_is_a_vulnerability_known_by_its_cve_id() -> None:
    (record,) = read_catalogue(catalogue(entry(1))).records
    assert (record.native_id, record.kind) == ("CVE-2024-00001", "vulnerability")
    assert record.value() == entry(1)


def test_what_an_entry_states() -> None:
    changes = read_catalogue(catalogue(entry(1)))
    stated = [
        (s.predicate.value, s.object, s.value, s.detail, s.first_seen)
        for s in changes.records[0].statements
    ]
    assert stated == [
        ("named", "", "Example Mail Gateway Command Injection Vulnerability", {}, ""),
        (
            "described-as",
            "summary",
            "The gateway runs what a mail’s subject says, “as is”.",
            {"place": 1},
            "",
        ),
        (
            "affects",
            "example:mail_gateway",
            "Example Mail Gateway",
            {"vendor": "Example", "product": "Mail Gateway"},
            "",
        ),
        (
            "advised",
            "kev",
            "Install the fix, or switch the gateway off.",
            {"due": "2024-03-22"},
            "",
        ),
        ("happened", "kev-listed", "Known", {"ransomware": True}, "2024-03-01"),
    ]
    (document,) = changes.documents
    assert {s.subject for s in changes.records[0].statements} == {"CVE-2024-00001"}
    assert {s.documents for s in changes.records[0].statements} == {(document.id,)}


@pytest.mark.parametrize(
    ("written", "ransomware"), [("Known", True), (" known", True), ("Unknown", False), (5, False)]
)
def test_ransomware_is_said_only_where_it_is_known(written: Any, ransomware: bool) -> None:
    changes = read_catalogue(catalogue(entry(1, knownRansomwareCampaignUse=written)))
    (listed,) = said(changes, "happened")
    assert listed.detail == {"ransomware": ransomware}


def test_a_date_that_is_none_is_left_out_and_the_rest_is_taken() -> None:
    changes = read_catalogue(catalogue(entry(1, dateAdded="1 March", dueDate=7)))
    assert [s.first_seen for s in said(changes, "happened")] == [""]
    assert [s.detail for s in said(changes, "advised")] == [{}]


def test_json_and_csv_give_equal_records() -> None:
    entries = [
        entry(1, cwes=[]),
        entry(2, notes='quoted "so", and\na second line', product="Gateway "),
        entry(3),
    ]
    as_json, as_csv = read_catalogue(catalogue(*entries)), read_catalogue(catalogue_csv(*entries))
    assert as_json.records == as_csv.records
    assert as_json.documents == as_csv.documents
    assert (as_csv.version, as_csv.edition, as_csv.full) == ("", as_json.edition, True)


def test_csv_with_a_byte_order_mark_and_windows_line_ends_is_the_same() -> None:
    written = catalogue_csv(entry(1), entry(2))
    windows = b"\xef\xbb\xbf" + written.replace(b"\n", b"\r\n")
    assert read_catalogue(windows).records == read_catalogue(written).records


def test_a_column_nobody_knows_is_kept_as_it_is() -> None:
    written = catalogue_csv(entry(1, mood="calm"), fields=[*FIELDS, "mood"])
    assert read_catalogue(written).records[0].value()["mood"] == "calm"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (catalogue(entry(1), count=2), "it holds 2 vulnerabilities and holds 1"),
        (catalogue(entry(1), entry(2), count=1), "it holds 1 vulnerabilities and holds 2"),
        (catalogue(), "it lists nothing."),
        (catalogue({"cveID": 5}), "no vulnerability that can be read. Entry 1"),
        (catalogue(vulnerabilities={}), "it has no list named “vulnerabilities”."),
        (catalogue(entry(1))[:-20], "breaks off in the middle"),
        (b"[1]", "line 1, column 1 should hold “{”."),
        (b"", "it lacks one of the columns"),
        (b"a,b\n1,2\n", "it lacks one of the columns"),
        (catalogue_csv(entry(1), fields=[*FIELDS, "cveID"]), "it lacks one of the columns"),
        (catalogue_csv(), "it lists nothing."),
        (catalogue_csv(entry(1), entry(2))[:-90], "breaks off"),
        (catalogue_csv(entry(1), entry(2))[:-4], "breaks off"),
        (catalogue_csv(entry(1)).replace(b"gateway", b"gatew\xff"), "is no UTF-8."),
        (b"cveID," + b"x" * 200_000 + b"\n", "it is no valid CSV"),
    ],
)
def test_what_is_not_the_whole_catalogue_is_refused(data: bytes, sentence: str) -> None:
    told = refusal(data)
    assert sentence in told
    assert told.startswith("catalogue")
    assert told.endswith(".")


def test_a_catalogue_cut_off_at_any_place_is_refused_or_was_cut_after_a_whole_line() -> None:
    for whole in (catalogue(entry(1), entry(2)), catalogue_csv(entry(1), entry(2), entry(3))):
        for end in range(len(whole)):
            data = whole[:end]
            assert refusal(data) or (data.endswith(b"\n") and whole.startswith(b"cveID"))


def test_the_description_of_the_format_is_recognised_and_refused() -> None:
    schema = orjson.dumps(
        {
            "$schema": "https://json-schema.org/draft-07/schema#",
            "title": "Catalogue",
            "properties": {"catalogVersion": {"type": "string"}},
        }
    )
    assert FORMAT.matches(outline_of(Payload("schema.json", schema)))
    assert "describes the format of the catalogue" in refusal(schema)


@pytest.mark.parametrize(
    ("data", "recognised"),
    [
        (catalogue(entry(1)), True),
        (catalogue_csv(entry(1)), True),
        (orjson.dumps({"vulnerabilities": [entry(1)]}), True),
        (b'{"vulnerabilities": [{"cve": "CVE-2024-1000"}]}', False),
        (b'{"$schema": "x", "properties": {"type": {}}}', False),
        (b"cveID,other\n", False),
        (b"[]", False),
    ],
)
def test_the_catalogue_is_recognised_by_what_it_holds(data: bytes, recognised: bool) -> None:
    assert FORMAT.matches(outline_of(Payload("x", data))) is recognised


@pytest.mark.parametrize(
    ("odd", "native", "reason"),
    [
        (5, "", "Entry 2: it is no JSON object."),
        (entry(cveID="CVE-24-1"), "", "Entry 2: “CVE-24-1” is no CVE id."),
        (entry(cveID=None), "", "Entry 2: it has no CVE id."),
        (entry(2, notes=2**70), "CVE-2024-00002", "Entry 2 (line 1, column "),
    ],
)
def test_one_bad_entry_is_put_aside_and_the_rest_is_taken(
    odd: Any, native: str, reason: str
) -> None:
    data = catalogue(entry(1), "HERE", entry(3)).replace(b'"HERE"', written(odd))
    changes = read_catalogue(data)
    assert [record.native_id for record in changes.records] == ["CVE-2024-00001", "CVE-2024-00003"]
    (aside,) = changes.quarantined
    assert aside.native_id == native
    assert aside.reason.startswith(reason)


def written(value: Any) -> bytes:
    """JSON of a value, numbers beyond 64 bits included."""
    return str(value).replace("'", '"').replace("None", "null").encode()


def test_a_row_with_a_field_too_many_is_put_aside() -> None:
    lines = catalogue_csv(entry(1), entry(2), entry(3)).splitlines(keepends=True)
    lines[2] = lines[2].replace(b"\n", b",more\n")
    changes = read_catalogue(b"".join(lines))
    assert len(changes.records) == 2
    assert [aside.reason for aside in changes.quarantined] == [
        "Entry 2 (row 3): it has 12 fields and should have 11."
    ]


def test_of_two_entries_with_one_id_the_last_is_taken_and_the_other_is_told() -> None:
    changes = read_catalogue(catalogue(entry(1), entry(1, notes="newer"), entry(2)))
    newer, other = changes.records
    assert (newer.value()["notes"], other.native_id) == ("newer", "CVE-2024-00002")
    assert [(q.native_id, q.reason) for q in changes.quarantined] == [
        ("CVE-2024-00001", "CVE-2024-00001 stands twice; the last one was taken.")
    ]


TEXTS = st.sampled_from(
    ["", "\x00\u202e", "<p>x</p>", "[" * 3000, "9" * 30, "\uffff", "CVE-2024-1"]
)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON, min_size=1, max_size=5), st.booleans())
def test_every_mutated_entry_is_taken_whole_or_put_aside(
    changed: dict[str, Any], removed: bool
) -> None:
    odd: Any = {k: v for k, v in entry(2).items() if not removed or k not in changed}
    odd = odd if removed else {**odd, **changed}
    changes = read_catalogue(catalogue(entry(1), odd, entry(3)))
    assert len(changes.records) + len(changes.quarantined) == 3
    as_received = orjson.loads(orjson.dumps([entry(1), odd, entry(3)]))
    assert all(record.value() in as_received for record in changes.records)
    for record in changes.records:
        assert {s.subject for s in record.statements} == {record.native_id}
        assert all(isinstance(s.key("cisa-kev"), int) for s in record.statements)


@settings(max_examples=150)
@given(st.binary(max_size=40) | JSON.map(orjson.dumps), st.integers(0, 900), st.booleans())
def test_any_bytes_are_read_or_refused_with_a_sentence(
    rubbish: bytes, cut: int, as_csv: bool
) -> None:
    whole = catalogue_csv(entry(1)) if as_csv else catalogue(entry(1))
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        FORMAT.matches(outline_of(Payload("x", data)))
        told = refusal(data)
        assert not told or told.endswith(".")
    assert refusal(whole) == ""


@needs_shared_data
@pytest.mark.parametrize(("folder", "count"), [("kev", 1404), ("kev-older", 1257)])
def test_the_real_catalogue_says_the_same_in_json_and_csv(folder: str, count: int) -> None:
    found = [
        parse_kev(Payload(path.name, path.read_bytes()), context())
        for path in sorted((FOLDER / folder).glob("*vulnerabilities.*"))
    ]
    as_csv, as_json = found
    assert as_csv.records == as_json.records
    assert (len(as_json.records), as_json.quarantined) == (count, ())
    assert {len(record.statements) for record in as_json.records} == {5}


@needs_shared_data
def test_the_older_real_catalogue_is_known_as_the_older_one() -> None:
    name = "known_exploited_vulnerabilities.json"
    older, newer = (
        parse_kev(Payload(name, (FOLDER / folder / name).read_bytes()), context())
        for folder in ("kev-older", "kev")
    )
    assert older.edition < newer.edition


@needs_shared_data
def test_the_real_description_of_the_format_is_refused() -> None:
    data = (FOLDER / "kev" / "known_exploited_vulnerabilities_schema.json").read_bytes()
    assert FORMAT.matches(outline_of(Payload("x", data)))
    assert "describes the format" in refusal(data)
