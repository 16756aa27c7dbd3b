"""Each kind of block in Word: nothing lost, in styles and tables a reader can work with."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import get_args

import markdown as python_markdown
import pytest
from brief_words import words_of
from docx_reading import (
    WP,
    W,
    all_text,
    brief_of,
    opened,
    paragraph_style,
    parts,
    runs,
    styled,
    text,
    written,
    xml,
)
from sample_brief import gamaredon

from briefing.core.brief import (
    AnyBlock,
    Block,
    Brief,
    Column,
    KeyJudgement,
    Mark,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Span,
    Style,
    Table,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.core.estimates import Confidence, Likelihood
from briefing.exports import docx, markdown
from briefing.exports.docx_table import scaled
from briefing.exports.fonts import printable

SAMPLE = gamaredon()
BLOCKS: list[AnyBlock] = list({type(block): block for block in SAMPLE.blocks()}.values())
MARKDOWN_ONLY = frozenset(
    (
        *("countries", "with", "the", "number", "of", "that", "name", "each"),
        *("in", "brackets", "yes", "breaks", "origin", "for"),
    )
)
"""Words of Markdown's own, where Word has a legend, a column, a square or a link."""


class Words(HTMLParser):
    """The words of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data + " "


def in_words(said: str) -> set[str]:
    bare = re.sub(r"https://(?:www\.)?", "", said.lower())
    return set(re.findall(r"[\w’.&/:?=-]*\w", bare))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_every_text_of_a_block_is_there(block: AnyBlock) -> None:
    found = "".join(all_text(docx.render(brief_of(block))).lower().split())
    for said in words_of(block):
        assert "".join(printable(said).lower().split()) in found, said


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_whatever_markdown_says_of_a_block_word_says_too(block: AnyBlock) -> None:
    brief = brief_of(block)
    reader = Words()
    reader.feed(python_markdown.markdown(markdown.render(brief).decode(), extensions=["tables"]))
    whole = reader.text[reader.text.index("Section") :].split("Statements")[0]
    if not isinstance(block, SourceList):
        whole = whole.split(" Sources ")[0]
    said = in_words(re.sub(r"\[\d+\]", " ", whole))
    there = in_words(all_text(docx.render(brief)))
    assert said - there <= MARKDOWN_ONLY


def test_every_kind_of_block_is_in_the_sample() -> None:
    assert {type(block) for block in BLOCKS} == set(get_args(AnyBlock))


def test_an_unknown_block_is_refused() -> None:
    class Dance(Block):
        pass

    with pytest.raises(TypeError, match="Dance"):
        docx.render(brief_of(Dance()))  # type: ignore[arg-type]  # what is tested


def test_judgements_share_a_table_and_are_numbered() -> None:
    judged = [
        KeyJudgement(spans(f"It will {word}."), Likelihood.LIKELY, Confidence.LOW)
        for word in ("stay", "go")
    ]
    body = written(judged[0], judged[1], Paragraph(spans("Between.")), judged[0])
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == 2
    assert runs(body, "Number") == ["1", "2", "3"]


def test_likelihood_and_confidence_are_two_lines_with_a_picture_each() -> None:
    body = written(KeyJudgement(spans("It will."), Likelihood.VERY_LIKELY, Confidence.NOT_STATED))
    assert styled(body, "Estimate") == [
        "Likelihood  very likely  80–95 %",
        "Confidence  not stated",
    ]
    shown = [it.get("descr") for it in body.iter(f"{WP}docPr")]
    assert shown == [
        "Scale from 1 to 99 %: very likely, 80–95\u00a0%",
        "Three steps: not stated",
    ]


def test_pictures_that_are_the_same_are_kept_once() -> None:
    judgement = KeyJudgement(spans("It will."), Likelihood.LIKELY, Confidence.LOW)
    content = docx.render(brief_of(*[judgement] * 5))
    assert len([name for name in parts(content) if "/media/" in name]) == 2


def test_marks_of_one_place_share_their_brackets() -> None:
    body = written(Paragraph((Span("Said."), Mark(("attack-g0047", "misp-galaxy")))))
    assert runs(body, "SourceMark") == ["[2", ",1]"]
    assert styled(body, "Normal") == ["Said.[2,1]"]


def test_a_mark_without_a_list_of_sources_is_no_link() -> None:
    body = written(Paragraph((Span("Said."), Mark(("attack-g0047",)))))
    assert not list(body.iter(f"{W}hyperlink"))


def test_marks_jump_to_the_full_list_where_there_is_one() -> None:
    marked = Paragraph((Span("Said."), Mark(("attack-g0047",))))
    for lists in ((SourceList(True), SourceList(False)), (SourceList(False), SourceList(True))):
        body = written(marked, *lists)
        (row,) = (
            it
            for it in body.iter(f"{W}tr")
            if any(mark.get(f"{W}name") == "source_2" for mark in it.iter(f"{W}bookmarkStart"))
        )
        assert "ATT&CK Enterprise 18.1, group G0047" in text(row)
    short = written(marked, SourceList(True))
    (place,) = (it.get(f"{W}name") for it in short.iter(f"{W}bookmarkStart"))
    assert place == "source_2"


def test_dissent_is_called_dissent_behind_an_ochre_edge() -> None:
    body = written(
        Paragraph(spans("We say."), edge="said"), Paragraph(spans("They say."), edge="dissent")
    )
    assert styled(body, "Said") == ["We say."]
    assert styled(body, "Dissent") == ["Dissent. They say."]


def test_two_quotations_keep_their_edges_apart() -> None:
    body = written(*[Quotation(spans("Words."), "Somebody")] * 2)
    order = [paragraph_style(it) for it in body.iter(f"{W}p")]
    assert order[-6:] == ["Quote", "QuoteSource", "Gap", "Quote", "QuoteSource"] or (
        order[order.index("Quote") :][:5] == ["Quote", "QuoteSource", "Gap", "Quote", "QuoteSource"]
    )


def test_tables_repeat_their_head_and_keep_rows_whole() -> None:
    rows = tuple((spans(f"row {n}"), spans("x")) for n in range(3))
    body = written(Table((Column("Name"), Column("Number", numeric=True)), rows))
    lines = list(body.iter(f"{W}tr"))
    assert len(lines) == 4
    assert all(it.find(f"{W}trPr/{W}cantSplit") is not None for it in lines)
    assert [it.find(f"{W}trPr/{W}tblHeader") is not None for it in lines] == [True] + [False] * 3
    assert styled(body, "TableHeadRight") == ["Number"]
    assert styled(body, "TableFigures") == ["x"] * 3


def test_a_row_longer_than_a_page_may_break() -> None:
    body = written(Table((Column("Name"),), ((spans("word " * 400),),)))
    (row,) = (it for it in body.iter(f"{W}tr") if "word" in text(it))
    assert row.find(f"{W}trPr/{W}cantSplit") is None


def test_columns_fill_the_page_exactly() -> None:
    assert sum(scaled((1, 1, 1))) == sum(scaled((0.01, 7.3, 2))) == 9638
    for table in xml(docx.render(SAMPLE)).iter(f"{W}tbl"):
        widths = [int(it.get(f"{W}w", "")) for it in table.iter(f"{W}gridCol")]
        assert sum(widths) in (9638, 11906)
        for row in table.iter(f"{W}tr"):
            cells = [int(it.get(f"{W}w", "")) for it in row.iter(f"{W}tcW")]
            assert sum(cells) == sum(widths)


def test_a_row_with_too_many_cells_is_refused() -> None:
    table = Table((Column("One"),), ((spans("a"), spans("b")),))
    with pytest.raises(BriefingError, match="more cells than columns"):
        docx.render(brief_of(table))


def test_an_empty_cell_is_a_dash() -> None:
    body = written(Table((Column("One"), Column("Two")), ((spans("a"),),)))
    assert styled(body, "TableText") == ["–"]


def test_two_tables_do_not_run_together() -> None:
    table = Table((Column("One"),), ((spans("a"),),))
    children = [it.tag.rpartition("}")[2] for it in next(iter(written(table, table)))]
    assert "".join(f"{it} " for it in children).count("tbl p tbl") == 1
    assert children[-2:] == ["p", "sectPr"]


def test_links_of_a_text_open_https_and_mail_only() -> None:
    targets = ("https://ok.example/", "mailto:a@ok.example", "javascript:alert(1)", "file:///x")
    words = tuple(Span("here", Style.STRONG, href=target) for target in targets)
    content = docx.render(brief_of(Paragraph(words)))
    relations = parts(content)["word/_rels/document.xml.rels"].decode()
    assert "https://ok.example/" in relations
    assert "mailto:a@ok.example" in relations
    assert "javascript" not in relations
    assert "file:" not in relations
    assert len(list(xml(content).iter(f"{W}hyperlink"))) == 2


def test_what_is_read_from_the_right_is_marked() -> None:
    body = written(Paragraph(spans("Known as غاماريدون في الصحافة, and so on.")))
    marked = [text(it) for it in body.iter(f"{W}r") if it.find(f"{W}rPr/{W}rtl") is not None]
    assert marked == ["غاماريدون في الصحافة"]
    assert "Known as غاماريدون في الصحافة, and so on." in styled(body, "Normal")


def test_the_contents_list_the_sections_of_the_full_version() -> None:
    body = xml(docx.render(SAMPLE))
    listed = [re.sub(r" \d+$", "", it) for it in styled(body, "TOC1")]
    full = [it.title for part in SAMPLE.parts if not part.one_page for it in part.sections]
    assert listed == [*full, "Made from"]
    (asked,) = (it.text or "" for it in body.iter(f"{W}instrText") if "TOC" in (it.text or ""))
    assert 'TOC \\o "1-1"' in asked
    names = [it.get(f"{W}name") for it in body.iter(f"{W}bookmarkStart")]
    assert asked.split("\\b ")[1].strip() in names


def test_one_page_has_no_contents_and_its_notes_beside_their_heads() -> None:
    page = replace(SAMPLE, parts=SAMPLE.parts[:1])
    body = xml(docx.render(page))
    assert not styled(body, "TOC1")
    assert "Key judgements  Example wording. The next twelve months.".replace(
        "  ", "\u00a0\u00a0"
    ).replace("\u00a0", " ") in styled(body, "Heading1")


def test_the_one_page_version_has_its_page_and_other_parts_follow_one_another(
    sample: Brief,
) -> None:
    body = xml(docx.render(sample))
    titles = [
        (paragraph_style(it), it.find(f"{W}pPr/{W}pageBreakBefore") is not None)
        for it in body.iter(f"{W}p")
        if paragraph_style(it) in ("Title", "PartTitle")
    ]
    assert [part.one_page for part in sample.parts[:2]] == [True, False]
    assert titles == [
        ("Title", False),
        ("Title", True),
        *[("PartTitle", False)] * (len(sample.parts) - 2),
    ]
    assert not [it for it in body.iter(f"{W}br") if it.get(f"{W}type") == "page"]


def test_a_heat_table_ends_with_its_legend_and_a_few_rows_on_one_page(sample: Brief) -> None:
    body = xml(docx.render(sample))
    (heat,) = (
        it
        for it in body.iter(f"{W}tbl")
        if (said := it.find(f"{W}tblPr/{W}tblDescription")) is not None
        and said.get(f"{W}val") == "Techniques by stage"
    )
    rows = list(heat.iter(f"{W}tr"))
    assert len(rows) > 2
    ends = [it for row in rows[-4:] for it in row.iter(f"{W}p")]
    assert all(it.find(f"{W}pPr/{W}keepNext") is not None for it in ends)


def test_no_row_of_a_table_stands_alone_on_the_next_page(sample: Brief) -> None:
    rows = tuple((spans(f"row {number}"),) for number in range(9))
    section = Section("s", "S", (Table((Column("Name"),), rows),))
    brief = replace(SAMPLE, parts=(Part("P", "", (section,)),), made_from=(), cover=False)
    body = xml(docx.render(brief))
    kept = [
        row.find(f".//{W}keepNext") is not None for row in next(body.iter(f"{W}tbl")).iter(f"{W}tr")
    ]
    assert kept == [True, True, *[False] * 6, True, False]


def test_nothing_but_a_hairline_stands_behind_the_last_table(sample: Brief) -> None:
    body = xml(docx.render(sample))
    last = [it for it in next(body.iter(f"{W}body")) if it.tag == f"{W}p"][-1]
    assert paragraph_style(last) == "End"


def test_an_empty_brief_opens() -> None:
    empty = replace(SAMPLE, parts=(), sources=(), made_from=(), cover=False, data_as_of="")
    assert opened(docx.render(empty)).sections
    one = replace(empty, parts=(Part("", "", (Section("", "", ()),)),))
    assert opened(docx.render(one)).sections
