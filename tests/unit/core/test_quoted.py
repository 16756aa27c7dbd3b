"""Catalogues' own words, made plain for quoting."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.quoted import ELLIPSIS, address_words, opening, quoted_paragraphs


def test_citations_vanish_with_the_blank_before_them() -> None:
    text = "They phish.(Citation: A 2014) They stay. (Citation: B (C) 2015)(Citation: D)"
    assert quoted_paragraphs(text) == ("They phish. They stay.",)


def test_a_link_becomes_its_words() -> None:
    text = "[APT29](https://attack.mitre.org/groups/G0016) used [a tool](https://e.org/a_(b))."
    assert quoted_paragraphs(text) == ("APT29 used a tool.",)


def test_an_empty_line_begins_a_paragraph_and_a_line_break_does_not() -> None:
    assert quoted_paragraphs("One\ntwo.\r\n\r\nThree.\n\n\n") == ("One two.", "Three.")


def test_marks_of_code_vanish_and_every_other_markup_stays_text() -> None:
    text = "Runs <code>cmd /c</code> and <img src=file:///etc/passwd> & **more**."
    assert quoted_paragraphs(text) == ("Runs cmd /c and <img src=file:///etc/passwd> & **more**.",)


def test_what_only_looks_like_a_citation_or_a_link_stays() -> None:
    text = "See (the appendix), [sic] and (Citation: unfinished"
    assert quoted_paragraphs(text) == (text,)


def test_nothing_gives_no_paragraph() -> None:
    assert quoted_paragraphs(" \n\n (Citation: A)") == ()


def test_a_short_paragraph_is_its_own_opening() -> None:
    assert opening("Short. And sweet.", 40) == "Short. And sweet."


def test_an_opening_ends_with_a_sentence_and_says_that_more_follows() -> None:
    text = "The first sentence. The second one. The third goes on and on."
    assert opening(text, 40) == f"The first sentence. The second one. {ELLIPSIS}"


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "It is linked to the U.S. Army and to Foo Inc. Bar, say some. More of it follows here."
    assert (
        opening(text, 62)
        == f"It is linked to the U.S. Army and to Foo Inc. Bar, say some. {ELLIPSIS}"
    )


def test_a_long_first_sentence_is_kept_whole_if_it_can_be() -> None:
    text = "This one sentence is rather long for it. Then more."
    assert opening(text, 25) == f"This one sentence is rather long for it. {ELLIPSIS}"


def test_an_endless_sentence_is_cut_at_a_word() -> None:
    assert opening("word " * 50, 20) == f"word word word word word word word word {ELLIPSIS}"


@given(st.text(alphabet='ab .!?[]()\n"“U.S:Citation', max_size=300))
def test_quoting_what_was_quoted_changes_nothing_more_than_nesting_asks_for(text: str) -> None:
    for paragraph in quoted_paragraphs(text):
        assert paragraph == " ".join(paragraph.split())
        assert len(opening(paragraph, 50)) <= 102


@pytest.mark.parametrize(
    "piece", ["[", "(", "[a](", "(Citation:", "(Citation: (a)", " ", "!", "a. ", "U.", "\n"]
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    start = time.perf_counter()
    for paragraph in quoted_paragraphs(text):
        opening(paragraph)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://e.org/2016/10/en-route-with-sednit.html", "en route with sednit"),
        ("https://e.org/files/CSA_DROVORUB%20AUG_2020.PDF", "CSA DROVORUB AUG 2020"),
        ("https://e.org/reports/some-report/1234/", "some report"),
        ("https://e.org/paper/3f2a9b8c7d", "paper"),
        ("https://e.org/en/12345/", ""),
        ("https://e.org/groups/dukes", "dukes"),
        (
            "https://web.archive.org/web/20150101/https://e.org/the-dukes-are-back",
            "the dukes are back",
        ),
        ("https://e.org/", ""),
        ("https://e.org/2020/12/14/", ""),
        ("", ""),
    ],
)
def test_an_address_says_in_words_what_it_can(address: str, words: str) -> None:
    assert address_words(address) == words
