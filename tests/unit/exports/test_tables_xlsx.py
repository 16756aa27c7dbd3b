"""XLSX: a workbook of the tables in which nothing is calculated and every page is marked."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_brief import WITHHELD_CANARY, gamaredon, unbranded

from briefing.core.brief import Brief, Column, Facts, Part, Section, Table, WarningList, spans
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports.tables import sheets
from briefing.exports.tables_xlsx import render

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class Book:
    """The parts of a workbook that a test looks at."""

    def __init__(self, content: bytes) -> None:
        self.file = zipfile.ZipFile(io.BytesIO(content))
        strings = self._xml("xl/sharedStrings.xml")
        self.strings = ["".join(item.itertext()) for item in strings.iter(f"{MAIN}si")]
        book = self._xml("xl/workbook.xml")
        self.names = [sheet.attrib["name"] for sheet in book.iter(f"{MAIN}sheet")]

    def sheet(self, number: int) -> ElementTree.Element:
        """A sheet, from 1."""
        return self._xml(f"xl/worksheets/sheet{number}.xml")

    def sheets(self) -> list[ElementTree.Element]:
        """All of them."""
        return [self.sheet(number) for number in range(1, len(self.names) + 1)]

    def cells(self, number: int) -> dict[str, Any]:
        """Place → words or number."""
        found: dict[str, Any] = {}
        for cell in self.sheet(number).iter(f"{MAIN}c"):
            value = cell.find(f"{MAIN}v")
            if value is None or value.text is None:
                continue
            is_text = cell.attrib.get("t") == "s"
            found[cell.attrib["r"]] = (
                self.strings[int(value.text)] if is_text else float(value.text)
            )
        return found

    def links(self) -> list[str]:
        """Addresses outside the workbook."""
        return [
            target
            for name in self.file.namelist()
            if "worksheets/_rels" in name
            for target in re.findall(r'Target="(.*?)"', self.file.read(name).decode())
        ]

    def _xml(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.file.read(name))  # noqa: S314 - our own file


def brief_of(*blocks: Any, **more: Any) -> Brief:
    parts = (Part("Part", "", (Section("s", "Section", blocks),)),)
    return replace(unbranded(), parts=parts, **more)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(render(gamaredon()))


def test_the_first_sheet_says_what_it_is_and_leads_to_the_others(book: Book) -> None:
    assert book.names[0] == "About"
    words = list(book.cells(1).values())
    assert words[0] == "Gamaredon: volume over stealth, aimed at Ukraine"
    assert words[1] == "TLP:CLEAR"
    assert "Harbour Dental Group" in words
    inside = [link.attrib["location"] for link in book.sheet(1).iter(f"{MAIN}hyperlink")]
    assert inside == [f"'{name}'!A1" for name in book.names[1:]]


def test_every_table_has_a_sheet_with_heads_that_stay(book: Book) -> None:
    tables = sheets(gamaredon())
    assert len(book.names) == len(tables) + 1
    for number, table in enumerate(tables, start=2):
        cells = book.cells(number)
        assert cells["A1"] == table.title
        assert cells["A2"] == "TLP:CLEAR"
        assert cells["A5"] == table.made.heads[0]
        pane = book.sheet(number).find(f".//{MAIN}pane")
        assert pane is not None
        assert (pane.attrib["ySplit"], pane.attrib["xSplit"]) == ("5", "1")
        assert pane.attrib["state"] == "frozen"


def test_numbers_are_numbers_and_words_are_words(book: Book) -> None:
    number = book.names.index("8 Where, and whom countries") + 1
    cells = book.cells(number)
    assert cells["A6"] == "UA"
    assert cells["C6"] == 41.0


def test_every_printed_page_bears_the_marking_above_and_below() -> None:
    for brief in (gamaredon(), replace(gamaredon(), tlp=Tlp.AMBER_STRICT, kind_title="A & B")):
        for sheet in Book(render(brief)).sheets():
            head, foot = (sheet.findtext(f".//{MAIN}{name}") for name in ("oddHeader", "oddFooter"))
            assert head is not None
            assert foot is not None
            assert head.endswith(brief.tlp.label)
            assert foot.endswith(brief.tlp.label)
            assert "Page &P of &N" in foot


def test_names_of_sheets_are_ones_that_excel_takes() -> None:
    title = "a[b]:c*d?e/f\\g 'quoted' and much too long to be a name"
    part = Part("P", "", (Section("s", title, (Facts(()),)), Section("t", title, (Facts(()),))))
    names = Book(render(replace(unbranded(), parts=(part,)))).names
    assert len({name.lower() for name in names}) == len(names)
    assert all(1 <= len(name) <= 31 for name in names)
    assert not [name for name in names if re.search(r"[\[\]:*?/\\']", name)]


def test_only_https_addresses_of_sources_become_links(book: Book) -> None:
    addresses = {source.url for source in gamaredon().sources if source.url}
    assert {link.replace("&amp;", "&") for link in book.links()} == addresses
    odd = "javascript:alert(1)"
    source = replace(gamaredon().sources[0], url=odd, title="https://in.example/a-title")
    other = Book(render(brief_of(Facts(((odd, spans(odd)),)), sources=(source,))))
    assert other.links() == []
    assert odd in other.strings


def test_nothing_withheld_is_in_it(book: Book) -> None:
    for name in book.file.namelist():
        assert WITHHELD_CANARY.encode() not in book.file.read(name)


def test_it_tells_no_time_host_or_person_but_those_of_the_briefing(book: Book) -> None:
    core = book.file.read("docProps/core.xml").decode()
    assert "Example Consulting" in core
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-11-12T00:00:00Z"}
    assert {entry.date_time for entry in book.file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_brief_gives_the_same_bytes() -> None:
    assert render(gamaredon()) == render(gamaredon())


@pytest.mark.parametrize("day", ["", "0001", "9999-12-31", "no date"])
def test_any_day_is_taken(day: str) -> None:
    assert Book(render(replace(gamaredon(), data_as_of=day))).names[0] == "About"


def test_a_text_longer_than_a_cell_is_cut_and_not_dropped() -> None:
    made = Book(render(brief_of(Facts((("a", spans("x" * 40_000)),)))))
    assert max(map(len, made.strings)) == 32_767


def test_half_a_character_is_refused_in_a_sentence() -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        render(brief_of(Facts((("\ud800", spans("x")),))))


@settings(max_examples=40, deadline=None)
@given(WORDS)
@example("=1+1")
@example('=HYPERLINK("https://a.example","x")')
@example("{=SUM(A1)}")
@example("https://auto.example")
@example("internal:Sheet1!A1")
@example("external:c:\\x.xlsx")
@example("mailto:a@b.example")
@example("")
@example("<&\">'")
def test_no_words_are_calculated_linked_or_lost(words: str) -> None:
    text = spans(words)
    columns = (Column(words), Column("n", numeric=True))
    blocks = (
        Facts(((words, text),)),
        Table(columns, ((text, text),), note=text),
        WarningList(((words, words),), note=text),
    )
    brief = brief_of(
        *blocks, title=words, kind_title=words, subject=words, author=words, sources=()
    )
    book = Book(render(brief))
    for sheet in book.sheets():
        assert sheet.find(f".//{MAIN}f") is None
    assert book.links() == []
    shown = sheets(brief)[0].made.rows[0][0]
    assert not shown or shown in book.strings
