"""Page numbers in fields until Word counts: lines, rows and pages as Word breaks them."""

from __future__ import annotations

import re
from dataclasses import replace

from docx_reading import W, heads_and_feet, text, xml
from sample_brief import gamaredon

from briefing.core.brief import Brief, Column, Paragraph, Part, Section, Table, spans
from briefing.exports import docx
from briefing.exports.docx_layout import Layout
from briefing.exports.docx_markup import paragraph, run
from briefing.exports.docx_pages import FOOT, TOP
from briefing.exports.docx_table import Cell, table

_LINES = int(((297 - TOP - FOOT) * 72 / 25.4 - 2 * 4) / 13) + 1
"""Lines of ordinary text that no page holds in two paragraphs, for want of one line."""


def marked(name: str, words: str, style: str = "Normal", props: str = "") -> str:
    place = f'<w:bookmarkStart w:id="1" w:name="{name}"/><w:bookmarkEnd w:id="1"/>'
    return paragraph(style, place + run(words), props)


def lines(many: int) -> str:
    """A paragraph of so many lines: each word is as long as a line."""
    return paragraph("Normal", run(" ".join(["m" * 50] * many)))


def test_a_word_that_does_not_fit_begins_a_line() -> None:
    assert Layout(lines(_LINES - 2) + marked("here", "x")).places["here"] == 1
    assert Layout(lines(_LINES - 1) + marked("here", "x")).places["here"] == 2


def test_long_paragraphs_go_on_over_pages() -> None:
    assert Layout(lines(20) + lines(_LINES) + marked("here", "x")).pages == 2
    assert Layout(marked("here", "x") + lines(3 * _LINES)).places["here"] == 1


def test_a_heading_stays_with_what_follows() -> None:
    filled = lines(_LINES - 3)
    body = filled + marked("head", "Head", "Heading1") + lines(3)
    assert Layout(body).places["head"] == 2


def test_a_part_begins_a_page() -> None:
    body = lines(1) + marked("part", "Part", "Title", "<w:pageBreakBefore/>")
    assert Layout(body).places["part"] == 2
    assert Layout(marked("part", "Part", "Title", "<w:pageBreakBefore/>")).places["part"] == 1


def test_a_cover_counts_as_a_page() -> None:
    assert Layout(marked("here", "x"), front=1).places["here"] == 2


def test_rows_stay_whole_and_repeat_their_head() -> None:
    row = [Cell(paragraph("TableText", run(" ".join(["m" * 50] * 10))))]
    head = [Cell(paragraph("TableHead", run("Head")))]
    bare = Layout(table("RuledTable", (1,), [row] * 12) + marked("end", "x"))
    headed = Layout(table("RuledTable", (1,), [row] * 12, head=head) + marked("end", "x"))
    assert bare.pages == headed.pages == 3
    whole = Layout(lines(30) + table("RuledTable", (1,), [row] * 4, whole=True))
    assert whole.pages == 2


def test_a_column_narrower_than_its_margins_still_ends() -> None:
    cells = [Cell(paragraph("TableText", run(words))) for words in ("m" * 40, "wide")]
    laid = Layout(table("RuledTable", (0.01, 7), [cells]) + marked("end", "x"))
    assert laid.places["end"] == 1


def test_contents_and_footer_show_what_was_laid_out() -> None:
    brief = gamaredon()
    content = docx.render(brief)
    body = xml(content)
    numbers = [
        int(re.search(r"(\d+)$", text(it))[1])  # type: ignore[index]  # every line ends in one
        for it in body.iter(f"{W}p")
        if (style := it.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "TOC1"
    ]
    assert numbers == sorted(numbers)
    assert numbers[0] == 3  # behind the cover and the page for those in a hurry
    for name, part in heads_and_feet(content):
        if "footer" in name:
            found = re.search(r"of (\d+)", text(part))
            assert found is not None
            assert int(found[1]) >= numbers[-1]


def test_a_longer_table_moves_what_follows(plain: Brief) -> None:
    def last_page(rows: int) -> int:
        block = Table((Column("Name"),), tuple((spans(f"row {n}"),) for n in range(rows)))
        sections = [
            Section(str(n), f"Section {n}", (block if n == 1 else Paragraph(spans("x")),))
            for n in range(5)
        ]
        part = Part("Part", "", tuple(sections))
        body = xml(docx.render(replace(plain, parts=(part,), made_from=())))
        entries = [text(it) for it in body.iter(f"{W}p") if "Section 4 " in text(it)]
        return int(entries[0].rpartition(" ")[2])

    assert last_page(3) == 1
    assert last_page(60) == 2
    assert last_page(100) == 3
