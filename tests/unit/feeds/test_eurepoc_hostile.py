"""Broken and hostile tables: a bad row is put aside with its line, and nothing else is raised."""

from __future__ import annotations

import csv

import pytest
from eurepoc_samples import ATTRIBUTION, INCIDENT, RECEIVER, incidents, read, said, table
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.core.changes import ChangeSet, stable_id
from briefing.core.errors import BriefingError

GOOD = {
    "name": "Fox raid",
    "start_date": "2021-03-04",
    "receiver_country": "['Germany']",
    "receiver_category": "[['Media']]",
    "attributed_initiator": "Fox",
    "initiator_name": "['Fox']",
    "sources_url": "['https://example.org/']",
}
LINE = "," * (len(INCIDENT) - 1)
"""A row of empty cells; from its second comma on, what follows after number and name."""
BOMBS = [
    "[" * 100_000,
    "[" * 50_000 + "]" * 50_000,
    "[" * 100 + "'a'" + "]" * 100,
    "[" + "-" * 60_000 + "1]",
    "[" + "not " * 15_000 + "1]",
    "[" + "(" * 30_000 + ")" * 30_000 + "]",
    "[" + "{" * 30_000 + "]",
    "['" + "\\" * 60_001 + "']",
    "['" + "\\'" * 30_000 + "]",
    "['a' " * 15_000,
    "['a'" * 15_000,
    "[10 ** 10 ** 10]",
    "['a' * 10 ** 10]",
    "[__import__('os').abort()]",
    "[f'{1}', b'x', r'\\']",
    "['\\ud800', '\\udcff']",
    "['\\N{LATIN SMALL LETTER A}']",
    "['\x00']",
    "[\x00]",
    "[None, None]",
    "[['https://\\ud800.example/']]",
    "['https://\\ud800.example/']",
    "\u202e['a']\u2066",
    "(" * 60_000,
    "; " * 30_000,
    "a/" * 30_000,
    "<" * 60_000,
    " (" * 30_000,
    "&lt;" * 20_000,
]


def rows_of(*lines: str) -> bytes:
    """Lines under the heads of the table of incidents."""
    return "\n".join([",".join(INCIDENT), *lines, ""]).encode()


def reasons(changes: ChangeSet) -> list[str]:
    return [item.reason for item in changes.quarantined]


def told(data: bytes) -> str:
    """The sentence with which a file is refused, or "Taken." where it is not."""
    try:
        read(data)
    except BriefingError as error:
        return error.message
    return "Taken."


def test_a_bad_row_is_put_aside_with_its_line_and_the_rest_is_taken() -> None:
    changes = read(
        rows_of(
            f"1,Fox{LINE[1:]}",
            "2,Owl",
            "",
            f'3,"Elk\nand\nmore"{LINE[1:]}',
            f"x,Ant{LINE[1:]}",
            f"1,Bee{LINE[1:]}",
            f"{LINE}",
            f"9,Cat{LINE[1:]}",
        )
    )
    assert [s.value for s in said(changes, "named")] == ["Fox", "Elk and more", "Cat"]
    assert reasons(changes) == [
        f"Line 3: it has 2 cells where the file has {len(INCIDENT)} columns.",
        "Line 8: “x” is no number of an incident.",
        "Line 9: it repeats incident 1 of line 2.",
        "Line 10: “” is no number of an incident.",
    ]
    assert [item.native_id for item in changes.quarantined] == [
        stable_id("incident", "eurepoc", "2"),
        "",
        stable_id("incident", "eurepoc", "1"),
        "",
    ]


def test_a_quotation_mark_in_the_wrong_place_costs_its_own_row() -> None:
    changes = read(rows_of(f'1,"Fox" and{LINE[1:]}', f"2,Owl{LINE[1:]}", '3,"Elk'))
    assert [s.value for s in said(changes, "named")] == ["Owl"]
    fault = "a quotation mark in it is never closed, or something follows after the closing one."
    assert reasons(changes) == [f"Line 2: {fault}", f"Line 4: {fault}"]


def test_a_cell_that_is_too_long_costs_its_own_row() -> None:
    changes = read(
        rows_of(
            f"1,{'a' * 100_001}{LINE[1:]}",
            f"2,{'a' * 200_000}{LINE[1:]}",
            f"3,Elk{LINE[1:]}",
        )
    )
    assert [s.value for s in said(changes, "named")] == ["Elk"]
    assert reasons(changes) == [
        "Line 2: “name” is longer than 100,000 characters.",
        "Line 3: a cell in it is longer than anything EuRepoC writes.",
    ]


def test_a_row_with_bytes_that_are_no_text_is_put_aside() -> None:
    data = rows_of(f"1,Fox{LINE[1:]}", f"2,O\xe4l{LINE[1:]}").replace("ä".encode(), b"\xe4")
    changes = read(data)
    assert [s.value for s in said(changes, "named")] == ["Fox"]
    assert reasons(changes) == ["Line 3: “name” holds bytes that are no UTF-8 text."]


def test_one_bad_row_of_an_attribution_leaves_the_others() -> None:
    good = {"incident_ID": 1, "attribution_ID": 7, "attributed_initiator": "Fox"}
    changes = read(table(ATTRIBUTION, good, ["1", "7"], {**good, "incident_ID": "one"}))
    assert len(said(changes, "attributed-to")) == 1
    assert [item.native_id for item in changes.quarantined] == ["", ""]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "none of EuRepoC’s tables"),
        (b"\n\n", "none of EuRepoC’s tables"),
        (b'"ID', "its first line holds no heads"),
        (b"ID,ID\n", "two columns with the head “ID”"),
        (rows_of(), "none of its rows can be read. It has no rows."),
        (rows_of("1,2"), "none of its rows can be read. Line 2: it has 2 cells"),
        (rows_of("1"), "Line 2: it has one cell"),
        (rows_of().decode().encode("utf-16"), "its first line holds bytes that are no UTF-8 text."),
        (rows_of().replace(b"name", b"n\xe4me"), "its first line holds bytes"),
        (rows_of(f"1,Fox{LINE[1:]}").replace(b",", b";"), "none of EuRepoC’s tables"),
    ],
)
def test_a_file_of_which_nothing_can_be_taken_is_refused_with_a_sentence(
    data: bytes, sentence: str
) -> None:
    assert sentence in told(data)


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.feeds.eurepoc_rows.MOST_BYTES", 10)
    assert "was not read" in told(rows_of("1"))


def test_a_byte_order_mark_and_lines_of_windows_change_nothing() -> None:
    plain = table(INCIDENT, {"ID": 1, **GOOD})
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    assert read(windows).records == read(plain).records


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("heads", [INCIDENT, ATTRIBUTION, RECEIVER], ids=["inc", "att", "rec"])
def test_a_bomb_in_every_cell_is_text(bomb: str, heads: list[str]) -> None:
    row = {head: bomb for head in heads if not head.endswith("ID")}
    changes = read(table(heads, {heads[0]: 1, **row}))
    assert len(changes.records) + len(changes.quarantined) == 1
    for record in changes.records:
        for statement in record.statements:
            assert len(statement.value) <= 4000
            assert statement.key("eurepoc")
            statement.value.encode()


def test_text_of_a_row_stays_text_without_markup_and_signs_that_steer_a_screen() -> None:
    changes = incidents(
        {"name": "<b>Fox</b>\x00\u202e raid", "description": "a<script>b</script> c<br>d\x1b[2J"}
    )
    assert [s.value for s in said(changes, "named")] == ["Fox raid"]
    (described,) = said(changes, "described-as")
    assert described.value == "a c\nd[2J"
    assert changes.records[0].value()["name"] == "<b>Fox</b>\x00\u202e raid"


WORDS = st.sampled_from(["1", "2", "Fox", "['Fox', 'Owl']", "[['Media'], []]", "a; b (c; d)", ""])
CELLS = WORDS | st.text(max_size=12) | st.sampled_from(BOMBS).map(lambda bomb: bomb[:2000])


@settings(max_examples=150)
@given(st.sampled_from([INCIDENT, ATTRIBUTION, RECEIVER]), st.data())
def test_any_cells_are_read_or_put_aside_and_read_alike_twice(
    heads: list[str], data: st.DataObject
) -> None:
    width = st.integers(len(heads) - 1, len(heads) + 1)
    cells = width.flatmap(lambda size: st.lists(CELLS, min_size=size, max_size=size))
    rows = data.draw(st.lists(cells, max_size=4))
    good = {head: GOOD.get(head, "") for head in heads} | {heads[0]: 77, "attribution_ID": 1}
    payload = table(heads, good, *rows)
    changes = read(payload)
    assert changes == read(payload)
    natives = [record.native_id for record in changes.records]
    assert len(set(natives)) == len(natives)
    assert (
        stable_id(
            next(iter(changes.kinds)), "eurepoc", "77", *(["1"] if heads is ATTRIBUTION else [])
        )
        in natives
    )
    assert all(reason.startswith("Line ") and reason.endswith(".") for reason in reasons(changes))


@settings(max_examples=300)
@given(st.binary(max_size=80), st.integers(0, 800), st.integers(0, 80))
def test_any_bytes_anywhere_are_read_or_refused_with_a_sentence(
    rubbish: bytes, at: int, cut: int
) -> None:
    whole = table(INCIDENT, *({"ID": number, **GOOD} for number in (1, 2, 3)))
    for data in (rubbish, whole[:at] + rubbish, whole[:at] + rubbish + whole[at + cut :]):
        assert told(data).endswith((".", "”"))
    assert csv.field_size_limit() == 131_072
