"""CSV in a ZIP: every table of a briefing, marked, and nothing that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_brief import WITHHELD_CANARY, gamaredon, unbranded
from sample_brief_parts import claims_evidence

from briefing.core.brief import (
    Bars,
    Block,
    Brief,
    Bullets,
    Column,
    Facts,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Table,
    WarningList,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import tables
from briefing.exports.manifest import manifest
from briefing.exports.spreadsheet_text import FORMULA_STARTS, harmless
from briefing.exports.tables_blocks import WRITERS, number
from briefing.exports.tables_csv import render

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class Odd(Block):
    """A block that nobody knows."""


def packed(brief: Brief) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(render(brief)))


def read(file: zipfile.ZipFile, name: str) -> list[list[str]]:
    text = file.read(name).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def brief_of(*blocks: Any, **more: Any) -> Brief:
    parts = (Part("Part", "", (Section("s", "Section", blocks),)),)
    return replace(unbranded(), parts=parts, **more)


@pytest.fixture(scope="module")
def file() -> zipfile.ZipFile:
    return packed(gamaredon())


def test_each_table_has_a_file_numbered_in_print_order(file: zipfile.ZipFile) -> None:
    names = file.namelist()
    assert names[:3] == ["00-about.csv", "01-key-judgements.csv", "02-who-they-are.csv"]
    assert names[-3:] == ["19-sources.csv", "20-made-from.csv", "brief.json"]
    assert file.testzip() is None


def test_the_first_file_says_what_they_are(file: zipfile.ZipFile) -> None:
    about = dict(read(file, "00-about.csv"))
    assert about["Marking"] == "TLP:CLEAR. May be shared with anybody."
    assert about["Prepared for"] == "Harbour Dental Group"
    assert about["Data as of"] == "12 November 2026"
    listed = [name for name in file.namelist() if name in about]
    assert [*listed] == file.namelist()[1:]


def test_every_row_bears_the_marking() -> None:
    made = packed(replace(gamaredon(), tlp=Tlp.AMBER_STRICT))
    for name in made.namelist()[1:-1]:
        heads, *rows = read(made, name)
        assert heads[-1] == "TLP"
        assert rows
        assert {row[-1] for row in rows} == {"TLP:AMBER+STRICT"}


def test_every_row_has_a_cell_for_every_head(file: zipfile.ZipFile) -> None:
    for name in file.namelist()[:-1]:
        lengths = {len(row) for row in read(file, name)}
        assert len(lengths) == 1


def test_words_and_source_numbers_stand_apart(file: zipfile.ZipFile) -> None:
    heads, first, *_ = read(file, "02-who-they-are.csv")
    assert heads == ["What", "Is", "Sources", "TLP"]
    assert first[1].endswith("run from Centre 18. Microsoft concurs.")
    assert first[2] == "4, 5"


def test_likelihood_and_confidence_are_columns_of_their_own(file: zipfile.ZipFile) -> None:
    heads, first, *_ = read(file, "01-key-judgements.csv")
    assert heads[2:6] == ["Likelihood", "From per cent", "To per cent", "Confidence"]
    assert first[2:6] == ["almost certain", "95", "99", "high"]


def test_a_map_is_a_table_of_countries_most_first(file: zipfile.ZipFile) -> None:
    heads, *rows = read(file, "08-where-and-whom-countries.csv")
    assert heads[:2] == ["Country code", "Country"]
    assert rows[0][:3] == ["UA", "Ukraine", "41"]
    assert [row[0] for row in rows] == ["UA", "DE", "LV", "PL", "CL", "US", "VN"]


def test_nought_in_a_matrix_is_no_report(file: zipfile.ZipFile) -> None:
    rows = read(file, "11-sector-by-origin.csv")
    assert rows[4][:6] == ["Health", "6", "3", "3", "·", "1"]


def test_claims_and_evidence_are_two_tables() -> None:
    titles = [sheet.title for sheet in tables.sheets(brief_of(claims_evidence()))]
    assert titles[:2] == ["Section: claims", "Section: evidence"]


def test_two_tables_of_one_kind_are_told_apart() -> None:
    bars = Bars((("a", 1),), "actors")
    titles = [sheet.title for sheet in tables.sheets(brief_of(bars, bars, sources=()))]
    assert titles[:2] == ["Section: bars 1", "Section: bars 2"]


def test_every_kind_of_block_gives_a_table_or_is_prose() -> None:
    kinds = {type(block) for block in gamaredon().blocks()}
    prose = {kind for kind in kinds if kind not in WRITERS}
    assert {kind.__name__ for kind in prose} == {
        "Bullets",
        "KeyJudgement",
        "Note",
        "Paragraph",
        "Quotation",
        "SourceList",
    }
    text = spans("x")
    prose_only = (Paragraph(text), Bullets((text,)), Quotation(text, ""), SourceList(True))
    kept = tables.sheets(brief_of(*prose_only))
    assert [sheet.title for sheet in kept] == ["Sources", "Made from"]


def test_the_manifest_lies_beside_the_tables(file: zipfile.ZipFile) -> None:
    assert file.read("brief.json") == manifest(gamaredon())


def test_nothing_withheld_is_in_it(file: zipfile.ZipFile) -> None:
    assert not [name for name in file.namelist() if WITHHELD_CANARY.encode() in file.read(name)]


def test_the_same_brief_gives_the_same_bytes_and_no_time_of_the_machine() -> None:
    assert render(gamaredon()) == render(gamaredon())
    for entry in packed(gamaredon()).infolist():
        assert date(*entry.date_time[:3]) == date(2026, 11, 12)
        assert entry.date_time[3:] == (0, 0, 0)
        assert entry.create_system == 3


@pytest.mark.parametrize("day", ["", "1066", "9999-12-31", "no date"])
def test_a_day_that_a_zip_does_not_know_is_no_error(day: str) -> None:
    assert packed(replace(gamaredon(), data_as_of=day)).testzip() is None


def test_a_number_is_a_number_only_in_a_column_of_figures() -> None:
    columns = (Column("Name"), Column("Count", numeric=True))
    rows = ((spans("1,041"), spans("1,041")), (spans("b"), spans("–")))
    (sheet, *_) = tables.sheets(brief_of(Table(columns, rows)))
    assert sheet.made.rows == (("1,041", 1041), ("b", "–"))
    assert [number(words) for words in ("2.5", "12", "1,2", "-3", "1e9", "٣")] == [
        2.5,
        12,
        "1,2",
        "-3",
        "1e9",
        "٣",
    ]


def test_a_block_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(TypeError, match="No table knows the block Odd"):
        render(brief_of(Odd()))


def test_half_a_character_is_refused_in_a_sentence() -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        render(brief_of(Facts((("\ud800", spans("x")),))))


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        " =1+1",
        "\u00a0=1",
        '=cmd|"/c calc"!A1',
        '=HYPERLINK("https://a.example")',
    ],
)
def test_a_text_that_looks_like_a_formula_stays_text(words: str) -> None:
    assert harmless(words) == f"'{words}"
    assert harmless(f"a{words}") == f"a{words}"


@settings(max_examples=60, deadline=None)
@given(WORDS)
@example("=1+1")
@example("\n=1+1")
@example('"=1+1')
@example("\u202e=1")
@example("﻿=1")
def test_no_cell_of_any_file_begins_a_formula(words: str) -> None:
    text = spans(words)
    brief = brief_of(
        Facts(((words, text),)),
        Table((Column(words), Column("n", numeric=True)), ((text, text),), note=text),
        WarningList(((words, words),), note=text),
        title=words,
        client=words,
        author=words,
    )
    made = packed(replace(brief, sources=(replace(brief.sources[0], title=words, url=words),)))
    for name in made.namelist()[:-1]:
        for row in read(made, name):
            # What is written as a number is none of the brief's words.
            begins = [cell for cell in row if cell.lstrip(" \u00a0").startswith(FORMULA_STARTS)]
            assert begins == []
