"""Names of files: safe on every system whatever a client is called, and no two are one file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_brief import gamaredon

from briefing.services.file_names import (
    LONGEST,
    MOST_BYTES,
    NAMELESS,
    distinct_names,
    file_stem,
    safe_name,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
FORBIDDEN = set('\\/:*?"<>|')
DEVICES = ("CON", "nul", "Com1", "LPT9", "aux.report", "com\u00b9", "PRN .x")


@given(ANY_TEXT)
def test_a_name_is_safe_whatever_was_typed(words: str) -> None:
    name = safe_name(words)
    assert name
    assert len(name) <= LONGEST + 1
    assert len(name.encode()) <= MOST_BYTES + 1
    assert not FORBIDDEN & set(name)
    assert not any(unicodedata.category(sign).startswith("C") for sign in name)
    assert name == name.strip(" .")
    assert safe_name(name)


@given(st.lists(ANY_TEXT | st.sampled_from(["Ärzte", "ärzte", "A\u0308rzte", "///"]), max_size=8))
def test_no_two_names_are_one_file_on_any_system(names: list[str]) -> None:
    found = distinct_names(names)
    assert len(found) == len(names)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in found}) == len(names)
    assert distinct_names(names) == found


def test_a_name_people_would_choose_stays_as_it_is() -> None:
    assert (
        safe_name("Zahnärzte am Hafen, Köln (GmbH & Co.)")
        == "Zahnärzte am Hafen, Köln (GmbH & Co.)"
    )
    assert safe_name("港湾歯科グループ") == "港湾歯科グループ"


def test_names_that_differ_in_case_alone_are_numbered() -> None:
    assert distinct_names(["Harbour", "HARBOUR", "Harbour (2)", "harbour"]) == (
        "Harbour",
        "HARBOUR (2)",
        "Harbour (2) (2)",
        "harbour (3)",
    )


@pytest.mark.parametrize("words", ["", "///", "***", "..", " . ", "\u202e\u200b", "\ud800"])
def test_a_name_of_which_nothing_is_left_is_called_unnamed(words: str) -> None:
    assert safe_name(words) == NAMELESS


@pytest.mark.parametrize("device", DEVICES)
def test_a_name_that_windows_keeps_for_a_device_is_changed(device: str) -> None:
    assert safe_name(device) == f"_{device}"
    assert safe_name(f"{device[:3]}sultants").startswith(device[:3])


def test_a_name_that_turns_itself_around_does_not() -> None:
    assert safe_name("report\u202efdp.exe") == "reportfdp.exe"


def test_the_longest_name_fits_a_file_system(tmp_path: Path) -> None:
    name = distinct_names(["\U0001f9b7" * 100, "\U0001f9b7" * 101])[1]
    path = tmp_path / f".{name} - client briefing - TLP-AMBER+STRICT.layer.json.12345678"
    path.write_text("")
    assert path.exists()


def test_a_briefing_is_named_for_whom_it_is_about_what_it_is_and_who_may_see_it() -> None:
    brief = gamaredon()
    label = brief.tlp.label.replace(":", "-")
    assert file_stem(brief) == f"{brief.subject} - {brief.kind_title.lower()} - {label}"
    assert file_stem(brief, "Other").startswith("Other - ")
