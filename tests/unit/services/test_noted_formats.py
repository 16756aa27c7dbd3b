"""A note is data in every format: whatever was typed is words on the page, and runs nowhere."""

from __future__ import annotations

import io
import zipfile

import orjson
import pytest
from html_reading import Page, squeezed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import markdown
from worded_briefs import brief, note

from briefing.core.brief import Brief, Note
from briefing.core.errors import BriefingError
from briefing.exports import pdf
from briefing.exports.links import safe_href
from briefing.exports.registry import FORMATS, by_name
from briefing.services.notes import read_note

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](https://example.org)",
    "<javascript:alert(1)>",
    "![p](file:///etc/passwd)",
    '#read("/etc/passwd")',
    '#import "@preview/x:1"',
    "=cmd|'/c calc'!A1",
    "{{7*7}} ${x} #{y}",
    "</w:t></w:r>",
    "]]>",
    "-->",
    "</style><svg onload=alert(1)>",
    "\\u003cscript\\u003e",
    "@SUM(1+1)",
    "**strong** *soft* `code`",
    "- item",
    "> said",
    "# Head",
    "1. one",
    "    typed",
    "```\n<b>\n```",
    "word",
)
TYPED = st.lists(
    st.sampled_from(HOSTILE) | st.text(alphabet="abc <>&\"'[]()#*_`\\=-+.!$~|{}", max_size=12),
    min_size=1,
    max_size=12,
).map("\n\n".join)
EXECUTES = {"script", "iframe", "object", "embed", "form", "base", "link", "input", "button"}


def noted(text: str) -> Brief:
    return brief(Note(read_note(text).nodes))


def readable(text: str) -> bool:
    try:
        read_note(text)
    except BriefingError:
        return False
    return True


def allowed(text: str) -> Page:
    """The whole of a page of HTML, once nothing on it runs or leads anywhere it may not."""
    page = Page(text)
    assert not page.names & EXECUTES
    assert not [name for _, found in page.tags for name in found if name.startswith("on")]
    links = [href for href in page.values("href") if not href.startswith("#")]
    assert [href for href in links if not safe_href(href)] == []
    assert [src for src in page.values("src") if not src.startswith("data:image/")] == []
    return page


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED.filter(readable))
def test_in_html_a_note_is_words_and_runs_nothing(text: str) -> None:
    bare = Page(by_name("html").render(brief(note("Nothing.")))).names
    page = allowed(by_name("html").render(noted(text)).decode())
    plain = {"p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "wbr", "br"}
    assert page.names - bare <= plain | {"h4", "h5", "h6"}
    assert page.odd == []


@settings(max_examples=150)
@given(TYPED.filter(readable))
def test_in_markdown_a_note_is_words_for_a_reader_who_lets_html_through(text: str) -> None:
    content = by_name("md").render(noted(text)).decode()
    page = Page(markdown(content))
    assert not page.names & (EXECUTES | {"img", "svg", "style"})
    assert [href for href in page.values("href") if not safe_href(href)] == []
    assert page.odd == []


@settings(max_examples=60)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=8))
def test_every_word_of_a_note_is_in_html_and_in_markdown(pieces: list[str]) -> None:
    # Words behind an opening fence name a language and are not printed, so these stand before.
    typed = [f"kept{number} {piece}" for number, piece in enumerate(pieces)]
    made = noted("\n\n".join(typed))
    html = squeezed(Page(by_name("html").render(made)).words)
    text = squeezed(Page(markdown(by_name("md").render(made).decode())).words)
    for number in range(len(pieces)):
        assert f"kept{number}" in html
        assert f"kept{number}" in text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '#read("/etc/passwd")', "=cmd|'/c calc'!A1", "[a](javascript:x)"],
)
def test_what_is_typed_stands_in_html_as_it_was_typed(text: str) -> None:
    page = Page(by_name("html").render(noted(text)))
    assert squeezed(text if "javascript" not in text else "a") in squeezed(page.words)


def test_on_a_page_of_a_pdf_a_call_of_typst_is_words() -> None:
    """Were it run, there would be no such file in the empty folder, and no page."""
    made = noted('#read("/etc/passwd")\n\n#panic("x") $x^2$ @ref <label> \\ // */ = head')
    assert by_name("pdf").render(made).startswith(b"%PDF-")
    assert len(pdf.pages(made, 30)) == 1


@pytest.mark.parametrize("target", [one.name for one in FORMATS if one.name != "navigator"])
def test_every_format_takes_a_note_of_every_kind_of_words(target: str) -> None:
    made = noted("\n\n".join(HOSTILE))
    first, again = (by_name(target).render(made) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("target", ["docx", "pptx", "xlsx", "csv"])
def test_packages_hold_no_script_no_macro_and_no_address_that_a_note_may_not_have(
    target: str,
) -> None:
    content = by_name(target).render(noted("\n\n".join(HOSTILE)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        relations = "".join(package.read(name).decode() for name in names if name.endswith(".rels"))
    assert [name for name in names if "vba" in name.lower()] == []
    for scheme in ("javascript:", "file:", "data:"):
        assert f'Target="{scheme}' not in relations


def test_in_stix_a_note_adds_no_object_and_no_key() -> None:
    said, bare = (
        orjson.loads(by_name("stix").render(noted(text)))
        for text in ('<b>","type":"malware","x":"', "Nothing.")
    )
    assert [sorted(one) for one in said["objects"]] == [sorted(one) for one in bare["objects"]]
