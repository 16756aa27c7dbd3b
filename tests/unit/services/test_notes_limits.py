"""What a note may be: each limit is a sentence, and within all of them reading is quick."""

from __future__ import annotations

import re
import time
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.core.brief import (
    NoteCode,
    NoteHeading,
    NoteList,
    NoteNode,
    NoteQuote,
    NoteText,
    Span,
)
from briefing.core.errors import BriefingError
from briefing.exports.links import safe_href
from briefing.services.notes import ReadNote, read_note
from briefing.services.notes_limits import (
    DEEPEST,
    LONGEST,
    LONGEST_RUN,
    MOST_LINES,
)
from briefing.services.notes_parser import NoteParser
from briefing.services.notes_tree import nodes_of

MOST_SECONDS = 3.0
"""Far above the tenth of a second that the worst known note takes here, for slow machines."""


def refused(text: str) -> str:
    with pytest.raises(BriefingError) as caught:
        read_note(text)
    assert caught.value.remedy
    return caught.value.message


def read(text: str) -> ReadNote | BriefingError:
    """A note, or why it is refused."""
    try:
        return read_note(text)
    except BriefingError as error:
        return error


def depth(nodes: tuple[NoteNode, ...]) -> int:
    """Levels of a tree, the words counted as one."""
    deepest = 0
    for node in nodes:
        match node:
            case NoteQuote():
                deepest = max(deepest, depth(node.nodes))
            case NoteList():
                deepest = max(deepest, *(depth(one) for one in node.items))
            case _:
                pass
    return deepest + 1


def spans_of(nodes: tuple[NoteNode, ...]) -> list[Span]:
    found: list[Span] = []
    for node in nodes:
        match node:
            case NoteText() | NoteHeading():
                found += [span for span in node.text if isinstance(span, Span)]
            case NoteCode():
                found.append(Span(node.text))
            case NoteQuote():
                found += spans_of(node.nodes)
            case NoteList():
                found += [span for one in node.items for span in spans_of(one)]
    return found


def test_a_hundred_kilobytes_of_brackets_are_refused_at_once() -> None:
    assert refused("[" * 100_000) == "The note is 100,000 characters long; 20,000 are the most."


def test_a_note_of_the_greatest_length_is_read() -> None:
    assert len(read_note("a" * LONGEST).nodes) == 1
    assert refused("a" * (LONGEST + 1)).startswith("The note is 20,001 characters long")


def test_a_tab_counts_as_the_blanks_it_stands_for() -> None:
    assert refused("\t" * 6_000).startswith("The note is 24,000 characters long")


def test_so_many_lines_are_the_most() -> None:
    assert len(read_note("a\n" * (MOST_LINES - 1)).nodes) == 1
    assert refused("a\n" * MOST_LINES) == "The note has 2,001 lines; 2,000 are the most."


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        *((one, "a control character") for one in "\x00\x02\x03\x1b\x7f\x85\x0b\x0c"),
        *((one, "half a character") for one in "\ud800\udfff"),
        *(
            (one, "a sign that turns the direction of reading")
            for one in "\u202a\u202e\u2066\u2069"
        ),
        *((one, "a sign that nobody sees") for one in "\U000e0041\ufff9"),
    ],
)
def test_a_character_that_may_not_be_there_is_named_with_its_place(
    character: str, kind: str
) -> None:
    assert refused(f"One.\n\nTwo {character} three") == (
        f"Line 3 of the note holds {kind} (U+{ord(character):04X}) at character 5."
    )


def test_forty_quotations_inside_one_another_are_refused() -> None:
    for note in (">" * 40 + " deep", "> " * 40 + "deep", "One.\n\n" + "> " * 40 + "deep"):
        assert "nested more than 20 levels deep" in refused(note)
    assert refused("One.\n\n" + "> " * 40).startswith("Line 3 of the note is nested")


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_lists_inside_lists_are_read_to_the_limit_and_not_beyond(indent: int) -> None:
    deep = "\n".join(" " * indent * level + "- item" for level in range(DEEPEST - 1))
    assert depth(read_note(deep).nodes) == DEEPEST
    deeper = "\n".join(" " * indent * level + "- item" for level in range(DEEPEST + 5))
    assert refused(deeper) == "Line 20 of the note is nested more than 20 levels deep."


def test_quotations_and_lists_in_turn_are_counted_together() -> None:
    assert "nested more than 20 levels deep" in refused("> - " * 15 + "deep")


@pytest.mark.parametrize("sign", list("[]()<>*_`#!&"))
def test_a_long_run_of_one_sign_is_refused_and_between_fences_it_is_kept(sign: str) -> None:
    run = sign * (LONGEST_RUN + 1)
    if sign != ">":
        message = refused(f"One\n\na {run} b")
        assert message == f"Line 3 of the note holds “{sign}” 21 times in a row; 20 are the most."
    assert read_note(f"~~~\n{run}\n~~~").nodes == (NoteCode(run),)


def test_lines_across_the_page_may_be_as_long_as_people_draw_them() -> None:
    for rule in ("*" * 70, "_" * 70, "-" * 70, "=" * 70, "* " * 35):
        assert read_note(f"One\n\n{rule}\n\nTwo").nodes[-1] == NoteText((Span("Two"),)), rule


def test_too_many_signs_for_one_paragraph_are_refused_and_divided_they_are_read() -> None:
    many = "a [b " * 1_500
    assert refused(f"First.\n\n{many}").startswith(
        "The paragraph at line 3 of the note has too many brackets"
    )
    divided = "\n\n".join("a [b " * 50 for _ in range(30))
    assert len(read_note(divided).nodes) == 30


WORST = (
    *("[a]( ", "![a](", "[a](b (", "[ ", "**a ", "*a **b ", "_a_", "`a", "``a`", "\\`", "<a ", "<"),
    *("&amp;", "&#", "- a\n", "-\n", "- a\n\n", "1. a\n", "> a\n", "> > > >\n", "- > - > a\n"),
    *("    a\n", "# a\n", "a\n===\n", "a\n\n", "***\n", "- - - -\n", "[a]: b\n", "~~~\na\n"),
    *("<https://a", "<a@", "<!--", "<?", "</", '"', "'(", "é", "漢", "\t- a\n", "|--|\n", "a  \n"),
)


@pytest.mark.parametrize("unit", WORST)
def test_what_is_made_to_take_long_is_refused_or_read_quickly(unit: str) -> None:
    for size in (LONGEST, 8_000, 3_000, 1_500):
        note = (unit * size)[:size]
        begun = time.perf_counter()
        read(note)
        assert time.perf_counter() - begun < MOST_SECONDS


PIECES = st.sampled_from((*WORST, "word ", "\n", "\n\n", " ", "* ", "1. ", "> ", "(https://x.org)"))
NOTES = st.one_of(
    st.text(max_size=400), st.lists(PIECES, max_size=150).map("".join), st.binary().map(bytes.hex)
)


@settings(max_examples=400)
@given(NOTES)
@example("- " * 30)
@example("1. > " * 19 + "a")
@example("*" * 20 + "a" + "*" * 20)
@example("a\n: b\n\n* c\n")
def test_whatever_is_typed_is_read_within_the_limits_or_refused_in_a_sentence(text: str) -> None:
    found = read(text)
    if isinstance(found, BriefingError):
        assert re.fullmatch(r"(The|Line) .*\.", found.message, re.DOTALL)
        assert found.remedy
        return
    assert not found.nodes or depth(found.nodes) <= DEEPEST
    spans = spans_of(found.nodes)
    assert len(spans) <= 2 * len(text) + 1
    # Sometimes an end of line or an indent becomes a blank, never more text than was typed.
    assert sum(len(span.text) for span in spans) <= 4 * len(text) + 1
    for span in spans:
        assert span.text
        assert not span.href or safe_href(span.href) == span.href
    assert all(1 <= one.line <= text.count("\n") + text.count("\r") + 2 for one in found.findings)


LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéñ漢字", min_size=1, max_size=8)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["", "- ", "1. ", "> ", "# ", "- > ", "**", "`", "<b>", "    ", "[", "!["]
            ),
            LETTERS,
        ),
        max_size=30,
    )
)
def test_no_word_that_is_typed_is_lost(lines: list[tuple[str, str]]) -> None:
    typed = "\n\n".join(f"{sign}{word}" for sign, word in lines)
    found = read(typed)
    assert isinstance(found, ReadNote)
    kept = " ".join(span.text for span in spans_of(found.nodes))
    assert [word for _, word in lines if word not in kept] == []


@given(NOTES)
def test_the_same_note_is_read_the_same_twice(text: str) -> None:
    first, again = read(text), read(text)
    assert repr(first) == repr(again)


def test_what_passes_the_count_of_levels_is_stopped_by_the_parser_and_by_the_tree() -> None:
    """Both stand behind the count, should it ever be wrong."""
    with pytest.raises(BriefingError, match="nested more than 20 levels deep"):
        NoteParser().parse("\n".join("    " * level + "- item" for level in range(400)))
    deep = Element("div")
    inner = deep
    for _ in range(DEEPEST):
        inner = SubElement(inner, "blockquote")
    inner.text = "deep"
    with pytest.raises(BriefingError, match="nested more than 20 levels deep"):
        nodes_of(deep)
