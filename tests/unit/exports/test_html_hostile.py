"""Whatever a briefing holds is words on the page: never an element, an attribute or a style."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from html_reading import Page, squeezed
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sample_brief import unbranded

from briefing.core.brief import (
    AchRow,
    AchTable,
    Action,
    Actions,
    ActorReason,
    ActorReasons,
    Assessed,
    Bars,
    Brand,
    Brief,
    BriefSource,
    ClaimItem,
    ClaimsEvidence,
    Column,
    Event,
    EvidenceItem,
    Facts,
    HeatCell,
    HeatColumn,
    HeatTable,
    KeyJudgement,
    MadeFrom,
    Mark,
    Matrix,
    Note,
    NoteCode,
    NoteHeading,
    NoteList,
    NoteQuote,
    NoteText,
    Paragraph,
    Part,
    Quotation,
    Section,
    SourceList,
    Span,
    Stage,
    Stages,
    Style,
    Table,
    Timeline,
    Trace,
    TraceRow,
    WarningList,
    WorldMap,
    spans,
)
from briefing.core.estimates import Confidence, Likelihood
from briefing.core.grading import Grade
from briefing.core.tlp import Tlp
from briefing.exports import html
from briefing.exports.html_markup import element, text, verbatim

SYNTAX = "<>&\"'`=/!-[]{}();:#x0 \n\tscriptonstyle\u2028\u202e"
WORDS = st.text(
    st.one_of(st.sampled_from(SYNTAX), st.characters(exclude_categories=["Cs"])), max_size=60
)
SHARP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "</template><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<!-- -->",
    "]]><b>",
    "&lt;b&gt;&amp;&#60;",
    "javascript:alert(1)",
    "</title><script>",
    "\x00<b>\x00",
    "a" * 500,
)


def every_block(w: str) -> tuple[Any, ...]:
    """Every kind of block with the words wherever it has any."""
    t = spans(w, Span(w, Style.STRONG), Span(w, Style.CODE, w), Mark(("key",)))
    grade = Grade("B", 2)
    nodes = (NoteText(t), NoteHeading(t, 3), NoteCode(w))
    return (
        Paragraph(t, edge=w),
        Paragraph(t, edge="dissent"),
        KeyJudgement(t, Likelihood.LIKELY, Confidence.LOW),
        Facts(((w, t),)),
        Table((Column(w), Column("b", numeric=True)), ((t, t), (t,)), note=t),
        Bars(((w, 3), ("b", 0)), w, note=t),
        Timeline((Event(w, t), Event("2021-02", t))),
        Stages((Stage(1, w, 5, t), Stage(2, "b", 0, t))),
        HeatTable((HeatColumn(1, w, 9, (HeatCell(w, w, 3),)),), 9, (1, 2, 3, 4, 5), note=t),
        Actions((Action(w, t, (w,), (w,), w, w, w),)),
        Quotation(t, w),
        WorldMap(((w, 3), ("UA", 2)), w, note=t, unit=w),
        SourceList(True, note=t),
        SourceList(False, note=t),
        Trace((TraceRow(w, w, ("key",), 1, w, 2),), note=t),
        ActorReasons((w,), (ActorReason(w, w, t, (True,), 1.0),), note=t),
        Matrix(w, (w,), ((w, (3,)),), (3,), w, own=(w,), note=t),
        ClaimsEvidence(
            (ClaimItem(w, w, w, t, w, grade, ((w, w),)),),
            (EvidenceItem(w, t, w, w, w, grade, (w,)),),
            2,
            note=t,
        ),
        AchTable(((w, w),), (AchRow(w, w, (w,), 0.5),), (1,), (1.0,), (True,), t),
        Assessed(t, Likelihood.LIKELY, Confidence.HIGH, w, w, ((w, t),)),
        WarningList(((w, w),), note=t),
        Note((*nodes, NoteQuote(nodes), NoteList((nodes, nodes), ordered=True))),
    )


def brief_with(w: str) -> Brief:
    """A brief that holds the words in every place there is."""
    section = Section(w, w, every_block(w), note=spans(w))
    return Brief(
        kind=w,
        kind_title=w,
        subject=w,
        title=w,
        parts=(Part(w, w, (section, replace(section, wide=True))),),
        sources=(BriefSource("key", w, w, w, w, Grade("A", 1), w, w),),
        made_from=(MadeFrom(1, w, w, w, 3, w),),
        data_as_of=w,
        ceiling=Tlp.CLEAR,
        tlp=Tlp.CLEAR,
        author=w,
        language=w,
        client=w,
        audience=w,
        brand=Brand(w, footer=w),
        cover=True,
    )


@pytest.fixture(scope="module")
def calm() -> Page:
    return Page(html.render(brief_with("calm")))


@settings(max_examples=40, deadline=None)
@given(WORDS)
@example(SHARP[0])
@example(SHARP[1])
@example(SHARP[2])
@example(SHARP[3])
@example("".join(SHARP))
def test_no_words_become_markup(calm: Page, words: str) -> None:
    page = Page(html.render(brief_with(words)))
    assert page.odd == []
    assert page.open == []
    # Empty words leave out elements, addresses may become links, long runs may break; no more.
    assert page.names <= calm.names | {"a", "wbr"}
    known = {name for _, found in calm.tags for name in found} | {"href", "rel", "datetime"}
    assert {name for _, found in page.tags for name in found} <= known
    allowed = ("#", "https://", "mailto:")
    assert all(target.lower().startswith(allowed) for target in page.values("href"))


@given(WORDS)
@example(SHARP[1])
@example(SHARP[4])
def test_any_words_are_text_and_attributes_of_those_words(words: str) -> None:
    page = Page(element("p", text(words), title=words))
    assert page.names <= {"p", "wbr"}
    assert squeezed(page.words) == squeezed(words)
    assert squeezed("".join(page.values("title"))) == squeezed(words)


@given(WORDS)
@example("a\n  b\tc\r\nd")
def test_words_kept_as_typed_keep_their_lines(words: str) -> None:
    page = Page(element("pre", verbatim(words)))
    assert page.names == {"pre"}
    assert len(page.words.split("\n")) == max(len(words.splitlines()), 1)


@pytest.mark.parametrize("name", ["p q", "a><b", "", "1p", "on click"])
def test_a_name_that_is_none_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="no name of an element"):
        element(name)
    with pytest.raises(ValueError, match="no name of an element"):
        element("p", **{name: "x"})


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<b>",
        "http://plain.example",
        "//host.example/x",
        "file:///etc/passwd",
        "https://a.example/\x00",
        "vbscript:x",
    ],
)
def test_an_address_that_is_neither_https_nor_mail_is_no_link(address: str) -> None:
    block = Paragraph((Span("here", href=address),))
    source = BriefSource("k", "Title", "Publisher", address, "", Grade())
    parts = (Part("Part", "", (Section("s", "S", (block,)),)),)
    page = Page(html.render(replace(unbranded(), parts=parts, sources=(source,))))
    assert all(target.startswith("#") for target in page.values("href"))
    assert "here" in page.words


def test_deep_notes_are_printed_whole() -> None:
    node: Any = NoteText(spans("bottom"))
    for _ in range(20):
        node = NoteQuote((node,))
    parts = (Part("Part", "", (Section("s", "S", (Note((node,)),)),)),)
    page = Page(html.render(replace(unbranded(), parts=parts)))
    assert "bottom" in page.words
    assert page.open == []
