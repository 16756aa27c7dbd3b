"""Markdown: readable as it stands, and never more than the words it was given."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import markdown as python_markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_brief import WITHHELD_CANARY, appendix, full

from briefing.core.brief import (
    Action,
    Actions,
    AnyBlock,
    Bars,
    Brief,
    Bullets,
    Column,
    Event,
    Facts,
    Mark,
    Paragraph,
    Part,
    Quotation,
    Section,
    Span,
    Style,
    Table,
    Text,
    Timeline,
    spans,
)
from briefing.core.errors import BriefingError
from briefing.core.tlp import Tlp
from briefing.exports import markdown
from briefing.exports.fonts import printable
from briefing.exports.markdown_text import bullets, escape, heading, inline
from briefing.exports.marks import Numbers

SYNTAX = "[]()<>*_`~#+-=|\\!&;:{}$@/.0123456789 \n\tahpstw\"'\x02\x03"
WORDS = st.text(
    st.one_of(st.sampled_from(SYNTAX), st.characters(exclude_categories=["Cs"])), max_size=60
)


class Reader(HTMLParser):
    """Tags with their attributes, comments, and the text of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", {}))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(("declaration", {}))

    def handle_pi(self, data: str) -> None:
        self.tags.append(("instruction", {}))


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(python_markdown.markdown(text, extensions=["tables"]))
    reader.close()
    return reader


def names(reader: Reader) -> set[str]:
    return {tag for tag, _ in reader.tags}


def squeezed(text: str) -> str:
    return "".join(printable(text).split())


def only_paragraph(brief: Brief, text: Text) -> str:
    return inline(text, Numbers(brief))


def brief_of(blocks: tuple[AnyBlock, ...], words: str = "Title") -> Brief:
    from_blocks = (Section("s", words, blocks, note=spans(words)),)
    return Brief(
        kind="actor",
        kind_title=words,
        subject=words,
        title=words,
        parts=(Part(words, words, from_blocks),),
        sources=(),
        made_from=(),
        data_as_of="2026",
        ceiling=Tlp.CLEAR,
        tlp=Tlp.CLEAR,
        author=words,
    )


@pytest.fixture(scope="module")
def document(sample: Brief) -> str:
    return markdown.render(sample).decode("utf-8")


def test_title_then_marking_come_first(document: str, sample: Brief) -> None:
    lines = document.splitlines()
    assert lines[0] == f"# {sample.title}"
    assert lines[2].startswith("**TLP:CLEAR** May be shared with anybody.")
    assert "Data as of 12 November 2026." in lines[2]


def test_it_ends_with_what_it_was_made_from_and_its_statements(document: str) -> None:
    end = document[document.index("## Made from") :]
    assert "ATT&CK® is a registered trademark of The MITRE Corporation." in end
    assert "## Statements" in end
    assert "Key judgements 11–14" in end


def test_sources_are_numbered_as_their_marks(document: str, sample: Brief) -> None:
    for number, source in enumerate(sample.sources, start=1):
        (line,) = (
            row for row in document.splitlines() if row.startswith(f"{number}. {source.title}")
        )
        assert f"Grade {source.grade.code}" in line
        assert source.rests_on in line
        assert not source.url or line.endswith(f"<{source.url}>")


def test_sources_are_added_where_no_part_lists_them(sample: Brief) -> None:
    text = markdown.render(replace(sample, parts=(full(),))).decode("utf-8")
    assert "## Sources\n\n1. Galaxy threat-actor cluster, version 349." in text


def test_marks_are_numbers_in_brackets(document: str) -> None:
    assert "Ukraine’s state and military.[2][6]" in document


def test_likelihood_and_confidence_are_two_lines(document: str) -> None:
    assert (
        "    - Likelihood: **almost certain**, 95–99\u00a0%\n    - Confidence: **high**" in document
    )


def test_a_reader_sees_tables_lists_and_links_and_nothing_else(document: str) -> None:
    reader = read(document)
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    prose = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "strong", "em", "code", "ul", "ol", "li", "a"}
    prose |= {"blockquote", "br"}
    assert names(reader) <= table | prose
    targets = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert targets
    assert all(target and target.startswith("https://") for target in targets)


def test_nothing_withheld_is_in_it(document: str) -> None:
    assert WITHHELD_CANARY not in document


def test_dissent_is_called_dissent(document: str) -> None:
    assert "*Dissent.* **One origin for the state link.**" in document


def test_the_same_brief_gives_the_same_bytes(sample: Brief) -> None:
    assert markdown.render(sample) == markdown.render(sample)


def test_half_a_character_is_refused_in_a_sentence(sample: Brief) -> None:
    with pytest.raises(BriefingError, match="not Unicode"):
        markdown.render(replace(sample, title="\ud800"))


def test_a_row_with_too_many_cells_is_refused(sample: Brief) -> None:
    table = Table((Column("One"),), ((spans("a"), spans("b")),))
    part = Part("Part", "", (Section("s", "Section", (table,)),))
    with pytest.raises(BriefingError, match="more cells than columns"):
        markdown.render(replace(sample, parts=(part,)))


@given(WORDS)
@example("&lt;script&gt;alert(1)&lt;/script&gt;")
@example("<script>alert(1)</script>")
@example("1. one")
@example("&#0")
@example("[x](javascript:alert(1))")
@example("![x](file:///x)")
@example("<!-- x -->")
@example("    code")
@example("***")
@example("www.example.org https://example.org a@example.org")
def test_any_text_is_a_paragraph_of_that_text(words: str) -> None:
    reader = read(escape(words))
    assert names(reader) <= {"p"}
    assert " ".join(reader.text.split()) == " ".join(printable(words).split())


@given(WORDS)
def test_any_text_is_a_heading_or_an_item_of_that_text(words: str) -> None:
    for text, allowed in ((heading(2, words), {"h2"}), (bullets([escape(words)]), {"ul", "li"})):
        reader = read(text)
        assert names(reader) <= allowed
        assert "".join(reader.text.split()) == squeezed(words)


@given(st.lists(st.tuples(WORDS, st.sampled_from(Style)), max_size=5))
def test_styled_text_keeps_its_words(pieces: list[tuple[str, Style]]) -> None:
    text = tuple(Span(words, style) for words, style in pieces)
    reader = read(inline(text, Numbers(brief_of(()))))
    assert names(reader) <= {"p", "strong", "em", "code"}
    assert "".join(reader.text.split()) == squeezed("".join(words for words, _ in pieces))


@given(WORDS, WORDS)
@example("see", "(https://example.org)")
@example("", ": https://example.org")
@example("", "[https://example.org]")
def test_a_mark_never_becomes_a_link(sample: Brief, before: str, after: str) -> None:
    text = (Span(before), Mark(("misp-galaxy", "attack-g0047")), Span(after))
    reader = read(only_paragraph(sample, text))
    assert names(reader) <= {"p"}
    assert "".join(reader.text.split()) == squeezed(before) + "[1][2]" + squeezed(after)


@given(WORDS)
def test_no_field_becomes_html(words: str) -> None:
    text = spans(words)
    blocks = (
        Paragraph(text),
        Facts(((words, text),)),
        Table((Column(words), Column("b")), ((text, text), (text,)), note=text),
        Bars(((words, 3),), words, note=text),
        Timeline((Event(words, text),)),
        Actions((Action(words, text, (words,), (words,), words),)),
        Quotation(text, words),
        Bullets((text, text)),
    )
    reader = read(markdown.render(brief_of(blocks, words)).decode("utf-8"))
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    assert names(reader) <= table | {"h1", "h2", "h3", "p", "strong", "ul", "li", "blockquote"}
    assert all(set(attributes) <= {"style"} for _, attributes in reader.tags)


@given(WORDS)
def test_only_https_and_mail_become_links(address: str) -> None:
    text = (
        Span("here", href=address),
        Span(" and "),
        Span("there", href="https://ok.example/a(b)"),
    )
    reader = read(inline(text, Numbers(brief_of(()))))
    targets = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert targets[-1] == "https://ok.example/a%28b%29"
    assert all(target and target.startswith(("https://", "mailto:")) for target in targets)


@given(WORDS, WORDS, WORDS)
@example("look!", "here", "(x)")
@example("!", "[here](x)", "")
@example("a\\!", "here", "")
def test_a_link_stays_one_link_whatever_stands_around_it(
    before: str, words: str, after: str
) -> None:
    link = Span(f"a{words}b", href="https://ok.example/")
    reader = read(inline((Span(before), link, Span(after)), Numbers(brief_of(()))))
    assert names(reader) <= {"p", "a"}
    assert [attributes for tag, attributes in reader.tags if tag == "a"] == [{"href": link.href}]
    assert "".join(reader.text.split()) == squeezed(before + link.text + after)


def test_an_appendix_alone_is_a_document(sample: Brief) -> None:
    text = markdown.render(replace(sample, parts=(appendix(),), made_from=())).decode("utf-8")
    assert "### Evidence trace" in text
    assert "## Statements" not in text
