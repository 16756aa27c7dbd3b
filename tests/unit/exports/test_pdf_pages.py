"""What stands on the pages, and what stays together."""

from __future__ import annotations

import io
import struct
import threading
from dataclasses import replace

import pypdf
import pytest
from sample_brief import full, heat, one_page

from briefing.core.brief import (
    AnyBlock,
    Brief,
    Column,
    Facts,
    KeyJudgement,
    Paragraph,
    Part,
    Section,
    Table,
    Trace,
    TraceRow,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.exports import pdf

PNG = b"\x89PNG\r\n\x1a\n"


def texts(content: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def below_filler(brief: Brief, rows: int, block: AnyBlock, *, wide: bool = False) -> Brief:
    """A part with so many lines before a section with one block."""
    filler = Facts(tuple((f"Row {number}", spans("filler")) for number in range(rows)))
    sections = (Section("filler", "Filler", (filler,)), Section("b", "Tested", (block,), wide=wide))
    return replace(brief, parts=(Part("Part", "Below filler", sections),), made_from=())


def test_the_marking_stands_twice_on_every_page(page_texts: list[str]) -> None:
    assert len(page_texts) > 1
    for text in page_texts:
        assert text.count("TLP:CLEAR") >= 2


def test_the_marking_is_explained_in_the_text_of_page_one(page_texts: list[str]) -> None:
    assert "Marking" in page_texts[0]
    assert "TLP:CLEAR. May be shared with anybody." in page_texts[0]
    assert "Marking: TLP:CLEAR. May be shared with anybody." in page_texts[1]


@pytest.mark.parametrize("level", list(Tlp))
def test_every_level_is_printed_in_the_colour_of_first(plain: Brief, level: Tlp) -> None:
    brief = replace(plain, tlp=level, parts=(Part("Part", "", ()),), made_from=())
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(brief)))
    assert level.label in reader.pages[0].extract_text()
    colour = {
        Tlp.CLEAR: (1.0, 1.0, 1.0),
        Tlp.GREEN: (0.2, 1.0, 0.0),
        Tlp.AMBER: (1.0, 0.7529412, 0.0),
        Tlp.AMBER_STRICT: (1.0, 0.7529412, 0.0),
        Tlp.RED: (1.0, 0.16862746, 0.16862746),
    }[level]
    contents = reader.pages[0].get_contents()
    assert contents is not None
    used = [
        tuple(round(float(part), 4) for part in operands)
        for operands, operator in contents.operations
        if operator in (b"scn", b"rg", b"g") and operands and len(operands) in (1, 3)
    ]
    wanted = tuple(round(part, 4) for part in colour)
    assert wanted in used or (level is Tlp.CLEAR and (1.0,) in used)


def test_pages_are_numbered_and_dated(page_texts: list[str]) -> None:
    for number, text in enumerate(page_texts, start=1):
        assert f"Page {number} of {len(page_texts)}" in " ".join(text.split())
        assert number == 1 or "Data as of 12 November 2026 · made offline" in text


def test_the_head_of_a_page_names_kind_and_title(page_texts: list[str], sample: Brief) -> None:
    for text in page_texts:
        assert sample.kind_title in text
        assert sample.title in " ".join(text.split())


def test_the_list_of_sources_names_the_pages_that_cite(page_texts: list[str]) -> None:
    (page,) = (text for text in page_texts if "ATT&CK Enterprise 13.1" in text)
    row = page.split("ATT&CK Enterprise 13.1")[1].split("On Check Point")[0]
    assert "Mar 2023" in row
    assert row.split()[-2:] == ["3", "8"]  # its page, then the number of the next row


def test_likelihood_and_confidence_are_two_lines(page_texts: list[str]) -> None:
    lines = [line for text in page_texts for line in text.splitlines()]
    assert sum("Likelihood" in line for line in lines) == 4
    for line in lines:
        assert not ("Likelihood" in line and "Confidence" in line)


def test_dissent_is_called_dissent_in_print(plain: Brief) -> None:
    dissent = Paragraph(spans("The ministry denies it."), "dissent")
    pages = texts(pdf.render(below_filler(plain, 1, dissent)))
    assert "Dissent. The ministry denies it." in pages[0]


def test_pictures_show_the_same_pages(sample: Brief, page_texts: list[str]) -> None:
    pictures = pdf.pages(sample, 50)
    assert len(pictures) == len(page_texts)
    for picture in pictures:
        assert picture.startswith(PNG)
        width, height = struct.unpack(">II", picture[16:24])
        assert (width, height) == (413, 585)


def test_us_letter_is_a_parameter(sample: Brief) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(sample, "us-letter")))
    assert tuple(round(float(side)) for side in reader.pages[0].mediabox[2:]) == (612, 792)


def test_a_page_that_fits_is_no_overflow(plain: Brief) -> None:
    assert pdf.overflow(plain) == ()


def test_an_executive_page_that_runs_over_names_its_longest_sections(plain: Brief) -> None:
    part = one_page()
    long = Section("long", "Too much", tuple(Paragraph(spans("word " * 120)) for _ in range(6)))
    brief = replace(plain, parts=(replace(part, sections=(*part.sections, long)), full()))
    found = pdf.overflow(brief)
    assert len(found) == 3
    assert found[0].startswith("Too much, ")
    assert found[0].endswith(" mm")


def test_a_full_version_may_have_many_pages(plain: Brief) -> None:
    assert pdf.overflow(replace(plain, parts=(full(), full(), full()))) == ()


@pytest.mark.parametrize("rows", [20, 26, 32, 38, 44])
def test_a_heat_table_never_breaks_across_pages(plain: Brief, rows: int) -> None:
    pages = texts(pdf.render(below_filler(plain, rows, heat(), wide=True)))
    (page,) = (text for text in pages if "Ingress Tool Transfer" in text)
    for words in ("Tested", "T1083", "Groups using it", "and 44 more"):
        assert words in page


@pytest.mark.parametrize("rows", range(38, 47, 2))
def test_a_judgement_never_breaks_across_pages(plain: Brief, rows: int) -> None:
    words = " ".join(f"word{number}" for number in range(40))
    judgement = KeyJudgement(spans(words), Likelihood.LIKELY, Confidence.LOW)
    pages = texts(pdf.render(below_filler(plain, rows, judgement)))
    (page,) = (text for text in pages if "word0" in text)
    for expected in ("Tested", "word39", "55–80 %", "Confidence"):
        assert expected in page


@pytest.mark.parametrize("rows", range(36, 47, 2))
def test_a_section_starts_where_its_head_and_two_rows_fit(plain: Brief, rows: int) -> None:
    facts = Facts(tuple((f"Fact {number}", spans("value " * 30)) for number in range(6)))
    pages = texts(pdf.render(below_filler(plain, rows, facts)))
    (page,) = (text for text in pages if "Tested" in text)
    assert "Fact 0" in page
    assert "Fact 1" in page


def test_a_mark_of_an_unlisted_source_is_refused(plain: Brief) -> None:
    brief = replace(plain, sources=plain.sources[1:])
    with pytest.raises(BriefingError, match="“misp-galaxy”, which the briefing does not list"):
        pdf.render(brief)


def test_marks_print_without_a_list_to_jump_to(plain: Brief) -> None:
    brief = replace(plain, parts=(full(),))
    assert "[2]" in " ".join(texts(pdf.render(brief)))


def test_other_threads_run_while_a_document_is_set(sample: Brief) -> None:
    done = threading.Event()
    turns = 0

    def count() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1

    counter = threading.Thread(target=count)
    counter.start()
    before = turns
    pdf.pages(replace(sample, title="Set while another thread counts"), 200)
    after = turns
    done.set()
    counter.join()
    assert after - before > 1000


@pytest.mark.parametrize("rows", range(40, 47))
def test_a_row_of_the_trace_never_breaks_across_pages(plain: Brief, rows: int) -> None:
    keys = tuple(source.key for source in plain.sources)
    trace = Trace((TraceRow("Block", "says", keys * 3, 2, "", 1),))
    pages = texts(pdf.render(below_filler(plain, rows, trace, wide=True)))
    (page,) = (text for text in pages if "Tested" in text)
    assert page.count("[12]") == 3


def test_a_narrow_row_higher_than_a_page_is_printed_whole(plain: Brief) -> None:
    words = " ".join(f"w{number}" for number in range(220))
    table = Table((Column("A", 0.1), Column("B", 2.0)), ((spans(words), spans("b")),))
    pages = texts(pdf.render(below_filler(plain, 1, table)))
    printed = " ".join(pages)
    assert all(f"w{number}" in printed for number in range(220))
