"""Characters that no font has, said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.exports.fonts import missing
from briefing.exports.stand_ins import explained, in_words


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("APT28, Гамаредон", "APT28, Гамаредон"),
        ("狼毒草", "[Chinese characters]"),
        ("Winnti (狼 毒), Wolf", "Winnti ([Chinese characters]), Wolf"),
        ("61398部队", "61398 [Chinese characters]"),
        ("漢字カタカナ", "[Japanese characters]"),
        ("김수키", "[Korean characters]"),
        ("חתול", "[Hebrew characters]"),
        ("ภาษา и 狼", "[Thai characters] и [Chinese characters]"),
        ("\U0001f43b\U0001f43b bear", "[bear face] bear"),
    ],
)
def test_a_run_is_said_by_the_script_it_is_written_in(text: str, printed: str) -> None:
    assert in_words(text)[0] == printed


def test_what_stands_in_is_explained_by_name() -> None:
    assert explained(frozenset()) == ""
    _, one = in_words("狼")
    assert explained(one).startswith("[Chinese characters] stands for characters")
    _, two = in_words("狼 and 김")
    assert explained(two).startswith("[Chinese characters] and [Korean characters] stand for")


def test_a_code_point_without_a_character_stays_to_be_refused() -> None:
    for text in ("a\ud800", "a\ue000", "a\U0010ffff"):
        assert in_words(text) == (text, frozenset())


@given(st.text(st.characters(exclude_categories=("Cs", "Co", "Cn", "Cc", "Cf")), max_size=20))
def test_whatever_is_written_can_be_printed(text: str) -> None:
    printed, _ = in_words(text)
    assert not missing([printed])
