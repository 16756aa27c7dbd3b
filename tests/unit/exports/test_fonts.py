"""Fonts: what they cover, what is dropped, and how a gap is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.core.errors import BriefingError
from briefing.exports.fonts import check, coverage, describe, font_folders, missing, printable


def test_every_folder_holds_a_font() -> None:
    assert len(font_folders()) == 3
    assert all(list(folder.glob("*.ttf")) for folder in font_folders())


@pytest.mark.parametrize(
    "words", ["Fancy Bear", "Гамаредон", "غاماريدون", "Ἀθῆναι", "Nguyễn", "–“”…"]
)
def test_latin_cyrillic_greek_and_arabic_are_covered(words: str) -> None:
    assert missing([words]) == {}


def test_other_scripts_are_reported_in_order_with_their_text() -> None:
    assert list(missing(["plain", "APT28 熊 and 虎", "虎 again"]).items()) == [
        ("熊", "APT28 熊 and 虎"),
        ("虎", "APT28 熊 and 虎"),
    ]


def test_at_most_five_characters_are_named_and_the_rest_counted() -> None:
    with pytest.raises(BriefingError, match="3 more"):
        check(["熊虎龍馬犬猫鳥魚"])


def test_a_private_or_half_character_is_named_by_its_code_point() -> None:
    assert describe("\ue000") == "U+E000 (no character that can be exchanged)"
    assert describe("\ud800") == "U+D800 (no character that can be exchanged)"
    assert describe("熊") == "“熊” (U+718A CJK UNIFIED IDEOGRAPH-718A)"
    assert set(missing(["\ue000\ud800"])) == {"\ue000", "\ud800"}


@pytest.mark.parametrize(
    ("given_text", "set_text"),
    [
        ("a\tb\nc", "a b c"),
        ("a\u2003b\u3000c", "a b c"),
        ("5\u202f%", "5\u00a0%"),
        ("AP\u200bT\u202e28\u2066", "APT28"),
        ("soft\u00adhyphen", "softhyphen"),
        ("heart\ufe0f", "heart"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\x00\x07", ""),
    ],
)
def test_only_what_nobody_can_see_is_changed(given_text: str, set_text: str) -> None:
    assert printable(given_text) == set_text


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp", "Mn"])))
def test_what_can_be_seen_is_never_changed(words: str) -> None:
    assert printable(words) == words


@given(st.text())
def test_printable_text_stays_as_it_is(words: str) -> None:
    assert printable(printable(words)) == printable(words)


def test_coverage_knows_letters_and_not_ideographs() -> None:
    assert {ord(letter) for letter in "Aящع"} <= coverage()
    assert 0x718A not in coverage()
