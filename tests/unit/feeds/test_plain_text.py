"""Foreign text: markup goes, what is meant stays, and no text takes long whatever it holds."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.feeds.plain_text import MOST_READ, one_line, plain_text, shortened, without_controls


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Patch&nbsp;<b>now</b>.</p><p>Then restart.</p>", "Patch now.\n\nThen restart."),
        ("Do:<ul><li>this</li>\n<li>that</li></ul>", "Do:\n\n• this\n• that"),
        ("one<br/>two<BR>three", "one\ntwo\nthree"),
        ("<p>a line\nbroken in the source</p>", "a line broken in the source"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<p title='a > b'>text</p>", "text"),
        ('<a href="https://example.org/?a=1&amp;b=2">here</a>', "here"),
        ("a<script>let x = '<b>';</script>b", "ab"),
        ("<style>p { color: red }</style><p>seen</p>", "seen"),
        ("<p>x</p><!-- <p>hidden</p> --><p>y</p>", "x\n\ny"),
        ("<!DOCTYPE html><p>x</p>", "x"),
        ("<![CDATA[<p>x</p>]]>", "x"),
        ("<o:p>&nbsp;</o:p>", ""),
    ],
)
def test_html_becomes_paragraphs_and_lines(written: str, read: str) -> None:
    assert plain_text(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&lt;p&gt;Escaped&lt;/p&gt;", "Escaped"),
        ("&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "R&D"),
        ("Escape &lt;script&gt; first.", "Escape <script> first."),
        ("<p>Escape &lt;br&gt; first.</p>", "Escape <br> first."),
    ],
)
def test_html_that_was_escaped_as_a_whole_is_read_and_a_tag_in_a_sentence_is_kept(
    written: str, read: str
) -> None:
    assert plain_text(written) == read


@pytest.mark.parametrize(
    "text",
    [
        "Versions < 2.0 and > 1.0",
        "Replace <hostname> with yours",
        "Mail <somebody@example.org>",
        "Inject a <script> tag",
        "Open an HTML comment with <!-- and wait",
        "https://example.org/?a=1&copy=2",
        "R&D, AT&T",
        "snake_case, __init__ and 2 * 3 * 4",
        "Issue #5 is fixed",
        "[1] and (2)",
        "one line\nand another\n\nand a paragraph",
    ],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain_text(text) == text


def test_a_hidden_element_that_is_never_closed_hides_nothing() -> None:
    assert plain_text("<p>Seen<style>and seen</p>") == "Seenand seen"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# Fixed\nUpdate.", "Fixed\nUpdate."),
        ("**Update** now", "Update now"),
        ("See [the notice](https://example.org/a) today", "See the notice today"),
        ("```sh\nls\n```", "ls"),
    ],
)
def test_markdown_loses_its_marks(written: str, read: str) -> None:
    assert plain_text(written) == read


def test_entities_are_read_and_numbers_that_are_no_character_are_left() -> None:
    assert plain_text("&Auml;&#8217;&#x41;") == "Ä’A"
    huge = f"&#{'9' * 5000};"
    assert plain_text(huge, 9000) == huge


def test_control_and_format_characters_are_gone_and_every_space_is_a_space() -> None:
    assert without_controls("a\u202eb\u200bc\x00d\x1b[31m\ufeff\ufdd0\U000e0041") == "abcd[31m"
    assert without_controls("a\u00a0b\u3000c\td") == "a b c d"
    assert without_controls("a\r\nb\rc\u2028d\u0085e") == "a\nb\nc\nd\ne"
    assert without_controls("\ud800x") == "x"
    assert without_controls("Ünïcödé 漢字 🦊") == "Ünïcödé 漢字 🦊"


def test_an_entity_brings_no_control_character_back() -> None:
    assert plain_text("a&#8238;b&#0;c&#x200b;d&#65279;e") == "ab\ufffdcde"


def test_a_long_text_ends_at_a_word_with_an_ellipsis() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", 12) == "one two…"
    assert shortened("one two three", 8) == "one two…"
    assert shortened("one two three", 7) == "one…"
    assert shortened("x" * 500, 100) == "x" * 99 + "…"
    assert shortened("anything", 1) == "…"
    assert shortened("anything", 0) == ""


def test_a_title_is_one_line() -> None:
    assert one_line("  A <b>title</b>\n of \t two lines ") == "A title of two lines"
    assert len(one_line("word " * 1000)) <= 500


def test_what_lies_beyond_the_part_that_is_read_leaves_an_ellipsis() -> None:
    assert plain_text("<p>" + " " * MOST_READ + "lost</p>") == "…"


HOSTILE = [
    "<" * 300_000,
    "<a " * 100_000,
    "<p '" * 100_000,
    "<!--" * 100_000,
    "-->" + "<!--" * 100_000,
    "[" * 300_000,
    "**a" * 100_000,
    "&#" * 100_000,
    "<script>" * 40_000 + "</script>",
    "<svg></p>" * 30_000 + "</svg>",
    "<svg><title>" * 30_000 + "</svg></title>",
    " \n" * 100_000,
    "<p>" * 100_000,
    "<a b='" + "\"'" * 100_000,
    "![a](" * 60_000,
    "### " * 60_000,
    "\u202e" * 300_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].encode().hex())
def test_no_text_takes_long(text: str) -> None:
    started = time.perf_counter()
    assert len(plain_text(text)) <= 4000
    assert time.perf_counter() - started < 2


MARKUP = "<p> </p> <br> &lt; &gt; &amp; &#8238; ** [a]( ) <!-- --> <script> </script> # ``` ' \""
pieces = st.sampled_from([*MARKUP.split(), "\u202e", "\x00", "\ud800", "\n", "  ", "word"])


@given(st.lists(st.text(max_size=5) | pieces, max_size=30), st.integers(1, 60))
def test_whatever_is_written_the_result_is_short_plain_and_writable(
    written: list[str], most: int
) -> None:
    for read in (plain_text("".join(written), most), one_line("".join(written), most)):
        assert len(read) <= most
        assert read == read.strip()
        read.encode()
        odd = {unicodedata.category(sign) for sign in read if sign != "\n"} & {"Cc", "Cf", "Cs"}
        assert odd == set()
    assert "\n" not in one_line("".join(written), most)


@given(st.text(alphabet=st.characters(categories=["L", "N", "Po"], exclude_characters="&#*<`")))
def test_words_without_markup_come_through_whole(words: str) -> None:
    assert one_line(words, 10_000) == words
