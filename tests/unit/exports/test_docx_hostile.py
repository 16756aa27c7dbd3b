"""Whatever a source calls itself, Word prints it and does nothing."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace
from enum import Enum
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx_reading import W, all_text, brief_of, heads_and_feet, opened, parts, styled, text, xml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from odd_briefs import briefs

from briefing.core.brief import Brief, Paragraph, Part, Section, Span, spans
from briefing.core.errors import BriefingError
from briefing.exports import docx
from briefing.exports.docx_markup import clean
from briefing.exports.fonts import printable

KEPT = frozenset(
    (
        *("key", "sources", "url", "published", "date", "kind", "language", "data_as_of"),
        *("edge", "countries", "sha256", "reliability", "primary", "secondary", "logo"),
        *("origin", "id", "attack_id"),
    )
)
"""Fields that must stay what they are, or the brief would be another one."""
HOSTILE = (
    "</w:t></w:r><w:p/>",
    '"><script>alert(1)</script>&amp;&lt;',
    "]]><!-- --><?x y?>",
    "${accent} $accent %s {0}",
    '=HYPERLINK("https://x.example")',
)
WORDS = st.text(
    st.one_of(
        st.sampled_from("<>&\"'=$\t\n\x0b\x00\ufffe\uffff\u2028\u202e\u200b[]"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def with_words(value: Any, words: str, name: str = "") -> Any:
    """The same value with every text in it replaced."""
    if name in KEPT or isinstance(value, Enum | int | float):
        return value
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(with_words(part, words) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        new = {
            field.name: with_words(getattr(value, field.name), words, field.name)
            for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **new)
    return value


def without_spaces(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_in_any_field_is_printed_as_text(sample: Brief, words: str) -> None:
    content = docx.render(with_words(sample, words))
    printed = without_spaces(all_text(content))
    assert printed.count(without_spaces(words)) > 60
    for name, part in heads_and_feet(content):
        # On the cover the logo stands for the sender's name.
        named = name == "word/header1.xml" or without_spaces(words)[:12] in without_spaces(
            text(part)
        )
        assert named, name
    assert opened(content).core_properties.title == words
    assert b"<script" not in parts(content)["word/document.xml"]


def test_code_in_a_chart_is_text_in_its_workbook(sample: Brief) -> None:
    content = docx.render(with_words(sample, HOSTILE[-1]))
    books = [data for name, data in parts(content).items() if name.endswith(".xlsx")]
    assert books
    for book in books:
        sheet = parts(book)["xl/worksheets/sheet1.xml"]
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet


@settings(max_examples=60, deadline=None)
@given(WORDS)
@example("a\ufffeb\uffffc")
@example("\x00\x01\x1f")
def test_any_text_is_printed_as_other_formats_print_it(words: str) -> None:
    brief = brief_of(Paragraph(spans("a", words, "z")))
    brief = replace(
        brief,
        title=words,
        kind_title=words,
        subject=words,
        author=words,
        parts=(Part(words, words, (Section("s", words, brief.parts[0].sections[0].blocks),)),),
    )
    content = docx.render(brief)
    expected = re.sub("[\ufffe\uffff]", "", printable(f"a{words}z"))
    (found,) = styled(xml(content), "Normal")
    assert without_spaces(found) == without_spaces(expected.replace("\u2060", ""))
    assert opened(content).core_properties.author is not None


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(briefs())
def test_briefs_of_any_words_open_and_their_links_lead_somewhere(brief: Brief) -> None:
    content = docx.render(brief)
    assert opened(content).sections
    body = xml(content)
    names = {it.get(f"{W}name") for it in body.iter(f"{W}bookmarkStart")}
    anchors = {it.get(f"{W}anchor") for it in body.iter(f"{W}hyperlink")} - {None}
    assert anchors <= names
    for part in (body, *(it for _, it in heads_and_feet(content))):
        for cell in part.iter(f"{W}tc"):
            assert cell[-1].tag == f"{W}p"  # Word calls a cell that ends otherwise damaged


def test_half_a_character_is_refused_in_a_sentence(plain: Brief) -> None:
    for brief in (
        brief_of(Paragraph(spans("a\ud800"))),
        replace(plain, title="\ud800"),
        replace(plain, kind_title="x\udfff"),
        replace(plain, author="\ud800"),
    ):
        with pytest.raises(BriefingError, match="not Unicode"):
            docx.render(brief)


def test_what_nobody_can_see_is_left_out() -> None:
    assert clean("Fancy\u202e\x00\ufeff  Be\u00adar\n27") == "Fancy Bear 27"


def test_a_source_that_is_not_listed_is_named(plain: Brief) -> None:
    with pytest.raises(BriefingError, match="does not list"):
        docx.render(replace(plain, sources=plain.sources[:1]))


def test_titles_of_any_length_are_printed_whole_and_cut_where_lines_are_short(
    plain: Brief,
) -> None:
    long = " ".join(f"word{number}" for number in range(400))
    brief = replace(plain, title=long, kind_title=long, subject=long, author=long, cover=True)
    part = Part(long, long, (Section("s", long, ()),), one_page=True)
    content = docx.render(replace(brief, parts=(part,), made_from=()))
    assert styled(xml(content), "Title") == [long]
    assert styled(xml(content), "Heading1") == [long]
    for name, head in heads_and_feet(content):
        assert len(text(head)) < 150, name
    assert len(opened(content).core_properties.title) <= 250


def test_a_hundred_thousand_brackets_are_printed() -> None:
    content = docx.render(brief_of(Paragraph(spans("[" * 100_000))))
    assert all_text(content).count("[") == 100_000


def test_a_title_of_a_hundred_thousand_characters_is_cut_in_the_head(plain: Brief) -> None:
    content = docx.render(replace(plain, title="long " * 20_000, parts=plain.parts[:1]))
    (head,) = (text(part) for name, part in heads_and_feet(content) if "header" in name)
    assert "long long…" in head
    assert len(head) < 140


def test_an_address_is_data_in_its_relationship() -> None:
    address = "https://x.example/?a=1&b='2'"
    content = docx.render(brief_of(Paragraph((Span("here", href=address),))))
    relations = ET.fromstring(parts(content)["word/_rels/document.xml.rels"])  # noqa: S314 - our own
    assert address in {it.get("Target") for it in relations}
