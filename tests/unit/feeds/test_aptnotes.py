"""APTnotes, as CSV and as JSON: the same list of reports, without a row lost."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from feed_samples import context, known, payload, said
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import needs_shared_data, read

from briefing.core.changes import ChangeSet, stable_id
from briefing.core.errors import BriefingError
from briefing.feeds.aptnotes import FORMAT, MOST_BYTES, MOST_ROWS, parse_aptnotes
from briefing.feeds.recognise import outline_of

COLUMNS = ("Filename", "Title", "Source", "Link", "SHA-1", "Date", "Year")


def row(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "Filename": f"heron-{number}",
        "Title": f"Herons, part {number}",
        "Source": "Fox Labs",
        "Link": f"https://files.example/s/{number}",
        "SHA-1": f"{number:040x}",
        "Date": "09/01/2022",
        "Year": "2022",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }


def as_json(*rows: Any) -> str:
    return json.dumps(rows)


def as_csv(*rows: dict[str, Any], columns: tuple[str, ...] = COLUMNS) -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def parsed(text: bytes | str, name: str = "APTnotes") -> ChangeSet:
    return parse_aptnotes(payload(text, name), context())


def refused(text: bytes | str) -> str:
    with pytest.raises(BriefingError) as caught:
        parsed(text)
    return str(caught.value)


def test_a_row_becomes_one_report() -> None:
    changes = parsed(as_csv(row()))
    (record,) = changes.records
    (document,) = changes.documents
    assert record.kind == "report"
    assert record.native_id == stable_id("report", "aptnotes", "https://files.example/s/1")
    assert record.value() == row()
    assert [
        (s.subject, s.predicate.value, s.object, s.value, s.first_seen, s.documents)
        for s in record.statements
    ] == [
        (record.native_id, "named", "", "Herons, part 1", "", (document.id,)),
        (record.native_id, "issued-by", "", "Fox Labs", "", (document.id,)),
        (record.native_id, "happened", "published", "09/01/2022", "2022-09-01", (document.id,)),
    ]
    assert document.id == stable_id("document", "https://files.example/s/1")
    assert (document.title, document.publisher) == ("Herons, part 1", "Fox Labs")
    assert (document.url, document.published) == ("https://files.example/s/1", "2022-09-01")


def test_the_list_is_the_whole_of_its_source_as_of_its_newest_report() -> None:
    changes = parsed(as_csv(row(1, Date="12/31/2021"), row(2, Date="09/01/2022")))
    assert (changes.source, changes.full) == (known("aptnotes"), True)
    assert (changes.version, changes.edition) == ("2022-09-01", "2022-09-01")


def test_the_name_of_a_file_is_never_shown() -> None:
    changes = parsed(as_csv(row(Filename="secret-name")))
    assert "secret-name" not in repr([record.statements for record in changes.records])
    assert "secret-name" not in repr(changes.documents)


@pytest.mark.parametrize(
    ("date", "year", "day"),
    [
        ("09/01/2022", "2022", "2022-09-01"),
        ("10/1/08", "2008", "2008-10-01"),
        ("13/01/2022", "2022", "2022"),
        ("02/30/2022", "2022", "2022"),
        ("2022-09-01", "2022", "2022"),
        ("", "2022", "2022"),
        ("soon", "soon", ""),
        ("soon", "1066", ""),
    ],
)
def test_a_date_is_american_and_what_is_none_leaves_the_year(
    date: str, year: str, day: str
) -> None:
    changes = parsed(as_csv(row(Date=date, Year=year)))
    (happened,) = [s for s in changes.records[0].statements if s.predicate.value == "happened"]
    assert (happened.value, happened.first_seen) == (date or year, day)
    assert changes.documents[0].published == day


def test_a_row_without_publisher_and_date_says_less() -> None:
    (record,) = parsed(as_csv(row(Source="", Date="", Year=""))).records
    assert [s.predicate.value for s in record.statements] == ["named"]


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/hostname"])
def test_a_link_that_leads_to_no_page_is_no_document(link: str) -> None:
    changes = parsed(as_csv(row(Link=link)))
    assert changes.documents == ()
    assert {s.documents for s in changes.records[0].statements} == {()}


def test_a_report_without_a_link_is_known_by_its_hash_and_title() -> None:
    (record,) = parsed(as_csv(row(Link=""))).records
    assert record.native_id == stable_id("report", "aptnotes", f"{1:040x}", "Herons, part 1")


def test_two_documents_with_one_hash_are_two_reports() -> None:
    changes = parsed(as_csv(row(1), row(2, SHA_1=f"{1:040x}")))
    assert (len(changes.records), changes.quarantined) == (2, ())


def test_two_documents_behind_one_link_are_two_reports_and_one_document() -> None:
    changes = parsed(as_csv(row(1), row(2, Link="https://files.example/s/1")))
    assert said(changes, "named") == ["Herons, part 1", "Herons, part 2"]
    assert (len({record.native_id for record in changes.records}), changes.quarantined) == (2, ())
    assert len(changes.documents) == 1


def test_a_row_that_is_repeated_word_for_word_is_taken_once() -> None:
    changes = parsed(as_csv(row(), row(2), row()))
    assert said(changes, "named") == ["Herons, part 1", "Herons, part 2"]
    (repeated,) = changes.quarantined
    assert repeated.reason == "Line 4: “Herons, part 1” is in the list twice, word for word."
    assert repeated.native_id == changes.records[0].native_id


def test_rows_that_differ_in_nothing_that_tells_documents_apart_are_one() -> None:
    link = "https://files.example/s/1"
    changes = parsed(as_csv(row(), row(2, Link=link), row(2, Link=link, Year="2023")))
    assert said(changes, "named") == ["Herons, part 1", "Herons, part 2"]
    assert [entry.reason for entry in changes.quarantined] == [
        "Line 4: “Herons, part 2” is told from another row by nothing; the first was taken."
    ]


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (row(Title=" "), "Entry 2: it has no title."),
        (row(Title=["Herons"]), "Entry 2: it has no title."),
        ("text", "Entry 2: it is no JSON object."),
        (None, "Entry 2: it is no JSON object."),
        (row(2, Extra="\ud800"), "Entry 2: it holds half a character"),
        (row(2, Extra=float("nan")), "Entry 2: from line 1, column "),
    ],
)
def test_a_bad_entry_is_put_aside_and_the_rest_is_taken(odd: Any, reason: str) -> None:
    changes = parsed(as_json(row(1), odd, row(3)))
    assert said(changes, "named") == ["Herons, part 1", "Herons, part 3"]
    (put_aside,) = changes.quarantined
    assert put_aside.reason.startswith(reason)


def test_a_line_with_too_many_or_too_few_columns_is_put_aside() -> None:
    head, first, *_ = as_csv(row()).splitlines()
    changes = parsed("\r\n".join([head, first + ",more", "", "a,b", first, ""]))
    assert said(changes, "named") == ["Herons, part 1"]
    assert [entry.reason for entry in changes.quarantined] == [
        "Line 2: it has 8 columns, and the first line names 7.",
        "Line 4: it has 2 columns, and the first line names 7.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "its first line does not name the columns of APTnotes."),
        ("a,b\n1,2\n", "its first line does not name the columns of APTnotes."),
        (as_csv(row(1), row(2))[:-60], "it breaks off in the middle of its last line."),
        (as_csv(row(1)) + '"open,', "line 3 cannot be read."),
        (as_csv(row(Title="x" * 200_000)), "line 2 cannot be read."),
        (as_csv(row(Title="Grüße")).encode("cp1252"), "it is no UTF-8 text, from byte "),
        (as_csv(row()).ljust(MOST_BYTES + 1), "it is larger than 64 MiB."),
    ],
    ids=["nothing", "other columns", "cut", "open quote", "long field", "encoding", "size"],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(
    text: bytes | str, sentence: str
) -> None:
    assert refused(text).startswith(f"APTnotes was not taken: {sentence}")


def test_a_list_beyond_100_000_rows_is_refused() -> None:
    assert len(parsed(as_json(*[1] * MOST_ROWS)).quarantined) == MOST_ROWS
    assert refused(as_json(*[1] * (MOST_ROWS + 1))).startswith(
        "APTnotes was not taken: it has more than 100,000 rows."
    )


def test_json_that_breaks_off_is_refused() -> None:
    assert refused(as_json(row(1), row(2))[:-5]).startswith("APTnotes breaks off in the middle")


def test_a_mark_before_the_first_column_does_no_harm() -> None:
    assert len(parsed("\ufeff" + as_csv(row())).records) == 1
    assert len(parsed("\ufeff" + as_json(row())).records) == 1


def test_the_older_name_of_a_column_is_known() -> None:
    older = row()
    older["sha1"] = older.pop("SHA-1")
    assert parsed(as_json(older)).records == parsed(as_json(row())).records


def test_both_forms_are_recognised_and_nothing_else() -> None:
    for text in (as_csv(row()), as_json(row())):
        assert FORMAT.matches(outline_of(payload(text)))
    for text in ("Title,Source\n1,2\n", '[{"Title": "T"}]', json.dumps(row()), "Title"):
        assert not FORMAT.matches(outline_of(payload(text)))


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            name: st.sampled_from(["", "a", "09/01/2022", "https://files.example/1"])
            | st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n"), max_size=8)
            for name in COLUMNS
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200)
@given(ROWS)
def test_both_forms_give_equal_records_and_every_row_is_accounted_for(
    rows: list[dict[str, str]],
) -> None:
    from_csv, from_json = parsed(as_csv(*rows)), parsed(as_json(*rows))
    assert from_csv.records == from_json.records
    assert from_csv.documents == from_json.documents
    assert len(from_csv.records) + len(from_csv.quarantined) == len(rows)
    received = [record.value() for record in from_csv.records]
    for entry in rows:
        assert entry in received or not entry["Title"].strip() or from_csv.quarantined


@settings(max_examples=100)
@given(st.binary(max_size=60), st.integers(0, 200), st.booleans())
def test_any_bytes_are_read_or_refused_with_a_sentence(
    rubbish: bytes, cut: int, in_json: bool
) -> None:
    whole = (as_json(row()) if in_json else as_csv(row())).encode()
    for data in (rubbish, whole[:cut] + rubbish, whole[:cut] + rubbish + whole[cut:]):
        try:
            parsed(data)
        except BriefingError as error:
            told = error.message
        else:
            told = "Taken."
        assert told.endswith(".")


@needs_shared_data
def test_the_real_list_is_the_same_in_both_forms() -> None:
    from_csv = parsed(read("aptnotes/APTnotes.csv"))
    from_json = parsed(read("aptnotes/APTnotes.json"))
    assert from_csv.records == from_json.records
    assert from_csv.documents == from_json.documents
    assert len(from_csv.records) == len(from_csv.documents) == 687
    assert from_csv.edition == "2024-07-24"
    assert [entry.reason.partition(":")[0] for entry in from_csv.quarantined] == [
        "Line 567",
        "Line 631",
    ]
    dated = [s for record in from_csv.records for s in record.statements if s.first_seen]
    assert len(dated) == 687
    assert all(len(said.first_seen) == 10 for said in dated)
