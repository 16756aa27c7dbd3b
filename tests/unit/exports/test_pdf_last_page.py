"""A part does not end on a page that is almost empty, where a section can come over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_reading import pages_of, places, texts

from briefing.core.brief import (
    Bars,
    Brief,
    Column,
    Facts,
    MadeFrom,
    Paragraph,
    Part,
    Section,
    Table,
    Trace,
    TraceRow,
    spans,
)
from briefing.exports import pdf

FOOT, TOP = 57.0, 774.0
"""Points from the lower edge of an A4 page to the end and the beginning of its text."""


def part(*sizes: int, one_page: bool = False) -> Part:
    """Sections with so many rows."""
    sections = tuple(
        Section(
            f"s{n}", f"Section {n}", (Facts(tuple((f"{n}.{r}", spans("x")) for r in range(size))),)
        )
        for n, size in enumerate(sizes)
    )
    return Part("Part", "", sections, one_page=one_page)


def pages(brief: Brief, *parts: Part) -> list[str]:
    return texts(pdf.render(replace(brief, parts=parts, made_from=())))


def filled(brief: Brief, *parts: Part) -> list[float]:
    """Of each page, the share that is above its last words."""
    content = pdf.render(replace(brief, parts=parts, made_from=()))
    return [
        (TOP - min(y for _, _, y in places(page) if y > FOOT)) / (TOP - FOOT)
        for page in pages_of(content)
    ]


def test_a_last_page_with_little_on_it_takes_the_section_before_over(plain: Brief) -> None:
    found = pages(plain, part(28, 21))
    assert len(found) == 2
    assert "Section 1" not in found[0]
    assert "1.0" in found[1]
    assert all(share >= 0.25 for share in filled(plain, part(28, 21)))


@pytest.mark.parametrize("last", range(14, 30, 3))
def test_no_part_ends_on_less_than_a_quarter_of_a_page(plain: Brief, last: int) -> None:
    assert all(share >= 0.25 for share in filled(plain, part(22, last), part(30, last)))


def test_a_last_page_that_is_full_enough_is_left_alone(plain: Brief) -> None:
    found = pages(plain, part(28, 40))
    assert "Section 1" in found[0]


def test_one_section_over_two_pages_is_left_alone(plain: Brief) -> None:
    found = pages(plain, part(46))
    assert "0.30" in found[0]


def test_a_page_is_not_emptied_for_the_next(plain: Brief) -> None:
    found = pages(plain, part(8, 40))
    assert "Section 1" in found[0]


def test_what_should_fit_one_page_is_never_pushed_apart(plain: Brief) -> None:
    found = pages(plain, part(28, 21, one_page=True))
    assert "Section 1" in found[0]


def test_the_list_of_snapshots_does_not_stand_alone(plain: Brief) -> None:
    content = pdf.render(plain)
    last = texts(content)[-1]
    assert "Made from" in last
    assert "Evidence trace" in last


def snapshots(count: int) -> tuple[MadeFrom, ...]:
    notice = "A notice that the licence of this catalogue wants to be kept with it. " * 2
    return tuple(MadeFrom(n, f"Catalogue {n}", "1.0", notice, 12, "ab" * 32) for n in range(count))


@pytest.mark.parametrize("rows", range(14, 44, 4))
def test_what_a_brief_is_made_from_never_has_the_last_page_to_itself(
    plain: Brief, rows: int
) -> None:
    trace = Trace(tuple(TraceRow(f"Block {n}", "says", (), 2, "", 3) for n in range(rows)))
    parts = (Part("Part", "", (Section("trace", "Evidence trace", (trace,), wide=True),)),)
    found = texts(pdf.render(replace(plain, parts=parts, made_from=snapshots(6))))
    assert "Made from" in found[-1]
    assert "Block" in found[-1]
    assert [text for page in found for text in page.split() if text == "says"] == ["says"] * rows


def table(rows: int) -> Table:
    return Table((Column("Name"),), tuple((spans(f"row {n}"),) for n in range(rows)))


def facts(count: int) -> Facts:
    return Facts(tuple((f"fact {n}", spans("x")) for n in range(count)))


@pytest.mark.parametrize("filler", range(14, 26))
def test_no_row_stands_alone_at_the_head_of_a_page(plain: Brief, filler: int) -> None:
    sections = (
        Section("f", "Filler", (facts(filler),)),
        Section("t", "Tested", (table(18),), wide=True),
        Section("m", "More", (facts(50),)),
    )
    found = pages(plain, Part("Part", "", sections))
    (page,) = (text for text in found if "row 17" in text)
    assert "row 16" in page


@pytest.mark.parametrize("lines", range(1, 4))
@pytest.mark.parametrize("filler", range(40, 46))
def test_a_paragraph_that_names_a_table_stands_on_its_page(
    plain: Brief, filler: int, lines: int
) -> None:
    named = Paragraph(spans("Issuer, named " + "at length " * 11 * (lines - 1)))
    blocks = (facts(filler), named, table(4), facts(50))
    found = pages(plain, Part("Part", "", (Section("t", "Tested", blocks, wide=True),)))
    (page,) = (text for text in found if "Issuer, named" in text)
    assert "row 0" in page


def test_a_block_of_a_wide_section_comes_over_to_an_almost_empty_last_page(plain: Brief) -> None:
    blocks = (table(30), table(9), table(3))
    found = pages(plain, Part("Part", "", (Section("t", "Tested", blocks, wide=True),)))
    assert len(found) == 2
    assert found[1].count("row ") > 3


@pytest.mark.parametrize("filler", range(30, 44, 2))
def test_bars_stand_on_one_page_with_their_note(plain: Brief, filler: int) -> None:
    bars = Bars(tuple((f"bar {n}", n) for n in range(8)), "techniques", spans("What a bar counts."))
    sections = (Section("f", "Filler", (facts(filler),)), Section("b", "Tested", (bars,)))
    found = pages(plain, Part("Part", "", sections))
    (page,) = (text for text in found if "bar 0" in text)
    assert "bar 7" in page
    assert "What a bar counts." in page


def test_the_legend_of_a_map_says_no_reports_for_countries_without_a_colour(
    sample_pdf: bytes,
) -> None:
    printed = " ".join(texts(sample_pdf))
    assert "no reports" in printed
    assert ") none" not in printed


@pytest.mark.parametrize("snapshots", [6, 11, 16])
def test_what_a_brief_is_made_from_stays_together(plain: Brief, snapshots: int) -> None:
    made = MadeFrom(1, "Catalogue", "v1", "Free to use by anybody for anything. " * 3, 9, "0" * 64)
    brief = replace(
        plain,
        parts=(part(14, 10),),
        made_from=tuple(replace(made, snapshot=n) for n in range(snapshots)),
    )
    found = texts(pdf.render(brief))
    assert sum("Free to use" in page for page in found) == 1
