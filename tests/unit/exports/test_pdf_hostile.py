"""Whatever a source calls itself, it is printed and does nothing."""

from __future__ import annotations

import dataclasses
import io
from enum import Enum
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.core.brief import Brief, Note, NoteText, Paragraph, Part, Section, Span, spans
from briefing.core.errors import BriefingError
from briefing.exports import pdf
from briefing.exports.fonts import coverage
from briefing.exports.typst_engine import engine

NOT_WORDS = frozenset(
    (
        "key",
        "sources",
        "url",
        "published",
        "date",
        "kind",
        "language",
        "data_as_of",
        "edge",
        "countries",
        "sha256",
        "reliability",
        "logo",
        "primary",
        "secondary",
    )
)
HOSTILE = (
    '#read("/etc/passwd")',
    '<img src="file:///x">',
    "#{panic()} $x^2$ `a` *b* _c_ @ref <label> \\ // x /* y */ ~ --- = h",
    "= Heading #let x = 1 #x",
    "#sys.inputs",
    '"; #read("x") //',
)


def with_words(value: Any, words: str, name: str = "") -> Any:
    """The same value with every text in it replaced."""
    if name in NOT_WORDS or isinstance(value, Enum | int | float):
        return value
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(with_words(part, words) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        new = {f.name: with_words(getattr(value, f.name), words, f.name) for f in fields}
        return dataclasses.replace(value, **new)
    return value


def one_paragraph(brief: Brief, *text: str | Span) -> Brief:
    section = Section("s", "Section", (Paragraph(spans(*text)),))
    return dataclasses.replace(brief, parts=(Part("Part", "", (section,)),), made_from=())


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


@pytest.mark.parametrize("words", HOSTILE)
def test_code_in_any_field_is_printed_as_text(sample: Brief, words: str) -> None:
    printed = text_of(pdf.render(with_words(sample, words)))
    assert printed.count("".join(words.split())) > 20


def test_a_hundred_thousand_brackets_are_printed_over_many_pages(plain: Brief) -> None:
    content = pdf.render(one_paragraph(plain, "[" * 100_000))
    reader = pypdf.PdfReader(io.BytesIO(content))
    assert len(reader.pages) > 10
    assert sum(page.extract_text().count("[") for page in reader.pages) == 100_000


@pytest.mark.parametrize("field", ["title", "kind_title", "subject", "author"])
def test_a_title_of_a_hundred_thousand_characters_is_no_fault(plain: Brief, field: str) -> None:
    brief = dataclasses.replace(one_paragraph(plain, "x"), **{field: "long " * 20_000})
    assert pdf.render(brief).startswith(b"%PDF")


def test_long_headings_are_printed_whole(plain: Brief) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    brief = dataclasses.replace(plain, parts=(Part(words, "", (Section("s", words, ()),)),))
    printed = text_of(pdf.render(brief))
    assert printed.count("word399") == 2


def test_an_empty_brief_is_a_page_with_its_marking(plain: Brief) -> None:
    brief = dataclasses.replace(
        with_words(plain, ""), parts=(), sources=(), made_from=(), data_as_of=""
    )
    assert "TLP:CLEAR" in text_of(pdf.render(brief))


def test_names_in_other_scripts_are_printed(sample_pdf: bytes) -> None:
    printed = text_of(sample_pdf)
    assert "Гамаредон" in printed
    assert set("غاماريدون") <= set(printed)


def test_a_character_of_a_source_without_a_glyph_is_said_in_words_and_explained_once(
    plain: Brief,
) -> None:
    brief = one_paragraph(plain, "花式熊 is Fancy Bear, 61398部队 a unit")
    printed = text_of(pdf.render(brief))
    assert "[Chinesecharacters]isFancyBear,61398[Chinesecharacters]aunit" in printed
    assert printed.count("standsforcharactersthatthetypefacesofthisdocumentlack") == 1
    assert pdf.pages(brief)
    assert "standsforcharacters" not in text_of(pdf.render(one_paragraph(plain, "Bear")))


def test_a_name_without_a_glyph_keeps_no_briefing_from_being_printed(plain: Brief) -> None:
    brief = dataclasses.replace(one_paragraph(plain, "x"), title="狼毒草 is one group", cover=True)
    assert "[Chinesecharacters]isonegroup" in text_of(pdf.render(brief))


def test_the_authors_own_words_are_refused_with_the_character_they_need(plain: Brief) -> None:
    note = Note(nodes=(NoteText(spans("花式熊 is Fancy Bear")),))
    section = Section("s", "Section", (note,))
    brief = dataclasses.replace(plain, parts=(Part("Part", "", (section,)),))
    with pytest.raises(BriefingError, match=r"“熊” \(U\+718A") as caught:
        pdf.render(brief)
    assert "花式熊 is Fancy Bear" in caught.value.detail
    with pytest.raises(BriefingError, match=r"U\+718A"):
        pdf.pages(brief)
    client = dataclasses.replace(one_paragraph(plain, "x"), client="熊", cover=True)
    with pytest.raises(BriefingError, match=r"U\+718A"):
        pdf.render(client)


def test_half_a_character_is_named(plain: Brief) -> None:
    with pytest.raises(BriefingError, match=r"U\+D800"):
        pdf.render(one_paragraph(plain, "a\ud800"))
    with pytest.raises(BriefingError, match="not Unicode"):
        pdf.render(dataclasses.replace(one_paragraph(plain, "a"), author="\ud800"))


def test_invisible_characters_are_left_out(plain: Brief) -> None:
    printed = text_of(pdf.render(one_paragraph(plain, "Fancy\u202e\x00\ufeff Be\u00adar\n27")))
    assert "FancyBear27" in printed


def test_only_https_and_mail_become_links(plain: Brief) -> None:
    addresses = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://example.org/",
        "https://example.org/a b",
        "https://example.org/ok",
        "mailto:a@example.org",
    )
    brief = one_paragraph(plain, *(Span("here ", href=address) for address in addresses))
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(brief)))
    links = [annotation.get_object()["/A"]["/URI"] for annotation in reader.pages[0]["/Annots"]]
    assert links == ["https://example.org/ok", "mailto:a@example.org"]


def test_nothing_can_be_read_from_the_root(plain: Brief) -> None:
    pdf.render(one_paragraph(plain, "x"))
    root = Path(engine()._root.name)
    assert root.is_dir()
    assert not list(root.iterdir())


def test_typst_sees_no_font_of_the_computer() -> None:
    assert set(engine()._fonts.families()) == {"Inter", "Noto Sans", "Noto Sans Arabic"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.sampled_from([chr(p) for p in sorted(coverage()) if 32 < p < 0x2000]), max_size=30)
)
def test_any_text_that_has_glyphs_can_be_set(plain: Brief, words: str) -> None:
    assert pdf.render(one_paragraph(plain, "a", words, "z")).startswith(b"%PDF")
