"""When two spellings are one name, and when a name only looks like another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.names import normalised, skeleton

ZERO_WIDTH_JOINER = "\u200d"
CYRILLIC_APT29 = "\u0410\u0420\u042229"


@pytest.mark.parametrize(
    "spelling",
    [
        "APT28",
        "apt 28",
        "APT-28",
        "Apt.28",
        f"A{ZERO_WIDTH_JOINER}PT28",
        "\u202eAPT28",
        "\uff21\uff30\uff3428",
        "\u00c0PT28",
    ],
)
def test_case_blanks_accents_and_invisible_signs_make_no_other_name(spelling: str) -> None:
    assert normalised(spelling) == "apt28"


@pytest.mark.parametrize("other", ["APT29", "APT2", "APT281", CYRILLIC_APT29])
def test_another_letter_or_figure_makes_another_name(other: str) -> None:
    assert normalised(other) != "apt28"


@pytest.mark.parametrize("text", ["", " ", "---", "\N{FOX FACE}", ZERO_WIDTH_JOINER])
def test_what_has_no_letter_or_figure_has_no_key(text: str) -> None:
    assert normalised(text) == skeleton(text) == ""


def test_letters_of_another_script_that_look_the_same_have_the_same_skeleton() -> None:
    assert normalised(CYRILLIC_APT29) != normalised("APT29")
    assert skeleton(CYRILLIC_APT29) == skeleton("APT29")


def test_names_in_other_scripts_keep_their_letters() -> None:
    assert normalised("\u0445\u0430\u043a\u0435\u0440") == "\u0445\u0430\u043a\u0435\u0440"
    assert normalised("\u9ed1\u5ba2") == "\u9ed1\u5ba2"


@given(st.text(max_size=30))
def test_a_key_has_itself_as_key(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.text(max_size=30))
def test_a_key_holds_letters_and_figures_only(text: str) -> None:
    assert normalised(text) == "" or normalised(text).isalnum()


@given(st.text(max_size=20), st.text(alphabet=" -_./\u200d\u202e\u2066", max_size=3))
def test_signs_put_anywhere_make_no_other_name(text: str, signs: str) -> None:
    plain = "Lazarus"
    for place in range(len(plain) + 1):
        assert normalised(plain[:place] + signs + plain[place:]) == "lazarus"
    assert normalised(text + signs) == normalised(text)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=20))
def test_the_skeleton_of_plain_latin_is_its_key(text: str) -> None:
    assert skeleton(text) == normalised(text)
