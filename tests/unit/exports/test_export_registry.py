"""The list of formats, and how a format is asked for."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from briefing.core.brief import Brief
from briefing.core.errors import WrongCallError
from briefing.exports.registry import FORMATS, by_name, by_path


def test_names_and_endings_belong_to_one_format() -> None:
    names = [known.name for known in FORMATS]
    endings = [suffix for known in FORMATS for suffix in known.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(endings)) == len(endings)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in endings)


def test_every_format_renders_the_sample(sample: Brief) -> None:
    starts = {
        "pdf": b"%PDF-1.7",
        "md": b"# Gamaredon",
        "html": b"<!DOCTYPE html>",
        "stix": b"{",
        "navigator": b"{",
        **dict.fromkeys(("pptx", "docx", "xlsx", "csv"), b"PK"),
    }
    assert {known.name for known in FORMATS} == set(starts)
    for known in FORMATS:
        assert known.render(sample).startswith(starts[known.name])


def test_a_format_is_found_by_its_name_or_a_file_name() -> None:
    assert by_name("PDF").name == "pdf"
    assert by_path(PurePath("brief.PDF")).name == "pdf"
    assert by_path(PurePath("notes.markdown")).name == "md"


def test_an_ending_of_two_parts_tells_formats_of_one_kind_of_file_apart() -> None:
    assert by_path(PurePath("apt28.STIX.json")).name == "stix"
    assert by_path(PurePath("apt28.layer.json")).name == "navigator"
    known = by_path(PurePath("apt28.csv.zip"))
    assert known.stem("apt28.csv.zip") == "apt28"
    assert known.stem("apt28.zip") == "apt28"
    with pytest.raises(WrongCallError):
        by_path(PurePath("apt28.json"))


def test_an_unknown_format_is_a_wrong_call_that_lists_the_known() -> None:
    with pytest.raises(WrongCallError, match=r"“odt” is not a format.*pdf \(\.pdf\)"):
        by_name("odt")
    with pytest.raises(WrongCallError, match="“brief” does not end like a format"):
        by_path(PurePath("brief"))
