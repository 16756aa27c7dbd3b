"""Measured text: never narrower than it is set, and parted without losing a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from briefing.core.estimates import Confidence, Likelihood
from briefing.core.tlp import Tlp
from briefing.exports.fonts import font_folders
from briefing.exports.slide_frame import foot_marking, top_marking
from briefing.exports.slide_lines import count, cut, height, lines, parted, widest
from briefing.exports.slide_shapes import SPARE, Para, Run, TextBox, Type
from briefing.exports.slide_signs import estimate
from briefing.exports.text_measure import width

BODY = Type(16, 22)
PROSE = (
    "Two groups claimed the outage, and neither settles who did what.",
    "illicit filling titles lilt, i.e. “fit”",
    "MISP WIZARD SPIDER NATO, T1059.003, CVE-2026-21509",
    "12–13 Sept 2026, 1,041 actors, 95–99 %",
    "Гамаредон Group, Служба безпеки України",
)


def para(*texts: str) -> Para:
    return Para(tuple(Run(text) for text in texts), BODY)


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize(("bold", "weight"), [(False, 400), (True, 700)])
def test_words_are_not_set_wider_than_they_are_measured(text: str, bold: bool, weight: int) -> None:
    (path,) = (path for path in font_folders()[0].glob("*.ttf") if "Italic" not in path.name)
    font = ImageFont.truetype(str(path), 1000, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([14, weight])
    assert font.getlength(text) <= width(text, 1000, bold=bold) * 1.005


def test_bold_words_are_measured_wider() -> None:
    assert width("outage", 20, bold=True) > width("outage", 20)


def test_a_letter_of_another_script_is_measured_in_the_font_that_has_it() -> None:
    assert 0 < width("غاماريدون", 10) < 90
    assert width("漢字", 10) == 20


def test_words_that_fill_less_than_the_spare_share_stand_on_one_line() -> None:
    words = para("A sentence that stands on one line")
    assert count(words, widest((words,)) + 0.1) == 1
    assert count(words, widest((words,)) * SPARE) == 2


def test_an_empty_paragraph_takes_a_line() -> None:
    assert count(para(""), 100) == 1
    assert height((para(""),), 100) == BODY.line


def test_a_mark_stays_with_its_word() -> None:
    words = Run("It was taken by a group.")
    text = Para((words, Run("[12]", raised=True, source=12)), BODY)
    room = widest((Para((words,), BODY),)) + 1
    last = lines(text, room)[-1]
    assert "".join(run.text for run in last) == "group.[12]"


def test_a_word_wider_than_its_box_is_parted_between_characters() -> None:
    text = para("x" * 400)
    assert count(text, 100) > 5
    assert "".join(run.text for line in lines(text, 100) for run in line) == "x" * 400


runs = st.lists(
    st.builds(Run, st.text(alphabet="ab c漢-é", max_size=30), st.booleans(), raised=st.booleans()),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(runs, st.floats(20, 400), st.integers(1, 4))
def test_parted_paragraphs_say_what_the_paragraph_said(
    found: list[Run], room: float, most: int
) -> None:
    whole = Para(tuple(found), BODY)
    pieces = parted(whole, room, most)
    assert "".join(piece.text for piece in pieces) == whole.text
    assert all(count(piece, room) <= most for piece in pieces)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abc d.,漢", max_size=200), st.floats(60, 300), st.integers(1, 3))
def test_a_cut_paragraph_fits_and_ends_with_dots(text: str, room: float, most: int) -> None:
    shown = cut(para(text), room, most)
    assert count(shown, room) <= most
    assert shown.text == text or shown.text.endswith("…")


@pytest.mark.parametrize("likelihood", Likelihood)
def test_term_and_range_of_a_likelihood_stand_on_one_line(likelihood: Likelihood) -> None:
    for shape in estimate(likelihood, Confidence.MEDIUM, 0, 0):
        if isinstance(shape, TextBox):
            assert count(shape.paras[0], shape.box.width) == 1


@pytest.mark.parametrize("tlp", Tlp)
def test_a_marking_stands_on_one_line(tlp: Tlp) -> None:
    for badge in (top_marking(tlp, title=True), top_marking(tlp, title=False), foot_marking(tlp)):
        assert count(badge.paras[0], badge.box.width) == 1
        assert badge.fill == "#000000"
