"""Notes: Markdown as people type it, to a tree of nodes; what it has not becomes plain text."""

from __future__ import annotations

import re

import pytest

from briefing.core.brief import (
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Span,
    Style,
    plain,
)
from briefing.services.notes import MOST_FINDINGS, read_note

GREETING = "\u0645\u0631\u062d\u0628\u0627 \u200f\u0628\u0627\u0644\u0639\u0627\u0644\u0645"
"""“Hello world” in Arabic, with a right-to-left mark."""


def nodes(text: str) -> tuple[NoteNode, ...]:
    return read_note(text).nodes


def told(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.text) for finding in read_note(text).findings]


def words(text: str) -> str:
    """The words of a note that is one paragraph."""
    [node] = nodes(text)
    assert isinstance(node, NoteText)
    return plain(node.text)


def line(text: str) -> tuple[Span, ...]:
    [node] = nodes(text)
    assert isinstance(node, NoteText)
    return tuple(span for span in node.text if isinstance(span, Span))


def item(*texts: str) -> tuple[NoteText, ...]:
    return tuple(NoteText((Span(text),)) for text in texts)


def test_paragraphs_stand_between_empty_lines_and_lines_are_joined() -> None:
    assert nodes("First\nline.\n\nSecond.") == (*item("First line."), *item("Second."))


def test_a_note_without_words_has_no_nodes() -> None:
    for text in ("", " \n\t\n", "---", "> \n", "```\n\n```", "- "):
        assert nodes(text) == (), text


def test_strong_emphasised_and_code_words_have_their_style() -> None:
    assert line("A **strong**, an *emphasised* and a `kept & <b>` word.") == (
        Span("A "),
        Span("strong", Style.STRONG),
        Span(", an "),
        Span("emphasised", Style.EMPHASIS),
        Span(" and a "),
        Span("kept & <b>", Style.CODE),
        Span(" word."),
    )


def test_of_two_styles_the_stronger_holds() -> None:
    assert line("***both***") == (Span("both", Style.STRONG),)


def test_blanks_at_the_ends_of_a_paragraph_are_no_words_whatever_their_style() -> None:
    blank = "[\N{NO-BREAK SPACE}](https://example.org)"
    assert line(f"{blank} word {blank}") == (Span("word"),)
    assert nodes(blank) == ()


def test_headings_have_three_levels_and_need_a_blank() -> None:
    assert nodes("# One\n\n## Two ##\n\n###### Six") == (
        NoteHeading((Span("One"),), 1),
        NoteHeading((Span("Two"),), 2),
        NoteHeading((Span("Six"),), 3),
    )
    assert words('#read("/etc/passwd") and #import "x"') == '#read("/etc/passwd") and #import "x"'


def test_a_break_in_a_paragraph_divides_it_and_in_a_heading_is_a_blank() -> None:
    assert nodes("One  \nTwo") == (*item("One"), *item("Two"))


def test_lists_nest_and_say_whether_they_are_numbered() -> None:
    assert nodes("- one\n- two\n  1. first\n  2. second\n") == (
        NoteList(
            (
                item("one"),
                (*item("two"), NoteList((item("first"), item("second")), ordered=True)),
            )
        ),
    )


def test_a_list_right_under_a_sentence_is_a_list() -> None:
    assert nodes("Do this:\n- one\n- two") == (
        *item("Do this:"),
        NoteList((item("one"), item("two"))),
    )


def test_a_number_at_the_beginning_of_a_line_by_chance_begins_no_list() -> None:
    assert words("It was seen on the night of\n14. April at sea.") == (
        "It was seen on the night of 14. April at sea."
    )
    assert words("2024. That was the year.") == "2024. That was the year."
    assert told("2024. That was the year.") == []


def test_a_list_that_begins_elsewhere_is_numbered_from_one_and_that_is_told() -> None:
    [found] = nodes("3. three\n4. four")
    assert found == NoteList((item("three"), item("four")), ordered=True)
    assert told("3. three\n4. four") == [(1, "A list that begins with 3 is numbered from 1.")]


def test_quotations_hold_what_is_quoted() -> None:
    assert nodes("> Said.\n>\n> - so") == (NoteQuote((*item("Said."), NoteList((item("so"),)))),)


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_between_fences_everything_is_kept_as_typed(fence: str) -> None:
    typed = "<b>  a  </b>\n\n    [x](javascript:y) # ![p](q)"
    assert nodes(f"Before\n{fence}\n{typed}\n{fence}\nAfter") == (
        *item("Before"),
        NoteCode(typed),
        *item("After"),
    )
    assert told(f"{fence}\n{typed}\n{fence}") == []


def test_a_fence_that_is_not_closed_reaches_to_the_end() -> None:
    assert nodes("```\na\n\nb") == (NoteCode("a\n\nb"),)


def test_indented_text_is_kept_as_typed() -> None:
    assert nodes("    a & <b>\n      c") == (NoteCode("a & <b>\n  c"),)


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c&d", "mailto:desk@example.org", "HTTPS://example.org"]
)
def test_links_of_https_and_mailto_are_links(address: str) -> None:
    assert line(f"See [the report]({address}).") == (
        Span("See "),
        Span("the report", href=address),
        Span("."),
    )
    assert told(f"See [the report]({address}).") == []


def test_addresses_in_angle_brackets_are_links() -> None:
    assert line("<https://example.org> <desk@example.org>") == (
        Span("https://example.org", href="https://example.org"),
        Span(" "),
        Span("desk@example.org", href="mailto:desk@example.org"),
    )


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd"),
        *("vbscript:x", "ftp://example.org", "//example.org", "/etc/passwd", "#top", "report.pdf"),
        *("tel:112", "blob:x", "https:example.org\\@evil", "mailto:", "https://"),
    ],
)
def test_every_other_link_is_plain_text_and_that_is_told(address: str) -> None:
    note = f"First.\n\nSee [the report]({address})."
    assert [plain(one.text) for one in nodes(note) if isinstance(one, NoteText)] == [
        "First.",
        "See the report.",
    ]
    [(number, sentence)] = told(note)
    assert number == 3
    assert sentence.startswith(f"The link to “{address}” is printed as plain text")


def test_a_link_without_encryption_is_told_to_be_written_with_it() -> None:
    assert told("[a](http://example.org)") == [
        (
            1,
            "The link to “http://example.org” is printed as plain text; write it with https: if"
            " it has that.",
        )
    ]


def test_a_link_to_nothing_is_told() -> None:
    assert words("[a]()") == "a"
    assert told("[a]()")[0][1].startswith("The link to an empty address")


def test_an_escaped_scheme_is_no_way_round() -> None:
    for note in (r"[a](java\script:x)", "[a](java&#115;cript:x)", "[a](\tjavascript:x)"):
        assert all(not span.href for span in line(note)), note


@pytest.mark.parametrize(
    "html",
    [
        *("<script>alert(1)</script>", "<b>bold</b>", '<img src="file:///etc/passwd">', "<br>"),
        *("<!-- hidden -->", "<?php x ?>", "&amp; &lt; &#106;", "</div>", "<svg/onload=x>"),
        *("<![CDATA[x]]>", "<iframe src=//x>", "<a href='javascript:x'>y</a>"),
    ],
)
def test_html_is_printed_as_it_was_typed(html: str) -> None:
    assert words(f"Text {html} text") == f"Text {html} text"
    assert nodes(f"{html}\n\nText")[-1] == item("Text")[0]


def test_html_is_told_with_its_line() -> None:
    assert told("One.\n\nTwo <b>three</b>.") == [
        (3, "HTML is not read: “</b>” is printed as it was typed."),
        (3, "HTML is not read: “<b>” is printed as it was typed."),
    ]


def test_of_a_picture_the_words_stay_and_that_is_told() -> None:
    assert words("![the map](https://example.org/map.png) shows it") == "the map shows it"
    assert told("![the map](https://example.org/map.png)") == [
        (1, "A note holds no pictures; of this one only its words are printed.")
    ]


def test_an_address_apart_from_its_words_stays_text_and_that_is_told() -> None:
    note = "See [it][1].\n\n[1]: https://example.org"
    assert [plain(one.text) for one in nodes(note) if isinstance(one, NoteText)] == [
        "See [it][1].",
        "[1]: https://example.org",
    ]
    assert told(note) == [
        (
            3,
            "An address apart from its words is printed as plain text; write"
            " [words](https://example.org).",
        )
    ]


def test_a_table_stays_text_and_that_is_told_once() -> None:
    rows = "".join(f"| {n} | {n} |\n" for n in range(400))
    assert told(f"| a | b |\n|---|---|\n{rows}") == [
        (
            2,
            "A note holds no tables; write a list, or put it between two lines of three"
            " backquotes.",
        )
    ]
    assert words(f"| a | b |\n|---|---|\n{rows}").endswith("| 399 | 399 |")


def test_findings_are_in_the_order_of_lines_and_many_are_counted() -> None:
    found = told("\n\n".join("<b>" for _ in range(MOST_FINDINGS + 7)))
    assert [number for number, _ in found] == sorted(number for number, _ in found)
    assert len(found) == MOST_FINDINGS + 1
    assert found[-1][1] == "And 7 more of the kind."


def test_two_of_the_same_kind_are_told_with_a_line_each() -> None:
    assert [number for number, _ in told("<b>\n\ntext\n\n<b>")] == [1, 5]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "klzzwxh:0001",
            "5 < 6 > 4",
            "a_b_c and 2 * 3 * 4",
            "\\*kept\\*",
            "C:\\Users\\x",
            "[a](b",
        ),
        *("=cmd()", "@SUM(1)", "{{7*7}} ${x} #{y}", "]]>", "-->", "it’s “quoted” – so … ×"),
    ],
)
def test_signs_that_mean_something_elsewhere_are_words_here(text: str) -> None:
    assert words(text) == text.replace("\\*", "*")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029"])
def test_every_end_of_line_is_one(end: str) -> None:
    assert nodes(f"One{end}{end}Two") == (*item("One"), *item("Two"))


def test_a_byte_order_mark_and_tabs_are_nothing_to_a_reader() -> None:
    assert words("\ufeffText") == "Text"
    assert nodes("-\tone\n-\ttwo") == (NoteList((item("one"), item("two"))),)


def test_right_to_left_script_and_its_marks_are_words() -> None:
    assert words(GREETING) == GREETING


def test_sentences_of_findings_end_and_speak_plainly() -> None:
    note = "<b> [a](file:x) ![p](https://x.org)\n\n3. x\n\n|a|b|\n|--|--|\n\n[r]: x"
    sentences = [sentence for _, sentence in told(note)]
    assert len(sentences) == 6
    assert all(re.fullmatch(r"[A-Z].*\.", sentence) for sentence in sentences)
